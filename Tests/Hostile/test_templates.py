"""`samskap template check`: everything that is wrong with a template, by its place, and an exit status for programs."""

import json
import subprocess

import pytest

from support.server import BINARY, WEB

RIGHT = {"id": "mine", "name": "Mine", "boards": [{"key": "b", "name": "B", "structure": "list"}], "phases": [{"name": "F", "board": "b"}]}


def check(*files) -> subprocess.CompletedProcess:
    return subprocess.run([BINARY, "template", "check", *files], capture_output=True, text=True, timeout=30)


@pytest.fixture
def write(tmp_path):
    def write(definition, name="mine.json"):
        path = tmp_path / name
        path.write_text(definition if isinstance(definition, str) else json.dumps(definition), encoding="utf-8")
        return path
    return write


def test_the_templates_that_ship_are_right():
    files = sorted((WEB / "templates").glob("*.json"))
    answer = check(*files)
    assert (answer.returncode, answer.stderr) == (0, "")
    assert len(files) == 23
    assert answer.stdout.splitlines() == [f"{file}: right" for file in files]


def test_every_fault_is_told_with_its_place(write):
    phase = {"name": "F", "board": "c", "participants": ["fly"], "vote": {"kind": "dots", "budget": 3, "cap": 4, "targets": "notes"}}
    board = {"key": "b", "name": "B", "structure": "ring", "columns": [{"id": "m", "name": "Middle"}]}
    path = write({**RIGHT, "minuts": 5, "boards": [board], "phases": [phase]})
    answer = check(path)
    assert answer.returncode == 1
    assert answer.stdout == ""
    places = [line.removeprefix(f"{path}: ").split(": ")[0] for line in answer.stderr.splitlines()]
    assert sorted(places) == ["/boards/0/columns", "/minuts", "/phases/0/board", "/phases/0/participants", "/phases/0/vote/cap"]


def test_one_wrong_file_among_right_ones_is_found(write):
    right, wrong = write(RIGHT), write({**RIGHT, "name": ""}, "other.json")
    answer = check(right, wrong)
    assert answer.returncode == 1
    assert answer.stdout == f"{right}: right\n"
    assert answer.stderr.startswith(f"{wrong}: /name: ")


@pytest.mark.parametrize("text", ["", "{", "[]", '{"id":"a","id":"b"}', "\x00", '"text"'])
def test_what_is_no_template_at_all_is_told(write, text):
    answer = check(write(text))
    assert answer.returncode == 1
    assert len(answer.stderr.splitlines()) >= 1


def test_a_file_is_called_as_its_template(write):
    answer = check(write(RIGHT, "yours.json"))
    assert (answer.returncode, answer.stderr.split(": ", 1)[1]) == (1, "/id: yours, as the file is called\n")


def test_a_file_that_is_not_there_is_told(tmp_path):
    answer = check(tmp_path / "nowhere.json")
    assert (answer.returncode, answer.stderr) == (1, f"{tmp_path / 'nowhere.json'}: cannot be read\n")
