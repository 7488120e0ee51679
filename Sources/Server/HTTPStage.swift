internal import EventLoop
internal import WebCodec

/// A connection while it speaks HTTP/1.1: one request at a time, pipelined ones in their order.
final class HTTPStage {
    private enum State {
        /// Waits for a head, or for the rest of one.
        case head(RequestHeadDecoder)
        /// Collects a body.
        case body(RequestHead, BodyDecoder)
        /// Waits for an answer that is being made elsewhere.
        case answering(RequestHead)
        /// Sends its last bytes.
        case done
    }

    private var state = State.head(RequestHeadDecoder())
    /// Bytes not used yet. While an answer is awaited the connection does not read, so this is at most one buffer.
    private var input: [UInt8] = []
    private var isProcessing = false

    func receive(_ bytes: UnsafeRawBufferPointer, from connection: Connection) {
        if input.isEmpty, case .head = state {
            connection.deadline = MonotonicClock.nowMilliseconds() + Timeouts.head
        }
        input.append(contentsOf: bytes)
        process(connection)
    }

    func drained(_ connection: Connection) {
        connection.setReading(true)
        process(connection)
    }

    func timedOut(_ connection: Connection) {
        switch state {
        case .head where input.isEmpty: connection.close()
        case .head, .body: fail(.requestTimeout, connection)
        case .answering: fail(.serviceUnavailable, connection)
        case .done: connection.close()
        }
    }

    /// Sends the answer that was made elsewhere, and goes on with what is pipelined.
    func answer(_ response: Response, on connection: Connection) {
        guard case .answering(let head) = state else { return }
        finish(head, response, connection)
        connection.setReading(true)
        process(connection)
    }

    private func process(_ connection: Connection) {
        guard !isProcessing else { return }
        isProcessing = true
        defer { isProcessing = false }
        do {
            while !connection.isBlocked, try step(connection) {}
        } catch {
            fail(error.status, connection)
        }
    }

    /// Takes one step; false when more input or an answer is needed.
    private func step(_ connection: Connection) throws(HTTPError) -> Bool {
        switch state {
        case .head(var decoder):
            guard !input.isEmpty else { return false }
            let progress = try decoder.decode(input)
            guard case .head(let head, let byteCount) = progress else {
                state = .head(decoder)
                return false
            }
            input.removeFirst(byteCount)
            return begin(head, connection)
        case .body(let head, var decoder):
            let used = try decoder.decode(input)
            // What is taken is held by the decoder: once is enough for a peer that may never send the rest.
            input = used == input.count ? [] : Array(input[used...])
            guard decoder.isComplete else {
                state = .body(head, decoder)
                return false
            }
            route(head, body: decoder.bytes, connection)
            return true
        case .answering, .done: return false
        }
    }

    private func begin(_ head: RequestHead, _ connection: Connection) -> Bool {
        if head.asksForWebSocket || connection.worker.isWebSocketPath(head.target.path) {
            return upgrade(head, connection)
        }
        guard head.body != .none else {
            route(head, body: [], connection)
            return true
        }
        if head.expectsContinue { connection.send(ResponseHead(.continue).encoded()) }
        connection.deadline = MonotonicClock.nowMilliseconds() + Timeouts.body
        state = .body(head, BodyDecoder(framing: head.body))
        return true
    }

    private func upgrade(_ head: RequestHead, _ connection: Connection) -> Bool {
        switch connection.worker.upgrade(head, of: connection) {
        case .success(let upgrade):
            state = .done
            let rest = input
            input = []
            connection.send(upgrade.response)
            connection.upgrade(to: upgrade.stage, rest: rest[...])
        case .failure(let refusal):
            state = .done
            connection.send(connection.worker.complete(refusal.response))
            connection.closeWhenSent()
        }
        return false
    }

    private func route(_ head: RequestHead, body: [UInt8], _ connection: Connection) {
        switch connection.worker.route(head, body: body) {
        case .now(let response): finish(head, response, connection)
        case .later(let work):
            state = .answering(head)
            connection.setReading(false)
            connection.deadline = MonotonicClock.nowMilliseconds() + Timeouts.answer
            connection.worker.perform(work, for: connection.id)
        }
    }

    private func finish(_ head: RequestHead, _ response: Response, _ connection: Connection) {
        let isLast = !head.isKeepAlive || connection.worker.isDraining
        connection.send(connection.worker.encode(response, to: head, isLast: isLast))
        guard !isLast else {
            state = .done
            return connection.closeWhenSent()
        }
        state = .head(RequestHeadDecoder())
        connection.deadline =
            MonotonicClock.nowMilliseconds() + (input.isEmpty ? Timeouts.keepAlive : Timeouts.head)
        if connection.isBlocked { connection.setReading(false) }
    }

    private func fail(_ status: Status, _ connection: Connection) {
        state = .done
        let response = Response.error(status, code: "bad-request", message: status.reason)
        connection.send(connection.worker.encode(response, to: nil, isLast: true))
        connection.closeWhenSent()
    }
}
