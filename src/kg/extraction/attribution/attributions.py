"""An attribution: who says what, with which words, and how what is said is meant."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import overload

from kg.extraction.attribution.asides import Aside
from kg.extraction.coverage import Coverage
from kg.extraction.frames import Mode, Saying
from kg.extraction.syntax.clauses import Clause
from kg.extraction.syntax.phrases import Phrase


@dataclass(slots=True, eq=False)
class Attribution:
    """One attribution.

    Attributes:
        speakers: who says it.
        cue: the tokens that attribute.
        mode: how what is said is meant.
        saying: the line of ``sayings.tsv``; None for a source.
        clause: the clause of the verb of saying; None for an aside.
        aside: the aside; None for a clause.
        content: the tokens that are said, as ranges.
        addressed: who is addressed or accused.
    """

    speakers: list[Phrase]
    cue: tuple[int, int]
    mode: Mode
    saying: Saying | None = None
    clause: Clause | None = None
    aside: Aside | None = None
    content: list[tuple[int, int]] = field(default_factory=list)
    addressed: list[Phrase] = field(default_factory=list)

    def covers(self, token: int) -> bool:
        """Tell whether a token is part of what is said."""
        for first, last in self.content:  # noqa: SIM110 - asked for very often, and a loop is three times as fast as any()
            if first <= token < last:
                return True
        return False

    @property
    def size(self) -> int:
        """How many tokens are said."""
        return sum(last - first for first, last in self.content)


class Attributions(Sequence[Attribution]):
    """The attributions of a text, that can be asked by token; all answers are in their order."""

    def __init__(self, items: Iterable[Attribution]) -> None:
        self._items: list[Attribution] = []
        self._places: dict[int, int] = {}
        self._content: Coverage[Attribution] = Coverage()
        self._cues: list[tuple[int, int]] = []
        for item in items:
            self.append(item)

    def __len__(self) -> int:
        return len(self._items)

    @overload
    def __getitem__(self, index: int) -> Attribution: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Attribution]: ...
    def __getitem__(self, index: int | slice) -> Attribution | Sequence[Attribution]:
        return self._items[index]

    def __iter__(self) -> Iterator[Attribution]:
        return iter(self._items)

    def __contains__(self, attribution: object) -> bool:
        return id(attribution) in self._places

    def append(self, attribution: Attribution) -> None:
        """Put an attribution behind the others."""
        place = self._places[id(attribution)] = self._content.append(attribution)
        self._items.append(attribution)
        insort(self._cues, (attribution.cue[0], place))
        for first, last in attribution.content:
            self._content.widen(place, first, last)

    def extend(self, attribution: Attribution, first: int, last: int) -> None:
        """Let one of the attributions say the tokens from `first` to `last` as well."""
        attribution.content.append((first, last))
        self._content.widen(self._places[id(attribution)], first, last)

    def covering(self, *tokens: int) -> list[Attribution]:
        """Return the attributions that say one of the tokens."""
        near = self._content.near(min(tokens), max(tokens) + 1)
        return [a for a in near if any(a.covers(token) for token in tokens)]

    def reaching(self, first: int, last: int) -> list[Attribution]:
        """Return the attributions that say some of the tokens from `first` to `last`."""
        near = self._content.near(first, last)
        return [a for a in near if any(begin < last and first < end for begin, end in a.content)]

    def cued(self, first: int, last: int) -> list[Attribution]:
        """Return the attributions whose cue begins among the tokens from `first` to `last`."""
        low, high = bisect_left(self._cues, (first, -1)), bisect_left(self._cues, (last, -1))
        return [self._items[place] for place in sorted(place for _, place in self._cues[low:high])]
