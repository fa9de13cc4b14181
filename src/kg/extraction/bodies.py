"""What the phrases of bodies, forces and people stand for: an English name, an IRI where the gazetteer has one, an owner.

A body belongs to whom an adjective, a genitive or a complement names; where the text names nobody, to the party whose body
of that kind was told before, or else to the state that the text is about.
"""

from __future__ import annotations

from collections import Counter
from typing import Final

from kg.extraction.mentions import Referent
from kg.extraction.naming import body_name, count_words, group_name, known_body, post_name
from kg.extraction.names import UNKNOWN, vote
from kg.extraction.scene import Draft, Scene

_PARTIES: Final = (
    "State",
    "DeFactoAuthority",
    "ArmedGroup",
    "InternationalOrganization",
    "GovernmentBody",
    "ArmedForce",
)
_SEPARATIST: Final = frozenset(("separatist", "breakaway", "rebel"))
_ENGLISH_QUANTITIES: Final = {
    "centaine": "about a hundred", "dizaine": "about ten", "vingtaine": "about twenty", "trentaine": "about thirty",
    "quarantaine": "about forty", "cinquantaine": "about fifty", "soixantaine": "about sixty", "quinzaine": "about fifteen",
    "douzaine": "a dozen", "millier": "about a thousand", "milliers": "thousands of", "centaines": "hundreds of",
    "dizaines": "dozens of", "millions": "millions of",
}  # fmt: skip


def vote_for_owners(scene: Scene) -> None:
    """A name that has an army, a government or a president of its own is taken for a state."""
    for draft in scene.drafts:
        noun = draft.noun
        if noun is None or (noun.category == "post" and noun.sense not in ("state", "military")):
            continue
        if noun.category not in ("post", "body") or noun.sense in ("city", "office"):
            continue
        for owner in draft.owners:
            if owner.use == UNKNOWN:
                vote(scene, owner, "State", 3)


def name_phrase(scene: Scene, draft: Draft) -> None:
    """Give the phrase of a body, of people or of an organization its name."""
    noun = draft.noun
    assert noun is not None  # noqa: S101 - a phrase has a noun
    if noun.category == "body":
        _name_body(scene, draft)
    elif noun.category in ("people", "post"):
        _name_people(scene, draft)
    elif noun.category == "organization":
        _name_organization(scene, draft)


def _name_body(scene: Scene, draft: Draft) -> None:
    noun = draft.noun
    assert noun is not None  # noqa: S101 - a body has a noun
    told = scene.told
    draft.kind, draft.type = "body", noun.type
    owners = [o for o in draft.owners if o.type in _PARTIES or o.party is not None or o.type in ("Place", "Person")]
    parent = next((o for o in draft.owners if o.noun is not None and o.referents), None)
    if parent is not None and not owners:
        owners = [parent]
    if not owners and _SEPARATIST & set(draft.adjectives):
        separatist = _authority(scene)
        owners = [separatist] if separatist is not None else []
    if not owners and draft.determination != "possessive":
        before = told.get(f"{noun.lemma}|{draft.portfolio.english if draft.portfolio else ''}") or told.get(noun.lemma)
        if before is not None:
            draft.antecedents = [before]
            draft.referents, draft.type, draft.owners = list(before.referents), before.type, list(before.owners)
            return
        if not noun.is_bare or draft.determination in ("indefinite", "demonstrative"):
            draft.is_dropped = not noun.is_bare
            if draft.is_dropped:
                return
        home = home_state(scene, draft)
        owners = [home] if home is not None else []
    referents = []
    for owner in owners or [None]:
        referent = _owner_referent(owner)
        name = body_name(scene.gazetteer, noun, referent, draft.portfolio)
        kind = (
            noun.english
            if noun.sense != "portfolio" or draft.portfolio is None
            else f"{noun.english} of {draft.portfolio.english}"
        )
        referents.append(known_body(scene.gazetteer, name, referent, kind) or Referent(name, noun.type))
        if draft.number == "Sing" or len(owners) == 1:
            break
    draft.referents = referents
    draft.type = referents[0].type
    draft.owners = [o for o in owners if o is not None] or draft.owners
    if owners:
        told.setdefault(noun.lemma, draft)
        told[noun.lemma] = draft
        if draft.portfolio is not None:
            told[f"{noun.lemma}|{draft.portfolio.english}"] = draft
    draft.party = referents[0]
    if len(referents) > 1:
        _split(scene, draft, owners, referents)


def _split(scene: Scene, draft: Draft, owners: list[Draft | None], referents: list[Referent]) -> None:
    """``forces éthiopiennes et érythréennes``: one mention for each owner, the later ones without the noun."""
    if not scene.is_french or any(o is None or o.kind != "demonym" for o in owners):
        return
    draft.referents = referents[:1]
    first = owners[0]
    assert first is not None  # noqa: S101 - checked above
    draft.last = first.last
    draft.owners = [first]
    for owner, referent in zip(owners[1:], referents[1:], strict=True):
        assert owner is not None  # noqa: S101 - checked above
        scene.drafts.append(
            Draft(
                owner.first,
                owner.last,
                draft.head,
                "body",
                referent.type,
                [referent],
                party=referent,
                number=draft.number,
                gender=draft.gender,
                core=owner.first,
                owners=[owner],
                noun=None,
            )  # fmt: skip
        )
        owner.is_dropped = True


def _owner_referent(owner: Draft | None) -> Referent | None:
    if owner is None:
        return None
    if owner.party is not None and owner.noun is None:
        return owner.party
    return owner.referents[0] if owner.referents else None


def _authority(scene: Scene) -> Draft | None:
    """The one de facto authority that the text names, by itself or by its territory."""
    found = {
        d.party.name: d
        for d in reversed(scene.drafts)
        if not d.is_dropped and d.party is not None and d.party.type == "DeFactoAuthority"
    }
    return next(iter(found.values())) if len(found) == 1 else None


def home_state(scene: Scene, draft: Draft) -> Draft | None:
    """The state that a bare ``army`` or ``government`` is of: the one that the text so far is most about, if one stands out.

    What places, capitals and owners of other bodies belong to counts; a tie is left open.
    """
    counts: Counter[str] = Counter()
    by_name: dict[str, Draft] = {}
    for other in scene.drafts:
        if other.is_dropped or other.noun is not None or other.party is None or other.use == "acronym":
            continue
        if other.party.type in ("State", "DeFactoAuthority"):
            near = 2 if other.first < draft.first else 1
            counts[other.party.name] += near + (1 if other.kind == "capital" else 0)
            if other.first <= draft.first or other.party.name not in by_name:
                by_name[other.party.name] = other
    ranked = counts.most_common(2)
    if not ranked or (len(ranked) > 1 and ranked[0][1] < 1.5 * ranked[1][1]):
        return None
    return by_name[ranked[0][0]]


# --------------------------------------------------------------------------- people


def _name_people(scene: Scene, draft: Draft) -> None:
    noun = draft.noun
    assert noun is not None  # noqa: S101 - people have a noun
    draft.kind, draft.type = "group", "Group"
    if noun.category == "post":
        _name_office(scene, draft)
        return
    owner = draft.owner
    acts = noun.sense == "envoy" or (noun.sense == "fighter" and owner is not None and owner.type == "ArmedGroup")
    whole = draft.determination in ("definite", "none", "possessive") and draft.number == "Plur"
    if (
        acts
        and owner is not None
        and owner.referents
        and draft.determination != "numeral"
        and (whole or noun.lemma in ("delegation", "délégation"))
    ):
        draft.referents, draft.type = list(owner.referents), owner.referents[0].type
        draft.party = owner.party
        return
    if noun.sense == "party":
        return
    draft.referents = [Referent(_group_words(scene, draft), "Group")]
    draft.is_generic = draft.determination == "none" and not draft.owners and not draft.adjectives


def _group_words(scene: Scene, draft: Draft) -> str:
    noun = draft.noun
    assert noun is not None  # noqa: S101 - people have a noun
    if not scene.is_french:
        return _without_the(scene, draft)
    owners, after = [], []
    for owner in draft.owners:
        referent = _owner_referent(owner)
        if referent is None:
            continue
        adjective = scene.gazetteer.demonym(referent.iri)
        if owner.kind == "demonym" or (adjective and owner.type == "State" and noun.sense != "civilian"):
            owners.append(adjective or referent.name)
        else:
            after.append(with_preposition(referent.name))
    quantity = count_words(draft.count) if draft.count is not None else _collective(scene, draft)
    is_singular = draft.number == "Sing" and not quantity
    words = group_name(noun, quantity, draft.adjectives, owners, is_singular=is_singular)
    return " ".join([words, *after])


def with_preposition(name: str) -> str:
    """``of`` and an English name."""
    from kg.extraction.naming import with_article

    return f"of {with_article(name)}"


def _collective(scene: Scene, draft: Draft) -> str:
    for index in range(draft.first, draft.core):
        words = _ENGLISH_QUANTITIES.get(scene.keys[index])
        if words:
            return f"several {words}" if scene.key(index - 1) == "plusieurs" else words
    return "several" if scene.key(draft.first) == "plusieurs" else ""


def _without_the(scene: Scene, draft: Draft) -> str:
    first = draft.first + (1 if draft.determination == "definite" and scene.is_word("definite", draft.first) else 0)
    return scene.atoms.text(min(first, draft.head), draft.last)


def _name_office(scene: Scene, draft: Draft) -> None:
    """An office whose holder is not named here: ``Foreign Minister of Norland``, or one for each of several owners."""
    noun = draft.noun
    assert noun is not None  # noqa: S101 - an office has a noun
    if noun.sense == "honorific":
        draft.is_dropped = True
        return
    words = post_name(noun, draft.portfolio)
    owners = [r for o in draft.owners if (r := _owner_referent(o)) is not None]
    if owners and noun.sense != "military":
        draft.referents = [Referent(f"{words} of {name}", "Group") for name in (o.name for o in owners)]
        if draft.number == "Sing":
            draft.referents = draft.referents[:1]
    else:
        draft.referents = [Referent(_without_the(scene, draft), "Group")]


def _name_organization(scene: Scene, draft: Draft) -> None:
    """A class noun without a name (``la milice``): what it refers to is for `kg.extraction.reference` to find."""
    noun = draft.noun
    assert noun is not None  # noqa: S101 - a class noun
    draft.kind, draft.type = "description", noun.type
    if draft.owners and (referent := _owner_referent(draft.owners[0])) is not None and noun.sense == "":
        adjective = scene.gazetteer.demonym(referent.iri)
        name = f"{adjective} {noun.english}" if adjective else f"{noun.english} of {referent.name}"
        draft.referents = [Referent(name, noun.type)]
    elif draft.determination in ("indefinite", "numeral"):
        draft.referents = [Referent(_without_the(scene, draft), noun.type)]
