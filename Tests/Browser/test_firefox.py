"""Firefox reads the room's channel, compressed once for everybody, and has the board that everybody has."""

import asyncio
import base64
import json
import os

import pytest

from support.apart import run_apart
from support.firefox import firefox, program
from test_compression import Reader, create, texts, until

COUNT = 60
LISTEN = """
const [url, secret, code, count] = arguments, done = arguments[arguments.length - 1];
const socket = new WebSocket(url, 'samskap.v1'), board = {};
const end = (why) => done(JSON.stringify({ why, board, extensions: socket.extensions }));
socket.onopen = () => socket.send(JSON.stringify({ type: 'hello', secret, code }));
socket.onclose = (event) => end(`closed with ${event.code}`);
socket.onmessage = ({ data }) => {
  const message = JSON.parse(data);
  if (message.type !== 'changes' || message.channel !== 'room') return;
  Object.assign(board, message.set);
  for (const key of message.drop) delete board[key];
  if (Object.keys(board).filter((key) => key.startsWith('note/')).length === count) end('');
};
"""


@pytest.mark.skipif(program() is None, reason="needs Firefox: apt-get install firefox-esr")
def test_firefox_reads_the_shared_stream(server):
    async def run(session) -> tuple[dict, Reader]:
        workshop = create(server)
        secret = base64.urlsafe_b64encode(os.urandom(32)).decode().rstrip("=")
        async with Reader(workshop) as writer:
            listening = asyncio.create_task(asyncio.to_thread(
                session.execute_async_script, LISTEN, (workshop["url"], secret, workshop["code"], COUNT)))
            await until(lambda: writer.board.get("totals", {}).get("room") == 2, 30)
            for ref, text in enumerate((texts() * COUNT)[:COUNT], 1):
                await writer.send(type="note.add", ref=ref, text=f"{text[:380]} {ref}")
                await until(lambda: writer.acknowledged == ref)
                await asyncio.sleep(0.03)
            seen = json.loads(await asyncio.wait_for(listening, 30))
            return seen, dict(writer.board)

    with firefox(server.start_link.split("/#")[0] + "/") as session:
        seen, board = run_apart(run(session))
    assert seen["why"] == ""
    assert "permessage-deflate" in seen["extensions"]
    notes = {key: entry for key, entry in board.items() if key.startswith("note/")}
    assert {key: entry for key, entry in seen["board"].items() if key.startswith("note/")} == notes
