"""The real server as a process of its own on loopback, and a cable that can be cut."""

import os
import re
import signal
import socket
import subprocess
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
BINARY = Path(os.environ.get("SAMSKAP_BINARY", ROOT / ".build" / "release" / "samskap"))
WEB = Path(os.environ.get("SAMSKAP_WEB", ROOT / "web"))
START_LIMIT = 30


class Server:
    """`samskap serve` on a free port, with its data in a folder that outlives the process."""

    def __init__(self, data: Path, *options: str):
        self.data = data
        self._options = options
        self._process: subprocess.Popen[str] | None = None
        self._reader: threading.Thread | None = None
        self._port = 0
        self.output: list[str] = []
        self.address = ""
        self.start_link = ""

    def start(self, take_over: bool = False) -> "Server":
        """Starts it, on the port it had before if it ran before, and waits until it says where it listens."""
        self.output = []
        environment = {name: value for name, value in os.environ.items() if not name.startswith("SAMSKAP_")}
        self._process = subprocess.Popen(
            [BINARY, "serve", "--host", "127.0.0.1", "--port", str(self._port), "--data", self.data, "--web", WEB,
             *(["--take-over"] if take_over else []), *self._options],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment)
        self._reader = threading.Thread(target=self._read, args=(self._process,), daemon=True)
        self._reader.start()
        self.address = self._wait_for(r"Listening on (\S+)")
        self.start_link = self._wait_for(r"Start link: (\S+)")
        self._port = int(self.address.rsplit(":", 1)[1])
        return self

    def hand_over(self) -> tuple[int, float]:
        """A new process takes over from the running one. The status that the old one ended with, and the seconds from the start of
        the new program until it served."""
        old, begun = self._process, time.monotonic()
        self.start(take_over=True)
        served = time.monotonic() - begun
        return old.wait(timeout=20), served

    @property
    def port(self) -> int:
        return self._port

    @property
    def pid(self) -> int:
        return self._process.pid

    def kill(self) -> None:
        """Ends it as a power cut would: no chance to store anything."""
        self._end(signal.SIGKILL)

    def stop(self) -> int:
        """Asks it to stop, and waits."""
        return self._end(signal.SIGTERM)

    def _end(self, how: signal.Signals) -> int:
        if self._process is None:
            return 0
        process, self._process = self._process, None
        process.send_signal(how)
        try:
            return process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            raise AssertionError(f"the server did not stop within 20 s of {how.name}") from None

    def _read(self, process: subprocess.Popen[str]) -> None:
        for line in process.stdout or ():
            self.output.append(line.rstrip("\n"))

    def _wait_for(self, pattern: str) -> str:
        deadline = time.monotonic() + START_LIMIT
        while time.monotonic() < deadline:
            for line in list(self.output):
                if found := re.match(pattern, line):
                    return found[1]
            if self._process is not None and self._process.poll() is not None:
                break
            time.sleep(0.02)
        self._end(signal.SIGKILL)
        raise AssertionError("the server did not start:\n" + "\n".join(self.output))


class Cable:
    """A TCP relay on a port of its own. Cut, it ends all connections and takes no new ones: what a phone in a lift sees."""

    def __init__(self, to_port: int):
        self._to = to_port
        self._lock = threading.Lock()
        self._is_cut = False
        self._sockets: set[socket.socket] = set()
        self._listener = socket.create_server(("127.0.0.1", 0))
        # What went to the server, connection by connection, as it stood on the line.
        self.asked: list[bytearray] = []
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def cut(self) -> None:
        with self._lock:
            self._is_cut = True
            sockets, self._sockets = self._sockets, set()
        for each in sockets:
            _close(each)

    def mend(self) -> None:
        with self._lock:
            self._is_cut = False

    def close(self) -> None:
        self.cut()
        _close(self._listener)

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._listener.accept()
            except OSError:
                return
            try:
                far = socket.create_connection(("127.0.0.1", self._to), timeout=5)
                far.settimeout(None)
            except OSError:
                _close(near)
                continue
            with self._lock:
                refused = self._is_cut
                if not refused:
                    self._sockets |= {near, far}
            if refused:
                _close(near)
                _close(far)
                continue
            self.asked.append(asked := bytearray())
            for source, sink, copy in ((near, far, asked), (far, near, None)):
                threading.Thread(target=self._pump, args=(source, sink, copy), daemon=True).start()

    def _pump(self, source: socket.socket, sink: socket.socket, copy: bytearray | None) -> None:
        try:
            while data := source.recv(1 << 16):
                if copy is not None:
                    copy += data
                sink.sendall(data)
        except OSError:
            pass
        with self._lock:
            self._sockets -= {source, sink}
        _close(source)
        _close(sink)


def _close(each: socket.socket) -> None:
    try:
        each.shutdown(socket.SHUT_RDWR)
    except OSError:
        pass
    each.close()
