"""Real faults on the real server: processes killed, power cut, disks full. `script/faults` runs many rounds of them."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "Browser"))

from support.server import BINARY  # noqa: E402


def pytest_sessionstart(session):
    if not BINARY.exists():
        pytest.exit(f"There is no {BINARY}; build it first: swift build -c release --product samskap", returncode=2)
