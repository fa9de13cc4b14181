"""What the verb of saying adds to an event, and what the events of a text lend each other.

- the accused did what the accusation says, the one who threatens or promises will do it, the one who announces an expulsion or
  a withdrawal carries it out, those called on to make a truce will be its parties;
- ``blamed Dravia`` and ``denied any role`` without an event of their own are about the last violent one;
- ``selon l'AFP`` tells the toll of an attack, not the attack.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from kg.extraction.attribution.attributions import Attribution, Attributions
from kg.extraction.events.casualties import hurt_beside
from kg.extraction.events.happenings import Happening
from kg.extraction.events.passages import noun_passage
from kg.extraction.reading import Reading
from kg.extraction.syntax.phrases import Phrase

_DONE: Final = frozenset(
    ("sanction", "withdrawal", "deployment", "military-aid", "humanitarian-aid", "prisoner-exchange", "attack", "blockade", "detention",
     "territory-gain", "displacement", "ceasefire-violation", "protest", "war")
)  # fmt: skip
"""Types whose actor is told by who announces, threatens, promises or is accused."""

_ANNOUNCED: Final = frozenset(
    ("sanction", "withdrawal", "deployment", "military-aid", "humanitarian-aid", "prisoner-exchange")
)
_SHARED: Final = frozenset(("ceasefire", "negotiation", "agreement"))
_BLAMED: Final = frozenset(
    ("attack", "clash", "blockade", "ceasefire-violation", "detention", "displacement", "territory-gain")
)
_INVOLVED: Final = frozenset(("involvement", "charge"))


def complete(reading: Reading, happenings: list[Happening], attributions: Attributions) -> list[Happening]:
    """Return the events with what they take from who says them, and those that are told only by reference."""
    for happening in happenings:
        if happening.within is not None and happening.act is None:
            _take_roles(reading, happening, happening.within)
        if happening.deaths is not None and happening.injured is None:
            happening.injured = hurt_beside(reading, happening.trigger, _end_of_toll(reading, happening))
    added = [*_echoes(reading, happenings, attributions), *_told_apart(reading, happenings)]
    return sorted([*happenings, *added], key=lambda h: (h.trigger, h.type))


def _end_of_toll(reading: Reading, happening: Happening) -> int:
    """Where a toll ends: with its sentence, or before a semicolon."""
    analysis = reading.text.analysis
    last = analysis.sentences[analysis.sentence_of(happening.trigger)].last
    return next((at for at in range(happening.trigger, last) if reading.text.words[at] == ";"), last)


def _take_roles(reading: Reading, happening: Happening, within: Attribution) -> None:
    saying = within.saying
    if saying is None or happening.noun is None:
        return
    phrase = happening.noun.phrase
    if within.mode in ("charge", "own", "due") or (saying.name == "announce" and happening.type in _ANNOUNCED):
        who = within.addressed if within.mode == "charge" else within.speakers
        if (
            happening.type in _DONE
            and not happening.roles.get("actor")
            and phrase not in who
            and not happening.noun.slot("own")
        ):
            happening.add("actor", [p for p in who if p not in happening.roles.get("recipient", [])])
    if (
        saying.name == "announce"
        and happening.type in _ANNOUNCED
        and happening.noun.support is None
        and not happening.is_denied
    ):
        happening.meant = "planned"
    if within.mode == "possible" and happening.type in _SHARED and not happening.roles.get("participant"):
        happening.add("participant", within.addressed)


def _echoes(reading: Reading, happenings: list[Happening], attributions: Attributions) -> Iterator[Happening]:
    """The events that an accusation or a denial is about without telling them."""
    said = {id(happening.within) for happening in happenings}
    acts = {id(happening.act): happening for happening in reversed(happenings)}
    for attribution in attributions:
        clause, saying = attribution.clause, attribution.saying
        if clause is None or clause.verb is None or saying is None or attribution.mode not in ("charge", "denied"):
            continue
        if id(attribution) in said or any(c.verb is not None for c in clause.children if c.kind != "relative"):
            continue
        objects = reading.arguments(clause).object
        if attribution.mode == "denied" and objects and not any(reading.classes(p) & _INVOLVED for p in objects):
            continue
        if any(p.prep == "of" and p.of in objects for p in clause.after):
            continue  # "toute accusation de fraude" tells what is denied
        last = next((h for h in reversed(happenings) if h.trigger < clause.verb.head and h.type in _BLAMED), None)
        if last is None or not attribution.speakers:
            continue
        who: list[Phrase] = attribution.addressed if attribution.mode == "charge" else attribution.speakers
        passage = acts[id(attribution)].passage if id(attribution) in acts else [attribution.cue]
        yield Happening(
            last.type, f"echo-{saying.name}", clause.verb.head, [*passage], {"actor": list(who)},
            clause, frame=last.frame, is_denied=attribution.mode == "denied", within=attribution, confidence=0.5,
        )  # fmt: skip


def _told_apart(reading: Reading, happenings: list[Happening]) -> Iterator[Happening]:
    """An event whose toll alone has a source: the event is the publisher's."""
    for happening in happenings:
        within, noun = happening.within, happening.noun
        if (
            within is None
            or within.aside is None
            or within.aside.kind != "source"
            or noun is None
            or not happening.toll
        ):
            continue
        if (
            not any(happening.roles.get(role) for role in ("actor", "recipient", "location"))
            or noun.phrase.prep == "own"
        ):
            continue
        if noun.phrase.group is not None and noun.phrase.group.determination == "demonstrative":
            continue
        roles = {role: list(phrases) for role, phrases in happening.roles.items() if role != "victim"}
        yield replace(
            happening, passage=noun_passage(reading, noun), roles=roles, within=None, deaths=None, injured=None, toll=(),
            meant="presupposed" if noun.is_subject else "factual", is_denied=False, times=list(happening.times),
        )  # fmt: skip
