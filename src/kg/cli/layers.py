"""What `kg inspect` can show of a report: the layers, in the order in which they are listed.

A layer is a name, how it looks, and a function that finds its marks. A stage that finds more adds a line to `LAYERS`.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType
from typing import Any, Final

from kg.analysis import Analysis, NounGroup, Span, VerbGroup
from kg.records import Report


@dataclass(frozen=True, slots=True)
class Mark:
    """A span of the text, what to call it, and what is known of it (JSON values, in the order in which they are shown)."""

    start: int
    end: int
    label: str
    attributes: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Layer:
    """One kind of marks; `style` is for terminals (arguments of `click.style`), `color` for pages (CSS)."""

    name: str
    meaning: str
    style: Mapping[str, Any]
    color: str
    find: Callable[[Analysis, Report], Iterable[Mark]]
    is_shown: bool = True
    """Whether it is shown when nobody asks for certain layers."""


def _paragraphs(analysis: Analysis, _: Report) -> Iterator[Mark]:
    for paragraph in analysis.paragraphs:
        yield Mark(paragraph.start, paragraph.end, paragraph.kind, {"sentences": paragraph.last - paragraph.first})


def _sentences(analysis: Analysis, _: Report) -> Iterator[Mark]:
    for number, sentence in enumerate(analysis.sentences, start=1):
        yield Mark(sentence.start, sentence.end, str(number), {"tokens": sentence.last - sentence.first})


def _dateline(analysis: Analysis, _: Report) -> Iterator[Mark]:
    found = analysis.dateline
    if found is not None:
        parts = {"place": found.place, "date": found.date, "agency": found.agency}
        yield Mark(found.start, found.end, "dateline", {k: _text(analysis, span) for k, span in parts.items() if span})


def _quotations(analysis: Analysis, _: Report) -> Iterator[Mark]:
    for quotation in analysis.quotations:
        attributes = {"marks": quotation.marks, "is_closed": quotation.is_closed, "parent": quotation.parent}
        yield Mark(quotation.start, quotation.end, "quotation", _said(attributes))


def _verbs(analysis: Analysis, _: Report) -> Iterator[Mark]:
    for group in analysis.verb_groups:
        start, end = analysis.span(group)
        yield Mark(start, end, group.lemma, _said(_verb(analysis, group)))


def _verb(analysis: Analysis, group: VerbGroup) -> dict[str, Any]:
    words = " ".join(analysis.tokens[word].text for word in group.words)
    flags = ("is_negated", "is_perfect", "is_progressive", "is_imperfect", "is_reflexive", "is_inverted")
    return {
        "words": words, "form": group.form, "tense": group.tense, "mood": group.mood, "voice": group.voice,
        **{flag: getattr(group, flag) for flag in flags},
        "modal": group.modal, "periphrasis": group.periphrasis, "person": group.person, "number": group.number,
    }  # fmt: skip


def _nouns(analysis: Analysis, _: Report) -> Iterator[Mark]:
    for group in analysis.noun_groups:
        start, end = analysis.span(group)
        yield Mark(start, end, group.lemma, _said(_noun(analysis, group)))


def _noun(analysis: Analysis, group: NounGroup) -> dict[str, Any]:
    tokens = analysis.tokens
    return {
        "head": tokens[group.head].text, "number": group.number, "determination": group.determination,
        "numeral": None if group.numeral is None else tokens[group.numeral].text,
        "preposition": None if group.preposition is None else tokens[group.preposition].text,
        "modifiers": [tokens[modifier].text for modifier in group.modifiers], "is_proper": group.is_proper,
    }  # fmt: skip


def _tokens(analysis: Analysis, _: Report) -> Iterator[Mark]:
    for token in analysis.tokens:
        yield Mark(
            token.start, token.end, token.word_class, _said({"lemma": token.lemma, "features": str(token.features)})
        )


def _names(analysis: Analysis, _: Report) -> Iterator[Mark]:
    from kg.extraction.recognition import find_mentions

    for mention in find_mentions(analysis):
        meant = {"kind": mention.kind, "type": mention.type, "id": [r.iri for r in mention.referents if r.iri]}
        yield Mark(mention.start, mention.end, ", ".join(r.name for r in mention.referents) or "open", _said(meant))


def _times(analysis: Analysis, report: Report) -> Iterator[Mark]:
    from kg.extraction.times import find_times

    for time in find_times(analysis.text, analysis.language, published=report.date):
        yield Mark(*time.span, time.edtf or "no bounds", _said({"earliest": time.earliest, "latest": time.latest}))


def _numbers(analysis: Analysis, _: Report) -> Iterator[Mark]:
    from kg.extraction.numbers.quantities import find_numbers

    for number in find_numbers(analysis.text, analysis.language):
        bounds = {"low": number.low, "best": number.best, "high": number.high, "is_approximate": number.is_approximate}
        yield Mark(*number.span, str(number.kind), _said(bounds))


def _said(attributes: dict[str, Any]) -> dict[str, Any]:
    """Leave out what says nothing: None, False and empty values."""
    return {name: value for name, value in attributes.items() if value or (value == 0 and value is not False)}


def _text(analysis: Analysis, span: Span) -> str:
    return analysis.text[slice(*span)]


LAYERS: Final[tuple[Layer, ...]] = (
    Layer("paragraphs", "paragraphs and their kinds", MappingProxyType({"bold": True}), "#555", _paragraphs),
    Layer("sentences", "sentences", MappingProxyType({}), "#999", _sentences),
    Layer("dateline", "place, date and agency", MappingProxyType({"fg": "yellow"}), "#a60", _dateline),
    Layer("quotations", "direct quotations", MappingProxyType({"underline": True}), "#283", _quotations),
    Layer("nouns", "noun groups", MappingProxyType({"fg": "blue"}), "#06c", _nouns),
    Layer("verbs", "verb groups", MappingProxyType({"fg": "red"}), "#c22", _verbs),
    Layer("names", "who and where", MappingProxyType({"fg": "green"}), "#082", _names),
    Layer("times", "times", MappingProxyType({"fg": "magenta"}), "#808", _times),
    Layer("numbers", "quantities", MappingProxyType({"fg": "cyan"}), "#088", _numbers),
    Layer("tokens", "every word", MappingProxyType({"dim": True}), "#777", _tokens, is_shown=False),
)
"""From the outermost to the innermost: where marks overlap, the later one decides the colour."""

FRAMES: Final = ("paragraphs", "sentences")
"""The layers that divide the text; they are shown as headings and lines, not as colours."""


def by_sentence(analysis: Analysis, report: Report, layers: Iterable[Layer]) -> list[list[tuple[Layer, Mark]]]:
    """Return the marks of some layers that reach into each sentence, in the order of the layers."""
    found: list[list[tuple[Layer, Mark]]] = [[] for _ in analysis.sentences]
    starts = [sentence.start for sentence in analysis.sentences]
    for layer in layers:
        for mark in layer.find(analysis, report):
            first = max(0, bisect_right(starts, mark.start) - 1)
            for number in range(first, bisect_left(starts, mark.end)):
                found[number].append((layer, mark))
    return found


def segments(
    marks: Sequence[tuple[Layer, Mark]], start: int, end: int
) -> Iterator[tuple[int, int, list[tuple[Layer, Mark]]]]:
    """Yield the stretches of a span in which the same marks hold, with those marks."""
    bounds = {start, end}
    for _, mark in marks:
        bounds |= {min(end, max(start, mark.start)), max(start, min(end, mark.end))}
    for left, right in pairwise(sorted(bounds)):
        yield left, right, [(layer, mark) for layer, mark in marks if mark.start <= left and right <= mark.end]
