"""What a noun or an adjective is said of: the phrase it stands beside, the subject of its copula, the subject of its clause."""

from __future__ import annotations

from typing import Final

from kg.extraction.reading import Reading
from kg.extraction.syntax.clauses import Clause
from kg.extraction.syntax.phrases import Phrase

_BETWEEN: Final = frozenset(("DET", "ADV", "NUM", "ADJ"))
_FAR: Final = 8
"""How many phrases behind a noun its complements may be followed."""


def phrases_beside(reading: Reading, phrase: Phrase) -> tuple[list[Phrase], frozenset[str]]:
    """Return what the noun of a phrase is said of, and how: ``copula``, ``bare`` for beside it, the words of its preposition."""
    leader = phrase.leader or phrase
    facts = frozenset(reading.text.words[leader.start : leader.first]) if leader.prep else frozenset(("bare",))
    clause = copula_of(reading, leader)
    if clause is not None:
        return reading.finder.surface_subject(clause), facts | {"copula"}
    before = phrase_before(reading, leader.start, leader)
    if before:
        return before, facts
    after = _phrase_after(reading, phrase)
    if after:
        return after, facts | {"bare"}
    clause = reading.clause_of(leader) if leader.prep else None
    return (reading.finder.surface_subject(clause) if clause is not None else []), facts


def copula_of(reading: Reading, phrase: Phrase) -> Clause | None:
    """Return the clause of which a phrase is the predicate: ``X est un allié``, ``X remains under …``."""
    clause = reading.clause_of(phrase)
    if clause is None or clause.verb is None or clause.verb.lemma not in reading.frames.lists["copula"]:
        return None
    if phrase not in clause.after:
        return None
    first = next((p for p in clause.after if p.first > clause.verb.head), None)
    return clause if first is phrase or (first is not None and phrase.leader is first) else None


def phrase_before(reading: Reading, start: int, phrase: Phrase | None) -> list[Phrase]:
    """Return the phrases right before a token, a comma, a bracket, articles and adverbs between them allowed."""
    text, at = reading.text, start - 1
    tokens = text.analysis.tokens
    commas = 0
    while at >= 0 and text.phrase_at[at] < 0:
        if text.words[at] in (",", "(", "–", "—"):
            commas += 1
        elif tokens[at].word_class not in _BETWEEN or text.verb_at[at] >= 0:
            return []
        at -= 1
    if at < 0 or commas > 1:
        return []
    found = text.phrases[text.phrase_at[at]]
    if found is phrase or (not commas and (phrase is None or not phrase.prep)):
        return found.all if phrase is None and found is not phrase else []
    return (found.leader or found).all if commas or found.leader is None else found.leader.all


def _phrase_after(reading: Reading, phrase: Phrase) -> list[Phrase]:
    """The bare phrase that follows a noun and its complements, with a comma or with nothing between."""
    text = reading.text
    at = text.phrase_at[phrase.head]
    last = phrase
    for other in text.phrases[at + 1 : at + _FAR]:
        gap = text.words[last.last : other.first]
        if other.prep and "," not in gap and phrase in other.chain:
            last = other
            continue
        is_next = gap == [","] or (gap == [] and last is phrase)
        mention = reading.mention(other)
        if is_next and not other.prep and mention is not None and mention.kind in ("name", "capital", "seat", "body"):
            return [other]
        return []
    return []


def governed(reading: Reading, phrase: Phrase) -> list[Phrase]:
    """Return the phrases after one that are its complements, those coordinated with them too."""
    text = reading.text
    at = text.phrase_at[phrase.head]
    found: list[Phrase] = []
    for other in text.phrases[at + 1 : at + _FAR]:
        if (other.leader is not None and other.leader in found) or (other.prep and other.of is phrase) or (other.prep and phrase in other.chain and other.prep != "of" and text.words[other.start - 1] != ","):
            found.append(other)
        elif not other.prep or phrase not in other.chain:
            break
    return found
