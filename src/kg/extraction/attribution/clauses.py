"""Attributions from clauses: the verb of a clause is one of saying, and what is said lies behind it."""

from __future__ import annotations

from typing import Final

from kg.extraction.attribution.attributions import Attribution
from kg.extraction.attribution.sayings import SPEAKING, is_mutual, saying_of, speakers_of
from kg.extraction.frames import Mode, Saying
from kg.extraction.reading import Reading
from kg.extraction.syntax.clauses import Clause
from kg.extraction.syntax.phrases import Phrase

_SCENE: Final = frozenset(("after", "before", "during", "despite", "cause", "since", "without"))
"""Prepositions of an adjunct that, apart by a comma, is not said."""


def from_clause(reading: Reading, clause: Clause, after: dict[int, Attribution]) -> Attribution | None:
    """Return the attribution that a clause is, if it is one.

    Args:
        reading: the report.
        clause: the clause.
        after: the attributions of asides by the token behind them: a participle there goes on with their speaker.
    """
    verb = clause.verb
    found = saying_of(reading, clause) if verb is not None and verb.lemma in reading.frames.said else None
    if verb is None or found is None:
        return None
    saying = found[1]
    nobody = reading.frames.lists["nobody"]
    said_by = speakers_of(reading, clause)
    speakers = [p for p in said_by if reading.text.words[p.first] not in nobody]
    if said_by and not speakers:
        return None  # "Nobody asked us"
    if clause.kind == "participle" and clause.first - 1 in after and clause.antecedent is None:
        speakers = after[clause.first - 1].speakers
    content = _content(reading, clause, saying) if saying.mode != "silent" else []
    mode: Mode = "factual" if saying.mode == "warned" else saying.mode
    addressed = _addressed(reading, clause, saying)
    return Attribution(speakers, _cue(reading, clause, content), mode, saying, clause, None, content, addressed)


def _cue(reading: Reading, clause: Clause, content: list[tuple[int, int]]) -> tuple[int, int]:
    """The tokens that attribute: from the subject to where what is said begins."""
    verb = clause.verb
    assert verb is not None  # noqa: S101 - the caller has looked
    first = clause.first if clause.before and clause.kind != "relative" else verb.first
    last = min([start for start, _ in content if start >= verb.last], default=verb.last)
    introducers = reading.frames.lists["introducer"]
    while last > verb.last and reading.text.words[last - 1] in introducers:
        last -= 1
    return first, last


def _addressed(reading: Reading, clause: Clause, saying: Saying) -> list[Phrase]:
    if is_mutual(reading, clause):
        return speakers_of(reading, clause)
    if saying.to == "-":
        return []
    if saying.to == "self":
        return speakers_of(reading, clause)
    if clause.verb is not None and clause.verb.voice == "passive" and saying.to in ("object", "any"):
        return reading.finder.surface_subject(clause)
    arguments = reading.arguments(clause)
    names = {
        "object": ("obj", "to", "on"),
        "any": ("to", "obj", "on", "from"),
        "on": ("on", "to", "obj"),
        "to": ("to",),
    }.get(saying.to, (saying.to,))
    for name in names:
        phrases = [p for p in arguments.slot(name) if reading.classes(p) & SPEAKING]
        if phrases:
            return phrases
    return []


def _content(reading: Reading, clause: Clause, saying: Saying) -> list[tuple[int, int]]:
    """What is said: all behind the verb but the addressee, a clause or an adjunct apart by a comma."""
    verb = clause.verb
    assert verb is not None  # noqa: S101 - the caller has looked
    end = clause.last
    for child in clause.children:
        if child.kind == "adverbial" and child.is_apart and child.first > verb.last:
            end = min(end, child.first)
    for phrase in clause.after:
        if phrase.prep in _SCENE and phrase.start > 0 and reading.text.words[phrase.start - 1] == ",":
            end = min(end, phrase.start)
    start = verb.last
    said = [c for c in clause.children if c.kind == "complement"]
    if said and saying.mode in ("factual", "opinion", "possible", "warned", "denied") and saying.event is None:
        start = max(start, min(c.first for c in said))
    own: set[object] = set()
    for phrase in _addressed(reading, clause, saying):
        own.update(range(phrase.start, phrase.last))
    ranges: list[tuple[int, int]] = []
    own.update(_own_time_tokens(reading, clause, start, saying))
    for at in range(start, end):
        if at in own:
            continue
        if ranges and ranges[-1][1] == at:
            ranges[-1] = ranges[-1][0], at + 1
        else:
            ranges.append((at, at + 1))
    ranges += _quoted_after(reading, clause)
    if saying.mode == "own-factual" and verb.voice == "passive":
        ranges += [(p.first, p.last) for p in reading.finder.surface_subject(clause)]
    return ranges


def _own_time_tokens(reading: Reading, clause: Clause, start: int, saying: Saying) -> list[int]:
    """The tokens of times right after the verb of saying, before its object: ``a appelé dimanche les parties``."""
    time_at = reading.text.time_at
    said = [c.first for c in clause.children if c.kind in ("complement", "infinitive") and c.first >= start]
    addressed = {id(p) for p in _addressed(reading, clause, saying)}
    objects = said or [p.start for p in clause.after if not p.is_clitic and id(p) not in addressed and p.start >= start]
    end = min(objects, default=clause.last)
    own = set(clause.times)
    return [at for at in range(start, end) if time_at[at] in own]


def _quoted_after(reading: Reading, clause: Clause) -> list[tuple[int, int]]:
    """The quotation behind a colon or comma at the end of a clause, through all its sentences."""
    analysis = reading.text.analysis
    at = clause.last
    words = reading.text.words
    while at < len(words) and words[at] in (":", ","):
        at += 1
    if at >= len(words) or at - clause.last > 2 or at == clause.last:
        return []
    found = analysis.quotation_at(analysis.tokens[at].start)
    if found is None or analysis.quotations[found].start != analysis.tokens[at].start:
        return []
    inside = analysis.tokens_in(*analysis.quotations[found].inner)
    return [(inside.start, inside.stop)]
