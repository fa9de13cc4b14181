"""Claims of several parts as the claims of one report: in the order of the text, with ids and event keys of their own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from kg.records import Claim, EventClaim, StanceClaim, content


def number(claims: Iterable[Claim]) -> list[Claim]:
    """Return claims in the order of their passages, numbered ``c1`` …, their events ``e1`` …, references kept.

    The order does not depend on the order given but where two claims stand on one passage and say the same.
    """
    ordered = sorted(claims, key=lambda claim: (claim.evidence[0], claim.kind, content(claim)))
    width = len(str(len(ordered)))
    ids = {claim.id: f"c{at:0{width}}" for at, claim in enumerate(ordered, 1)}
    events: dict[str, str] = {}
    for claim in ordered:
        if isinstance(claim, EventClaim):
            events.setdefault(claim.event, f"e{len(events) + 1}")
    return [_renamed(claim, ids, events) for claim in ordered]


def _renamed(claim: Claim, ids: Mapping[str, str], events: Mapping[str, str]) -> Claim:
    changes: dict[str, object] = {"id": ids[claim.id]}
    if claim.restates is not None:
        changes["restates"] = ids.get(claim.restates)
    if isinstance(claim, EventClaim):
        changes["event"] = events[claim.event]
    if isinstance(claim, EventClaim | StanceClaim):
        changes["regarding"] = tuple(events[r] if isinstance(r, str) else r for r in claim.regarding)
    return claim.model_copy(update=changes)


def next_event(claims: Sequence[Claim]) -> str:
    """Return a key of the usual form that no event of these claims has, nor any after it."""
    keys = [claim.event for claim in claims if isinstance(claim, EventClaim)]
    taken = [int(key[1:]) for key in keys if key[0] == "e" and key[1:].isascii() and key[1:].isdigit()]
    return f"e{max(taken, default=0) + 1}"
