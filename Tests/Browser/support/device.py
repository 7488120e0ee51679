"""Another device that speaks the protocol by itself, from nothing but protocol.md and a browser's WebSocket."""

import base64
import secrets

from playwright.sync_api import Page

# Says hello, then sends one command after the other, each when the one before is answered. Gives the answers.
_SPEAK = """
({ hello, commands }) => new Promise((resolve, reject) => {
  const socket = new WebSocket(location.origin.replace('http', 'ws') + '/ws', 'samskap.v1');
  const answers = [];
  let ref = 0;
  const next = () => {
    if (answers.length === commands.length) { socket.close(1000); resolve(answers); return; }
    socket.send(JSON.stringify({ ...commands[answers.length], ref: ref += 1 }));
  };
  socket.onopen = () => socket.send(JSON.stringify({ type: 'hello', ...hello }));
  socket.onclose = ({ code }) => reject(new Error('closed with ' + code));
  socket.onmessage = ({ data }) => {
    const message = JSON.parse(data);
    if (message.type === 'welcome') { ref = message.lastRef; next(); }
    if ((message.type === 'ack' || message.type === 'refused') && message.ref === ref) { answers.push(message); next(); }
  };
})
"""


def speak(page: Page, hello: dict, *commands: dict) -> list[dict]:
    """Runs commands on a connection of their own, opened from a page of the server.

    The connection is not the page's: `hello` brings a secret of its own.
    """
    return page.evaluate(_SPEAK, {"hello": hello, "commands": list(commands)})


def new_secret() -> str:
    """A device's own secret (G6)."""
    return base64.urlsafe_b64encode(secrets.token_bytes(32)).decode().rstrip("=")


def act(page: Page, hello: dict, *commands: dict) -> list[dict]:
    """As `speak`, with a new secret unless `hello` brings one; every command is accepted."""
    answers = speak(page, {"secret": new_secret(), **hello}, *commands)
    assert all(answer["type"] == "ack" for answer in answers), answers
    return answers
