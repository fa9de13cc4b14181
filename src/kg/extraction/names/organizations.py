"""Names that a class noun makes: ``Front des Hautes Terres``, ``Northern League``, ``the relief group Lantern``."""

from __future__ import annotations

from typing import Final

from kg.extraction.mentions import Referent
from kg.extraction.names.atoms import INITIAL, LOWER
from kg.extraction.names.capitals import UNKNOWN, is_capitalized, is_opening
from kg.extraction.names.name_types import CLASS_NOUN, vote
from kg.extraction.names.noun_phrases import acronym_after
from kg.extraction.names.scene import Draft, Scene

_LONGEST: Final = 8
_LINKS: Final = frozenset(("of", "for", "and", "the", "&"))
_FRENCH_LINKS: Final = frozenset(
    ("de", "du", "des", "d'", "la", "l'", "les", "et", "pour", "en", "au", "aux", "a", "le")
)


def find_organizations(scene: Scene) -> None:
    """Draft the names that begin or end with a capitalised class noun."""
    for index, nouns in enumerate(scene.nouns):
        if not nouns or not is_capitalized(scene, index):
            continue
        name = scene.name_at[index]
        if name is not None and name.kind != "demonym":
            continue
        found = scene.noun(index, "organization")
        if found is None or (is_opening(scene, index) and not (scene.is_french and found[1].is_bare)):
            continue
        if not found[1].is_bare and not scene.is_french:
            continue
        first, last = _french(scene, index) if scene.is_french else _english(scene, index)
        if last - first > found[0] - index and not _is_only_nationality(scene, first, last, index):
            _add(scene, first, last, found[1].type)


def _add(scene: Scene, first: int, last: int, entity_type: str) -> None:
    inner = list({id(d): d for d in scene.name_at[first:last] if d is not None}.values())
    words = scene.atoms.text(first, last)
    draft = Draft(first, last, last - 1, "name", "Organization", core=first, number="Sing")
    for name in inner:
        for index in (*range(name.first, first), *range(last, name.last)):
            scene.name_at[index] = None
        name.first, name.last = max(name.first, first), min(name.last, last)
    draft.mean(Referent(words, entity_type))  # type: ignore[arg-type]  # the lexicon checks it
    draft.party = draft.referents[0]
    for index in range(first, last):
        scene.name_at[index] = draft
    scene.drafts.append(draft)
    draft.inner = inner
    acronym = acronym_after(scene, last)
    if acronym is not None:
        scene.aliases[scene.keys[acronym]] = draft
        draft.last = last + 3
        for index in range(last, draft.last):
            scene.name_at[index] = scene.name_at[index] or draft


def _english(scene: Scene, head: int) -> tuple[int, int]:
    """The capitalised words around a class noun, over ``of`` and ``for``."""
    first = head
    while first > 0 and head - first < _LONGEST:
        if _may_stand_in_name(scene, first - 1):
            first -= 1
        elif scene.key(first - 1) == "'" and first > 1 and _may_stand_in_name(scene, first - 2):
            first -= 2  # Girls' College
        else:
            break
    last = head + 1
    limit = min(len(scene.atoms), head + _LONGEST)
    while last < limit:
        if _may_stand_in_name(scene, last):
            last += 1
            continue
        link = last
        while link < limit and scene.keys[link] in _LINKS:
            link += 1
        if link == last or link - last > 2 or link >= limit or not _may_stand_in_name(scene, link):
            break
        if scene.keys[last] == "and" and first == head:
            break
        last = link + 1
    return first, last


def _may_stand_in_name(scene: Scene, index: int) -> bool:
    if not is_capitalized(scene, index) or scene.is_word("calendar", index):
        return False
    if is_opening(scene, index) and scene.is_word("opens", index):
        return False
    return scene.noun(index, "post") is None


def _french(scene: Scene, head: int) -> tuple[int, int]:
    """A class noun with its adjectives and complements; only the first word needs a capital."""
    last = head + 1
    limit = min(len(scene.atoms), head + _LONGEST)
    while last < limit:
        if _is_adjective(scene, last) or (is_capitalized(scene, last) and scene.noun(last, "post") is None):
            last += 1
            continue
        link = last
        while link < limit and scene.keys[link] in _FRENCH_LINKS and link - last < 3:
            link += 1
        if link == last or link >= limit or scene.keys[last] in ("la", "l'", "les", "le", "a", "au", "aux", "en"):
            break
        name = scene.name_at[link]
        is_noun = scene.word_class(link) in ("NOUN", "PROPN", "X", "ADJ") and scene.atoms.cases[link] <= INITIAL
        if name is None and not is_noun:
            break
        if scene.keys[last] in ("et", "pour") and not (is_noun and scene.atoms.cases[link] == LOWER):
            break
        last = link + 1 if name is None else max(name.last, link + 1)
    return head, last


def _is_adjective(scene: Scene, index: int) -> bool:
    if scene.atoms.cases[index] != LOWER:
        return False
    return scene.noun(index, "adjective") is not None or scene.word_class(index) == "ADJ"


def _is_only_nationality(scene: Scene, first: int, last: int, head: int) -> bool:
    """``Syrian Army``, ``Forces armées congolaises``: a body of a state, which needs no name of its own."""
    if scene.noun(head, "body") is None:
        return False
    if scene.is_french:
        found = scene.noun(head, "body")
        return found is not None and found[0] - head > 1
    others = [i for i in range(first, last) if i != head]
    return all(
        ((name := scene.name_at[i]) is not None and name.kind in ("demonym", "name", "capital"))
        or scene.noun(i, "portfolio", "adjective") is not None
        for i in others
    )


def join_acronyms(scene: Scene) -> None:
    """Take the acronym in brackets after a name into it: ``Forces de soutien rapide (FSR)``."""
    for draft in list(scene.drafts):
        at = acronym_after(scene, draft.last) if draft.noun is None and not draft.is_dropped else None
        if at is None or draft.kind not in ("name", "body") or draft.type in ("State", "Place", "Person"):
            continue
        acronym = scene.name_at[at]
        if acronym is not None and acronym.use != UNKNOWN and acronym.referents != draft.referents:
            continue
        if acronym is not None and acronym.use == UNKNOWN:
            acronym.is_dropped = True
        scene.aliases[scene.keys[at]] = draft
        for index in range(draft.last, draft.last + 3):
            scene.name_at[index] = draft
        draft.last += 3


# --------------------------------------------------------------------------- class noun and name


def join_class_nouns(scene: Scene) -> None:
    """Make one mention of a class noun and the name after it: ``mouvement islamiste Norvik``, ``relief group Lantern``."""
    for draft in list(scene.drafts):
        noun = draft.noun
        if noun is None or draft.is_dropped or noun.category != "organization":
            continue
        name = scene.name_from(draft.last)
        if name is None and scene.key(draft.last) in ("«", "“", '"'):
            name = scene.name_from(draft.last + 1)
        is_of = False
        if name is None and draft.number == "Sing" and draft.inner and noun.type == "ArmedGroup":
            inner = draft.inner[-1]
            is_of = inner.last == draft.last and inner.kind == "name" and inner.type in ("ArmedGroup", "Organization")
            name = inner if is_of else None
        apposed = scene.name_to(draft.first - 2) if scene.key(draft.first - 1) == "," else None
        if apposed is not None and draft.determination == "indefinite":
            vote(scene, apposed, noun.type, CLASS_NOUN)
        if name is None or name.kind != "name" or name.type in ("Place", "State"):
            continue
        if name.use == UNKNOWN:
            vote(scene, name, noun.type, CLASS_NOUN)
        elif name.type == "Person":
            continue
        name.first = draft.core if scene.is_french else min(draft.core, name.first)
        if not scene.is_french:
            name.first = draft.first + (
                1 if draft.determination in ("definite", "indefinite") and not draft.owners else 0
            )
            name.first = _without_article(scene, name.first)
        name.inner += [d for d in (*draft.owners, *draft.inner) if d is not name and d.last <= name.last]
        draft.is_dropped, draft.taken_by = True, name


def _without_article(scene: Scene, index: int) -> int:
    return index + 1 if scene.is_word("definite", index) or scene.is_word("indefinite", index) else index
