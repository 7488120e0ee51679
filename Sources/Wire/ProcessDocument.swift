public import Workshop

/// An item as JSON, with its identifier: as in its entry.
public struct ItemDocument {
    /// The JSON.
    public let bytes: [UInt8]

    /// Writes an item.
    public init(_ item: Item) {
        var json = JSONWriter(capacity: 256)
        json.object { json in
            json.member("item", item.id)
            ProcessCodec.write(item, &json)
        }
        bytes = json.bytes
    }
}

/// Where a note was carried from, as JSON.
public struct OriginsDocument {
    /// The JSON.
    public let bytes: [UInt8]

    /// Writes origins.
    public init(_ origins: [Origin]) {
        var json = JSONWriter()
        ProcessCodec.write(origins, &json)
        bytes = json.bytes
    }
}
