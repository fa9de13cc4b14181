"""Tricky terms: what lies inside the literal profile comes back as it went, what lies outside is refused before loading."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.cli import run
from tests.stores.datasets import ONTOLOGY, Graphs, dice, document_graph, make_graphs, write_project
from tests.stores.eyes import read_graph, triples
from tests.stores.fake import FakeStore, serve
from tests.stores.loads import Desk, store_table
from tests.stores.terms import KEPT, REFUSED


def told(base: str, number: int, term: str) -> str:
    """A claim that tells a term."""
    key = document_graph(0, base).rsplit("/", 1)[1]
    return f"<{base}id/claim/{key}/t{number}> <{ONTOLOGY}value> {term} ."


def tricky(base: str) -> Graphs:
    """One document that tells them all."""
    lines = [told(base, number, term) for number, term in enumerate(KEPT.values())]
    return {document_graph(0, base): sorted(lines, key=str.encode)}


@pytest.mark.parametrize("mode", ["replace", "diff"])
def test_seventy_two_tricky_terms_come_back_as_they_went(mode: str, desk: Desk) -> None:
    assert len(KEPT) == 72
    graphs = tricky(desk.base)
    desk.build(graphs)
    assert desk.load("--mode", mode, "--verify", "full") == 0
    (name,) = graphs
    held, wanted = read_graph(desk.server, name), triples(graphs[name])
    changed = [title for n, (title, term) in enumerate(KEPT.items()) if not triples([told(desk.base, n, term)]) <= held]
    assert changed == []
    assert held == wanted
    assert desk.load("--dry-run", "--verify", "full") == 0


@pytest.mark.parametrize("title", REFUSED)
def test_a_term_outside_the_profile_is_refused_before_loading(
    title: str, tmp_path: Path, base: str, capsys: pytest.CaptureFixture[str]
) -> None:
    graphs = make_graphs(dice(1), 2, base=base)
    graphs[document_graph(0, base)] = sorted([*graphs[document_graph(0, base)], told(base, 7, REFUSED[title])])
    with serve(FakeStore()) as fake:
        project = write_project(tmp_path, graphs, base, store_table("desk", fake.url))
        assert run(["-C", str(project), "load", "desk"]) == 1
        assert fake.writes == 0
        assert fake.quads() == set()
    key = document_graph(0, base).rsplit("/", 1)[1]
    assert f"{key}/t7" in capsys.readouterr().err
