"""All relations of a text."""

from __future__ import annotations

from kg.extraction.attribution.attributions import Attribution, Attributions
from kg.extraction.reading import Reading
from kg.extraction.relations.adjectives import from_adjectives, from_parts
from kg.extraction.relations.names import from_epithets, from_lists, from_places
from kg.extraction.relations.nouns import from_nouns
from kg.extraction.relations.ties import Tie
from kg.extraction.relations.verbs import from_verbs


def find_relations(reading: Reading) -> list[Tie]:
    """Return the relations of a text, each once, in its order.

    Two places have one relation: what a noun says of them (``région séparatiste de Géorgie``) wins over where they lie.
    """
    found: dict[tuple[str, str, str], Tie] = {}
    for tie in (
        *from_verbs(reading),
        *from_nouns(reading),
        *from_adjectives(reading),
        *from_parts(reading),
        *from_lists(reading),
        *from_places(reading),
        *from_epithets(reading),
    ):
        is_told = tie.relation == "allied-with" and (tie.relation, tie.object.name, tie.subject.name) in found
        if tie.subject.name != tie.object.name and not is_told:
            found.setdefault((tie.relation, tie.subject.name, tie.object.name), tie)
    found = {key: tie for key, tie in found.items() if not _is_part_told(key, found)}
    special = {(t.subject.name, t.object.name) for t in found.values() if t.relation != "located-in"}
    kept = [t for t in found.values() if t.relation != "located-in" or (t.subject.name, t.object.name) not in special]
    return sorted(kept, key=lambda t: (t.passage, t.relation, t.subject.name, t.object.name))


def _is_part_told(key: tuple[str, str, str], found: dict[tuple[str, str, str], Tie]) -> bool:
    """Tell whether a place lies in a part of a place in which it lies as well: ``in the north of the Gaza Strip``."""
    relation, subject, value = key
    return relation == "located-in" and any(
        other != value and value.endswith(other) and (relation, subject, other) in found
        for other in (o for r, s, o in found if (r, s) == (relation, subject))
    )


def within(tie: Tie, attributions: Attributions) -> Attribution | None:
    """Return the attribution that says a relation: none says what an epithet takes for granted."""
    if tie.is_epithet or tie.is_background:
        return None
    around = [a for a in attributions.covering(tie.trigger) if a.speakers]
    return min(around, key=lambda a: (a.size, a.cue), default=None)
