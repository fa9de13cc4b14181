"""Which state an official of the reference entities serves: a hint which of the states that a text names is meant."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from kg.extraction.tables import read_common_table
from kg.vocab import REFERENCE_BASE


def state_served(iri: str | None) -> str | None:
    """Return the IRI of the state or authority that a person (an IRI) serves or served, where it is known.

    Raises:
        WorldError, DataError: the table cannot be read, or is wrong.
    """
    return _states().get(iri) if iri is not None else None


@lru_cache(maxsize=1)
def _states() -> Mapping[str, str]:
    base = f"{REFERENCE_BASE}id/agent/"
    return MappingProxyType(
        {
            base + person: base + row["state"]
            for row in read_common_table("allegiances")
            for person in row.forms("persons")
        }
    )
