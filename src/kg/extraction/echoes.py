"""Descriptions that refer back: ``la milice``, ``the road``, ``le ministre``, ``les deux parties``, ``la même source``.

A description is tied to the nearest mention that it can describe: of the same noun, of a place of that kind, of somebody
who holds that office. A collective one is tied to the pair that the text has last put side by side, or is most about.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Final

from kg.extraction.discourse import Discourse
from kg.extraction.lexicon import Noun
from kg.extraction.mentions import Referent
from kg.extraction.pronouns import refer
from kg.extraction.scene import Draft, Scene

_BACK: Final = ("definite", "demonstrative")
_SIDES: Final = ("State", "DeFactoAuthority", "ArmedGroup", "ArmedForce")
_STATES: Final = ("State", "DeFactoAuthority")
_FAR: Final = 12
"""How many sentences back a description may refer."""


def resolve_description(discourse: Discourse, draft: Draft) -> None:
    """Tie a phrase with a class noun to what it refers to, if that is safe."""
    noun = draft.noun
    if noun is None or draft.referents and noun.category in ("echo", "place", "organization"):
        return
    resolvers: dict[str, Callable[[Discourse, Draft, Noun], None]] = {
        "echo": _resolve_echo,
        "place": _resolve_place,
        "organization": _resolve_organization,
        "people": _resolve_people,
        "post": _resolve_office,
        "body": _resolve_body,
    }
    resolver = resolvers.get(noun.category)
    if resolver is not None:
        resolver(discourse, draft, noun)


# --------------------------------------------------------------------------- parties and sources


def _resolve_echo(discourse: Discourse, draft: Draft, noun: Noun) -> None:
    scene = discourse.scene
    if noun.refers == "side" and draft.possessor is not None and draft.possessor.referents:
        refer(draft, draft.possessor)
    elif noun.refers == "neighbour" and draft.number == "Sing":
        _resolve_neighbour(discourse, draft)
    elif noun.refers == "country" and not _is_plural(scene, draft):
        if draft.determination in _BACK and not draft.owners and not draft.adjectives:
            found = discourse.preferred(draft, lambda d: d.type == "State" and len(d.referents) == 1)
            if found is not None:
                refer(draft, found)
    elif noun.refers in ("sides", "countries", "country"):
        types = _SIDES if noun.refers == "sides" else _STATES
        _refer_to_pair(discourse, draft, types)
    elif noun.refers == "persons" and draft.determination in _BACK:
        _refer_to_persons(discourse, draft, None)


def _is_plural(scene: Scene, draft: Draft) -> bool:
    if draft.number in ("Sing", "Plur"):
        return draft.number == "Plur"
    return draft.determination == "numeral" or scene.key(draft.first) in ("les", "ces", "des", "leurs", "ses")


def _resolve_neighbour(discourse: Discourse, draft: Draft) -> None:
    """``son voisin``: the other state that the text is most about."""
    own = draft.possessor.referents if draft.possessor is not None else []
    if not own:
        return
    ranked = [r for r, _ in _counts(discourse.scene, _STATES).most_common(4) if r not in own]
    if ranked:
        _refer_to(discourse, draft, ranked[:1])


def _refer_to_pair(discourse: Discourse, draft: Draft, types: tuple[str, ...]) -> None:
    """The two parties that are meant by ``les deux parties``, ``both states``."""
    is_two = any(discourse.scene.is_word("both", i) for i in range(draft.first, draft.core)) or (
        draft.count is not None and draft.count.best == 2
    )
    if draft.count is not None and draft.count.best != 2:
        return
    if not is_two and draft.determination not in ("definite", "none"):
        return
    counts = _counts(discourse.scene, types)
    pair = discourse.nearest(
        draft, lambda d: len(d.referents) == 2 and all(r.type in types for r in d.referents) and d.use == "pair", _FAR
    )
    ranked = counts.most_common(3)
    if len(ranked) >= 2 and ranked[1][1] > 1 and (len(ranked) == 2 or ranked[1][1] >= 1.3 * ranked[2][1]):
        if pair is None or sum(counts[r] for r in pair.referents) < 0.7 * (ranked[0][1] + ranked[1][1]):
            _refer_to(discourse, draft, sorted((r for r, _ in ranked[:2]), key=lambda r: r.name))
            return
    if pair is not None:
        refer(draft, pair)


def _counts(scene: Scene, types: tuple[str, ...]) -> Counter[Referent]:
    """How often each party of these types is named in the whole text."""
    if "counts" not in scene.memory:
        counts: Counter[Referent] = Counter()
        for draft in scene.drafts:
            if not draft.is_dropped and len(draft.referents) == 1 and draft.kind not in ("pronoun", "description"):
                referent = draft.referents[0]
                counts[
                    draft.party if referent.type == "Place" and draft.party and draft.kind == "capital" else referent
                ] += 1
        scene.memory["counts"] = counts
    return Counter({r: n for r, n in scene.memory["counts"].items() if r.type in types})


def _refer_to(discourse: Discourse, draft: Draft, referents: list[Referent]) -> None:
    """Say what a mention stands for, with the last mention of each before it as antecedent."""
    draft.referents = list(referents)
    draft.type = referents[0].type
    draft.antecedents = []
    for referent in referents:
        antecedent = discourse.nearest(draft, lambda d, r=referent: d.referents == [r], None)  # type: ignore[misc]
        if antecedent is not None:
            draft.antecedents.append(antecedent)
            draft.party = antecedent.party


def _resolve_organization(discourse: Discourse, draft: Draft, noun: Noun) -> None:
    """``la milice``, ``the group``: the last group of that kind; a noun with a capital, the name that it begins."""
    if draft.determination not in _BACK or draft.number != "Sing":
        return
    scene = discourse.scene

    def is_named_so(other: Draft) -> bool:
        return other.kind == "name" and noun.lemma in scene.lemmas_of(other)

    def is_such(other: Draft) -> bool:
        if other.kind == "demonym" or len(other.referents) != 1:
            return False
        if noun.type == "ArmedGroup":
            return other.type == "ArmedGroup"
        if noun.type == "Organization":
            return other.type in ("ArmedGroup", "Organization", "InternationalOrganization") and noun.lemma in _GENERAL
        return other.type == noun.type

    found = discourse.nearest(draft, is_named_so, _FAR) or discourse.nearest(draft, is_such, 4)
    if found is not None:
        refer(draft, found)


_GENERAL: Final = frozenset(
    ("group", "groupe", "movement", "mouvement", "organization", "organisation", "parti", "party")
)


def _resolve_body(discourse: Discourse, draft: Draft, noun: Noun) -> None:
    """``le ministère``, ``the army``: the last one told that is named by the same noun, where it has no owner of its own."""
    if draft.owners or draft.determination == "possessive" or draft.antecedents:
        return
    scene = discourse.scene
    found = discourse.nearest(
        draft,
        lambda d: d.kind in ("name", "body") and d.type in ("GovernmentBody", "ArmedForce") and noun.lemma in scene.lemmas_of(d)
        and (draft.portfolio is None or d.portfolio is None or d.portfolio.english == draft.portfolio.english),
        _FAR,
    )  # fmt: skip
    if found is not None and found.referents and (found.owners or found.kind == "name" or found.referents[0].iri):
        refer(draft, found)


# --------------------------------------------------------------------------- places


def _resolve_place(discourse: Discourse, draft: Draft, noun: Noun) -> None:
    if (
        draft.determination not in _BACK
        or draft.number == "Plur"
        and noun.refers not in ("island", "zone", "region", "district")
    ):
        _stand_for_itself(discourse.scene, draft)
        return
    scene = discourse.scene
    if noun.refers == "capital":
        found = discourse.nearest(draft, lambda d: d.kind == "capital" and d.type == "Place", _FAR)
        if draft.owners and draft.owners[0].party is not None:
            capital = scene.gazetteer.capital(draft.owners[0].party.iri)
            if capital is not None:
                draft.mean(capital)
                draft.place = capital
                return
    elif noun.refers == "region":
        found = discourse.nearest(draft, lambda d: _is_region(scene, d), _FAR)
    elif noun.refers == "town":
        found = discourse.nearest(draft, lambda d: _is_town(scene, d), _FAR)
    else:
        found = discourse.nearest(draft, lambda d: noun.refers in scene.kinds_of(d) and d.type == "Place", _FAR)
    if found is not None and (found.place is not None or found.type == "Place"):
        draft.antecedents = [found]
        meant = found.place or found.referents[0]
        draft.mean(meant)
        draft.place, draft.party = meant, found.party
    else:
        _stand_for_itself(scene, draft)


def _stand_for_itself(scene: Scene, draft: Draft) -> None:
    """A place that nothing before tells of: its own words describe it."""
    first = draft.first + (1 if draft.determination == "definite" and scene.is_word("definite", draft.first) else 0)
    draft.mean(Referent(scene.atoms.text(min(first, draft.head), draft.last), "Place"))
    draft.place = draft.referents[0]


def _is_region(scene: Scene, draft: Draft) -> bool:
    """Tell whether a mention names a region: by its class noun, or as the territory of an authority."""
    if draft.place is None or draft.kind == "capital" or len(draft.referents) != 1 or draft.use == "part":
        return False
    kinds = scene.kinds_of(draft)
    if "region" in kinds:
        return draft.type != "State"
    return (
        draft.type == "Place"
        and not kinds
        and (draft.party is not None or draft.use != "unknown" and not _is_in(scene, draft))
    )


def _is_town(scene: Scene, draft: Draft) -> bool:
    if draft.place is None or draft.type != "Place" or draft.kind not in ("name", "capital"):
        return False
    kinds = scene.kinds_of(draft)
    if kinds:
        return bool(kinds & {"town", "capital"})
    return draft.kind == "capital" or _is_in(scene, draft) or (draft.party is None and draft.use == "unknown")


def _is_in(scene: Scene, draft: Draft) -> bool:
    """Tell whether a name stands after the preposition of a town: ``à``, ``at``."""
    return scene.key(draft.first - 1) in ("a", "at")


# --------------------------------------------------------------------------- people


def _resolve_people(discourse: Discourse, draft: Draft, noun: Noun) -> None:
    """``les délégués``, ``the official``, ``the two men``, ``la même source``: people told of before."""
    scene = discourse.scene
    is_same = any(scene.is_word("same", i) for i in range(draft.first, draft.core))
    if noun.lemma == "source" and (is_same or draft.determination == "demonstrative"):
        found = discourse.nearest(draft, lambda d: d.is_speaker and len(d.referents) == 1, 4)
        if found is not None:
            refer(draft, found)
        return
    if noun.sense == "party":
        if draft.determination in _BACK or draft.determination == "numeral":
            _refer_to_pair(discourse, draft, _SIDES)
        if not draft.referents:
            draft.mean(Referent(f"{noun.plural}", "Group"))
        return
    is_two = (
        draft.count is not None and draft.count.best == 2 and scene.key(draft.first) in ("les", "the", "ces", "these")
    )
    if is_two and noun.lemma in _MEN:
        _refer_to_persons(discourse, draft, None)
        return
    if draft.determination not in _BACK or draft.owners:
        return
    if noun.lemma in _MEN and draft.number == "Sing":
        found = discourse.nearest(draft, lambda d: d.type == "Person" and len(d.referents) == 1, 2)
        if found is not None:
            refer(draft, found)
        return
    found = discourse.nearest(
        draft,
        lambda d: d.kind == "group" and d.noun is not None and d.noun.lemma == noun.lemma and d.number == draft.number,
        _FAR,
    )
    if found is not None:
        refer(draft, found)


_MEN: Final = frozenset(("homme", "man", "suspect", "woman", "femme"))


def _resolve_office(discourse: Discourse, draft: Draft, noun: Noun) -> None:
    """``le ministre``, ``les deux ministres``: who was said to hold such an office."""
    scene = discourse.scene
    if draft.determination == "indefinite" or noun.sense in ("honorific", "peer", "occupation"):
        return
    holders = [o for o in scene.offices if o.noun is not None and o.person.referents and _is_office(noun, o.noun)]
    if draft.number == "Plur":
        if draft.determination == "numeral" and (draft.count is None or draft.count.best != 2):
            return
        chosen: list[Draft] = []
        if draft.owners:
            for owner in draft.owners:
                wanted = owner.party or (owner.referents[0] if owner.referents else None)
                match = next((o for o in holders if _belongs_to(o.organization, wanted)), None)
                if match is not None:
                    chosen.append(match.person)
        elif holders:
            _refer_to_persons(discourse, draft, {r for o in holders for r in o.person.referents})
            return
        if len(chosen) == len(draft.owners) and chosen:
            draft.referents = [d.referents[0] for d in chosen]
            draft.type = "Person"
            draft.antecedents = [d for d in chosen if d.first < draft.first]
        elif not draft.owners:
            found = discourse.nearest(
                draft, lambda d: d.noun is not None and d.noun.lemma == noun.lemma and d.kind == "group", _FAR
            )
            if found is not None and found.number == "Plur":
                refer(draft, found)
        return
    owner = draft.owners[0] if draft.owners else None
    wanted = (owner.party or (owner.referents[0] if owner.referents else None)) if owner is not None else None
    fitting = [
        o for o in holders
        if o.person.first < draft.first and (wanted is None or _belongs_to(o.organization, wanted))
    ]  # fmt: skip
    if fitting and (draft.determination in _BACK or owner is not None):
        refer(draft, fitting[-1].person)


def _is_office(noun: Noun, other: Noun) -> bool:
    """Tell whether the holder of one office may be called by the other: a foreign minister is a minister."""
    return noun.english.split()[-1] == other.english.split()[-1]


def _belongs_to(organization: Draft | None, wanted: Referent | None) -> bool:
    if organization is None or wanted is None:
        return False
    return wanted in organization.referents or wanted == organization.party


def _refer_to_persons(discourse: Discourse, draft: Draft, among: set[Referent] | None) -> None:
    """The last two persons, of a set or of those that stand side by side."""
    if among is None:
        pair = discourse.nearest(draft, lambda d: d.use == "pair" and all(r.type == "Person" for r in d.referents), 4)
        if pair is not None and len(pair.referents) == 2:
            refer(draft, pair)
            return
    chosen: list[Draft] = []
    for other in discourse.before(draft, _FAR):
        if other.type == "Person" and len(other.referents) == 1 and (among is None or other.referents[0] in among):
            if other.referents[0] not in [d.referents[0] for d in chosen]:
                chosen.append(other)
        if len(chosen) == 2:
            break
    if len(chosen) == 2:
        chosen.reverse()
        draft.referents = [d.referents[0] for d in chosen]
        draft.type, draft.antecedents = "Person", chosen
