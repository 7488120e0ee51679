/// What a terminal shows where nothing is written.
public enum TerminalBackground: String, Sendable, CaseIterable {
    /// Light letters on dark: light modules are drawn.
    case dark
    /// Dark letters on light: dark modules are drawn.
    case light
}

extension QRMatrix {
    /// The code in half blocks, two modules a character cell, so that it is square in common fonts.
    ///
    /// - Parameters:
    ///   - background: What the terminal shows where nothing is written.
    ///   - quietZone: Light modules around it; 2 are enough for a phone in front of a screen.
    /// - Returns: Lines of equal length, each ended by a line feed; only U+2580, U+2584, U+2588 and spaces.
    public func terminalText(on background: TerminalBackground, quietZone: Int = 2) -> String {
        let margin = max(0, quietZone)
        var text = ""
        for y in stride(from: -margin, to: size + margin, by: 2) {
            for x in -margin..<(size + margin) {
                // Below the last row of an odd height there is the terminal itself: nothing is drawn there.
                let upper = isDrawn(x, y, on: background)
                let lower = y + 1 < size + margin && isDrawn(x, y + 1, on: background)
                switch (upper, lower) {
                case (true, true): text += "█"
                case (true, false): text += "▀"
                case (false, true): text += "▄"
                case (false, false): text += " "
                }
            }
            text += "\n"
        }
        return text
    }

    private func isDrawn(_ x: Int, _ y: Int, on background: TerminalBackground) -> Bool {
        switch background {
        case .dark: !isDark(x, y)
        case .light: isDark(x, y)
        }
    }
}
