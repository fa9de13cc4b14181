"""kg validate: RDF from anywhere."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.cli import run
from kg.vocab import KG
from tests.cli.conftest import write_project

Captured = pytest.CaptureFixture[str]
WRONG = f"@prefix kg: <{KG}> . <https://example.org/e> a kg:Event ; kg:actor <https://example.org/a> ."


@pytest.fixture
def built(tmp_path: Path) -> Path:
    """The output folder of a project that is built in every format."""
    project = write_project(tmp_path / "desk")
    assert run(["-C", str(project), "build", "-f", "ttl", "-f", "trig", "-f", "jsonld", "-q"]) == 0
    return project / "out"


def test_what_kg_writes_is_valid_in_every_format(built: Path, tmp_path: Path) -> None:
    quads = list(ox.parse(path=str(built / "kg.nq")))
    triples = [quad.triple for quad in quads]
    ox.serialize(triples, str(tmp_path / "kg.nt"), ox.RdfFormat.N_TRIPLES)
    ox.serialize(triples, str(tmp_path / "kg.rdf"), ox.RdfFormat.RDF_XML)
    for path in (*sorted(built.glob("kg.*")), tmp_path / "kg.nt", tmp_path / "kg.rdf"):
        assert run(["validate", str(path)]) == 0, path


def test_a_violation_leaves_with_1_and_names_node_path_shape_and_message(tmp_path: Path, capsys: Captured) -> None:
    path = tmp_path / "wrong.ttl"
    path.write_text(WRONG, encoding="utf-8")
    assert run(["validate", str(path), "--format", "json"]) == 1
    findings = json.loads(capsys.readouterr().out)
    content = next(f for f in findings if f["check"].endswith("#EventContent"))
    assert content["focus"] == "<https://example.org/e>"
    assert content["severity"] == "violation"
    assert content["message_en"].startswith("What happened is said by an event claim")
    assert content["message_fr"].startswith("Ce qui s'est passé est dit par")
    assert run(["validate", str(path), "--language", "fr"]) == 1
    assert "Ce qui s'est passé" in capsys.readouterr().out


def test_the_findings_are_a_shacl_report_on_request(tmp_path: Path, capsys: Captured) -> None:
    path = tmp_path / "wrong.ttl"
    path.write_text(WRONG, encoding="utf-8")
    assert run(["validate", str(path), "--format", "ttl"]) == 1
    report = ox.Store()
    report.load(capsys.readouterr().out.encode(), ox.RdfFormat.TURTLE)
    asked = "ASK { ?report sh:conforms false ; sh:result/sh:focusNode <https://example.org/e> }"
    assert report.query(asked, prefixes={"sh": "http://www.w3.org/ns/shacl#"})


def test_both_engines_say_the_same(built: Path, tmp_path: Path, capsys: Captured) -> None:
    text = (
        (built / "kg.ttl").read_text(encoding="utf-8").replace("kg:polarity kgt:affirmed", "kg:polarity kgt:maybe", 1)
    )
    path = tmp_path / "changed.ttl"
    path.write_text(text, encoding="utf-8")
    told = []
    for engine in ("fast", "pyshacl"):
        assert run(["validate", str(path), "--engine", engine, "--format", "json"]) == 1
        told.append(json.loads(capsys.readouterr().out))
    assert told[0] == told[1] != []


def test_the_passages_are_compared_with_the_reports(built: Path, tmp_path: Path, capsys: Captured) -> None:
    changed = tmp_path / "changed.nq"
    text = (built / "kg.nq").read_text(encoding="utf-8")
    changed.write_text(text.replace("The border is quiet", "The border is quick"), encoding="utf-8")
    reports = str(built.parent / "reports")
    assert run(["validate", str(changed)]) == 0
    assert run(["validate", str(changed), "--reports", reports]) == 1
    assert "passage-words" in capsys.readouterr().out
    assert run(["validate", str(built / "kg.nq"), "--reports", reports]) == 0


@pytest.mark.parametrize(
    ("name", "content", "code", "status"),
    [
        ("a.ttl", '<a:s> <a:p> "open', "rdf.syntax", 1),
        ("a.nt", "<a:s> <a:p> .", "rdf.syntax", 1),
        ("a.nq", "nothing", "rdf.syntax", 1),
        ("a.trig", "<a:g> { <a:s> }", "rdf.syntax", 1),
        ("a.jsonld", "{", "rdf.syntax", 1),
        ("a.rdf", "<rdf:RDF", "rdf.syntax", 1),
        ("a.rdf", '<!DOCTYPE x [<!ENTITY a "b">]><x/>', "rdf.doctype", 1),
        ("a.jsonld", '{"@context": "https://example.org/c"}', "rdf.context", 1),
        ("a.ttl", "<a:s> <a:p> 1 .", "validate.nothing", 1),
        ("a.csv", "a,b", "rdf.format", 2),
    ],
)
def test_a_bad_file_is_an_error_with_its_place(
    tmp_path: Path, name: str, content: str, code: str, status: int, capsys: Captured
) -> None:
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    assert run(["validate", str(path)]) == status
    err = capsys.readouterr().err
    assert f"error[{code}]" in err
    assert f"at: {path}" in err


def test_a_file_that_is_not_there_leaves_with_3(tmp_path: Path) -> None:
    assert run(["validate", str(tmp_path / "none.ttl")]) == 3


def test_standard_input_is_read_where_its_format_is_told(monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(WRONG.encode())))
    assert run(["validate", "-", "--input", "ttl"]) == 1
    assert "EventContent" in capsys.readouterr().out
    assert run(["validate", "-"]) == 2
    assert "standard input needs its format" in capsys.readouterr().err


def test_a_hostile_label_is_shown_and_not_obeyed(tmp_path: Path, capsys: Captured) -> None:
    path = tmp_path / "hostile.ttl"
    path.write_text(f'{WRONG} <https://example.org/e> kg:rule "\\u001B[2J\\u202E[red]" .', encoding="utf-8")
    assert run(["validate", str(path)]) == 1
    assert "\x1b" not in capsys.readouterr().out
