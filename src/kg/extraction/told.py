"""What a text tells as events and relations, by the tokens that tell it: what is left over may be a stance."""

from __future__ import annotations

from bisect import bisect_left

from kg.extraction.events.happenings import Happening
from kg.extraction.relations.ties import Tie
from kg.extraction.syntax.clauses import Clause


class Told:
    """What a text tells that is no stance, by the token that tells it.

    Args:
        happenings: its events, in the order of their triggers.
        ties: its relations.
    """

    def __init__(self, happenings: list[Happening], ties: list[Tie]) -> None:
        self._happenings = happenings
        self._triggers = [happening.trigger for happening in happenings]
        self._all = sorted([*self._triggers, *(tie.trigger for tie in ties)])
        self._of_clause: dict[int, list[Happening]] = {}
        for happening in happenings:
            self._of_clause.setdefault(id(happening.clause), []).append(happening)

    def is_any(self, first: int, last: int) -> bool:
        """Tell whether an event or a relation is told by one of the tokens from `first` to `last`."""
        at = bisect_left(self._all, first)
        return at < len(self._all) and self._all[at] < last

    def happenings(self, first: int, last: int) -> list[Happening]:
        """Return the events that the tokens from `first` to `last` tell."""
        return self._happenings[bisect_left(self._triggers, first) : bisect_left(self._triggers, last)]

    def of_clause(self, clause: Clause) -> list[Happening]:
        """Return the events that a clause tells."""
        return self._of_clause.get(id(clause), [])
