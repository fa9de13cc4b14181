"""A small graph in an embedded store, made by the real stages of an invented report."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.graph import Concepts, build_document
from kg.iris import Minter
from kg.linking import Linker, Registry
from kg.store import open_database
from kg.vocab import DEFAULT_BASE
from tests.invented import DOCUMENT, claims


def write_nquads(path: Path, *, without: int = 0) -> Path:
    """Write the graph of the invented claims, all or without the last few, as N-Quads."""
    kept = claims()[: len(claims()) - without]
    graph = build_document(DOCUMENT, kept, Linker(Registry([]), Minter(DEFAULT_BASE)), Concepts())
    path.write_text("".join(sorted(f"{s} {p} {o} <{graph.iri}> .\n" for s, p, o in graph.triples())), encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def nquads(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The graph of the invented claims."""
    return write_nquads(tmp_path_factory.mktemp("graph") / "kg.nq")


@pytest.fixture(scope="session")
def database(nquads: Path) -> Iterator[Path]:
    """Its database."""
    with open_database(nquads, nquads.parent / "store") as path:
        yield path
