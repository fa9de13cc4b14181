"""Clauses: each verb of a sentence with its subject, its objects and complements, and the clause that it depends on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from kg.analysis import VerbGroup
from kg.extraction.syntax.elements import Element
from kg.extraction.syntax.phrases import Phrase

ClauseKind: TypeAlias = Literal["main", "relative", "complement", "adverbial", "infinitive", "participle"]


@dataclass(slots=True, eq=False)
class Clause:
    """A verb and what belongs to it.

    Attributes:
        kind: how it hangs together with the rest.
        first: its first token.
        last: the token after its last one; clauses within it count.
        marker: the word that opens it (``que``, ``while``, ``to``), in small letters; empty for none.
        verb: its verb; None for a clause without one, as in a headline.
        parent: the clause that it depends on.
        antecedent: the phrase that a relative or participle clause is about.
        before: the phrases before the verb.
        after: the phrases after the verb.
        times: the times in it, as indices.
        shares: the clause before it that it shares its subject with: ``a tué X et blessé Y``.
        is_apart: a comma stands before it.
        is_gap: the antecedent is the object: ``que l'armée tient``.
    """

    kind: ClauseKind
    first: int
    last: int
    marker: str = ""
    verb: VerbGroup | None = None
    parent: Clause | None = None
    antecedent: Phrase | None = None
    before: list[Phrase] = field(default_factory=list)
    after: list[Phrase] = field(default_factory=list)
    times: list[int] = field(default_factory=list)
    shares: Clause | None = None
    is_apart: bool = False
    is_gap: bool = False
    gap_prep: str = ""
    commas: list[int] = field(default_factory=list)
    children: list[Clause] = field(default_factory=list)

    @property
    def is_finite(self) -> bool:
        """Whether its verb is finite."""
        return self.verb is not None and self.verb.form == "finite"

    def ancestors(self) -> list[Clause]:
        """The clauses around it, the nearest first."""
        found: list[Clause] = []
        clause = self.parent
        while clause is not None:
            found.append(clause)
            clause = clause.parent
        return found


@dataclass(slots=True)
class Parse:
    """The clauses of a sentence in the order of their first words, and which one holds each phrase and each verb."""

    first: int
    last: int
    clauses: list[Clause] = field(default_factory=list)
    of_phrase: dict[int, Clause] = field(default_factory=dict)
    elements: list[Element] = field(default_factory=list)
    topic: list[Phrase] = field(default_factory=list)

    def clause_at(self, token: int) -> Clause | None:
        """Return the innermost clause around a token."""
        best: Clause | None = None
        for clause in self.clauses:
            if clause.first <= token < clause.last and (best is None or clause.first >= best.first):
                best = clause
        return best
