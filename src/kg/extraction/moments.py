"""Which time belongs to which happening: that of its clause or noun, never that of the saying (decision 11 of the guide)."""

from __future__ import annotations

from kg.extraction.attribution import Attribution
from kg.extraction.happenings import Happening
from kg.extraction.reading import Reading
from kg.extraction.syntax.clauses import Clause
from kg.extraction.times import Kind, TimeMention
from kg.records import Time

_ANCHORED = ("depuis", "since", "for ", "jusqu", "until", "till")


def place_times(reading: Reading, happenings: list[Happening], attributions: list[Attribution]) -> None:
    """Give each happening the times that may be its own, the likeliest first."""
    of_nouns = {index: h for h in happenings if h.noun is not None for index in noun_times(reading, h)}
    by_clause = {id(a.clause): a for a in attributions if a.clause is not None}
    for happening in happenings:
        if happening.act is not None:
            continue
        if happening.noun is not None:
            happening.times += [t for t in noun_times(reading, happening) if t not in happening.times]
            if not happening.times and _is_supported(happening) and happening.clause is not None:
                happening.times += _clause_times(reading, happening.clause, of_nouns, by_clause)
        elif happening.clause is not None:
            happening.times += [
                t for t in _clause_times(reading, happening.clause, of_nouns, by_clause) if t not in happening.times
            ]


def _is_supported(happening: Happening) -> bool:
    return happening.noun is not None and (
        happening.noun.support is not None or bool(happening.toll) or happening.noun.is_subject
    )


def noun_times(reading: Reading, happening: Happening) -> list[int]:
    """Return the times inside and right after a noun with its complements."""
    noun = happening.noun
    assert noun is not None  # noqa: S101 - the caller has looked
    time_at = reading.text.time_at
    first, last = noun.phrase.first, noun.phrase.last
    for phrases in noun.slots.values():
        for phrase in phrases:
            if 0 <= phrase.first - last <= 3:
                last = max(last, phrase.last)
            elif phrase.last <= first and first - phrase.last <= 2:
                first = phrase.first
    found = [time_at[at] for at in range(first, last)]
    if last < len(time_at) and noun.support is None:
        is_close = noun.clause is None or noun.clause.verb is None or noun.clause.verb.last <= noun.phrase.first
        if time_at[last] >= 0 and (is_close or noun.phrase.prep):
            found.append(time_at[last])
    for link in noun.links:
        if link.kind == "participle":
            found += link.times
    return [t for t in dict.fromkeys(found) if t >= 0]


def _clause_times(
    reading: Reading, clause: Clause, of_nouns: dict[int, Happening], by_clause: dict[int, Attribution], depth: int = 0
) -> list[int]:
    """The times of a clause, and failing them those of the clause that it continues."""
    attribution = by_clause.get(id(clause))
    found = []
    for index in clause.times:
        tokens = reading.text.analysis.tokens_in(*reading.text.times[index].time.span)
        if attribution is not None and tokens and attribution.covers(tokens.start):
            continue
        owner = of_nouns.get(index)
        if owner is not None and not _is_supported(owner) and reading.text.times[index].frame is None:
            continue
        found.append(index)
    if found or depth > 4:
        return found
    if clause.shares is not None:
        return _clause_times(reading, clause.shares, of_nouns, by_clause, depth + 1)
    parent = clause.parent
    if parent is None or parent.verb is None or clause.kind not in ("infinitive", "participle", "complement"):
        return []
    saying = by_clause.get(id(parent))
    if saying is not None and saying.mode != "charge":
        return []
    if clause.kind == "complement" and saying is None:
        return []
    return _clause_times(reading, parent, of_nouns, by_clause, depth + 1)


def time_of(reading: Reading, happening: Happening) -> Time | None:
    """Return the time that a claim about a happening holds."""
    mentions = [reading.text.times[index] for index in happening.times]
    usable = [m for m in mentions if m.kind is not Kind.REPEATED and not _is_length(m)]
    if not usable:
        return None
    best = min(usable, key=lambda m: (m.time.earliest is None and m.time.latest is None, mentions.index(m)))
    is_own = happening.noun is not None and happening.clause is not None and best.frame is not None
    if best.frame is not None and not is_own and best.frame.span[0] < best.time.span[0]:
        return best.frame if happening.noun is None else best.time
    return best.time


def _is_length(mention: TimeMention) -> bool:
    """Tell whether a time is a mere length: ``pendant trois jours``; ``depuis trois jours`` is more."""
    return mention.kind is Kind.DURATION and not mention.time.text.lower().startswith(_ANCHORED)
