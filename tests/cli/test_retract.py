"""kg retract: one document goes, and everything that others say is as if it had never been there."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import pytest

from kg.cli import run
from kg.iris import Minter
from kg.stores.graphs import open_dataset
from kg.vocab import DEFAULT_BASE
from tests import invented
from tests.cli.conftest import FRONT, write_project

Captured = pytest.CaptureFixture[str]

REPOSITORY = Path(__file__).parents[2]
BUNDLED = {
    "2d075536bbd17b9f": "karabakh-en",
    "6efae8a30c822f42": "karabakh-fr",
    "a4c8a42b9e1b2a60": "afp-2023-06-nagorny-karabakh",
}
"""Documents of the repository, by key, whose events a reviewer found to be one; the first of each set is of the first."""
SECOND = "The minister of Ruritania resigned on Monday. Two soldiers were killed on Friday near Kalvar, police said.\n"


def kg(project: Path, *arguments: str) -> int:
    return run(["-C", str(project), *arguments])


def retract(project: Path, *arguments: str) -> int:
    return kg(project, "retract", *arguments, "--reason", "withdrawn by its publisher")


def outputs(project: Path) -> dict[str, bytes]:
    """What a build wrote, but for the embedded database."""
    out = project / "out"
    paths = [path for path in out.rglob("*") if path.is_file() and (out / "store") not in path.parents]
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in paths}


def copy_bundled(folder: Path) -> Path:
    folder.mkdir()
    shutil.copytree(REPOSITORY / "reports", folder / "reports")
    shutil.copy(REPOSITORY / "kg.toml", folder)
    return folder


def forget(project: Path, key: str) -> None:
    """Make a project one that never had a document: no file of it, no verdict on its events (lines keep their numbers)."""
    for path in (project / "reports").glob(f"{BUNDLED[key]}.*"):
        path.unlink()
    same = project / "reports" / "same-events.jsonl"
    lines = []
    for line in same.read_text(encoding="utf-8").splitlines():
        verdict = json.loads(line)
        verdict["events"] = [event for event in verdict["events"] if not event.startswith(key)]
        lines.append(json.dumps(verdict) if len(verdict["events"]) > 1 else "")
    same.write_text("\n".join(lines), encoding="utf-8")


def add_report(project: Path, name: str, text: str = SECOND) -> str:
    """Add a report that nobody has reviewed; its key."""
    (project / "reports" / name).write_text(FRONT + text, encoding="utf-8")
    return hashlib.sha256(text.encode()).hexdigest()[:16]


# --------------------------------------------------------------------------- as if it had never been there


@pytest.mark.parametrize("key", BUNDLED)
def test_what_remains_is_what_a_project_that_never_had_the_document_builds(key: str, tmp_path: Path) -> None:
    desk, other = copy_bundled(tmp_path / "desk"), copy_bundled(tmp_path / "other")
    for project in (desk, other):
        assert kg(project, "build", "--direct", "-f", "ttl", "-f", "trig", "-f", "jsonld") == 0
    before = outputs(desk)
    assert key.encode() in before["kg.nq"]
    assert retract(desk, key) == 0
    forget(other, key)
    assert kg(other, "build", "--direct", "-f", "ttl", "-f", "trig", "-f", "jsonld") == 0
    assert outputs(desk) == outputs(other) != before
    assert {"kg.ttl", "kg.trig", "kg.nq", "kg.jsonld", "direct.ttl", "merges.jsonl"} <= set(outputs(desk))
    assert not any(key.encode() in content for content in outputs(desk).values())


def test_a_report_that_the_rules_have_read_goes_with_its_draft(project: Path) -> None:
    assert kg(project, "build") == 0
    before = outputs(project)
    key = add_report(project, "second.md")
    assert kg(project, "build") == 0
    assert f"claims/{key}.claims.jsonl" in outputs(project)
    assert retract(project, "reports/second.md") == 0
    assert outputs(project) == before


def test_one_report_of_a_file_of_several_goes_and_the_others_stay(project: Path, capsys: Captured) -> None:
    def write(*texts: str) -> None:
        known = {"publisher": "Example Press", "language": "en", "date": "2024-05-12"}
        items = [known | {"text": text, "id": text[:50]} for text in texts]
        (project / "reports" / "wire.jsonl").write_text("".join(json.dumps(i) + "\n" for i in items), encoding="utf-8")

    other = SECOND.replace("minister", "chancellor")
    write(other)
    assert kg(project, "build") == 0
    before = outputs(project)
    write(SECOND, other)
    assert kg(project, "build") == 0
    capsys.readouterr()
    assert retract(project, "reports/wire.jsonl") == 2
    err = capsys.readouterr().err
    assert "error[retract.several]" in err
    assert retract(project, "reports/wire.jsonl#1") == 0
    assert outputs(project) == before


def test_taking_the_retraction_back_gives_the_same_bytes_as_before(tmp_path: Path) -> None:
    desk = copy_bundled(tmp_path / "desk")
    kg(desk, "build")
    before = outputs(desk)
    for key in BUNDLED:
        assert retract(desk, key) == 0
    assert kg(desk, "retract", "--undo", *BUNDLED) == 0
    assert outputs(desk) == before
    assert not (desk / "retractions.jsonl").exists()
    assert kg(desk, "retract", "--undo", next(iter(BUNDLED))) == 2


def test_the_same_text_stays_out_under_another_name_and_a_corrected_one_is_built(project: Path) -> None:
    kg(project, "build")
    assert retract(project, "reports/border.md") == 0
    bare = outputs(project)
    for path in (project / "reports").glob("border.*"):
        path.rename(path.with_name(path.name.replace("border", "renamed")))
    assert kg(project, "build") == 0
    assert outputs(project) == bare
    key = add_report(project, "corrected.md", invented.TEXT.replace("Two", "Three"))
    assert kg(project, "build") == 0
    assert key.encode() in outputs(project)["kg.nq"]


def test_the_database_of_the_graph_before_goes(project: Path) -> None:
    kg(project, "build")
    assert kg(project, "query", "ASK { ?s ?p ?o }") == 0
    assert retract(project, "reports/border.md") == 0
    databases = [path for path in (project / "out" / "store").iterdir() if path.is_dir()]
    assert len(databases) == 1


# --------------------------------------------------------------------------- the record, and what is told


def test_the_record_holds_what_was_told_and_every_build_tells_it(project: Path, capsys: Captured) -> None:
    assert retract(project, "reports/border.claims.jsonl", "--date", "2026-11-25", "--by", "N. Vole") == 0
    (line,) = (project / "retractions.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(line) == {
        "document": invented.DIGEST,
        "path": "reports/border.md",
        "reason": "withdrawn by its publisher",
        "date": "2026-11-25",
        "by": "N. Vole",
    }
    capsys.readouterr()
    assert kg(project, "build", "--format", "json") == 0
    told = capsys.readouterr()
    assert json.loads(told.out)["retracted"] == [json.loads(line)]
    assert kg(project, "build") == 0
    assert "retracted: reports/border.md (withdrawn by its publisher)" in capsys.readouterr().err


def test_a_retracted_document_that_is_not_held_any_more_is_told_and_can_be_taken_back(
    project: Path, capsys: Captured
) -> None:
    retract(project, "reports/border.md")
    for path in (project / "reports").glob("border.*"):
        path.unlink()
    kg(project, "build")
    assert f"not held any more: reports/border.md ({invented.DIGEST[:16]})" in capsys.readouterr().err
    assert kg(project, "retract", "--undo", "reports/border.md") == 0


@pytest.mark.parametrize(
    "name",
    [
        "reports/border.md",
        "reports/border.claims.jsonl",
        invented.DIGEST,
        invented.DIGEST[:16],
        f"doc:{invented.DIGEST[:16]}",
        Minter(DEFAULT_BASE).document(invented.DIGEST[:16]),
        Minter(DEFAULT_BASE).graph(invented.DIGEST[:16]),
    ],
)
def test_a_document_is_named_by_a_file_its_digest_or_its_iri(name: str, project: Path) -> None:
    assert retract(project, name) == 0
    assert json.loads((project / "retractions.jsonl").read_text(encoding="utf-8"))["document"] == invented.DIGEST


def test_metadata_name_their_document_too(tmp_path: Path) -> None:
    project = write_project(tmp_path / "desk", text=None)
    assert retract(project, "reports/border.meta.toml") == 0


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["reports/none.md", "--reason", "x"], "retract.unknown"),
        (["0123456789abcdef", "--reason", "x"], "retract.unknown"),
        (["reports/border.md"], "retract.reason"),
        (["reports/border.md", "--reason", "x", "--date", "yesterday"], "retract.option"),
        (["reports/border.md", "--undo"], "retract.undo"),
        (["reports/border.md", "--undo", "--reason", "x"], "retract.undo"),
    ],
)
def test_a_wrong_command_line_changes_nothing(arguments: list[str], code: str, project: Path, capsys: Captured) -> None:
    kg(project, "build")
    before = outputs(project)
    capsys.readouterr()
    assert kg(project, "retract", *arguments) == 2
    assert f"error[{code}]" in capsys.readouterr().err
    assert outputs(project) == before
    assert not (project / "retractions.jsonl").exists()


def test_a_dry_run_says_what_would_change_and_writes_nothing(tmp_path: Path, capsys: Captured) -> None:
    desk = copy_bundled(tmp_path / "desk")
    kg(desk, "build")
    before = outputs(desk)
    old = open_dataset((desk / "out" / "kg.nq").rename(tmp_path / "old.nq"))
    shutil.copy(old.path, desk / "out" / "kg.nq")
    capsys.readouterr()
    assert retract(desk, "reports/karabakh-en.md", "--dry-run", "--format", "json") == 1
    told = json.loads(capsys.readouterr().out)
    assert outputs(desk) == before
    assert not (desk / "retractions.jsonl").exists()
    assert retract(desk, "reports/karabakh-en.md", "--format", "json") == 0
    assert json.loads(capsys.readouterr().out) == told
    new = open_dataset(desk / "out" / "kg.nq")
    for row in told["graphs"]:
        there, here = old.graphs[row["graph"]], new.graphs.get(row["graph"])
        ours = set(new.triples(here)) if here else set()
        theirs = set(old.triples(there))
        assert (row["added"], row["removed"]) == (len(ours - theirs), len(theirs - ours))
        assert (row["before"], row["after"]) == (there.count, here.count if here else None)
    changed = {
        name for name, graph in old.graphs.items() if graph.digest != getattr(new.graphs.get(name), "digest", "")
    }
    assert {row["graph"] for row in told["graphs"]} == changed
    assert retract(desk, "reports/karabakh-en.md", "--dry-run") == 0


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("{", "retractions.jsonl:1"),
        ('{"document": "abc", "path": "a", "reason": "b"}', "retractions.jsonl:1:document"),
        (json.dumps({"document": invented.DIGEST, "path": "a"}), "retractions.jsonl:1:reason"),
        (json.dumps({"document": invented.DIGEST, "path": "a", "reason": "b", "why": "c"}), "retractions.jsonl:1:why"),
    ],
)
def test_a_wrong_line_of_the_record_stops_a_build_with_its_place(
    line: str, place: str, project: Path, capsys: Captured
) -> None:
    (project / "retractions.jsonl").write_text(line + "\n", encoding="utf-8")
    assert kg(project, "build") == 1
    err = capsys.readouterr().err
    assert "error[retractions.field]" in err
    assert place in err


def test_a_document_that_is_retracted_twice_stops_a_build(project: Path, capsys: Captured) -> None:
    line = json.dumps({"document": invented.DIGEST, "path": "a", "reason": "b"})
    (project / "retractions.jsonl").write_text(f"{line}\n{line}\n", encoding="utf-8")
    assert kg(project, "build") == 1
    assert "error[retractions.twice]" in capsys.readouterr().err


def test_the_record_is_no_report_even_where_all_of_the_folder_is_read(tmp_path: Path) -> None:
    project = write_project(tmp_path / "desk")
    for path in (project / "reports").iterdir():
        path.rename(project / path.name)
    (project / "kg.toml").write_text('[project]\nreports = ["border.*", "*.jsonl"]\n', encoding="utf-8")
    assert retract(project, "border.md") == 0
    assert kg(project, "build") == 0


def test_where_the_build_fails_the_retraction_is_recorded_and_the_old_graph_stays(
    project: Path, capsys: Captured
) -> None:
    kg(project, "build")
    before = outputs(project)
    (project / "kg.toml").write_text('[project]\n[extraction]\nextractor = "crystal ball"\n', encoding="utf-8")
    assert retract(project, "reports/border.md") == 2
    assert "the retraction is recorded" in capsys.readouterr().err
    assert outputs(project) == before
    (project / "kg.toml").write_text("[project]\n", encoding="utf-8")
    assert kg(project, "build") == 0
    assert invented.DIGEST[:16].encode() not in outputs(project)["kg.nq"]
