"""The room's channel compressed once for everybody (RFC 7692 with one shared context), as other people's clients read it."""

import asyncio
import base64
import csv
import json
import os
import subprocess
import zlib
from pathlib import Path

from websockets.asyncio.client import connect
from websockets.extensions.permessage_deflate import ClientPerMessageDeflateFactory, PerMessageDeflate
from websockets.frames import Opcode

from support.apart import run_apart
from support.server import ROOT
from support.workshop import create

REAL = Path(os.environ.get("SAMSKAP_CONSULTATIONS", ROOT.parent / "shared" / "data")) / "bg2050-volunteers" / "comments.csv"
SMALL = Path(__file__).parent / "data" / "benches" / "comments.csv"


def texts() -> list[str]:
    with open(REAL if REAL.exists() else SMALL, encoding="utf-8") as file:
        return [row["comment-body"].strip()[:400] for row in csv.DictReader(file) if row["comment-body"].strip()]


class Reader:
    """A client that keeps its board, and counts what came over the wire in compressed frames."""

    def __init__(self, workshop: dict, *, deflate: bool = True, **parameters):
        self.workshop, self.deflate, self.parameters = workshop, deflate, parameters
        self.secret = base64.urlsafe_b64encode(os.urandom(32)).decode().rstrip("=")
        self.board: dict = {}
        self.plain: list[bytes] = []
        self.wire = self.inflated = self.sequence = self.acknowledged = 0

    async def __aenter__(self):
        factory = ClientPerMessageDeflateFactory(**self.parameters)
        self.socket = await connect(
            self.workshop["url"], subprotocols=["samskap.v1"], compression=None, max_size=None,
            extensions=[factory] if self.deflate else None)
        for extension in self.socket.protocol.extensions:
            self._count(extension)
        await self.send(type="hello", secret=self.secret, code=self.workshop["code"])
        self.task = asyncio.create_task(self._read())
        return self

    async def __aexit__(self, *_):
        self.task.cancel()
        await self.socket.close()

    async def send(self, **message):
        await self.socket.send(json.dumps(message))

    def _count(self, extension: PerMessageDeflate):
        decode = extension.decode

        def counted(frame, *, max_size=None):
            result = decode(frame, max_size=max_size)
            if frame.rsv1 and frame.opcode is Opcode.TEXT:
                self.wire += len(frame.data)
                self.inflated += len(result.data)
                self.plain.append(bytes(result.data))
            return result

        extension.decode = counted

    async def _read(self):
        async for text in self.socket:
            message = json.loads(text)
            if message["type"] == "ack":
                self.acknowledged = message["ref"]
            if message["type"] == "changes" and message["channel"] == "room":
                self.board.update(message["set"])
                for key in message["drop"]:
                    self.board.pop(key, None)
                self.sequence = message["sequence"]


async def until(condition, seconds: float = 10):
    for _ in range(int(seconds * 200)):
        if condition():
            return
        await asyncio.sleep(0.005)
    raise AssertionError("it did not come true in time")


async def replay(server) -> tuple[float, float]:
    """Writes what people really wrote, one note at a time, with somebody joining in the middle; gives two ratios."""
    workshop, notes = create(server), texts()[:160]
    async with (
        Reader(workshop) as writer, Reader(workshop) as phone, Reader(workshop, deflate=False) as bare,
        Reader(workshop, server_max_window_bits=9) as narrow, Reader(workshop, server_no_context_takeover=True) as fresh,
    ):
        readers = [writer, phone, bare, narrow, fresh]
        late = None
        await until(lambda: all(reader.board for reader in readers))
        for ref, text in enumerate(notes, 1):
            await writer.send(type="note.add", ref=ref, text=text)
            await until(lambda: writer.acknowledged == ref)
            if ref > 50:
                await asyncio.sleep(0.05)  # twenty commands a second, sixty at once
            if ref == len(notes) // 4:
                late = await Reader(workshop).__aenter__()
                readers.append(late)
        last = max(reader.sequence for reader in readers)
        await until(lambda: all(reader.sequence >= last for reader in readers))
        assert len([key for key in bare.board if key.startswith("note/")]) == len(notes)
        for reader in readers:
            assert reader.board == bare.board
        assert (bare.wire, narrow.wire, fresh.wire) == (0, 0, 0), "who cannot share the stream gets plain frames"
        assert late.wire > 0
        await late.__aexit__()
        alone = sum(len(per_message(plain)) for plain in phone.plain)
        return phone.wire / phone.inflated, alone / phone.inflated


def per_message(plain: bytes) -> bytes:
    stream = zlib.compressobj(6, zlib.DEFLATED, -15)
    return (stream.compress(plain) + stream.flush(zlib.Z_SYNC_FLUSH))[:-4]


def test_everybody_reads_the_same_board_and_the_shared_stream_is_smaller(server):
    shared, alone = run_apart(replay(server))
    print(f"room channel on the wire: {shared:.3f} of plain; each message by itself: {alone:.3f}")
    assert shared < 0.5 < alone


NODE = """
const WebSocket = require('ws');
const socket = new WebSocket(process.argv[1], 'samskap.v1', { perMessageDeflate: true });
let seen = 0;
socket.on('open', () => socket.send(JSON.stringify({ type: 'hello', secret: process.argv[2], code: process.argv[3] })));
socket.on('message', (data) => {
  const message = JSON.parse(data);
  if (message.type !== 'changes' || message.channel !== 'room') return;
  seen += Object.keys(message.set).filter((key) => key.startsWith('note/')).length;
  if (seen === 20) { console.log('all', socket.extensions); socket.close(); }
});
socket.on('error', (error) => { console.log(String(error)); process.exit(1); });
"""


def test_node_reads_the_shared_stream(server):
    async def run() -> str:
        workshop = create(server)
        environment = {**os.environ, "NODE_PATH": "/usr/share/nodejs"}
        secret = base64.urlsafe_b64encode(os.urandom(32)).decode().rstrip("=")
        async with Reader(workshop) as writer:
            node = await asyncio.create_subprocess_exec(
                "node", "-e", NODE, workshop["url"], secret, workshop["code"], env=environment,
                stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
            await until(lambda: writer.board.get("totals", {}).get("room") == 2)
            for ref, text in enumerate(texts()[:20] if len(texts()) >= 20 else texts() * 20, 1):
                if ref > 20:
                    break
                await writer.send(type="note.add", ref=ref, text=f"{text} {ref}")
                await until(lambda: writer.acknowledged == ref)
            output, _ = await asyncio.wait_for(node.communicate(), 10)
            return output.decode()

    output = run_apart(run())
    assert output.startswith("all"), output
    assert "permessage-deflate" in output
