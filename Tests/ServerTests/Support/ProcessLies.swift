/// What a client that lies says of processes; none of it is for a participant.
enum ProcessLies {
    static let members: [(type: String, members: String)] = [
        ("process.change", "\"challenge\":\"mine\",\"principles\":[]"),
        ("process.publish", "\"published\":true"), ("step.open", "\"step\":5"),
        ("step.summarise", "\"step\":1,\"heard\":\"lie\",\"done\":\"lie\""),
        ("session.rename", "\"session\":\"s1\",\"title\":\"lie\""), ("session.detach", "\"session\":\"s1\""),
        ("link.add", "\"name\":\"me\",\"link\":\"\(String(repeating: "A", count: 43))\""),
        ("link.revoke", "\"link\":\"k1\""),
        (
            "item.add",
            "\"kind\":\"idea\",\"step\":1,\"text\":\"lie\",\"from\":[{\"session\":\"s1\",\"note\":\"n1\"}]"
        ),
        ("item.change", "\"item\":\"i1\",\"text\":\"lie\""),
        ("item.link", "\"item\":\"i1\",\"from\":[{\"item\":\"i2\"}]"),
        ("item.unlink", "\"item\":\"i1\",\"from\":[{\"item\":\"i2\"}]"),
        ("item.move", "\"item\":\"i1\",\"after\":null"),
        ("item.state", "\"item\":\"i1\",\"state\":\"chosen\""),
        ("item.publish", "\"item\":\"i1\",\"published\":true"), ("item.remove", "\"item\":\"i1\""),
        ("item.merge", "\"item\":\"i1\",\"into\":\"i2\""),
        ("item.split", "\"item\":\"i1\",\"text\":\"lie\""),
        ("notes.carry", "\"origins\":[{\"session\":\"s1\",\"note\":\"n1\"}]"), ("closing.set", "\"at\":null"),
    ]
    /// What facilitators may do after the end, so that a liar is told that it is not for it.
    static let afterEnd: Set<String> = ["process.publish", "item.publish", "link.revoke"]
}
