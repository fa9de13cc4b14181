"""How many an event killed and hurt, and where the words for its victims say that it took place."""

from __future__ import annotations

from typing import Final

from kg.extraction.events.casualties import add_counts, count_of, is_dead, is_hurt
from kg.extraction.events.happenings import Happening
from kg.extraction.reading import Reading
from kg.extraction.syntax.clauses import Clause
from kg.extraction.syntax.phrases import Phrase
from kg.extraction.syntax.prepositions import PLACE
from kg.records import Casualties

KILLING: Final = frozenset(("kill", "kill-pass", "kill-war", "die-war", "lose-life", "toll", "toll-count", "killing-n"))
"""The frames whose victims are dead."""

WOUNDING: Final = frozenset(("wound",))
"""The frames whose victims are hurt."""


def verb_casualties(
    reading: Reading, clause: Clause, rule: str, victims: list[Phrase]
) -> tuple[Casualties | None, Casualties | None]:
    """Return how many a verb says were killed, and how many hurt."""
    if rule not in KILLING and rule not in WOUNDING:
        return None, None
    arguments = reading.arguments(clause)
    if rule in ("toll", "toll-count"):
        told = [
            *arguments.object,
            *arguments.slots.get("of", []),
            *arguments.slots.get("in", []),
            *arguments.slots.get("to", []),
        ]
        dead = [p for p in told if is_dead(reading, p)]
        hurt = [p for p in told if is_hurt(reading, p)]
        people = [c for p in dead if (c := count_of(reading, p)) is not None]
        if not people or all(
            p.lemma in ("mort", "death", "vie", "life") and p.group is not None and p.group.number == "Sing"
            for p in dead
        ):
            others = [
                p
                for p in told
                if p not in dead and p not in hurt and reading.classes(p) & {"people", "group", "person", "number"}
            ]
            people = [c for p in others if (c := count_of(reading, p)) is not None] or people
        return add_counts(people), add_counts([c for p in hurt if (c := count_of(reading, p)) is not None])
    if rule == "lose-life":
        lives = [
            p
            for p in arguments.object
            if p.lemma.lower() in ("life", "vie") and p.group is not None and p.group.number == "Plur"
        ]
        told = lives or arguments.slots.get("to", []) or arguments.slots.get("of", []) or victims
        return add_counts([c for p in told if (c := count_of(reading, p)) is not None]), None
    others = [p for p in victims if p in arguments.others]
    counts = add_counts([c for p in victims if p not in others and (c := count_of(reading, p)) is not None])
    if others and rule in KILLING:  # "a été tué et un autre blessé"
        return counts, add_counts([c for p in others if (c := count_of(reading, p)) is not None])
    return (counts, None) if rule in KILLING else (None, counts)


def add_toll_before(reading: Reading, happening: Happening) -> None:
    """``15 dead in Israeli strikes``, ``neuf morts et trente blessés dans une frappe``: the toll stands before the noun."""
    noun = happening.noun
    before = noun.phrase.of if noun is not None else None
    if noun is None or before is None or noun.phrase.prep not in ("in", "by", "during", "after", "under"):
        return
    told = (before.leader or before).all
    dead, hurt = [p for p in told if is_dead(reading, p)], [p for p in told if is_hurt(reading, p)]
    if not dead and not hurt:
        return
    happening.deaths = add_counts([c for p in dead if (c := count_of(reading, p)) is not None])
    happening.injured = add_counts([c for p in hurt if (c := count_of(reading, p)) is not None])
    happening.add("victim", told)
    first, last = happening.passage[0]
    happening.passage[0] = min(first, told[0].first), last


def suffering(happening: Happening) -> list[Phrase]:
    """Return whom an event harms or is aimed at."""
    return [*happening.roles.get("victim", []), *happening.roles.get("recipient", [])]


def scene(reading: Reading, clause: Clause | None, victims: list[Phrase]) -> list[Phrase]:
    """Where an event takes place that its own verb does not say.

    The scene of the verb around an infinitive: ``In Rakhine, the army goes on attacking posts``; the place that the words for
    the victims hold: ``killed 44,000 people in Gaza``.
    """
    parent = clause.parent if clause is not None and clause.kind == "infinitive" and clause.marker != "for" else None
    if parent is not None and parent.verb is not None:
        scene = [p for p in parent.before if p.prep in PLACE and "place" in reading.classes(p)]
        if scene:
            return scene
    mentions = reading.text.mentions
    found = []
    for phrase in victims:
        for at in mentions.within(phrase.first, phrase.last):
            place = mentions[at]
            before = _preposition_before(reading, place.first, phrase.first)
            if place.as_place() and place.head != phrase.head and before:
                found.append(Phrase(place.first, place.last, place.head, place.text, before, place.first, at))
    return found


def _preposition_before(reading: Reading, token: int, first: int) -> str:
    """The preposition of place before a name, an article between them or not; empty for none."""
    wanted = (*PLACE, "to") if reading.text.is_french else tuple(PLACE)
    for at in range(token - 1, max(first, token - 4) - 1, -1):
        found = reading.text.prepositions.get(at)
        if found is not None:
            return found.name if found.name in wanted and found.last >= token - 1 else ""
    return ""
