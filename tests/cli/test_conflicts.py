"""kg conflicts: what people and programs read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.cli import run
from tests import invented
from tests.cli.conftest import write_project

Captured = pytest.CaptureFixture[str]


def conflicts(project: Path, capsys: Captured, *arguments: str) -> tuple[int, str, str]:
    """Run ``kg conflicts`` in a project; returns the exit status, standard output and standard error."""
    capsys.readouterr()
    status = run(["-C", str(project), "conflicts", *arguments])
    return status, *capsys.readouterr()


@pytest.fixture
def contested(tmp_path: Path) -> Path:
    """A project in which the spokeswoman denies what the ministry says, and the publisher counts otherwise."""
    spokeswoman = invented.entity("Ada Lorne", "Person")
    denied = invented.attack(
        id="c2", claimant=spokeswoman, cue=invented.span("army spokeswoman Ada Lorne told reporters"), polarity="denied",
        evidence=[invented.span("The border is quiet")], deaths=None, location=[], time=None,
        roles={role: [] for role in invented.attack()["roles"]},
    )  # fmt: skip
    counted = invented.attack(
        id="c3", claimant=None, cue=None, deaths={"low": 5, "best": None, "high": None}, evidence=[[0, 24]]
    )
    project = write_project(tmp_path, [invented.attack(), denied, counted])
    assert run(["-q", "-C", str(project), "build"]) == 0
    return project


def test_two_claims_stand_side_by_side_with_their_passages(contested: Path, capsys: Captured) -> None:
    status, out, err = conflicts(contested, capsys)
    assert status == 0
    rules = [line for line in out.splitlines() if line and not line.startswith(" ") and "-" in line.split(" ")[0]]
    assert rules == ["event-affirmed-and-denied", "tolls-that-do-not-meet"]
    assert "[Two soldiers were killed on Friday near Kalvar], {the defence ministry of Ruritania said}." in out
    assert "denied as factual by Ada Lorne, relayed by Example Press" in out
    assert "deaths at least 5" in out
    assert err == "3 pairs of claims\n"


def test_programs_get_both_claims_whole(contested: Path, capsys: Captured) -> None:
    _, out, _ = conflicts(contested, capsys, "--format", "json")
    found = json.loads(out)
    assert [(pair["rule"], [claim["id"] for claim in pair["claims"]]) for pair in found] == [
        ("event-affirmed-and-denied", ["c3", "c2"]),
        ("event-affirmed-and-denied", ["c1", "c2"]),
        ("tolls-that-do-not-meet", ["c3", "c1"]),
    ]
    assert all(claim["text"] and claim["passages"] for pair in found for claim in pair["claims"])
    assert all(pair["en"] and pair["fr"] for pair in found)


def test_what_nobody_contests_has_no_conflicts(project: Path, capsys: Captured) -> None:
    assert run(["-q", "-C", str(project), "build"]) == 0
    assert conflicts(project, capsys) == (0, "", "0 pairs of claims\n")
    assert conflicts(project, capsys, "--format", "json")[1] == "[]\n"


def test_claimants_of_two_sides_corroborate_each_other(tmp_path: Path, capsys: Captured) -> None:
    counted = invented.attack(id="c2", claimant=None, cue=None, evidence=[[0, 24]])
    project = write_project(tmp_path, [invented.attack(), counted])
    assert run(["-q", "-C", str(project), "build"]) == 0
    assert conflicts(project, capsys)[1] == ""
    _, out, err = conflicts(project, capsys, "--corroborated")
    assert out.startswith("tolls-that-meet\n")
    assert err == "1 pair of claims\n"


@pytest.mark.parametrize("options", [(), ("--corroborated",)])
def test_the_rules_are_listed_in_both_languages(tmp_path: Path, capsys: Captured, options: tuple[str, ...]) -> None:
    status, out, _ = conflicts(tmp_path, capsys, "--list", *options)
    assert status == 0
    _, listed, _ = conflicts(tmp_path, capsys, "--list", "--format", "json", *options)
    rules = json.loads(listed)
    assert len(rules) >= 5
    assert all(rule["name"] in out and rule["en"] in out and rule["fr"] in out for rule in rules)


def test_without_a_graph_it_says_how_to_make_one(project: Path, capsys: Captured) -> None:
    status, _, err = conflicts(project, capsys)
    assert status == 3
    assert "kg build" in err
