"""What the asides of a sentence are made of: somebody who can speak, a verb of saying, and where both end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from kg.extraction.frames import Frames
from kg.extraction.syntax.elements import Element, Kind, Text
from kg.extraction.syntax.phrases import Phrase

LIGHT: Final = frozenset((Kind.TIME, Kind.ADVERB, Kind.OTHER))
COMPLEMENTS: Final = frozenset((Kind.TIME, Kind.ADVERB, Kind.OTHER, Kind.PREPOSITION))
_SPEAKERS: Final = frozenset(
    ("State", "DeFactoAuthority", "GovernmentBody", "ArmedForce", "ArmedGroup", "InternationalOrganization", "Organization",
     "MediaOrganization", "Person", "Group", "Place")
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Aside:
    """An attribution beside the content: the elements from `first` to `last`, its verb and who is named in it.

    `verb` is the index of the verb group, None for a source; `speaker` the phrase of who says it.
    """

    kind: Literal["inverted", "trailing", "source"]
    first: int
    last: int
    verb: int | None
    speaker: Phrase
    tokens: tuple[int, int]


def is_saying(text: Text, at: Element, frames: Frames) -> bool:
    """Tell whether an element is a verb that says something by itself."""
    verb = text.verb(at.ref)
    return verb.form == "finite" and verb.voice == "active" and frames.is_plain_saying(verb)


def is_speaker(text: Text, phrase: Phrase) -> bool:
    """Tell whether a phrase can be somebody who says something."""
    token = text.analysis.tokens[phrase.head]
    if phrase.mention is not None:
        return text.mentions[phrase.mention].type in _SPEAKERS
    if token.word_class in ("PRON", "PROPN") and not phrase.is_clitic:
        return True
    return token.word_class == "NOUN" and phrase.lemma.lower() in text.speaking


def is_person_name(text: Text, phrase: Phrase) -> bool:
    """Tell whether a phrase is a person's name."""
    mention = text.mentions[phrase.mention] if phrase.mention is not None else None
    return mention is not None and mention.type == "Person" and mention.kind == "name" and not phrase.prep


def joins_speakers(text: Text, elements: list[Element], at: int) -> bool:
    """Tell whether a conjunction joins another speaker, not another clause."""
    if at + 1 >= len(elements) or elements[at + 1].kind is not Kind.PHRASE:
        return False
    if not is_speaker(text, text.phrases[elements[at + 1].ref]):
        return False
    after = next((e for e in elements[at + 2 :] if e.kind not in LIGHT), None)
    return after is None or after.kind is not Kind.VERB or text.verb(after.ref).form != "finite"


def is_opening(text: Text, element: Element) -> bool:
    """Tell whether a quotation mark opens a quotation."""
    start = text.analysis.tokens[element.first].start
    found = text.analysis.quotation_at(start)
    return found is not None and text.analysis.quotations[found].start == start


def is_finite(text: Text, element: Element) -> bool:
    """Tell whether an element is a finite verb."""
    return element.kind is Kind.VERB and text.verb(element.ref).form == "finite"


def tokens_of(elements: list[Element], first: int, last: int) -> tuple[int, int]:
    """Return the tokens of some elements, without marks and prepositions at their end."""
    while last > first + 1 and elements[last - 1].kind in (Kind.COMMA, Kind.QUOTE, Kind.DASH, Kind.PREPOSITION):
        last -= 1
    return elements[first].first, elements[last - 1].last
