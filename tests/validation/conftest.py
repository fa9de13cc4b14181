"""The vocabulary and the engines, made once."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox
import pytest

from kg.iris import Triple
from kg.ontology import vocabulary_triples
from kg.validation import ShapesValidator
from tests.validation.base import base_quads, union_store


@pytest.fixture(scope="session")
def vocabulary() -> tuple[Triple, ...]:
    return tuple(vocabulary_triples())


@pytest.fixture(scope="session")
def fast(vocabulary: tuple[Triple, ...]) -> ShapesValidator:
    return ShapesValidator("fast", context=vocabulary)


@pytest.fixture(scope="session")
def reference(vocabulary: tuple[Triple, ...]) -> ShapesValidator:
    return ShapesValidator("pyshacl", context=vocabulary)


@pytest.fixture(scope="session")
def shared_store(vocabulary: tuple[Triple, ...]) -> ox.Store:
    """The base and the vocabulary; who changes it changes it back."""
    return union_store(base_quads(), vocabulary)


@pytest.fixture
def store(shared_store: ox.Store) -> Iterator[ox.Store]:
    """The base and the vocabulary, which must be as they were when the test ends."""
    before = len(shared_store)
    yield shared_store
    assert len(shared_store) == before
