"""The mentions that begin or end at a token."""

from __future__ import annotations

from typing import Final

from kg.extraction.reading import Reading
from kg.extraction.syntax.phrases import Phrase

LONGEST: Final = 8
"""How many tokens the words on one side of a noun may be."""


def phrase_of(reading: Reading, index: int, prep: str = "") -> Phrase:
    """Return a mention as a phrase."""
    mention = reading.text.mentions[index]
    lemma = reading.text.analysis.tokens[mention.head].lemma
    return Phrase(mention.first, mention.last, mention.head, lemma, prep, mention.first, index)


def mention_from(reading: Reading, first: int) -> int | None:
    """Return the largest mention that begins at a token or, behind its article, at the next one."""
    text = reading.text
    if first >= len(text.words):
        return None
    starts = [first]
    if text.analysis.tokens[first].word_class == "DET":
        starts.append(first + 1)
    mentions = text.mentions
    for start in starts:
        found = [
            i for i in mentions.within(start, min(len(text.words), start + 2 * LONGEST)) if mentions[i].first == start
        ]
        if found:
            return found[0]
    return None


def mention_to(reading: Reading, last: int) -> int | None:
    """Return the largest mention that ends at a token (end excluded)."""
    mentions = reading.text.mentions
    found = [i for i in mentions.within(max(0, last - 2 * LONGEST), last) if mentions[i].last == last]
    return found[0] if found else None
