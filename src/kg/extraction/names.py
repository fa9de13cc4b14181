"""Names: those of the gazetteer, and those that capitals show.

What an unknown name stands for is decided for the whole text at once (`decide`), from all that is said around its
occurrences: a title before it, a class noun, the preposition of a place, an army of its own.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

from kg.extraction.atoms import CAPITALS, INITIAL, LOWER
from kg.extraction.gazetteer import Known
from kg.extraction.mentions import MentionKind, Referent
from kg.extraction.scene import Draft, Scene
from kg.vocab import EntityType

UNKNOWN: Final = "unknown"
"""The `use` of a name that the gazetteer does not have, until `decide` has given it a type."""

_OPENERS: Final = frozenset('«“"‘„‹(:•–—-*')
_TITLED: Final = ("post", "people", "body", "portfolio", "adjective")
_LONGEST_RUN: Final = 7
_ENDINGS: Final = frozenset(("n", "an", "ian", "i", "ese", "ish", "ic", "er", "ans", "ians", "ns", "is", "ers"))
"""What English adds to the name of a country."""

_ROMAN: Final = re.compile(r"[ivx]+e(?:me)?")
_CLASS_NOUN: Final = 4
"""The weight of a class noun beside a name (``province de Sarl``), which no preposition outweighs."""


def find_known(scene: Scene) -> None:
    """Draft all names of the gazetteer."""
    index, count = 0, len(scene.atoms)
    titles = _inside_titles(scene)
    while index < count:
        found = scene.gazetteer.find(scene.atoms, index) if index not in titles else None
        if found is None:
            index += 1
            continue
        end, known = found
        if not _is_part_of_another(scene, index, end, known):
            scene.add_name(_draft(index, end, known))
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
    """Tell whether a name of one word is rather a part of a person's: Israel Katz, Denzel Washington, Eric Trump."""
    if known.kind == "demonym":
        return False
    if _is_inside_word(scene, first, last):
        return True
    if last - first > 1:
        return False
    if (
        known.cases[0] == CAPITALS
        and scene.atoms.cases[first] == INITIAL
        and last < len(scene.atoms)
        and is_name_word(scene, last)
    ):
        return True
    atoms, forenames = scene.atoms, scene.lexicon.forenames
    key = atoms.keys[first]
    before = atoms.key(first - 1)
    if (
        before in forenames
        and atoms.cases[first - 1] == INITIAL
        and scene.name_at[first - 1] is None
        and scene.is_apart(first)
    ):
        return True
    if (
        known.referent.type == "Person"
        and first
        and is_name_word(scene, first - 1)
        and scene.name_at[first - 1] is None
    ):
        return True
    return (
        key in forenames
        and last < len(atoms)
        and scene.is_apart(last)
        and is_name_word(scene, last)
        and scene.gazetteer.find(atoms, last) is None
        and scene.noun(last, "organization", "place") is None
    )


def _is_inside_word(scene: Scene, first: int, last: int) -> bool:
    """Tell whether a hyphen joins a name to another capitalised word, which no name explains: ``Nouveau-Mexique``."""
    before, after = first - 1, last
    if not scene.is_apart(first) and is_capitalized(scene, before) and scene.name_at[before] is None:
        return True
    return (
        not scene.is_apart(after) and is_capitalized(scene, after) and scene.gazetteer.find(scene.atoms, after) is None
    )


def is_capitalized(scene: Scene, index: int) -> bool:
    """Tell whether an atom is written with a capital."""
    return 0 <= index < len(scene.atoms) and scene.atoms.cases[index] in (INITIAL, CAPITALS)


def is_opening(scene: Scene, index: int) -> bool:
    """Tell whether an atom has its capital from where it stands: first in a sentence, a quotation or after a colon."""
    return scene.atoms.opens[index] or scene.key(index - 1) in _OPENERS


def is_name_word(scene: Scene, index: int) -> bool:
    """Tell whether an atom may be a word of an unknown name."""
    if not is_capitalized(scene, index):
        return False
    words, key = scene.lexicon.words, scene.keys[index]
    if key in words["calendar"] or key in words["no_name"] or scene.noun(index, *_TITLED) is not None:
        return False
    if not is_opening(scene, index):
        return key not in words["opens"] or scene.atoms.cases[index - 1] in (INITIAL, CAPITALS)
    return key not in words["opens"] and scene.word_class(index) in ("PROPN", "X", "NOUN", "ADJ")


def find_unknown(scene: Scene) -> None:
    """Draft the names that only their capitals show; what they stand for is left open."""
    lower = {key for key, case in zip(scene.keys, scene.atoms.cases, strict=True) if case == LOWER}
    for first, last in scene.sentences():
        titled = _is_title_case(scene, first, last)
        index = first
        while index < last:
            name = scene.name_at[index]
            if name is not None:
                index = name.last
                continue
            end = _run(scene, index, last)
            if end > index and _is_name(scene, index, end, lower) and not (titled and not _recurs(scene, index, end)):
                run = Draft(index, end, end - 1, "name", "Organization", core=index, number="Sing", use=UNKNOWN)
                scene.add_name(run)
            index = max(end, index + 1)


def _run(scene: Scene, first: int, last: int) -> int:
    """Where the capitalised words that begin at an atom end; `first` itself where none do."""
    joined = first + 1 < last and scene.is_word("particle", first) and not scene.is_apart(first + 1)
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
        if is_name_word(scene, end):
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


def _is_name(scene: Scene, first: int, last: int, lower: set[str]) -> bool:
    """Tell whether a run is a name: one word that opens a sentence is none if it is a common word."""
    if all(len(key) == 1 for key in scene.keys[first:last]) or _ROMAN.fullmatch(scene.keys[first]):
        return False
    if last - first == 1 and (scene.is_word("direction", first) or scene.noun(first, "organization", "place", "echo")):
        return False
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
    """Tell whether the words of a run stand elsewhere in the same form, or begin with a given name."""
    keys = scene.keys[first:last]
    if keys[0] in scene.lexicon.forenames and len(keys) > 1:
        return True
    wanted, count = keys[-1], 0
    for index, key in enumerate(scene.keys):
        if key == wanted and scene.atoms.cases[index] == INITIAL and not is_opening(scene, index):
            count += 1
    return count > 1


# --------------------------------------------------------------------------- what unknown names stand for


def name_key(scene: Scene, draft: Draft) -> str:
    """The words of a name, as it is compared with others of the text."""
    return " ".join(scene.keys[draft.core : draft.head + 1])


def vote(scene: Scene, draft: Draft, entity_type: EntityType, weight: int = 1) -> None:
    """Say what an unknown name is taken for where it stands."""
    if draft.use == UNKNOWN:
        scene.votes.setdefault(name_key(scene, draft), Counter())[entity_type] += weight


def decide(scene: Scene) -> None:
    """Give each unknown name a type and a referent: the same one wherever the text has it."""
    unknown = [draft for draft in scene.drafts if draft.use == UNKNOWN and not draft.is_dropped]
    for draft in unknown:
        _vote_by_position(scene, draft)
    for draft in unknown:
        _vote_by_list(scene, draft)
    for draft in unknown:
        votes = scene.votes.get(name_key(scene, draft), Counter())
        draft.type = _winner(votes) or _default(scene, draft)
    _read_adjectives(scene, unknown)
    persons = _persons(scene)
    named: dict[str, Referent] = {}
    for draft in sorted(unknown, key=lambda d: d.first):
        key = name_key(scene, draft)
        known = persons.get(key) if draft.type in ("Person", "Organization") else None
        if known is not None:
            draft.mean(known.referents[0]) if known.referents else None
        if not draft.referents:
            name = scene.atoms.text(draft.core, draft.head + 1)
            draft.mean(named.setdefault(key, Referent(name if not name.isupper() else _title(name), draft.type)))
        referent = draft.referents[0]
        draft.place = referent if referent.type in ("Place", "State", "DeFactoAuthority") else None
        draft.party = referent if referent.type != "Place" else None


def _read_adjectives(scene: Scene, unknown: list[Draft]) -> None:
    """``Dravian`` is of ``Dravia``: English adjectives of states that only the text knows."""
    if scene.is_french:
        return
    states = {name_key(scene, d): d for d in unknown if d.type == "State" and d.last - d.first == 1}
    for draft in unknown:
        key = name_key(scene, draft)
        for state, named in states.items():
            shared = _shared(key, state)
            if key != state and key[shared:] in _ENDINGS and shared >= max(3, len(state) - 2):
                draft.kind = "demonym"
                draft.mean(Referent(scene.atoms.text(named.core, named.head + 1), "State"))
                scene.demonyms[draft.referents[0].name] = scene.atoms.text(draft.core, draft.head + 1)


def _shared(first: str, second: str) -> int:
    """How many letters two words have in common at their beginning."""
    pairs = enumerate(zip(first, second, strict=False))
    return next((index for index, (a, b) in pairs if a != b), min(len(first), len(second)))


def _title(name: str) -> str:
    """A name in capitals, as it is usually written; an acronym stays one."""
    return (
        name if len(name) <= 5 else " ".join(word.capitalize() if len(word) > 3 else word for word in name.split(" "))
    )


def _persons(scene: Scene) -> dict[str, Draft]:
    """The persons of the text by each end of their full name: Lena Orsk by Orsk."""
    found: dict[str, Draft] = {}
    for draft in scene.drafts:
        if draft.is_dropped or draft.type != "Person" or draft.kind != "name":
            continue
        if not draft.referents:
            draft.mean(Referent(scene.atoms.text(draft.core, draft.head + 1), "Person"))
        keys = scene.keys[draft.core : draft.head + 1]
        for start in range(len(keys)):
            rest = keys[start:]
            if len(rest) == len(keys) or (len(rest[0]) > 2 or len(rest) > 1):
                found.setdefault(" ".join(rest), draft)
    return found


def _winner(votes: Counter[EntityType]) -> EntityType | None:
    """The type with most votes; what has an army and a north is a state, unless a class noun says that it is a place."""
    if votes.get("State", 0) and votes.get("Place", 0) < _CLASS_NOUN:
        return "State"
    return min(votes.items(), key=lambda pair: (-pair[1], pair[0]))[0] if votes else None


def _vote_by_position(scene: Scene, draft: Draft) -> None:
    """What the words beside a name say of it, where no title and no class noun does."""
    before = draft.first - 1
    is_long = draft.last - draft.first > 1
    if scene.is_word("definite", before):
        before -= 1
    if before >= 0 and scene.lexicon.ends("locative_strict", scene.keys, before + 1):
        vote(scene, draft, "Place", 2)
    if scene.keys[draft.core] in scene.lexicon.forenames and is_long:
        vote(scene, draft, "Person", 3)
    if is_long:
        for index in (draft.core, draft.head):
            inner = scene.noun(index, "place", "organization")
            if inner is not None and (inner[1].category == "place" or inner[1].is_bare):
                vote(scene, draft, inner[1].type, _CLASS_NOUN)
    if _is_dateline(scene, draft):
        vote(scene, draft, "Place", 3)
    if _says(scene, draft):
        vote(scene, draft, "Person" if is_long or draft.kind == "name" else "Organization", 1)


def _vote_by_list(scene: Scene, draft: Draft) -> None:
    """``in Tikrit and Rabiyah``: what is listed after a place is one."""
    before = draft.first - 1
    if scene.key(before) not in ("et", "and", ",", "ou", "or"):
        return
    other = scene.name_to(before - 1)
    if other is not None and other is not draft and _is_taken_for_place(scene, other):
        vote(scene, draft, "Place", 1)


def _is_taken_for_place(scene: Scene, draft: Draft) -> bool:
    if draft.use != UNKNOWN:
        return draft.type == "Place"
    votes = scene.votes.get(name_key(scene, draft), Counter())
    return _winner(votes) == "Place"


def _is_dateline(scene: Scene, draft: Draft) -> bool:
    """Tell whether a name begins a paragraph as the place where it was filed: ``SARRAN, Velmar —``, ``CAIRO (Agencies):``."""
    line = scene.analysis.dateline
    start = scene.atoms.starts[draft.first]
    if line is not None and line.place is not None:
        return line.place[0] <= start < line.place[1] and scene.atoms.opens[draft.first]
    if not scene.atoms.opens[draft.first] or scene.atoms.cases[draft.first] != CAPITALS:
        return False
    return any(key in ("—", "–", "(") for key in scene.keys[draft.last : draft.last + 6])


def _says(scene: Scene, draft: Draft) -> bool:
    """Tell whether a verb of saying stands next to a name, as of its subject."""
    tokens = scene.analysis.tokens
    saying = scene.lexicon.saying
    after, before = scene.atoms.tokens[draft.last - 1] + 1, scene.atoms.tokens[draft.first] - 1
    for index in (after, after + 1, before):
        if 0 <= index < len(tokens) and tokens[index].lemma in saying and tokens[index].text[0].islower():
            return True
    return False


def _default(scene: Scene, draft: Draft) -> EntityType:
    if draft.last - draft.first in (2, 3, 4) and all(
        scene.atoms.cases[i] != CAPITALS or len(scene.keys[i]) == 1 for i in range(draft.first, draft.last)
    ):
        return "Person"
    return "Organization"
