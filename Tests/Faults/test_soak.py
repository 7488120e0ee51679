"""The soak's judgement can fail: what grows is called growing, and what only swings is called flat."""

import importlib.machinery
import importlib.util
import random
from pathlib import Path

import pytest

PATH = Path(__file__).parents[2] / "script" / "soak"


@pytest.fixture(scope="module")
def soak():
    loader = importlib.machinery.SourceFileLoader("soak", str(PATH))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("soak", loader))
    loader.exec_module(module)
    return module


def rows(growth: dict[str, float]) -> list[dict]:
    """Forty minutes of samples that swing by a tenth, with a burst of somebody else's work in them; `growth` is a share over all of it."""
    dice, made = random.Random(5), []
    level = {"memory_mib": 60, "own_descriptors": 22, "p99_ms": 30, "processor_us": 18, "store_mib": 50}
    for number in range(480):
        row = {"second": number * 5.0, "process": 5, "event": ""}
        for key, middle in level.items():
            swing = 0.01 if key in ("memory_mib", "store_mib") else 0.1
            row[key] = middle * (1 + growth.get(key, 0) * number / 480) * dice.uniform(1 - swing, 1 + swing)
        if 200 < number < 220:
            row["p99_ms"] *= 20
        made.append(row)
    return made


def test_what_swings_is_flat(soak):
    assert [each["key"] for each in soak.verdicts(rows({})) if not each["flat"]] == []


@pytest.mark.parametrize("key", ["memory_mib", "own_descriptors", "p99_ms", "processor_us", "store_mib"])
def test_what_grows_is_told(soak, key):
    assert [each["key"] for each in soak.verdicts(rows({key: 0.5})) if not each["flat"]] == [key]


def test_only_the_last_process_is_judged_and_only_when_warm(soak):
    before = [row | {"process": 4, "second": row["second"] - 2400} for row in rows({"memory_mib": 3})]
    judged = soak.judged(before + rows({}))
    assert {row["process"] for row in judged} == {5}
    assert judged[0]["second"] >= soak.HALL_SECONDS + soak.IDLE_SECONDS
