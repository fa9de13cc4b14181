"""Relations that nouns tell: ``X, un allié de Y``, ``its ally X``, ``X est aux mains de Y``, ``the rebel stronghold of X``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kg.extraction.events.happenings import fill_relation, holds
from kg.extraction.events.meaning import clause_meaning
from kg.extraction.frame_tables import load_relations
from kg.extraction.frames import RelationFrame, Trigger
from kg.extraction.reading import Reading
from kg.extraction.relations.beside import Noun, read_noun
from kg.extraction.relations.ties import Telling, Tie, tie
from kg.extraction.slots import Slot
from kg.extraction.syntax.phrases import Phrase

_NAMES: Final = frozenset(("name", "capital"))

_REACH: Final = 40
"""How many tokens from the noun a phrase may stand that the passage includes."""


def from_nouns(reading: Reading) -> Iterator[Tie]:
    """Yield the relations that the frames of nouns find; of each noun those of the first frame that fits."""
    frames = load_relations(reading.frames.language).nouns
    text = reading.text
    for at, (word, lemma) in enumerate(zip(text.words, text.lemmas, strict=True)):
        pairs = frames.get(lemma) or frames.get(word)
        if not pairs or text.time_at[at] >= 0:
            continue
        noun = read_noun(reading, at)
        slot = _slots(reading, noun)
        for trigger, frame in pairs:
            if _is_trigger(reading, noun, trigger) and holds(reading, frame.needs, slot, frozenset(noun.facts)):
                yield from _from_noun(reading, noun, frame, slot)
                break


def _is_trigger(reading: Reading, noun: Noun, trigger: Trigger) -> bool:
    """Tell whether a noun is the trigger with the words before it and beside it."""
    text = reading.text
    count = len(trigger.particle)
    if trigger.particle and tuple(text.words[max(0, noun.at - count) : noun.at]) != trigger.particle:
        return False
    if (
        trigger.complement
        and tuple(text.words[noun.at + 1 : noun.at + 1 + len(trigger.complement)]) != trigger.complement
    ):
        return False
    around = [*range(noun.first, noun.at), *range(noun.at + 1, min(noun.at + 4, len(text.words)))]
    return not trigger.beside or any(trigger.beside in (text.words[at], text.lemmas[at]) for at in around)


def _slots(reading: Reading, noun: Noun) -> Slot:
    def slot(name: str) -> list[Phrase]:
        if name == "app":
            return noun.beside
        if name == "doer":
            return noun.doers
        if name == "head":
            index = reading.text.phrase_at[noun.at]
            phrase = reading.text.phrases[index] if index >= 0 else None
            mention = reading.mention(phrase) if phrase is not None else None
            return [phrase] if phrase is not None and mention is not None and mention.kind in _NAMES else []
        return noun.owners if name == "own" else noun.complements.get(name, [])

    return slot


def _from_noun(reading: Reading, noun: Noun, frame: RelationFrame, slot: Slot) -> Iterator[Tie]:
    roles = fill_relation(reading, frame.roles, slot)
    near = [p for some in roles.values() for p in some if abs(p.first - noun.at) < _REACH]
    passage = ((min([noun.first, *(p.first for p in near)]), max([noun.last, *(p.last for p in near)])),)
    clause = noun.clause
    if clause is None:
        yield from tie(reading, frame, roles, Telling(passage, noun.at, is_epithet=True))
        return
    denied, meant = clause_meaning(reading, clause)
    if "believed" in noun.facts and meant == "factual":
        meant = "possible"
    is_background = clause.kind in ("relative", "participle")
    yield from tie(reading, frame, roles, Telling(passage, noun.at, denied, meant, is_background=is_background))
