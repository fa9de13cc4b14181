"""What the names stand for that the gazetteer does not have.

Each occurrence of a name votes for a type by what is said around it: a title before it, a class noun, the preposition of a
place, an army of its own. The votes are counted for the whole text at once, so that a name means the same everywhere.
"""

from __future__ import annotations

from collections import Counter
from typing import Final

from kg.extraction.mentions import Referent
from kg.extraction.names.atoms import CAPITALS
from kg.extraction.names.capitals import UNKNOWN, is_opening
from kg.extraction.names.scene import Draft, Scene
from kg.vocab import EntityType

CLASS_NOUN: Final = 4
"""The weight of a class noun beside a name (``province de Sarl``), which no preposition outweighs."""

_ENDINGS: Final = ("ians", "ian", "ans", "ers", "ese", "ish", "an", "er", "ic", "is", "ns", "i", "n")
"""What English adds to the name of a country, the longest first."""

_LISTED: Final = frozenset(("et", "and", ",", "ou", "or"))
_LONGEST_ACRONYM: Final = 5


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
        person = persons.get(key) if draft.type in ("Person", "Organization") else None
        if person is not None:
            draft.mean(person.referents[0])
        if not draft.referents:
            name = scene.atoms.text(draft.core, draft.head + 1)
            draft.mean(named.setdefault(key, Referent(_in_small_letters(name), draft.type)))
        referent = draft.referents[0]
        draft.place = referent if referent.type in ("Place", "State", "DeFactoAuthority") else None
        draft.party = referent if referent.type != "Place" else None


def _winner(votes: Counter[EntityType]) -> EntityType | None:
    """The type with most votes; what has an army and a north is a state, unless a class noun says that it is a place."""
    if votes.get("State", 0) and votes.get("Place", 0) < CLASS_NOUN:
        return "State"
    return min(votes.items(), key=lambda pair: (-pair[1], pair[0]))[0] if votes else None


def _default(scene: Scene, draft: Draft) -> EntityType:
    """Two to four words are a person's name, if they are no acronyms; one after a preposition is a place, or else a body."""
    is_written_so = all(
        scene.atoms.cases[i] != CAPITALS or len(scene.keys[i]) == 1 or scene.atoms.text(i, i + 1).endswith(".")
        for i in range(draft.first, draft.last)
    )
    if draft.last - draft.first in (2, 3, 4) and is_written_so:
        return "Person"
    before = draft.first - 1 - scene.is_word("definite", draft.first - 1)
    is_governed = scene.word_class(before) == "ADP" and not is_opening(scene, draft.first)
    return "Place" if draft.last - draft.first == 1 and is_written_so and is_governed else "Organization"


def _in_small_letters(name: str) -> str:
    """A name in capitals, as it is usually written; an acronym stays one."""
    if not name.isupper() or len(name) <= _LONGEST_ACRONYM:
        return name
    return " ".join(word.capitalize() if len(word) > 3 else word for word in name.split(" "))


def _read_adjectives(scene: Scene, unknown: list[Draft]) -> None:
    """``Dravian`` is of ``Dravia``: English adjectives of states that only the text knows."""
    if scene.is_french:
        return
    states: dict[str, Draft] = {}
    for draft in unknown:
        if draft.type == "State" and draft.last - draft.first == 1:
            key = name_key(scene, draft)
            for stem in (key, key[:-1], key[:-2]):
                if len(stem) >= 3:
                    states.setdefault(stem, draft)
    for draft in unknown:
        key = name_key(scene, draft)
        named = next(
            (states.get(key.removesuffix(e)) for e in _ENDINGS if key.endswith(e) and key.removesuffix(e) in states),
            None,
        )
        if named is not None and key != name_key(scene, named):
            draft.kind = "demonym"
            draft.mean(Referent(scene.atoms.text(named.core, named.head + 1), "State"))
            scene.demonyms[draft.referents[0].name] = scene.atoms.text(draft.core, draft.head + 1)


def _persons(scene: Scene) -> dict[str, Draft]:
    """The persons of the text by each end of their full name, and by each surname: Lena Orsk-Tarn by Orsk."""
    found: dict[str, Draft] = {}
    for draft in scene.drafts:
        if draft.is_dropped or draft.type != "Person" or draft.kind != "name":
            continue
        keys = scene.keys[draft.core : draft.head + 1]
        if not draft.referents:
            name = _in_small_letters(scene.atoms.text(draft.core, draft.head + 1))
            draft.mean(scene.gazetteer.variant(keys) or Referent(name, "Person"))
        for start in range(len(keys)):
            rest = keys[start:]
            if start == 0 or len(rest[0]) > 2 or len(rest) > 1:
                found.setdefault(" ".join(rest), draft)
        for key in keys[1:-1]:
            if len(key) > 3:
                found.setdefault(key, draft)
    return found


# --------------------------------------------------------------------------- votes


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
                vote(scene, draft, inner[1].type, CLASS_NOUN)
    if _is_located(scene, draft):
        vote(scene, draft, "Place", 3)
    if _is_dateline(scene, draft):
        vote(scene, draft, "Place", 3)
    if _says(scene, draft):
        vote(scene, draft, "Person")


def _vote_by_list(scene: Scene, draft: Draft) -> None:
    """``in Tikrit and Rabiyah``: what is listed after a place is one."""
    before = draft.first - 1
    if scene.key(before) not in _LISTED:
        return
    other = scene.name_to(before - 1)
    if other is not None and other is not draft and _is_taken_for_place(scene, other):
        vote(scene, draft, "Place")


def _is_taken_for_place(scene: Scene, draft: Draft) -> bool:
    if draft.use != UNKNOWN:
        return draft.type == "Place"
    return _winner(scene.votes.get(name_key(scene, draft), Counter())) == "Place"


def _is_located(scene: Scene, draft: Draft) -> bool:
    """``X, dans le nord de la Norlande``, ``X, in northern Norland``: tell whether a known place is said to hold the name."""
    if scene.key(draft.last) != "," or scene.key(draft.last + 1) not in ("dans", "en", "in"):
        return False
    names = (scene.name_from(index) for index in range(draft.last + 2, draft.last + 8))
    found = next((name for name in names if name is not None), None)
    return found is not None and found.place is not None


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
    after, before = scene.atoms.tokens[draft.last - 1] + 1, scene.atoms.tokens[draft.first] - 1
    near = [tokens[index] for index in (after, after + 1, before) if 0 <= index < len(tokens)]
    return any(token.lemma in scene.lexicon.saying and token.text[0].islower() for token in near)
