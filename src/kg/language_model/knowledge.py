"""What kg itself reads in a report: times, numbers and known names, to hold a model's answer against.

All of it is found once for a report, by the grammars and the recognition that the rules use.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from kg.analysis import Analysis
from kg.extraction.mentions import Mention, Mentions
from kg.extraction.names.gazetteer import Gazetteer
from kg.extraction.numbers.quantities import Quantity, QuantityKind, find_numbers
from kg.extraction.recognition import find_mentions
from kg.extraction.times import find_times
from kg.linking import match_key
from kg.records import Report, Time

Span = tuple[int, int]
_PUNCTUATION: Final = re.compile(r"[^\w]+")
_NAMED: Final = frozenset({"name", "demonym", "capital", "seat"})
_COUNTS: Final = frozenset({QuantityKind.COUNT, QuantityKind.ARTICLE})


@dataclass(frozen=True)
class Knowledge:
    """The times, numbers and names of one report, each kind found when it is first asked for."""

    report: Report
    analysis: Analysis
    gazetteer: Gazetteer

    @cached_property
    def times(self) -> tuple[Time, ...]:
        """The times, as the grammar of times reads them."""
        return find_times(self.report.text, self.analysis.language, published=self.report.date)

    @cached_property
    def numbers(self) -> tuple[Quantity, ...]:
        """The quantities that may count people."""
        found = find_numbers(self.report.text, self.analysis.language)
        return tuple(quantity for quantity in found if quantity.kind in _COUNTS)

    @cached_property
    def mentions(self) -> Mentions:
        """The mentions of parties, people and places."""
        return find_mentions(self.analysis, self.gazetteer)

    @cached_property
    def _mentions_at(self) -> dict[Span, Mention]:
        return {mention.span: mention for mention in self.mentions}

    def time_at(self, span: Span) -> Time | None:
        """The time that stands exactly there, else the one that has most of these words."""
        near = [time for time in self.times if _common(time.span, span)]
        return next(
            (time for time in near if time.span == span),
            max(near, key=lambda time: (_common(time.span, span), -time.span[0]), default=None),
        )

    def numbers_in(self, span: Span) -> list[Quantity]:
        """The quantities that touch these words."""
        return [quantity for quantity in self.numbers if _common(quantity.span, span)]

    def name_at(self, span: Span) -> Mention | None:
        """The mention of exactly these words, where they are a name that the gazetteer knows."""
        mention = self._mentions_at.get(span)
        return mention if mention is not None and mention.kind in _NAMED and mention.iri is not None else None

    def entities_in(self, spans: Sequence[Span]) -> tuple[tuple[str, str], ...]:
        """Names and types of the reference entities that occur in some sentences, in the order of the text."""
        found: dict[tuple[str, str], None] = {}
        for mention in self.mentions:
            if any(start <= mention.start < end for start, end in spans):
                for meant in (*mention.referents, mention.party, mention.place):
                    if meant is not None and meant.iri is not None:
                        found[meant.name, meant.type] = None
        return tuple(found)

    @cached_property
    def _words(self) -> set[str]:
        return _stems(_PUNCTUATION.sub(" ", self.report.text))

    def has_words_of(self, name: str) -> bool:
        """Whether the report has any word of a name, in whatever form, anywhere."""
        return bool(_stems(name) & self._words)

    def is_other(self, mention: Mention, name: str) -> bool:
        """Whether a name that a model gives to the words of a mention has nothing to do with what they stand for.

        It has, where it shares a word with a label or demonym of anything that the words can stand for: ``US`` and ``United
        States Armed Forces``.
        """
        given = _stems(name)
        known: set[str] = _stems(mention.text)
        for meant in (*mention.referents, mention.party, mention.place):
            if meant is not None:
                known |= _stems(meant.name)
                known |= {stem for label in self.gazetteer.labels(meant.iri) for stem in _stems(label)}
                known |= _stems(self.gazetteer.demonym(meant.iri) or "")
        return not given & known


def _common(a: Span, b: Span) -> int:
    return max(0, min(a[1], b[1]) - max(a[0], b[0]))


_STEM: Final = 5
"""Words that begin alike in this many letters are taken for forms of one word, here where a doubt counts for the model."""


def _stems(name: str) -> set[str]:
    return {word[:_STEM] for word in match_key(name).replace("'", " ").split() if len(word) > 2 or word.isdigit()}
