internal import Workshop

/// A rating in two directions as a map: a numbered mark for each target where its means are, with bars as long as the
/// deviation to each side, and the key to the numbers under it.
extension Chart {
    /// Pixels from the plane's top to its bottom.
    private static let plane = 300
    /// Where the plane begins and ends, in per cent of the width.
    private static let left = 6.0
    private static let right = 96.0
    private static let top = 26

    func matrix(_ figure: inout Markup, _ shown: [ReportedRound.Result], across: RatedAxis, up: RatedAxis) {
        let scales = round.setup.kind.scales
        func x(_ number: Double) -> Double {
            let inside = min(max(number, 0.5), Double(across.steps) + 0.5)
            return Self.left + (inside - 0.5) / Double(across.steps) * (Self.right - Self.left)
        }
        func y(_ number: Double) -> Double {
            let inside = min(max(number, 0.5), Double(up.steps) + 0.5)
            return Double(Self.top) + (1 - (inside - 0.5) / Double(up.steps)) * Double(Self.plane)
        }
        let bottom = Self.top + Self.plane
        figure.element(
            "svg",
            [
                ("role", "img"), ("aria-labelledby", "chart-\(round.id)"), ("width", "100%"),
                ("height", String(bottom + 44)), ("xmlns", "http://www.w3.org/2000/svg"),
            ]
        ) { svg in
            svg.element(
                "title", [("id", "chart-\(round.id)")],
                text: words(.chartTitle, ["finding": wording.finding(round) ?? ""]))
            svg.element("text", [("class", "tick"), ("x", "0"), ("y", "14")], text: ends("↑", up.axis))
            line(&svg, "grid", (Self.left, Double(Self.top)), (Self.left, Double(bottom)))
            line(&svg, "grid", (Self.left, Double(bottom)), (Self.right, Double(bottom)))
            for number in 1...across.steps {
                tick(&svg, number, x: x(Double(number)), y: bottom + 16)
                if number < across.steps {
                    let edge = x(Double(number) + 0.5)
                    line(&svg, "grid faint", (edge, Double(Self.top)), (edge, Double(bottom)))
                }
            }
            for number in 1...up.steps {
                tick(&svg, number, x: Self.left / 2, y: pixel(y(Double(number))) + 5)
                if number < up.steps {
                    let edge = y(Double(number) + 0.5)
                    line(&svg, "grid faint", (Self.left, edge), (Self.right, edge))
                }
            }
            svg.element(
                "text",
                [
                    ("class", "tick"), ("x", hundredths(Self.right)), ("y", String(bottom + 36)),
                    ("text-anchor", "end"),
                ],
                text: ends("→", across.axis))
            svg.line()
            let places = shown.map { result in
                scales.map { result.outcome.personal.figures(on: $0) }
            }
            for place in places {
                guard let h = place[0], let v = place[1] else { continue }
                line(
                    &svg, "reach", (x(h.mean - h.deviation), y(v.mean)), (x(h.mean + h.deviation), y(v.mean)))
                line(
                    &svg, "reach", (x(h.mean), y(v.mean - v.deviation)), (x(h.mean), y(v.mean + v.deviation)))
            }
            svg.line()
            for (index, place) in places.enumerated() {
                guard let h = place[0], let v = place[1] else { continue }
                svg.element(
                    "circle",
                    [
                        ("class", "mark"), ("cx", hundredths(x(h.mean))), ("cy", String(pixel(y(v.mean)))),
                        ("r", "11"),
                    ], text: "")
                svg.element(
                    "text",
                    [
                        ("class", "in-mark"), ("x", hundredths(x(h.mean))),
                        ("y", String(pixel(y(v.mean)) + 5)), ("text-anchor", "middle"),
                    ], text: words.integer(index + 1))
                svg.line()
            }
        }
        figure.line()
        figure.element("ol", [("class", "key")]) { list in
            for result in shown {
                list.element("li", text: "\(wording.label(result)): \(meaning(result, across, up))")
                list.line()
            }
        }
    }

    private func meaning(_ result: ReportedRound.Result, _ across: RatedAxis, _ up: RatedAxis) -> String {
        RoundColumn.Scale.all(of: round.setup.kind).compactMap { scale in
            result.outcome.personal.figures(on: scale.scale).map {
                words(
                    .findingAxisValue,
                    [
                        "axis": scale.name, "mean": words.decimal($0.mean),
                        "spread": words.decimal($0.deviation),
                    ])
            }
        }.joined(separator: "; ")
    }

    private func ends(_ arrow: String, _ axis: Axis) -> String {
        let ends =
            axis.low.isEmpty || axis.high.isEmpty
            ? "" : " " + words(.placeEnds, ["low": axis.low, "high": axis.high])
        return "\(arrow) \(axis.name)\(ends)"
    }

    private func tick(_ svg: inout Markup, _ number: Int, x: Double, y: Int) {
        svg.element(
            "text",
            [("class", "tick"), ("x", hundredths(x)), ("y", String(y)), ("text-anchor", "middle")],
            text: words.integer(number))
    }

    private func line(
        _ svg: inout Markup, _ name: String, _ from: (x: Double, y: Double), _ to: (x: Double, y: Double)
    ) {
        svg.element(
            "line",
            [
                ("class", name), ("x1", hundredths(from.x)), ("y1", String(pixel(from.y))),
                ("x2", hundredths(to.x)), ("y2", String(pixel(to.y))),
            ], text: "")
    }

    private func pixel(_ value: Double) -> Int { Int(exactly: value.rounded()) ?? 0 }
}
