"""Noun phrases of French: what stands before and after a noun that names a party, people or a place.

``quatre soldats arméniens``, ``le ministère séparatiste de la Défense``, ``son homologue``, ``les forces du Hamas``: the
determiner and the numeral come first, adjectives and complements with ``de`` follow.
"""

from __future__ import annotations

from typing import Final

from kg.extraction.mentions import Gender
from kg.extraction.names.ambiguity import is_french_noun
from kg.extraction.names.atoms import LOWER
from kg.extraction.names.counts import add_quantity
from kg.extraction.names.noun_phrases import add_acronym
from kg.extraction.names.nouns import Noun
from kg.extraction.names.scene import Draft, Scene

_LONGEST: Final = 14
"""How many atoms a phrase may reach beyond its noun."""

_ARTICLES: Final = frozenset(("la", "l'", "le", "les"))
_DEPTH: Final = 3
_GENDERS: Final[dict[str, Gender]] = {
    "un": "Masc",
    "le": "Masc",
    "ce": "Masc",
    "une": "Fem",
    "la": "Fem",
    "cette": "Fem",
}
_SENT: Final = frozenset(
    ("ambassador", "consul", "chargé d'affaires", "special envoy", "envoy", "permanent representative")
)
"""Offices that are held at a place or for a region."""


def describe(scene: Scene, first: int, last: int, noun: Noun, depth: int = 0) -> Draft:
    """Draft the phrase around the noun from atom `first` to `last`; made once for each noun."""
    known = scene.noun_at.get(first)
    if known is not None:
        return known
    draft = Draft(
        first, last, last - 1, "description", noun.type, number=noun.number, gender=noun.gender, noun=noun, core=first
    )
    scene.noun_at[first] = draft
    _follow(scene, draft, depth)
    _precede(scene, draft)
    scene.drafts.append(draft)
    return draft


def extend(scene: Scene, draft: Draft) -> None:
    """Take into a phrase what stands before and after its noun, where the noun is not one of the lexicon."""
    _follow(scene, draft, 1)
    _precede(scene, draft)


def _follow(scene: Scene, draft: Draft, depth: int) -> None:
    """Take in the adjectives and complements after the noun."""
    index = draft.last
    limit = min(len(scene.atoms), index + _LONGEST)
    while index < limit and not scene.atoms.opens[index]:
        after = _adjective(scene, draft, index) or _complement(scene, draft, index, depth)
        if not after:
            break
        index = draft.last = after
    add_acronym(scene, draft)


def _adjective(scene: Scene, draft: Draft, index: int) -> int:
    """Take in an adjective, of nationality or other; return where it ends, or 0."""
    name = scene.name_from(index)
    if name is not None:
        if name.kind == "demonym" and scene.atoms.cases[index] == LOWER:
            draft.owners.append(name)
            return _coordinated(scene, draft, name)
        if (
            draft.noun is not None
            and draft.noun.category == "post"
            and name.type == "Place"
            and scene.is_word("of", name.last)
        ):
            draft.inner.append(name)  # "directeur Afrique de"
            return name.last
        return 0
    found = scene.noun(index, "adjective")
    if found is not None and scene.atoms.cases[index] == LOWER:
        draft.adjectives.append(found[1].english)
        return found[0]
    if draft.noun is not None and draft.noun.category == "post":
        count = scene.lexicon.begins("serving", scene.keys, index)
        if count:
            draft.adjectives.append("")
            return index + count
        after = _skip_department(scene, index) if name is None else 0
        if after:
            return after
    is_adjective = scene.word_class(index) == "ADJ" and scene.atoms.cases[index] == LOWER and scene.is_apart(index)
    is_before = scene.is_word("former", index) and (draft.noun is None or draft.noun.category != "post")
    if is_adjective and not is_before and not _governs(scene, index + 1):
        draft.adjectives.append("")
        return index + 1
    return 0


def _skip_department(scene: Scene, index: int) -> int:
    """Where a plain noun ends that parts an office from whose it is: ``coordinateur d'urgence de MSF``, ``chef du bureau d'OCHA``."""
    at = index + 1
    if not scene.is_word("of", index):
        return 0
    while scene.key(at) in _ARTICLES:
        at += 1
    is_plain = (
        scene.word_class(at) == "NOUN"
        and scene.atoms.cases[at] == LOWER
        and scene.is_word("of", at + 1)
        and scene.noun(at, "body", "organization", "place", "portfolio", "people", "post") is None
    )
    return at + 1 if is_plain else 0


def _governs(scene: Scene, index: int) -> bool:
    """Tell whether the adjective before an atom has a complement of its own, as in ``censé assurer``, ``connus pour``."""
    if index >= len(scene.atoms):
        return False
    token = scene.analysis.tokens[scene.atoms.tokens[index]]
    return token.features.verb_form == "Inf" or scene.keys[index] in ("a", "par", "pour", "d'")


def _coordinated(scene: Scene, draft: Draft, name: Draft) -> int:
    """``forces éthiopiennes et érythréennes``: the noun is meant once more."""
    last = name.last
    while scene.key(last) in ("et", ",", "ou"):
        other = scene.name_from(last + 1)
        if other is None or other.kind != "demonym" or draft.number != "Plur":
            break
        if scene.name_from(other.last) is not None:
            break
        draft.owners.append(other)
        last = other.last
    return last


def _complement(scene: Scene, draft: Draft, index: int, depth: int) -> int:
    """Take in a complement with ``de``, of envoys also one with ``à`` or ``pour``; return where it ends, or 0."""
    noun = draft.noun
    assert noun is not None  # noqa: S101 - describe() sets it
    key = scene.key(index)
    is_sent = noun.english in _SENT or noun.sense == "staff"
    is_local = key in ("a", "au", "aux", "en") and (is_sent or _is_held_in(scene, draft, index))
    if key == "aupres" and is_sent and scene.is_word("of", index + 1):
        index += 1
    elif not (
        scene.is_word("of", index) or is_local or (is_sent and key == "pour") or _has_charge(scene, draft, index)
    ):
        return 0
    at = _skip_small_words(scene, index + 1, noun)
    portfolio = scene.noun(at, "portfolio")
    if portfolio is not None and draft.portfolio is None and (noun.category == "post" or noun.sense == "portfolio"):
        draft.portfolio = portfolio[1]
        return portfolio[0]
    name = scene.name_from(at)
    if name is not None and (name.kind != "demonym" or at > index + 1 or key in ("du", "des", "au", "aux")):
        if (scene.is_word("of", index) and key != "aupres") or noun.sense == "staff":
            draft.owners.append(name)
        draft.inner.append(name)
        return _and_names(scene, draft, name.last)
    return 0 if (is_local and noun.sense != "staff") or depth >= _DEPTH else _phrase_after(scene, draft, at, depth)


def _is_held_in(scene: Scene, draft: Draft, index: int) -> bool:
    """Tell whether a place where an office is held ends its phrase: ``coordinatrice de l'ONU en Haïti,``."""
    name = scene.name_from(index + 1)
    is_post = draft.noun is not None and draft.noun.category == "post"
    return is_post and name is not None and name.place is not None and scene.key(name.last) == ","


def _has_charge(scene: Scene, draft: Draft, index: int) -> bool:
    """Tell whether an office is in charge of a portfolio: ``ministre déléguée aux Affaires européennes``."""
    if draft.noun is None or draft.noun.category != "post" or scene.key(index) not in ("a", "au", "aux"):
        return False
    return scene.noun(index + 1 + (scene.key(index + 1) in _ARTICLES), "portfolio") is not None


def _skip_small_words(scene: Scene, at: int, noun: Noun) -> int:
    """Where the noun or name of a complement begins: over articles, small adjectives, ``du nord de``."""
    while scene.key(at) in _ARTICLES or (scene.is_word("former", at) and scene.atoms.cases[at] == LOWER):
        at += 1
    if noun.category == "place" and scene.is_word("direction", at) and scene.is_word("of", at + 1):
        at += 2
        while scene.key(at) in _ARTICLES:
            at += 1
    return at


def _phrase_after(scene: Scene, draft: Draft, at: int, depth: int) -> int:
    """Take in a complement that is a phrase of its own: ``autorités de cette région séparatiste``."""
    if scene.is_word("demonstrative", at) or scene.is_word("possessive", at):
        at += 1
    found = choose(scene, at)
    if found is None:
        return 0
    inner = describe(scene, at, found[0], found[1], depth + 1)
    draft.inner.append(inner)
    is_body = draft.noun is not None and draft.noun.category == "body"
    if found[1].category != "place" or is_body:
        draft.owners.append(inner)
    return inner.last


def _and_names(scene: Scene, draft: Draft, last: int) -> int:
    """``les présidents de la Russie et de l'Ukraine``: further owners of what is told in the plural."""
    while draft.number == "Plur" and scene.key(last) in ("et", ","):
        at = last + 1
        if scene.is_word("of", at):
            at += 1
        while scene.key(at) in _ARTICLES:
            at += 1
        name = scene.name_from(at)
        if name is None or name.kind == "demonym" or at == last + 1:
            break
        draft.owners.append(name)
        draft.inner.append(name)
        last = name.last
    return last


def _precede(scene: Scene, draft: Draft) -> None:
    """Take in what stands before the noun: small adjectives, numeral, determiner."""
    index = draft.first
    while (
        index and scene.is_word("former", index - 1) and scene.atoms.cases[index - 1] == LOWER and scene.is_apart(index)
    ):
        index -= 1
    draft.first = index
    if add_quantity(scene, draft):
        return
    before = index - 1
    if scene.is_word("possessive", before):
        draft.determination, draft.first = "possessive", before
    elif scene.is_word("demonstrative", before):
        draft.determination, draft.first = "demonstrative", before
    elif scene.is_word("definite", before):
        draft.determination, draft.first = "definite", before
    elif scene.is_word("indefinite", before) and (scene.key(before) != "des" or _is_article(scene, before)):
        draft.determination, draft.first = "indefinite", before
    elif scene.is_word("partitive", before):
        draft.determination = "definite"
    if draft.noun is not None and draft.noun.category in ("people", "post") and draft.number == "Sing":
        draft.gender = _GENDERS.get(scene.key(draft.first), draft.gender)


def _is_article(scene: Scene, index: int) -> bool:
    """Tell whether ``des`` is the plural of ``un`` rather than ``de`` and ``les``."""
    tag = scene.word_class(index)
    return tag == "DET" or (tag != "ADP" and scene.word_class(index - 1) not in ("NOUN", "PROPN", "ADJ"))


def choose(scene: Scene, index: int) -> tuple[int, Noun] | None:
    """Return the noun that begins at an atom, where it is one in this place, with its end."""
    if not 0 <= index < len(scene.nouns) or scene.name_from(index) is not None:
        return None
    for end, noun in scene.nouns[index]:
        if noun.category in ("portfolio", "adjective"):
            continue
        if is_french_noun(scene, index, end, noun):
            return end, noun
    return None
