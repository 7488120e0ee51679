internal import Digests
internal import WebCodec
internal import Wire
internal import Workshop

/// Templates that people bring and take along (protocol rules A4 and A5).
extension API {
    /// What is wrong with a template, for whoever may create workshops. Nothing is kept.
    func check(_ body: [UInt8], by head: RequestHead) -> Response {
        guard let secret = bearer(head), constantTimeEqual(secret, shared.options.startSecret) else {
            return .error(
                .unauthorized, code: "not-allowed", message: "The start link's secret is needed")
        }
        return .json(.ok, Self.document(Definition.faults(in: body)))
    }

    /// What is wrong with a template, for a facilitator who adds to a session.
    func check(_ body: [UInt8], by head: RequestHead, of id: String) async -> Response {
        guard await workshop(id, forFacilitator: head) != nil else { return .noFacilitator }
        return .json(.ok, Self.document(Definition.faults(in: body)))
    }

    /// A session as a template.
    func template(_ head: RequestHead, of id: String) async -> Response {
        guard let workshop = await workshop(id, forFacilitator: head) else { return .noFacilitator }
        guard let document = TemplateDocument(of: workshop) else {
            return .error(
                .conflict, code: "limit-reached",
                message: "The session is more than a template may hold, 64 KiB")
        }
        return Vocabularies.file(document.bytes, "application/json; charset=utf-8", "\(document.id).json")
    }

    private static func document(_ faults: [DefinitionError]) -> [UInt8] {
        var json = JSONWriter()
        json.object { json in json.member("faults") { json in write(faults, &json) } }
        return json.bytes
    }

    static func write(_ faults: [DefinitionError], _ json: inout JSONWriter) {
        json.array { json in
            for fault in faults {
                json.object { json in
                    json.member("place", fault.place)
                    json.member("expectation", fault.expectation)
                }
            }
        }
    }
}

extension Response {
    /// A workshop cannot begin like that; with all that is wrong with its definition, when it is that.
    static func faulty(_ failure: CreationRequest.Failure) -> Response {
        var json = JSONWriter()
        json.object { json in
            json.member("error", failure.code)
            json.member("message", failure.message)
            if !failure.faults.isEmpty { json.member("faults") { json in API.write(failure.faults, &json) } }
        }
        return .json(.badRequest, json.bytes)
    }
}
