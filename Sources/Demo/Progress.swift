/// Tells how far something has come: one line that is drawn anew on a terminal, a line each tenth elsewhere.
struct Progress {
    /// Where to write.
    enum Style: Hashable, Sendable {
        /// A terminal: one line, at most ten times a second.
        case bar
        /// A file or a pipe: whole lines.
        case lines
    }

    private let style: Style
    private let write: (String) -> Void
    private var label = ""
    private var total = 0
    private var drawnAt: Int64?
    private var drawnTenth = -1
    private var isDrawn = false

    /// Nothing is written yet.
    ///
    /// - Parameters:
    ///   - style: How to write.
    ///   - write: Takes text, line ends included.
    init(style: Style, write: @escaping (String) -> Void) {
        self.style = style
        self.write = write
    }

    /// Begins something new.
    ///
    /// - Parameters:
    ///   - label: What it is, at most 12 characters for the bars to be level.
    ///   - total: How many there are.
    mutating func begin(_ label: String, total: Int) {
        self.label = label
        self.total = total
        (drawnAt, drawnTenth) = (nil, -1)
    }

    /// Tells how many are done; draws only when there is something new to see.
    ///
    /// - Parameters:
    ///   - done: How many of the total.
    ///   - now: Milliseconds of any clock.
    mutating func update(_ done: Int, now: Int64) {
        let isWhole = done >= total
        switch style {
        case .bar:
            if !isWhole, let drawnAt, now - drawnAt < 100 { return }
            if isWhole, drawnTenth == 10 { return }
            drawnAt = now
            write("\r\u{1B}[K" + line(done) + (isWhole ? "\n" : ""))
            isDrawn = !isWhole
            drawnTenth = isWhole ? 10 : 0
        case .lines:
            let tenth = total > 0 ? min(done, total) * 10 / total : 10
            guard tenth > drawnTenth, tenth > 0 else { return }
            drawnTenth = tenth
            write(line(done) + "\n")
        }
    }

    /// Writes a whole line, below a bar that is not full.
    ///
    /// - Parameter text: Without a line end.
    mutating func say(_ text: String) {
        write((isDrawn ? "\n" : "") + text + "\n")
        isDrawn = false
    }

    private func line(_ done: Int) -> String {
        let counts = "\(done)/\(total)"
        let head = label.padded(to: 12)
        guard style == .bar else { return "\(head) \(counts)" }
        let width = 32
        let filled = total > 0 ? min(done, total) * width / total : width
        return
            "\(head) \(String(repeating: "█", count: filled))\(String(repeating: "░", count: width - filled)) \(counts)"
    }
}

extension String {
    /// With spaces after it until it has `width` characters.
    func padded(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
    /// With spaces before it until it has `width` characters.
    func leftPadded(to width: Int) -> String { String(repeating: " ", count: max(0, width - count)) + self }
}
