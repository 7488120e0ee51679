internal import Workshop

/// One round's picture: a row for each target, its name above its bar.
///
/// Lengths are in per cent of the width and heights in pixels, without a view box, so that the text keeps its size on a phone
/// as on paper. All that it shows is in the table under it; its title says the finding.
struct Chart {
    let round: ReportedRound
    let results: [ReportedRound.Result]
    let wording: Wording

    /// Rows shown; a picture of more tells less.
    static let most = 12
    /// Characters in a line of a name: what the narrowest screen holds.
    static let lineLength = 38
    /// The bar's share of the width; the rest is for its figure.
    static let barWidth = 80.0

    var words: Vocabulary { wording.words }

    func write(to page: inout Markup) {
        let shown = Array(results.prefix(Chart.most))
        if case .matrix(let across, let up) = round.setup.kind {
            page.element("figure") { figure in
                matrix(&figure, shown, across: across, up: up)
                caption(&figure, shown: shown.count)
            }
            return page.line()
        }
        let rows = shown.map { (result: $0, lines: wrapped(wording.label($0), Chart.lineLength)) }
        let height = rows.reduce(axisHeight) { $0 + self.height(of: $1.lines.count) }
        page.element("figure") { figure in
            if case .stance = round.setup.kind { legend(&figure) }
            figure.element(
                "svg",
                [
                    ("role", "img"), ("aria-labelledby", "chart-\(round.id)"), ("width", "100%"),
                    ("height", String(height)), ("xmlns", "http://www.w3.org/2000/svg"),
                ]
            ) { svg in
                let finding = wording.finding(round) ?? ""
                svg.element(
                    "title", [("id", "chart-\(round.id)")], text: words(.chartTitle, ["finding": finding]))
                svg.line()
                if case .stance = round.setup.kind { hatching(&svg) }
                var top = 0
                for row in rows {
                    label(&svg, row.lines, top: top)
                    bar(&svg, row.result.outcome.personal, top: top + row.lines.count * 19 + 4 + stripHeight)
                    svg.line()
                    top += self.height(of: row.lines.count)
                }
                if case .scale(let low, let high) = round.setup.kind { axis(&svg, low, high, top: top) }
            }
            figure.line()
            caption(&figure, shown: shown.count)
        }
        page.line()
    }

    private func caption(_ figure: inout Markup, shown: Int) {
        let remarks = self.remarks(shown: shown)
        if !remarks.isEmpty { figure.element("figcaption", text: remarks.joined(separator: " ")) }
    }

    private func remarks(shown: Int) -> [String] {
        var remarks: [String] = []
        switch round.setup.kind {
        case .dots: break
        case .stance: remarks.append(words(.chartAgreement))
        case .scale: remarks.append(words(.chartStrip))
        case .matrix: remarks.append(words(.chartMatrix))
        }
        if results.count > shown {
            remarks.append(
                words(.chartTop, ["shown": words.integer(shown), "all": words.integer(results.count)]))
        }
        return remarks
    }

    private func height(of lines: Int) -> Int { lines * 19 + 34 + stripHeight }

    /// Room above a scale's line for how many gave each number.
    private var stripHeight: Int {
        if case .scale = round.setup.kind { 30 } else { 0 }
    }

    private var axisHeight: Int {
        if case .scale = round.setup.kind { 20 } else { 0 }
    }

    private func label(_ svg: inout Markup, _ lines: [String], top: Int) {
        for (index, line) in lines.enumerated() {
            svg.element(
                "text", [("class", "name"), ("x", "0"), ("y", String(top + 14 + index * 19))], text: line)
        }
    }

    private func bar(_ svg: inout Markup, _ counts: Outcome.Counts, top: Int) {
        switch round.setup.kind {
        case .dots:
            let most = max(1, results.map(\.outcome.personal.total).max() ?? 1)
            let width = Double(counts.total) / Double(most) * Chart.barWidth
            rect(&svg, "track", from: 0, to: Chart.barWidth, top: top, height: 16)
            rect(&svg, "value", from: 0, to: width, top: top, height: 16)
            figure(&svg, words.integer(counts.total), top: top)
        case .stance:
            var left = 0.0
            for (name, part) in [
                ("agree", counts.agree), ("pass", counts.pass), ("disagree", counts.disagree),
            ] {
                let width = Double(part) / Double(max(1, counts.votes)) * Chart.barWidth
                let fill = name == "disagree" ? "url(#hatch-\(round.id))" : nil
                rect(&svg, name, from: left, to: left + width, top: top, height: 16, fill: fill)
                left += width
            }
            figure(&svg, words.percent(counts.agree, of: counts.votes), top: top)
        case .scale(let low, let high):
            guard let mean = counts.mean, let spread = counts.spread else { return }
            func place(_ value: Double) -> Double {
                let inside = min(max(value, Double(low)), Double(high))
                return 1 + (inside - Double(low)) / Double(high - low) * (Chart.barWidth - 2)
            }
            strip(&svg, counts, bottom: top + 2, place)
            rect(&svg, "track", from: 0, to: Chart.barWidth, top: top + 6, height: 4)
            rect(
                &svg, "spread", from: place(mean - spread), to: place(mean + spread), top: top + 3, height: 10
            )
            svg.element(
                "circle",
                [("class", "value"), ("cx", hundredths(place(mean))), ("cy", String(top + 8)), ("r", "8")],
                text: "")
            figure(&svg, words.decimal(mean), top: top)
        case .matrix: break  // drawn as a map
        }
    }

    /// How many gave each number, as columns: the highest is as high as there is room.
    private func strip(
        _ svg: inout Markup, _ counts: Outcome.Counts, bottom: Int, _ place: (Double) -> Double
    ) {
        guard case .scale(let low, let high) = round.setup.kind else { return }
        let most = max(1, counts.counts.map(\.count).max() ?? 1)
        let half = min(3.5, Chart.barWidth / Double(high - low + 1) * 0.35)
        for line in counts.counts {
            let height = max(2, line.count * (stripHeight - 2) / most)
            let middle = place(Double(line.value))
            rect(
                &svg, "column", from: max(0, middle - half), to: middle + half, top: bottom - height,
                height: height)
        }
    }

    private func rect(
        _ svg: inout Markup, _ name: String, from left: Double, to right: Double, top: Int, height: Int,
        fill: String? = nil
    ) {
        guard right > left else { return }
        var attributes: [(name: StaticString, value: String)] = [
            ("class", name), ("x", hundredths(left)), ("y", String(top)), ("width", hundredths(right - left)),
            ("height", String(height)),
        ]
        if let fill { attributes.append(("fill", fill)) }
        svg.element("rect", attributes, text: "")
    }

    /// The figure after the bar's track, where the eye finds all of them under each other.
    private func figure(_ svg: inout Markup, _ text: String, top: Int) {
        svg.element(
            "text", [("class", "figure"), ("x", hundredths(Chart.barWidth + 2.5)), ("y", String(top + 13))],
            text: text)
    }

    private func axis(_ svg: inout Markup, _ low: Int, _ high: Int, top: Int) {
        let step = high - low <= 10 ? 1 : high - low
        for value in stride(from: low, through: high, by: step) {
            let place = 1 + Double(value - low) / Double(high - low) * (Chart.barWidth - 2)
            svg.element(
                "text",
                [
                    ("class", "tick"), ("x", hundredths(place)), ("y", String(top + 6)),
                    ("text-anchor", "middle"),
                ],
                text: words.integer(value))
        }
    }

    /// Stripes, so that disagreement can be told without colour.
    private func hatching(_ svg: inout Markup) {
        svg.element("defs") { defs in
            defs.element(
                "pattern",
                [
                    ("id", "hatch-\(round.id)"), ("width", "6"), ("height", "6"),
                    ("patternUnits", "userSpaceOnUse"),
                    ("patternTransform", "rotate(45)"),
                ]
            ) { pattern in
                pattern.element(
                    "rect", [("class", "hatch-paper"), ("width", "6"), ("height", "6")], text: "")
                pattern.element(
                    "rect", [("class", "hatch-line"), ("width", "2.5"), ("height", "6")], text: "")
            }
        }
    }

    private func legend(_ page: inout Markup) {
        page.element("ul", [("class", "legend"), ("aria-hidden", "true")]) { list in
            for (name, key) in [
                ("agree", Vocabulary.Key.stanceAgree), ("pass", .stancePass), ("disagree", .stanceDisagree),
            ] { list.element("li", [("class", name)], text: words(key)) }
        }
    }
}

/// A share of the width with two decimals.
func hundredths(_ value: Double) -> String {
    let hundredths = Int(exactly: (value * 100).rounded()) ?? 0
    return "\(hundredths / 100).\(twoDigits(hundredths % 100))%"
}

/// A text in at most two lines, broken at spaces; an ellipsis marks what does not fit.
private func wrapped(_ text: String, _ length: Int) -> [String] {
    let line = shortened(text, to: 2 * length - 6)
    guard line.count > length else { return [line] }
    let head = line.prefix(length + 1)
    guard let space = head.lastIndex(of: " ") else {
        return [String(line.prefix(length)), String(line.dropFirst(length))]
    }
    return [String(line[..<space]), shortened(String(line[space...]), to: length)]
}
