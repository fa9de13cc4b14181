"""Events that verbs tell: the frames of verbs matched against the clauses of a text."""

from __future__ import annotations

from kg.extraction.events.casualties import is_dead, is_hurt
from kg.extraction.events.happenings import Happening, fill_roles, holds
from kg.extraction.events.meaning import clause_meaning
from kg.extraction.events.passages import clause_passage
from kg.extraction.events.tolls import KILLING, WOUNDING, scene, suffering, verb_casualties
from kg.extraction.frames import Frame
from kg.extraction.reading import Reading
from kg.extraction.slots import is_verb_trigger, verb_facts, verb_slot
from kg.extraction.syntax.clauses import Clause


def find_verb_events(reading: Reading) -> list[Happening]:
    """Return the events that verbs tell, at most one for each clause."""
    found = []
    for parse in reading.parses:
        for clause in parse.clauses:
            if clause.verb is not None and clause.verb.lemma in reading.frames.verbs:
                happening = _verb_event(reading, clause)
                if happening is not None:
                    found.append(happening)
    return found


def _verb_event(reading: Reading, clause: Clause) -> Happening | None:
    verb = clause.verb
    assert verb is not None  # noqa: S101 - the caller has looked
    facts = verb_facts(reading, clause)
    for trigger, frame in reading.frames.verbs[verb.lemma]:
        if not is_verb_trigger(reading, clause, trigger):
            continue
        slot = verb_slot(reading, clause)
        if holds(reading, frame.needs, slot, facts):
            happening = _from_verb(reading, clause, frame)
            happening.beside = trigger.complement
            return happening
    return None


def _from_verb(reading: Reading, clause: Clause, frame: Frame) -> Happening:
    verb = clause.verb
    assert verb is not None  # noqa: S101 - the caller has looked
    denied, meant = clause_meaning(reading, clause)
    happening = Happening(
        frame.type, frame.name, verb.head, clause_passage(reading, clause), clause=clause, frame=frame, is_denied=denied,
        meant=frame.meant or meant,
    )  # fmt: skip
    for role, phrases in fill_roles(reading, frame.roles, verb_slot(reading, clause)).items():
        happening.add(role, phrases)
    parse = reading.parse_at(verb.head)
    if parse is not None and parse.topic and clause.kind == "main" and not happening.roles.get("location"):
        happening.add("location", [p for p in parse.topic if "place" in reading.classes(p)])
    if not happening.roles.get("location"):
        happening.add("location", scene(reading, clause, suffering(happening)))
    if any(n.terms[0].slot == "negated" for n in frame.needs):
        happening.is_denied = False
    if _has_negative_object(reading, clause):
        happening.is_denied = True
    if frame.name in KILLING or frame.name in WOUNDING:
        happening.add(
            "victim", [p for p in reading.arguments(clause).others if is_hurt(reading, p) or is_dead(reading, p)]
        )
    happening.deaths, happening.injured = verb_casualties(
        reading, clause, frame.name, happening.roles.get("victim", [])
    )
    if happening.is_denied:
        happening.deaths = happening.injured = None  # "No civilian was hurt"
    return happening


def _has_negative_object(reading: Reading, clause: Clause) -> bool:
    """``used neither artillery nor drones``, ``n'ont signé aucun traité``, ``signed no treaty``."""
    verb = clause.verb
    assert verb is not None  # noqa: S101 - the caller has looked
    objects = reading.arguments(clause).object
    if not objects or verb.voice == "passive" or objects[0].first < verb.last:
        return False
    words = reading.text.words[verb.last : objects[0].first + 1]
    return any(word in reading.frames.lists["no_object"] for word in words)
