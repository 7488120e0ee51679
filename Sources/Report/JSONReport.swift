internal import Wire
internal import Workshop

/// The report as data for programs: JSON as `docs/results.schema.json` describes it.
public enum JSONReport {
    /// Its media type.
    public static let mediaType = "application/json"
    /// The version of its form, in the member `samskap`. It grows when a member changes its meaning, not when one is added.
    public static let version = 1

    /// Writes the document.
    ///
    /// - Parameter findings: What there is to say.
    /// - Returns: A JSON object in UTF-8.
    public static func document(_ findings: Findings) -> [UInt8] {
        var json = JSONWriter(capacity: 4_096 + findings.sources.all * 256)
        json.object { json in
            json.member("samskap", version)
            json.member("title", findings.title)
            json.member("language", findings.language)
            json.member("createdAt", time(findings.createdAt))
            json.member("endedAt", findings.endedAt.map(time))
            json.member("asOf", time(findings.asOf))
            json.member("participants") { json in
                json.object { json in
                    json.member("room", findings.participation.room)
                    json.member("remote", findings.participation.remote)
                    json.member("tables", findings.participation.tables)
                    json.member("atTables", findings.participation.atTables)
                }
            }
            json.member("speeches") { $0.spoken(findings.speeches) }
            json.member("replies") { $0.spoken(findings.replies) }
            json.member("notes") { $0.sources(findings.sources) }
            json.member("withheld") { $0.withheld(findings.withheld) }
            json.member("phases") { json in
                json.array { json in for phase in findings.phases { json.phase(phase) } }
            }
            json.member("boards") { json in
                json.array { json in for board in findings.boards { json.board(board) } }
            }
            json.member("rounds") { json in
                json.array { json in for round in findings.rounds { json.round(round) } }
            }
        }
        return json.bytes
    }

    fileprivate static func time(_ milliseconds: Int64) -> String {
        LocalTime(milliseconds, offset: 0).iso8601
    }
}

extension JSONWriter {
    fileprivate mutating func sources(_ sources: SourceCounts) {
        object { json in
            for source in Source.allCases { json.member(source.rawValue, sources[source]) }
            json.member("proxy", sources.proxy)
            json.member("all", sources.all)
        }
    }

    fileprivate mutating func spoken(_ spoken: SpeakerList.Spoken) {
        object { json in
            json.member("room", spoken.room)
            json.member("remote", spoken.remote)
            json.member("byHand", spoken.byHand)
        }
    }

    fileprivate mutating func withheld(_ withheld: Withheld) {
        object { json in
            json.member("unrevealed", withheld.unrevealed)
            json.member("held", withheld.held)
            json.member("redacted") { json in
                json.object { json in
                    for reason in RedactionReason.allCases {
                        json.member(reason.rawValue, withheld.redacted[reason] ?? 0)
                    }
                }
            }
            json.member("all", withheld.all)
        }
    }

    fileprivate mutating func phase(_ phase: ReportedPhase) {
        object { json in
            json.member("name", phase.name)
            json.member("instruction", phase.instruction)
            json.member("minutes", phase.minutes)
            json.member("rhythm", phase.rhythm.rawValue)
            json.member("notes", phase.notes)
            json.member("writers", phase.writers)
        }
    }

    fileprivate mutating func board(_ board: ReportedBoard) {
        object { json in
            json.member("id", board.id.description)
            json.member("name", board.name)
            json.member("structure", board.structure.rawValue)
            if let axes = board.axes {
                json.member("axes") { json in
                    json.object { json in
                        json.axis("across", axes.across)
                        json.axis("up", axes.up)
                    }
                }
            }
            json.member("notes") { $0.sources(board.sources) }
            json.member("withheld") { $0.withheld(board.withheld) }
            json.member("columns") { json in
                json.array { json in
                    for column in board.columns {
                        json.object { json in
                            json.member("id", column.id)
                            json.member("name", column.name)
                            json.member("hint", column.hint)
                            json.member("group", column.group)
                            if let position = column.position {
                                json.member("position") { json in
                                    json.object { json in
                                        json.member("across", position.across)
                                        json.member("up", position.up)
                                    }
                                }
                            }
                            json.member("clusters") { json in
                                json.array { json in for cluster in column.clusters { json.cluster(cluster) }
                                }
                            }
                            json.member("notes") { $0.notes(column.loose) }
                        }
                    }
                }
            }
        }
    }

    private mutating func axis(_ name: String, _ axis: Axis) {
        member(name) { json in
            json.object { json in
                json.member("name", axis.name)
                json.member("low", axis.low)
                json.member("high", axis.high)
            }
        }
    }

    private mutating func cluster(_ cluster: ReportedCluster) {
        object { json in
            json.member("id", cluster.id.description)
            json.member("name", cluster.name)
            json.member("notes") { $0.notes(cluster.notes) }
        }
    }

    private mutating func notes(_ notes: [ReportedNote]) {
        array { json in
            for note in notes {
                json.object { json in
                    json.member("id", note.id.description)
                    json.member("text", note.text)
                    json.member("paper", note.paper.rawValue)
                    json.member("language", note.language)
                    json.member("source", note.source.rawValue)
                    json.member("writtenAt", JSONReport.time(note.writtenAt))
                    if let group = note.group {
                        json.member("group") { json in
                            json.object { json in
                                json.member("id", group.id.description)
                                json.member("number", group.number)
                                json.member("name", group.name)
                            }
                        }
                    }
                    if !note.origins.isEmpty {
                        json.member("from") { json in
                            json.array { json in
                                for origin in note.origins { json.origin(origin) }
                            }
                        }
                    }
                }
            }
        }
    }

    private mutating func origin(_ origin: Origin) {
        object { json in
            switch origin {
            case .note(let id): json.member("note", id.description)
            case .cluster(let id): json.member("cluster", id.description)
            case .session(let session, .note(let id)):
                json.member("session", session.description)
                json.member("note", id.description)
            case .session(let session, .cluster(let id)):
                json.member("session", session.description)
                json.member("cluster", id.description)
            case .item(let id): json.member("item", id.description)
            }
        }
    }

    fileprivate mutating func round(_ round: ReportedRound) {
        object { json in
            json.member("id", round.id.description)
            json.member("board", round.board.description)
            json.member("title", round.title)
            json.member("vote") { json in EntryCodec.write(round.setup, &json) }
            json.member("state", round.state.rawValue)
            json.member("voters", round.voters)
            json.member("tables", round.tables)
            json.member("tableHeads", round.tableHeads)
            json.member("reported", round.isReported)
            json.member("results") { json in
                json.array { json in
                    for result in round.results {
                        json.object { json in
                            json.member("target", result.target.name)
                            json.name("rank")
                            if let rank = result.rank { json.value(rank) } else { json.null() }
                            json.member("votes") { $0.counts(result.outcome.personal, round.setup.kind) }
                            json.member("hands") { $0.counts(result.outcome.hands, round.setup.kind) }
                            json.member("tables") { $0.counts(result.outcome.tables, round.setup.kind) }
                        }
                    }
                }
            }
            json.member("discuss") { json in
                json.array { json in
                    for topic in round.topics {
                        json.object { json in
                            json.member("target", topic.target.name)
                            json.member("why", topic.why.rawValue)
                            if let direction = topic.direction { json.member("axis", direction.rawValue) }
                        }
                    }
                }
            }
            json.member("notesWithoutVotes", round.withoutVotes)
            json.member("votesElsewhere", round.votesElsewhere)
        }
    }

    private mutating func counts(_ counts: Outcome.Counts, _ kind: VoteKind) {
        object { json in
            json.member("answers", counts.votes)
            json.member("counts") { json in
                json.object { json in
                    for count in counts.counts { json.member(String(count.value), count.count) }
                }
            }
            switch kind {
            case .dots: json.member("dots", counts.total)
            case .stance:
                json.member("agree", counts.agree)
                json.member("disagree", counts.disagree)
                json.member("pass", counts.pass)
            case .scale:
                for scale in kind.scales { json.figures(counts.figures(on: scale)) }
            case .matrix:
                for scale in kind.scales {
                    json.member(scale.direction?.rawValue ?? "") { json in
                        json.object { json in json.figures(counts.figures(on: scale)) }
                    }
                }
            }
        }
    }

    private mutating func figures(_ figures: RatingFigures?) {
        number("mean", figures?.mean)
        number("spread", figures?.deviation)
        number("median", figures?.median)
        member("lowest", figures?.lowest)
        member("highest", figures?.highest)
    }

    private mutating func member(_ name: String, _ value: Int?) {
        self.name(name)
        if let value { self.value(value) } else { null() }
    }

    private mutating func number(_ name: String, _ value: Double?) {
        self.name(name)
        if let value { self.value(value) } else { null() }
    }
}
