"""Which time belongs to which happening: that of its clause or noun, never that of the saying (decision 11 of the guide)."""

from __future__ import annotations

from typing import Final

from kg.extraction.attribution.attributions import Attribution, Attributions
from kg.extraction.events.happenings import Happening
from kg.extraction.reading import Reading
from kg.extraction.syntax.clauses import Clause
from kg.extraction.times import Kind, Relation, TimeMention
from kg.records import Time

_LASTING: Final = frozenset(("war", "negotiation"))
_STARTING: Final = frozenset(
    "éclater commencer débuter ouvrir entamer démarrer déclencher begin start open erupt break launch".split()
)
_ENDING: Final = frozenset("achever terminer finir end finish conclude conclure".split())
_ANCHORED = ("depuis", "since", "for ", "jusqu", "until", "till")


def place_times(reading: Reading, happenings: list[Happening], attributions: Attributions) -> None:
    """Give each happening the times that may be its own, the likeliest first."""
    of_nouns = {index: h for h in happenings if h.noun is not None for index in noun_times(reading, h)}
    by_clause = {id(a.clause): a for a in attributions if a.clause is not None}
    acts: dict[int, list[Happening]] = {}
    for happening in happenings:
        acts.setdefault(id(happening.act), []).append(happening)
    for happening in happenings:
        if happening.act is not None:
            continue
        if happening.noun is not None:
            happening.times += [t for t in noun_times(reading, happening) if t not in happening.times]
            if not happening.times and _is_supported(happening) and happening.clause is not None:
                happening.times += _clause_times(reading, happening.clause, of_nouns, by_clause)
                happening.times = happening.times or _planned_times(happening)
            if not happening.times and happening.within is not None and happening.within.mode == "charge":
                happening.times += [t for a in acts.get(id(happening.within), ()) for t in a.times]
        elif happening.clause is not None:
            happening.times += [
                t for t in _clause_times(reading, happening.clause, of_nouns, by_clause) if t not in happening.times
            ]


def _is_supported(happening: Happening) -> bool:
    noun = happening.noun
    return noun is not None and (
        noun.support is not None or bool(happening.toll) or noun.is_subject or noun.phrase.prep in ("in", "during")
    )


def _planned_times(happening: Happening) -> list[int]:
    """The times of an infinitive: ``The talks are scheduled to last until Thursday``."""
    clause = happening.clause
    return [t for c in clause.children if c.kind == "infinitive" for t in c.times] if clause is not None else []


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
    before = first - 1
    if before > 0 and reading.text.words[before] in ("'s", "'"):
        before -= 1
    if before >= 0 and (before < first - 1 or reading.text.words[first] in ("'s", "'")):
        found.append(time_at[before])
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
    if depth and clause.verb is not None:
        # between subject and verb a time is the subject's: "La guerre, dans les années 1990, a …"
        subject = reading.finder.surface_subject(clause)
        inside = range(subject[-1].last, clause.verb.first) if subject else range(0)
        found = [
            i
            for i in found
            if not any(at in inside for at in reading.text.analysis.tokens_in(*reading.text.times[i].time.span))
        ]
    if found or depth > 4:
        return found
    if clause.shares is not None:
        return _clause_times(reading, clause.shares, of_nouns, by_clause, depth + 1)
    framing = _framing_time(reading, clause)
    if framing:
        return framing
    parent = clause.parent
    if parent is None or parent.verb is None or clause.kind not in ("infinitive", "participle", "complement"):
        return []
    if clause.kind == "participle" and clause.antecedent is not None and not clause.is_apart:
        return []  # "prisoners held by Israel": no date passes to what tells who is meant
    saying = by_clause.get(id(parent))
    if saying is not None and saying.mode != "charge":
        return []
    if clause.kind == "complement" and saying is None:
        return []
    return _clause_times(reading, parent, of_nouns, by_clause, depth + 1)


def _framing_time(reading: Reading, clause: Clause) -> list[int]:
    """The time at the head of the sentence, for the clauses side by side with the first one."""
    parse = reading.parse_at(clause.first)
    if parse is None or clause.kind != "main" or not parse.clauses:
        return []
    first = next((c for c in parse.clauses if c.kind == "main" and c.verb is not None), None)
    if first is None or first is clause or first.verb is None:
        return []
    start = min([p.first for p in first.before if p.is_bare], default=first.verb.first)
    return [
        i
        for i in first.times
        if (at := reading.text.analysis.tokens_in(*reading.text.times[i].time.span)) and at.stop <= start
    ]


def time_of(reading: Reading, happening: Happening) -> Time | None:
    """Return the time that a claim about a happening holds."""
    mentions = [reading.text.times[index] for index in happening.times]
    usable = [m for m in mentions if m.kind is not Kind.REPEATED and not _is_length(m)]
    if not usable:
        return None
    best = min(usable, key=lambda m: (m.time.earliest is None and m.time.latest is None, mentions.index(m)))
    if best.frame is not None and happening.noun is None and best.frame.span[0] < best.time.span[0]:
        analysis = reading.text.analysis
        if analysis.sentence_at(best.frame.span[0]) == analysis.sentence_at(best.time.span[0]):
            return best.frame
    return _from_start_or_end(happening, best)


def _from_start_or_end(happening: Happening, mention: TimeMention) -> Time:
    """What lasts has only begun on the day it broke out, and only ends on the day it ends."""
    time, noun = mention.time, happening.noun
    if (
        happening.type not in _LASTING
        or noun is None
        or mention.relation is not Relation.AT
        or time.earliest is None
        or time.latest is None
    ):
        return time
    verbs = [c.verb.lemma for c in noun.links if c.verb is not None]
    if noun.support in ("occur", "cease") and noun.clause is not None and noun.clause.verb is not None:
        verbs.append(noun.clause.verb.lemma)
    if any(lemma in _STARTING for lemma in verbs):
        return time.model_copy(update={"latest": None, "edtf": f"{time.earliest}/.."})
    if any(lemma in _ENDING for lemma in verbs):
        return time.model_copy(update={"earliest": None, "edtf": f"../{time.latest}"})
    return time


def _is_length(mention: TimeMention) -> bool:
    """Tell whether a time is a mere length: ``pendant trois jours``; ``depuis trois jours`` is more."""
    return mention.kind is Kind.DURATION and not mention.time.text.lower().startswith(_ANCHORED)
