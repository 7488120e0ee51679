"""What a core dump of the server holds of ballots and of an erased note: `script/search-memory` runs it."""

import base64
import json
import os
import subprocess
import sys
import tempfile
import urllib.request
from contextlib import ExitStack, contextmanager
from pathlib import Path

from websockets.sync.client import connect

from support.server import Server

BALLOTS = [b"ballot/r1/p", b'"n7":1,"n8":1', b'"votes":{"n1":1', b'"type":"vote.cast"']


def main() -> int:
    with tempfile.TemporaryDirectory() as folder, ExitStack() as lines:
        server = Server(Path(folder) / "data").start()
        lines.callback(server.kill)
        start = server.start_link.split("#start=")[1]
        workshop = json.loads(ask(server, "POST", "/api/workshops", start, {"template": "meningsrunde", "language": "nb", "title": "T"}))
        console = lines.enter_context(member(server, workshop=workshop["workshop"], link=workshop["links"]["facilitator"]))
        secrets = [secret() for _ in range(20)]
        voters = [lines.enter_context(member(server, code=workshop["code"], secret=each)) for each in secrets]
        for number, voter in enumerate(voters):
            act(voter, "note.add", text="erase-me-later" if number == 0 else "x")
        act(console, "phase.open", phase="f2")
        act(console, "round.open", title="R", vote={"kind": "stance", "targets": "notes"})
        for voter in voters:
            for note in range(1, 13):
                act(voter, "vote.cast", round="r1", target=f"n{note}", value=1)
        show("round open", dump(server, folder, BALLOTS))
        act(console, "round.close", round="r1")
        closed = dump(server, folder, BALLOTS)
        show("round closed", closed)
        ask(server, "DELETE", f"/api/workshops/{workshop['workshop']}/me", secrets[0])
        show("person erased", dump(server, folder, [b"erase-me-later"]))
        return 1 if "--nothing-left" in sys.argv and sum(closed.values()) else 0


def secret() -> str:
    return base64.urlsafe_b64encode(os.urandom(32)).decode().rstrip("=")


def ask(server: Server, method: str, path: str, bearer: str, body: dict | None = None) -> bytes:
    data = json.dumps(body).encode() if body else None
    request = urllib.request.Request(server.address + path, data, {"Authorization": f"Bearer {bearer}"}, method=method)
    with urllib.request.urlopen(request, timeout=20) as answer:
        return answer.read()


@contextmanager
def member(server: Server, **hello):
    """Somebody who has been let in, with a counter of their own."""
    with connect(server.address.replace("http", "ws") + "/ws", subprotocols=["samskap.v1"], ping_interval=None, close_timeout=1) as line:
        line.send(json.dumps({"type": "hello", "secret": secret(), **hello}))
        while json.loads(line.recv(timeout=10))["type"] != "welcome":
            pass
        line.ref = 0
        yield line


def act(line, type: str, **members) -> None:
    line.ref += 1
    line.send(json.dumps({"type": type, "ref": line.ref, **members}))
    while (answer := json.loads(line.recv(timeout=10))).get("ref") != line.ref:
        pass
    assert answer["type"] == "ack", answer


def dump(server: Server, folder: str, marks: list[bytes]) -> dict[str, int]:
    """How often each mark stands in the process's memory now."""
    path = Path(folder) / "core"
    subprocess.run(
        ["gdb", "-q", "-batch", "-p", str(server.pid), "-ex", f"generate-core-file {path}"],
        check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    memory = path.read_bytes()
    path.unlink()
    return {mark.decode(): memory.count(mark) for mark in marks}


def show(moment: str, counts: dict[str, int]) -> None:
    print(f"  {moment:14}", ", ".join(f"{mark} ×{count}" for mark, count in counts.items()))


if __name__ == "__main__":
    sys.exit(main())
