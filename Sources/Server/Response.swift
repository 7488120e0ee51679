internal import WebCodec

/// An HTTP answer, before the fields that every answer gets.
struct Response: Sendable {
    var status: Status
    /// Without Content-Length, Connection, Date and the security fields.
    var fields: HTTPFields
    var body: [UInt8]
    /// The hash of the one style sheet that a self-contained document may use; nil for all else.
    var styleHash: String?

    init(_ status: Status, _ fields: HTTPFields = [:], body: [UInt8] = [], styleHash: String? = nil) {
        self.status = status
        self.fields = fields
        self.body = body
        self.styleHash = styleHash
    }

    /// A JSON answer that nobody stores.
    static func json(_ status: Status, _ body: [UInt8]) -> Response {
        Response(
            status, ["Content-Type": "application/json; charset=utf-8", "Cache-Control": "no-store"],
            body: body)
    }

    /// A short text.
    static func text(_ status: Status, _ text: String) -> Response {
        Response(
            status, ["Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store"],
            body: Array((text + "\n").utf8))
    }
}
