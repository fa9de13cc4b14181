"""What a layer's score is made of: counts, which add up over documents, and the ratios that they give."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Final, TypeAlias


@dataclass(frozen=True, slots=True)
class Retrieval:
    """How much of `gold` was found, and how much of what the `system` has is in it: counts of items, `matched` in both."""

    matched: int = 0
    gold: int = 0
    system: int = 0

    @property
    def precision(self) -> Fraction | None:
        """Matched of the system's; `None` where it has none."""
        return _ratio(self.matched, self.system)

    @property
    def recall(self) -> Fraction | None:
        """Matched of gold's; `None` where it has none."""
        return _ratio(self.matched, self.gold)

    @property
    def f1(self) -> Fraction | None:
        """The harmonic mean of precision and recall; `None` where neither side has anything."""
        return _ratio(2 * self.matched, self.gold + self.system)

    value = f1
    """The one number that stands for the figure."""

    def __add__(self, other: Retrieval) -> Retrieval:
        return Retrieval(self.matched + other.matched, self.gold + other.gold, self.system + other.system)


@dataclass(frozen=True, slots=True)
class Share:
    """How many cases (`of`) a thing is true of (`count`)."""

    count: int = 0
    of: int = 0

    @property
    def value(self) -> Fraction | None:
        """Count of `of`; `None` where there was no case."""
        return _ratio(self.count, self.of)

    def __add__(self, other: Share) -> Share:
        return Share(self.count + other.count, self.of + other.of)


Figure: TypeAlias = Retrieval | Share
Measure: TypeAlias = tuple[str, str]
"""A layer and what of it is measured, as in ``("events", "category")``."""

MEASURES: Final[Mapping[Measure, type[Figure]]] = {
    ("events", "type"): Retrieval,
    ("events", "category"): Retrieval,
    ("events", "any_type"): Retrieval,
    ("arguments", "role"): Retrieval,
    ("arguments", "role_class"): Retrieval,
    ("arguments", "any_role"): Retrieval,
    ("claimant", "right"): Share,
    ("claimants", "aligned"): Retrieval,
    ("claimants", "all"): Retrieval,
    ("polarity", "equal"): Share,
    ("modality", "equal"): Share,
    ("time", "exact"): Share,
    ("time", "compatible"): Share,
    ("time", "false_dates"): Share,
    ("casualties", "exact"): Retrieval,
    ("casualties", "best"): Retrieval,
    ("posts", "same"): Retrieval,
    ("relations", "labelled"): Retrieval,
    ("relations", "unlabelled"): Retrieval,
    ("quotations", "at_0.3"): Retrieval,
    ("quotations", "at_0.8"): Retrieval,
    ("quotations", "speaker"): Share,
    ("claims", "aligned"): Retrieval,
}
"""Everything that is measured, in the order of the matching rules; a layer's first measure is its strictest or main one."""

LAYERS: Final[Mapping[str, Measure]] = {
    layer: next(measure for measure in MEASURES if measure[0] == layer) for layer, _ in MEASURES
}
"""Each layer and its first measure, the one that floors are set for."""


@dataclass(frozen=True, slots=True)
class Scores:
    """The figures of some documents: how many documents and claims, each measure, and the events of each type."""

    documents: int
    gold: int
    system: int
    figures: Mapping[Measure, Figure]
    types: Mapping[str, Retrieval] = field(default_factory=dict)

    def layer(self, name: str) -> Figure:
        """The figure that stands for a layer."""
        return self.figures[LAYERS[name]]


def add_scores(parts: Iterable[Scores]) -> Scores:
    """Add up the counts of documents (micro average)."""
    documents = gold = system = 0
    figures: dict[Measure, Figure] = {measure: kind() for measure, kind in MEASURES.items()}
    types: dict[str, Retrieval] = {}
    for part in parts:
        documents, gold, system = documents + part.documents, gold + part.gold, system + part.system
        for measure, figure in part.figures.items():
            figures[measure] = _sum(figures[measure], figure)
        for name, retrieval in part.types.items():
            types[name] = types.get(name, Retrieval()) + retrieval
    return Scores(documents, gold, system, figures, dict(sorted(types.items())))


def _sum(a: Figure, b: Figure) -> Figure:
    if isinstance(a, Retrieval) and isinstance(b, Retrieval):
        return a + b
    assert isinstance(a, Share) and isinstance(b, Share)  # noqa: S101, PT018 - a measure's figures are of one kind
    return a + b


def _ratio(part: int, whole: int) -> Fraction | None:
    return Fraction(part, whole) if whole else None
