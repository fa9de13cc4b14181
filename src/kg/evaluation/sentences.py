"""The sentence around a passage, to show a mistake in: a boundary too many or too few costs nothing but a glance."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import Final

from kg.evaluation.matching import Span

_BOUNDARY: Final = re.compile(
    r"(?<![A-ZÀ-ÖØ-Þ][.])"  # an initial ("M. Roy", "J. F.") ends no sentence
    r"(?:(?<=[.!?…])|(?<=[.!?…][”\"»)])|(?<=[.!?…]\s»))\s+(?=[\"“«(—–-]?\s?[A-ZÀ-ÖØ-Þ\d])"
    r"|\s*\n\s*"
)


class Sentences:
    """The sentences of one text."""

    def __init__(self, text: str) -> None:
        self._text = text
        found = list(_BOUNDARY.finditer(text))
        self._starts = [0, *(boundary.end() for boundary in found)]
        self._ends = [*(boundary.start() for boundary in found), len(text)]

    def around(self, span: Span) -> Span:
        """Return the span (offsets in the text) of the sentence or sentences that a passage touches."""
        first = self._starts[max(0, bisect_right(self._starts, span[0]) - 1)]
        last = self._ends[min(bisect_left(self._ends, span[1]), len(self._ends) - 1)]
        return min(first, span[0]), max(last, span[1])

    def marked(self, span: Span, before: str, after: str) -> str:
        """Return that sentence on one line, with the passage between two marks."""
        start, end = self.around(span)
        parts = self._text[start : span[0]], before, self._text[span[0] : span[1]], after, self._text[span[1] : end]
        return " ".join("".join(parts).split())
