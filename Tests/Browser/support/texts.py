"""The interface's own words, looked up by key as the pages do, so that no sentence is written twice."""

import json
import re
from pathlib import Path


class Texts:
    """All sets of one language: `i18n/nb.json`, `i18n/console.nb.json`, …"""

    def __init__(self, folder: Path, language: str = "nb"):
        self._texts: dict[str, str | dict[str, str]] = {}
        # The report's words are the server's; where a page has a text of the same name, the page's counts.
        for path in sorted(folder.glob("*.json"), key=lambda path: (not path.name.startswith("report."), path.name)):
            if path.name == f"{language}.json" or path.name.endswith(f".{language}.json"):
                self._texts.update(json.loads(path.read_text(encoding="utf-8")))

    def __call__(self, key: str, **params) -> str:
        """The text under `key`; numbers choose the plural form and are written as they are."""
        text = self._texts[key]
        if isinstance(text, dict):
            text = text["one"] if params.get("count") == 1 and "one" in text else text["other"]
        return re.sub(r"\{(\w+)\}", lambda match: str(params.get(match[1], match[0])), text)

    def pattern(self, key: str) -> re.Pattern[str]:
        """Matches the text under `key` whatever its parameters and its plural form, from beginning to end."""
        text = self._texts[key]
        forms = text.values() if isinstance(text, dict) else [text]
        return re.compile("^(?:" + "|".join(".+?".join(map(re.escape, re.split(r"\{\w+\}", form))) for form in forms) + ")$")
