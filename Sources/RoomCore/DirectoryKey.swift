public import Journal

/// The keys by which the journal's directory finds a workshop.
public enum DirectoryKey {
    /// For a join code, in its plain form.
    public static func code(_ code: String) -> String { "code/\(code)" }

    /// For the time at which a workshop is to be erased; in the order of that time.
    public static func erasure(_ time: Int64, of workshop: String) -> String {
        "erase/\(digits(time))/\(workshop)"
    }

    /// All keys for times up to one.
    public static func erasures(through time: Int64) -> ClosedRange<String> {
        "erase/"..."erase/\(digits(time))/~"
    }

    /// What changes in the directory when a workshop's time does.
    public static func changes(from old: Int64?, to new: Int64?, of workshop: String) -> [DirectoryChange] {
        guard old != new else { return [] }
        return (old.map { [.remove(key: erasure($0, of: workshop))] } ?? [])
            + (new.map { [.put(key: erasure($0, of: workshop))] } ?? [])
    }

    /// Sixteen digits, so that the order of the texts is that of the numbers.
    private static func digits(_ time: Int64) -> String {
        let text = String(max(0, time))
        return String(repeating: "0", count: max(0, 16 - text.count)) + text
    }
}
