"""Noun phrases: a noun group with its preposition and with the mention that it holds.

A phrase is what fills a slot of a frame. Names in apposition belong to the phrase of the office (``le porte-parole du
gouvernement, M. X``), which then stands for the person; see `kg.extraction.syntax.phrase_building`.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.analysis import NounGroup


@dataclass(slots=True, eq=False)
class Phrase:
    """A noun phrase.

    Attributes:
        first: its first token, after the preposition.
        last: the token after its last one, names in apposition included.
        head: the token of its noun.
        lemma: the lemma of its noun.
        prep: the name of its preposition, as in ``prepositions.tsv``; empty where it has none.
        start: the token where it begins with its preposition.
        mention: the index of the mention that it stands for.
        group: the noun group; None for a pronoun.
        is_clitic: an object pronoun before its verb.
        owner: the phrase of the genitive before it: ``Israel's`` in ``Israel's offensive``.
        parts: the phrases coordinated with it, itself first; only the first of a series has them.
        of: the phrase right before it, with nothing between, that it may be a complement of.
    """

    first: int
    last: int
    head: int
    lemma: str
    prep: str = ""
    start: int = 0
    mention: int | None = None
    group: NounGroup | None = None
    is_clitic: bool = False
    owner: Phrase | None = None
    parts: list[Phrase] = field(default_factory=list)
    of: Phrase | None = None
    leader: Phrase | None = None

    @property
    def is_bare(self) -> bool:
        """Whether no preposition governs it."""
        return not self.prep

    @property
    def all(self) -> list[Phrase]:
        """The phrase and those coordinated with it."""
        return self.parts or [self]

    @property
    def chain(self) -> list[Phrase]:
        """The phrases from this one back to the first that it may be a complement of."""
        found: list[Phrase] = []
        phrase: Phrase | None = self
        while phrase is not None:
            found.append(phrase)
            phrase = phrase.of
        return found
