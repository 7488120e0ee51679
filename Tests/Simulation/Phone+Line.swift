public import Wire

/// Keeps one socket alive: the rules of web/app/connection.js.
extension Phone {
    /// Pauses between attempts are drawn from 0 up to a ceiling that doubles, in milliseconds.
    static let firstCeiling = 300.0
    static let lastCeiling = 15_000.0
    /// `time` must be answered within this, in milliseconds.
    static let probeTimeout: Int64 = 2_000
    /// Opening and being welcomed may take this long, in milliseconds.
    static let welcomeTimeout: Int64 = 15_000
    /// After this much silence, in milliseconds, it asks.
    static let quietLimit: Int64 = 25_000
    /// A line that held this long, in milliseconds, counts as good.
    static let settledAfter: Int64 = 5_000

    /// What is known of the line.
    struct LineState {
        enum Socket { case none, connecting, open }

        var socket = Socket.none
        var failures = 0
        var lastHeard: Int64 = 0
        var probedAt: Int64 = 0
        var settledAt: Int64 = 0
        var notBefore: Int64 = 0
        var isRunning = true
        var isWelcomed = false
        var isVisible = true
    }

    // MARK: What befalls it

    /// Time goes on, and what is due is done.
    public mutating func advance(to end: Int64) {
        while let (timer, at) = timers.takeNext(until: end) {
            now = max(now, at)
            ring(timer)
        }
        now = max(now, end)
    }

    /// The socket is open.
    public mutating func opened() {
        guard line.socket == .connecting else { return }
        line.socket = .open
        heard()
        sayHello()
    }

    /// The socket has brought a message.
    public mutating func heard(_ message: JSONValue) {
        guard line.socket == .open else { return }
        heard()
        receive(message)
    }

    /// The socket has ended; 1006 when it did so without a word.
    public mutating func ended(_ code: UInt16) {
        guard line.socket != .none else { return }
        line.socket = .none
        lost(code)
    }

    /// The phone has a network again, or somebody looks at the page.
    public mutating func wake() {
        guard line.isRunning, line.isVisible else { return }
        if line.socket != .none {
            probe()
        } else if now >= line.notBefore {
            line.failures = 0
            dial()
        } else if !timers.has(.redial) {
            redial()
        }
    }

    // MARK: What it does

    mutating func dial() {
        timers.cancel(.redial)
        guard line.isRunning, line.socket == .none else { return }
        line.isWelcomed = false
        line.socket = .connecting
        effects.append(.dial)
        timers.set(.welcome, at: now + Self.welcomeTimeout)
    }

    mutating func transmit(_ text: String) { if line.socket == .open { effects.append(.send(text)) } }

    mutating func welcomed() {
        line.isWelcomed = true
        line.settledAt = now + Self.settledAfter
        timers.cancel(.welcome)
        watch()
    }

    mutating func probe() {
        guard line.isWelcomed, !timers.has(.probe) else { return }
        line.probedAt = now
        transmit(#"{"type":"time","t":\#(now)}"#)
        timers.set(.probe, at: now + Self.probeTimeout)
    }

    mutating func leaveLine() {
        guard line.isRunning else { return }
        timers.cancel(.redial)
        if line.socket != .none { lost(1000, again: false) }
    }

    mutating func stopLine() {
        line.isRunning = false
        cancelLine()
        hangUp()
    }

    mutating func ringLine(_ timer: Timers.Name) {
        switch timer {
        case .redial: dial()
        case .welcome: lost(1006)
        case .probe: if line.lastHeard < line.probedAt { lost(1006) }
        default:
            if now - line.lastHeard >= Self.quietLimit - 1_000 { probe() }
            watch()
        }
    }

    private mutating func heard() {
        line.lastHeard = now
        timers.cancel(.probe)
    }

    private mutating func watch() { timers.set(.quiet, at: now + Self.quietLimit) }

    private mutating func lost(_ code: UInt16, again: Bool = true) {
        line.failures = line.isWelcomed && now >= line.settledAt ? 0 : line.failures + 1
        cancelLine()
        hangUp()
        line.isWelcomed = false
        guard code < 4500 || code > 4999 else {
            line.isRunning = false
            return close(code)
        }
        isDown(code)
        if again { redial() }
    }

    private mutating func redial() {
        // Two to the power of 10 is beyond the last ceiling.
        let doublings = 1 << min(line.failures, 10)
        let ceiling = min(Self.lastCeiling, Self.firstCeiling * Double(doublings))
        let rest = line.notBefore - now
        let delay = rest > 0 ? rest + Int64(random() * 1_000) : Int64(random() * ceiling)
        timers.set(.redial, at: now + delay)
    }

    private mutating func hangUp() {
        if line.socket != .none { effects.append(.hangUp) }
        line.socket = .none
    }

    private mutating func cancelLine() {
        for name in [.redial, .probe, .quiet, .welcome] as [Timers.Name] { timers.cancel(name) }
    }
}

/// What a page waits for, in the order of its time, and among equals in the order it was asked for.
struct Timers {
    enum Name: Hashable {
        case redial, probe, quiet, welcome
        case askTime, clock, pump
        case answers(to: [Int])
    }

    private var all: [(name: Name, at: Int64)] = []

    var next: (name: Name, at: Int64)? { all.min { $0.at < $1.at } }

    func has(_ name: Name) -> Bool { all.contains { $0.name == name } }
    mutating func cancel(_ name: Name) { all.removeAll { $0.name == name } }
    mutating func add(_ name: Name, at: Int64) { all.append((name, at)) }
    mutating func set(_ name: Name, at: Int64) {
        cancel(name)
        add(name, at: at)
    }

    /// Takes away the next one that is due by a time.
    mutating func takeNext(until end: Int64) -> (name: Name, at: Int64)? {
        guard let index = all.indices.min(by: { all[$0].at < all[$1].at }), all[index].at <= end else {
            return nil
        }
        return all.remove(at: index)
    }
}
