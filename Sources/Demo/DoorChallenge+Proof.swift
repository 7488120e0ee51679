internal import Digests
internal import Wire

extension DoorChallenge {
    /// Does the work; a hundredth of a second to some seconds.
    ///
    /// - Returns: The proof as `hello` carries it; nil for a challenge outside the protocol's limits.
    func prove() -> String? {
        Base64URL.decode(challenge).flatMap {
            ProofOfWork.solve(challenge: $0, solutions: solutions, bits: bits)?.text
        }
    }
}
