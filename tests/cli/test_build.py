"""kg build: from files to files."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from kg.cli import run
from tests import invented
from tests.cli.conftest import FRONT, rejected, write_project

Captured = pytest.CaptureFixture[str]


def build(project: Path, *arguments: str) -> int:
    """Run ``kg build`` in a project."""
    return run(["-C", str(project), "build", *arguments])


def digests(out: Path) -> dict[str, str]:
    """The digest of each file of an output folder."""
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(out.iterdir()) if path.is_file()
    }


def quads(path: Path) -> set[tuple[str, str, str]]:
    """The statements of a file, graph names left out."""
    return {(str(q.subject), str(q.predicate), str(q.object)) for q in ox.parse(path=str(path))}


def test_a_build_writes_three_files_that_say_the_same(project: Path) -> None:
    assert build(project) == 0
    out = project / "out"
    assert sorted(digests(out)) == ["kg.nq", "kg.trig", "kg.ttl"]
    assert quads(out / "kg.ttl") == quads(out / "kg.trig") == quads(out / "kg.nq")
    assert rejected(project) == []


def test_the_summary_counts_what_was_built(project: Path, capsys: Captured) -> None:
    build(project, "--format", "json")
    summary = json.loads(capsys.readouterr().out)
    assert summary["documents"] == 1
    assert summary["claims"] == {"event": 1, "post": 1, "relation": 1, "stance": 1}
    assert summary["claimants"] == 3
    assert summary["quads"] == sum(1 for _ in (project / "out" / "kg.nq").open(encoding="utf-8"))
    assert summary["rejected"] == 0
    build(project)
    assert "claims     4 (1 event, 1 post, 1 relation, 1 stance)" in capsys.readouterr().out


def test_json_ld_is_written_on_request(project: Path) -> None:
    assert build(project, "-f", "jsonld") == 0
    assert quads(project / "out" / "kg.jsonld") == quads(project / "out" / "kg.nq")


def test_the_words_are_quoted_where_the_text_is_at_hand_and_only_there(tmp_path: Path) -> None:
    exact = "<http://www.w3.org/ns/oa#exact>"
    build(write_project(tmp_path / "with"))
    build(write_project(tmp_path / "without", text=None))
    quoted, bare = (quads(tmp_path / name / "out" / "kg.nq") for name in ("with", "without"))
    assert '"Two soldiers were killed on Friday near Kalvar"' in {o for _, p, o in quoted if p == exact}
    assert not any(p == exact for _, p, _ in bare)
    assert {t for t in quoted if t[1].endswith("kg-news/ontology#evidence>")} == {
        t for t in bare if t[1].endswith("kg-news/ontology#evidence>")
    }


@pytest.mark.parametrize(
    ("change", "check", "field"),
    [
        ({"evidence": [[0, 9000]]}, "passage-within-text", "evidence.0"),
        (
            {"location": [{"text": "Kalver", "span": [38, 44], "name": "Kalvar", "type": "Place"}]},
            "passage-entity",
            None,
        ),
        ({"polarity": "maybe"}, "record", "polarity"),
        ({"type": "massacre"}, "record", "type"),
        ({"colour": "red"}, "record", "colour"),
    ],
)
def test_a_claim_that_fails_is_set_aside_with_its_finding_and_the_rest_is_built(
    tmp_path: Path, change: dict[str, Any], check: str, field: str | None, capsys: Captured
) -> None:
    project = write_project(tmp_path, [invented.attack(**change), invented.relation(), invented.post()])
    assert build(project, "--format", "json") == 1
    summary = json.loads(capsys.readouterr().out)
    assert (summary["rejected"], sum(summary["claims"].values())) == (1, 2)
    (item,) = rejected(project)
    assert item["line"] == 1
    assert item["file"].endswith("border.claims.jsonl")
    assert json.loads(item["raw"])["id"] == "c1"
    assert {f["check"].rpartition("#")[2] for f in item["findings"]} == {check}
    assert all(f["message_en"] and f["message_fr"] for f in item["findings"])
    if field:
        assert {f["path"] for f in item["findings"]} == {field}


def test_a_claim_that_a_shape_refuses_is_set_aside(tmp_path: Path) -> None:
    place = "https://w3id.org/kg-news/id/place/nagorno-karabakh"
    bad = invented.stance(claimant=invented.entity("Ada Lorne", "Person") | {"id": place})
    project = write_project(tmp_path, [invented.attack(), bad])
    assert build(project) == 1
    (item,) = rejected(project)
    assert json.loads(item["raw"])["id"] == "c2"
    assert any("shapes#" in finding["check"] for finding in item["findings"])


def test_a_text_that_changed_under_its_claims_is_an_error_that_says_so(tmp_path: Path, capsys: Captured) -> None:
    project = write_project(tmp_path, text=invented.TEXT + "More.\n")
    assert build(project) == 1
    err = capsys.readouterr().err
    assert "error[claims.digest]: the text has changed" in err
    assert "border.claims.jsonl" in err


def test_a_report_without_claims_is_said_and_not_skipped(project: Path, capsys: Captured) -> None:
    (project / "reports" / "other.md").write_text(FRONT + "Something else happened.\n", encoding="utf-8")
    assert build(project) == 0
    assert "other.md" in capsys.readouterr().err


def test_a_second_build_gives_the_same_bytes_and_so_does_any_other_environment(project: Path) -> None:
    assert build(project, "-f", "ttl", "-f", "trig", "-f", "jsonld", "--direct") == 0
    first = digests(project / "out")
    assert len(first) == 5
    for seed, locale, zone in (("0", "C", "UTC"), ("1", "C.UTF-8", "Asia/Kathmandu"), ("77", "POSIX", "America/Lima")):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "LC_ALL": locale, "TZ": zone}
        command = [
            sys.executable,
            "-m",
            "kg",
            "-C",
            str(project),
            "build",
            "-f",
            "ttl",
            "-f",
            "trig",
            "-f",
            "jsonld",
            "--direct",
        ]
        subprocess.run(command, check=True, env=environment, capture_output=True)
        assert digests(project / "out") == first


def test_the_order_of_the_lines_of_a_claim_file_means_nothing(tmp_path: Path) -> None:
    build(write_project(tmp_path / "a", invented.records()))
    build(write_project(tmp_path / "b", invented.records()[::-1]))
    assert digests(tmp_path / "a" / "out") == digests(tmp_path / "b" / "out")


def test_the_rejected_file_goes_when_nothing_is_rejected_any_more(tmp_path: Path) -> None:
    build(write_project(tmp_path, [invented.attack(type="massacre"), invented.post()]))
    assert rejected(tmp_path)
    assert build(write_project(tmp_path)) == 0
    assert rejected(tmp_path) == []


def test_the_base_of_the_project_names_what_it_mints(project: Path) -> None:
    (project / "kg.toml").write_text('[project]\nbase = "https://desk.example/"\n', encoding="utf-8")
    assert build(project) == 0
    subjects = {s for s, p, o in quads(project / "out" / "kg.nq") if o.endswith("EventClaim>")}
    assert any(s.startswith("<https://desk.example/id/claim/") for s in subjects)


def test_two_inputs_with_one_text_are_an_error(project: Path, capsys: Captured) -> None:
    reports = project / "reports"
    (reports / "copy.md").write_bytes((reports / "border.md").read_bytes())
    (reports / "copy.claims.jsonl").write_bytes((reports / "border.claims.jsonl").read_bytes())
    assert build(project) == 1
    assert "error[inputs.duplicate]" in capsys.readouterr().err


def test_a_folder_that_cannot_be_written_is_the_worlds_fault(project: Path, capsys: Captured) -> None:
    (project / "out").write_text("in the way", encoding="utf-8")
    assert build(project) == 3
    assert "error[world.os]" in capsys.readouterr().err
