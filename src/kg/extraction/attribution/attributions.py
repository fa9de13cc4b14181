"""An attribution: who says what, with which words, and how what is said is meant."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.extraction.attribution.asides import Aside
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
