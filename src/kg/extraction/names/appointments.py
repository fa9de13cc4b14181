"""Offices that a verb or an adverbial gives: ``was named defence minister``, ``qui dirige l'armée``, ``à la tête du Front``."""

from __future__ import annotations

from typing import Final

from kg.extraction.names.atoms import atom_key
from kg.extraction.names.capitals import UNKNOWN
from kg.extraction.names.scene import Draft, Office, Scene

_REACH: Final = 14
"""How many atoms before a verb its subject may stand."""

_AGENT: Final = frozenset(("by", "par"))
_GENITIVES: Final = frozenset(("'s", "'"))
_ARTICLES: Final = frozenset(("the", "le", "la", "l'"))
_OWNER: Final = 6
"""How many atoms the owner of an office may have that stands before its phrase."""

_NEAR: Final = 4
"""How many small words may stand between a verb and what it gives."""


def may_be_person(draft: Draft | None) -> bool:
    """Tell whether a name can be a person's."""
    return draft is not None and not draft.is_dropped and (draft.type == "Person" or draft.use == UNKNOWN)


def is_site(scene: Scene, draft: Draft) -> bool:
    """Tell whether a name is that of a hospital, a university and the like: an organization as well as a place."""
    if draft.type != "Place" or draft.kind != "name":
        return False
    return any(
        n.refers == "site" for i in (draft.first, draft.head) for _, n in scene.nouns[i] if n.category == "place"
    )


def may_employ(draft: Draft) -> bool:
    """Tell whether an office can be in what a draft names: a party, not a mere place and not people."""
    noun = draft.noun
    if noun is not None:
        is_site = noun.category == "place" and noun.refers == "site"
        return is_site or noun.category in ("body", "organization") or (noun.category == "post" and bool(draft.owners))
    return draft.type != "Place" or draft.party is not None


def one_of_several(scene: Scene, phrase: Draft) -> int:
    """Return how many atoms lie between a name and the office of several that it is one of: ``one of the Front's``, or 0."""
    if phrase.number != "Plur":
        return 0
    for count in range(_OWNER):
        before = scene.lexicon.ends("one_of", scene.keys, phrase.first - count)
        if before or scene.key(phrase.first - count - 1) == ",":
            return count + before if before else 0
    return 0


def person_given(scene: Scene, phrase: Draft) -> Draft | None:
    """Return who is given an office by the verb before its phrase: ``nommé``, ``was appointed``, ``devient``; None for nobody."""
    at = _before_words(scene, phrase)
    name = scene.name_to(at - 1)
    if name is not None and may_be_person(name):  # "Le Kenya a nommé X ministre"
        return name if _lemma_before(scene, name.first) in scene.lexicon.words["appoints"] else None
    lemma = _lemma_before(scene, at)
    if lemma in scene.lexicon.words["becomes"]:
        return _subject(scene, at)
    verb = scene.verb_from(at - 1)
    if lemma in scene.lexicon.words["appoints"] and verb is not None and verb.voice == "passive":
        return _subject(scene, at)
    return None


def _before_words(scene: Scene, phrase: Draft) -> int:
    """Where the words before an office begin: its article and ``as``, ``au poste de``."""
    at = phrase.first
    return at - scene.lexicon.ends("as_office", scene.keys, at)


def _lemma_before(scene: Scene, at: int) -> str:
    verb = scene.verb_from(at - 1)
    return atom_key(verb.lemma) if verb is not None else ""


def _subject(scene: Scene, at: int) -> Draft | None:
    """The name nearest before the verb that ends before an atom, in its sentence: nothing but the verb and a relative between."""
    verb = scene.verb_from(at - 1)
    if verb is None:
        return None
    index = scene.atoms.first_of[verb.first] - 1
    limit = max(0, index - _REACH)
    while index >= limit and not scene.atoms.opens[index + 1]:
        name = scene.name_to(index)
        if name is not None:
            return name if may_be_person(name) else None
        if not (
            scene.key(index) == "," or scene.is_word("relative", index) or scene.word_class(index) in ("AUX", "ADV")
        ):
            return None
        index -= 1
    return None


def find_leaders(scene: Scene) -> None:
    """Note who is said to lead what: ``X, who heads the army``, ``X, à la tête du Front``."""
    for name in list(scene.drafts):
        if not may_be_person(name) or scene.key(name.last) != "," or name.last - name.first < 2:
            continue
        start = name.last + 1
        at = start + scene.is_word("relative", start)
        end = _leading(scene, at)
        if not end or (at == start and not scene.lexicon.begins("at_head", scene.keys, start)):
            continue
        organization, last = _led(scene, end)
        if organization is not None and may_employ(organization):
            name.type = "Person"
            words = scene.atoms.text(at, last)
            scene.offices.append(Office(name, words, name.first, last, organization))


def find_led(scene: Scene) -> None:
    """Note who leads what is told beside it: ``the army, led by General X``, ``un groupe dirigé par X``."""
    for group in scene.analysis.verb_groups:
        if group.voice != "passive" or atom_key(group.lemma) not in scene.lexicon.words["heads"]:
            continue
        start = scene.atoms.first_of[group.first]
        mark = scene.atoms.first_of[group.head + 1] if group.head + 1 < len(scene.atoms.first_of) else len(scene.atoms)
        if group.form != "participle" or scene.key(mark) not in _AGENT:
            continue
        title = scene.noun(mark + 1 + (scene.key(mark + 1) in _ARTICLES), "post")
        person = scene.name_from(title[0] if title is not None else mark + 1)
        before = start - (scene.key(start - 1) == ",")
        led = next((d for d in scene.drafts if d.last == before and not d.is_dropped and _is_led(d)), None)
        if (
            person is not None
            and led is not None
            and may_be_person(person)
            and person.last - person.first > 1 - (person.use != UNKNOWN)
        ):
            person.type = "Person"
            scene.offices.append(Office(person, scene.atoms.text(start, mark), led.first, person.last, led))


def _is_led(draft: Draft) -> bool:
    """Tell whether somebody may lead what a draft names: a body, a group, no state."""
    if draft.noun is not None:
        return draft.noun.category in ("body", "organization")
    return draft.kind == "name" and draft.use != UNKNOWN and draft.type not in ("State", "Place", "Person")


def _leading(scene: Scene, at: int) -> int:
    """Where the words end that say that somebody leads what follows, or 0."""
    verb = scene.verb_from(at)
    if verb is not None and scene.atoms.tokens[at] <= verb.head:
        last = scene.atoms.first_of[verb.head + 1] if verb.head + 1 < len(scene.atoms.first_of) else len(scene.atoms)
        if atom_key(verb.lemma) in scene.lexicon.words["heads"]:
            return last
        at = last
    count = scene.lexicon.begins("at_head", scene.keys, at)
    return at + count if count else 0


def _led(scene: Scene, at: int) -> tuple[Draft | None, int]:
    """The party that begins at an atom, its article left out, and where it ends."""
    for index in range(at, at + _NEAR):
        phrase = scene.noun_at.get(index)
        if phrase is not None and not phrase.is_dropped and phrase.noun is not None:
            is_party = phrase.noun.category in ("body", "organization")
            return (phrase, phrase.last) if is_party else (None, at)
        name = scene.name_from(index)
        if name is not None:
            inner = next((d for d in scene.drafts if d.first <= index < d.last and name in d.owners), None)
            if inner is not None and inner.noun is not None and inner.noun.category in ("body", "organization"):
                return inner, inner.last
            if scene.key(name.last) in _GENITIVES:
                break  # "who led Norland's team": no office, he stands for Norland
            return name, name.last
        if scene.word_class(index) not in ("DET", "ADJ"):
            break
    return None, at
