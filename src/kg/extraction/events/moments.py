"""Which time belongs to which happening: that of its clause or noun, never that of the saying (decision 11 of the guide)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kg.extraction.attribution.attributions import Attributions
from kg.extraction.events.clause_times import ClauseTimes, is_supported
from kg.extraction.events.happenings import Happening
from kg.extraction.reading import Reading
from kg.extraction.syntax.clauses import Clause
from kg.extraction.syntax.phrases import Phrase
from kg.extraction.times import Relation

_APART: Final = frozenset(("after", "before", "since", "until", "from", "despite"))
"""Prepositions that set what they govern apart from the time of its clause."""
_CHAIN = 5
"""Over how many complements a relative clause looks for the noun that it is about."""
_SETTLED: Final = frozenset(("agreement", "ceasefire", "prisoner-exchange"))
_PEOPLE: Final = frozenset(("person", "people", "group"))
_TRIGGERING: Final = frozenset(("after", "by", "with"))


def place_times(reading: Reading, happenings: list[Happening], attributions: Attributions) -> None:
    """Give each happening the times that may be its own, the likeliest first."""
    of_nouns = {index: h for h in happenings if h.noun is not None for index in noun_times(reading, h)}
    clauses = ClauseTimes(reading, happenings, attributions, of_nouns)
    acts: dict[int, list[Happening]] = {}
    for happening in happenings:
        acts.setdefault(id(happening.act), []).append(happening)
    for happening in happenings:
        if happening.act is not None:
            if not happening.times:
                clause = happening.clause or _clause_at(reading, happening.trigger)
                happening.times += clauses.occasion(clause) or clauses.published(clause) or clauses.cleft(clause)
        elif happening.noun is not None:
            _add(happening, noun_times(reading, happening))
            if not happening.times:
                _add(happening, _noun_clause_times(reading, clauses, happening))
            if not happening.times and happening.within is not None and happening.within.mode == "charge":
                _add(happening, [t for a in acts.get(id(happening.within), ()) for t in a.times])
        else:
            _add(happening, clauses.of_happening(happening))
    _pass_along_relatives(happenings)
    _place_counterparts(reading, happenings)


def _clause_at(reading: Reading, token: int) -> Clause | None:
    parse = reading.parse_at(token)
    return parse.clause_at(token) if parse is not None else None


def _add(happening: Happening, times: list[int]) -> None:
    happening.times += [t for t in dict.fromkeys(times) if t not in happening.times]


def _noun_clause_times(reading: Reading, clauses: ClauseTimes, happening: Happening) -> list[int]:
    """The times that a noun has from its clause.

    ``l'attaque a eu lieu lundi``; ``went to Cairo on Saturday for talks``, where the verb tells no event; ``a commencé le 3 mai après un raid``, where it tells what broke out.
    """
    noun, clause = happening.noun, happening.clause
    if noun is None or clause is None:
        return []
    words, terms = reading.text.words, reading.frames.lists["terms"]
    before = words[max(noun.phrase.first - 2, 0) : noun.phrase.first + 1]
    if happening.type in _SETTLED and any(word in terms for word in before):
        return []  # "Buses left on Monday under a deal"
    if is_supported(happening):
        return clauses.of_happening(happening) or _planned_times(happening)
    verb, prep = clause.verb, noun.phrase.prep
    starting = reading.frames.lists["starting"]
    is_trigger = prep in _TRIGGERING and verb is not None and verb.lemma in starting
    is_alone = (
        prep not in _APART
        and (happening.type != "war" or (verb is None and not prep))
        and happening.meant != "possible"
        and not clauses.tells(clause)
    )
    return clauses.of_happening(happening) if is_trigger or is_alone else []


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
        if link.kind == "participle" and not _is_about_somebody(reading, link):
            found += link.times
    if not any(t >= 0 for t in found):
        found += _occurrence_times(reading, happening)
    return [t for t in dict.fromkeys(found) if t >= 0]


def _occurrence_times(reading: Reading, happening: Happening) -> list[int]:
    """The times of a participle that says, behind a complement, that it happened: ``l'arrêt des combats intervenu lundi``."""
    noun, clause, supports = happening.noun, happening.clause, reading.frames.supports
    if noun is None or clause is None:
        return []
    for child in clause.children:
        if child.kind != "participle" or child.antecedent is None or child.verb is None:
            continue
        is_occurring = not _is_about_somebody(reading, child) and any(
            kind == "occur" and not trigger.complement for trigger, kind in supports.get(child.verb.lemma, ())
        )
        if is_occurring and any(head is noun.phrase for head in _heads(child.antecedent)):
            return list(child.times)
    return []


def _is_about_somebody(reading: Reading, clause: Clause) -> bool:
    """Tell whether a participle is about people and no event: ``la libération du président, retenu depuis lundi``."""
    return clause.antecedent is not None and bool(reading.classes(clause.antecedent) & _PEOPLE)


def _pass_along_relatives(happenings: list[Happening]) -> None:
    """Pass times between an event and the relative clauses about it.

    ``l'attaque de lundi, qui a fait dix morts``: the deaths are of Monday; ``the deaths of four soldiers who were killed
    overnight``: so are these.
    """
    of_phrase = {id(h.noun.phrase): h for h in happenings if h.noun is not None and h.times}
    of_antecedent: dict[int, list[Happening]] = {}
    for happening in happenings:
        clause = happening.clause
        if clause is None or clause.antecedent is None or clause.kind not in ("relative", "participle"):
            continue
        of_antecedent.setdefault(id(clause.antecedent), []).append(happening)
        if not happening.times and happening.noun is None:
            told = (of_phrase.get(id(phrase)) for phrase in _heads(clause.antecedent))
            happening.times += next((h.times for h in told if h is not None), [])
    for happening in happenings:
        if happening.noun is not None and not happening.times:
            fillers = (p for phrases in happening.noun.slots.values() for p in phrases)
            about = (h for p in fillers for h in of_antecedent.get(id(p), ()) if h.type == happening.type and h.times)
            happening.times += next((h.times for h in about), [])


def _heads(phrase: Phrase) -> Iterator[Phrase]:
    """A phrase and those that it is a complement of: ``une attaque du Hamas sur le sol``."""
    head: Phrase | None = phrase
    for _ in range(_CHAIN):
        if head is None:
            return
        yield head
        head = head.of


def _place_counterparts(reading: Reading, happenings: list[Happening]) -> None:
    """Give the time that words such as "a day after" lead up to to the first event behind them."""
    text = reading.text
    for index, mention in enumerate(text.times):
        if mention.relation is not Relation.COUNTERPART:
            continue
        at = text.analysis.tokens_in(*mention.time.span)
        number = text.analysis.sentence_at(mention.time.span[0])
        if not at or number is None:
            continue
        end = text.analysis.sentences[number].last
        comma = next((n for n in range(at.stop, end) if text.words[n] == ","), end)
        behind = [h for h in happenings if at.stop <= h.trigger < comma and h.act is None]
        if behind:
            first = min(behind, key=lambda h: h.trigger)
            first.times.insert(0, index)
