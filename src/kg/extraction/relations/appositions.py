"""What a noun or an adjective is said of: the name beside it, or the clause of which it is the predicate."""

from __future__ import annotations

from typing import Final

from kg.extraction.reading import Reading
from kg.extraction.relations.neighbours import LONGEST, mention_from, mention_to, phrase_of
from kg.extraction.syntax.clauses import Clause
from kg.extraction.syntax.phrases import Phrase

_BEFORE_VERB: Final = frozenset(("ADV", "DET"))
_OPENING: Final = frozenset((",", "(", "–", "—"))
_QUOTES: Final = frozenset(("«", "“", '"'))
_CONNECTIVE: Final = 3
"""How many tokens an adverbial between a copula and its predicate has at most: ``est en revanche un allié``."""


def clause_before(reading: Reading, start: int) -> Clause | None:
    """Return the clause of the verb right before a token, articles, adverbs and connectives between them allowed."""
    text, at = reading.text, start - 1
    while at >= 0 and text.verb_at[at] < 0:
        count = _connective_to(reading, at + 1)
        if not count and text.analysis.tokens[at].word_class not in _BEFORE_VERB:
            break
        at -= count or 1
    if at < 0 or text.verb_at[at] < 0:
        return None
    parse = reading.parse_at(at)
    verb = text.verb(text.verb_at[at])
    return next((c for c in parse.clauses if c.verb is verb), None) if parse is not None else None


def _connective_to(reading: Reading, last: int) -> int:
    """How many tokens the connective of several words has that ends at a token, or 0: ``en revanche``, ``in turn``."""
    words, connectives = reading.text.words, reading.frames.lists["connective"]
    for count in range(_CONNECTIVE, 1, -1):
        if count <= last and " ".join(words[last - count : last]) in connectives:
            return count
    return 0


def said_before(reading: Reading, start: int, *, has_preposition: bool = False) -> list[Phrase]:
    """Return what stands right before a token: before a comma or bracket, articles and adverbs allowed; else only where `has_preposition`."""
    text, at = reading.text, start - 1
    tokens = text.analysis.tokens
    is_apart = False
    while at >= 0 and mention_to(reading, at + 1) is None:
        if text.words[at] in _OPENING and not is_apart:
            is_apart = True
        elif has_preposition and text.words[at] in _QUOTES:
            pass  # M23 fighters “with the support of …”
        elif not (tokens[at].word_class in _BEFORE_VERB and text.verb_at[at] < 0):
            break
        at -= 1
    if at >= 0 and not is_apart and text.words[at] in ("et", "and"):
        return _said_of_first(reading, at)
    if at < 0 or not (is_apart or has_preposition):
        return []
    index = mention_to(reading, at + 1)
    if index is None:
        phrase = text.phrases[text.phrase_at[at]] if text.phrase_at[at] >= 0 else None
        return [phrase] if phrase is not None and phrase.last == at + 1 else []
    mention = text.mentions[index]
    phrase = text.phrases[text.phrase_at[mention.head]] if text.phrase_at[mention.head] >= 0 else None
    if phrase is not None and phrase.mention == index and phrase.last <= start:
        return [p for p in (phrase.leader or phrase).all if p.last <= start]
    return [phrase_of(reading, index)]


def _said_of_first(reading: Reading, at: int) -> list[Phrase]:
    """What the first of two appositions is said of: ``Goma, ville de mille habitants et capitale du Nord-Kivu``."""
    text = reading.text
    for index in range(at - 1, max(0, at - 2 * LONGEST), -1):
        if text.verb_at[index] >= 0 or text.words[index] in (".", ";", ")", ":"):
            return []
        if text.words[index] == ",":
            return said_before(reading, index + 1)
    return []


def said_behind(reading: Reading, last: int) -> list[Phrase]:
    """Return the name that follows a noun and its complements, which end at `last`, with a comma or nothing between."""
    text, at = reading.text, last
    if at < len(text.words) and text.words[at] in (",", "("):
        at += 1
    index = mention_from(reading, at)
    if index is None or text.mentions[index].kind not in ("name", "capital", "seat", "body"):
        return []
    return [phrase_of(reading, index)]
