"""The server killed in the middle, and a phone without a line while somebody writes: nothing lost, nothing twice."""

from collections import Counter

from support.person import eventually
from support.stage import gather


def test_a_kill_and_a_dead_line_lose_nothing(server, cable, people, t):
    stage = gather(server, people, t, cable=cable)
    for person in stage.everybody:
        person.expects_lost_lines = True
    stage.kari.write("Før strømmen gikk")
    stage.kari.expect_state("Før strømmen gikk", "private")

    # Ola's phone has no line, and he writes on.
    stage.ola.expect_phase("Skriv")
    cable.cut()
    stage.ola.person.context.set_offline(True)
    offline = ["Uten nett, den første", "Uten nett, den andre", "Uten nett, den tredje"]
    for text in offline:
        stage.ola.write(text)
        stage.ola.expect_state(text, "unsent")
    stage.ola.person.picture("phone-offline")

    # The server dies while Kari's notes are on their way.
    falling = ["Midt i fallet, en", "Midt i fallet, to", "Midt i fallet, tre"]
    for text in falling:
        stage.kari.write(text)
    server.kill()
    stage.home.write("Mens alt er nede")
    stage.home.expect_state("Mens alt er nede", "unsent")
    server.start()
    cable.mend()
    stage.ola.person.context.set_offline(False)
    for participant, texts in ((stage.kari, falling), (stage.home, ["Mens alt er nede"]), (stage.ola, offline)):
        for text in texts:
            participant.expect_state(text, "private")

    # A reload in the middle: the phone is still the same participant.
    stage.ola.page.reload()
    stage.ola.expect_state(offline[1], "private")

    stage.console.next("reveal-phase")
    wanted = Counter(["Før strømmen gikk", "Mens alt er nede", *falling, *offline])
    for person in stage.everybody:
        eventually(lambda: _texts(person) == wanted, f"{person.name} has each note once", seconds=30, people=[person])
    stage.expect_equal()


def test_a_kill_while_people_vote_keeps_every_vote(server, people, t):
    stage = gather(server, people, t)
    for person in stage.everybody:
        person.expects_lost_lines = True
    for participant, text in ((stage.kari, "Benker"), (stage.ola, "Trær"), (stage.home, "Buss")):
        participant.write(text)
        participant.expect_state(text, "private")
    stage.console.next("reveal-phase")
    stage.console.open_phase("Samle")
    stage.console.select("Benker", "Trær")
    stage.console.make_cluster("Ute")
    stage.console.open_phase("Stem")
    stage.console.open_round()
    stage.kari.vote("Ute", 2)
    stage.ola.vote("Ute", 1)
    stage.home.vote("Buss", 1)
    stage.console.expect_total("voters", t("console.of", count=3, of=3))

    before = {person.name: person.welcomes() for person in stage.everybody}
    server.kill()
    server.start()
    eventually(
        lambda: all(person.welcomes() > before[person.name] for person in stage.everybody), "everybody is back", 45, stage.everybody)
    stage.kari.expect_given("Ute", 2)
    stage.home.vote("Buss", 1)
    stage.console.next("close-round")
    stage.console.next("reveal-round")
    for participant in (stage.kari, stage.ola, stage.home):
        assert participant.result() == [("Ute", 3), ("Buss", 2)]
    stage.expect_equal()


def test_a_stopped_server_says_goodbye_and_everybody_comes_back(server, people, t):
    stage = gather(server, people, t)
    for person in stage.everybody:
        person.expects_lost_lines = True
    stage.kari.write("Før den stoppet")
    stage.kari.expect_state("Før den stoppet", "private")
    assert server.stop() == 0
    for person in stage.everybody:
        eventually(lambda: any('"type":"bye"' in frame for frame in person.received), f"{person.name} heard goodbye", people=[person])
    server.start()
    stage.kari.write("Etter at den kom igjen")
    stage.kari.expect_state("Etter at den kom igjen", "private")
    stage.console.expect_total("notes", "2")


def _texts(person) -> Counter[str]:
    return Counter(entry["text"] for key, entry in person.room().items() if key.startswith("note/"))


def test_a_new_process_takes_over_and_everybody_goes_on(server, people, t):
    stage = gather(server, people, t)
    for person in stage.everybody:
        person.expects_lost_lines = True
    stage.kari.write("Før versjonsskiftet")
    stage.kari.expect_state("Før versjonsskiftet", "private")
    before, old = {person.name: person.welcomes() for person in stage.everybody}, server.pid
    stage.ola.write("Midt i versjonsskiftet")
    status, _ = server.hand_over()
    assert status == 0 and server.pid != old
    # Nobody reloads, nobody presses anything.
    for person in stage.everybody:
        eventually(lambda: person.welcomes() > before[person.name], f"{person.name} is back", seconds=30, people=[person])
    stage.ola.expect_state("Midt i versjonsskiftet", "private")
    stage.home.write("Etter versjonsskiftet")
    stage.home.expect_state("Etter versjonsskiftet", "private")
    stage.console.next("reveal-phase")
    wanted = Counter(["Før versjonsskiftet", "Midt i versjonsskiftet", "Etter versjonsskiftet"])
    for person in stage.everybody:
        eventually(lambda: _texts(person) == wanted, f"{person.name} has each note once", seconds=30, people=[person])
    stage.expect_equal()
