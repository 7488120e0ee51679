"""RFC 6455 §10.2: a WebSocket is for pages of this very server, and for those the operator named; every other page is refused."""

import base64
import socket
import ssl
import subprocess

import pytest

from conftest import Target

ALLOWED = "https://board.example"


@pytest.fixture(scope="module")
def open_to_one(tmp_path_factory):
    server = Target(tmp_path_factory.mktemp("origins") / "data", "--allow-origin", ALLOWED).start()
    yield server
    server.stop()


@pytest.fixture(scope="module")
def secure(tmp_path_factory):
    folder = tmp_path_factory.mktemp("origins-tls")
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "30", "-subj",
         "/CN=localhost", "-keyout", folder / "key.pem", "-out", folder / "chain.pem"], check=True, capture_output=True)
    server = Target(folder / "data", "--tls-certificate", folder / "chain.pem", "--tls-key", folder / "key.pem").start()
    yield server
    server.stop()


def status(target, origins: list[str], host: str, *, tls: bool = False) -> int:
    """The status of a handshake that is right but for its origins."""
    line: socket.socket = target.dial()
    if tls:
        context = ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        line = context.wrap_socket(line, server_hostname="localhost")
    with line:
        fields = [f"Host: {host}", "Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Version: 13",
                  "Sec-WebSocket-Key: " + base64.b64encode(b"0123456789abcdef").decode(), "Sec-WebSocket-Protocol: samskap.v1",
                  *(f"Origin: {origin}" for origin in origins)]
        line.sendall("\r\n".join(["GET /ws HTTP/1.1", *fields, "", ""]).encode("latin-1"))
        return int(line.recv(4096).split(b" ", 2)[1])


def forgeries(host: str, port: int) -> list[str]:
    """What other pages' browsers, and liars, might say when the page is at `http://HOST:PORT`."""
    name = host.split(".")[0]
    return [
        # Other hosts that begin, end or look like ours.
        "https://evil.example", f"http://evil.example:{port}", f"http://{host}.evil.example:{port}", f"http://evil{host}:{port}",
        f"http://sub.{host}:{port}", f"http://{host}evil:{port}", f"http://{host}.:{port}", f"http://{name}:{port}0",
        # Ours as a user, a path, a query or a fragment of another's.
        f"http://{host}:{port}@evil.example", f"http://evil.example/{host}:{port}", f"http://evil.example?http://{host}:{port}",
        f"http://evil.example#http://{host}:{port}", f"http://u@{host}:{port}",
        # No origin at all.
        "null", "NULL", "", "*", "file://", "about:blank", f"{host}:{port}", f"//{host}:{port}",
        # Ours with another port, a longer one, none.
        f"http://{host}:{port + 1}", f"http://{host}:{port}1", f"http://{host}:0{port}", f"http://{host}:", f"http://{host}",
        # Ours with another scheme.
        f"ftp://{host}:{port}", f"ws://{host}:{port}", f"wss://{host}:{port}", f"httpx://{host}:{port}",
        f"chrome-extension://{host}:{port}",
        # Ours as no browser writes it.
        f"HTTP://{host}:{port}", f"http://{host.upper()}:{port}", f"http://{host}:{port}/", f"http://{host}:{port}/w/w1",
        f"http://{host}:{port}?", f"http://{host}:{port}#", f"http:/{host}:{port}", f"http:\\\\{host}:{port}",
        f"http://{host}:{port} https://evil.example", f"https://evil.example http://{host}:{port}",
        f"http://{host}:{port}, https://evil.example", f"http://%73{host[1:]}:{port}", f"http://{host}%00.evil.example:{port}",
        # Nearly the one that the operator named.
        ALLOWED + ".evil.example", ALLOWED + ":443", ALLOWED + "/", ALLOWED.upper(), "http://board.example",
        "https://aboard.example", "https://www.board.example", "https://board.exampl",
    ]


def test_every_forged_origin_is_refused(open_to_one):
    host, port = "samskap.example", 8080
    forged = forgeries(host, port)
    assert len(forged) == len(set(forged)) > 40
    admitted = {origin: code for origin in forged if (code := status(open_to_one, [origin], f"{host}:{port}")) != 403}
    assert not admitted, admitted


def test_two_origins_are_refused_also_when_one_is_ours(open_to_one):
    for pair in (["http://a:1", "http://a:1"], ["http://a:1", "https://evil.example"], ["https://evil.example", "http://a:1"]):
        assert status(open_to_one, pair, "a:1") == 403, pair


def test_our_own_pages_and_the_named_one_are_let_in(open_to_one):
    for origin, host in [("http://samskap.example:8080", "samskap.example:8080"), ("http://samskap.example", "samskap.example"),
                         ("http://[::1]:8080", "[::1]:8080"), ("http://127.0.0.1:8080", "127.0.0.1:8080"),
                         # A proxy in front may end TLS.
                         ("https://samskap.example", "samskap.example"), (ALLOWED, "samskap.example")]:
        assert status(open_to_one, [origin], host) == 101, (origin, host)
    assert status(open_to_one, [], "samskap.example") == 101, "no browser"


def test_over_tls_only_our_own_https_pages_are_let_in(secure):
    host = f"localhost:{secure.port}"
    assert status(secure, [f"https://{host}"], host, tls=True) == 101
    assert status(secure, [f"http://{host}"], host, tls=True) == 403
