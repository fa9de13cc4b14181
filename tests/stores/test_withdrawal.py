"""kg retract --store: one document goes out of the store, what others support stays, and the ledger agrees."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.stores.graphs import open_dataset
from tests.stores.conftest import running, store_names
from tests.stores.eyes import Sent, differences, list_graphs, update_store
from tests.stores.loads import Desk, store_table
from tests.stores.servers import Server

Captured = pytest.CaptureFixture[str]

REPORTS = Path(__file__).parents[2] / "reports"
KEY, NAME = "2d075536bbd17b9f", "karabakh-en"
"""A document of the repository whose events a reviewer found to be those of two others; it is the first of their sets."""
OTHERS = ("6efae8a30c822f42", "a4c8a42b9e1b2a60")


STORES = [name for name in store_names() if name != "rdflib-endpoint"]
"""The one left out takes minutes to load what others load in a second; loading it is proved in `test_contract`."""


@pytest.fixture(scope="module", params=STORES)
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Each store under test in turn."""
    with running(request.param, tmp_path_factory.mktemp(request.param)) as started:
        yield started


@pytest.fixture
def bundled(desk: Desk) -> Desk:
    """The bundled reports, built and loaded."""
    shutil.copytree(REPORTS, desk.folder / "reports")
    kind = desk.server.kind
    table = (
        store_table("desk", desk.server.url)
        if kind == "generic"
        else f'[stores.desk]\nurl = "{desk.server.url}"\nkind = "{kind}"\n'
    )
    project = f'[project]\nbase = "{desk.base}"\nsame_events = "reports/same-events.jsonl"\n'
    (desk.folder / "kg.toml").write_text(project + table, encoding="utf-8")
    assert desk.kg("build") == 0
    assert desk.kg("load", "desk") == 0
    return desk


def local(desk: Desk) -> dict[str, list[str]]:
    """The graphs of the build."""
    dataset = open_dataset(desk.folder / "out" / "kg.nq")
    return {name: dataset.triples(graph) for name, graph in dataset.graphs.items()}


def retract(desk: Desk, *arguments: str) -> int:
    return desk.kg("retract", f"reports/{NAME}.md", "--store", "desk", *arguments)


def test_the_document_goes_and_what_changed_with_it_is_brought_to_the_new_state(
    bundled: Desk, sent: Sent, capsys: Captured
) -> None:
    before = local(bundled)
    capsys.readouterr()
    assert retract(bundled, "--reason", "withdrawn", "--format", "json") == 0
    after, told = local(bundled), json.loads(capsys.readouterr().out)
    gone = f"{bundled.base}graph/{KEY}"
    assert before.keys() - after.keys() == {gone}
    assert differences(bundled.server, {name: lines for name, lines in after.items() if len(lines) < 9000}) == {}
    assert list_graphs(bundled.server, bundled.base) == {*after, f"{bundled.base}graph/ledger"}
    changed = {name for name in after if after[name] != before[name]}
    assert {f"{bundled.base}graph/{key}" for key in OTHERS} <= changed
    assert told["store"]["removed"] == 1
    assert told["store"]["loaded"] == len(changed)
    for name in after:
        assert sent.touched(name) == (name in changed)
    capsys.readouterr()
    assert bundled.kg("store", "list", "desk", "--format", "json") == 0  # the ledger agrees
    assert {row["state"] for row in json.loads(capsys.readouterr().out)["graphs"]} == {"same"}
    sent.requests.clear()
    assert bundled.kg("load", "desk") == 0
    assert sent.writes == []


def test_taking_it_back_brings_the_document_back(bundled: Desk) -> None:
    before = local(bundled)
    assert retract(bundled, "--reason", "withdrawn") == 0
    assert retract(bundled, "--undo") == 0
    assert local(bundled) == before
    assert differences(bundled.server, before) == {}
    assert bundled.kg("store", "list", "desk") == 0


def test_a_second_time_it_finds_nothing_to_do_and_after_a_failure_the_rest(bundled: Desk, sent: Sent) -> None:
    assert bundled.kg("retract", f"reports/{NAME}.md", "--reason", "withdrawn") == 0  # the store was not reached
    assert f"{bundled.base}graph/{KEY}" in list_graphs(bundled.server, bundled.base)
    assert retract(bundled) == 0
    assert differences(bundled.server, local(bundled)) == {}
    assert f"{bundled.base}graph/{KEY}" not in list_graphs(bundled.server, bundled.base)
    sent.requests.clear()
    assert retract(bundled) == 0
    assert sent.writes == []


def test_what_the_store_does_not_have_is_not_added_and_what_others_put_there_stays(bundled: Desk) -> None:
    own, missing = (f"{bundled.base}graph/{name}" for name in ("ours", "464637faf7163cb5"))
    update_store(bundled.server, f"INSERT DATA {{ GRAPH <{own}> {{ <urn:a> <urn:b> <urn:c> }} }}")
    assert missing in local(bundled)
    pattern = f"GRAPH <{missing}> {{ ?s ?p ?o }}"
    update_store(bundled.server, f"DELETE {{ {pattern} }} WHERE {{ {pattern} }}")
    ledger = f"GRAPH <{bundled.base}graph/ledger> {{ <{missing}> ?p ?o }}"
    update_store(bundled.server, f"DELETE {{ {ledger} }} WHERE {{ {ledger} }}")
    assert retract(bundled, "--reason", "withdrawn") == 0
    found = list_graphs(bundled.server, bundled.base)
    assert own in found
    assert missing not in found


def test_a_store_that_nobody_knows_is_told_before_anything_is_written(bundled: Desk, capsys: Captured) -> None:
    before = local(bundled)
    assert bundled.kg("retract", f"reports/{NAME}.md", "--reason", "x", "--store", "nowhere") == 2
    assert "error[store.unknown]" in capsys.readouterr().err
    assert local(bundled) == before
    assert not (bundled.folder / "retractions.jsonl").exists()


def test_where_the_store_fails_the_local_graph_is_built_and_the_status_is_3(bundled: Desk, capsys: Captured) -> None:
    kg_toml = bundled.folder / "kg.toml"
    text = kg_toml.read_text(encoding="utf-8")
    kg_toml.write_text(text.replace(bundled.server.url, "http://127.0.0.1:9"), encoding="utf-8")
    assert retract(bundled, "--reason", "withdrawn") == 3
    captured = capsys.readouterr()
    assert f"retracted  reports/{NAME}.md" in captured.out
    assert "error[web.unanswered]" in captured.err
    assert f"{bundled.base}graph/{KEY}" not in local(bundled)
    kg_toml.write_text(text, encoding="utf-8")
    assert retract(bundled) == 0
    assert differences(bundled.server, local(bundled)) == {}
