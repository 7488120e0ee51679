public import Workshop

/// Why a record of the journal cannot be read.
public enum RecordError: Error, Hashable, Sendable {
    /// Not JSON.
    case json(JSONError)
    /// Not a record, or an event with something missing.
    case shape
    /// An event of a newer version of this program.
    case unknownEvent(String)
}

/// Records as the journal keeps them: compact JSON, for good.
///
/// `{"at":1795478460000,"by":"p7","ref":5,"ev":[{"e":"noteAdded", …}]}`; `by` and `ref` are left out when there are none. What
/// stands here is read for ever: an event's name and members keep their meaning, new ones are added beside them. Tests hold a
/// record of each kind, byte for byte.
public enum RecordCodec {
    /// Writes a record.
    ///
    /// - Parameter record: Without events that are kept in cells; one of those is the caller's mistake, and traps.
    /// - Returns: Its bytes.
    public static func encode(_ record: Record) -> [UInt8] {
        var json = JSONWriter(capacity: 256)
        json.object { json in
            json.member("at", record.at)
            if let actor = record.actor { json.member("by", actor) }
            if record.ref > 0 { json.member("ref", record.ref) }
            json.member("ev") { json in
                json.array { json in
                    for event in record.events { json.object { json in EventCodec.write(event, &json) } }
                }
            }
        }
        return json.bytes
    }

    /// Reads a record.
    ///
    /// - Parameter bytes: What ``encode(_:)`` gave, in this or an older version.
    /// - Returns: The record.
    /// - Throws: ``RecordError``.
    public static func decode(_ bytes: [UInt8]) throws(RecordError) -> Record {
        let value: JSONValue
        do { value = try JSONReader.read(bytes, limits: .trusted) } catch { throw .json(error) }
        do {
            let members = try Members(value)
            var events: [Event] = []
            guard let items = try members.value("ev").array else { throw Malformed() }
            for item in items { events.append(try event(item)) }
            return Record(
                at: try members.int64("at"), actor: try members.optionalID("by"),
                ref: members.has("ref") ? try members.uint32("ref") : 0, events: events)
        } catch let error as RecordError { throw error } catch { throw .shape }
    }

    private static func event(_ item: JSONValue) throws -> Event {
        let members = try Members(item)
        let name = try members.string("e")
        guard let event = try EventCodec.read(name, members) else { throw RecordError.unknownEvent(name) }
        return event
    }
}

/// Ballots as the journal's erasable cells keep them: `ballot/r1/p7`, with target and value of each vote.
public enum CellCodec {
    /// Why a cell cannot be read.
    public enum Failure: Error, Hashable, Sendable {
        /// The key is no ballot's, or the value no votes.
        case shape
    }

    /// The key of one ballot.
    public static func key(_ round: RoundID, _ voter: ParticipantID) -> String { "\(prefix(round))\(voter)" }

    /// What the keys of a round's ballots begin with.
    public static func prefix(_ round: RoundID) -> String { "ballot/\(round)/" }

    /// Writes a ballot.
    public static func encode(_ ballot: Ballot) -> [UInt8] {
        var json = JSONWriter()
        json.object { json in
            for (target, value) in ballot.sorted(by: { $0.key < $1.key }) { json.member(target.text, value) }
        }
        return json.bytes
    }

    /// Writes what a table gave: for each target an object, value → how many.
    public static func encode(_ ballot: TableBallot) -> [UInt8] {
        var json = JSONWriter()
        json.object { json in
            for (target, counts) in ballot.sorted(by: { $0.key < $1.key }) {
                json.member(target.text) { json in
                    json.object { json in for line in counts { json.member(String(line.value), line.count) } }
                }
            }
        }
        return json.bytes
    }

    /// Reads the key and value of what a table gave, which are as those of a ballot but for the objects.
    public static func decodeTable(
        key: String, value: [UInt8]
    ) throws(Failure) -> (round: RoundID, table: ParticipantID, ballot: TableBallot) {
        guard let (round, table, _) = try? decode(key: key, value: Array("{}".utf8)),
            let object = try? JSONReader.read(value, limits: .trusted), let members = try? Members(object)
        else { throw .shape }
        var ballot: TableBallot = [:]
        for member in members.all {
            guard let target = Target(text: member.name), let counts = try? members.counts(member.name) else {
                throw .shape
            }
            ballot[target] = counts
        }
        return (round, table, ballot)
    }

    /// Reads a ballot's key and value.
    public static func decode(
        key: String, value: [UInt8]
    ) throws(Failure) -> (round: RoundID, voter: ParticipantID, ballot: Ballot) {
        let parts = key.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0] == "ballot", let round = RoundID(parts[1]),
            let voter = ParticipantID(parts[2]),
            let members = (try? JSONReader.read(value, limits: .trusted))?.members
        else { throw .shape }
        var ballot: Ballot = [:]
        for member in members {
            guard let target = Target(text: member.name), let number = member.value.int else { throw .shape }
            ballot[target] = Int(number)
        }
        return (round, voter, ballot)
    }
}
