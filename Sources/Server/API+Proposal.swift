internal import Proposals
internal import WebCodec
internal import Workshop

/// How the notes of a board may be put together, for the facilitator (protocol section S).
extension API {
    /// Works out a proposal, off the workers: as a document is made, from a copy of the state.
    func proposal(_ head: RequestHead, for id: String) async -> Response {
        guard let workshop = await workshop(id, forFacilitator: head) else { return .noFacilitator }
        guard shared.proposalsAtOnce.take() else {
            return .busy(afterSeconds: 1, "Too many proposals are being worked out just now")
        }
        defer { shared.proposalsAtOnce.leave() }
        return .json(.ok, BoardProposal(for: workshop).document)
    }
}
