"""From what people write to what they mean: an IRI, a short name, or a record's ``DOCUMENT/ID``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from kg.errors import UsageError
from kg.explanation.claims import kind_of
from kg.explanation.events import Merges, event_key
from kg.explanation.graph import Graph, Node
from kg.iris import quoted
from kg.queries import parse_term
from kg.vocab import KG

Kind = Literal["claim", "event", "entity"]

_RECORD = re.compile(r"(?P<document>[0-9a-f]{16}|[0-9a-f]{64})/(?P<id>[A-Za-z0-9][A-Za-z0-9_.-]{0,63})")
_RECORDED = """
SELECT ?claim ?key { ?claim dcterms:identifier ?id ; kg:statedIn ?document . ?document kg:sha256 ?key }
"""
_NO_ENTITY = frozenset(f"{KG}{name}" for name in ("Document", "Span", "Extraction", "TimeSpan"))
_HINT = "give an IRI or a short name as kg query prints them, or DOCUMENT/ID: the first 16 digits of the digest, a claim's id"


@dataclass(frozen=True, slots=True)
class Thing:
    """Something that can be explained."""

    kind: Kind
    iri: str


def find_thing(graph: Graph, name: str, merges: Merges) -> Thing:
    """Find the claim, event or entity of a name.

    Args:
        graph: where it is looked for.
        name: an IRI (``<…>`` or bare), a short name (``agent:armenia``), or ``DOCUMENT/ID`` with the id of a claim's record
            or else the key of an event.
        merges: which events share an anchor: each of their names means the anchor.

    Raises:
        UsageError: the graph does not know it, or it is none of the three.
    """
    iri = _recorded(graph, name) if _RECORD.fullmatch(name) else _iri(graph, name)
    key = event_key(iri, graph.base)
    if key:
        iri = f"{graph.base}id/event/{merges.leader(key)}"
    kind = _kind(graph.describe([iri])[iri])
    if kind is None:
        raise UsageError(
            f"the graph knows no claim, event or entity of this name: {name}", code="why.unknown", hint=_HINT
        )
    return Thing(kind, iri)


def _recorded(graph: Graph, name: str) -> str:
    found = _RECORD.fullmatch(name)
    assert found is not None  # noqa: S101 - it was asked before
    document = found["document"][:16]
    for row in graph.rows(_RECORDED, parameters={"id": quoted(found["id"])}):
        if row["key"].value.startswith(document):
            return row["claim"].value
    return f"{graph.base}id/event/{document}/{found['id']}"


def _iri(graph: Graph, name: str) -> str:
    term = parse_term(name, graph.prefixes)
    if not term.startswith("<"):
        raise UsageError(f"neither an IRI nor a short name: {name}", code="why.name", hint=_HINT)
    return term[1:-1]


def _kind(node: Node) -> Kind | None:
    if kind_of(node):
        return "claim"
    if f"{KG}Event" in node.types:
        return "event"
    if any(cls.startswith(KG) for cls in node.types - _NO_ENTITY) and node.label:
        return "entity"
    return None
