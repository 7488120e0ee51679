"""`samskap demo`: a consultation replayed over real WebSockets, plain and under TLS."""

import os
import subprocess
import time
from pathlib import Path

import pytest

from support.server import BINARY, ROOT, Server

SMALL = Path(__file__).parent / "data" / "benches"
# Real consultations, where they are at hand: beside the project, or where the environment says.
REAL = Path(os.environ.get("SAMSKAP_CONSULTATIONS", ROOT.parent / "shared" / "data"))


def replay(folder: Path, start_link: str, *options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [BINARY, "demo", "--data", folder, "--start-link", start_link, *options],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=300)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory) -> Path:
    """A folder with `ca.pem`, and `chain.pem` and `key.pem` for 127.0.0.1 that it signed."""
    folder = tmp_path_factory.mktemp("tls")
    (folder / "names").write_text("subjectAltName=IP:127.0.0.1,DNS:localhost\n")

    def openssl(*arguments: str) -> None:
        subprocess.run(["openssl", *arguments], cwd=folder, check=True, capture_output=True)

    key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    openssl("req", "-x509", *key, "-keyout", "ca.key", "-out", "ca.pem", "-days", "30", "-subj", "/CN=Test authority")
    openssl("req", *key, "-keyout", "key.pem", "-out", "request.pem", "-subj", "/CN=127.0.0.1")
    openssl("x509", "-req", "-in", "request.pem", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", "30",
            "-extfile", "names", "-out", "chain.pem")
    return folder


@pytest.fixture
def secure_server(tmp_path, certificate):
    server = Server(
        tmp_path / "secure", "--tls-certificate", str(certificate / "chain.pem"), "--tls-key", str(certificate / "key.pem"))
    yield server.start()
    server.kill()


def expect_equal(result: subprocess.CompletedProcess[str]) -> None:
    assert result.returncode == 0, result.stdout
    assert "All is as recorded." in result.stdout


def test_everybody_ends_with_the_same_board_and_the_files_tallies(server):
    result = replay(SMALL, server.start_link)
    expect_equal(result)
    assert "Comments cut to a note's length: 1" in result.stdout


def test_the_same_under_tls_with_the_authority_that_signed(secure_server, certificate):
    expect_equal(replay(SMALL, secure_server.start_link, "--ca", str(certificate / "ca.pem")))


def test_a_certificate_that_nobody_vouches_for_is_refused_unless_asked(secure_server):
    refused = replay(SMALL, secure_server.start_link)
    assert refused.returncode != 0
    assert "certificate" in refused.stdout
    expect_equal(replay(SMALL, secure_server.start_link, "--insecure"))


def test_a_wrong_start_link_is_told_in_words(server):
    result = replay(SMALL, server.start_link[:-3] + "AAA")
    assert result.returncode != 0
    assert "does not accept the start link" in result.stdout


def test_speed_keeps_the_record_s_pace(server):
    # The record's votes span some 300 ms; at a quarter of its speed the replay takes more than one second.
    begun = time.monotonic()
    expect_equal(replay(SMALL, server.start_link, "--speed", "0.25"))
    assert time.monotonic() - begun > 1


@pytest.mark.parametrize("name", ["bg2050-volunteers", "scoop-hivemind.affordable-housing"])
@pytest.mark.parametrize("kind", ["ws", "wss"])
def test_a_real_consultation(name, kind, request, certificate):
    if not (REAL / name).is_dir():
        pytest.skip(f"the consultation {name} is not at hand")
    options = ["--ca", str(certificate / "ca.pem")] if kind == "wss" else []
    server = request.getfixturevalue("secure_server" if kind == "wss" else "server")
    expect_equal(replay(REAL / name, server.start_link, *options))
