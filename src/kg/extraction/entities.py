"""From phrases to the entities of claim records."""

from __future__ import annotations

from typing import Final

from kg.extraction.mentions import Mention
from kg.extraction.reading import Reading
from kg.extraction.syntax.phrases import Phrase
from kg.records import Entity

_PEOPLE: Final = frozenset(
    (
        "people",
        "group",
        "person",
        "number",
        "captive",
        "soldier",
        "wounded",
        "dead",
        "fighter",
        "worker",
        "official",
        "envoy",
    )
)


def parties(reading: Reading, phrases: list[Phrase]) -> tuple[Entity, ...]:
    """Return who is meant by phrases, each once; what is left open is left out, and so is a mere place, which does nothing."""
    found: list[Entity] = []
    for phrase in phrases:
        found += [e for e in _party(reading, phrase) if e not in found and e.type != "Place"]
    return tuple(found)


def places(reading: Reading, phrases: list[Phrase]) -> tuple[Entity, ...]:
    """Return where is meant by phrases, each place once."""
    found: list[Entity] = []
    for phrase in phrases:
        mention = reading.mention(phrase)
        if mention is not None:
            found += [e for e in mention.as_place() if e not in found]
    return tuple(found)


def _party(reading: Reading, phrase: Phrase) -> tuple[Entity, ...]:
    mention = reading.mention(phrase)
    if reading.text.words[phrase.first] in reading.frames.lists["nobody"]:
        return ()
    if mention is not None:
        if mention.kind == "pronoun" and not mention.referents:
            return ()
        return mention.as_party() or mention.entities()
    if reading.classes(phrase) & _PEOPLE or reading.text.words[phrase.head] in reading.frames.lists["some_people"]:
        return (_described(reading, phrase),)
    return ()


def speakers(reading: Reading, phrases: list[Phrase]) -> tuple[Entity, ...]:
    """Return who speaks: as `parties`, and failing that the words themselves: somebody does say it."""
    found: list[Entity] = []
    for phrase in phrases:
        meant = _party(reading, phrase)
        token = reading.text.analysis.tokens[phrase.head]
        if (
            not meant
            and phrase.mention is None
            and token.word_class in ("NOUN", "PROPN")
            and reading.text.words[phrase.first] not in reading.frames.lists["nobody"]
        ):
            meant = (_described(reading, phrase),)
        found += [e for e in (_institution(reading, phrase, e) for e in meant) if e not in found]
    return tuple(found)


def _institution(reading: Reading, phrase: Phrase, entity: Entity) -> Entity:
    """A place that speaks is the organization in it: ``selon l'hôpital central``."""
    if entity.type != "Place" or entity.id is not None or "speaker" not in reading.classes(phrase):
        return entity
    return entity.model_copy(update={"type": "Organization"})


def institutions(mention: Mention) -> tuple[Entity, ...]:
    """Return the organizations in the places that a mention means: ``directeur de l'hôpital``."""
    return tuple(
        e.model_copy(update={"type": "Organization", "id": None}) for e in mention.entities() if e.type == "Place"
    )


def _described(reading: Reading, phrase: Phrase) -> Entity:
    """People that no list knows, told by a number or a common noun."""
    first = phrase.first
    words = reading.text.words
    if words[first] in ("le", "la", "les", "l'", "the") and first < phrase.head:
        first += 1
    start, end = reading.text.span(first, phrase.last)
    text = reading.text.analysis.text[start:end]
    return Entity(text=text, span=(start, end), name=text, type="Group")
