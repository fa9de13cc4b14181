"""The ontology as the tests see it: its triples, by file and together."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kg.iris import Triple
from kg.ontology import read_triples
from kg.resources import ontology_files, term_files


@pytest.fixture(scope="session")
def modules() -> tuple[Triple, ...]:
    """The header and the modules."""
    return tuple(read_triples(ontology_files()))


@pytest.fixture(scope="session")
def terms() -> tuple[Triple, ...]:
    """The SKOS schemes."""
    return tuple(read_triples(term_files()))


@pytest.fixture(scope="session")
def everything() -> tuple[Triple, ...]:
    """Modules, alignments and terms."""
    return tuple(read_triples((*ontology_files(alignments=True), *term_files())))


@pytest.fixture(scope="session")
def members(terms: tuple[Triple, ...]) -> Callable[[str], set[str]]:
    """Return the local names of the concepts of a scheme."""

    def of(scheme: str) -> set[str]:
        return {local(s) for s, p, o in terms if p.endswith("#inScheme>") and local(o) == scheme}

    return of


def local(term: str) -> str:
    """What stands after the last ``/`` or ``#`` of an IRI term."""
    return term.strip("<>").rsplit("#", 1)[-1].rsplit("/", 1)[-1]


def turtle_files() -> tuple[Path, ...]:
    """Every Turtle file of the ontology."""
    return (*ontology_files(alignments=True), *term_files())
