/// The groups of one phase while people are put into them, and what that comes to as events.
///
/// Nobody is left alone as long as there is somebody to be with: where a pair cannot be, there are three. A value that lives
/// for one decision; it draws no number: where chance decides, the caller gives people in an order of chance.
struct Seating {
    /// Somebody to be seated.
    struct Person: Hashable {
        var id: ParticipantID
        var channel: Attendance
    }

    private let phase: PhaseID
    private let grouping: Grouping
    private(set) var groups: [Group]
    /// What has been done, in order.
    private(set) var events: [Event] = []
    private var nextID: GroupID
    /// How many more groups the workshop holds.
    private var free: Int
    private let channelOf: (ParticipantID) -> Attendance

    init(
        _ phase: PhaseID, _ grouping: Grouping, _ groups: [Group], nextID: GroupID, limit: Int,
        channelOf: @escaping (ParticipantID) -> Attendance
    ) {
        self.phase = phase
        self.grouping = grouping
        self.groups = groups
        self.nextID = nextID
        free = max(0, limit + 1 - Int(nextID.number))
        self.channelOf = channelOf
    }

    /// How many groups so many people make: as near the size as can be, nobody alone.
    static func count(of people: Int, _ grouping: Grouping) -> Int {
        let most = max(1, people / 2)
        if let tables = grouping.tables { return min(tables, most) }
        let size = grouping.size ?? 4
        return max(1, min((2 * people + size) / (2 * size), most))
    }

    // MARK: All at once

    /// Puts everybody into groups, in the order given; the groups that are there are used first, the others go unless
    /// they hold notes or stand for a table.
    mutating func deal(_ people: [Person]) {
        for index in groups.indices { groups[index].members = [] }
        var taken = 0
        if grouping.how == .channel {
            let room = people.filter { $0.channel == .room }
            let remote = people.filter { $0.channel == .remote }
            if room.count < 2 || remote.count < 2 {
                // One who would be alone goes with the others.
                taken += deal(
                    people, into: share(people.count, of: people.count), from: 0,
                    room.count >= remote.count ? .room : .remote)
            } else {
                taken += deal(room, into: share(room.count, of: people.count), from: 0, .room)
                taken += deal(remote, into: share(remote.count, of: people.count), from: taken, .remote)
            }
        } else {
            // Where people choose or are placed, the tables are all there already.
            let count =
                grouping.seatsPeople
                ? Self.count(of: people.count, grouping) : min(max(1, groups.count), max(1, people.count / 2))
            taken += deal(people, into: count, from: 0, nil)
        }
        guard grouping.seatsPeople else { return }
        groups = groups.enumerated().filter { $0.offset < taken || $0.element.notes > 0 }.map(\.element)
    }

    /// How many of the groups a part of the people gets.
    private func share(_ part: Int, of all: Int) -> Int {
        guard let tables = grouping.tables, all > 0 else { return Self.count(of: part, grouping) }
        return max(1, min((2 * tables * part + all) / (2 * all), max(1, part / 2), max(1, tables - 1)))
    }

    private mutating func deal(_ people: [Person], into count: Int, from first: Int, _ channel: Attendance?)
        -> Int
    {
        guard !people.isEmpty else { return 0 }
        var made = 0
        while made < count, first + made < groups.count || add(channel) != nil { made += 1 }
        guard made > 0 else { return 0 }
        for index in first..<first + made { groups[index].channel = channel }
        for (index, person) in people.enumerated() {
            groups[first + index % made].members.append(person.id)
        }
        return made
    }

    /// Makes tables that people choose among, or are put at by hand.
    mutating func setOut(for people: Int) {
        let size = grouping.size ?? 4
        let wanted = grouping.tables ?? max(1, (people + size - 1) / size)
        while groups.count < wanted, add(nil) != nil {}
    }

    /// Brings the groups of the phase before together, two and two; one that is left over goes with the smallest.
    mutating func merge(_ before: [Group], seatable: Set<ParticipantID>) {
        let parts = before.map { group in
            var group = group
            group.members.removeAll { !seatable.contains($0) }
            return group
        }.filter { !$0.members.isEmpty }
        var index = 0
        while index < parts.count {
            let isLast = index + 1 == parts.count
            if isLast, index > 0, let smallest = smallest(of: groups.indices) {
                groups[smallest].members += parts[index].members
                groups[smallest].parents.append(parts[index].id)
                index += 1
                continue
            }
            guard let place = add(nil) else { return }
            for part in parts[index..<min(index + 2, parts.count)] {
                groups[place].members += part.members
                groups[place].parents.append(part.id)
            }
            index += 2
        }
    }

    // MARK: One by one

    /// Puts somebody who comes later with the fewest.
    mutating func seat(_ person: Person) {
        guard grouping.seatsPeople else {
            setOut(for: groups.reduce(1) { $0 + $1.members.count })
            return
        }
        if grouping.how == .channel, seatWithStray(person) { return }
        let same = groups.indices.filter { groups[$0].channel == nil || groups[$0].channel == person.channel }
        let channel = grouping.how == .channel ? person.channel : nil
        guard let place = smallest(of: same) ?? smallest(of: groups.indices) else {
            guard let place = emptyPlace(channel) ?? groups.indices.first else { return }
            return put([person.id], at: place)
        }
        let usual = usualSize
        let many = usual + (usual + 1) / 2
        let isOwn = grouping.how != .channel || groups[place].channel == person.channel
        if isOwn, groups[place].members.count >= many, let other = emptyPlace(channel) {
            // Too many for one: who came last begins a new group with the one who comes.
            let movers = Array(groups[place].members.suffix(groups[place].members.count - usual))
            return put(movers + [person.id], at: other)
        }
        put([person.id], at: place)
    }

    /// Somebody takes part from where only one other does, who sits with the others for want of company.
    private mutating func seatWithStray(_ person: Person) -> Bool {
        guard !groups.contains(where: { $0.channel == person.channel && !$0.members.isEmpty }) else {
            return false
        }
        let strays = groups.flatMap { group in
            group.channel == person.channel ? [] : group.members.filter { channelOf($0) == person.channel }
        }
        guard let stray = strays.first, let place = emptyPlace(person.channel) else { return false }
        let old = groups.firstIndex { $0.members.contains(stray) }
        put([stray, person.id], at: place)
        if let old { gather(from: old) }
        return true
    }

    private var usualSize: Int {
        if let tables = grouping.tables {
            return groups.count { !$0.members.isEmpty } < tables ? 2 : Int.max / 4
        }
        return grouping.size ?? 4
    }

    /// Lets somebody go. One who is left alone goes with the fewest.
    mutating func unseat(_ person: ParticipantID) {
        guard let place = groups.firstIndex(where: { $0.members.contains(person) }) else { return }
        groups[place].members.removeAll { $0 == person }
        events.append(.groupSet([person], phase, nil))
        if grouping.seatsPeople { gather(from: place) }
    }

    private mutating func gather(from place: Int) {
        guard groups[place].members.count == 1, let lonely = groups[place].members.first else { return }
        let others = groups.indices.filter { $0 != place }
        let same = others.filter { groups[$0].channel == nil || groups[$0].channel == channelOf(lonely) }
        if let other = smallest(of: same) ?? smallest(of: others) { put([lonely], at: other) }
    }

    /// The group with the fewest people in it; among equals, one that has written nothing yet.
    private func smallest(of places: some Sequence<Int>) -> Int? {
        places.filter { !groups[$0].members.isEmpty }.min { left, right in
            let (left, right) = (groups[left], groups[right])
            if left.members.count != right.members.count { return left.members.count < right.members.count }
            if (left.notes == 0) != (right.notes == 0) { return left.notes == 0 }
            return left.number < right.number
        }
    }

    /// A group with nobody and nothing in it, made when there is none.
    private mutating func emptyPlace(_ channel: Attendance?) -> Int? {
        if let place = groups.firstIndex(where: {
            $0.members.isEmpty && $0.notes == 0 && $0.channel == channel
        }) {
            return place
        }
        return add(channel)
    }

    private mutating func put(_ people: [ParticipantID], at place: Int) {
        for index in groups.indices { groups[index].members.removeAll { people.contains($0) } }
        groups[place].members += people
        events.append(.groupSet(people, phase, groups[place].id))
    }

    /// Makes a group; nil when the workshop holds no more.
    @discardableResult
    mutating func add(_ channel: Attendance?) -> Int? {
        guard free > 0 else { return nil }
        var group = Group(id: nextID, phase: phase, number: (groups.map(\.number).max() ?? 0) + 1)
        group.channel = channel
        groups.append(group)
        events.append(.groupAdded(group))
        nextID = GroupID(nextID.number + 1)
        free -= 1
        return groups.count - 1
    }
}
