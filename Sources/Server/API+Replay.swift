internal import Journal
internal import WebCodec
internal import Wire
internal import Workshop

/// A workshop's history, for the facilitator who goes through it afterwards (protocol section Y).
extension API {
    /// Steps of a page end once they have so many bytes.
    static let replayPageBytes = 1 << 20

    /// Works out a page, off the workers: from a copy of the state, and the journal's records from where they begin.
    func replay(_ head: RequestHead, of id: String) async -> Response {
        guard let workshop = await workshop(id, forFacilitator: head) else { return .noFacilitator }
        guard let after = UInt64(head.target.queryValue("after") ?? "0") else {
            return .error(.badRequest, code: "malformed", message: "after is the number of a record")
        }
        guard shared.replaysAtOnce.take() else {
            return .busy(afterSeconds: 1, "Too many histories are being read just now")
        }
        defer { shared.replaysAtOnce.leave() }
        do {
            let start = try await self.start(of: id)
            var page = ReplayPage(
                of: workshop, from: start, after: after, byteLimit: Self.replayPageBytes)
            var last = start.sequence
            var wantsMore = true
            while wantsMore {
                let records = try await shared.journal.records(
                    of: id, after: last, limit: JournalLimits.page)
                guard let end = records.last?.sequence else { break }
                for record in records where wantsMore {
                    wantsMore = page.take(try RecordCodec.decode(record.bytes))
                }
                last = end
            }
            return .json(.ok, page.document())
        } catch {
            // A compaction came between, or what is stored cannot be read; it is logged where it is loaded.
            return .unavailable
        }
    }

    /// What the first record that is left builds on: nothing, or after a compaction the snapshot.
    private func start(of id: String) async throws -> Workshop {
        do throws(JournalError) {
            _ = try await shared.journal.records(of: id, after: 0, limit: 1)
            return Workshop()
        } catch {
            guard case .purged = error, let snapshot = try await shared.journal.load(id).snapshot else {
                throw error
            }
            return try SnapshotCodec.decode(snapshot)
        }
    }
}
