"""People who come by a code over real sockets, and somebody who guesses codes: what the tests of doors and script/hall share."""

import asyncio
import base64
import json
import multiprocessing
import os
import random
import secrets
import socket
import struct
import subprocess
import tempfile
import time
import urllib.request
from pathlib import Path

LETTERS = "ABDEFGHJKLMNPRSTUVXYZ"
UPGRADE = (
    b"GET /ws HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==\r\n"
    b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: samskap.v1\r\n\r\n")


def secret() -> str:
    return base64.urlsafe_b64encode(secrets.token_bytes(32)).decode().rstrip("=")


def any_code() -> str:
    """A code that is somebody's with a chance of one in 85 millions."""
    return "".join(random.choices(LETTERS, k=6))


def frame(message: dict) -> bytes:
    """One masked text frame."""
    payload = json.dumps(message).encode()
    size = len(payload)
    length = bytes([0x80 | size]) if size < 126 else b"\xfe" + struct.pack(">H", size)
    key = os.urandom(4)
    mask = (key * (size // 4 + 1))[:size]
    return b"\x81" + length + key + bytes(a ^ b for a, b in zip(payload, mask))


def create(server, template: str = "meningsrunde") -> dict:
    """A new workshop: its identifier, code and links."""
    start = server.start_link.split("start=")[1]
    body = json.dumps({"template": template, "language": "nb", "title": "Sentrum"}).encode()
    request = urllib.request.Request(
        f"http://127.0.0.1:{server.port}/api/workshops", body, {"Authorization": f"Bearer {start}", "Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.load(answer)


class Prover:
    """A process that does the work of doors, one after the other, as fast as a core can."""

    _binary: str | None = None

    def __init__(self):
        if Prover._binary is None:
            Prover._binary = os.path.join(tempfile.mkdtemp(), "prove")
            source = Path(__file__).with_name("prove.c")
            subprocess.run(["cc", "-O2", "-o", Prover._binary, source, "-lcrypto"], check=True)
        self._process = subprocess.Popen([Prover._binary], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def solve(self, challenge: dict) -> str:
        self._process.stdin.write(f"{challenge['challenge']} {challenge['solutions']} {challenge['bits']}\n")
        self._process.stdin.flush()
        return self._process.stdout.readline().strip()

    def close(self) -> None:
        self._process.stdin.close()
        self._process.wait()


class Line:
    """One WebSocket from the client's end; blocking."""

    def __init__(self, port: int, seconds: float = 30, receive_bytes: int | None = None):
        self.socket = socket.socket()
        if receive_bytes:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_bytes)
        self.socket.settimeout(seconds)
        self.socket.connect(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.socket.sendall(UPGRADE % port)
        self._rest = b""
        while b"\r\n\r\n" not in self._rest:
            self._more()
        head, self._rest = self._rest.split(b"\r\n\r\n", 1)
        assert head.startswith(b"HTTP/1.1 101 "), head

    def _more(self) -> None:
        chunk = self.socket.recv(1 << 16)
        if not chunk:
            raise ConnectionError("ended")
        self._rest += chunk

    def send(self, message: dict) -> None:
        self.socket.sendall(frame(message))

    def receive(self) -> dict:
        """The next message; a close is `{"type": "close", "code": …}`."""
        while True:
            found = parse(self._rest)
            if found is None:
                self._more()
                continue
            opcode, payload, self._rest = found
            if opcode == 8:
                return {"type": "close", "code": struct.unpack(">H", payload[:2])[0] if payload else None}
            if opcode == 1:
                return json.loads(payload)

    def until(self, type_: str) -> dict:
        while (message := self.receive())["type"] not in (type_, "close"):
            pass
        assert message["type"] == type_, message
        return message

    def close(self) -> None:
        self.socket.close()


def parse(data: bytes) -> tuple[int, bytes, bytes] | None:
    """The first frame of a server: opcode, payload, and what is left."""
    if len(data) < 2:
        return None
    size, start = data[1], 2
    if size == 126:
        if len(data) < 4:
            return None
        size, start = struct.unpack(">H", data[2:4])[0], 4
    elif size == 127:
        if len(data) < 10:
            return None
        size, start = struct.unpack(">Q", data[2:10])[0], 10
    if len(data) < start + size:
        return None
    return data[0] & 15, data[start:start + size], data[start + size:]


class Hall:
    """So many people behind one address who all scan the code now: each looks the door up, then says hello, working when asked."""

    def __init__(self, port: int, code: str, people: int):
        self._port, self._code, self._people = port, code, people
        self._prover = Prover()
        self._work = asyncio.Lock()
        self.seconds: list[float] = []
        """What each had to wait, in the order of coming in; doing the work is in it, one phone after the other on one core."""
        self.challenges: list[int] = []
        """Bits of each challenge."""
        self._writers = []

    def come_in(self) -> float:
        """Lets all come in; gives the seconds until the last was in, and hangs up."""
        return asyncio.run(self._come_in())

    async def _come_in(self) -> float:
        begun = time.monotonic()
        await asyncio.gather(*(self._phone(begun) for _ in range(self._people)))
        taken = time.monotonic() - begun
        for writer in self._writers:
            writer.close()
        self._prover.close()
        return taken

    async def _solve(self, challenge: dict) -> str:
        self.challenges.append(challenge["bits"])
        async with self._work:
            return await asyncio.to_thread(self._prover.solve, challenge)

    async def _phone(self, begun: float) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", self._port)
        proof = ""
        while True:
            field = f"Samskap-Proof: {proof}\r\n" if proof else ""
            writer.write(f"GET /api/doors/{self._code} HTTP/1.1\r\nHost: a\r\n{field}\r\n".encode())
            head = await reader.readuntil(b"\r\n\r\n")
            length = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
            answer = json.loads(await reader.readexactly(length))
            if "workshop" in answer:
                break
            assert answer["error"] == "busy", answer
            proof = await self._solve(answer)
        writer.close()
        reader, writer = await asyncio.open_connection("127.0.0.1", self._port)
        self._writers.append(writer)
        hello = {"type": "hello", "secret": secret(), "workshop": answer["workshop"], "code": self._code}
        if proof:
            hello["proof"] = proof
        writer.write(UPGRADE % self._port)
        await reader.readuntil(b"\r\n\r\n")
        writer.write(frame(hello))
        data = b""
        while True:
            while (found := parse(data)) is None:
                chunk = await reader.read(1 << 16)
                assert chunk, "turned away"
                data += chunk
            opcode, payload, data = found
            assert opcode != 8, payload
            message = json.loads(payload) if opcode == 1 else {}
            if message.get("type") == "challenge":
                hello["proof"] = await self._solve(message)
                writer.write(frame(hello))
            elif message.get("type") == "welcome":
                break
        self.seconds.append(time.monotonic() - begun)
        # From here on it only listens, so that the server's buffers stay empty.
        asyncio.get_running_loop().create_task(self._listen(reader))

    async def _listen(self, reader) -> None:
        try:
            while await reader.read(1 << 16):
                pass
        except OSError:
            pass


class Guesser:
    """Somebody who guesses codes as fast as the machine lets him, in processes of his own: by look-ups and by hellos, and with
    `working`, by one who does the work."""

    def __init__(self, port: int, lines: int = 32, working: bool = True):
        self._stop = multiprocessing.Event()
        self._results = multiprocessing.SimpleQueue()
        jobs = [(guess_by_looking_up, lines), (guess_by_hello, lines)] + ([(guess_by_working, 1)] if working else [])
        self._processes = [
            multiprocessing.Process(target=job, args=(port, lines, self._stop, self._results), daemon=True) for job, lines in jobs]
        self._begun = time.monotonic()
        for process in self._processes:
            process.start()

    def stop(self) -> dict[str, float]:
        """Ends it; how many answers of each kind he got a second."""
        self._stop.set()
        seconds = time.monotonic() - self._begun
        total: dict[str, int] = {}
        for _ in self._processes:
            for kind, count in self._results.get().items():
                total[kind] = total.get(kind, 0) + count
        for process in self._processes:
            process.join(10)
        return {kind: round(count / seconds, 1) for kind, count in sorted(total.items())}


def guess_by_looking_up(port, lines, stop, results):
    """Pipelined look-ups on lines that stay open."""
    counts = {"look-ups answered at the door": 0, "look-ups let through": 0}

    def one(line: socket.socket) -> None:
        burst = b"".join(b"GET /api/doors/%s HTTP/1.1\r\nHost: a\r\n\r\n" % any_code().encode() for _ in range(20))
        line.sendall(burst)
        received = b""
        while (heads := received.count(b"HTTP/1.1 ")) < 20 or not received.endswith(b"}"):
            chunk = line.recv(1 << 16)
            if not chunk:
                raise ConnectionError
            received += chunk
            del heads
        refused = received.count(b"HTTP/1.1 429 ")
        counts["look-ups answered at the door"] += refused
        counts["look-ups let through"] += 20 - refused

    _drive(port, lines, stop, one, keep=True)
    results.put(counts)


def guess_by_hello(port, lines, stop, results):
    """A hello on a new line each, sent with the handshake."""
    counts = {"hellos answered at the door": 0, "hellos let through": 0}

    def one(line: socket.socket) -> None:
        line.sendall(UPGRADE % port + frame({"type": "hello", "secret": secret(), "code": any_code()}))
        received = b""
        while b"challenge" not in received and b"\x88\x02" not in received:
            chunk = line.recv(4096)
            if not chunk:
                return
            received += chunk
        counts["hellos answered at the door" if b"challenge" in received else "hellos let through"] += 1

    _drive(port, lines, stop, one, keep=False)
    results.put(counts)


def guess_by_working(port, lines, stop, results):
    """Does the work for each guess, on a core."""
    counts = {"guesses worked for": 0}
    bits = 0
    prover = Prover()
    line = socket.create_connection(("127.0.0.1", port), timeout=30)
    waiting: list[socket.socket] = []

    def ask(path: bytes, field: bytes = b"", on=None) -> bytes:
        on = on or line
        on.sendall(b"GET /api/doors/%s HTTP/1.1\r\nHost: a\r\n%s\r\n" % (path, field))
        received = b""
        while not received.endswith(b"}"):
            received += on.recv(1 << 16)
        return received

    while not stop.is_set():
        code = any_code().encode()
        answer = ask(code)
        if b" 429 " not in answer.split(b"\r\n")[0]:
            continue
        challenge = json.loads(answer.split(b"\r\n\r\n")[1])
        bits = max(bits, challenge["bits"])
        proof = prover.solve(challenge).encode()
        # The answer to a wrong guess comes half a second later: not waited for on this line.
        other = socket.create_connection(("127.0.0.1", port), timeout=30)
        other.sendall(b"GET /api/doors/%s HTTP/1.1\r\nHost: a\r\nSamskap-Proof: %s\r\n\r\n" % (code, proof))
        waiting.append(other)
        counts["guesses worked for"] += 1
        if len(waiting) > 400:
            waiting.pop(0).close()
    for each in waiting:
        each.close()
    prover.close()
    results.put(counts)


def _drive(port, lines, stop, one, keep):
    """Runs `one` on so many lines at the same time, over and over; a line that ends is dialled anew."""
    import threading

    def work():
        line = None
        while not stop.is_set():
            try:
                line = line or socket.create_connection(("127.0.0.1", port), timeout=10)
                one(line)
            except OSError:
                keep_it = False
            else:
                keep_it = keep
            if not keep_it and line:
                line.close()
                line = None
        if line:
            line.close()

    threads = [threading.Thread(target=work) for _ in range(lines)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
