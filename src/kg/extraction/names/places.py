"""Places: names with their class noun, parts and borders of countries, and which place lies in which."""

from __future__ import annotations

from typing import Final

from kg.extraction.mentions import Referent
from kg.extraction.names.capitals import UNKNOWN
from kg.extraction.names.name_types import CLASS_NOUN, vote
from kg.extraction.names.nouns import Noun
from kg.extraction.names.scene import Draft, Scene

_INTO: Final = frozenset(("dans", "en", "a", "au", "aux", "in"))
_ARTICLES: Final = frozenset(("le", "la", "l'", "les", "the"))


def find_places(scene: Scene) -> None:
    """Say what the phrases with a class noun of places stand for, and draft parts of countries."""
    for draft in [d for d in scene.drafts if d.noun is not None and d.noun.category == "place" and not d.is_dropped]:
        _read_phrase(scene, draft)
    for draft in list(scene.drafts):
        if draft.noun is None and not draft.is_dropped and draft.kind in ("name", "capital"):
            _add_direction(scene, draft)


def _read_phrase(scene: Scene, draft: Draft) -> None:
    noun = draft.noun
    assert noun is not None  # noqa: S101 - only class nouns come here
    if noun.sense == "border":
        _read_border(scene, draft)
        return
    if (noun.sense == "territory" or noun.lemma in ("territoire", "territory")) and draft.owners:
        owner = draft.owners[0]
        if owner.kind == "demonym" and owner.party is not None:
            draft.mean(Referent(owner.party.name, "Place"))
            return
    apposed = scene.name_to(draft.first - 2) if scene.key(draft.first - 1) == "," else None
    if apposed is not None and noun.refers not in ("site", "road"):
        vote(scene, apposed, "Place", CLASS_NOUN)
    name = _introduced(scene, draft)
    if name is None:
        return
    vote(scene, name, "Place", CLASS_NOUN)
    if name.use == UNKNOWN:
        name.type = "Place"
    if draft.number == "Plur" and noun.sense in ("name", "after"):
        _name_each(scene, draft, name, noun)
    elif noun.sense == "name":
        name.inner += [d for d in draft.inner if d is not name] + [d for d in draft.owners if d is not name]
        name.first, name.last = min(name.first, draft.core), max(name.last, draft.last)
        draft.is_dropped, draft.taken_by = True, name
    else:
        draft.kind = "name"
        draft.use = "composed"
        draft.owners = [name]
        if noun.refers in ("district", "site") and name.kind == "capital":
            name.kind, name.party = "name", None


def _introduced(scene: Scene, draft: Draft) -> Draft | None:
    """The name that a class noun introduces: after ``de`` or ``of``, right after it, in English right before it."""
    noun = draft.noun
    assert noun is not None  # noqa: S101 - only class nouns come here
    if draft.determination in ("demonstrative", "possessive", "indefinite"):
        return None
    after = scene.name_from(draft.last)
    if after is not None and _is_name(after) and (scene.is_french or noun.sense in ("before", "name")):
        draft.last = after.last
        return after
    if draft.determination == "numeral" or noun.refers == "capital":
        return None
    for name in draft.inner:
        if name.noun is not None or not _is_name(name):
            continue
        before = name.first - 1
        if not scene.is_french and name.last == draft.core:
            return name
        if scene.is_word("direction", before - 1):
            continue
        is_direct = scene.key(before) in ("de", "d'", "of")
        if name.first > draft.head and (is_direct or noun.refers != "town") and name.last <= draft.last:
            return name if noun.sense != "name" or name.type != "State" or noun.refers == "region" else None
    return None


def _is_name(name: Draft) -> bool:
    return name.kind in ("name", "capital") and (
        name.use == UNKNOWN or name.type in ("Place", "State", "DeFactoAuthority")
    )


def _name_each(scene: Scene, draft: Draft, name: Draft, noun: Noun) -> None:
    """``les districts de Martouni et de Martakert``: each name is a place of that class."""
    del name
    draft.is_dropped = True
    state = next((d for d in draft.owners if d.kind == "demonym" and d.first < draft.last), None)
    for each in [d for d in (*draft.inner, *draft.owners) if d.noun is None and _is_name(d)]:
        vote(scene, each, "Place", CLASS_NOUN)
        if state is not None and each is not state:
            scene.containments.append((each, state))  # "the Thai provinces of A and B"
        if noun.sense == "after":
            each.use = "composed"
            each.noun = Noun("place", noun.lemma, noun.english.removesuffix("s"), sense="after", type="Place")
            each.owners = [each]


def compose_names(scene: Scene) -> None:
    """Name the places that a class noun makes of a name: ``Lachin corridor``, ``Strait of Colm``."""
    for draft in scene.drafts:
        noun = draft.noun
        if draft.use != "composed" or noun is None or draft.is_dropped:
            continue
        owner = draft.owners[0]
        base = owner.place or (owner.referents[0] if owner.referents else None)
        if base is None:
            continue
        composed = {
            "named": f"{base.name} {noun.english}",
            "of": f"{noun.english} of {base.name}",
            "before": f"{noun.english} {base.name}",
        }
        name = composed.get(noun.sense, f"{base.name} {noun.english}")
        referent = scene.gazetteer.place(name) or Referent(name, "Place")
        draft.mean(referent)
        draft.place, draft.party = referent, None
        draft.owners = [o for o in draft.owners if o is not draft]


def _read_border(scene: Scene, draft: Draft) -> None:
    """``la frontière entre A et B``, ``la frontière serbe``, ``the border with B``, ``the A-B border``."""
    names = [d for d in (*draft.owners, *(i for i in draft.inner if i not in draft.owners)) if d.place is not None]
    if scene.key(draft.last) in ("entre", "between", "avec", "with"):
        at = draft.last + 1
        while scene.key(at) in _ARTICLES:
            at += 1
        name = scene.name_from(at)
        while name is not None:
            names.append(name)
            draft.inner.append(name)
            draft.last = name.last
            at = name.last
            if scene.key(at) not in ("et", "and"):
                break
            at += 1
            while scene.key(at) in _ARTICLES:
                at += 1
            name = scene.name_from(at)
    places = [d.place.name for d in names if d.place is not None]
    if not places:
        return
    words = f"{'–'.join(sorted(dict.fromkeys(places)))} border"
    referent = scene.gazetteer.place(words) or Referent(words, "Place")
    draft.mean(referent)
    draft.place, draft.kind = referent, "name"


def _add_direction(scene: Scene, name: Draft) -> None:
    """``north Gaza``, ``le nord de la bande de Gaza``: draft the part around the name of the whole."""
    if name.place is None and name.use != UNKNOWN:
        return
    at = name.first
    if scene.is_french:
        while scene.key(at - 1) in _ARTICLES:
            at -= 1
        if not (scene.is_word("of", at - 1)):
            return
        at -= 1
    for count in (2, 1):
        words = " ".join(scene.keys[max(0, at - count) : at])
        if words in scene.lexicon.directions and at - count >= 0:
            part = Draft(
                at - count, name.last, at - 1, "description", "Place", core=at - count, number="Sing", inner=[name]
            )
            part.use = "part"
            part.owners = [name]
            part.adjectives = [scene.lexicon.directions[words]]
            vote(scene, name, "Place", 1)
            scene.drafts.append(part)
            return


def name_parts(scene: Scene) -> None:
    """Name the parts of countries: ``northern Gaza Strip``."""
    for draft in scene.drafts:
        if draft.use == "part" and not draft.is_dropped:
            whole = draft.owners[0]
            base = whole.place or (whole.referents[0] if whole.referents else None)
            if base is None or base.type not in ("Place", "State", "DeFactoAuthority"):
                draft.is_dropped = True
                continue
            name = f"{draft.adjectives[0]} {base.name}"
            draft.mean(scene.gazetteer.place(name) or Referent(name, "Place"))
            draft.place = draft.referents[0]
            scene.containments.append((draft, whole))


def find_containers(scene: Scene) -> None:
    """Note which place lies in which: ``X, dans le nord de Y``, ``X (Y)``, ``X, ville du Y``, ``X, in Y's Z region``."""
    by_first: dict[int, Draft] = {}
    for draft in scene.drafts:
        if not draft.is_dropped and draft.place is not None:
            old = by_first.get(draft.first)
            if old is None or draft.last > old.last:
                by_first[draft.first] = draft
    for draft in scene.drafts:
        if draft.noun is not None and draft.noun.category == "place" and not draft.is_dropped and draft.referents:
            _contain_phrase(scene, draft, draft.noun)
    for part in list(by_first.values()):
        if part.type != "Place" and part.kind != "capital":
            continue
        whole = _container(scene, part, by_first)
        if whole is not None and whole is not part and whole.referents and whole.referents != part.referents:
            scene.containments.append((part, whole))


def _contain_phrase(scene: Scene, draft: Draft, noun: Noun) -> None:
    """``cette région disputée du Caucase``, ``une ville de la côte``, ``la capitale du Soudan``: the complement holds it."""
    if draft.kind != "description" or (draft.determination == "definite" and noun.refers != "capital"):
        return
    whole = next((d for d in draft.inner if d.noun is None and d.place is not None and d.first > draft.head), None)
    if whole is not None and whole.referents and whole.referents != draft.referents:
        scene.containments.append((draft, whole))


def _container(scene: Scene, part: Draft, by_first: dict[int, Draft]) -> Draft | None:
    at = part.last
    if not scene.is_apart(at) and scene.key(at) != ",":
        return None  # "Morne-à-Cabri" is one name
    city = scene.name_to(part.first - 2) if scene.key(part.first - 1) in ("'s", "'") else None
    if city is not None and (city.kind == "capital" or city.type == "Place") and part.last - part.first > 1:
        return city if part.kind == "name" else None  # "Istanbul's Ciragan Palace"
    if scene.key(at) == "(":
        whole = by_first.get(at + 1)
        return whole if whole is not None and scene.key(whole.last) == ")" else None
    has_comma = scene.key(at) == ","
    if not has_comma and part.type != "Place":
        return None  # "l'invasion de Tbilissi en Ossétie": the capital stands for the state
    at += has_comma
    if scene.key(at) in _INTO:
        at += 1
        while at < len(scene.atoms) and scene.key(at) in _ARTICLES:
            at += 1
        named = by_first.get(at)
        if named is not None and named.noun is None and named.use != "part":
            return named  # "in South Kivu": no direction
        at = _skip_direction(scene, at)
        return by_first.get(at) or (by_first.get(at - 1) if scene.key(at - 1) in _ARTICLES else None)
    if not has_comma:
        return None
    phrase = next((d for d in (scene.noun_at.get(at), scene.noun_at.get(at + 1)) if d is not None), None)
    if phrase is not None and phrase.noun is not None and phrase.noun.category == "place":
        if phrase.noun.refers in ("site", "road"):
            return None  # "à Rome, place de l'Église": the city is not in the square
        owner = next((d for d in phrase.inner if d.place is not None and d.noun is None), None)
        return owner or next((o for o in phrase.owners if o.place is not None), None)
    whole = by_first.get(at)
    is_state = whole is not None and whole.type == "State" and whole.kind == "name"
    return whole if is_state and whole is not None and not scene.is_french else None


def _skip_direction(scene: Scene, at: int) -> int:
    for count in (2, 1):
        if " ".join(scene.keys[at : at + count]) in scene.lexicon.directions:
            at += count
            if scene.is_word("of", at):
                at += 1
                while scene.key(at) in _ARTICLES:
                    at += 1
            return at
    return at
