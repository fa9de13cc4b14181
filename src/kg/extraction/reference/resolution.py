"""Reference: pronouns, possessives, descriptions and echoes, tied to what they refer to where that is safe.

One pass from left to right: what a phrase stands for may depend on what was told before it, and on the possessive or the
complement within it, which is settled first.
"""

from __future__ import annotations

from dataclasses import replace

from kg.extraction.mentions import Referent
from kg.extraction.names.bodies import name_bodies, name_body
from kg.extraction.names.capitals import UNKNOWN
from kg.extraction.names.groups import appoint_states, describe_organization, name_organization, name_people
from kg.extraction.names.name_types import name_key
from kg.extraction.names.nouns import Noun
from kg.extraction.names.scene import Draft, Scene
from kg.extraction.reference.antecedents import refer, resolve_partitive, resolve_pronoun
from kg.extraction.reference.discourse import Discourse, mark_roles
from kg.extraction.reference.echoes import (
    is_apposition,
    refer_to_pair,
    resolve_body,
    resolve_echo,
    resolve_organization,
)
from kg.extraction.reference.people import refer_to_persons, resolve_office, resolve_people
from kg.extraction.reference.places import resolve_place
from kg.extraction.reference.pronouns import PARTITIVE, find_partitives, find_pronouns

_LISTED = frozenset((",", "et", "and", "&", "ou", "or"))


def resolve(scene: Scene) -> None:
    """Name the phrases of the text and tie what refers back to what it refers to."""
    for office in scene.offices:
        scene.index(office)
    find_pronouns(scene)
    find_partitives(scene)
    mark_roles(scene)
    name_bodies(scene)
    discourse = Discourse(scene)
    beside = {id(other): one for one, other in scene.persons}
    last_of: dict[Referent, Draft] = {}
    before: Draft | None = None
    settled: set[int] = set()
    for draft in sorted(scene.drafts, key=lambda d: (d.first, -d.last)):
        _settle(discourse, draft, settled)
        if draft.is_dropped or not draft.referents:
            continue
        if id(draft) in beside:
            _tell_pair(discourse, beside[id(draft)], draft)
        if draft.kind != "demonym" or before is None or before.last <= draft.first:
            _pair(discourse, before, draft)
            before = draft
        if len(draft.referents) == 1:
            earlier = last_of.get(draft.referents[0])
            if earlier is not None and not draft.antecedents and earlier.first < draft.first:
                draft.antecedents = [earlier]
            last_of[draft.referents[0]] = draft
    latter = {draft.first: draft for draft in scene.drafts if draft.kind == "pronoun"}
    for office in scene.offices:
        possessor = office.phrase.possessor if office.phrase is not None else None
        if possessor is None and office.phrase is not None and scene.is_word("of", office.phrase.last):
            possessor = latter.get(office.phrase.last + 1)  # "le chef de celle-ci, X"
        if (
            office.organization is None
            and possessor is not None
            and office.noun is not None
            and office.noun.sense != "peer"
        ):
            office.organization = possessor
    appoint_states(scene)


def _settle(discourse: Discourse, draft: Draft, settled: set[int]) -> None:
    """Settle what a draft stands for, after what is within it."""
    if id(draft) in settled:
        return
    settled.add(id(draft))
    for inner in (*draft.owners, *draft.inner, *((draft.possessor,) if draft.possessor is not None else ())):
        _settle(discourse, inner, settled)
    if draft.is_dropped:
        return
    alias = discourse.scene.aliases.get(name_key(discourse.scene, draft)) if draft.use == UNKNOWN else None
    if alias is not None and alias.referents and alias.first < draft.first:
        refer(draft, alias)
    elif draft.kind == "pronoun":
        resolve_pronoun(discourse, draft)
    elif draft.use == PARTITIVE:
        resolve_partitive(discourse, draft)
    elif draft.noun is not None:
        _name(discourse.scene, draft)
        if not draft.is_dropped and draft.noun is not None:
            _refer_back(discourse, draft, draft.noun)
    if not draft.is_dropped and draft.referents:
        discourse.tell(draft)


def _name(scene: Scene, draft: Draft) -> None:
    """Give the phrase of a body, of people or of an organization its name."""
    noun = draft.noun
    assert noun is not None  # noqa: S101 - a phrase has a noun
    if noun.category == "body" and not draft.referents:
        name_body(scene, draft)
    elif noun.category in ("people", "post"):
        name_people(scene, draft)
    elif noun.category == "organization":
        name_organization(scene, draft)


def _refer_back(discourse: Discourse, draft: Draft, noun: Noun) -> None:
    """Tie a phrase to what it refers to, by the kind of its noun; what has a name of its own refers to nothing."""
    if noun.category == "body":
        resolve_body(discourse, draft, noun)
        if draft.count is not None and draft.count.best == 2 and not draft.owners:
            _name_both(discourse, draft)
    elif noun.category == "post":
        resolve_office(discourse, draft, noun)
    elif noun.category == "people" and draft.type == "Group":
        office = discourse.scene.noun(draft.core, "post")
        if office is not None:
            resolve_office(discourse, draft, office[1])
        if draft.type == "Group" and not draft.antecedents:
            resolve_people(discourse, draft, noun)
    elif (
        noun.category == "organization" and draft.number == "Sing" and is_apposition(discourse, draft, noun)
    ) or draft.referents:
        return
    elif noun.category == "place":
        resolve_place(discourse, draft, noun)
    elif noun.category == "organization":
        resolve_organization(discourse, draft, noun)
        if not draft.referents:
            describe_organization(discourse.scene, draft, noun)
    elif noun.refers == "persons":
        refer_to_persons(discourse, draft, None)
    elif noun.category == "echo":
        resolve_echo(discourse, draft, noun)


def _name_both(discourse: Discourse, draft: Draft) -> None:
    """``les deux ministères``: the bodies of the two states that are meant by ``les deux pays``."""
    both = replace(draft, referents=[], antecedents=[])
    refer_to_pair(discourse, both, ("State", "DeFactoAuthority"))
    if len(both.referents) == 2:
        draft.owners = [replace(both, referents=[referent], party=referent, noun=None) for referent in both.referents]
        name_body(discourse.scene, draft)
        draft.owners, draft.antecedents = [], []


def _pair(discourse: Discourse, first: Draft | None, second: Draft) -> None:
    """Note two parties or two persons that stand side by side: ``A et B``, ``entre A et B``, office-holders in a series."""
    scene = discourse.scene
    if first is None or first.last > second.first or second.first - first.last > 4:
        return
    if len(first.referents) != 1 or len(second.referents) != 1 or first.referents == second.referents:
        return
    between = scene.keys[first.last : second.first]
    if not between or between[0] not in _LISTED or between[0] == ",":
        return
    one, other = first.party or first.referents[0], second.party or second.referents[0]
    if (one.type == "Person") != (other.type == "Person") or "Place" in (one.type, other.type):
        return
    _tell_pair(discourse, first, second)


def _tell_pair(discourse: Discourse, first: Draft, second: Draft) -> None:
    if len(first.referents) != 1 or len(second.referents) != 1:
        return
    one = first.referents[0] if first.type == "Person" else first.party or first.referents[0]
    other = second.referents[0] if second.type == "Person" else second.party or second.referents[0]
    pair = Draft(
        first.first, second.last, second.head, "name", one.type, [one, other], number="Plur", core=first.first, use="pair",
        is_dropped=True, antecedents=[first, second], is_subject=first.is_subject and second.is_subject,
    )  # fmt: skip
    discourse.told.append(pair)
