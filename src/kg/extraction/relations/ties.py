"""A relation as one passage tells it, and which entities may stand on either side of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from kg.extraction.entities import parties, places
from kg.extraction.frames import RelationFrame
from kg.extraction.reading import Reading
from kg.extraction.relations.neighbours import mention_from, phrase_of
from kg.extraction.syntax.phrases import Phrase
from kg.records import Entity
from kg.vocab import Modality, RelationType

_HOLDING: Final = frozenset(("controls", "disputes"))
"""Relations of a party to a place."""

_LYING: Final = frozenset(("located-in", "separatist-in"))
"""Relations to a place, of a place as well as of a party."""


@dataclass(frozen=True, slots=True)
class Tie:
    """A relation as one passage tells it.

    Attributes:
        relation: its type.
        subject: who or what has it.
        object: to whom or what.
        passage: the tokens that tell it, as ranges, the main one first.
        rule: the frame that found it.
        trigger: the token of the word that tells it.
        is_denied: the grammar denies it.
        meant: how it is meant.
        is_epithet: it is said in passing, so that nobody but the publisher says it.
        is_background: it stands in a relative or participle clause.
        is_state: it is told as lasting: a verb of taking in such a form tells no event.
    """

    relation: RelationType
    subject: Entity
    object: Entity
    passage: tuple[tuple[int, int], ...]
    rule: str
    trigger: int
    is_denied: bool = False
    meant: Modality = "factual"
    is_epithet: bool = False
    is_background: bool = False
    is_state: bool = False


@dataclass(frozen=True, slots=True)
class Telling:
    """How a passage tells its relations: what all `Tie`s of one trigger share."""

    passage: tuple[tuple[int, int], ...]
    trigger: int
    is_denied: bool = False
    meant: Modality = "factual"
    is_epithet: bool = False
    is_background: bool = False
    is_state: bool = False


def tie(reading: Reading, frame: RelationFrame, roles: dict[str, list[Phrase]], telling: Telling) -> Iterator[Tie]:
    """Yield the relations of all subjects to all objects; of two or more subjects and no object, that of each to the next."""
    subjects = subjects_of(reading, frame.relation, _whole(reading, roles.get("subject", [])))
    objects = objects_of(reading, frame.relation, _whole(reading, roles.get("object", [])))
    pairs = [(subject, value) for subject in subjects for value in objects]
    if not roles.get("object") and len(subjects) > 1:
        pairs = list(pairwise(subjects))
    for subject, value in pairs:
        yield Tie(
            frame.relation, subject, value, telling.passage, frame.name, telling.trigger, telling.is_denied,
            frame.meant or telling.meant, telling.is_epithet, telling.is_background, telling.is_state,
        )  # fmt: skip


def _whole(reading: Reading, phrases: list[Phrase]) -> list[Phrase]:
    """Return the phrases, for a part of a force that names nobody the force: ``des renforts de la police``."""
    found = []
    for phrase in phrases:
        complement = reading.text.prepositions.get(phrase.last)
        is_part = phrase.mention is None and "force" in reading.classes(phrase)
        index = mention_from(reading, complement.last) if complement is not None and complement.name == "of" else None
        found.append(phrase_of(reading, index) if is_part and index is not None else phrase)
    return found


def subjects_of(reading: Reading, relation: str, phrases: list[Phrase]) -> tuple[Entity, ...]:
    """Return what may have a relation: a place lies in another, a place or a party is a part, parties do the rest."""
    if relation == "located-in":
        return _named_places(reading, phrases) or parties(reading, phrases)
    if relation in ("separatist-in", "part-of"):
        return _named_places(reading, phrases) or parties(reading, phrases)
    return parties(reading, phrases)


def objects_of(reading: Reading, relation: str, phrases: list[Phrase]) -> tuple[Entity, ...]:
    """Return to what a relation may be: a place where it is one to places."""
    if relation == "disputes":
        return tuple(place for phrase in phrases for place in _disputed(reading, phrase))
    if relation in _HOLDING or relation in _LYING:
        return places(reading, phrases)
    if relation == "part-of":
        return parties(reading, phrases) or places(reading, phrases)
    return parties(reading, phrases)


def _disputed(reading: Reading, phrase: Phrase) -> tuple[Entity, ...]:
    """The places that a phrase names: of ``Taiwan part of its territory`` Taiwan, since the rest names nothing."""
    mentions = reading.text.mentions
    mention = reading.mention(phrase)
    if mention is None or mention.kind != "description" or mention.name != mention.text:
        return places(reading, [phrase])
    named = [i for i in mentions.within(phrase.first, phrase.last) if mentions[i].kind in ("name", "capital")]
    return next((found for i in named if (found := mentions[i].as_place())), ())


def _named_places(reading: Reading, phrases: list[Phrase]) -> tuple[Entity, ...]:
    """The places among phrases: no state, which acts where it is named, unless it is a place by its name alone."""
    return tuple(e for e in places(reading, phrases) if e.type == "Place")
