extension BenchReport {
    /// A chart of latency over time; the same figures stand in `slices`.
    public var svg: String {
        let (width, height, left, bottom) = (720.0, 320.0, 60.0, 40.0)
        let top = Double(max(slices.map(\.p99).max() ?? 1, 1)) / 1_000
        let end = max(slices.last?.at ?? 1, 0.1)
        func x(_ at: Double) -> Double { left + at / end * (width - left - 20) }
        func y(_ ms: Double) -> Double { height - bottom - ms / top * (height - bottom - 20) }
        func text(_ value: Double) -> String { "\(Double(Int(value * 10)) / 10)" }
        func line(_ value: KeyPath<Slice, Int>, _ style: String) -> String {
            let points = slices.map { "\(text(x($0.at))),\(text(y(Double($0[keyPath: value]) / 1_000)))" }
            return
                "<polyline fill=\"none\" stroke-width=\"2\" \(style) points=\"\(points.joined(separator: " "))\"/>\n"
        }
        var marks = ""
        for part in 0...4 {
            let ms = top * Double(part) / 4
            marks += """
                <line x1="\(left)" x2="\(width - 20)" y1="\(text(y(ms)))" y2="\(text(y(ms)))" stroke="#ccc"/>
                <text x="\(left - 6)" y="\(text(y(ms) + 4))" text-anchor="end">\(text(ms))</text>

                """
        }
        return """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(Int(width)) \(Int(height))" role="img" \
            aria-labelledby="title desc" font-family="sans-serif" font-size="12">
            <title id="title">Latency over time</title>
            <desc id="desc">From due to shown, in milliseconds: p50 \(text(Double(shown.p50) / 1_000)), \
            p99 \(text(Double(shown.p99) / 1_000)) over \(text(end)) seconds.</desc>
            <rect width="100%" height="100%" fill="#fff"/>
            \(marks)\(line(\.p99, "stroke=\"#b5452c\" stroke-dasharray=\"6 3\""))\(line(\.p50, "stroke=\"#1f5f8b\""))\
            <text x="\(left)" y="\(height - 12)">0 s</text>
            <text x="\(width - 20)" y="\(height - 12)" text-anchor="end">\(text(end)) s</text>
            <text x="\(width / 2)" y="\(height - 12)" text-anchor="middle">ms: p50 whole line, p99 broken line</text>
            </svg>

            """
    }
}
