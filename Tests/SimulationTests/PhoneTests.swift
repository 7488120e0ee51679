import Foundation
import Simulation
import Testing
import Wire

/// The simulation's phone does what web/app's client does: Tests/Web runs the same fixtures against that one.
@Suite("The simulated phone")
struct PhoneTests {
    /// Steps that one phone takes.
    struct Script {
        var name: String
        var steps: [JSONValue]
    }

    static let channels = ["door", "own", "room", "staff"]

    static func scripts() throws -> [Script] {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        let data = try Data(contentsOf: root.appending(path: "Fixtures/client.json"))
        let all = try JSONReader.read(Array(data), limits: .trusted)
        return (all.array ?? []).map {
            Script(name: $0["name"]?.string ?? "", steps: $0["steps"]?.array ?? [])
        }
    }

    @Test("[H1] [H4] [H6] [C1] [C6] [G2] [G3] [R1]–[R6] [L1] [L4] [X1] it does what the shared fixtures say")
    func fixtures() throws {
        let scripts = try Self.scripts()
        #expect(scripts.count == 82)
        for script in scripts {
            var device = Device()
            var before: String?
            for (index, step) in script.steps.enumerated() {
                let gives = try device.take(step)
                let place = "\(script.name), step \(index + 1): \(step["do"]?.string ?? "")"
                let expected = (step["gives"]?.array ?? []).compactMap(\.string)
                before = step["holds"]?.string ?? before
                try #require(gives == expected, "\(place)")
                try #require(device.holds == before, "\(place)")
            }
        }
    }
}

/// One phone: its storage, the page that is open, and who waits for an answer there.
private struct Device {
    private var storage = Phone.Storage()
    private var phone: Phone?
    private var now: Int64 = 1_000_000
    private var secrets: [String] = []
    private var pageCount = 0
    private var sendCount = 0
    /// The numbers of the sends that wait for each command's answer.
    private var waiting: [Int: [Int]] = [:]

    mutating func take(_ step: JSONValue) throws -> [String] {
        let action = step["do"]?.string ?? ""
        if action == "load" { load() }
        var page = try #require(phone)
        switch action {
        case "load": break
        case "open": page.opened()
        case "receive": page.heard(try #require(step["message"]))
        case "drop": page.ended(UInt16(try #require(step["code"]?.int)))
        case "advance":
            now += try #require(step["milliseconds"]?.int)
            page.advance(to: now)
        case "network": page.wake()
        case "hide": page.hide()
        case "show": page.show()
        case "send": send(step, by: &page)
        default: Issue.record("no such step: \(action)")
        }
        let effects = page.takeEffects()
        phone = page
        return try say(effects, page)
    }

    private mutating func load() {
        if let phone { storage = phone.stored }
        pageCount += 1
        // A page's own clock begins anew, as it does where the client is driven.
        now = 1_000_000
        waiting = [:]
        phone = Phone(
            storage, newSecret: "secret \(pageCount)",
            introduction: [("workshop", "w1"), ("code", "KRTMPX"), ("name", "Kari")], now: now,
            random: { 0.5 })
    }

    private mutating func send(_ step: JSONValue, by page: inout Phone) {
        sendCount += 1
        var members = step["members"]?.string ?? ""
        if let repeats = step["repeats"]?.int {
            members = members.replacing("…", with: String(repeating: "å", count: Int(repeats)))
        }
        // Refused here, it never waits; the effect comes with the number as its id.
        let command = page.send(sendCount, step["type"]?.string ?? "", members)
        waiting[command?.id ?? sendCount, default: []].append(sendCount)
    }

    private mutating func say(_ effects: [Phone.Effect], _ page: Phone) throws -> [String] {
        var log: [String] = []
        var answers: [(number: Int, line: String)] = []
        for effect in effects {
            switch effect {
            case .dial: log.append("dial")
            case .hangUp: log.append("hang up")
            case .send(let text): log.append(try named(text))
            case .stored(let command, let sequence):
                for number in waiting.removeValue(forKey: command.id) ?? [] {
                    answers.append((number, "\(number) stored at \(sequence)"))
                }
            case .refused(let command, let code):
                guard let numbers = waiting.removeValue(forKey: command.id) else {
                    answers.append((0, "\(command.type) of before: \(code)"))
                    continue
                }
                for number in numbers { answers.append((number, "\(number) \(code)")) }
            case .closed:
                for number in waiting.values.joined() {
                    answers.append((number, "\(number) \(page.closeReason ?? "")"))
                }
                waiting = [:]
            case .changed: break
            }
        }
        return log + answers.sorted { $0.number < $1.number }.map(\.line)
    }

    /// A message of the page's, its secret as a number: the first one is 1.
    private mutating func named(_ text: String) throws -> String {
        let message = try JSONReader.read(Array(text.utf8))
        guard let secret = message["secret"]?.string else { return canonical(message) }
        if !secrets.contains(secret) { secrets.append(secret) }
        let number = (secrets.firstIndex(of: secret) ?? 0) + 1
        let members = (message.members ?? []).map { member in
            member.name == "secret" ? .init(name: "secret", value: .int(Int64(number))) : member
        }
        return canonical(.object(members))
    }

    var holds: String {
        guard let phone else { return "" }
        let channels = PhoneTests.channels.map { name in
            let entries = phone.channels[name]?.entries ?? [:]
            return entries.isEmpty
                ? "" : "\(name) \(canonical(.object(entries.map { .init(name: $0.key, value: $0.value) })))"
        }
        let commands = phone.outbox.commands.map { command in
            "\(command.type)#\(command.ref.map(String.init) ?? "-") \(command.isSent ? "sent" : "unsent")"
        }
        let status = [phone.status.rawValue, phone.closeReason].compactMap { $0 }.joined(separator: " ")
        let parts =
            [status, "\(phone.participant ?? "-") \(phone.role ?? "-")"] + channels
            + [commands.joined(separator: ", ")]
        return parts.filter { !$0.isEmpty }.joined(separator: "; ")
    }
}

/// JSON with sorted names, so that two languages write the same.
private func canonical(_ value: JSONValue) -> String {
    func quoted(_ text: String) -> String {
        var writer = JSONWriter()
        writer.value(text)
        return String(decoding: writer.bytes, as: UTF8.self)
    }
    switch value {
    case .null: return "null"
    case .bool(let value): return "\(value)"
    case .int(let value): return "\(value)"
    case .double(let value): return "\(value)"
    case .string(let text): return quoted(text)
    case .array(let values): return "[\(values.map(canonical).joined(separator: ","))]"
    case .object(let members):
        let sorted = members.sorted { $0.name < $1.name }.map { "\(quoted($0.name)):\(canonical($0.value))" }
        return "{\(sorted.joined(separator: ","))}"
    }
}
