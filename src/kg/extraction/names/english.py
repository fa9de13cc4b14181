"""Noun phrases of English: what stands before and after a noun that names a party, people or a place.

``four Armenian soldiers``, ``Ukraine's general staff``, ``the State Department spokesman``, ``fighters of the Reed Front``:
determiner, numeral, genitive and all kinds of modifiers come first, complements with a preposition follow.
"""

from __future__ import annotations

from typing import Final

from kg.extraction.names.ambiguity import is_english_noun
from kg.extraction.names.atoms import LOWER
from kg.extraction.names.counts import add_quantity
from kg.extraction.names.noun_phrases import add_acronym
from kg.extraction.names.nouns import Noun
from kg.extraction.names.scene import Draft, Scene

_LONGEST: Final = 10
_LOOKAHEAD: Final = 6
_DEPTH: Final = 3
_PREPOSITIONS: Final = {
    "post": ("of", "for", "at", "in", "to"),
    "body": ("of", "in"),
    "people": ("of", "from", "in", "for"),
    "place": ("of",),
    "organization": ("of",),
}
_GENITIVE: Final = ("'s", "'")
_NEVER_INSIDE: Final = frozenset(("ADP", "AUX", "PRON", "DET", "SCONJ", "CCONJ", "PUNCT", "PART", "ADV", "NUM", "VERB"))


def describe(scene: Scene, first: int, last: int, noun: Noun, depth: int = 0) -> Draft:
    """Draft the phrase around the noun from atom `first` to `last`; made once for each noun."""
    known = scene.noun_at.get(first)
    if known is not None:
        return known
    draft = Draft(
        first, last, last - 1, "description", noun.type, number=noun.number, gender=noun.gender, noun=noun, core=first
    )
    scene.noun_at[first] = draft
    _precede(scene, draft)
    _follow(scene, draft, depth)
    scene.drafts.append(draft)
    for index in range(draft.core, last):
        scene.phrase_to[index] = draft
    return draft


def extend(scene: Scene, draft: Draft) -> None:
    """Take into a phrase what stands before and after its noun, where the noun is not one of the lexicon."""
    _precede(scene, draft)
    _follow(scene, draft, 1)


# --------------------------------------------------------------------------- before the noun


def _precede(scene: Scene, draft: Draft) -> None:
    """Take in genitive, modifiers, numeral and determiner, from the noun leftwards."""
    index = draft.first
    limit = max(0, index - _LONGEST)
    while index > limit and not scene.atoms.opens[index]:
        before = _modifier(scene, draft, index)
        if before < 0:
            break
        index = before
    draft.first = index
    if scene.atoms.opens[index]:
        return
    if scene.key(index - 1) in _GENITIVE and _genitive(scene, draft, index - 1):
        return
    if add_quantity(scene, draft):
        before = draft.first - 1
        if scene.key(before) in _GENITIVE and _genitive(scene, draft, before):
            return
        if scene.is_word("possessive", before) or scene.is_word("demonstrative", before):
            draft.first = before
        return
    _determine(scene, draft)


def _determine(scene: Scene, draft: Draft) -> None:
    before = draft.first - 1
    if scene.is_word("possessive", before):
        draft.determination, draft.first = "possessive", before
    elif scene.is_word("demonstrative", before) and (draft.number == "Sing") == (scene.key(before) in ("this", "that")):
        draft.determination, draft.first = "demonstrative", before
    elif scene.is_word("definite", before):
        draft.determination, draft.first = "definite", before
    elif scene.is_word("indefinite", before):
        draft.determination, draft.first = "indefinite", before


def _modifier(scene: Scene, draft: Draft, index: int) -> int:
    """Take in the modifier that ends before an atom; return where it begins, or -1."""
    last = index - 1
    name = scene.name_to(last)
    if name is not None:
        if name.type == "Person" or (name.use == "unknown" and not _may_own(draft)):
            return -1
        draft.owners.insert(0, name)
        draft.inner.append(name)
        return _coordinated(scene, draft, name.first)
    if scene.name_at[last] is not None:
        return -1
    if not scene.is_apart(last) and scene.is_word("joined", last):
        return scene.atoms.first_of[scene.atoms.tokens[last]]
    for start, noun in scene.noun_ends.get(last, ()):
        if noun.category == "portfolio" and draft.portfolio is None and _has_portfolio(draft):
            draft.portfolio = noun
            return start
    phrase = scene.phrase_to.get(last)
    if phrase is not None and phrase.last == index and phrase.noun is not None:
        return _phrase_before(scene, draft, phrase, phrase.noun)
    return _adjective(scene, draft, index)


def _phrase_before(scene: Scene, draft: Draft, phrase: Draft, noun: Noun) -> int:
    """``army`` of ``army chief``, ``harbour`` of ``harbour quarter``: a phrase that turns out to modify the noun after it."""
    if noun.category in ("body", "organization") and phrase.depth < _DEPTH:
        draft.depth = max(draft.depth, phrase.depth + 1)
        draft.owners.insert(0, phrase)
        draft.inner.append(phrase)
        if scene.is_word("definite", phrase.first) or scene.is_word("indefinite", phrase.first):
            phrase.first += 1
            phrase.determination = "none"
        return phrase.first
    if noun.category != "place":
        return -1
    phrase.is_dropped = True
    return phrase.core


def _adjective(scene: Scene, draft: Draft, index: int) -> int:
    """Take in an adjective, or a noun that the lexicon does not have, before an atom; return where it begins, or -1."""
    last = index - 1
    for start, noun in scene.noun_ends.get(last, ()):
        if noun.category == "adjective":
            draft.adjectives.insert(0, noun.english)
            return start
    if scene.is_word("former", last) and scene.is_apart(index):
        return last
    if scene.atoms.cases[last] == LOWER and scene.word_class(last) in ("ADJ", "NOUN") and scene.is_apart(index):
        draft.adjectives.insert(0, scene.keys[last])
        return last
    if not scene.is_apart(index) and scene.word_class(last) not in _NEVER_INSIDE and scene.noun(last, "people") is None:
        return last
    return -1


def _may_own(draft: Draft) -> bool:
    return draft.noun is not None and draft.noun.category in ("people", "body", "place", "organization")


def _has_portfolio(draft: Draft) -> bool:
    noun = draft.noun
    return noun is not None and (
        noun.sense == "portfolio"
        or (noun.category == "post" and noun.english.endswith(("minister", "secretary", "ministers")))
    )


def _coordinated(scene: Scene, draft: Draft, first: int) -> int:
    """``Armenian and Azerbaijani foreign ministers``, ``US, British and French forces``: further owners before one."""
    while scene.key(first - 1) in ("and", ",", "&") and draft.number == "Plur":
        other = scene.name_to(first - 2)
        if other is None or other.type == "Person" or (other.kind != "demonym" and scene.key(first - 1) == ","):
            break
        if other.kind != "demonym" and draft.owners[0].kind == "demonym":
            break
        draft.owners.insert(0, other)
        draft.inner.append(other)
        first = other.first
    return first


def _genitive(scene: Scene, draft: Draft, mark: int) -> bool:
    """``Armenia's and Azerbaijan's``, ``the territory's``: take in who it belongs to; tell whether there is one."""
    owner = scene.name_to(mark - 1)
    if owner is None:
        phrase = scene.phrase_to.get(mark - 1)
        if phrase is None or phrase.last != mark or phrase.is_dropped or phrase.depth >= _DEPTH:
            return False
        owner = phrase
        draft.depth = max(draft.depth, phrase.depth + 1)
    draft.owners.insert(0, owner)
    draft.inner.append(owner)
    draft.first = owner.first
    draft.determination = "definite"
    first = owner.first
    while draft.number == "Plur" and scene.key(first - 1) == "and" and scene.key(first - 2) in (*_GENITIVE, ""):
        other = scene.name_to(first - 3)
        if other is None:
            break
        draft.owners.insert(0, other)
        draft.inner.append(other)
        first = draft.first = other.first
    if scene.key(first - 1) == "and" and draft.number == "Plur":
        other = scene.name_to(first - 2)
        if other is not None and other.type != "Person":
            draft.owners.insert(0, other)
            draft.inner.append(other)
            draft.first = other.first
    return True


# --------------------------------------------------------------------------- after the noun


def _follow(scene: Scene, draft: Draft, depth: int) -> None:
    """Take in the complements after the noun."""
    noun = draft.noun
    assert noun is not None  # noqa: S101 - describe() sets it
    if noun.category == "post":
        draft.last += scene.lexicon.begins("serving", scene.keys, draft.last)
    for _ in range(3):
        if scene.key(draft.last) not in _PREPOSITIONS.get(noun.category, ()):
            break
        after = _complement(scene, draft, draft.last + 1, depth)
        if not after:
            break
        draft.last = after
    add_acronym(scene, draft)


def _complement(scene: Scene, draft: Draft, at: int, depth: int) -> int:
    """Take in what a preposition governs; return where it ends, or 0."""
    noun = draft.noun
    assert noun is not None  # noqa: S101 - describe() sets it
    start = at
    is_owner = (
        scene.key(at - 1) in ("of", "for", "from")
        or noun.category in ("people", "body")
        or noun.sense in ("body", "staff")
    )
    while scene.is_word("definite", at) or scene.is_word("possessive", at) or scene.is_word("demonstrative", at):
        at += 1
    portfolio = scene.noun(at, "portfolio")
    if portfolio is not None and _has_portfolio(draft) and draft.portfolio is None:
        draft.portfolio = portfolio[1]
        return portfolio[0]
    name = scene.name_from(at)
    if name is not None and name.kind != "demonym" and not _goes_on(scene, name.last):
        if is_owner and (scene.key(start - 1) != "in" or not draft.owners):
            draft.owners.append(name)
        draft.inner.append(name)
        return _and_names(scene, draft, name.last)
    if depth >= _DEPTH:
        return 0
    inner = phrase_from(scene, start, depth + 1)
    if inner is None:
        return 0
    draft.inner.append(inner)
    if is_owner and inner.noun is not None and (inner.noun.category != "place" or noun.category == "body"):
        draft.owners.append(inner)
    return inner.last


def _goes_on(scene: Scene, index: int) -> bool:
    """Tell whether a name is only the first word of a phrase: ``of Armenia's army``, ``for the UN mission``."""
    if scene.key(index) in _GENITIVE:
        return True
    return scene.is_apart(index) and choose(scene, index) is not None


def _and_names(scene: Scene, draft: Draft, last: int) -> int:
    while draft.number == "Plur" and scene.key(last) == "and":
        at = last + 1
        while scene.is_word("definite", at):
            at += 1
        name = scene.name_from(at)
        if name is None or name.kind == "demonym" or name.type == "Person":
            break
        draft.owners.append(name)
        draft.inner.append(name)
        last = name.last
    return last


def phrase_from(scene: Scene, start: int, depth: int) -> Draft | None:
    """Draft the phrase that begins at an atom: its noun is the last of the nouns that follow each other there."""
    index = start
    while index < min(len(scene.atoms), start + _LOOKAHEAD):
        found = choose(scene, index)
        if found is not None:
            end, noun = found
            while (further := choose(scene, end)) is not None and scene.is_apart(end) and not _is_title(further[1]):
                index, (end, noun) = end, further
            draft = describe(scene, index, end, noun, depth)
            return draft if draft.first <= start + 1 else None
        name = scene.name_from(index)
        if name is not None:
            index = name.last
        elif scene.key(index) in _GENITIVE or scene.noun(index, "portfolio", "adjective") is not None:
            adjective = scene.noun(index, "portfolio", "adjective")
            index = adjective[0] if adjective else index + 1
        elif scene.word_class(index) in ("DET", "ADJ", "NOUN", "PRON", "NUM") or any(
            scene.is_word(kind, index) for kind in ("definite", "indefinite", "possessive", "demonstrative", "former")
        ):
            index += 1
        else:
            return None
    return None


def _is_title(noun: Noun) -> bool:
    """Tell whether a noun is a rank or a form of address: it begins a phrase of its own, ``chief of staff Gen. X``."""
    return noun.category == "post" and noun.sense in ("military", "honorific") and noun.english != "commander"


def choose(scene: Scene, index: int) -> tuple[int, Noun] | None:
    """Return the noun that begins at an atom, where it is one in this place, with its end."""
    if not 0 <= index < len(scene.nouns) or scene.name_at[index] is not None:
        return None
    for end, noun in scene.nouns[index]:
        if noun.category not in ("portfolio", "adjective") and is_english_noun(scene, index, end, noun):
            return end, noun
    return None
