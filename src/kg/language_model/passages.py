"""The sentences of a report as a model is shown them: numbered from 1, in parts that fit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.analysis import Analysis
from kg.language_model.addressing import is_addressed_to_a_model

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Numbered:
    """A sentence: its number, its offsets, the kind of its paragraph, and whether it is kept from the model."""

    number: int
    span: Span
    paragraph: str
    is_withheld: bool


@dataclass(frozen=True, slots=True)
class Part:
    """Consecutive sentences of one request: `context` is only there to be understood, `asked` is to be read."""

    context: tuple[Numbered, ...]
    asked: tuple[Numbered, ...]

    @property
    def numbers(self) -> str:
        """The sentences asked about, for messages: ``4–12``."""
        first, last = self.asked[0].number, self.asked[-1].number
        return str(first) if first == last else f"{first}–{last}"


def number_sentences(analysis: Analysis) -> tuple[Numbered, ...]:
    """Number the sentences of a report; what is surely no part of it has none."""
    found: list[Numbered] = []
    for index, sentence in enumerate(analysis.sentences):
        kind = analysis.paragraphs[analysis.paragraph_of(index)].kind
        if kind != "boilerplate":
            words = analysis.text[sentence.start : sentence.end]
            found.append(Numbered(len(found) + 1, (sentence.start, sentence.end), kind, is_addressed_to_a_model(words)))
    return tuple(found)


def cut(sentences: Sequence[Numbered], room: int, *, overlap: int = 2) -> tuple[Part, ...]:
    """Cut a report into parts, each with the last sentences of the one before as context.

    Args:
        sentences: all of the report, those withheld among them: they are in no part.
        room: how many code points of text fit into a part; a sentence that is longer is a part of its own.
        overlap: how many sentences are repeated as context.
    """
    shown = [sentence for sentence in sentences if not sentence.is_withheld]
    parts: list[Part] = []
    asked: list[Numbered] = []
    first = 0
    for index, sentence in enumerate(shown):
        context = shown[max(0, first - overlap) : first]
        used = sum(s.span[1] - s.span[0] for s in (*context, *asked, sentence))
        if asked and used > room:
            parts.append(Part(tuple(context), tuple(asked)))
            asked, first = [], index
        asked.append(sentence)
    if asked:
        parts.append(Part(tuple(shown[max(0, first - overlap) : first]), tuple(asked)))
    return tuple(parts)


def halve(part: Part, *, overlap: int = 2) -> tuple[Part, ...]:
    """Cut a part in two; one of a single sentence stays whole."""
    if len(part.asked) < 2:
        return (part,)
    middle = len(part.asked) // 2
    before = (*part.context, *part.asked[:middle])
    return Part(part.context, part.asked[:middle]), Part(before[-overlap:], part.asked[middle:])
