"""TLS as others see it: openssl and sslscan against the real server. `script/check-tls` adds testssl."""

import os
import selectors
import shutil
import ssl
import subprocess
import xml.etree.ElementTree as tree

import pytest

from conftest import Target
from support.certificate import certificate

PROGRAM = shutil.which("openssl")
pytestmark = pytest.mark.skipif(PROGRAM is None, reason="needs openssl")


@pytest.fixture(scope="module")
def secure(tmp_path_factory):
    folder = tmp_path_factory.mktemp("tls")
    chain, key = certificate(folder, "first")
    server = Target(folder / "data", "--tls-certificate", chain, "--tls-key", key).start()
    server.folder, server.chain, server.key = folder, chain, key
    yield server
    assert server.stop() == 0


def call(server, *options: str, says: str = "GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n") -> tuple[int, str]:
    """What `openssl s_client` is told, and how it ends."""
    done = subprocess.run(
        [PROGRAM, "s_client", "-connect", f"127.0.0.1:{server.port}", "-servername", "localhost", "-ign_eof", *options],
        input=says.encode(), capture_output=True, timeout=20)
    return done.returncode, (done.stdout + done.stderr).decode(errors="replace")


@pytest.mark.parametrize("version", ["tls1_2", "tls1_3"])
def test_new_versions_answer_without_compression_and_with_forward_secrecy(secure, version):
    status, text = call(secure, f"-{version}")
    assert status == 0 and "HTTP/1.1 200 OK" in text
    assert "Compression: NONE" in text
    assert ("ECDHE-ECDSA-" if version == "tls1_2" else "TLS_") in text


@pytest.mark.parametrize("version", ["tls1", "tls1_1"])
def test_old_versions_are_refused(secure, version):
    status, text = call(secure, f"-{version}", "-cipher", "ALL:@SECLEVEL=0")
    assert status != 0 and "HTTP/1.1" not in text
    assert "protocol version" in text, "the server, not the client, refused"


@pytest.mark.parametrize("suite", ["AES128-SHA", "AES256-GCM-SHA384", "ECDHE-ECDSA-AES128-SHA", "DHE-RSA-AES128-GCM-SHA256", "NULL-SHA256",
                                   "ECDHE-ECDSA-AES256-SHA384", "AECDH-AES128-SHA", "ECDHE-ECDSA-AES128-CCM8"])
def test_weak_suites_are_refused(secure, suite):
    status, text = call(secure, "-tls1_2", "-cipher", f"{suite}:@SECLEVEL=0")
    assert status != 0 and "handshake failure" in text, text[-400:]


@pytest.mark.parametrize("version, first, second", [
    ("tls1_2", "ECDHE-ECDSA-AES256-GCM-SHA384", "ECDHE-ECDSA-AES128-GCM-SHA256"),
    ("tls1_3", "TLS_AES_256_GCM_SHA384", "TLS_AES_128_GCM_SHA256")])
def test_the_server_chooses_the_suite_but_leaves_chacha20_to_phones(secure, version, first, second):
    chacha = "TLS_CHACHA20_POLY1305_SHA256" if version == "tls1_3" else "ECDHE-ECDSA-CHACHA20-POLY1305"
    option = "-ciphersuites" if version == "tls1_3" else "-cipher"
    for offered in ([second, first, chacha], [first, second]):
        assert f"Cipher is {first}" in call(secure, f"-{version}", option, ":".join(offered))[1]
    assert f"Cipher is {chacha}" in call(secure, f"-{version}", option, ":".join([chacha, first, second]))[1]


def test_a_client_cannot_renegotiate(secure):
    with subprocess.Popen(
            [PROGRAM, "s_client", "-connect", f"127.0.0.1:{secure.port}", "-tls1_2"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT) as caller:
        caller.stdin.write(b"R\n")
        caller.stdin.flush()
        # It ends by itself when the server refuses, and waits for ever when not.
        text = b""
        with selectors.DefaultSelector() as ready:
            ready.register(caller.stdout, selectors.EVENT_READ)
            while ready.select(10) and (chunk := os.read(caller.stdout.fileno(), 4096)):
                text += chunk
        caller.kill()
    assert b"RENEGOTIATING" in text and b"no renegotiation" in text, text[-400:]


@pytest.mark.parametrize("version", ["tls1_2", "tls1_3"])
def test_a_caller_with_a_ticket_comes_back_without_a_whole_handshake(secure, version, tmp_path):
    ticket = tmp_path / "session.pem"
    _, first = call(secure, f"-{version}", "-sess_out", str(ticket))
    assert "New, " in first and "HTTP/1.1 200 OK" in first
    _, second = call(secure, f"-{version}", "-sess_in", str(ticket))
    assert "Reused, " in second and "HTTP/1.1 200 OK" in second


def test_early_data_is_not_taken(secure, tmp_path):
    """It could be replayed by whoever recorded it (RFC 8446 §8)."""
    ticket = tmp_path / "session.pem"
    _, text = call(secure, "-tls1_3", "-sess_out", str(ticket))
    assert "Max Early Data: 0" in text


def test_browsers_are_told_to_stay_with_tls(secure):
    _, text = call(secure)
    assert "Strict-Transport-Security: max-age=31536000" in text


def test_plain_http_on_the_port_is_not_answered(secure):
    with secure.dial() as line:
        line.sendall(b"GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n")
        received = b""
        while chunk := line.recv(1024):
            received += chunk
        assert not received.startswith(b"HTTP/")


@pytest.mark.skipif(shutil.which("sslscan") is None, reason="needs sslscan")
def test_sslscan_finds_nothing(secure):
    scan = subprocess.run(["sslscan", "--no-colour", "--xml=-", f"127.0.0.1:{secure.port}"], capture_output=True, timeout=90, check=True)
    [test] = tree.fromstring(scan.stdout).iter("ssltest")
    enabled = {f"{p.get('type')} {p.get('version')}" for p in test.iter("protocol") if p.get("enabled") == "1"}
    assert enabled == {"tls 1.2", "tls 1.3"}
    suites = [(c.get("sslversion"), c.get("cipher"), c.get("strength"), int(c.get("bits"))) for c in test.iter("cipher")]
    assert suites and all(strength in ("strong", "acceptable") and bits >= 128 for _, _, strength, bits in suites), suites
    assert all(name.startswith(("TLS_AES", "TLS_CHACHA20", "ECDHE")) and ("GCM" in name or "CHACHA20" in name) for _, name, _, _ in suites), suites
    # Some builds of sslscan cannot try compression; openssl above says that there is none.
    assert all(compression.get("supported") == "0" for compression in test.iter("compression"))
    assert test.find("renegotiation").get("supported") == "0"
    assert all(bleed.get("vulnerable") == "0" for bleed in test.iter("heartbleed"))


def serial(server) -> str:
    return ssl.get_server_certificate(("127.0.0.1", server.port))


def test_a_new_certificate_is_taken_without_a_restart(secure):
    before = serial(secure)
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    with context.wrap_socket(secure.dial(), server_hostname="localhost") as old:
        # A pair that does not fit leaves the old one in use.
        chain, key = certificate(secure.folder, "second")
        shutil.copy(chain, secure.chain)
        secure.hang_up()
        secure.expect_said("The old certificate stays in use")
        assert serial(secure) == before
        shutil.copy(key, secure.key)
        secure.hang_up()
        secure.expect_said("The certificate was read again")
        assert serial(secure) == chain.read_text() != before
        # Who was connected stays so.
        old.sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert old.recv(4096).startswith(b"HTTP/1.1 200 ")
