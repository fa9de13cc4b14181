"""One build of the bundled reports for all questions."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import rdflib

from kg.store import open_database, store_directory
from tests.competency.bundled import build_bundled


@pytest.fixture(scope="session")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output folder of a build that left nothing out."""
    folder = tmp_path_factory.mktemp("bundled")
    summary = build_bundled(folder)
    assert summary.is_clean, "every bundled claim is built and no rule is broken"
    return folder


@pytest.fixture(scope="session")
def database(out: Path) -> Iterator[Path]:
    """The quads, in the embedded store."""
    with open_database(out / "kg.nq", store_directory(out)) as path:
        yield path


@pytest.fixture(scope="session")
def flattened(out: Path) -> Iterator[rdflib.Graph]:
    """The Turtle file, read by rdflib as it stands: rdflib would write the Z of a time as +00:00."""
    rdflib.NORMALIZE_LITERALS = False
    yield rdflib.Graph().parse(out / "kg.ttl", format="turtle")
    rdflib.NORMALIZE_LITERALS = True
