"""Events in the making: a trigger, what fills its roles, how it is meant, and the passage that tells it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from kg.extraction.attribution.attributions import Attribution
from kg.extraction.frames import PLACES, Frame, Need, RoleRule, Term
from kg.extraction.reading import Reading
from kg.extraction.slots import NounSlots, Slot
from kg.extraction.syntax.clauses import Clause
from kg.extraction.syntax.phrases import Phrase
from kg.extraction.syntax.prepositions import PLACE
from kg.records import Casualties
from kg.vocab import ROLES, EventType, Modality

_WHERE: Final = ("in", "near", "on", "at")


@dataclass(slots=True, eq=False)
class Happening:
    """An event as one passage tells it.

    Attributes:
        type: its type.
        rule: the frame that found it.
        trigger: the token of its verb or noun.
        passage: the tokens that tell it, as ranges, the main one first.
        roles: the phrases by role, `location` and `territory` among them.
        clause: the clause of its verb, or around its noun.
        noun: the slots of its noun.
        frame: the frame; None for an act of saying.
        is_denied: the grammar denies it.
        meant: how the grammar means it.
        act: the attribution whose verb it is, for an act of saying.
        within: the attribution that says it.
        times: what times may be its own, the likeliest first.
        deaths: how many died.
        injured: how many were hurt.
    """

    type: EventType
    rule: str
    trigger: int
    passage: list[tuple[int, int]]
    roles: dict[str, list[Phrase]] = field(default_factory=dict)
    clause: Clause | None = None
    noun: NounSlots | None = None
    frame: Frame | None = None
    is_denied: bool = False
    meant: Modality = "factual"
    act: Attribution | None = None
    within: Attribution | None = None
    times: list[int] = field(default_factory=list)
    deaths: Casualties | None = None
    injured: Casualties | None = None
    confidence: float = 0.6
    is_dropped: bool = False
    into: Happening | None = None
    toll: tuple[Clause, ...] = ()
    beside: tuple[str, ...] = ()

    def add(self, role: str, phrases: list[Phrase]) -> None:
        """Give phrases a role, each once."""
        own = self.roles.setdefault(role, [])
        own.extend(p for p in phrases if p not in own)


def holds(reading: Reading, needs: tuple[Need, ...], slot: Slot, facts: frozenset[str]) -> bool:
    """Tell whether all conditions of a frame hold.

    Args:
        reading: the report.
        needs: the conditions.
        slot: gives what fills a slot.
        facts: the conditions without a slot that are true: plural, passive, negated …
    """
    return all(any(_is_met(reading, t, slot, facts) for t in need.terms) != need.is_negated for need in needs)


def _is_met(reading: Reading, term: Term, slot: Slot, facts: frozenset[str]) -> bool:
    if term.is_negated:
        return not _is_met(reading, Term(term.slot, term.classes), slot, facts)
    if term.slot in facts:
        return True
    phrases = slot(term.slot)
    if not term.classes:
        return bool(phrases)
    return any(reading.classes(p) & term.classes for p in phrases)


def fill_roles(reading: Reading, rules: tuple[RoleRule, ...], slot: Slot) -> dict[str, list[Phrase]]:
    """Return the phrases by role; of a slot each phrase goes to the first rule that takes it."""
    roles: dict[str, list[Phrase]] = {}
    taken: set[int] = set()
    for rule in rules:
        for phrase in slot(rule.term.slot):
            if id(phrase) in taken:
                continue
            if rule.term.classes and not (reading.classes(phrase) & rule.term.classes):
                continue
            if rule.role in PLACES and not _is_place(reading, phrase):
                continue
            taken.add(id(phrase))
            if rule.role != "-":
                roles.setdefault(rule.role, []).append(phrase)
    for name in (*_WHERE, "to") if reading.text.is_french else _WHERE:
        for phrase in slot(name):
            if id(phrase) not in taken and _is_place(reading, phrase) and phrase not in roles.get("territory", []):
                roles.setdefault("location", []).append(phrase)
                taken.add(id(phrase))
    return roles


def fill_relation(reading: Reading, rules: tuple[RoleRule, ...], slot: Slot) -> dict[str, list[Phrase]]:
    """Return the phrases that are subject and object of a relation."""
    roles: dict[str, list[Phrase]] = {}
    for rule in rules:
        for phrase in slot(rule.term.slot):
            if not rule.term.classes or reading.classes(phrase) & rule.term.classes:
                roles.setdefault(rule.role, []).append(phrase)
    return roles


def _is_place(reading: Reading, phrase: Phrase) -> bool:
    lemma, group = phrase.lemma.lower(), phrase.group
    is_own = group is not None and (group.determination == "possessive" or group.number == "Plur")
    if lemma in reading.frames.lists["dwelling"] and is_own:
        return False
    mention = reading.mention(phrase)
    is_people = mention is not None and mention.kind == "demonym" and phrase.prep not in ("own", "mod")
    return mention is not None and bool(mention.as_place()) and not is_people  # "en soutien aux Palestiniens"


def role_names() -> tuple[str, ...]:
    """The names of all roles, places included."""
    return (*ROLES, *PLACES)


__all__ = ["PLACE", "Happening", "Slot", "fill_roles", "holds", "role_names"]
