"""A verb of saying before its subject: ``, a déclaré X``, ``, said X``."""

from __future__ import annotations

from typing import Final

from kg.extraction.attribution.speakers import (
    COMPLEMENTS,
    LIGHT,
    Aside,
    is_finite,
    is_opening,
    is_person_name,
    is_saying,
    is_speaker,
    joins_speakers,
    tokens_of,
)
from kg.extraction.frames import Frames
from kg.extraction.syntax.elements import Element, Kind, Text
from kg.extraction.syntax.phrases import Phrase

_MARKS: Final = frozenset((Kind.COMMA, Kind.QUOTE, Kind.DASH, Kind.END))


def read_inverted(text: Text, elements: list[Element], at: int, frames: Frames) -> Aside | None:
    """Return the inverted attribution whose verb is element `at`, if there is one."""
    element = elements[at]
    if not is_saying(text, element, frames):
        return None
    first = at
    while first and elements[first - 1].kind is Kind.PHRASE and text.phrases[elements[first - 1].ref].is_clitic:
        first -= 1
    before = elements[first - 1] if first else None
    if before is None or before.kind not in _MARKS or not _has_content(elements, first - 1):
        return None
    if before.kind is Kind.QUOTE and is_opening(text, before):
        return None
    if before.kind is Kind.COMMA and _has_subject_before(text, elements, first - 1):
        return None
    if before.kind is not Kind.QUOTE and not _may_invert(text, element, frames):
        return None
    subject = _next_phrase(text, elements, at)
    if subject is None:
        return None
    speaker = text.phrases[elements[subject].ref]
    if speaker.prep or speaker.is_clitic:
        return None
    if not text.is_french and subject + 1 < len(elements) and is_finite(text, elements[subject + 1]):
        return None  # "accused of treason, said he was innocent": who follows is the subject of what is said
    last = _end(text, elements, subject + 1)
    if (
        before.kind is Kind.QUOTE
        or any(is_finite(text, e) for e in elements[:first])
        or _has_quotation(text, elements, first)
    ):
        is_split = before.kind is Kind.COMMA and any(e.kind is Kind.RELATIVE for e in elements[:first])
        is_known = is_speaker(text, speaker)
        is_free = text.is_french or before.kind is Kind.QUOTE  # in English only a quotation lets an unknown noun speak
        if not is_known and (is_split or not is_free or not _is_told_of_last(text, elements, subject)):
            return None
    elif not is_speaker(text, speaker) or not any(is_finite(text, e) for e in elements[last:]):
        return None  # "L'Union, opposée au texte, a condamné l'arrestation": the subject stands before the commas
    named = next((text.phrases[e.ref] for e in elements[subject + 1 : last] if e.kind is Kind.PHRASE), None)
    if (
        named is not None
        and not _is_speaker_name(text, speaker)
        and is_person_name(text, named)
        and elements[subject + 1].kind is Kind.COMMA
    ):
        speaker = named  # "dénonce leur avocat, X"
    if text.words[speaker.head] in frames.lists["impersonal"]:
        # "a-t-on appris auprès de l'hôpital": who says it is the one that it was learnt from
        sources = [text.phrases[e.ref] for e in elements[subject:last] if e.kind is Kind.PHRASE]
        speaker = next((p for p in sources if p.prep in ("to", "from") and is_speaker(text, p)), speaker)
    start, end = tokens_of(elements, first, last)
    end = max(end, text.verb(element.ref).last)  # "a-t-il ajouté": the participle stands behind the subject
    return Aside("inverted", first, last, element.ref, speaker, (start, end))


def _may_invert(text: Text, element: Element, frames: Frames) -> bool:
    """Tell whether a verb may stand before its subject without a quotation: in French any but those that ask for whom."""
    if text.is_french:
        said = frames.said.get(text.verb(element.ref).lemma, ())
        return not any("somebody" in classes for _, saying in said for _, classes in saying.needs)
    return text.verb(element.ref).lemma in frames.lists["inverts"]


def _has_quotation(text: Text, elements: list[Element], end: int) -> bool:
    """Tell whether a quotation stands before an element of the sentence."""
    return any(e.kind is Kind.QUOTE for e in elements[:end])


def _is_speaker_name(text: Text, phrase: Phrase) -> bool:
    mention = text.mentions[phrase.mention] if phrase.mention is not None else None
    return mention is not None and mention.type == "Person" and mention.kind in ("name", "pronoun")


def _is_told_of_last(text: Text, elements: list[Element], subject: int) -> bool:
    """Tell whether an unknown noun after an inverted verb ends the sentence with its complements, so that it must be who speaks."""
    rest = [e for e in elements[subject + 1 :] if e.kind not in LIGHT]
    return all(
        e.kind is Kind.END or (e.kind is Kind.PHRASE and text.phrases[e.ref].prep) or e.kind is Kind.QUOTE for e in rest
    )


def _has_subject_before(text: Text, elements: list[Element], comma: int) -> bool:
    """Tell whether a phrase between a quotation and a comma is the subject: ``," a spokesman, Brig. Gen. X, told reporters``."""
    at = comma - 1
    over = (Kind.PHRASE, Kind.COMMA, Kind.TIME) if text.is_french else tuple(k for k in Kind if k is not Kind.QUOTE)
    while at >= 0 and elements[at].kind in over:
        at -= 1
    phrases = [text.phrases[e.ref] for e in elements[at + 1 : comma] if e.kind is Kind.PHRASE]
    return (
        at >= 0
        and elements[at].kind is Kind.QUOTE
        and not is_opening(text, elements[at])
        and any(p.is_bare for p in phrases)
    )


def _has_content(elements: list[Element], end: int) -> bool:
    return any(e.kind in (Kind.VERB, Kind.PHRASE) for e in elements[:end]) or (
        end > 0 and elements[end - 1].kind is Kind.QUOTE
    )


def _next_phrase(text: Text, elements: list[Element], at: int) -> int | None:
    """The subject after an inverted verb: the next phrase, over adverbs, times and an addressee."""
    place = at + 1
    while place < len(elements):
        element = elements[place]
        if element.kind is Kind.PHRASE:
            phrase = text.phrases[element.ref]
            is_adjunct = phrase.prep in ("to", "in", "during", "on") or (text.is_french and bool(phrase.prep))
            if is_adjunct and place + 1 < len(elements):
                place += 1
                continue
            return place
        if element.kind is Kind.COMMA and place + 1 < len(elements) and elements[place - 1].kind in LIGHT:
            place += 1
            continue
        if element.kind not in LIGHT:
            return None
        place += 1
    return None


def _end(text: Text, elements: list[Element], start: int) -> int:
    """Where an aside ends: before the mark or conjunction behind its phrases."""
    at = start
    while at < len(elements):
        element = elements[at]
        if element.kind is Kind.PHRASE or element.kind in COMPLEMENTS:
            at += 1
            continue
        if element.kind is Kind.COORDINATOR and joins_speakers(text, elements, at):
            at += 1
            continue
        if element.kind is Kind.COMMA and _goes_on(text, elements, at):
            at += 1
            continue
        break
    return at


def _goes_on(text: Text, elements: list[Element], at: int) -> bool:
    """Tell whether a comma inside an aside parts an apposition or an adjunct of the saying: ``, lors d'une réunion``."""
    following = elements[at + 1] if at + 1 < len(elements) else None
    if following is None:
        return False
    if following.kind is Kind.TIME:
        return True
    if following.kind is not Kind.PHRASE:
        return False
    phrase = text.phrases[following.ref]
    if phrase.prep in ("during", "in", "on", "via", "after", "at"):
        after = next((e for e in elements[at + 2 :] if e.kind not in LIGHT and e.kind is not Kind.PHRASE), None)
        return after is None or after.kind in (Kind.END, Kind.COMMA, Kind.QUOTE)
    if phrase.prep:
        return False
    after = elements[at + 2] if at + 2 < len(elements) else None
    return after is None or after.kind in (Kind.COMMA, Kind.END, Kind.QUOTE)
