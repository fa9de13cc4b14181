"""A program of the user's as the one who answers."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kg.language_model.exchange import Unusable
from kg.language_model.extractor import Extractor, open_extractor
from kg.project import read_project
from tests.language_model import small
from tests.language_model.desk import tools
from tests.language_model.holding import assert_held, codes

RIGHT = json.dumps({"claims": [small.attack()]})


@contextmanager
def program(folder: Path, code: str, more: str = "") -> Iterator[Extractor]:
    """Open the extractor of a project whose program is this Python."""
    (folder / "ask.py").write_text(f"import json, sys\n{code}\n", encoding="utf-8")
    argv = json.dumps([sys.executable, "ask.py"])
    text = f"[project]\n[extraction]\n[extraction.command]\nargv = {argv}\n{more}\n"
    (folder / "kg.toml").write_text(text, encoding="utf-8")
    with open_extractor(read_project(folder / "kg.toml"), "command", environ={}, tools=tools()) as extractor:
        yield extractor


def test_a_program_reads_the_request_and_answers(tmp_path: Path) -> None:
    code = (
        "asked = json.load(sys.stdin)\n"
        "open('asked.json', 'w').write(json.dumps(asked))\n"
        "assert [s['number'] for s in asked['sentences']] == [1, 2, 3, 4]\n"
        f"print({RIGHT!r})"
    )
    with program(tmp_path, code, 'name = "our queue"') as extractor:
        found = extractor.read(small.report())
    assert_held(found, small.report())
    assert len(found.claims) == 1
    method = found.claims[0].method
    assert method is not None
    assert method.extractor.startswith("model-1-our-queue-")
    asked = json.loads((tmp_path / "asked.json").read_text(encoding="utf-8"))
    assert {"prompt_version", "document", "report", "sentences", "entities", "messages", "schema"} <= asked.keys()
    assert asked["report"]["date"] == "2024-05-15"


def test_what_a_program_gets_wrong_goes_back_to_it(tmp_path: Path) -> None:
    wrong = json.dumps({"claims": [small.attack(evidence=[{"quote": "Nothing of the sort"}])]})
    code = f"asked = json.load(sys.stdin)\nprint({wrong!r} if len(asked['messages']) == 2 else {RIGHT!r})"
    with program(tmp_path, code) as extractor:
        found = extractor.read(small.report())
    assert len(found.claims) == 1
    assert codes(found, "repaired") == ["quote.missing"]


FAILURES = {
    "a status that is not 0": ("sys.exit('out of paper')", "exchange.failed", "out of paper"),
    "a hang": ("import time; time.sleep(60)", "exchange.failed", "not answered in 1 seconds"),
    "a hang of a child": (
        "import subprocess; subprocess.run([sys.executable, '-c', 'import time; time.sleep(60)'])",
        "exchange.failed",
        "not answered in 1 seconds",
    ),
    "nothing": ("", "answer.empty", ""),
    "bytes that are no text": ("sys.stdout.buffer.write(bytes([255, 254]))", "answer.no-json", ""),
    "too much": ("sys.stdout.write('x' * 5_000_000)", "answer.size", ""),
}


@pytest.mark.parametrize("name", FAILURES)
def test_a_program_that_fails_leaves_the_sentences_unread_by_name(tmp_path: Path, name: str) -> None:
    code, fault, told = FAILURES[name]
    with program(tmp_path, code, "timeout = 1\nrepairs = 0") as extractor:
        found = extractor.read(small.report())
    assert_held(found, small.report())
    assert found.claims == ()
    assert codes(found, "unread") == [fault]
    assert told in found.unread[0].faults[0].message


def test_a_program_that_is_not_there_ends_the_run(tmp_path: Path) -> None:
    (tmp_path / "kg.toml").write_text('[extraction.command]\nargv = ["no-such-program-anywhere"]\n', encoding="utf-8")
    project = read_project(tmp_path / "kg.toml")
    with (
        open_extractor(project, "command", environ={}, tools=tools()) as extractor,
        pytest.raises(Unusable, match="cannot be run"),
    ):
        extractor.read(small.report())


def test_no_shell_reads_the_arguments(tmp_path: Path) -> None:
    argv = json.dumps([sys.executable, "-c", f"print({RIGHT!r})", "$(touch made)", "; touch made"])
    (tmp_path / "kg.toml").write_text(f"[extraction.command]\nargv = {argv}\n", encoding="utf-8")
    project = read_project(tmp_path / "kg.toml")
    with open_extractor(project, "command", environ={}, tools=tools()) as extractor:
        assert len(extractor.read(small.report()).claims) == 1
    assert not (tmp_path / "made").exists()
