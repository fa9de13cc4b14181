"""Persons and the offices that they hold.

The phrases of offices and ranks (``le chef de la diplomatie américaine``, ``State Department spokesman``) are tied to the
name beside them, before or after it, with or without a comma; names that are unknown become persons by that.
"""

from __future__ import annotations

from typing import Final

from kg.extraction.names.appointments import (
    find_leaders,
    find_led,
    is_site,
    may_be_person,
    may_employ,
    one_of_several,
    person_given,
)
from kg.extraction.names.capitals import UNKNOWN
from kg.extraction.names.name_types import vote
from kg.extraction.names.scene import Draft, Office, Scene

_CLOSERS: Final = frozenset((",", ".", ")", ";", ":", "»", "”", '"', "–", "—", "-", "?", "!", "et", "and", ""))
_FAR: Final = 40
"""How many atoms a name may stand behind the office that it is in apposition to."""

_MANY: Final = 16
"""How many offices back a counterpart is looked for."""


def find_posts(scene: Scene) -> None:
    """Tie the phrases of offices to persons, from left to right."""
    phrases = [d for d in scene.drafts if d.noun is not None and d.noun.category == "post" and not d.is_dropped]
    phrases.sort(key=lambda d: (d.core, d.first))
    for phrase in phrases:
        _take_names(scene, phrase)
    around = {id(inner): draft for draft in scene.drafts for inner in draft.inner}
    appointed: set[int] = set()
    for phrase in phrases:
        before = _person_before(scene, phrase)
        persons = (before if _ends_with_class(phrase) else []) or _persons_after(scene, phrase)
        persons = persons or before or _person_given(scene, phrase)
        if persons:
            _appoint(scene, phrase, persons, around)
            appointed |= {id(person) for person, _ in persons}
    for phrase in phrases:
        if not phrase.is_dropped:
            person = _far_apposition(scene, phrase, appointed)
            if person is not None:
                _appoint(scene, phrase, [(person, None)], around)
    find_leaders(scene)
    find_led(scene)
    _find_told_by_noun(scene)


def _take_names(scene: Scene, phrase: Draft) -> None:
    """Put the names in place of the class nouns that they have taken in: ``porte-parole du collectif X``."""
    phrase.owners = [owner.taken_by or owner for owner in phrase.owners]
    phrase.inner = [inner.taken_by or inner for inner in phrase.inner]
    phrase.last = max([phrase.last, *(owner.last for owner in phrase.owners if owner.first <= phrase.last)])
    inside = scene.name_at[phrase.last - 1]
    if inside is not None and inside.first > phrase.head and inside.last > phrase.last and inside.use != UNKNOWN:
        phrase.owners, phrase.last = [inside], inside.last  # a name of which the phrase holds the beginning


def _ends_with_class(phrase: Draft) -> bool:
    """Tell whether a name behind an office may be that of what it is in: ``directeur de l'hôpital X``."""
    return any(
        inner.last == phrase.last and inner.noun is not None and inner.noun.category in ("place", "organization")
        for inner in (*phrase.inner, *phrase.owners)
    )


def _person_given(scene: Scene, phrase: Draft) -> list[tuple[Draft, Draft | None]]:
    """The person to whom the verb before an office gives it."""
    if phrase.noun is None or phrase.noun.sense in ("honorific", "peer", "occupation") or phrase.number == "Plur":
        return []
    person = person_given(scene, phrase)
    return [(person, None)] if person is not None else []


def _find_told_by_noun(scene: Scene) -> None:
    """``le journaliste X``, ``son frère X``, ``X, a teacher``: the noun for a person is tied to the name beside it."""
    for phrase in scene.drafts:
        noun = phrase.noun
        if noun is None or phrase.is_dropped or noun.category != "people" or phrase.number != "Sing":
            continue
        after = scene.name_from(phrase.last)
        before = scene.name_to(phrase.first - 2) if scene.key(phrase.first - 1) == "," else None
        if may_be_person(after) and after is not None:
            vote(scene, after, "Person", 4)
            phrase.is_dropped = True
        elif before is not None and may_be_person(before) and _is_full(before) and phrase.determination == "indefinite":
            vote(scene, before, "Person", 4)


def _persons_after(scene: Scene, phrase: Draft) -> list[tuple[Draft, Draft | None]]:
    """The persons named right after an office, each with an owner of its own where the text gives one."""
    name = scene.name_from(_skip_title(scene, phrase.last))
    if name is not None and may_be_person(name):
        return _series(scene, phrase, name)
    last = _end_of_complement(scene, phrase)
    if scene.key(last) == "(":
        if scene.key(last + 2) != ")" or scene.key(last + 3) != ",":
            return _person_in_brackets(scene, phrase)
        last += 3  # an acronym: "le chef du Front des Roseaux (FDR), X"
    last += scene.lexicon.begins("of_latter", scene.keys, last)
    if scene.key(last) != ",":
        return []
    name = scene.name_from(_skip_title(scene, last + 1))
    if name is None or not may_be_person(name) or not _is_full(name):
        return []
    if phrase.noun is not None and phrase.noun.sense == "honorific":
        return []
    if scene.key(name.last) in _CLOSERS or scene.word_class(name.last) in ("VERB", "AUX"):
        following = scene.key(name.last) == "," and scene.noun(_skip_article(scene, name.last + 1), "post") is not None
        return [] if following and phrase.determination == "none" else _series(scene, phrase, name)
    return []


def _end_of_complement(scene: Scene, phrase: Draft) -> int:
    """Where an office ends with the name of what or where it is for: ``l'envoyé de l'ONU pour le Soudan, X``."""
    last = phrase.last
    if not scene.is_word("charge", last):
        return last
    at = last + 1
    while scene.is_word("definite", at):
        at += 1
    name = scene.name_from(at)
    return name.last if name is not None and scene.key(name.last) == "," else last


def _skip_title(scene: Scene, index: int) -> int:
    """Where the name begins in an apposition, over a rank or a form of address: ``, Dr. X``, ``, retired Col. X``."""
    at = _skip_article(scene, index) if scene.key(index - 1) == "," else index
    while at < index + 3 and scene.is_word("former", at):
        at += 1
    title = scene.noun(at, "post")
    return title[0] if title is not None and title[1].sense in ("honorific", "military") else index


def _person_in_brackets(scene: Scene, phrase: Draft) -> list[tuple[Draft, Draft | None]]:
    """``le président (Dmitri) Medvedev``: a given name that the editor adds."""
    given = scene.name_from(phrase.last + 1)
    if given is None or scene.key(given.last) != ")":
        return []
    name = scene.name_from(given.last + 1)
    return [(name, None)] if name is not None and may_be_person(name) else []


def _skip_article(scene: Scene, index: int) -> int:
    return index + 1 if scene.is_word("definite", index) or scene.is_word("indefinite", index) else index


def _is_full(name: Draft) -> bool:
    return name.last - name.first > 1 or name.use != UNKNOWN


def _series(scene: Scene, phrase: Draft, name: Draft) -> list[tuple[Draft, Draft | None]]:
    """``les présidents russe X et ukrainien Y``, ``Foreign Ministers A and B``: one person after the other."""
    found: list[tuple[Draft, Draft | None]] = [(name, None)]
    while phrase.number == "Plur" and scene.key(found[-1][0].last) in (",", "et", "and"):
        at = found[-1][0].last + 1
        owner = scene.name_from(at)
        if owner is not None and owner.kind == "demonym":
            at = owner.last
        else:
            owner = None
        following = scene.name_from(at)
        if following is None or not may_be_person(following):
            break
        found.append((following, owner))
    return found


def _person_before(scene: Scene, phrase: Draft) -> list[tuple[Draft, Draft | None]]:
    """The person whom an office follows in apposition: ``Matthew Miller, porte-parole de …``."""
    if phrase.noun is None or phrase.noun.sense == "honorific":
        return []
    one_of = one_of_several(scene, phrase)
    if phrase.number == "Plur" and not one_of:
        return []
    before = phrase.first - (one_of or scene.lexicon.ends("then", scene.keys, phrase.first))
    if scene.key(before - 1) not in (",", "("):
        return []
    name = scene.name_to(before - 2)
    if name is None or not may_be_person(name) or (phrase.determination in ("numeral", "demonstrative") and not one_of):
        return []
    if name.use == UNKNOWN and not _is_full(name):
        return []
    return [(name, None)]


def _far_apposition(scene: Scene, phrase: Draft, appointed: set[int]) -> Draft | None:
    """The person named at the end of a relative clause: ``le chef du groupe qui …, Jan K., a été arrêté``."""
    if phrase.determination != "definite" or phrase.number == "Plur" or not scene.is_word("relative", phrase.last):
        return None
    for index in range(phrase.last, min(len(scene.atoms), phrase.last + _FAR)):
        if scene.atoms.opens[index]:
            return None
        name = scene.name_from(index)
        if (
            name is not None
            and may_be_person(name)
            and _is_full(name)
            and scene.key(index - 1) == ","
            and scene.key(name.last) == ","
            and id(name) not in appointed
        ):
            return name
    return None


def _appoint(scene: Scene, phrase: Draft, persons: list[tuple[Draft, Draft | None]], around: dict[int, Draft]) -> None:
    """Say that these persons hold the office of a phrase; `around` gives the phrase that one is part of."""
    noun = phrase.noun
    assert noun is not None  # noqa: S101 - only phrases with a post noun come here
    phrase.is_dropped = True
    named = noun
    if noun.sense == "peer":
        model = _model(scene)
        named = model.noun if model is not None and model.noun is not None else noun
    for position, (person, owner) in enumerate(persons):
        vote(scene, person, "Person", 5)
        if person.use == UNKNOWN:
            person.type = "Person"
        if noun.gender is not None and noun.sense != "peer":
            person.gender = person.gender or noun.gender
        if noun.sense in ("honorific", "occupation"):
            continue
        organization = owner or _organization(scene, phrase, (position, len(persons)), around)
        if noun.sense == "staff" and organization is None:
            continue
        words = scene.atoms.text(_start_of_words(scene, phrase), phrase.last)
        if noun.sense == "peer" and named is not noun:
            words = next(o.words for o in reversed(scene.offices[-_MANY:]) if o.noun is named)
        first, last = min(phrase.first, person.first), max(phrase.last, person.last)
        scene.offices.append(Office(person, words, first, last, organization, named, phrase))
        phrase.antecedents = [person]
    _pair(scene, phrase, [person for person, _ in persons])
    outer = around.get(id(phrase))
    if outer is not None and outer.last == phrase.last:  # an army is told with the whole of its general
        outer.last = persons[-1][0].last


def _model(scene: Scene) -> Office | None:
    """The office that a counterpart holds as well: the last one told."""
    return next(
        (o for o in reversed(scene.offices[-_MANY:]) if o.noun is not None and o.noun.sense in ("state", "body")), None
    )


def _start_of_words(scene: Scene, phrase: Draft) -> int:
    """Where the words for the office begin, without determiner."""
    index = phrase.core if phrase.determination == "numeral" else phrase.first
    while index < phrase.core and any(
        scene.is_word(kind, index) for kind in ("definite", "indefinite", "possessive", "demonstrative")
    ):
        index += 1
    return index


def _organization(scene: Scene, phrase: Draft, place: tuple[int, int], around: dict[int, Draft]) -> Draft | None:
    """The party that an office belongs to: what a complement or a modifier names, or a force that it is said of.

    `place` is the person's place among those who hold the office, and their number.
    """
    position, count = place
    owners = [
        o
        for o in (*phrase.owners, *_sites(phrase))
        if o.type != "Person" and (may_employ(o) or is_site(scene, o)) and not _is_class(o)
    ]
    if phrase.noun is not None and phrase.noun.sense == "local":
        return next((o for o in owners if o.noun is not None and o.noun.category == "body"), None)
    if owners:
        if len(owners) == count and count > 1:
            return owners[position]
        last = owners[-1].noun
        if not scene.is_french and len(owners) > 1 and last is not None and last.category in ("body", "organization"):
            owners[-1].owners = owners[-1].owners or [owners[0]]  # "Taiwan's defence ministry spokesman"
            return owners[-1]
        return owners[-1] if not scene.is_french and owners[0].kind == "demonym" and owners[-1].noun else owners[0]
    territories = [d for place in phrase.inner if _is_class_of_place(place) for d in place.inner if d.party is not None]
    if territories:
        return territories[position] if len(territories) == count else territories[0]
    return _force_before(scene, phrase, around)


def _sites(phrase: Draft) -> list[Draft]:
    """The hospitals, universities and the like that the complement of an office names."""
    return [d for d in phrase.inner if d.noun is not None and d.noun.refers == "site" and d not in phrase.owners]


def _is_class(owner: Draft) -> bool:
    """Tell whether a class noun before an office says only of what kind it is: ``Gang leader``."""
    noun = owner.noun
    is_bare = owner.determination == "none" and not owner.owners and owner.core == owner.first
    return (
        noun is not None
        and noun.category == "organization"
        and is_bare
        and owner.last - owner.first == 1
        and not noun.case
    )


def _is_class_of_place(draft: Draft) -> bool:
    return draft.noun is not None and draft.noun.category == "place"


def _pair(scene: Scene, phrase: Draft, persons: list[Draft]) -> None:
    """Note that two persons stand side by side: those of a series, a counterpart and whose counterpart he is."""
    if len(persons) == 2:
        scene.persons.append((persons[0], persons[1]))
    elif len(persons) == 1 and phrase.noun is not None and phrase.noun.sense == "peer":
        last = scene.offices[-_MANY:]
        earlier = [o.person for o in last if o.person.first < persons[0].first and o.person is not persons[0]]
        if earlier:
            scene.persons.append((earlier[-1], persons[0]))


def _force_before(scene: Scene, phrase: Draft, around: dict[int, Draft]) -> Draft | None:
    """``l'armée du général X``: the force of which the text says that it is led by the holder of a rank."""
    mark = phrase.first - 1
    if not scene.is_french or not scene.is_word("of", mark):
        return None
    force = scene.name_to(mark - 1)
    if force is None:
        force = around.get(id(phrase))
    if force is not None and force.type in ("ArmedForce", "ArmedGroup", "GovernmentBody"):
        return force
    return None
