"""Reference: pronouns, possessives, descriptions and echoes, tied to what they refer to where that is safe.

One pass from left to right: what a phrase stands for may depend on what was told before it, and on the possessive or the
complement within it, which is settled first.
"""

from __future__ import annotations

from kg.extraction.bodies import name_phrase
from kg.extraction.discourse import Discourse, mark_roles
from kg.extraction.echoes import resolve_description
from kg.extraction.mentions import Referent
from kg.extraction.pronouns import find_pronouns, resolve_pronoun
from kg.extraction.scene import Draft, Scene

_LISTED = frozenset((",", "et", "and", "&", "ou", "or"))


def resolve(scene: Scene) -> None:
    """Name the phrases of the text and tie what refers back to what it refers to."""
    find_pronouns(scene)
    mark_roles(scene)
    discourse = Discourse(scene)
    last_of: dict[Referent, Draft] = {}
    before: Draft | None = None
    settled: set[int] = set()
    for draft in sorted(scene.drafts, key=lambda d: (d.first, -d.last)):
        _settle(discourse, draft, settled)
        if draft.is_dropped or not draft.referents:
            continue
        if draft.kind != "demonym" or before is None or before.last <= draft.first:
            _pair(discourse, before, draft)
            before = draft
        if len(draft.referents) == 1:
            earlier = last_of.get(draft.referents[0])
            if earlier is not None and not draft.antecedents and earlier.first < draft.first:
                draft.antecedents = [earlier]
            last_of[draft.referents[0]] = draft


def _settle(discourse: Discourse, draft: Draft, settled: set[int]) -> None:
    """Settle what a draft stands for, after what is within it."""
    if id(draft) in settled:
        return
    settled.add(id(draft))
    for inner in (*draft.owners, *draft.inner, *((draft.possessor,) if draft.possessor is not None else ())):
        _settle(discourse, inner, settled)
    if draft.is_dropped:
        return
    if draft.kind == "pronoun":
        resolve_pronoun(discourse, draft)
    elif draft.noun is not None:
        name_phrase(discourse.scene, draft)
        if not draft.is_dropped:
            resolve_description(discourse, draft)
    if not draft.is_dropped and draft.referents:
        discourse.tell(draft)


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
    pair = Draft(
        first.first, second.last, second.head, "name", one.type, [one, other], number="Plur", core=first.first, use="pair",
        is_dropped=True, antecedents=[first, second], is_subject=first.is_subject,
    )  # fmt: skip
    discourse.told.append(pair)
