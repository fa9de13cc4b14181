"""What the phrases of bodies and forces stand for: an English name, an IRI where the gazetteer has one, an owner.

A body belongs to whom an adjective, a genitive, a complement or a possessive names. Where the text names nobody, it is the
body of that kind that was told before; or, sent or led by the subject of the sentence, that one's; or else of the state that
the text is about.
"""

from __future__ import annotations

from typing import Final

from kg.extraction.mentions import Referent
from kg.extraction.names.capitals import UNKNOWN
from kg.extraction.names.name_types import vote
from kg.extraction.names.naming import body_name, known_body, with_article
from kg.extraction.names.nouns import Noun
from kg.extraction.names.parties import authority, home_state, owner_parties
from kg.extraction.names.scene import Draft, Scene

_LONGEST_OWNER: Final = 200
"""Of how many characters the name of an owner is at most: ``the army of the army of …`` would grow with the text."""
_NEAR: Final = 2
"""How many sentences back a body tells of which state the next one is."""

_SEPARATIST: Final = frozenset(("separatist", "rebel"))
_RULERS: Final = frozenset(("autorités", "authorities"))
_GOVERNMENTS: Final = frozenset(("gouvernement", "government"))


def vote_for_owners(scene: Scene) -> None:
    """Take a name for a state that has an army, a government or a president of its own, for a place that has a mayor."""
    for draft in scene.drafts:
        noun = draft.noun
        if noun is not None and noun.sense == "local":
            for owner in draft.owners:
                vote(scene, owner, "Place", 3)
        if noun is None or (noun.category == "post" and noun.sense not in ("state", "military")):
            continue
        if noun.category not in ("post", "body") or noun.sense in ("city", "office"):
            continue
        for owner in draft.owners:
            if owner.use == UNKNOWN:
                vote(scene, owner, "State", 3)


def name_bodies(scene: Scene) -> None:
    """Name the bodies whose owner the text names by a name or not at all, before anything refers back to them.

    A noun that stands elsewhere with a possessive is left for later: it may mean that body.
    """
    owned = {d.noun.lemma for d in scene.drafts if d.noun is not None and d.determination == "possessive"}
    for draft in sorted(scene.drafts, key=lambda d: (d.head, d.first)):
        if draft.is_dropped:
            continue
        if draft.noun is None:
            if draft.type in ("GovernmentBody", "ArmedForce") and draft.kind in ("body", "name"):
                remember(scene, draft)
        elif (
            draft.noun.category == "body"
            and draft.possessor is None
            and (draft.owners or draft.noun.lemma not in owned)
            and all(owner.noun is None or owner.referents for owner in draft.owners)
        ):
            name_body(scene, draft)


def name_body(scene: Scene, draft: Draft) -> None:
    """Say what the phrase of a body stands for."""
    noun = draft.noun
    assert noun is not None  # noqa: S101 - a body has a noun
    draft.kind, draft.type = "body", noun.type
    owners = owner_parties(scene, draft)
    if noun.sense == "office":
        owners = [(owner, owner.referents[0]) for owner in draft.owners if owner.referents] or owners
    if noun.lemma in _GOVERNMENTS and len(owners) == 1 and owners[0][1].type == "Person" and noun.lemma in scene.told:
        owners = []
    if not owners and _SEPARATIST & set(draft.adjectives):
        found = authority(scene)
        owners = [(found, found.party)] if found is not None and found.party is not None else []
    if not owners and draft.possessor is None:
        if _echo(scene, draft):
            return
        guess = _sender(scene, draft) or _guess(scene, draft, noun)
        if guess is None and not noun.is_bare:
            draft.is_dropped = True
            return
        owners = [(guess, guess.party)] if guess is not None and guess.party is not None else []
    draft.referents = [_referent(scene, draft, referent) for _, referent in owners] or [_referent(scene, draft, None)]
    if draft.number == "Sing":
        draft.referents = draft.referents[:1]
    draft.type, draft.party = draft.referents[0].type, draft.referents[0]
    if owners:
        draft.owners = [owner for owner, _ in owners]
        remember(scene, draft)
    if len(draft.referents) > 1:
        _split(scene, draft)


def _referent(scene: Scene, draft: Draft, owner: Referent | None) -> Referent:
    noun = draft.noun
    assert noun is not None  # noqa: S101 - a body has a noun
    if owner is not None and len(owner.name) > _LONGEST_OWNER:
        owner = None
    if owner is not None and owner.type == "DeFactoAuthority" and noun.lemma in _RULERS:
        return owner
    if noun.sense == "office" and owner is not None and owner.type == "Person":
        return Referent(_office_of(scene, owner), noun.type)
    known = known_body(scene.gazetteer, noun, owner, draft.portfolio) if owner is not None else None
    if known is not None:
        return known
    adjective = scene.demonyms.get(owner.name) if owner is not None else None
    return Referent(body_name(scene.gazetteer, noun, owner, draft.portfolio, adjective=adjective), noun.type)


def _office_of(scene: Scene, person: Referent) -> str:
    """``Orsk's office``: the office of the post that she holds, if the text has told it."""
    for office in scene.posts_of.get(person, ()):
        if office.noun is not None and office.organization is not None:
            party = office.organization.meant
            if party is not None and office.noun.sense == "state":
                return f"Office of the {office.noun.english.title()} of {with_article(party.name)}"
    return f"Office of {person.name}"


def remember(scene: Scene, draft: Draft) -> None:
    """Note a body, so that its bare noun refers to it later on."""
    for lemma in scene.lemmas_of(draft, "body"):
        scene.told[lemma] = draft
        if draft.portfolio is not None:
            scene.told[f"{lemma}|{draft.portfolio.english}"] = draft


def _echo(scene: Scene, draft: Draft) -> bool:
    """Tie a bare noun (``le ministère``) to the body of that kind told before; tell whether there is one."""
    noun = draft.noun
    assert noun is not None  # noqa: S101 - a body has a noun
    if draft.determination in ("indefinite", "numeral"):
        return False
    before = scene.told.get(f"{noun.lemma}|{draft.portfolio.english}" if draft.portfolio is not None else noun.lemma)
    if before is None or before.first >= draft.first:
        return False
    draft.antecedents = [before]
    draft.referents, draft.type, draft.party = list(before.referents[:1]), before.type, before.party
    draft.owners = list(before.owners)
    return True


def _sender(scene: Scene, draft: Draft) -> Draft | None:
    """``la Russie a déployé un contingent``: the subject before troops that are told for the first time."""
    if draft.type != "ArmedForce" or draft.number != "Plur" or draft.determination == "definite":
        return None
    for other in scene.subjects.get(scene.sentence_of[draft.head], ()):
        if other.first >= draft.first:
            return None
        if other.party is not None and other.party.type in ("State", "DeFactoAuthority"):
            return other
    return None


def _guess(scene: Scene, draft: Draft, noun: Noun) -> Draft | None:
    """Whose a bare noun is (``l'armée``): of the state that the text is about; nobody's where it is a town's."""
    if not noun.is_bare or noun.sense == "city":
        return None
    return home_state(scene, draft) or _neighbour(scene, draft)


def _neighbour(scene: Scene, draft: Draft) -> Draft | None:
    """The owner of the body told last, not far before: ``le ministère serbe … la police``."""
    told = [body for body in scene.told.values() if body.first < draft.first and body.owners]
    last = max(told, key=lambda body: body.first, default=None)
    if last is None or scene.sentence_of[draft.head] - scene.sentence_of[last.head] > _NEAR:
        return None
    owner = last.owners[0]
    return owner if owner.party is not None and owner.party.type in ("State", "DeFactoAuthority") else None


def _split(scene: Scene, draft: Draft) -> None:
    """``forces éthiopiennes et érythréennes``: one mention for each owner, the later ones without the noun."""
    owners, referents = draft.owners, draft.referents
    if not scene.is_french or any(owner.kind != "demonym" for owner in owners):
        return
    draft.referents, draft.last, draft.owners = referents[:1], owners[0].last, owners[:1]
    for owner, referent in zip(owners[1:], referents[1:], strict=True):
        _add_part(draft, owner, referent)


def _add_part(draft: Draft, owner: Draft, referent: Referent) -> None:
    owner.kind, owner.type, owner.referents = "body", referent.type, [referent]
    owner.party, owner.place, owner.number, owner.gender = referent, None, draft.number, draft.gender


def split_known(scene: Scene) -> None:
    """The same where the first one is a name of the gazetteer: ``forces éthiopiennes`` and then ``et érythréennes``."""
    for draft in list(scene.drafts):
        if (
            draft.kind != "body"
            or draft.is_dropped
            or draft.noun is not None
            or scene.key(draft.last) not in ("et", ",")
        ):
            continue
        owner = scene.name_from(draft.last + 1)
        found = scene.noun(draft.first, "body")
        if (
            owner is None
            or owner.kind != "demonym"
            or found is None
            or found[1].number != "Plur"
            or owner.party is None
        ):
            continue
        noun = found[1]
        referent = known_body(scene.gazetteer, noun, owner.party, None) or Referent(
            body_name(scene.gazetteer, noun, owner.party, None), noun.type
        )
        draft.number, draft.gender = noun.number, noun.gender
        _add_part(draft, owner, referent)
