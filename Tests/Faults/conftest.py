"""Real faults on the real server: processes killed, power cut, disks full. `script/faults` runs many rounds of them."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "Browser"))

from support.server import BINARY  # noqa: E402


def pytest_sessionstart(session):
    if not BINARY.exists():
        pytest.exit(f"There is no {BINARY}; build it first: swift build -c release --product samskap", returncode=2)


@pytest.fixture(scope="session")
def library(tmp_path_factory):
    """Builds a C file of this folder into a library for LD_PRELOAD; gives its path."""
    compiler = shutil.which("cc") or shutil.which("gcc") or shutil.which("clang")
    folder = tmp_path_factory.mktemp("libraries")

    def build(name: str) -> Path:
        if not compiler:
            pytest.skip("there is no C compiler")
        built = folder / f"{name}.so"
        if not built.exists():
            source = Path(__file__).with_name(f"{name}.c")
            subprocess.run([compiler, "-O1", "-shared", "-fPIC", "-o", built, source, "-ldl"], check=True)
        return built

    return build


@pytest.fixture
def small_disk(tmp_path):
    """A file system of 256 KiB in memory, mounted."""
    folder = tmp_path / "small"
    folder.mkdir()
    if os.geteuid() != 0 or subprocess.run(["mount", "-t", "tmpfs", "-o", "size=256k", "none", folder], check=False).returncode:
        pytest.skip("nothing can be mounted here")
    yield folder
    subprocess.run(["umount", folder], check=True)
