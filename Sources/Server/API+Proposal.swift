internal import Digests
internal import Proposals
internal import WebCodec
internal import Workshop

/// How the notes of a board may be put together, for the facilitator (protocol section S).
extension API {
    /// Works out a proposal, off the workers: as a document is made, from a copy of the state.
    func proposal(_ head: RequestHead, for id: String) async -> Response {
        guard let secret = bearer(head), let hash = SecretHash(SHA256.hash(secret)),
            let workshop = await shared.worker(for: id).workshop(id), workshop.isFacilitator(hash)
        else {
            return .error(.unauthorized, code: "not-allowed", message: "A facilitator's secret is needed")
        }
        guard shared.proposalPlaces.take() else {
            return .busy(afterSeconds: 1, "Too many proposals are being worked out just now")
        }
        defer { shared.proposalPlaces.leave() }
        return .json(.ok, BoardProposal(for: workshop).document)
    }
}
