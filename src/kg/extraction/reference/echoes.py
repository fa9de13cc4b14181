"""Descriptions of parties that refer back: ``la milice``, ``le ministère``, ``son voisin``, ``les deux parties``.

A description is tied to the nearest mention that it can describe: of the same noun, or of that kind. A collective one is
tied to the pair that the text has last put side by side, or is most about.
"""

from __future__ import annotations

from collections import Counter
from typing import Final

from kg.extraction.mentions import Referent
from kg.extraction.names.nouns import Noun
from kg.extraction.names.parties import party_of
from kg.extraction.names.scene import Draft, Scene
from kg.extraction.reference.antecedents import refer
from kg.extraction.reference.discourse import Discourse

BACK: Final = ("definite", "demonstrative")
"""Determiners of descriptions that refer back."""

FAR: Final = 12
"""How many sentences back a description may refer."""

SIDES: Final = ("State", "DeFactoAuthority", "ArmedGroup", "ArmedForce")
_STATES: Final = ("State", "DeFactoAuthority")
_ORGANIZED: Final = ("Organization", "ArmedGroup", "InternationalOrganization", "MediaOrganization")
_GENERAL: Final = {
    **dict.fromkeys(("groupe", "group", "mouvement", "movement", "parti", "party"), ("ArmedGroup", "Organization")),
    **dict.fromkeys(("organisation", "organization"), ("InternationalOrganization", "Organization", "ArmedGroup")),
}
"""What class nouns for all sorts of organizations may refer to."""

_NEAR: Final = 4


def resolve_echo(discourse: Discourse, draft: Draft, noun: Noun) -> None:
    """Tie a noun that only refers back: a side, a country, a neighbour, both of them."""
    if noun.refers == "side":
        _resolve_side(discourse, draft)
    elif noun.refers == "neighbour":
        _resolve_neighbour(discourse, draft)
    elif noun.refers == "country" and not _is_plural(discourse.scene, draft):
        if draft.determination in BACK and not draft.owners and not draft.adjectives:
            state = discourse.preferred(draft, lambda d: d.type == "State" and len(d.referents) == 1)
            if state is not None:
                refer(draft, state)
    elif noun.refers in ("sides", "countries", "country") and not draft.owners:
        refer_to_pair(discourse, draft, SIDES if noun.refers == "sides" else _STATES)


def _is_plural(scene: Scene, draft: Draft) -> bool:
    if draft.number in ("Sing", "Plur"):
        return draft.number == "Plur"
    return draft.determination == "numeral" or scene.key(draft.first) in ("les", "ces", "des", "leurs", "ses")


def _resolve_side(discourse: Discourse, draft: Draft) -> None:
    """``leur camp``, ``his side``, ``the Azerbaijani side``: the party of whom it is said."""
    if any(draft.adjectives):
        return  # its north side
    for owner in (*draft.owners, *((draft.possessor,) if draft.possessor is not None else ())):
        party = party_of(discourse.scene, owner)
        if party is not None:
            draft.mean(party)
            draft.party = party
            return


def _resolve_neighbour(discourse: Discourse, draft: Draft) -> None:
    """``son voisin``: the other state that the text is most about."""
    own = draft.possessor.referents if draft.possessor is not None else []
    ranked = [r for r, _ in _ranked(discourse.scene, _STATES)[:_NEAR] if r not in own] if own else []
    if ranked:
        refer_to(discourse, draft, ranked[:1])


def refer_to_pair(discourse: Discourse, draft: Draft, types: tuple[str, ...]) -> None:
    """Tie ``les deux parties``, ``both states`` to the two that stand out in the text, else to the last ones side by side."""
    is_two = draft.count is not None and draft.count.best == 2
    if (draft.count is not None and not is_two) or (not is_two and draft.determination not in ("definite", "none")):
        return
    pair = discourse.nearest(draft, lambda d: d.use == "pair" and all(r.type in types for r in d.referents), FAR)
    ranked = _ranked(discourse.scene, types)[:3]
    counts = dict(ranked)
    stand_out = len(ranked) >= 2 and ranked[1][1] > 1 and (len(ranked) == 2 or ranked[1][1] >= 1.3 * ranked[2][1])
    if stand_out and (
        pair is None or sum(counts.get(r, 0) for r in pair.referents) < 0.7 * (ranked[0][1] + ranked[1][1])
    ):
        refer_to(discourse, draft, sorted((r for r, _ in ranked[:2]), key=lambda r: r.name))
    elif pair is not None:
        refer(draft, pair)


def _ranked(scene: Scene, types: tuple[str, ...]) -> list[tuple[Referent, int]]:
    """How often each party of these types is named in the whole text, the most frequent first."""
    if scene.named is None:
        counts: Counter[Referent] = Counter()
        for draft in scene.drafts:
            if not draft.is_dropped and len(draft.referents) == 1 and draft.kind not in ("pronoun", "description"):
                is_city = draft.kind == "capital" and draft.party is not None
                counts[draft.party if is_city and draft.party is not None else draft.referents[0]] += 1
        scene.named = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0].name))
    return [(referent, count) for referent, count in scene.named if referent.type in types]


def refer_to(discourse: Discourse, draft: Draft, referents: list[Referent]) -> None:
    """Say what a mention stands for, with the last mention of each before it as antecedents."""
    draft.referents, draft.type, draft.antecedents = list(referents), referents[0].type, []
    found: dict[Referent, Draft] = {}
    for other in discourse.before(draft, None):
        if len(other.referents) == 1 and other.referents[0] in referents:
            found.setdefault(other.referents[0], other)
    draft.antecedents = list(found.values())
    if len(referents) == 1 and draft.antecedents:
        draft.party = draft.antecedents[0].party


# --------------------------------------------------------------------------- organizations and bodies


def resolve_organization(discourse: Discourse, draft: Draft, noun: Noun) -> None:
    """``la milice``, ``the group``: the last group of that kind; ``le Front``: the name that the noun begins."""
    if draft.number != "Sing" or is_apposition(discourse, draft, noun) or draft.determination not in BACK:
        return
    if draft.owners and noun.type == "ArmedGroup":
        groups = {d.referents[0]: d for d in discourse.before(draft, None) if d.type == "ArmedGroup" and d.referents}
        if len(groups) == 1:
            refer(draft, next(iter(groups.values())))
        return
    scene = discourse.scene
    found = discourse.nearest(
        draft, lambda d: len(d.referents) == 1 and noun.lemma in scene.lemmas_of(d, "organization"), FAR
    ) or discourse.nearest(draft, lambda d: _is_such(d, noun), _NEAR)
    if found is not None:
        refer(draft, found)


def _is_such(draft: Draft, noun: Noun) -> bool:
    """Tell whether a mention can be called by a class noun."""
    if draft.kind == "demonym" or len(draft.referents) != 1:
        return False
    if noun.type == "Organization":
        return draft.type in _GENERAL.get(noun.lemma, ())
    return draft.type == noun.type


def resolve_body(discourse: Discourse, draft: Draft, noun: Noun) -> None:
    """``le ministère``, ``the army``: the last one that is named with the same noun, where it has no owner of its own."""
    if draft.owners or draft.determination == "possessive" or draft.antecedents or draft.count is not None:
        return
    scene = discourse.scene
    wanted = draft.portfolio.english if draft.portfolio is not None else None
    found = discourse.nearest(
        draft,
        lambda d: (
            d.kind in ("name", "body")
            and d.type in ("GovernmentBody", "ArmedForce")
            and noun.lemma in scene.lemmas_of(d, "body")
            and (wanted is None or d.portfolio is None or d.portfolio.english == wanted)
        ),
        FAR,
    )
    if found is not None and found.referents and (found.owners or found.kind == "name" or found.referents[0].iri):
        refer(draft, found)


def is_apposition(discourse: Discourse, draft: Draft, noun: Noun) -> bool:
    """``Korvani, ville du nord``: tie a description to the name before the comma that it follows; tell whether it does."""
    scene = discourse.scene
    if scene.key(draft.first - 1) != "," or draft.determination in ("demonstrative", "possessive"):
        return False
    wanted: tuple[str, ...] = ("Place", "State", "DeFactoAuthority") if noun.category == "place" else (noun.type,)
    if noun.type == "Organization":
        wanted = _ORGANIZED
    name = discourse.nearest(draft, lambda d: d.last == draft.first - 1 and d.kind in ("name", "capital"), 0)
    if name is None or name.type not in wanted or len(name.referents) != 1:
        return False
    if noun.category == "place" and (kinds := scene.kinds_of(name)) and noun.refers not in kinds:
        return False
    refer(draft, name)
    return True
