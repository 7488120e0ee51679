"""What hostile and broken peers meet: raw bytes against the real server, in a process of its own, on loopback."""

import os
import signal
import socket
import sys
import time
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "Browser"))

from support.server import BINARY, Server  # noqa: E402


def pytest_sessionstart(session):
    if not BINARY.exists():
        pytest.exit(f"There is no {BINARY}; build it first: swift build -c release --product samskap", returncode=2)


class Target(Server):
    """A server, and what the kernel knows of its process."""

    def dial(self, seconds: float = 15) -> socket.socket:
        line = socket.create_connection(("127.0.0.1", self.port), timeout=seconds)
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return line

    @property
    def pid(self) -> int:
        return self._process.pid

    def hang_up(self) -> None:
        """Asks it to read its certificate again."""
        os.kill(self.pid, signal.SIGHUP)

    def expect_said(self, text: str) -> None:
        """It has written this, or does so soon."""
        deadline = time.monotonic() + 10
        while not any(text in line for line in self.output):
            assert time.monotonic() < deadline, self.output
            time.sleep(0.02)

    @property
    def resident_bytes(self) -> int:
        lines = Path(f"/proc/{self.pid}/status").read_text().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS:")) * 1024

    @property
    def descriptors(self) -> int:
        return len(os.listdir(f"/proc/{self.pid}/fd"))


@pytest.fixture(scope="module")
def target(tmp_path_factory):
    server = Target(tmp_path_factory.mktemp("hostile") / "data").start()
    yield server
    assert server.stop() == 0, "it ended badly"
