internal import EventLoop
internal import Wire

extension Stage {
    /// Replays a plan from the creation of the workshop to the revealed result.
    ///
    /// - Parameters:
    ///   - plan: Who does what.
    ///   - title: The workshop's.
    ///   - options: Language, template, speed.
    /// - Returns: What it came to.
    /// - Throws: When the server does not play along.
    func play(_ plan: Plan, title: String, options: DemoOptions) async throws(DemoError) -> Demo.Outcome {
        let title = noteText(title, limit: 80).text
        let created = try await create(
            .with([
                "template": .string(options.template), "language": .string(options.language),
                "title": .string(title),
            ]), bearer: options.startSecret)
        guard let workshop = created["workshop"]?.string, let code = created["code"]?.string,
            let links = created["links"], let link = links["facilitator"]?.string
        else { throw .server("the new workshop's answer has not all it should have") }
        if let screen = links["screen"]?.string {
            say("Watch it: \(options.endpoint.origin)/s/\(workshop)#\(screen)\n")
        }

        try await joinLead(workshop: workshop, link: link)
        try await join(plan.people.count, workshop: workshop, code: code)
        let begun = MonotonicClock.nowMilliseconds()

        try await perform(
            "Notes", plan.writings.map { ($0.person, $0.after, .write(comment: $0.comment, text: $0.text)) },
            speed: options.speed)

        try await openVoting()
        try await lead(
            "round.open",
            .with([
                "title": .string(title),
                "vote": .with(["kind": .string("stance"), "targets": .string("notes")]),
            ]))
        try await wait(for: "the round to open") { self.openRound != nil }
        guard let round = openRound else { throw .server("the round did not open") }

        let votes: [(person: Int, after: Int64, act: Act)] = plan.castings.compactMap { casting in
            notes[casting.comment].map {
                (casting.person, casting.after, .vote(round: round, note: $0, value: casting.value))
            }
        }
        try await perform("Votes", votes, speed: options.speed)
        let seconds = Double(max(1, MonotonicClock.nowMilliseconds() - begun)) / 1_000

        try await lead("round.close", .with(["round": .string(round)]))
        try await lead("round.reveal", .with(["round": .string(round)]))
        try await settle(round)

        let verdict = Verdict(
            plan: plan, boards: ([lead] + seats).map(\.attendee.room), notes: notes, round: round)
        say("\n" + table(plan, verdict, seconds: seconds))
        return Demo.Outcome(
            differences: verdict.differences, people: plan.people.count, notes: plan.writings.count,
            votes: plan.castings.count)
    }

    /// Goes to a phase that lets people vote, unless the present one does.
    private func openVoting() async throws(DemoError) {
        if lead.attendee.room["phase"]?["may"]?.array?.contains(.string("vote")) == true { return }
        let sheet = lead.attendee.channels["staff"] ?? [:]
        let phases = sheet.filter {
            $0.key.hasPrefix("phase/") && $0.value["participants"]?.array?.contains(.string("vote")) == true
        }
        guard let key = phases.keys.min() else { throw .server("no phase of the template lets people vote") }
        try await lead("phase.open", .with(["phase": .string(String(key.dropFirst("phase/".count)))]))
    }

    private var openRound: String? {
        lead.attendee.room.first { $0.key.hasPrefix("round/") && $0.value["state"]?.string == "open" }
            .map { String($0.key.dropFirst("round/".count)) }
    }

    /// Waits until the result has reached everybody, with everything that came before it.
    private func settle(_ round: String) async throws(DemoError) {
        let everybody = [lead] + seats
        try await wait(for: "everybody to see the result") {
            everybody.allSatisfy { seat in
                seat.attendee.room["round/\(round)"]?["state"]?.string == "revealed"
                    && seat.attendee.sequences["room"] == everybody.first?.attendee.sequences["room"]
            }
        }
    }

    private func table(_ plan: Plan, _ verdict: Verdict, seconds: Double) -> String {
        let acts = plan.writings.count + plan.castings.count
        var rows = [
            ("People", plan.people.count, "all see the same \(verdict.entryCount) entries"),
            ("Notes", plan.writings.count, "all on the board with their text"),
            (
                "Votes", plan.castings.count,
                "\(plan.castings.count - plan.replacedCount) stand, \(plan.replacedCount) were replaced by their voter"
            ),
            ("Tallies", verdict.equalTallyCount, "equal to the file's"),
            ("Commands/s", Int(Double(acts) / seconds), "\(acts) in \(Double(Int(seconds * 10)) / 10) s"),
        ]
        if busyCount > 0 { rows.append(("Waits", busyCount, "asked for by the server")) }
        let lines = rows.map { "\($0.padded(to: 12))\(String($1).leftPadded(to: 8))   \($2)" }
        let end =
            verdict.differences.isEmpty
            ? ["", "All is as recorded."]
            : ["", "\(verdict.differences.count) differences:"]
                + verdict.differences.prefix(20).map { "  \($0)" }
        return (lines + end).joined(separator: "\n")
    }
}
