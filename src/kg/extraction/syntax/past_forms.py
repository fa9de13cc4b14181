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


def read_past_forms(
    text: Text, elements: list[Element], alike: frozenset[str], intransitive: frozenset[str]
) -> dict[int, VerbGroup]:
    """Return the verbs of a sentence whose reading the sentence corrects, by their number.

    Args:
        text: the text.
        elements: the sentence.
        alike: the strong verbs' forms that are past tense and participle alike (``held``); those in -ed are known.
        intransitive: the lemmas of verbs that have no passive: ``The Vatican appealed for a bishop abducted in May``.
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
        if verb.form == "finite" and verb.tense == "past":
            other = _finite_after(text, elements, at, alike)
            if other is not None and (verb.lemma in intransitive or _is_named(text, elements[at - 1])):
                if _is_alike(text.words[text.verb(other).head], alike) and text.verb(other).lemma not in intransitive:
                    found[other] = _as_participle(text.verb(other))
            elif other is not None:
                found[element.ref] = _as_participle(verb)
                if text.verb(other).form != "finite":
                    found[other] = _as_past(text.verb(other))
        elif verb.form == "participle" and verb.voice == "passive" and _is_needed(text, elements, at):
            found[element.ref] = _as_past(verb)
    return found


def _is_named(text: Text, element: Element) -> bool:
    """Tell whether the phrase before a verb is a name: those are seldom told apart by a participle."""
    phrase = text.phrases[element.ref]
    return not phrase.prep and phrase.group is not None and phrase.group.is_proper


def _as_participle(verb: VerbGroup) -> VerbGroup:
    return replace(verb, form="participle", voice="passive", tense=None, mood=None)


def _as_past(verb: VerbGroup) -> VerbGroup:
    return replace(verb, form="finite", voice="active", tense="past", mood="indicative")


def _is_alike(word: str, alike: frozenset[str]) -> bool:
    return word.endswith("ed") or word in alike


def _is_bare(text: Text, element: Element) -> bool:
    return element.kind is Kind.PHRASE and not text.phrases[element.ref].prep


def _is_finite(text: Text, element: Element) -> bool:
    return element.kind is Kind.VERB and text.verb(element.ref).form == "finite"


def _finite_after(text: Text, elements: list[Element], at: int, alike: frozenset[str]) -> int | None:
    """The finite verb whose subject is the noun before a verb without an object: ``soldiers trained abroad arrived``."""
    if at == 0 or elements[at - 1].kind is not Kind.PHRASE:
        return None
    for number, element in enumerate(elements[at + 1 :], at + 1):
        if _is_finite(text, element):
            return element.ref
        if element.kind is Kind.VERB:
            verb = text.verb(element.ref)
            is_past = verb.form == "participle" and len(verb.words) == 1 and _is_alike(text.words[verb.head], alike)
            return element.ref if is_past and number > at + 1 and not _is_by(text, elements, number + 1) else None
        if element.kind in _MARKS or _is_bare(text, element):
            return None
    return None


def _is_by(text: Text, elements: list[Element], at: int) -> bool:
    element = elements[at] if at < len(elements) else None
    return element is not None and element.kind is Kind.PHRASE and text.phrases[element.ref].prep in ("by", "auspices")


def _is_needed(text: Text, elements: list[Element], at: int) -> bool:
    """Tell whether a clause has a subject before a verb and no other verb that could be its finite one."""
    if _is_by(text, elements, at + 1):
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
