"""What the clause around a noun adds to its slots: participles and relatives about it, a verb of support."""

from __future__ import annotations

from typing import Final

from kg.extraction.frames import Support
from kg.extraction.reading import Reading
from kg.extraction.slots.nouns import NounSlots, add_beside, add_complements
from kg.extraction.slots.triggers import is_verb_trigger
from kg.extraction.syntax.clauses import Clause
from kg.extraction.syntax.phrases import Phrase

_SCENE: Final = ("in", "near", "at", "on", "between", "with", "against", "auspices")
"""Slots of a verb that says that an event takes place, which are the event's own."""


def noun_slots(reading: Reading, phrase: Phrase, is_event: frozenset[int]) -> NounSlots:
    """Return the slots of a noun.

    Args:
        reading: the report.
        phrase: the noun's phrase.
        is_event: the heads of all nouns that may tell an event: a complement belongs to the nearest before it.
    """
    clause = reading.clause_of(phrase)
    found = NounSlots(phrase, _anchor(phrase, reading.frames.lists["container"]), clause)
    add_beside(reading, found)
    add_complements(reading, found, is_event)
    if clause is not None:
        _add_links(reading, found)
        _add_support(reading, found, is_event)
    return found


def _anchor(phrase: Phrase, containers: frozenset[str]) -> Phrase:
    """The noun that a noun stands behind, where what is told of that one is told of it: ``un cycle de négociations``."""
    while phrase.prep == "of" and phrase.of is not None and phrase.of.lemma.lower() in containers:
        phrase = phrase.of
    return phrase.leader or phrase


def _add_links(reading: Reading, found: NounSlots) -> None:
    """What participles and relative clauses say of the noun: ``lancée par l'armée``, ``signed in Geneva``."""
    parse = reading.parse_at(found.phrase.first)
    if parse is None:
        return
    for clause in parse.clauses:
        antecedent = clause.antecedent
        if antecedent is None or clause.verb is None or clause.kind not in ("participle", "relative"):
            continue
        if found.phrase not in antecedent.chain and found.phrase not in antecedent.all:
            continue
        if found.phrase is not antecedent and not _is_about(reading, clause, found.phrase):
            continue
        found.links.append(clause)
        if clause.verb.voice == "active" and clause.kind == "relative":
            _add_scene(reading, found, clause)
        if clause.verb.voice == "passive" or clause.kind == "participle":
            is_blamed = clause.verb.lemma in reading.frames.lists["blaming"]
            is_hosted = any(kind == "host" for _, kind in reading.frames.supports.get(clause.verb.lemma, ()))
            arguments = reading.arguments(clause)
            if clause.verb.lemma in reading.frames.lists["carrying"]:
                found.slots.setdefault("load", []).extend(
                    [*arguments.slots.get("of", []), *arguments.slots.get("with", [])]
                    + ([] if clause.verb.voice == "passive" else arguments.object)
                )
            for name, phrases in arguments.slots.items():
                if name != "of":
                    role = "by" if is_blamed and name in ("to", "on") else name
                    role = "auspices" if name == "by" and is_hosted else role
                    found.slots.setdefault(role, []).extend(phrases)


def _add_scene(reading: Reading, found: NounSlots, clause: Clause) -> None:
    """Where and between whom a relative says that the event took place: ``the war, which broke out in May in the valley``."""
    if (
        found.phrase not in reading.finder.surface_subject(clause)
        or support_of(reading, clause, found.phrase) != "occur"
    ):
        return
    names = (*_SCENE, "to") if reading.text.is_french else _SCENE
    for name, phrases in reading.arguments(clause).slots.items():
        if name in names:
            found.slots.setdefault(name, []).extend(p for p in phrases if p.of is None or p.of.prep in _SCENE)


def _is_about(reading: Reading, clause: Clause, phrase: Phrase) -> bool:
    return phrase in reading.finder.surface_subject(clause)


def _add_support(reading: Reading, found: NounSlots, is_event: frozenset[int]) -> None:
    clause, anchor = found.clause, found.anchor
    assert clause is not None  # noqa: S101 - the caller has looked
    if clause.verb is None:
        return
    arguments = reading.arguments(clause)
    subject = reading.finder.surface_subject(clause)
    found.is_subject = anchor in subject or found.phrase in subject
    found.is_object = not found.is_subject and (anchor in arguments.object or found.phrase in arguments.object)
    kind = support_of(reading, clause, anchor)
    if kind is None:
        return
    found.support = kind
    if kind == "occur" and found.is_subject and clause.verb.voice == "active":
        # "protests shook the capital": where
        found.slots.setdefault("in", []).extend(p for p in arguments.object if "place" in reading.classes(p))
    if (found.is_subject and clause.verb.voice == "active") or kind == "occur":
        is_told = clause.verb.voice == "passive"  # "violations were recorded by monitors": they did not do it
        extra = {n: p for n, p in arguments.slots.items() if n != "of" and not (is_told and n == "by")}
    else:
        extra = {n: p for n, p in arguments.slots.items() if n not in ("of", "by")}
        if arguments.subject and not found.is_subject and kind in ("do", "host", "suffer", "reach"):
            name = {"do": "by", "host": "auspices", "suffer": "against", "reach": "by"}[kind]
            found.slots.setdefault(name, []).extend(arguments.subject)
        elif found.is_subject and arguments.subject and kind in ("do", "host", "reach"):
            found.slots.setdefault("auspices" if kind == "host" else "by", []).extend(arguments.subject)
    for name, phrases in extra.items():
        own = found.slots.setdefault(name, [])
        own.extend(
            p
            for p in phrases
            if p not in own
            and p is not anchor
            and p is not found.phrase
            and not _is_of_another(p, found.phrase, is_event)
        )


def _is_of_another(phrase: Phrase, noun: Phrase, is_event: frozenset[int]) -> bool:
    """Tell whether a phrase is a complement of another event: ``hours after the violence in Karabakh``."""
    return any(p is not noun and p.head in is_event for p in phrase.chain[1:])


def support_of(reading: Reading, clause: Clause, anchor: Phrase) -> Support | None:
    """Return what the verb of a clause says of an event that one of its phrases tells, if it is a verb of support."""
    verb = clause.verb
    if verb is None:
        return None
    subject = reading.finder.surface_subject(clause)
    is_subject = anchor in subject
    is_object = anchor in reading.arguments(clause).object and not is_subject
    best: Support | None = None
    for trigger, kind in reading.frames.supports.get(verb.lemma, ()):
        if kind == "seek" or not is_verb_trigger(reading, clause, trigger):
            continue
        if is_subject and verb.voice == "active":
            fits = kind in ("occur", "cease", "halt", "cause")
        elif is_subject:
            fits = kind in ("do", "host", "reach", "halt", "occur", "cease")
        elif is_object:
            fits = kind in ("do", "host", "suffer", "reach", "halt", "cease", "cause", "foresee")
        else:
            fits = bool(trigger.complement) and kind in ("do", "host", "suffer", "reach", "halt", "cease")
        if fits and (best is None or trigger.is_special):
            best = kind
            if trigger.is_special:
                break
    return best
