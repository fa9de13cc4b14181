"""Descriptions of people that refer back: ``le ministre``, ``the two men``, ``the official``, ``la même source``."""

from __future__ import annotations

from typing import Final

from kg.extraction.mentions import Referent
from kg.extraction.names.nouns import Noun
from kg.extraction.names.scene import Draft, Office
from kg.extraction.reference.antecedents import refer
from kg.extraction.reference.discourse import Discourse
from kg.extraction.reference.echoes import BACK, FAR, SIDES, refer_to_pair

_MEN: Final = frozenset(("homme", "man", "suspect", "woman", "femme"))
_ARMIES: Final = ("armée", "army")
_NEAR: Final = 4
_MANY: Final = 64
"""How many holders of offices of one kind are thought of."""


def resolve_people(discourse: Discourse, draft: Draft, noun: Noun) -> None:
    """Tie people told by a common noun to who was told before: by the same noun, as an armed group, as a speaker."""
    scene = discourse.scene
    is_same = any(scene.is_word("same", i) for i in range(draft.first, draft.core))
    if noun.lemma == "source":
        if is_same or draft.determination == "demonstrative":
            speaker = discourse.nearest(draft, lambda d: d.is_speaker and len(d.referents) == 1, _NEAR)
            if speaker is not None:
                refer(draft, speaker)
        return
    if noun.sense == "party":
        _resolve_belligerents(discourse, draft, noun)
        return
    if draft.owners:
        return
    is_two = draft.count is not None and draft.count.best == 2
    if is_two and noun.lemma in _MEN and scene.is_word("definite", draft.first):
        refer_to_persons(discourse, draft, None)
    elif draft.determination in BACK:
        _resolve_definite(discourse, draft, noun)


def _resolve_belligerents(discourse: Discourse, draft: Draft, noun: Noun) -> None:
    if draft.determination in (*BACK, "numeral"):
        refer_to_pair(discourse, draft, SIDES)
    if not draft.referents:
        draft.mean(Referent(noun.plural, "Group"))


def _resolve_definite(discourse: Discourse, draft: Draft, noun: Noun) -> None:
    found: Draft | None = None
    if noun.sense == "fighter" and draft.number == "Plur":
        found = _fighters(discourse, draft, noun)
    elif noun.lemma in _MEN and draft.number == "Sing":
        found = discourse.nearest(draft, lambda d: d.type == "Person" and len(d.referents) == 1, 2)
    found = found or discourse.nearest(
        draft,
        lambda d: d.kind == "group" and d.noun is not None and d.noun.lemma == noun.lemma and d.number == draft.number,
        FAR,
    )
    is_told = discourse.scene.is_word("definite", draft.first)
    if found is None and noun.sense == "soldier" and draft.number == "Plur" and is_told:
        armies = [army for lemma in _ARMIES if (army := discourse.scene.told.get(lemma)) is not None]
        found = next((army for army in armies if army.first < draft.first), None)
    if found is not None:
        refer(draft, found)


def _fighters(discourse: Discourse, draft: Draft, noun: Noun) -> Draft | None:
    """``les rebelles``: the one armed group, or the one force of that name, that the text has told of."""
    found: dict[Referent, Draft] = {}
    for other in discourse.before(draft, None):
        is_named = len(other.referents) == 1 and noun.english in other.referents[0].name.casefold()
        if len(other.referents) == 1 and (other.type == "ArmedGroup" or (other.type == "ArmedForce" and is_named)):
            found.setdefault(other.referents[0], other)
    named = {referent: other for referent, other in found.items() if noun.english in referent.name.casefold()}
    chosen = named or found
    return next(iter(chosen.values())) if len(chosen) == 1 else None


# --------------------------------------------------------------------------- office-holders


def resolve_office(discourse: Discourse, draft: Draft, noun: Noun) -> None:
    """``le ministre``, ``les deux ministres``: who was said to hold such an office; a foreign minister is a minister."""
    if draft.determination == "indefinite" or noun.sense in ("honorific", "peer", "occupation"):
        return
    holders = [o for o in discourse.scene.holders.get(noun.english.split()[-1], ()) if o.person.referents][-_MANY:]
    if draft.number == "Plur":
        _resolve_holders(discourse, draft, noun, holders)
        return
    owner = draft.owners[0] if draft.owners else None
    wanted = owner.meant if owner is not None else None
    fitting = [
        o for o in holders if o.person.first < draft.first and (wanted is None or _belongs_to(o.organization, wanted))
    ]
    if fitting and (draft.determination in BACK or owner is not None):
        refer(draft, fitting[-1].person)
    elif owner is not None and draft.determination == "definite" and noun.sense in ("state", "body"):
        _appoint_nearest(discourse, draft, noun, owner)


def _appoint_nearest(discourse: Discourse, draft: Draft, noun: Noun, owner: Draft) -> None:
    """``Le message de X … Le président de la commission``: the one person of the sentence before, whose office is not told."""
    scene = discourse.scene
    near = {d.referents[0]: d for d in discourse.before(draft, 1) if d.type == "Person" and len(d.referents) == 1}
    if len(near) != 1:
        return
    referent, person = next(iter(near.items()))
    if referent in scene.posts_of:
        return
    refer(draft, person)
    first = draft.first + (draft.determination == "definite")
    words = scene.atoms.text(min(first, draft.head), draft.last)
    scene.appoint(Office(person, words, person.first, draft.last, owner, noun, draft))


def _resolve_holders(discourse: Discourse, draft: Draft, noun: Noun, holders: list[Office]) -> None:
    """Several office-holders: one for each owner that is named, or the last two."""
    if draft.count is not None and draft.count.best != 2:
        return
    if not draft.owners:
        if holders:
            refer_to_persons(discourse, draft, {r for o in holders for r in o.person.referents})
            return
        found = discourse.nearest(
            draft, lambda d: d.kind == "group" and d.noun is not None and d.noun.lemma == noun.lemma, FAR
        )
        if found is not None and found.number == "Plur":
            refer(draft, found)
        return
    chosen: list[Draft] = []
    for owner in draft.owners:
        wanted = owner.meant
        match = next((o for o in holders if _belongs_to(o.organization, wanted)), None)
        if match is None:
            return
        chosen.append(match.person)
    draft.referents = [person.referents[0] for person in chosen]
    draft.type, draft.party = "Person", None
    draft.antecedents = [person for person in chosen if person.first < draft.first]


def _belongs_to(organization: Draft | None, wanted: Referent | None) -> bool:
    if organization is None or wanted is None:
        return False
    return wanted in organization.referents or wanted == organization.party


def refer_to_persons(discourse: Discourse, draft: Draft, among: set[Referent] | None) -> None:
    """Tie a description to the last two persons, of a set or of those that stand side by side."""
    if among is None:
        pair = discourse.nearest(draft, lambda d: d.use == "pair" and all(r.type == "Person" for r in d.referents), FAR)
        if pair is not None:
            refer(draft, pair)
            return
    persons: dict[Referent, Draft] = {}
    for other in discourse.before(draft, FAR):
        if other.type == "Person" and len(other.referents) == 1 and (among is None or other.referents[0] in among):
            persons.setdefault(other.referents[0], other)
        if len(persons) == 2:
            break
    chosen = list(reversed(persons.values()))
    if len(chosen) == 2:
        draft.referents = [person.referents[0] for person in chosen]
        draft.type, draft.antecedents = "Person", chosen
