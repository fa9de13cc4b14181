"""The time that a claim about a happening holds: one of its times, opened or closed by what begins, ends or lasts."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from kg.extraction.events.happenings import Happening
from kg.extraction.reading import Reading
from kg.extraction.syntax.clauses import Clause
from kg.extraction.times import Kind, Relation, TimeMention, last_day_of
from kg.records import Time

_DATE: Final = re.compile(r"\d{4}(?:-\d\d){0,2}")
_NEAR: Final = 2
"""So many characters are a comma and a space."""
_LASTING: Final = frozenset(("war", "negotiation"))


def time_of(reading: Reading, happening: Happening) -> Time | None:
    """Return the time that a claim about a happening holds."""
    mentions = [reading.text.times[index] for index in happening.times]
    usable = [m for m in mentions if m.kind is not Kind.REPEATED and not _is_mere_length(reading, happening, m)]
    if not usable:
        return next((m.time for m in mentions if _is_how_long(reading, happening, m)), None)
    best = min(usable, key=lambda m: (m.time.earliest is None and m.time.latest is None, mentions.index(m)))
    trigger = reading.text.analysis.tokens[happening.trigger].start
    if best.frame is not None and (
        _is_lasting_since(reading, happening, best.frame) or not _is_within(trigger, best.frame)
    ):
        analysis = reading.text.analysis
        if analysis.sentence_at(best.frame.span[0]) == analysis.sentence_at(best.time.span[0]):
            return best.frame
    return _from_start_or_end(reading, happening, best)


def _is_mere_length(reading: Reading, happening: Happening, mention: TimeMention) -> bool:
    """Tell whether a time says nothing but how long: ``pendant trois jours``.

    ``depuis trois jours`` is more, and so is what says by when something is to be done: ``remettent leurs armes en cinq mois``.
    """
    if mention.kind is not Kind.DURATION:
        return False
    words, lists = mention.time.text.lower(), reading.frames.lists
    clause, noun = happening.clause, happening.noun
    if noun is not None and noun.support is None and happening.meant in ("planned", "possible"):
        return mention.time.earliest is None and mention.time.latest is None
    is_done = clause is None or clause.verb is None or clause.verb.tense == "past"
    if words.split()[0] in lists["deadline"] and not is_done and (noun is None or noun.support is not None):
        return False
    is_own = noun is not None or clause is None or _is_told_in(reading, clause, mention)
    return not is_own or not words.startswith(tuple(lists["anchored"]))


def _is_how_long(reading: Reading, happening: Happening, mention: TimeMention) -> bool:
    """Tell whether a length says how long an event took or lasted, a time without bounds: ``assiégée pendant deux mois``.

    A length that a noun ("a truce for 30 days") or another clause has ("jailed for a year for killing …") is no time of it.
    """
    noun, clause, lists = happening.noun, happening.clause, reading.frames.lists
    if mention.length is None or mention.kind is not Kind.DURATION or (noun is not None and noun.support is None):
        return False
    if clause is None or not _is_told_in(reading, clause, mention):
        return False
    is_lasting = clause.verb is not None and clause.verb.lemma in lists["lasts"]
    return is_lasting or mention.time.text.lower().split()[0] in lists["lasting"]


def _is_told_in(reading: Reading, clause: Clause, mention: TimeMention) -> bool:
    """Tell whether a clause itself tells a time."""
    return any(reading.text.times[index] is mention for index in clause.times)


def _is_within(offset: int, frame: Time) -> bool:
    """Tell whether an event is the one that a frame counts from: ``since invading its neighbour on 24 February``."""
    return frame.span[0] <= offset < frame.span[1]


def _is_lasting_since(reading: Reading, happening: Happening, frame: Time) -> bool:
    """A war since whose outbreak something is told goes on."""
    return happening.type == "war" and frame.text.lower().startswith(tuple(reading.frames.lists["anchored"]))


def _from_start_or_end(reading: Reading, happening: Happening, mention: TimeMention) -> Time:
    """What lasts has only begun on the day it broke out, and only ends on the day it ends."""
    time = _on_the_day(reading, happening, mention)
    if (
        happening.type not in _LASTING
        or happening.meant in ("planned", "possible")
        or mention.relation is not Relation.AT
        or time.earliest is None
        or time.latest is None
    ):
        return time
    lemmas, lists = _verbs(happening), reading.frames.lists
    is_fresh = time.text.lower().startswith(tuple(lists["fresh"]))  # "l'opération déclenchée hier"
    if any(lemma in lists["starting"] for lemma in lemmas) and is_fresh and happening.meant == "presupposed":
        return time
    if any(lemma in lists["starting"] for lemma in lemmas):
        length = next((reading.text.times[i].length for i in happening.times if reading.text.times[i].length), None)
        last = last_day_of(date.fromisoformat(time.earliest), length) if length is not None else None
        if last is not None and time.earliest == time.latest:
            return time.model_copy(update={"latest": last.isoformat(), "edtf": f"{time.earliest}/{last.isoformat()}"})
        return time.model_copy(update={"latest": None, "edtf": f"{_end(time, time.earliest)}/.."})
    if any(lemma in lists["ending"] for lemma in lemmas):
        return time.model_copy(update={"earliest": None, "edtf": f"../{_end(time, time.latest)}"})
    return time


def _on_the_day(reading: Reading, happening: Happening, mention: TimeMention) -> Time:
    """The time of a mention, where its words mean another side of the day for this event.

    ``since May 28, when a soldier was shot``: the shot is of the day; ``5 000 personnes déplacées au 4 avril``: up to it.
    """
    time, clause, lists = mention.time, happening.clause, reading.frames.lists
    day = time.earliest
    if clause is None or day is None:
        return time
    is_opened = mention.relation in (Relation.SINCE, Relation.AFTER) and clause.marker in lists["when"]
    if is_opened and time.edtf == f"{day}/.." and _is_just_before(reading, time, clause.first):
        return time.model_copy(update={"latest": day, "edtf": day})
    is_planned = happening.meant in ("planned", "possible") or any(
        lemma in lists["planning"] for lemma in _verbs(happening)
    )
    is_counted = time.latest in (day, None) and time.text.lower().startswith(tuple(f"{w} " for w in lists["up_to"]))
    if is_counted and not is_planned and mention.relation in (Relation.AT, Relation.SINCE):
        return time.model_copy(update={"earliest": None, "latest": day, "edtf": f"../{day}"})
    return time


def _is_just_before(reading: Reading, time: Time, token: int) -> bool:
    """Tell whether a time stands before a token, but for a comma."""
    tokens = reading.text.analysis.tokens
    between = tokens[token].start - time.span[1]
    return 0 <= between <= _NEAR


def _end(time: Time, day: str) -> str:
    """The end of an open interval: the day, month or year that the words name, else the day."""
    return time.edtf if time.edtf is not None and _DATE.fullmatch(time.edtf) else day


def _verbs(happening: Happening) -> list[str]:
    """The verbs that say of a happening that it begins or ends."""
    noun, clause = happening.noun, happening.clause
    if noun is None:
        return [clause.verb.lemma] if clause is not None and clause.verb is not None else []
    verbs = [c.verb.lemma for c in noun.links if c.verb is not None]
    if noun.support in ("occur", "cease") and noun.clause is not None and noun.clause.verb is not None:
        verbs.append(noun.clause.verb.lemma)
    return verbs
