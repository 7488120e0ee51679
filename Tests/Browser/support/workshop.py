"""A workshop with one open board and one phase, made as the start page makes one."""

import json
import urllib.request

DEFINITION = {
    "id": "open", "name": "Open",
    "boards": [{"key": "b", "name": "Ideas", "structure": "list"}],
    "phases": [{"name": "Write", "board": "b", "participants": ["add", "editOwn", "vote"], "visibility": "everyone"}],
}


def create(server) -> dict:
    """The server's answer, with the address of its WebSocket as `url`."""
    origin, secret = server.start_link.split("/#start=")
    request = urllib.request.Request(
        f"{origin}/api/workshops",
        json.dumps({"definition": DEFINITION, "language": "nb", "title": "Open"}).encode(),
        {"Authorization": f"Bearer {secret}", "Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=10) as answer:
        return json.load(answer) | {"url": origin.replace("http", "ws") + "/ws"}
