"""Every answer there is, from a page to a refusal, tells browsers to keep our pages to themselves."""

import json
import re

import pytest

from test_refusals import HOST, REFUSALS, answers, handshake, head

PAGES = [b"/", b"/j/KRTMPX", b"/w/w1", b"/f/w1", b"/h/w1", b"/s/w1", b"/o/w1", b"/p/w1", b"/app/main.js", b"/styles/tokens.css", b"/i18n/nb.json",
         b"/icons/samskap.svg", b"/templates/idedugnad.json", b"/qr/KRTMPX.svg", b"/healthz", b"/readyz", b"/api/templates",
         b"/api/doors/ABABAB", b"/api/workshops/w1/results.html", b"/api/workshops/w1/me", b"/api/workshops/w1/proposal",
         b"/api/nothing", b"/nothing", b"/%2e%2e/x"]


def fields(received: bytes) -> dict[str, str]:
    lines = received.split(b"\r\n\r\n", 1)[0].decode("latin-1").split("\r\n")[1:]
    names = [line.split(":", 1)[0].lower() for line in lines]
    assert len(names) == len(set(names)), f"a field stands twice: {names}"
    return {name: line.split(":", 1)[1].strip() for name, line in zip(names, lines)}


def expect_guarded(received: bytes) -> None:
    found = fields(received)
    policy = {part.split()[0]: part.split()[1:] for part in found["content-security-policy"].split(";")}
    assert policy["default-src"] == ["'none'"] and policy["base-uri"] == ["'none'"] and policy["form-action"] == ["'none'"]
    assert policy["frame-ancestors"] == ["'none'"]
    assert policy["script-src"] == policy["style-src"] == policy["connect-src"] == ["'self'"]
    assert policy["require-trusted-types-for"] == ["'script'"] and policy["trusted-types"] == ["'none'"]
    assert "unsafe" not in found["content-security-policy"] and "*" not in found["content-security-policy"]
    assert found["x-content-type-options"] == "nosniff"
    assert found["referrer-policy"] == "no-referrer"
    assert found["cross-origin-opener-policy"] == found["cross-origin-resource-policy"] == "same-origin"
    assert "camera=()" in found["permissions-policy"] and "geolocation=()" in found["permissions-policy"]
    assert "strict-transport-security" not in found, "a promise that plain HTTP cannot keep"
    assert not {"server", "x-powered-by", "set-cookie", "access-control-allow-origin"} & found.keys()


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("method", [b"GET", b"HEAD", b"POST", b"DELETE"])
def test_on_every_route_by_every_method(target, method, path):
    expect_guarded(answers(target, head(b"Connection: close", b"Content-Length: 0", line=method + b" " + path + b" HTTP/1.1")))


@pytest.mark.parametrize("name", REFUSALS)
def test_on_every_refusal(target, name):
    expect_guarded(answers(target, REFUSALS[name][0]))


def test_on_a_refused_handshake(target):
    expect_guarded(answers(target, handshake(more=(b"Origin: https://evil.example",))))
    expect_guarded(answers(target, head(b"Connection: close", line=b"GET /ws HTTP/1.1")))


def test_on_the_report_and_its_style_alone(target):
    """The report carries its own style sheet, named by its hash, in a sandbox: nothing else works in it."""
    start = target.start_link.split("start=")[1].encode()
    body = json.dumps({"title": "Sentrum", "language": "nb", "template": "idedugnad"}).encode()
    made = answers(target, head(b"Authorization: Bearer " + start, b"Connection: close", b"Content-Length: %d" % len(body),
                                line=b"POST /api/workshops HTTP/1.1", host=HOST) + body)
    expect_guarded(made)
    workshop = json.loads(made.split(b"\r\n\r\n", 1)[1])
    link = workshop["links"]["facilitator"].encode()
    for name in ("results.csv", "votes.csv", "results.json", "results.md", "nothing.txt"):
        path = f"/api/workshops/{workshop['workshop']}/{name}".encode()
        expect_guarded(answers(target, head(b"Authorization: Bearer " + link, b"Connection: close", line=b"GET " + path + b" HTTP/1.1")))
    path = f"/api/workshops/{workshop['workshop']}/results.html".encode()
    found = fields(answers(target, head(b"Authorization: Bearer " + link, b"Connection: close", line=b"GET " + path + b" HTTP/1.1")))
    assert re.fullmatch(r"default-src 'none'; style-src 'sha256-[A-Za-z0-9+/]{43}='; base-uri 'none'; form-action 'none'; "
                        r"frame-ancestors 'none'; sandbox", found["content-security-policy"])
    assert found["x-content-type-options"] == "nosniff" and found["cache-control"] == "no-store"


def test_only_files_that_are_the_same_for_everybody_are_compressed(target):
    """An answer with a secret in it that somebody can also put text into would give the secret away by its length (BREACH)."""
    def coding(path: bytes, *more: bytes, method: bytes = b"GET", body: bytes = b"") -> str | None:
        received = answers(target, head(
            b"Accept-Encoding: gzip, deflate, br", b"Connection: close", b"Content-Length: %d" % len(body), *more,
            line=method + b" " + path + b" HTTP/1.1") + body)
        return fields(received).get("content-encoding")

    assert coding(b"/") == coding(b"/i18n/nb.json") == "gzip"
    start = target.start_link.split("start=")[1].encode()
    body = json.dumps({"title": "Sentrum", "language": "nb", "template": "idedugnad"}).encode()
    assert coding(b"/api/workshops", b"Authorization: Bearer " + start, method=b"POST", body=body) is None
    made = answers(target, head(b"Authorization: Bearer " + start, b"Connection: close", b"Content-Length: %d" % len(body),
                                line=b"POST /api/workshops HTTP/1.1") + body)
    workshop = json.loads(made.split(b"\r\n\r\n", 1)[1])
    bearer = b"Authorization: Bearer " + workshop["links"]["facilitator"].encode()
    room = f"/api/workshops/{workshop['workshop']}/".encode()
    for path in (*(room + name for name in (b"results.html", b"results.json", b"results.csv", b"votes.csv", b"results.md", b"audit.jsonl", b"me")),
                 b"/api/templates", b"/api/doors/" + workshop["code"].encode(), b"/qr/" + workshop["code"].encode() + b".svg"):
        assert coding(path, bearer) is None, path
