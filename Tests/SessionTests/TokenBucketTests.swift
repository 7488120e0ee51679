import Session
import Testing

@Suite("How fast one may command")
struct TokenBucketTests {
    @Test("60 at once, then 20 a second")
    func rate() {
        var bucket = TokenBucket()
        for _ in 0..<60 { #expect(bucket.take(at: 1_000) == .granted) }
        #expect(bucket.take(at: 1_000) == .wait(seconds: 1))
        #expect(bucket.take(at: 1_049) == .wait(seconds: 1))
        #expect(bucket.take(at: 1_050) == .granted)
        #expect(bucket.take(at: 1_050) == .wait(seconds: 1))
        var granted = 0
        for now in stride(from: Int64(1_050), through: 11_050, by: 10) where bucket.take(at: now) == .granted
        { granted += 1 }
        #expect((199...201).contains(granted))
    }

    @Test("a pause fills it up, and never above the brim")
    func refill() {
        var bucket = TokenBucket()
        for _ in 0..<60 { _ = bucket.take(at: 0) }
        for _ in 0..<60 { #expect(bucket.take(at: 3_000) == .granted) }
        #expect(bucket.take(at: 3_000) != .granted)
        for _ in 0..<60 { #expect(bucket.take(at: .max) == .granted) }
        #expect(bucket.take(at: .max) != .granted)
    }

    @Test("slightly too fast for an hour is no abuse")
    func steady() {
        var bucket = TokenBucket()
        for now in stride(from: Int64(0), to: 3_600_000, by: 20) {
            guard bucket.take(at: now) != .abuse else {
                Issue.record("cut off after \(now) ms at 50 a second")
                return
            }
        }
    }

    @Test("ten times too fast is abuse within seconds", arguments: [5, 2, 1] as [Int64])
    func abuse(interval: Int64) {
        var bucket = TokenBucket()
        var cutOffAt: Int64?
        for now in stride(from: Int64(0), to: 20_000, by: Int64.Stride(interval))
        where bucket.take(at: now) == .abuse {
            cutOffAt = now
            break
        }
        #expect(cutOffAt.map { (500...10_000).contains($0) } == true, "\(String(describing: cutOffAt))")
    }

    @Test("who is turned away for another reason uses nothing up, but may not do it for ever")
    func turnedAway() {
        var bucket = TokenBucket()
        for _ in 0..<600 { #expect(bucket.turnAway(at: 0) == .wait(seconds: 1)) }
        #expect(bucket.take(at: 0) == .granted)
        #expect(bucket.turnAway(at: 0) == .abuse)
    }

    @Test("a clock that goes back counts as standing still")
    func clockBack() {
        var bucket = TokenBucket()
        for _ in 0..<60 { _ = bucket.take(at: 10_000) }
        #expect(bucket.take(at: 0) == .wait(seconds: 1))
        #expect(bucket.take(at: .min) == .wait(seconds: 1))
        #expect(bucket.take(at: 10_049) == .wait(seconds: 1))
        #expect(bucket.take(at: 10_050) == .granted)
    }
}
