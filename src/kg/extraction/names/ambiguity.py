"""Whether a word of the lexicon is a noun where it stands, and the one that the lexicon means.

``les blessés`` but not ``ont été blessés``; ``a general`` but not ``a general strike``; ``leur camp`` but not ``un camp``.
"""

from __future__ import annotations

from typing import Final

from kg.extraction.names.atoms import LOWER
from kg.extraction.names.nouns import Noun
from kg.extraction.names.scene import Scene

_NO_NOUN: Final = ("ADV", "ADP", "PRON", "DET", "SCONJ", "CCONJ")
_GENITIVE: Final = ("'s", "'")


# --------------------------------------------------------------------------- French


def is_french_noun(scene: Scene, first: int, last: int, noun: Noun) -> bool:
    """Tell it of a French word, by its class and by what introduces it."""
    if last - first > 1:
        return True
    tag = scene.word_class(first)
    if tag in _NO_NOUN:
        return False
    before = first - 1
    while before >= 0 and scene.is_word("former", before):
        before -= 1
    is_introduced = _is_introduced(scene, before)
    if noun.sense == "collective" and noun.english == "media":
        return scene.is_word("definite", first - 1) or scene.key(first - 1) == "aux"
    if noun.category == "echo":
        return _is_french_echo(scene, (first, before), noun)
    if noun.sense == "victim":
        if noun.number == "Sing":
            return scene.is_word("article", before) or before in scene.numeral_ends
        return is_introduced and scene.word_class(first - 1) != "AUX"
    if is_introduced:
        return True
    if noun.category in ("place", "people") and noun.number == "Sing":
        return scene.atoms.opens[first] or scene.key(before) in (",", "(", "en", "et")
    if noun.category == "organization" and noun.is_bare and noun.case:
        return not scene.atoms.opens[first] or scene.noun(last, "adjective") is not None or scene.is_word("of", last)
    if noun.category == "people" and scene.noun(first, "adjective") is not None:
        return tag == "NOUN" or scene.atoms.opens[first] or scene.key(before) in (",", "et", "par", "entre")
    if tag == "ADJ":
        return noun.category == "post" and scene.word_class(first - 1) != "NOUN"
    return tag not in ("VERB", "AUX") or noun.category == "post"


def _is_introduced(scene: Scene, before: int) -> bool:
    """Tell whether a determiner, a numeral or ``de`` stands before a noun."""
    kinds = ("definite", "indefinite", "possessive", "demonstrative", "of", "partitive")
    return (
        any(scene.is_word(kind, before) for kind in kinds)
        or scene.word_class(before) == "NUM"
        or before in scene.numeral_ends
    )


def _is_french_echo(scene: Scene, places: tuple[int, int], noun: Noun) -> bool:
    first, before = places
    if scene.noun(first, "place") is not None:
        return before in scene.numeral_ends or scene.is_word("possessive", before)
    return (
        _is_introduced(scene, before)
        and not scene.is_word("article", before)
        and (noun.refers != "country" or scene.key(before) not in ("de", "d'"))
    )


# --------------------------------------------------------------------------- English


def is_english_noun(scene: Scene, first: int, last: int, noun: Noun) -> bool:
    """Tell it of an English word, by its class and by the words beside it."""
    if last - first > 1:
        return True
    tag = scene.word_class(first)
    before = first - 1
    if tag in (*_NO_NOUN, "AUX") or _is_modifier(scene, first, last, noun):
        return False
    if noun.category == "post" and tag == "ADJ" and scene.atoms.cases[first] == LOWER:
        return scene.name_from(last) is not None
    if noun.category == "echo":
        return _is_english_echo(scene, first, noun)
    if noun.category == "place":
        return tag != "VERB" and (noun.sense != "named" or scene.name_to(before) is not None)
    if noun.sense == "collective" and noun.english == "media":
        return scene.is_word("definite", before)
    if noun.sense == "victim" and noun.english in ("dead", "wounded"):
        is_told = scene.is_word("definite", before) or scene.is_word("indefinite", before)
        is_counted = before in scene.numeral_ends or scene.is_word("collective", before)
        return is_counted or (is_told and tag in ("NOUN", "ADJ", "X"))
    if noun.category == "organization" and noun.is_bare and noun.case:
        return not scene.atoms.opens[first]
    return tag != "VERB" or (noun.category in ("post", "body") and scene.atoms.cases[first] != LOWER)


def _is_english_echo(scene: Scene, first: int, noun: Noun) -> bool:
    before = first - 1
    if scene.noun(first, "place") is not None:
        return before in scene.numeral_ends or scene.is_word("possessive", before)
    return noun.refers != "side" or not scene.is_word("article", before)


def _is_modifier(scene: Scene, first: int, last: int, noun: Noun) -> bool:
    """Tell whether a noun only stands before another one: ``civilian infrastructure``, ``military objectives``."""
    if noun.number == "Plur" or noun.category == "place" or not scene.is_apart(last):
        return False
    following = [other.category for _, other in scene.nouns[last]] if last < len(scene.nouns) else []
    if noun.category == "people" and ("people" in following or "post" in following):
        return True
    if scene.word_class(last) != "NOUN" or {"post", "people", "body", "organization"} & set(following):
        return False
    is_told = (
        scene.is_word("definite", first - 1)
        or scene.name_to(first - 1) is not None
        or scene.key(first - 1) in _GENITIVE
    )
    return noun.category == "people" or (noun.category == "body" and not is_told)
