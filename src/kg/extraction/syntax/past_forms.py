"""English forms that are past tense and participle alike, read by the sentence around them.

``A tourist detained in Tehran appeared in court`` holds one finite verb, the second; ``The parliament threatened on Monday to
break relations.`` needs one, and has no other.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from kg.analysis import VerbGroup
from kg.extraction.syntax.elements import Element, Kind, Text

_OPENERS: Final = (Kind.RELATIVE, Kind.SUBORDINATOR)
_BOUNDS: Final = (*_OPENERS, Kind.BREAK, Kind.DASH, Kind.QUOTE, Kind.END)
_MARKS: Final = (*_BOUNDS, Kind.COMMA, Kind.COORDINATOR)
_BETWEEN: Final = (Kind.ADVERB, Kind.TIME, Kind.OTHER)


def read_past_forms(text: Text, elements: list[Element], alike: frozenset[str]) -> dict[int, VerbGroup]:
    """Return the verbs of a sentence whose reading the sentence corrects, by their number.

    Args:
        text: the text.
        elements: the sentence.
        alike: the strong verbs' forms that are past tense and participle alike (``held``); those in -ed are known.
    """
    if text.is_french:
        return {}
    found: dict[int, VerbGroup] = {}
    for at, element in enumerate(elements):
        if element.kind is not Kind.VERB:
            continue
        verb = text.verb(element.ref)
        if len(verb.words) > 1 or not _is_alike(text.words[verb.head], alike):
            continue
        if verb.form == "finite" and verb.tense == "past" and _is_reduced(text, elements, at):
            found[element.ref] = replace(verb, form="participle", voice="passive", tense=None, mood=None)
        elif verb.form == "participle" and verb.voice == "passive" and _is_needed(text, elements, at):
            found[element.ref] = replace(verb, form="finite", voice="active", tense="past", mood="indicative")
    return found


def _is_alike(word: str, alike: frozenset[str]) -> bool:
    return word.endswith("ed") or word in alike


def _is_bare(text: Text, element: Element) -> bool:
    return element.kind is Kind.PHRASE and not text.phrases[element.ref].prep


def _is_finite(text: Text, element: Element) -> bool:
    return element.kind is Kind.VERB and text.verb(element.ref).form == "finite"


def _is_reduced(text: Text, elements: list[Element], at: int) -> bool:
    """Tell whether a verb without an object stands between a noun and the finite verb that the noun is the subject of."""
    if at == 0 or elements[at - 1].kind is not Kind.PHRASE:
        return False
    for element in elements[at + 1 :]:
        if _is_finite(text, element):
            return True
        if element.kind in _MARKS or _is_bare(text, element):
            return False
    return False


def _is_needed(text: Text, elements: list[Element], at: int) -> bool:
    """Tell whether a clause has a subject before a verb and no other verb that could be its finite one."""
    following = elements[at + 1] if at + 1 < len(elements) else None
    if following is not None and following.kind is Kind.PHRASE and text.phrases[following.ref].prep in ("by", "auspices"):
        return False
    opener = _opener(text, elements, at)
    if opener is None:
        return False
    is_within = opener >= 0 and elements[opener].kind in _OPENERS
    for element in elements[at + 1 :]:
        if _is_finite(text, element):
            return False
        if element.kind in _OPENERS or (is_within and element.kind is Kind.COMMA):
            return True
        if element.kind is Kind.END:
            return True
        if element.kind is Kind.BREAK:
            return False
    return is_within


def _opener(text: Text, elements: list[Element], at: int) -> int | None:
    """What opens the clause of a verb: -1 for the beginning of the sentence; None where no bare subject stands right before."""
    place = at - 1
    while place >= 0 and elements[place].kind in _BETWEEN:
        place -= 1
    has_subject = False
    while place >= 0 and elements[place].kind is Kind.PHRASE:
        has_subject = has_subject or _is_bare(text, elements[place])
        place -= 1
    while place >= 0 and elements[place].kind in (*_BETWEEN, Kind.COORDINATOR, Kind.PHRASE, Kind.COMMA):
        place -= 1
    if not has_subject or (place >= 0 and elements[place].kind not in (*_OPENERS, Kind.BREAK)):
        return None
    return place
