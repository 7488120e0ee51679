"""The bill of materials names everything that the package file and the system libraries bring, once, and joins it up."""

import json
import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_the_bill_of_materials_is_whole():
    bill = json.loads(subprocess.run([ROOT / "script" / "sbom"], check=True, capture_output=True, text=True, timeout=120).stdout)
    assert (bill["bomFormat"], bill["specVersion"], bill["version"]) == ("CycloneDX", "1.5", 1)
    assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", bill["serialNumber"])
    components = {each["bom-ref"]: each for each in bill["components"]}
    assert len(components) == len(bill["components"]), "something stands twice"
    pins = {pin["identity"]: pin["state"] for pin in json.loads((ROOT / "Package.resolved").read_text())["pins"]}
    for identity, state in pins.items():
        assert components[identity]["version"] == state["version"]
        assert components[identity]["properties"] == [{"name": "samskap:revision", "value": state["revision"]}]
    declared = re.findall(r'\.package\(url: "[^"]+/([^"/]+)"', (ROOT / "Package.swift").read_text())
    assert declared and {name.lower().removesuffix(".git") for name in declared} <= components.keys()
    for library in ("libssl3", "zlib1g", "libsqlite3-0", "libqrencode4", "libstemmer0d"):
        assert any(name.startswith(library) for name in components), library
    for each in components.values():
        assert each["type"] == "library" and each["version"] and re.fullmatch(r"pkg:(swift|deb)/[^@\s]+@[^@\s]+", each["purl"]), each
    known = {"samskap", *components}
    for edge in bill["dependencies"]:
        assert edge["ref"] in known and set(edge["dependsOn"]) <= known, edge
    reached, waiting = set(), ["samskap"]
    edges = {edge["ref"]: edge["dependsOn"] for edge in bill["dependencies"]}
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached.add(name)
            waiting += edges.get(name, [])
    assert reached == known, "something hangs loose"
