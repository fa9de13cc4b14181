"""Invented claims with something changed in them, and what the scorer makes of two lists of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from kg.evaluation import LAYERS, Case, Evaluation, Figure, Retrieval, evaluate
from kg.records import Claim, EventClaim, PostClaim, RelationClaim, StanceClaim
from tests import invented

Records = list[dict[str, Any]]
NOWHERE = [len(invented.TEXT) - 5, len(invented.TEXT)]
"""The end of the text, which only the relation claim has a word in."""


def entity(name: str, start: int, length: int = 4, *, text: str = "they", **fields: Any) -> dict[str, Any]:
    """A mention at an offset of no real text."""
    return {"text": text, "span": [start, start + length], "name": name, "type": "Organization"} | fields


def time(earliest: str | None, latest: str | None) -> dict[str, Any]:
    """A time with these bounds."""
    return {"text": "then", "span": [0, 4], "edtf": None, "earliest": earliest, "latest": latest}


def toll(low: int | None, best: int | None, high: int | None) -> dict[str, Any]:
    """A casualty figure."""
    return {"low": low, "best": best, "high": high}


def roles(**filled: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The five roles, those not named empty."""
    empty: dict[str, Any] = {role: [] for role in ("actor", "recipient", "victim", "participant", "mediator")}
    return empty | {role: list(entities) for role, entities in filled.items()}


def event(**fields: Any) -> EventClaim:
    """An event claim."""
    found = invented.claim(invented.attack(**fields))
    assert isinstance(found, EventClaim)
    return found


def stance(**fields: Any) -> StanceClaim:
    """A stance claim."""
    found = invented.claim(invented.stance(**fields))
    assert isinstance(found, StanceClaim)
    return found


def post(**fields: Any) -> PostClaim:
    """A post-holding claim."""
    found = invented.claim(invented.post(**fields))
    assert isinstance(found, PostClaim)
    return found


def relation(**fields: Any) -> RelationClaim:
    """A relation claim."""
    found = invented.claim(invented.relation(**fields))
    assert isinstance(found, RelationClaim)
    return found


def evaluation(gold: Sequence[Claim], system: Sequence[Claim], **options: bool) -> Evaluation:
    """Score one document."""
    return evaluate([Case(invented.DIGEST, "invented", gold, system, "en")], **options)


def figures(gold: Sequence[Claim], system: Sequence[Claim]) -> dict[str, Figure]:
    """Every measure of one document, as ``events.type``."""
    measured = evaluation(gold, system).scores.figures
    return {f"{layer}.{measure}": figure for (layer, measure), figure in measured.items()}


def changes(gold: Sequence[Claim], system: Sequence[Claim]) -> dict[str, tuple[int, ...]]:
    """The measures that are not what gold scores against itself, as their counts."""
    perfect = figures(gold, gold)
    return {
        name: counts(figure)
        for name, figure in figures(gold, system).items()
        if counts(figure) != counts(perfect[name])
    }


def counts(figure: Figure) -> tuple[int, ...]:
    """Matched, gold and system, or count and of."""
    if isinstance(figure, Retrieval):
        return figure.matched, figure.gold, figure.system
    return figure.count, figure.of


def layer_values(found: Evaluation) -> Mapping[str, float | None]:
    """The figure that stands for each layer."""
    values = {layer: found.scores.layer(layer).value for layer in LAYERS}
    return {layer: None if value is None else float(value) for layer, value in values.items()}
