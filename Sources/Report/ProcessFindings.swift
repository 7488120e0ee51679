public import Workshop

/// What there is to say about a process, or one step of it: summaries, sessions in numbers, and items with where they came from
/// and what became of them. No author, no note, no secret.
public struct ProcessFindings: Sendable {
    /// One step.
    public struct Step: Sendable {
        /// 1 to 5.
        public var number: Int
        /// What was heard, and what is done with it.
        public var summary: Process.Summary
        /// Where it stands.
        public var state: StepEntry.State
        /// Its sessions, in their order.
        public var sessions: [ProcessSession]
        /// Its items, kind by kind in their order.
        public var items: [Item]
    }

    /// The process' identifier.
    public var id: String
    /// What people read.
    public var title: String
    /// The language of its content.
    public var language: String
    /// When it was created, in milliseconds since 1970-01-01T00:00:00Z.
    public var createdAt: Int64
    /// When it was ended.
    public var endedAt: Int64?
    /// The time of the last record.
    public var asOf: Int64
    /// The challenge and the principles, and where it stands.
    public var process: Process
    /// All steps, or the one that was asked for.
    public var steps: [Step]

    /// Finds what there is to say.
    ///
    /// - Parameters:
    ///   - workshop: A process; nil is returned for a workshop that is none.
    ///   - step: One step, 1 to 5; nil for all.
    public init?(of workshop: Workshop, step: Int? = nil) {
        guard let process = workshop.process else { return nil }
        (id, title, language) = (workshop.id, workshop.title, workshop.language)
        (createdAt, endedAt, asOf) = (workshop.createdAt, workshop.endedAt, workshop.now)
        self.process = process
        steps = Process.steps.filter { step == nil || step == $0 }.map { number in
            Step(
                number: number, summary: process.summaries[number - 1], state: process.state(of: number),
                sessions: process.sessions.values.filter { $0.step == number && !$0.isDetached }
                    .sorted { $0.position < $1.position },
                items: process.items.values.filter { $0.step == number }.sorted { left, right in
                    (left.kind.order, left.rank, left.id.number) < (
                        right.kind.order, right.rank, right.id.number
                    )
                })
        }
    }

    /// The items that came of one.
    func became(_ id: ItemID) -> [Item] { process.items.values.filter { $0.sources.contains(.item(id)) } }

    /// The items that one came from.
    func origins(_ item: Item) -> [Item] {
        item.sources.compactMap { source in
            if case .item(let id) = source { process.items[id] } else { nil }
        }
    }

    /// How many notes one came from by itself.
    func noteCount(_ item: Item) -> Int {
        Set(
            item.sources.flatMap { source in
                source.notes.map { "\(source.session?.description ?? "")/\($0)" }
            }
        ).count
    }
}

extension Item.Kind {
    var order: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}
