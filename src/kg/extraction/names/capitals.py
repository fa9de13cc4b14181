"""Names: those of the gazetteer, and those that only their capitals show.

What an unknown name stands for is left open here; `kg.extraction.names.name_types` decides it for the whole text.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

from kg.extraction.mentions import MentionKind, Number
from kg.extraction.names.atoms import CAPITALS, INITIAL, LOWER
from kg.extraction.names.gazetteer import Known
from kg.extraction.names.scene import Draft, Scene

UNKNOWN: Final = "unknown"
"""The `use` of a name that the gazetteer does not have, until a type is decided for it."""

_OPENERS: Final = frozenset('«“"‘„‹(:•–—-*')
_TITLED: Final = ("post", "people", "body", "portfolio", "adjective")
_CAPITALIZED: Final = (INITIAL, CAPITALS)
_LONGEST_RUN: Final = 7
_ROMAN: Final = re.compile(r"[ivx]+e(?:me)?")
_LONGEST_SYLLABLE: Final = 5


def find_known(scene: Scene) -> None:
    """Draft all names of the gazetteer."""
    index, count = 0, len(scene.atoms)
    titles = _inside_titles(scene)
    keys, begins = scene.keys, scene.gazetteer.begins
    while index < count:
        found = scene.gazetteer.find(scene.atoms, index) if begins(keys[index]) and index not in titles else None
        if found is None:
            index += 1
            continue
        end, known = found
        if not _is_part_of_another(scene, index, end, known):
            draft = _draft(index, end, known)
            draft.number = _number(scene, draft)
            scene.add_name(draft)
        index = end


def _inside_titles(scene: Scene) -> set[int]:
    """The atoms within the words for an office: no name begins at the ``diplomatie`` of ``chef de la diplomatie``."""
    return {
        index
        for start, nouns in enumerate(scene.nouns)
        for end, noun in nouns
        if noun.category == "post"
        for index in range(start + 1, end)
    }


def _draft(first: int, last: int, known: Known) -> Draft:
    kind: MentionKind = known.kind
    if kind == "name" and known.referent.type in ("GovernmentBody", "ArmedForce") and known.cases[0] == LOWER:
        kind = "body"
    return Draft(
        first, last, last - 1, kind, known.referent.type, [known.referent], known.place, known.party, core=first,
        number="Sing",
    )  # fmt: skip


def _is_part_of_another(scene: Scene, first: int, last: int, known: Known) -> bool:
    """Tell whether a name is rather a part of another: Israel Katz, Denzel Washington, Eric Trump, Nouveau-Mexique."""
    if known.kind == "demonym":
        return False
    if _is_inside_word(scene, first, last):
        return True
    if last - first > 1:
        return False
    is_small = known.cases[0] == CAPITALS and scene.atoms.cases[first] == INITIAL
    return _is_surname(scene, first, known, is_small=is_small) or _is_forename(scene, first, last, is_small=is_small)


def _is_surname(scene: Scene, first: int, known: Known, *, is_small: bool) -> bool:
    """Tell whether a given name, or before what is no place any name, makes it the last word of a person's name."""
    before = first - 1
    if before < 0 or scene.name_at[before] is not None or not scene.is_apart(first):
        return False
    if scene.keys[before] in scene.lexicon.forenames and scene.atoms.cases[before] == INITIAL:
        return True
    is_name = is_name_word(scene, before) and not scene.nouns[before]
    return is_name and (is_small or known.referent.type not in ("Place", "State", "DeFactoAuthority"))


def _is_forename(scene: Scene, first: int, last: int, *, is_small: bool) -> bool:
    """Tell whether another name follows one that is given to persons as well (Jordan), or an agency's in small letters."""
    if last >= len(scene.atoms) or not scene.is_apart(last) or not is_name_word(scene, last):
        return False
    if is_small:
        return True
    is_free = scene.gazetteer.find(scene.atoms, last) is None and scene.noun(last, "organization", "place") is None
    return scene.keys[first] in scene.lexicon.forenames and is_free


def _is_inside_word(scene: Scene, first: int, last: int) -> bool:
    """Tell whether a hyphen joins a name to another capitalised word, which no name explains: ``Nouveau-Mexique``."""
    before, after = first - 1, last
    if not scene.is_apart(first) and is_capitalized(scene, before) and scene.name_at[before] is None:
        return True
    return (
        not scene.is_apart(after) and is_capitalized(scene, after) and scene.gazetteer.find(scene.atoms, after) is None
    )


def _number(scene: Scene, name: Draft) -> Number | None:
    """The number of a name: that of its article in French; of an organization's without one it is not known."""
    before = scene.key(name.first - 1)
    if scene.is_french and before in ("les", "des", "aux", "ces"):
        return "Plur"
    if scene.is_french and before in ("le", "la", "l'", "du", "au"):
        return "Sing"
    return "Sing" if name.type in ("State", "Place", "Person", "DeFactoAuthority") else None


def is_capitalized(scene: Scene, index: int) -> bool:
    """Tell whether an atom is written with a capital."""
    cases = scene.atoms.cases
    return 0 <= index < len(cases) and cases[index] in _CAPITALIZED


def is_opening(scene: Scene, index: int) -> bool:
    """Tell whether an atom has its capital from where it stands: first in a sentence, a quotation or after a colon."""
    return scene.atoms.opens[index] or scene.key(index - 1) in _OPENERS


def is_name_word(scene: Scene, index: int) -> bool:
    """Tell whether an atom may be a word of an unknown name."""
    if not is_capitalized(scene, index):
        return False
    words, key = scene.lexicon.words, scene.keys[index]
    is_no_name = key in words["calendar"] or key in words["no_name"] or _is_short_date(scene, index)
    if is_no_name or scene.noun(index, *_TITLED) is not None:
        return False
    if not is_opening(scene, index):
        return key not in words["opens"] or scene.atoms.cases[index - 1] in (INITIAL, CAPITALS)
    return key not in words["opens"] and scene.word_class(index) in ("PROPN", "X", "NOUN", "ADJ")


def _is_short_date(scene: Scene, index: int) -> bool:
    """Tell ``Jan. 5`` from Jan, and ``Oct 3``."""
    if scene.keys[index] not in scene.lexicon.words["calendar_short"]:
        return False
    return scene.atoms.text(index, index + 1).endswith(".") or scene.key(index + 1)[:1].isdigit()


def find_unknown(scene: Scene) -> None:
    """Draft the names that only their capitals show; what they stand for is left open."""
    lower = {key for key, case in zip(scene.keys, scene.atoms.cases, strict=True) if case == LOWER}
    for first, last in scene.sentences():
        titled = _is_title_case(scene, first, last)
        index = first
        while index < last:
            name = scene.name_at[index]
            if name is not None:
                index = max(name.last, index + 1)
                continue
            end = _run(scene, index, last)
            if end > index and _is_name(scene, index, end, lower) and not (titled and not _recurs(scene, index, end)):
                run = Draft(index, end, end - 1, "name", "Organization", core=index, number="Sing", use=UNKNOWN)
                scene.add_name(run)
            index = max(end, index + 1)


def _run(scene: Scene, first: int, last: int) -> int:
    """Where the capitalised words that begin at an atom end; `first` itself where none do."""
    is_particle = scene.keys[first] in scene.lexicon.words["particle"]
    if not is_particle and scene.atoms.cases[first] not in _CAPITALIZED:
        return first
    joined = is_particle and first + 1 < last and not scene.is_apart(first + 1)
    if not is_name_word(scene, first + 1 if joined else first):
        return first
    words, forenames = scene.lexicon.words, scene.lexicon.forenames
    is_person = scene.keys[first] in forenames or scene.is_word("particle", first)
    end = first + (2 if joined else 1)
    while end < last and end - first < _LONGEST_RUN:
        name = scene.name_at[end]
        if name is not None:
            if is_person and name.last == end + 1 and name.kind in ("name", "capital") and end == first + 1:
                end += 1
                continue
            break
        if is_name_word(scene, end) or _is_joined_syllable(scene, first, end):
            end += 1
        elif (
            (scene.keys[end] in words["particle"] or (is_person and scene.keys[end] in words["noble"]))
            and end + 1 < last
            and is_name_word(scene, end + 1)
            and scene.name_at[end + 1] is None
        ):
            end += 2
        else:
            break
    return end


def _is_joined_syllable(scene: Scene, first: int, at: int) -> bool:
    """Tell whether a small syllable belongs to the name before its hyphen: ``Sun Li-fang``; not so ``the Front-run town``."""
    return (
        at - first > 1
        and not scene.is_apart(at)
        and scene.atoms.cases[at] == LOWER
        and len(scene.keys[at]) <= _LONGEST_SYLLABLE
        and not scene.is_word("joined", at)
        and scene.is_apart(at + 1)
    )


def _is_name(scene: Scene, first: int, last: int, lower: set[str]) -> bool:
    """Tell whether a run is a name: one word that opens a sentence is none if it is a common word."""
    if all(len(key) == 1 for key in scene.keys[first:last]) or _ROMAN.fullmatch(scene.keys[first]):
        return False
    if last - first == 1 and (scene.is_word("direction", first) or scene.noun(first, "organization", "place", "echo")):
        return False
    if last - first == 1 and scene.atoms.cases[first] == INITIAL and scene.is_word("article", first - 1):
        return False  # an Agreement
    if last - first > 1 or not is_opening(scene, first):
        return last - first > 1 or len(scene.keys[first]) > 1 or scene.atoms.cases[first] == CAPITALS
    key = scene.keys[first]
    if key in lower or scene.nouns[first] or len(key) < 3:
        return False
    return scene.word_class(first) == "PROPN" or scene.atoms.cases[first] == CAPITALS


def _is_title_case(scene: Scene, first: int, last: int) -> bool:
    """Tell whether a sentence capitalises its words, as headlines in English do, or is all in capitals."""
    cases = [scene.atoms.cases[i] for i in range(first, last) if len(scene.keys[i]) > 3 and scene.atoms.cases[i] < 3]
    return len(cases) > 4 and sum(case != LOWER for case in cases) > 0.7 * len(cases)


def _recurs(scene: Scene, first: int, last: int) -> bool:
    """Tell whether the words of a run stand elsewhere as a name, or begin with a given name."""
    keys = scene.keys[first:last]
    is_titled = any(noun.category == "post" for _, noun in scene.noun_ends.get(first - 1, ()))
    if is_titled or (keys[0] in scene.lexicon.forenames and len(keys) > 1):
        return True
    if scene.capitalized is None:
        scene.capitalized = Counter(
            key
            for index, key in enumerate(scene.keys)
            if scene.atoms.cases[index] == INITIAL and not is_opening(scene, index)
        )
    return scene.capitalized[keys[-1]] > 1
