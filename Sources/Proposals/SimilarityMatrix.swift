/// How alike all pairs of a number of things are; the same both ways round.
struct SimilarityMatrix {
    let count: Int
    private var values: [Double]

    /// Nothing is like anything yet. Takes 8 bytes for each pair, both ways round: 8 MB for 1,000 things.
    init(count: Int) {
        self.count = count
        values = Array(repeating: 0, count: count * count)
    }

    subscript(first: Int, second: Int) -> Double {
        get { values[first * count + second] }
        set {
            values[first * count + second] = newValue
            values[second * count + first] = newValue
        }
    }
}
