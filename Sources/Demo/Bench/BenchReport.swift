/// What a load came to. Times are in microseconds, sizes in bytes; nil where nothing was measured.
public struct BenchReport: Codable, Sendable {
    /// Percentiles of one kind of waiting.
    public struct Latency: Codable, Sendable {
        /// How many waits.
        public var count = 0
        /// Half waited no longer.
        public var p50 = 0
        /// Nine of ten waited no longer.
        public var p90 = 0
        /// 99 of 100 waited no longer.
        public var p99 = 0
        /// 999 of 1000 waited no longer.
        public var p999 = 0
        /// The longest.
        public var max = 0
    }

    /// A tenth of a second or more of the load.
    public struct Slice: Codable, Sendable {
        /// From the first counted note, in seconds.
        public var at: Double
        /// Half waited no longer.
        public var p50: Int
        /// 99 of 100 waited no longer.
        public var p99: Int
    }

    /// Workshops.
    public var rooms = 0
    /// Participants in each.
    public var members = 0
    /// How long notes were counted.
    public var seconds = 0.0
    /// Opening, joining and the first board, of everybody together, in seconds.
    public var joinSeconds = 0.0
    /// Connections that the server asked to come back later (`bye`, protocol rule L4) before the storm; each did.
    public var sentAway = 0
    /// The server's processor time for one participant: handshake, join and first board.
    public var joinProcessorMicroseconds: Double?
    /// What each connection with its participant added to the server's resident memory.
    public var residentBytesEach: Double?
    /// Notes sent, those of the warm-up too.
    public var notesSent = 0
    /// Notes that the server said are stored.
    public var notesStored = 0
    /// Notes that it refused.
    public var refused = 0
    /// A note shown to one member.
    public var deliveries = 0
    /// Over the counted time.
    public var deliveriesPerSecond = 0.0
    /// Notes that were stored and never shown to somebody; 0 or the server is wrong.
    public var missing = 0
    /// From the moment a note was due until a member was shown it.
    public var shown = Latency()
    /// From the moment a note was due until its writer knew that it was stored.
    public var stored = Latency()
    /// As `shown`, of the half of the time in which nobody was stalled, and of the other.
    public var shownBeforeStall: Latency?
    /// The other half, of those who went on reading.
    public var shownDuringStall: Latency?
    /// The server's memory when members stopped reading.
    public var residentBytesBeforeStall: Int64?
    /// And just before they read on.
    public var residentBytesAfterStall: Int64?
    /// Of the members who had stopped reading: until all had caught up, in seconds.
    public var wakeSeconds: Double?
    /// From the first lost line until everybody was live again, in seconds.
    public var stormSeconds: Double?
    /// Connections that were turned away or lost meanwhile; each dialled again.
    public var stormRefused: Int?
    /// Share of one processor core, while notes were counted.
    public var serverProcessorShare: Double?
    /// Processor time over deliveries.
    public var serverMicrosecondsPerDelivery: Double?
    /// Processor time over notes stored.
    public var serverMicrosecondsPerNote: Double?
    /// At the end.
    public var serverResidentBytes: Int64?
    /// Share of one core that this program took: near 1 it, not the server, is what was measured.
    public var generatorProcessorShare = 0.0
    /// Over time.
    public var slices: [Slice] = []

    /// A table for people.
    public var table: String {
        var lines: [(String, String)] = [
            ("Workshops × members", "\(rooms) × \(members)"),
            ("All in after", "\(two(joinSeconds)) s"),
        ]
        func add(_ name: String, _ value: Double?, _ unit: String) {
            if let value { lines.append((name, "\(two(value)) \(unit)")) }
        }
        func add(_ name: String, _ latency: Latency?) {
            guard let latency, latency.count > 0 else { return }
            func ms(_ value: Int) -> String { two(Double(value) / 1_000) }
            lines.append(
                (
                    name,
                    "p50 \(ms(latency.p50))  p90 \(ms(latency.p90))  p99 \(ms(latency.p99))  p99.9 \(ms(latency.p999))  "
                        + "longest \(ms(latency.max)) ms"
                ))
        }
        if sentAway > 0 { lines.append(("Asked to come back later", "\(sentAway)")) }
        add("Server's processor time a join", joinProcessorMicroseconds, "µs")
        add("Server's memory a connection", residentBytesEach, "bytes")
        if notesSent > 0 {
            lines.append(("Notes sent, stored, refused", "\(notesSent), \(notesStored), \(refused)"))
            lines.append(("Shown to a member", "\(deliveries) times, \(Int(deliveriesPerSecond)) a second"))
            lines.append(("Stored but not shown", "\(missing)"))
        }
        add("Due until shown", shown)
        add("Due until stored", stored)
        add("  while all read", shownBeforeStall)
        add("  while some do not", shownDuringStall)
        add("Stalled members caught up after", wakeSeconds, "s")
        if let before = residentBytesBeforeStall, let after = residentBytesAfterStall {
            add("Server's memory grew meanwhile by", Double(after - before) / 1_048_576, "MiB")
        }
        add("After the storm all live again after", stormSeconds, "s")
        if let stormRefused { lines.append(("  turned away", "\(stormRefused)")) }
        add("Server's share of a core", serverProcessorShare.map { $0 * 100 }, "%")
        add("Server's time a delivery", serverMicrosecondsPerDelivery, "µs")
        add("Server's time a note", serverMicrosecondsPerNote, "µs")
        add("Server's memory", serverResidentBytes.map { Double($0) / 1_048_576 }, "MiB")
        add("This program's share of a core", generatorProcessorShare * 100, "%")
        let width = lines.map(\.0.count).max() ?? 0
        return lines.map { name, value in
            name + String(repeating: " ", count: width - name.count + 2) + value + "\n"
        }.joined()
    }

    private func two(_ value: Double) -> String {
        let hundredths = Int((value * 100).rounded())
        let rest = hundredths % 100
        return "\(hundredths / 100)." + (rest < 10 ? "0" : "") + "\(rest)"
    }
}
