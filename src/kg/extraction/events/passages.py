"""The words that tell an event: those of a clause, those of a noun with its complements."""

from __future__ import annotations

from kg.extraction.reading import Reading
from kg.extraction.slots import NounSlots
from kg.extraction.syntax.clauses import Clause


def clause_passage(reading: Reading, clause: Clause) -> list[tuple[int, int]]:
    """Return the tokens of a clause, and those of a subject that stands elsewhere."""
    verb = clause.verb
    first, last = clause.first, clause.last
    if verb is not None and verb.head < first:
        first = verb.first
    for child in clause.children:
        if child.kind == "adverbial" and child.is_apart and verb is not None and child.first > verb.last:
            last = min(last, child.first)
    if (
        clause.kind == "relative"
        and clause.antecedent is not None
        and clause.shares is None
        and 0 <= first - clause.antecedent.last <= 2
    ):
        first = clause.antecedent.first
    passage = [trimmed(reading, first, last)]
    if clause.shares is not None or clause.kind in ("participle", "infinitive"):
        for phrase in reading.finder.surface_subject(clause)[:1]:
            if phrase.last <= first:
                passage.append((phrase.first, phrase.last))
    return passage


def noun_passage(reading: Reading, noun: NounSlots) -> list[tuple[int, int]]:
    """Return the tokens of a noun with its complements; with a verb of support those of the clause."""
    clause = noun.clause
    if noun.support is not None and clause is not None:
        return clause_passage(reading, clause)
    first, last = noun.phrase.first, noun.phrase.last
    for phrases in noun.slots.values():
        for phrase in phrases:
            if phrase.first >= last - 1 and phrase.first - last < 12:
                last = max(last, phrase.last)
            elif phrase.prep == "own" or (phrase.last <= first and first - phrase.last <= 2):
                first = min(first, phrase.first)
    for link in noun.links:
        if link.kind == "participle" and 0 <= link.first - last < 3:
            last = max(last, link.last)
    return [trimmed(reading, first, last)]


def trimmed(reading: Reading, first: int, last: int) -> tuple[int, int]:
    """Return a range of tokens without marks and conjunctions at its edges."""
    words = reading.text.words
    start, end = first, last
    edges = reading.frames.lists["edge"]
    while start < end - 1 and words[start] in edges:
        start += 1
    while end > start + 1 and words[end - 1] in edges:
        end -= 1
    return start, end
