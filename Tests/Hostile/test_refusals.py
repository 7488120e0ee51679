"""RFC 9112 and RFC 6455: each broken rule gets its own status over a real socket, and nothing that follows it is answered."""

import base64
import os
import re
import socket
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

HOST = b"Host: a\r\n"
LONG = b"a" * 9_000
KEY = base64.b64encode(b"0123456789abcdef")
SMUGGLED = b"GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n"


def answers(target, request: bytes, seconds: float = 15) -> bytes:
    """Sends bytes and gives all that comes until the server ends the connection."""
    with target.dial(seconds) as line:
        line.sendall(request)
        received = b""
        while chunk := line.recv(1 << 16):
            received += chunk
        return received


def statuses(received: bytes) -> list[int]:
    return [int(code) for code in re.findall(rb"(?:^|\n)HTTP/1\.1 (\d{3}) ", received)]


def head(*fields: bytes, line: bytes = b"GET /healthz HTTP/1.1", host: bytes = HOST) -> bytes:
    return line + b"\r\n" + host + b"".join(field + b"\r\n" for field in fields) + b"\r\n"


REFUSALS = {
    # RFC 9112 §3.2: exactly one valid Host.
    "no Host": (head(host=b""), 400),
    "two Hosts": (head(host=b"Host: a\r\nHost: a\r\n"), 400),
    "two Hosts that differ": (head(host=b"Host: a\r\nHost: b\r\n"), 400),
    "a Host that is a list": (head(host=b"Host: a, b\r\n"), 400),
    "a Host with a path": (head(host=b"Host: a/b\r\n"), 400),
    "a Host with a user": (head(host=b"Host: u@a\r\n"), 400),
    "a Host with a space": (head(host=b"Host: a b\r\n"), 400),
    # §2.3, §3: versions and request lines.
    "HTTP/2": (head(line=b"GET / HTTP/2.0"), 505),
    "HTTP/0.9": (b"GET /\r\n\r\n", 400),
    "a version in small letters": (head(line=b"GET / http/1.1"), 400),
    "a version without a number": (head(line=b"GET / HTTP/"), 400),
    "two spaces in the request line": (head(line=b"GET  / HTTP/1.1"), 400),
    "a tab in the request line": (head(line=b"GET\t/ HTTP/1.1"), 400),
    "no target": (head(line=b"GET HTTP/1.1"), 400),
    "a method that is no token": (head(line=b"GE(T / HTTP/1.1"), 400),
    # §2.2: line endings.
    "bare line feeds": (b"GET /healthz HTTP/1.1\nHost: a\n\n", 400),
    "a bare carriage return in a value": (head(b"X: a\rb"), 400),
    "a bare carriage return in the request line": (head(line=b"GET /\r HTTP/1.1"), 400),
    # §5: fields.
    "a folded field": (head(b"X: a", b" b"), 400),
    "a folded first field": (b"GET / HTTP/1.1\r\n X: a\r\nHost: a\r\n\r\n", 400),
    "a space before the colon": (head(b"X : a"), 400),
    "a name that is empty": (head(b": a"), 400),
    "a line without a colon": (head(b"X"), 400),
    "NUL in a value": (head(b"X: a\0b"), 400),
    "NUL in a name": (head(b"X\0Y: a"), 400),
    "NUL in the target": (head(line=b"GET /\0 HTTP/1.1"), 400),
    "a control character in a value": (head(b"X: a\x01b"), 400),
    # Sizes: RFC 9110 §15.5.14 and .15, RFC 6585 §5.
    "a target that is too long": (head(line=b"GET /" + LONG + b" HTTP/1.1"), 414),
    "a target that never ends": (b"GET /" + LONG * 2, 414),
    "a field that is too long": (head(b"X: " + b"a" * 17_000), 431),
    "fields that never end": (b"GET / HTTP/1.1\r\n" + HOST + b"X: " + b"a" * 40_000, 431),
    "too many fields": (head(*(b"X%d: a" % number for number in range(200))), 431),
    "a body that is too long": (head(b"Content-Length: 70000", line=b"POST /api/workshops HTTP/1.1"), 413),
    "a body longer than any number": (head(b"Content-Length: " + b"9" * 40, line=b"POST /api/workshops HTTP/1.1"), 413),
    # §6: framing that two readers would see differently.
    "two lengths that differ": (head(b"Content-Length: 5", b"Content-Length: 6") + SMUGGLED, 400),
    "two lengths that agree": (head(b"Content-Length: 5", b"Content-Length: 5") + SMUGGLED, 400),
    "a list of lengths": (head(b"Content-Length: 5, 5") + SMUGGLED, 400),
    "a length with a sign": (head(b"Content-Length: +5") + SMUGGLED, 400),
    "a negative length": (head(b"Content-Length: -1") + SMUGGLED, 400),
    "a length in hexadecimal": (head(b"Content-Length: 0x5") + SMUGGLED, 400),
    "an empty length": (head(b"Content-Length: ") + SMUGGLED, 400),
    "a length and chunks": (head(b"Content-Length: 5", b"Transfer-Encoding: chunked") + b"0\r\n\r\n" + SMUGGLED, 400),
    "chunks and a length": (head(b"Transfer-Encoding: chunked", b"Content-Length: 5") + b"0\r\n\r\n" + SMUGGLED, 400),
    "chunked twice": (head(b"Transfer-Encoding: chunked, chunked") + b"0\r\n\r\n" + SMUGGLED, 400),
    "chunks in disguise": (head(b"Transfer-Encoding: xchunked") + b"0\r\n\r\n" + SMUGGLED, 501),
    "another coding last": (head(b"Transfer-Encoding: chunked, identity") + b"0\r\n\r\n" + SMUGGLED, 400),
    "chunks in HTTP/1.0": (head(b"Transfer-Encoding: chunked", line=b"POST / HTTP/1.0") + b"0\r\n\r\n" + SMUGGLED, 400),
    "a chunk size in disguise": (
        head(b"Transfer-Encoding: chunked", line=b"POST /api/workshops HTTP/1.1") + b"0x1\r\na\r\n0\r\n\r\n" + SMUGGLED, 400),
    "a chunk that does not end": (
        head(b"Transfer-Encoding: chunked", line=b"POST /api/workshops HTTP/1.1") + b"1\r\nab\r\n0\r\n\r\n" + SMUGGLED, 400),
    "chunks with bare line feeds": (
        head(b"Transfer-Encoding: chunked", line=b"POST /api/workshops HTTP/1.1") + b"1\na\n0\n\n" + SMUGGLED, 400),
}


@pytest.mark.parametrize("name", REFUSALS)
def test_a_broken_request_gets_the_status_that_says_why_and_the_connection_ends(target, name):
    request, expected = REFUSALS[name]
    received = answers(target, request)
    assert statuses(received) == [expected], received[:200]
    assert b"\r\nConnection: close\r\n" in received


@pytest.mark.parametrize("path", [
    "/../etc/passwd", "/..%2fetc/passwd", "/%2e%2e/etc/passwd", "/%2e%2e%2fetc%2fpasswd", "/.%2e/etc/passwd", "/..%5cetc",
    "/%252e%252e/etc/passwd", "/%c0%ae%c0%ae/etc/passwd", "/..%00/etc/passwd", "/app/..%2f..%2f..%2fetc/passwd",
    "/%e0%80%ae%e0%80%ae/etc/passwd", "//etc/passwd", "/./../etc/passwd", "/%uff0e%uff0e/etc/passwd", "/..;/etc/passwd",
    "/app/%2e%2e/%2e%2e/Package.swift", "/..\\..\\etc", "/%2f..%2f..", "/\u2025/etc", "/%",  "/%zz", "/%4"])
def test_no_path_leads_out_of_the_web_folder(target, path):
    received = answers(target, head(b"Connection: close", line=b"GET " + path.encode() + b" HTTP/1.1"))
    assert statuses(received)[0] in (400, 404), received[:200]
    assert b"root:" not in received and b"swift-tools-version" not in received


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "PROPFIND", "FOO"])
def test_a_method_that_is_not_for_this_page_is_told_which_are(target, method):
    received = answers(target, head(b"Connection: close", line=method.encode() + b" /healthz HTTP/1.1"))
    assert statuses(received) == [405]
    assert b"\r\nAllow: GET, HEAD\r\n" in received


@pytest.mark.parametrize("method", ["TRACE", "CONNECT"])
def test_methods_for_proxies_are_refused(target, method):
    place = b"a:80" if method == "CONNECT" else b"/healthz"
    assert statuses(answers(target, head(b"Connection: close", line=method.encode() + b" " + place + b" HTTP/1.1")))[0] in (400, 405, 501)


def test_http_1_0_is_answered_and_ends_the_connection(target):
    received = answers(target, b"GET /healthz HTTP/1.0\r\n\r\n")
    assert statuses(received) == [200] and received.endswith(b"ok\n")


def handshake(*, drop: str = "", replace: dict[str, bytes] | None = None, more: tuple[bytes, ...] = ()) -> bytes:
    fields = {
        "Upgrade": b"websocket", "Connection": b"Upgrade", "Sec-WebSocket-Key": KEY, "Sec-WebSocket-Version": b"13",
        "Sec-WebSocket-Protocol": b"samskap.v1"} | (replace or {})
    return head(
        *(name.encode() + b": " + value for name, value in fields.items() if name != drop), *more, line=b"GET /ws HTTP/1.1")


HANDSHAKES = {
    "no Upgrade": (handshake(drop="Upgrade"), 426),
    "Upgrade to something else": (handshake(replace={"Upgrade": b"h2c"}), 426),
    "no Connection": (handshake(drop="Connection"), 426),
    "Connection without upgrade": (handshake(replace={"Connection": b"keep-alive"}), 426),
    "no version": (handshake(drop="Sec-WebSocket-Version"), 426),
    "an old version": (handshake(replace={"Sec-WebSocket-Version": b"8"}), 426),
    "a version that is no number": (handshake(replace={"Sec-WebSocket-Version": b"13, 8"}), 426),
    "two versions": (handshake(more=(b"Sec-WebSocket-Version: 13",)), 426),
    "no key": (handshake(drop="Sec-WebSocket-Key"), 400),
    "a short key": (handshake(replace={"Sec-WebSocket-Key": base64.b64encode(b"short")}), 400),
    "a long key": (handshake(replace={"Sec-WebSocket-Key": base64.b64encode(os.urandom(17))}), 400),
    "a key that is no base64": (handshake(replace={"Sec-WebSocket-Key": b"????????????????????????"}), 400),
    "two keys": (handshake(more=(b"Sec-WebSocket-Key: " + KEY,)), 400),
    "no subprotocol": (handshake(drop="Sec-WebSocket-Protocol"), 400),
    "a subprotocol of others": (handshake(replace={"Sec-WebSocket-Protocol": b"chat"}), 400),
    "a foreign origin": (handshake(more=(b"Origin: https://evil.example",)), 403),
    "a POST": (handshake().replace(b"GET /ws", b"POST /ws"), 405),
    "HTTP/1.0": (handshake().replace(b"HTTP/1.1", b"HTTP/1.0"), 400),
    "a body": (handshake(more=(b"Content-Length: 1",)) + b"a", 400),
}


@pytest.mark.parametrize("name", HANDSHAKES)
def test_a_broken_handshake_gets_the_status_that_says_why(target, name):
    request, expected = HANDSHAKES[name]
    received = answers(target, request)
    assert statuses(received) == [expected], received[:300]
    if expected == 426:
        assert b"\r\nSec-WebSocket-Version: 13\r\n" in received and b"\r\nUpgrade: websocket\r\n" in received


def test_two_fields_name_one_upgrade(target):
    """RFC 9110 §5.3: a list may come in several fields, in any case."""
    request = handshake(replace={"Connection": b"keep-alive", "Upgrade": b"WebSocket"}, more=(b"Connection: upgrade",))
    with target.dial() as line:
        line.sendall(request)
        assert line.recv(1024).startswith(b"HTTP/1.1 101 ")


def timed(target, sent: bytes) -> tuple[float, bytes]:
    begun = time.monotonic()
    with target.dial(30) as line:
        line.sendall(sent)
        received = b""
        while chunk := line.recv(1 << 16):
            received += chunk
        return time.monotonic() - begun, received


def test_slow_and_silent_peers_are_not_waited_for(target):
    """Heads 10 s, bodies 15 s, a hello 10 s, a kept-alive connection 60 s (that one is not waited out here)."""
    waits = {
        "never speaks": b"",
        "half a head": b"GET / HTTP/1.1\r\nHost: a\r\nX: ",
        "half a body": head(b"Content-Length: 10", line=b"POST /api/workshops HTTP/1.1") + b"{",
        "no hello": handshake(),
    }
    with ThreadPoolExecutor(4) as pool:
        results = dict(zip(waits, pool.map(lambda sent: timed(target, sent), waits.values())))
    assert results["never speaks"][1] == b"" and 9 < results["never speaks"][0] < 13
    assert statuses(results["half a head"][1]) == [408] and 9 < results["half a head"][0] < 13
    assert statuses(results["half a body"][1]) == [408] and 14 < results["half a body"][0] < 18
    assert b"\x88\x02\x11\x31" in results["no hello"][1] and 9 < results["no hello"][0] < 18, "closed with 4401"


def test_a_drip_of_bytes_does_not_win_time(target):
    begun = time.monotonic()
    with target.dial() as line:
        line.settimeout(0.5)
        line.sendall(b"GET / HTTP/1.1\r\nHost: a\r\n")
        received = b""
        while time.monotonic() - begun < 14:
            try:
                line.sendall(b"X: a\r\n")
                received += line.recv(1024)
                if received:
                    break
            except TimeoutError:
                continue
            except OSError:
                break
        assert statuses(received) == [408] and 9 < time.monotonic() - begun < 13


def test_half_open_peers_are_answered_and_let_go(target):
    """A peer that has ended its side still gets its answer; one that ends in the middle of a head gets none that matters."""
    with target.dial() as line:
        line.sendall(SMUGGLED)
        line.shutdown(socket.SHUT_WR)
        assert statuses(line.recv(4096)) == [200]
    with target.dial() as line:
        line.sendall(b"GET / HT")
        line.shutdown(socket.SHUT_WR)
        line.settimeout(3)
        assert statuses(line.recv(4096)) in ([], [400])


def test_the_server_neither_grows_nor_stalls_under_all_of_this(target):
    """Thousands of refusals beside 500 silent connections and 200 half heads: an honest request is answered at once, and
    afterwards memory and descriptors are as before."""
    requests = [request for request, _ in REFUSALS.values()] + [request for request, _ in HANDSHAKES.values()]

    def refuse(number: int) -> None:
        try:
            answers(target, requests[number % len(requests)])
        except ConnectionError:
            pass

    def refuse_many(count: int) -> None:
        with ThreadPoolExecutor(16) as pool:
            list(pool.map(refuse, range(count)))

    refuse_many(1_000)
    time.sleep(1.5)
    memory, descriptors = target.resident_bytes, target.descriptors
    silent = [target.dial() for _ in range(500)]
    for line in silent[300:]:
        line.sendall(b"GET / HTTP/1.1\r\nX: " + b"a" * 4_000)
    with ThreadPoolExecutor(1) as pool:
        work = pool.submit(refuse_many, 4_000)
        slowest = 0.0
        while not work.done():
            begun = time.monotonic()
            assert statuses(answers(target, head(b"Connection: close"))) == [200]
            slowest = max(slowest, time.monotonic() - begun)
            time.sleep(0.02)
    print(f"slowest honest answer {slowest * 1000:.0f} ms")
    assert slowest < 1.0
    for line in silent:
        line.close()
    time.sleep(2.5)
    print(f"memory {memory >> 10} KiB before, {target.resident_bytes >> 10} KiB after")
    assert target.descriptors <= descriptors + 2
    assert target.resident_bytes < memory + (4 << 20)
