"""What the phrases of people stand for: a description in English, or the party for which they speak or fight."""

from __future__ import annotations

from typing import Final

from kg.extraction.mentions import Referent
from kg.extraction.names import english, french
from kg.extraction.names.allegiances import state_served
from kg.extraction.names.atoms import LOWER
from kg.extraction.names.naming import count_words, group_name, post_name, with_article
from kg.extraction.names.nouns import Noun
from kg.extraction.names.parties import home_state, owner_parties
from kg.extraction.names.scene import Draft, Office, Scene

_COLLECTIVE: Final = {10: "tens of", 24: "dozens of", 20: "dozens of", 200: "hundreds of", 2000: "thousands of"}
_DELEGATIONS: Final = frozenset(("délégation", "delegation"))


def find_nationals(scene: Scene) -> None:
    """Draft the people told by their nationality alone: ``des milliers de Congolais``, ``Armenians in Artsakh``."""
    for name in list(scene.drafts):
        if (
            name.kind != "demonym"
            or name.is_dropped
            or name.noun is not None
            or name.party is None
            or not _is_noun(scene, name)
        ):
            continue
        noun = Noun("people", "national", "", "", "Plur", None, "civilian")
        draft = Draft(
            name.first, name.last, name.last - 1, "group", "Group", number="Plur", noun=noun, core=name.first, owners=[name],
            use="nationals",
        )  # fmt: skip
        grammar = french if scene.is_french else english
        grammar.extend(scene, draft)
        scene.drafts.append(draft)
        for index in range(name.first, name.last):
            scene.phrase_to[index] = draft


def _is_noun(scene: Scene, name: Draft) -> bool:
    """Tell whether a word of nationality is a noun in the plural: with a capital in French, with an *s* in English."""
    word = scene.atoms.text(name.last - 1, name.last)
    if scene.is_french:
        if scene.atoms.cases[name.first] == LOWER or scene.atoms.opens[name.first]:
            return False
        before = scene.key(name.first - 1)
        return word.endswith(("s", "x")) and (
            before in ("les", "des", "aux", "d'", "de") or name.first - 1 in scene.numeral_ends
        )
    return word.endswith("s") and not word.endswith(("ss", "us")) and scene.key(name.last) not in ("'s", "'")


def name_people(scene: Scene, draft: Draft) -> None:
    """Say what the phrase of people, or of an office that nobody is named for, stands for."""
    noun = draft.noun
    assert noun is not None  # noqa: S101 - people have a noun
    draft.kind, draft.type = "group", "Group"
    if draft.use == "nationals":
        draft.referents = [Referent(_nationals(scene, draft), "Group")]
        return
    if noun.category == "post":
        people = next(
            (n for end, n in scene.nouns[draft.core] if n.category == "people" and end == draft.head + 1), None
        )
        if people is None or draft.portfolio is not None:
            _name_office(scene, draft, noun)
            return
        draft.noun = noun = people
    owners = owner_parties(scene, draft)
    possessor = draft.possessor
    if noun.sense == "envoy" and possessor is not None and possessor.referents and possessor.type != "Person":
        owners = [(possessor, referent) for referent in possessor.referents]
    if _acts_for_owner(draft, noun, owners[0][1] if owners else None):
        draft.referents = [referent for _, referent in owners]
        draft.type, draft.party = draft.referents[0].type, draft.referents[0]
        return
    if noun.sense == "party":
        return
    draft.referents = [Referent(_words(scene, draft, owners), "Group")]
    if noun.sense == "official" and draft.number == "Sing" and draft.determination == "indefinite":
        _appoint_unnamed(scene, draft, owners)
    draft.is_generic = draft.determination == "none" and not draft.owners and not draft.adjectives


def _appoint_unnamed(scene: Scene, draft: Draft, owners: list[tuple[Draft, Referent]]) -> None:
    """``an official in the group``, ``the army's spokesman``: somebody known by a post in an organization, without a name."""
    held = [owner for owner, referent in owners if referent.type not in ("State", "Place", "Person", "Group")]
    if not held:
        return
    words = scene.atoms.text(draft.core, draft.head + 1)
    scene.appoint(Office(draft, words, draft.first, draft.last, held[0]))


def _nationals(scene: Scene, draft: Draft) -> str:
    """``thousands of Congolese``, ``Armenians of Nagorno-Karabakh``."""
    if not scene.is_french:
        return english_words(scene, draft)
    party = draft.owners[0].party
    assert party is not None  # noqa: S101 - find_nationals() looked at it
    adjective = scene.gazetteer.demonym(party.iri) or party.name
    plural = adjective if adjective.endswith(("ese", "sh", "ch", "s")) else f"{adjective}s"
    places = [inner.place.name for inner in draft.inner if inner.place is not None and inner is not draft.owners[0]]
    quantity = _quantity(draft)
    return " ".join([*([quantity] if quantity else []), plural, *[f"of {with_article(place)}" for place in places]])


def _acts_for_owner(draft: Draft, noun: Noun, owner: Referent | None) -> bool:
    """Tell whether people are their party: envoys always, fighters where they are all those of an armed group."""
    if owner is None or draft.determination in ("numeral", "indefinite"):
        return owner is not None and noun.lemma in _DELEGATIONS and draft.count is None
    if noun.sense == "envoy":
        return draft.number == "Plur" or noun.lemma in _DELEGATIONS
    return noun.sense == "fighter" and draft.number == "Plur" and owner.type == "ArmedGroup"


def _words(scene: Scene, draft: Draft, owners: list[tuple[Draft, Referent]]) -> str:
    noun = draft.noun
    assert noun is not None  # noqa: S101 - people have a noun
    if not scene.is_french:
        return english_words(scene, draft)
    before, after = [], []
    for owner, party in owners:
        lives_there = noun.sense == "civilian" and owner.place is not None and owner.kind in ("capital", "name")
        referent = owner.place if lives_there and owner.place is not None else party
        adjective = scene.gazetteer.demonym(referent.iri) or scene.demonyms.get(referent.name)
        if owner.kind == "demonym" or (adjective and noun.sense not in ("civilian", "official")):
            before.append(adjective or referent.name)
        else:
            after.append(f"of {with_article(referent.name)}")
    if not owners:
        after += [
            f"{'in' if inner.place.type == 'Place' else 'of'} {with_article(inner.place.name)}"
            for inner in draft.inner
            if inner.place is not None
        ]
    quantity = _quantity(draft)
    is_singular = draft.number == "Sing" and not quantity
    return " ".join([group_name(noun, quantity, draft.adjectives, before, is_singular=is_singular), *after])


def _quantity(draft: Draft) -> str:
    if draft.count is None:
        return ""
    if draft.count.best is None and draft.count.high is None and draft.count.low in _COLLECTIVE:
        return _COLLECTIVE[draft.count.low]
    return count_words(draft.count)


def english_words(scene: Scene, draft: Draft) -> str:
    """The words of an English phrase without its article."""
    first = draft.first + (1 if draft.determination == "definite" and scene.is_word("definite", draft.first) else 0)
    return scene.atoms.text(min(first, draft.head), draft.last)


def _name_office(scene: Scene, draft: Draft, noun: Noun) -> None:
    """An office whose holder is not named here: ``foreign minister of Norland``, or one for each of several owners."""
    if noun.sense == "honorific":
        draft.is_dropped = True
        return
    words = post_name(noun, draft.portfolio)
    held = owner_parties(scene, draft)
    owners = [referent for _, referent in held]
    if owners and noun.sense != "military":
        draft.referents = [Referent(f"{words} of {with_article(owner.name)}", "Group") for owner in owners]
        if draft.number == "Sing":
            draft.referents = draft.referents[:1]
    else:
        draft.referents = [Referent(english_words(scene, draft), "Group")]
    if draft.number == "Sing" and (draft.determination == "indefinite" or noun.english.endswith("spokesperson")):
        _appoint_unnamed(scene, draft, held)


def name_organization(scene: Scene, draft: Draft) -> None:
    """A class noun without a name (``la milice``): a description of its own, where it refers to nothing before."""
    noun = draft.noun
    assert noun is not None  # noqa: S101 - a class noun
    draft.kind, draft.type = "description", noun.type
    if draft.determination not in ("definite", "demonstrative"):
        describe_organization(scene, draft, noun)


def describe_organization(scene: Scene, draft: Draft, noun: Noun) -> None:
    """Name an organization by its owner and its class noun, or by the words."""
    owners = owner_parties(scene, draft)
    name = english_words(scene, draft)
    if owners:
        adjective = scene.gazetteer.demonym(owners[0][1].iri)
        name = f"{adjective} {noun.english}" if adjective else f"{noun.english} of {with_article(owners[0][1].name)}"
    draft.referents = [Referent(name, noun.type)]


def appoint_states(scene: Scene) -> None:
    """Give the offices of a state for which the text names no state the one of the same person, or that of the text."""
    for office in scene.offices:
        if office.organization is not None or office.noun is None or office.noun.sense != "state":
            continue
        phrase = office.phrase
        if phrase is not None and (phrase.possessor is not None or scene.is_word("of", phrase.last)):
            continue
        if phrase is not None and any(scene.is_word("subnational", at) for at in range(phrase.first, phrase.last)):
            continue  # "the local security chief"
        same = next(
            (o.organization for r in office.person.referents for o in scene.posts_of.get(r, ()) if o.organization), None
        )
        served = next((s for r in office.person.referents if (s := state_served(r.iri)) is not None), None)
        named = home_state(scene, office.person, is_sure=False, iri=served)
        office.organization = same or named
