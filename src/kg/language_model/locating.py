"""Where the words that a model quotes stand in the report.

Three ways, in this order: the words as they are; the same words where kinds of apostrophes, quotation marks, dashes, spaces and
case do not count (character by character, so offsets hold); the words with a few characters more, fewer or other, at most
one in 25 and never more than three, never in a figure. The last is reported with its distance (Levenshtein 1966; the substring
of least distance by the dynamic programme of Sellers 1980). What is found in none of them is not in the report.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from kg.language.normalization import fold

Span: TypeAlias = tuple[int, int]
How: TypeAlias = Literal["exact", "normalised", "approximate"]

LEAST_APPROXIMATE: Final = 25
"""The shortest quotation, in code points, that may differ in a character."""

MOST_DISTANCE: Final = 3
_DASHES: Final = dict.fromkeys(map(ord, "–—―−‒"), "-")
_QUOTES: Final = dict.fromkeys(map(ord, '«»“”„‟‹›"＂'), '"')
_FIGURES: Final = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Place:
    """Where words stand, how they were found, and how many characters differ."""

    span: Span
    how: How
    distance: int = 0


def find_places(text: str, quote: str, window: Span) -> list[Place]:
    """Find all places of a quotation in a stretch of the text, from left to right, of the first way that finds any.

    A quotation begins and ends where words do: ``US`` is not found in ``USSR``.

    Args:
        text: the report.
        quote: the words.
        window: the stretch, by offsets.
    """
    part = text[slice(*window)]
    wanted = quote.strip()
    ways: tuple[tuple[How, str, str], ...] = (
        ("exact", part, wanted),
        ("normalised", normalise(part), normalise(wanted)),
    )
    for how, where, words in ways:
        if words:
            spans = _whole(where, _all(where, words))
            if spans:
                return [Place((window[0] + start, window[0] + end), how) for start, end in spans]
    near = _nearest(normalise(part), normalise(wanted))
    return [Place((window[0] + near[0], window[0] + near[1]), "approximate", near[2])] if near else []


def normalise(text: str) -> str:
    """Return a text of the same length without what does not count in the comparison of words."""
    folded = fold(text).translate(_DASHES).translate(_QUOTES).replace("\n", " ")
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in folded)


def _all(text: str, words: str) -> list[Span]:
    found, at = [], text.find(words)
    while at >= 0:
        found.append((at, at + len(words)))
        at = text.find(words, at + 1)
    return found


def _whole(text: str, spans: Sequence[Span]) -> list[Span]:
    return [span for span in spans if is_boundary(text, span[0]) and is_boundary(text, span[1])]


def is_boundary(text: str, at: int) -> bool:
    """Whether no word goes through an offset."""
    return not (0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum())


def _nearest(text: str, words: str) -> tuple[int, int, int] | None:
    """The stretch of least distance from `words`, with that distance, where it is small enough and alone."""
    most = min(MOST_DISTANCE, len(words) // LEAST_APPROXIMATE)
    if most == 0 or len(words) - most > len(text):
        return None
    ends = _distances(text, words)
    best = min(ends)
    if best[0] > most or best[0] == 0:
        return None
    distance, start, end = best
    if not (is_boundary(text, start) and is_boundary(text, end)):
        return None
    if _FIGURES.findall(text[start:end]) != _FIGURES.findall(words):
        return None
    others = [row for row in ends if row[0] <= distance and (row[2] <= start or row[1] >= end)]
    return None if others else (start, end, distance)


def _distances(text: str, words: str) -> list[tuple[int, int, int]]:
    """For each end in the text: the least distance of a stretch that ends there, its start, its end.

    Among stretches of equal distance the one whose length is nearest the quotation's stands for the end.
    """
    size = len(words)
    costs = list(range(size + 1))
    starts = [0] * (size + 1)
    found: list[tuple[int, int, int]] = []
    for at, char in enumerate(text, 1):
        previous, origin = costs[0], starts[0]
        costs[0], starts[0] = 0, at
        for row in range(1, size + 1):
            change = previous + (words[row - 1] != char)
            drop, add = costs[row - 1] + 1, costs[row] + 1
            kept = origin
            previous, origin = costs[row], starts[row]
            if change <= drop and change <= add:
                costs[row], starts[row] = change, kept
            elif add <= drop:
                costs[row] = add
            else:
                costs[row], starts[row] = drop, starts[row - 1]
        found.append((costs[size], starts[size], at))
    return found
