"""Scores and mistakes as tables and lines for the eye, and as JSON for programs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from fractions import Fraction
from itertools import groupby
from typing import Any, Final

from kg.evaluation.figures import MEASURES, Figure, Retrieval, Scores, Share
from kg.evaluation.mistakes import Mistake
from kg.evaluation.scoring import Evaluation
from kg.evaluation.sentences import Sentences

NOTHING: Final = "–"
"""What stands for a ratio of nothing to nothing."""

MARKS: Final = ("⟦", "⟧")
"""What a passage stands between in its sentence: no news text has these."""


@dataclass(frozen=True, slots=True)
class Table:
    """The names of the columns and the cells of the rows; the first `text_columns` hold words, the others numbers."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    text_columns: int


def layer_table(evaluation: Evaluation) -> Table:
    """One row a measure: precision, recall and F1 (or the share) over all documents, the counts, and F1 by language."""
    groups = _languages(evaluation)
    rows = []
    for layer, measure in MEASURES:
        figure = evaluation.scores.figures[layer, measure]
        by_language = (percent(scores.figures[layer, measure].value) for scores in groups.values())
        rows.append((layer, measure, *_ratios(figure), *_counts(figure), *by_language))
    columns = ("layer", "measure", "P", "R", "F1 or share", "matched", "gold", "system", *groups)
    return Table(columns, tuple(rows), text_columns=2)


def type_table(evaluation: Evaluation) -> Table:
    """One row an event type that either side has: the same figures of its events."""
    groups = _languages(evaluation)
    rows = []
    for name, figure in evaluation.scores.types.items():
        by_language = (percent(scores.types.get(name, Retrieval()).value) for scores in groups.values())
        rows.append((name, *_ratios(figure), *_counts(figure), *by_language))
    return Table(("event type", "P", "R", "F1", "matched", "gold", "system", *groups), tuple(rows), text_columns=1)


def comparison_table(evaluations: Mapping[str, Evaluation]) -> Table:
    """One row a measure, for each system its precision, recall and F1 (or the share), side by side.

    Args:
        evaluations: each system's, by its name, against the same gold.
    """
    columns = [f"{name} {what}" for name in evaluations for what in ("P", "R", "F1")]
    rows = []
    for layer, measure in MEASURES:
        figures = (evaluation.scores.figures[layer, measure] for evaluation in evaluations.values())
        rows.append((layer, measure, *(cell for figure in figures for cell in _ratios(figure))))
    counts = (("", "", f"{evaluation.scores.system:,}") for evaluation in evaluations.values())
    rows.append(("claims", "number", *(cell for three in counts for cell in three)))
    return Table(("layer", "measure", *columns), tuple(rows), text_columns=2)


def as_json(evaluation: Evaluation) -> dict[str, Any]:
    """The scores as plain data: counts as they are, ratios from 0 to 1 with four decimals, null where there is no case."""
    return {
        "fingerprint": evaluation.fingerprint,
        **_scores(evaluation.scores),
        "languages": {language: _scores(scores) for language, scores in evaluation.languages.items()},
    }


def mistake_lines(mistakes: Iterable[Mistake], text: str | None) -> Iterator[str]:
    """The mistakes of one document: each passage in its sentence, between ⟦ and ⟧, and below it what is wrong there.

    Args:
        mistakes: in the order of the text.
        text: the document's, or `None` where it is not at hand: then the passage is given by its offsets alone.
    """
    sentences = Sentences(text) if text is not None else None
    for span, group in groupby(mistakes, key=lambda mistake: mistake.span):
        shown = sentences.marked(span, *MARKS) if sentences else ""
        yield f"  {span[0]}–{span[1]}  {shown}".rstrip()
        yield from (f"    {_told(mistake)}" for mistake in group)


def mistakes_as_json(mistakes: Iterable[Mistake], text: str | None) -> Iterator[dict[str, Any]]:
    """The mistakes of one document as plain data, each with its sentence; null where the text is not at hand."""
    sentences = Sentences(text) if text is not None else None
    for mistake in mistakes:
        yield {**asdict(mistake), "sentence": sentences.marked(mistake.span, *MARKS) if sentences else None}


def percent(value: Fraction | None) -> str:
    """A ratio as a percentage with one decimal."""
    return NOTHING if value is None else f"{float(value * 100):.1f}"


def _languages(evaluation: Evaluation) -> Mapping[str, Scores]:
    """The languages, where there is more than one: a single one says what the whole says."""
    return evaluation.languages if len(evaluation.languages) > 1 else {}


def _ratios(figure: Figure) -> Sequence[str]:
    if isinstance(figure, Share):
        return "", "", percent(figure.value)
    return percent(figure.precision), percent(figure.recall), percent(figure.f1)


def _counts(figure: Figure) -> Sequence[str]:
    if isinstance(figure, Share):
        return f"{figure.count:,}", f"{figure.of:,}", ""
    return f"{figure.matched:,}", f"{figure.gold:,}", f"{figure.system:,}"


def _scores(scores: Scores) -> dict[str, Any]:
    layers: dict[str, dict[str, Any]] = {}
    for (layer, measure), figure in scores.figures.items():
        layers.setdefault(layer, {})[measure] = _figure(figure)
    return {
        "documents": scores.documents,
        "gold_claims": scores.gold,
        "system_claims": scores.system,
        "layers": layers,
        "types": {name: _figure(figure) for name, figure in scores.types.items()},
    }


def _figure(figure: Figure) -> dict[str, int | float | None]:
    if isinstance(figure, Share):
        return {"count": figure.count, "of": figure.of, "share": _rounded(figure.value)}
    return {
        "matched": figure.matched,
        "gold": figure.gold,
        "system": figure.system,
        "precision": _rounded(figure.precision),
        "recall": _rounded(figure.recall),
        "f1": _rounded(figure.f1),
    }


def _rounded(value: Fraction | None) -> float | None:
    return None if value is None else round(float(value), 4)


def _told(mistake: Mistake) -> str:
    ids = [f"{side} {claim}" for side, claim in (("gold", mistake.gold), ("system", mistake.system)) if claim]
    what = mistake.expected or mistake.found
    if mistake.kind == "wrong":
        what = f"{mistake.expected}, found {mistake.found}"
    return f"{mistake.kind:<8}  {mistake.layer} {mistake.measure}: {what} ({', '.join(ids)})"
