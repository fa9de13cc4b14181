"""One event: who tells what of it in which document, and why these documents are taken to tell of one."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.explanation.claims import ClaimAccount, read_accounts
from kg.explanation.graph import Graph
from kg.iris import iri_term

_ABOUT = "SELECT ?claim { ?claim kg:about ?event }"


@dataclass(frozen=True, slots=True)
class EventAccount:
    """An event. `members` are the events of documents that share the anchor, as reviewers name them (``DOCUMENT/EVENT``).

    `merges` are the records of ``merges.jsonl`` that made them one, `apart` those that keep others apart from them.
    """

    iri: str
    label: str | None
    members: tuple[str, ...]
    claims: tuple[ClaimAccount, ...]
    merges: tuple[Mapping[str, Any], ...]
    apart: tuple[Mapping[str, Any], ...]


class Merges:
    """What ``merges.jsonl`` says; a project in which nothing was found one has no such file."""

    def __init__(self, path: Path) -> None:
        lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
        self._records: list[dict[str, Any]] = [json.loads(line) for line in lines]
        self._set = {event: record["set"] for record in self._records if "set" in record for event in record["events"]}

    def leader(self, event: str) -> str:
        """Return the event whose anchor stands for this one."""
        return str(self._set.get(event, event))

    def members(self, leader: str) -> tuple[str, ...]:
        """Return the events of documents that are one with this."""
        return tuple(sorted({leader, *(event for event, found in self._set.items() if found == leader)}))

    def about(self, members: Iterable[str]) -> tuple[tuple[dict[str, Any], ...], tuple[dict[str, Any], ...]]:
        """Return the records that made events one, and those that keep some of them apart from others."""
        wanted = set(members)
        found = [record for record in self._records if wanted.intersection(record["events"])]
        return tuple(r for r in found if "set" in r), tuple(r for r in found if "set" not in r)


def event_key(iri: str, base: str) -> str | None:
    """Return how reviewers name an event (``DOCUMENT/EVENT``), `None` where the IRI is no event's."""
    prefix = f"{base}id/event/"
    return iri.removeprefix(prefix) if iri.startswith(prefix) else None


def read_event(graph: Graph, iri: str, merges: Merges) -> EventAccount:
    """Return all that is claimed of an event, and why its documents are taken to tell of one."""
    claims = [row["claim"].value for row in graph.rows(_ABOUT, parameters={"event": iri_term(iri)})]
    key = event_key(iri, graph.base) or iri
    members = merges.members(key)
    made, apart = merges.about(members)
    label = graph.describe([iri])[iri].label
    return EventAccount(iri, label, members, tuple(read_accounts(graph, claims)), made, apart)
