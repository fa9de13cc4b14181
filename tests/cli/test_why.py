"""kg why: on what a claim, an event or an entity rests."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from kg.cli import run
from tests import invented
from tests.cli.conftest import FRONT, write_project

Captured = pytest.CaptureFixture[str]
KEY = invented.DIGEST[:16]
OTHER_TEXT = "Fire near Kalvar killed two on Friday, army spokeswoman Ada Lorne said.\n"


def why(project: Path, capsys: Captured, *arguments: str) -> tuple[int, str, str]:
    """Run ``kg why`` in a project; returns the exit status, standard output and standard error."""
    capsys.readouterr()
    status = run(["-C", str(project), "why", *arguments])
    return status, *capsys.readouterr()


def explain(project: Path, capsys: Captured, name: str) -> dict[str, Any]:
    """What ``kg why --format json`` says."""
    status, out, _ = why(project, capsys, name, "--format", "json")
    assert status == 0
    value: dict[str, Any] = json.loads(out)
    return value


@pytest.fixture
def built(project: Path) -> Path:
    """The project, built."""
    assert run(["-q", "-C", str(project), "build"]) == 0
    return project


def two_reports(folder: Path, verdict: str | None = None) -> tuple[Path, str, str]:
    """A project of two reports of one attack, built; returns its folder and how reviewers name the two events."""
    attack = invented.attack(deaths={"low": 4, "best": 4, "high": 4}, location=[invented.entity("Kalvar", "Place")])
    project = write_project(folder, [attack])
    digest = hashlib.sha256(OTHER_TEXT.encode()).hexdigest()
    words = {"Kalvar": "Place", "on Friday": "time", "army spokeswoman Ada Lorne said": "cue", "Ada Lorne": "Person"}
    at = {name: [OTHER_TEXT.index(name), OTHER_TEXT.index(name) + len(name)] for name in words}
    told = attack | {
        "document": digest,
        "evidence": [[0, 37]],
        "claimant": {"text": "Ada Lorne", "span": at["Ada Lorne"], "name": "Ada Lorne", "type": "Person"},
        "cue": at["army spokeswoman Ada Lorne said"],
        "roles": {role: [] for role in attack["roles"]},
        "location": [{"text": "Kalvar", "span": at["Kalvar"], "name": "Kalvar", "type": "Place"}],
        "time": attack["time"] | {"span": at["on Friday"]},
    }
    (project / "reports" / "fire.md").write_text(FRONT + OTHER_TEXT, encoding="utf-8")
    (project / "reports" / "fire.claims.jsonl").write_text(invented.lines([told]), encoding="utf-8")
    events = sorted((f"{KEY}/e1", f"{digest[:16]}/e1"))
    if verdict:
        (project / "kg.toml").write_text('[project]\nsame_events = "reviewed.jsonl"\n', encoding="utf-8")
        line = {"verdict": verdict, "events": events, "reviewer": "N. Vole", "note": "two valleys"}
        (project / "reviewed.jsonl").write_text(json.dumps(line), encoding="utf-8")
    assert run(["-q", "-C", str(project), "build"]) == 0
    return project, events[0], events[1]


# --------------------------------------------------------------------------- claims


def test_a_claim_is_shown_in_its_sentence_with_whose_it_is(built: Path, capsys: Captured) -> None:
    status, out, _ = why(built, capsys, f"{KEY}/c1")
    assert status == 0
    assert "[Two soldiers were killed on Friday near Kalvar], {the defence ministry of Ruritania said}." in out
    assert "affirmed as factual by Ministry of Defence of Ruritania, relayed by Example Press" in out
    assert "attack; victim two soldiers; location Kalvar; time on Friday (2024-05-10); deaths 2" in out
    assert "satisfies" in out
    assert "EventClaim" in out


def test_the_rule_the_extraction_and_the_reviewer_are_named(tmp_path: Path, capsys: Captured) -> None:
    method = {"extractor": "rules", "rule": "killed.passive", "confidence": 0.9}
    claim = invented.attack(method=method, review={"reviewer": "N. Vole", "date": "2024-05-13"})
    project = write_project(tmp_path, [claim])
    assert run(["-q", "-C", str(project), "build"]) == 0
    found = explain(project, capsys, f"{KEY}/c1")
    assert (found["rule"], found["extraction"], found["confidence"]) == ("killed.passive", "rules", "0.9")
    assert (found["reviewer"], found["reviewed_on"]) == ("N. Vole", "2024-05-13")


def test_a_claim_is_found_by_record_by_short_name_and_by_iri(built: Path, capsys: Captured) -> None:
    found = explain(built, capsys, f"{KEY}/c4")
    assert found == explain(built, capsys, f"{invented.DIGEST}/c4")
    assert found == explain(built, capsys, found["name"])
    assert found == explain(built, capsys, found["iri"])
    assert found == explain(built, capsys, f"<{found['iri']}>")
    assert found["kind"] == "relation"
    assert [value["name"] for value in found["content"]["subject"]] == ["Ruritania"]


def test_without_its_text_a_claim_has_its_offsets(tmp_path: Path, capsys: Captured) -> None:
    project = write_project(tmp_path, text=None)
    assert run(["-q", "-C", str(project), "build"]) == 0
    status, out, _ = why(project, capsys, f"{KEY}/c1")
    assert status == 0
    assert "characters 0-46, attributed at 48-86 (the text is not at hand)" in out
    assert explain(project, capsys, f"{KEY}/c1")["text"] is None


def test_what_a_shape_remarks_on_is_said(tmp_path: Path, capsys: Captured) -> None:
    bare = invented.attack(roles={role: [] for role in invented.attack()["roles"]}, location=[], time=None, deaths=None)
    project = write_project(tmp_path, [bare])
    run(["-q", "-C", str(project), "build"])
    found = explain(project, capsys, f"{KEY}/c1")
    remarked = {finding["check"].rpartition("#")[2] for finding in found["findings"]}
    assert any(check.startswith("RecommendedEventClaim") for check in remarked)
    assert not any(shape.endswith("#RecommendedEventClaim") for shape in found["shapes"])
    assert any(shape.endswith("#EventClaim") for shape in found["shapes"])


def test_a_claim_that_was_set_aside_is_shown_with_what_was_wrong(tmp_path: Path, capsys: Captured) -> None:
    project = write_project(tmp_path, [invented.attack(type="massacre"), invented.post()])
    assert run(["-q", "-C", str(project), "build"]) == 1
    status, out, _ = why(project, capsys, f"{KEY}/c1")
    assert status == 0
    assert "set aside by the last build" in out
    assert "violation: type:" in out


# --------------------------------------------------------------------------- events


def test_an_event_is_told_by_document_and_with_the_points_that_made_it_one(tmp_path: Path, capsys: Captured) -> None:
    project, first, second = two_reports(tmp_path)
    status, out, _ = why(project, capsys, second)
    assert status == 0
    assert f"event:{first}" in out.splitlines()[0], "either name means the one anchor"
    assert "told by    2 documents in 2 claims" in out
    assert f"{first} = {second}" in out
    assert "+3 the same exact toll of three or more: 4" in out
    assert "{army spokeswoman Ada Lorne said}" in out
    found = explain(project, capsys, f"event:{first}")
    assert found["members"] == [first, second]
    assert [record["source"] for record in found["merges"]] == ["rules"]
    assert {claim["document"]["key"] for claim in found["claims"]} == {first[:16], second[:16]}


def test_a_reviewers_doubt_leaves_events_apart_and_is_shown(tmp_path: Path, capsys: Captured) -> None:
    project, first, second = two_reports(tmp_path, "unsure")
    status, out, _ = why(project, capsys, second)
    assert status == 0
    assert "told by    1 document in 1 claim" in out
    assert f"left apart: {first}, {second}" in out
    assert "reviewed as unsure, line 1 (N. Vole; two valleys)" in out


# --------------------------------------------------------------------------- entities


def test_an_entity_is_shown_with_its_spellings_and_places(tmp_path: Path, capsys: Captured) -> None:
    project, _, _ = two_reports(tmp_path)
    (name,) = {value["iri"] for value in explain(project, capsys, f"{KEY}/c1")["content"]["location"]}
    status, out, _ = why(project, capsys, name)
    assert status == 0
    assert "mentioned  2 times in 2 documents" in out
    assert "spellings  Kalvar (2)" in out
    assert "2 kg:location" in out
    start, end = invented.span("Kalvar")
    assert f"{start}-{end}  Kalvar" in out


# --------------------------------------------------------------------------- nothing


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("agent:nobody", "knows no claim, event or entity"),
        (f"{KEY}/c99", "knows no claim, event or entity"),
        (f"doc:{KEY}", "knows no claim, event or entity"),
        ("kg:Claim", "knows no claim, event or entity"),
        ("nowhere:x", "known prefix"),
        ("four words of prose", "neither an IRI nor a short name"),
    ],
)
def test_what_is_no_such_thing_leaves_with_2(built: Path, capsys: Captured, name: str, message: str) -> None:
    status, out, err = why(built, capsys, name)
    assert (status, out) == (2, "")
    assert message in err
    assert "Traceback" not in err


def test_without_a_graph_it_says_how_to_make_one(project: Path, capsys: Captured) -> None:
    status, _, err = why(project, capsys, f"{KEY}/c1")
    assert status == 3
    assert "kg build" in err
