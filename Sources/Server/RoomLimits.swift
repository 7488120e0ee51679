package import Session

/// What one live workshop takes from all its people together (protocol section M).
package struct RoomLimits: Sendable {
    /// Messages of participants, counted as ``TokenBucket/cost(ofBytes:)`` says: 2,000 a second, 4,000 at once. Staff is not
    /// counted: a facilitator is never stuck behind a flood.
    package var messages = Allowance(perSecond: 2_000, burst: 4_000)
    /// New participants who come in with the code: 500 a second, 10,000 at once. Whoever comes back is not counted.
    package var joins = Allowance(perSecond: 500, burst: 10_000)
    /// Connections, staff's not counted.
    package var connections = 25_000
    /// Connections of one participant.
    package var connectionsEach = 8

    package init() {}
}
