import Digests
import Wire
import Workshop

/// A ``Phone`` on a simulated line, and what the world wants to know of it.
final class Client {
    unowned let world: World
    let number: Int
    /// The role it comes with by its link; nil to come by the code.
    let link: (role: Role, text: String)?
    private var phone: Phone
    private(set) var line: Line?
    /// When the world will wake the phone.
    private var alarm = Int64.max
    /// The token of each note that was written here and has no answer yet.
    private var tokens: [Int: Int] = [:]

    init(_ world: World, number: Int, link: (role: Role, text: String)? = nil) {
        self.world = world
        self.number = number
        self.link = link
        phone = Self.page(Phone.Storage(), world, number, link)
    }

    var outbox: Outbox { phone.outbox }
    var channels: [String: Phone.Channel] { phone.channels }
    var epoch: String? { phone.epoch }
    var participant: ParticipantID? { phone.participant.flatMap { ParticipantID($0) } }
    var role: Role? { phone.role.flatMap(Role.init) }
    var isLive: Bool { phone.status == .live }
    /// Whether it was told not to come back.
    var isDone: Bool { phone.status == .closed }

    /// For a failure's message.
    var state: String {
        "c\(number) \(phone.status) \(line?.state ?? "no line") \(outbox.commands.count) waiting"
    }

    // MARK: Pages

    private static func page(
        _ storage: Phone.Storage, _ world: World, _ number: Int, _ link: (role: Role, text: String)?
    ) -> Phone {
        let way = link.map { ("link", $0.text) } ?? ("code", World.code)
        return Phone(
            storage, newSecret: Base64URL.encode(world.dice.bytes(32)),
            introduction: [("workshop", World.workshopID), way, ("name", "N\(number)")], now: world.now,
            random: { [unowned world] in world.dice.fraction() }, flaw: world.flaw)
    }

    /// The page has been loaded.
    func begin() { act() }

    /// Loads the page anew; storage holds the secret and the queue.
    func reload() {
        world.tally.reloads += 1
        load(phone.stored)
    }

    /// Loads the page anew with nothing in storage: another participant.
    func startAfresh() {
        world.tally.forgotten += 1
        load(Phone.Storage())
    }

    private func load(_ storage: Phone.Storage) {
        let old = line
        line = nil
        old?.cut()
        if storage.secret == nil { tokens = [:] }
        phone = Self.page(storage, world, number, link)
        act()
    }

    func hide() {
        phone.hide()
        act()
    }

    func show() {
        phone.advance(to: world.now)
        phone.show()
        act()
    }

    // MARK: The line

    private func dial() {
        guard let node = world.node else { return }
        let line = Line(world, client: self, node: node)
        self.line = line
        world.after(world.dice.number(1...30)) { [self] in
            guard self.line === line else { return }
            phone.advance(to: world.now)
            phone.opened()
            act()
        }
    }

    func lost(_ line: Line, code: UInt16?) {
        guard self.line === line else { return }
        self.line = nil
        world.note("c\(number) loses its line: \(code ?? 1006)")
        phone.advance(to: world.now)
        phone.ended(code ?? 1006)
        act()
    }

    func receive(_ bytes: [UInt8], on line: Line) throws {
        guard self.line === line else { return }
        phone.advance(to: world.now)
        phone.heard(try JSONReader.read(bytes, limits: .trusted))
        act()
    }

    // MARK: What goes

    func send(_ type: String, _ members: String, token: Int? = nil) {
        let id = world.nextNumber()
        phone.advance(to: world.now)
        if phone.send(id, type, members)?.id == id {
            if let token { tokens[id] = token }
            world.tally.commands += 1
        }
        act()
    }

    /// Does what the phone wants, and wakes it when it wants to be woken.
    private func act() {
        for effect in phone.takeEffects() {
            switch effect {
            case .dial: dial()
            case .hangUp:
                let old = line
                line = nil
                old?.cut()
            case .send(let text): line?.sendToServer(Array(text.utf8))
            case .stored(let command, _):
                world.tally.acknowledged += 1
                world.acknowledged(command, token: tokens.removeValue(forKey: command.id), by: self)
            case .refused(let command, let code):
                world.tally.refused += 1
                world.refused(command, code, token: tokens.removeValue(forKey: command.id), by: self)
            case .changed(let name, let before): changed(name, from: before)
            case .closed: closed()
            }
        }
        guard let next = phone.nextDeadline, next < alarm else { return }
        alarm = next
        world.after(next - world.now) { [self] in
            guard alarm == next else { return }
            alarm = .max
            phone.advance(to: world.now)
            act()
        }
    }

    private func changed(_ name: String, from before: UInt64) {
        guard let shown = channels[name] else { return }
        if shown.sequence < before {
            world.fail("[C2] c\(number) was sent \(name) \(shown.sequence) after \(before)")
        }
        world.check(shown, of: name, by: self)
    }

    /// Whoever is told not to come back comes as somebody new: from storage if that has been emptied, and otherwise without it.
    private func closed() {
        world.note("c\(number) is sent away: \(phone.closeReason ?? "")")
        world.after(2_000) { [self] in
            guard isDone else { return }
            if phone.stored.secret == nil { reload() } else { startAfresh() }
        }
    }
}
