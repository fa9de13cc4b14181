"""From the node that a finding is about back to the claims and the passage behind it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from kg.iris import RDF_TYPE, Triple, ontology_term
from kg.vocab import PREFIXES

CLAIM_CLASSES: Final = frozenset(
    map(ontology_term, ("Claim", "EventClaim", "RelationClaim", "PostHoldingClaim", "StanceClaim"))
)
_REFERS_TO: Final = ontology_term("refersTo")
_PASSAGES: Final = (ontology_term("mainEvidence"), ontology_term("evidence"), f"<{PREFIXES['prov']}wasDerivedFrom>")
_OFFSETS = re.compile(r"#char=(\d{1,12}),(\d{1,12})")


class Usage:
    """Who uses what in one document's triples."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        self._users: dict[str, list[str]] = {}
        self._referents: dict[str, list[str]] = {}
        self._passages: dict[str, dict[str, str]] = {}
        self.claims: set[str] = set()
        for subject, predicate, value in triples:
            if predicate == RDF_TYPE:
                if value in CLAIM_CLASSES:
                    self.claims.add(subject)
            elif value[0] != '"':
                self._users.setdefault(value, []).append(subject)
                if predicate == _REFERS_TO:
                    self._referents.setdefault(subject, []).append(value)
                elif predicate in _PASSAGES:
                    known = self._passages.setdefault(subject, {})
                    known[predicate] = min(value, known.get(predicate, value))  # whatever the order of triples

    def claims_behind(self, focus: str) -> frozenset[str]:
        """Return the claims (terms) that a node belongs to: itself, or whatever claims lead to it.

        A mention that no claim leads to belongs to the claims of what it refers to.
        """
        found: set[str] = set()
        seen, waiting = {focus}, [focus]
        while waiting:
            node = waiting.pop()
            if node in self.claims:
                found.add(node)
                continue
            users = self._users.get(node, [])
            if not users and node == focus:
                users = self._referents.get(node, [])
            for user in users:
                if user not in seen:
                    seen.add(user)
                    waiting.append(user)
        return frozenset(found)

    def passage(self, focus: str) -> tuple[int, int] | None:
        """Return the offsets that a node is about: a passage's own, a claim's main evidence, the words of a time."""
        known = self._passages.get(focus, {})
        span = next((known[predicate] for predicate in _PASSAGES if predicate in known), focus)
        return offsets(span)


def offsets(term: str) -> tuple[int, int] | None:
    """Return the offsets in a passage's name, ``…#char=start,end``."""
    found = _OFFSETS.search(term)
    return (int(found[1]), int(found[2])) if found else None


def claims_behind(focus: str, triples: Iterable[Triple]) -> frozenset[str]:
    """Return the claims (IRI terms) that a finding's focus belongs to: see `Usage.claims_behind`."""
    return Usage(triples).claims_behind(focus)
