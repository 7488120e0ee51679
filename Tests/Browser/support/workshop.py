"""A workshop made as the start page makes one; with nothing said, one open board and one phase."""

import json
import urllib.request

DEFINITION = {
    "id": "open", "name": "Open",
    "boards": [{"key": "b", "name": "Ideas", "structure": "list"}],
    "phases": [{"name": "Write", "board": "b", "participants": ["add", "editOwn", "vote"], "visibility": "everyone"}],
}


def create(server, **how) -> dict:
    """The server's answer, with the address of its WebSocket as `url`. `how` are members of the request, such as `template`."""
    how = how or {"definition": DEFINITION}
    origin, secret = server.start_link.split("/#start=")
    request = urllib.request.Request(
        f"{origin}/api/workshops",
        json.dumps({"language": "nb", "title": "Open", **how}).encode(),
        {"Authorization": f"Bearer {secret}", "Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=10) as answer:
        return json.load(answer) | {"url": origin.replace("http", "ws") + "/ws"}
