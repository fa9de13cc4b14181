"""Events that a participle before a noun tells in passing: ``a captured army post``, ``the jailed opposition leader``."""

from __future__ import annotations

from typing import Final

from kg.extraction.events.happenings import Happening, fill_roles, holds
from kg.extraction.frames import Frame
from kg.extraction.reading import Reading
from kg.extraction.slots import Slot
from kg.extraction.syntax.phrases import Phrase

_FACTS: Final = frozenset(("passive",))


def find_epithets(reading: Reading) -> list[Happening]:
    """Return the events that participles among the words of a noun group tell; they are taken for granted."""
    told = reading.frames.lists["epithet"]
    if not told:
        return []
    found = []
    for phrase in reading.text.phrases:
        for at in phrase.group.modifiers if phrase.group is not None else ():
            if at < phrase.head and reading.text.words[at] in told:
                happening = _event(reading, phrase, at)
                if happening is not None:
                    found.append(happening)
    return found


def _event(reading: Reading, phrase: Phrase, at: int) -> Happening | None:
    def slot(name: str) -> list[Phrase]:
        return [phrase] if name == "obj" else []

    frame = _frame(reading, reading.text.words[at], slot)
    if frame is None:
        return None
    happening = Happening(
        frame.type, frame.name, at, [(phrase.first, phrase.last)], clause=None, frame=frame, meant="presupposed",
        confidence=0.5,
    )  # fmt: skip
    for role, phrases in fill_roles(reading, frame.roles, slot).items():
        happening.add(role, phrases)
    return happening


def _frame(reading: Reading, word: str, slot: Slot) -> Frame | None:
    """The frame of the verb that a regular participle is of, if what it is said of meets the conditions."""
    for lemma in (word[:-1], word[:-2], word[:-3]):
        for trigger, frame in reading.frames.verbs.get(lemma, ()):
            if not trigger.is_special and holds(reading, frame.needs, slot, _FACTS):
                return frame
    return None
