"""What the steps that build phrases share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from kg.analysis import Analysis
from kg.extraction.mentions import Mentions
from kg.extraction.syntax.phrases import Phrase
from kg.extraction.syntax.prepositions import Preposition

QUOTES: Final = frozenset(("«", "»", '"', "“", "”", "‹", "›"))
"""Quotation marks, which may stand between an article and its noun."""


@dataclass(slots=True)
class PhraseBuilder:
    """A text while its phrases are built: what is known of its tokens, and the phrases so far."""

    analysis: Analysis
    mentions: Mentions
    words: list[str]
    prepositions: dict[int, Preposition]
    in_time: Sequence[int]
    covered: set[int] = field(default_factory=set)
    phrases: list[Phrase] = field(default_factory=list)
    outer: dict[int, int] = field(default_factory=dict)
    bounds: dict[int, int] = field(default_factory=dict)
    participles: frozenset[int] = frozenset()
    verbal: frozenset[int] = frozenset()
    verbs: frozenset[int] = frozenset()
    speaking: frozenset[str] = frozenset()
    lists: Mapping[str, frozenset[str]] = field(default_factory=dict)
