/// How the server's doors defend themselves against guesses (protocol rules A3 and H7–H9); others than these only in tests.
package struct DoorTerms: Sendable {
    /// Wrong codes in a minute before work is asked for, evenly regained; also the most that can come at once.
    package var freePerMinute = 300
    /// Zero bits of each number at first: 16 × 2^13 digests, 0.3 s on a middling phone and 1 s on a slow one.
    package var bits = 13
    /// Numbers in a proof.
    package var solutions = 16
    /// Worked-for wrong codes, weighted by how long ago they were (half for each minute), for the first further bit; twice
    /// as many for each one after it.
    package var workedPerStep = 600.0
    /// Most further bits.
    package var stepLimit = 4
    /// How long a proof is taken, in milliseconds.
    package var lifeMilliseconds: Int64 = 120_000

    /// The defaults.
    package init() {}
}
