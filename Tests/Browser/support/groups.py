"""What pages say of groups, and which group a phone was told it is in."""

import json

from support.server import WEB


class Texts:
    """The words of groups, which the pages load when there is need of them."""

    def __init__(self, _t=None):
        self._texts = json.loads((WEB / "i18n" / "groups.nb.json").read_text())

    def __call__(self, key, **params):
        text = self._texts[key]
        if isinstance(text, dict):
            text = text["one" if params.get("count") == 1 else "other"]
        for name, value in params.items():
            text = text.replace(f"{{{name}}}", str(value))
        return text


def group_of(one):
    """The group that the page was told of last."""
    group = None
    for frame in one.person.received:
        message = json.loads(frame)
        if message.get("channel") == "own" and "me" in message.get("set", {}):
            group = message["set"]["me"].get("group")
    return group
