internal import Wire
internal import Workshop

/// The body of `POST /api/processes` (protocol rule Q1).
struct ProcessRequest {
    let title: String
    let language: String
    let brief: ProcessBrief
    let keepDays: Int

    init(_ body: [UInt8], keepDays usualDays: Int) throws(CreationRequest.Failure) {
        let value = try CreationRequest.json(body)
        title = try CreationRequest.title(value)
        language = try CreationRequest.language(value)
        keepDays = try CreationRequest.days(value) ?? usualDays
        guard let principles = value["principles"]?.array ?? (value["principles"] == nil ? [] : nil) else {
            throw .init(code: "malformed", message: "principles: an array of texts")
        }
        let brief = ProcessBrief(
            challenge: cleaned(value["challenge"]?.string ?? ""),
            principles: principles.map { cleaned($0.string ?? "") })
        do throws(Refusal) { try brief.check() } catch {
            throw .init(
                code: error.rawValue,
                message:
                    "challenge: at most 2000 characters; principles: at most 12, each 1 to 200 characters")
        }
        self.brief = brief
    }
}

/// What `POST /api/workshops` says beside a workshop's own when it is to be a session of a process (protocol rule Q2).
struct SessionRequest {
    let process: String
    let step: Int
    let kind: SessionKind
    let closesAt: Int64?
    let request: String?

    /// Reads it; nil when a workshop is to stand alone.
    init?(_ body: [UInt8], at time: Int64) throws(CreationRequest.Failure) {
        // What cannot be read at all is answered as for a workshop that stands alone.
        guard let value = try? CreationRequest.json(body), let process = value["process"] else { return nil }
        guard let process = process.string, (1...64).contains(process.utf8.count) else {
            throw .init(code: "malformed", message: "process: a process' identifier")
        }
        self.process = process
        guard let step = value["step"]?.int, let step = Int(exactly: step), Process.steps.contains(step)
        else {
            throw .init(code: "invalid-value", message: "step: 1 to 5")
        }
        self.step = step
        guard let kind = SessionKind(rawValue: value["kind"]?.string ?? "live") else {
            throw .init(code: "invalid-value", message: "kind: live or collection")
        }
        self.kind = kind
        if let closesAt = value["closesAt"], !closesAt.isNull {
            let last = time + Int64(Limits.collectionDays) * 86_400_000
            guard let closesAt = closesAt.int, time < closesAt, closesAt <= last else {
                throw .init(
                    code: "invalid-value",
                    message: "closesAt: a time to come, within 400 days, in milliseconds")
            }
            self.closesAt = closesAt
        } else {
            closesAt = nil
        }
        if let request = value["request"], !request.isNull {
            guard let request = request.string, (1...64).contains(request.utf8.count) else {
                throw .init(code: "invalid-value", message: "request: 1 to 64 bytes")
            }
            self.request = request
        } else {
            request = nil
        }
    }
}
