"""kg load and kg store check, as a person calls them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kg.cli import run
from kg.stores.ledger import read_ledger
from kg.vocab import DEFAULT_BASE
from tests.stores.datasets import Graphs, dice, document_graph, make_graphs, quads, write_nquads, write_project
from tests.stores.fake import FakeStore, serve
from tests.stores.opening import opened
from tests.stores.proving import held

GRAPHS = make_graphs(dice(1), 4)
A, B = (document_graph(n) for n in range(2))
ENTITIES = f"{DEFAULT_BASE}graph/entities"
Captured = pytest.CaptureFixture[str]


@pytest.fixture
def fake() -> Iterator[FakeStore]:
    with serve(FakeStore()) as fake:
        yield fake


@pytest.fixture
def folder(tmp_path: Path, fake: FakeStore) -> Path:
    """A project that knows the store as ``desk``."""
    table = f'[stores.desk]\nurl = "{fake.url}"\nkind = "generic"\n'
    return write_project(tmp_path / "desk", GRAPHS, stores=table)


def load(folder: Path, *options: str) -> int:
    return run(["-C", str(folder), "load", "desk", *options])


def rebuild(folder: Path, graphs: Graphs) -> None:
    write_nquads(folder / "out" / "kg.nq", graphs)


def test_a_load_says_what_it_did(folder: Path, fake: FakeStore, capsys: Captured) -> None:
    assert load(folder) == 0
    told = dict(line.rsplit(None, 1) for line in capsys.readouterr().out.splitlines())
    assert (told["loaded"], told["unchanged"], told["verified"]) == ("5", "0", "count")
    assert told["triples added"] == str(len(quads(GRAPHS)))
    assert held(fake) == quads(GRAPHS)


def test_events_are_json_one_a_line(folder: Path, capsys: Captured) -> None:
    assert load(folder, "--format", "json") == 0
    events = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [event["event"] for event in events] == ["plan", *["loaded"] * 5, "done"]
    assert {event["graph"] for event in events[1:-1]} == GRAPHS.keys()
    assert (events[0]["new"], events[-1]["loaded"]) == (5, 5)


@pytest.mark.parametrize("name", ["graph", "key", "document"])
def test_a_document_is_named_by_its_graph_its_key_or_its_iri(name: str, folder: Path, fake: FakeStore) -> None:
    key = A.rsplit("/", 1)[1]
    assert load(folder, {"graph": A, "key": key, "document": f"{DEFAULT_BASE}id/doc/{key}"}[name]) == 0
    assert held(fake) == quads({A: GRAPHS[A], ENTITIES: GRAPHS[ENTITIES]})


def test_a_document_is_named_by_its_file(folder: Path, fake: FakeStore) -> None:
    report = folder / "a.txt"
    report.write_text("document 0", encoding="utf-8")  # whose digest names the graph of the first document
    assert load(folder, str(report)) == 0
    assert held(fake) == quads({A: GRAPHS[A], ENTITIES: GRAPHS[ENTITIES]})


def test_a_document_that_is_not_there_is_an_error(folder: Path, fake: FakeStore, capsys: Captured) -> None:
    assert load(folder, "0123456789abcdef") == 1
    assert "error[load.document]" in capsys.readouterr().err
    assert fake.requests == []


def test_what_the_project_no_longer_has_is_told_and_removed_on_demand(
    folder: Path, fake: FakeStore, capsys: Captured
) -> None:
    load(folder)
    rest = {name: lines for name, lines in GRAPHS.items() if name != A}
    rebuild(folder, rest)
    assert load(folder) == 0
    assert "--delete-missing" in capsys.readouterr().err
    assert held(fake) == quads(GRAPHS)
    assert load(folder, "--delete-missing", "--dry-run") == 1
    assert f"+0 -{len(GRAPHS[A])}  {A}" in capsys.readouterr().out
    assert load(folder, "--delete-missing") == 0
    assert held(fake) == quads(rest)


def test_without_the_ledger_every_graph_is_compared(folder: Path, fake: FakeStore) -> None:
    load(folder)
    assert load(folder, "--no-resume", "--dry-run") == 0
    lost = next(quad for quad in fake.quads() if str(quad.graph_name) == f"<{B}>")
    fake.store.remove(lost)
    assert load(folder, "--dry-run") == 0
    assert load(folder, "--no-resume", "--dry-run") == 1
    assert load(folder, "--no-resume") == 0
    assert held(fake) == quads(GRAPHS)


@pytest.mark.parametrize(
    ("options", "epoch", "moment"),
    [
        ((), None, None),
        ((), "1795593600", "2026-11-25T08:00:00Z"),
        (("--time", "2026-11-25T10:00:00+02:00"), "0", "2026-11-25T08:00:00Z"),
    ],
)
def test_the_ledger_keeps_the_time_that_it_is_given(
    options: tuple[str, ...], epoch: str | None, moment: str | None, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    if epoch is not None:
        monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    with opened() as (store, other):
        table = f'[project]\n[stores.desk]\nurl = "{other.url}"\nkind = "generic"\n'
        (folder / "kg.toml").write_text(table, encoding="utf-8")
        assert load(folder, *options) == 0
        entries = read_ledger(store, DEFAULT_BASE).entries
    assert {entry.time for entry in entries.values()} == {moment}
    assert entries.keys() == GRAPHS.keys()


@pytest.mark.parametrize("moment", ["yesterday", "2026-11-25T08:00:00"])
def test_a_time_without_a_zone_or_none_at_all_is_an_error(moment: str, folder: Path, capsys: Captured) -> None:
    assert load(folder, "--time", moment) == 2
    assert "error[load.time]" in capsys.readouterr().err


def test_without_a_build_it_says_so(folder: Path, capsys: Captured) -> None:
    (folder / "out" / "kg.nq").unlink()
    assert load(folder) == 3
    assert "kg build" in capsys.readouterr().err


def test_a_store_that_does_not_answer_is_named(
    tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("time.sleep", lambda _: None)
    folder = write_project(tmp_path / "desk", GRAPHS)
    assert run(["-C", str(folder), "load", "http://127.0.0.1:9", "--store", "oxigraph"]) == 3
    assert "127.0.0.1:9" in capsys.readouterr().err


def test_a_check_tells_what_a_store_can_do_and_how_it_would_be_loaded(fake: FakeStore, capsys: Captured) -> None:
    assert run(["store", "check", fake.url, "--format", "json"]) == 0
    told: dict[str, Any] = json.loads(capsys.readouterr().out)
    assert told["kind"] == "generic"
    assert told["endpoints"]["graph_store"] == f"{fake.url}/store"
    assert told["capabilities"]["update_atomic"] is True
    assert told["capabilities"]["row_cap"] == 0
    assert told["strategies"]["changed graphs go by"] == "one update, what differs"
    assert fake.quads() == set()
    assert run(["store", "check", fake.url]) == 0
    assert "an update that fails half-way leaves nothing  yes" in capsys.readouterr().out
