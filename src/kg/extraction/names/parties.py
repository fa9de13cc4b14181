"""Whose: the party behind a person, a body or a possessive, and the one that a text is most about."""

from __future__ import annotations

from bisect import bisect_right
from typing import Final

from kg.extraction.mentions import Referent
from kg.extraction.names.scene import Draft, Scene

_SPEAKS_FOR_OTHERS: Final = ("Person", "GovernmentBody", "ArmedForce", "Group")
_TERRITORIAL: Final = ("State", "DeFactoAuthority")
_CHAIN: Final = 4
_STANDS_OUT: Final = 1.5
"""How many times as often as the next one a state is named that a text is about."""


def party_of(scene: Scene, draft: Draft) -> Referent | None:
    """Return the state or other party that a person or a body belongs to, over its employers; itself where it is one."""
    last = draft
    for _ in range(_CHAIN):
        if last.type not in _SPEAKS_FOR_OTHERS:
            break
        following = _employer(scene, last)
        if following is None or following is last:
            break
        last = following
    if last.party is not None and last.party.type != "Person":
        return _state_in_name(scene, last.party) or last.party
    if not last.referents or last.type in ("Person", "Group", "Place"):
        return None
    return _state_in_name(scene, last.referents[0]) or last.referents[0]


def _employer(scene: Scene, draft: Draft) -> Draft | None:
    if draft.owner is not None:
        return draft.owner
    if len(draft.referents) == 1:
        for office in scene.posts_of.get(draft.referents[0], ()):
            if office.organization is not None:
                return office.organization
    return draft.antecedents[-1] if draft.antecedents else None


def _state_in_name(scene: Scene, body: Referent) -> Referent | None:
    """``Ministry of Defence of Norland``: the state that the name of a body ends in, where it is a known one."""
    if body.type not in ("GovernmentBody", "ArmedForce"):
        return None
    head, mark, owner = body.name.rpartition(" of ")
    found = scene.gazetteer.party(owner.removeprefix("the ")) if mark else None
    return found or scene.gazetteer.party_of_adjective(body.name.split(" ")[0]) if head or not mark else None


def owner_parties(scene: Scene, draft: Draft) -> list[tuple[Draft, Referent]]:
    """Return to whom a phrase belongs: each owner that its words name, or whom its possessive refers to."""
    found: list[tuple[Draft, Referent]] = []
    for owner in (told.taken_by or told for told in draft.owners):
        if owner.is_dropped and owner.kind != "demonym":
            continue
        referent = party_of(scene, owner) if owner.type == "Person" else owner.party
        referent = referent or (owner.referents[0] if owner.referents else None)
        if referent is not None:
            found.append((owner, referent))
    if not found and draft.possessor is not None:
        possessor = draft.possessor
        if len(possessor.referents) > 1:
            return [(possessor, referent) for referent in possessor.referents]
        party = party_of(scene, possessor.antecedents[-1] if possessor.antecedents else possessor)
        if party is not None:
            found.append((possessor, party))
    return found


def authority(scene: Scene) -> Draft | None:
    """Return the one de facto authority that the text names, by itself or by its territory."""
    found = {
        draft.party.name: draft
        for draft in reversed(scene.drafts)
        if not draft.is_dropped and draft.party is not None and draft.party.type == "DeFactoAuthority"
    }
    return next(iter(found.values())) if len(found) == 1 else None


def home_state(scene: Scene, draft: Draft, *, is_sure: bool = True, iri: str | None = None) -> Draft | None:
    """Return a mention of the state that the text is most about; with `is_sure`, only if it stands out.

    With `iri` it is a mention of that state, if the text names it. Names, capitals and nationalities count; a country in brackets only says where a town is. The mention is the last one
    before the phrase, or the first of all.
    """
    if scene.states is None:
        scene.states = _rank_states(scene)
    if not scene.states:
        return None
    states = scene.states
    if iri is not None:
        states = [mentions for mentions in states if mentions[0].party is not None and mentions[0].party.iri == iri]
        if not states:
            return None
    first, second = states[0], states[1] if len(states) > 1 else []
    if is_sure and len(first) < _STANDS_OUT * len(second):
        return None
    return first[max(0, bisect_right(first, draft.first, key=lambda d: d.first) - 1)]


def _rank_states(scene: Scene) -> list[list[Draft]]:
    """The mentions of each state, those of the most frequent one first."""
    found: dict[str, list[Draft]] = {}
    for draft in sorted(scene.drafts, key=lambda d: d.first):
        if _counts_as_state(scene, draft) and draft.party is not None:
            found.setdefault(draft.party.name, []).append(draft)
    return [mentions for _, mentions in sorted(found.items(), key=lambda pair: (-len(pair[1]), pair[0]))]


def _counts_as_state(scene: Scene, draft: Draft) -> bool:
    if draft.is_dropped or draft.noun is not None or draft.party is None or draft.kind == "pronoun":
        return False
    in_brackets = scene.key(draft.first - 1) == "(" and scene.key(draft.last) == ")"
    return draft.party.type in _TERRITORIAL and not in_brackets
