extension QRMatrix {
    /// An SVG element: dark modules as one path on a light square, one unit a module.
    ///
    /// Colours are attributes, not styles, so a policy without `unsafe-inline` shows them; they stay dark on light
    /// in dark mode, because many cameras read nothing else. It carries `aria-hidden`: the page says beside it, or
    /// on a wrapping element, what the code holds.
    ///
    /// - Parameter quietZone: Light modules around it; the standard asks for 4.
    /// - Returns: The element, without an XML declaration; fit to stand in HTML and, as it is, in a file.
    public func svg(quietZone: Int = 4) -> String {
        let margin = max(0, quietZone)
        let side = size + 2 * margin
        var path = ""
        for y in 0..<size {
            var x = 0
            while x < size {
                guard isDark(x, y) else {
                    x += 1
                    continue
                }
                let start = x
                while x < size, isDark(x, y) { x += 1 }
                path += "M\(start + margin) \(y + margin)h\(x - start)v1h-\(x - start)z"
            }
        }
        return """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(side) \(side)" shape-rendering="crispEdges" \
            aria-hidden="true" focusable="false"><rect width="\(side)" height="\(side)" fill="#fff"/>\
            <path d="\(path)" fill="#000"/></svg>
            """
    }
}
