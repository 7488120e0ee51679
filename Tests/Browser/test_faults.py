"""The server killed in the middle, and a phone without a line while somebody writes: nothing lost, nothing twice."""

from support.person import eventually
from support.stage import gather


def test_a_kill_and_a_dead_line_lose_nothing(server, cable, people, t):
    stage = gather(server, people, t, cable=cable)
    for person in stage.everybody:
        person.expects_lost_lines = True
    stage.kari.write("Før strømmen gikk")
    stage.kari.expect_state("Før strømmen gikk", "private")

    # Ola's phone has no line and writes on.
    cable.cut()
    stage.ola.write("Uten nett, den første")
    stage.ola.write("Uten nett, den andre")
    stage.ola.expect_state("Uten nett, den første", "unsent")
    stage.ola.person.picture("phone-offline")

    # The server dies while Kari's note is on its way.
    stage.kari.write("Midt i fallet")
    server.kill()
    stage.home.write("Mens alt er nede")
    stage.home.expect_state("Mens alt er nede", "unsent")
    server.start()
    cable.mend()
    for participant, text in (
        (stage.kari, "Midt i fallet"), (stage.home, "Mens alt er nede"), (stage.ola, "Uten nett, den første"), (stage.ola, "Uten nett, den andre"),
    ):
        participant.expect_state(text, "private")

    # A reload in the middle: the phone is still the same participant.
    stage.ola.page.reload()
    stage.ola.expect_state("Uten nett, den andre", "private")

    stage.console.next("reveal-phase")
    wanted = sorted(["Før strømmen gikk", "Midt i fallet", "Mens alt er nede", "Uten nett, den første", "Uten nett, den andre"])

    def texts(person):
        return sorted(entry["text"] for key, entry in person.room().items() if key.startswith("note/"))

    for person in stage.everybody:
        eventually(lambda: texts(person) == wanted, f"{person.name} has each note once", seconds=30, people=[person])
    rooms = [person.room() for person in stage.everybody]
    assert all(room == rooms[0] for room in rooms), "everybody ends with the same board"
