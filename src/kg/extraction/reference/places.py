"""Descriptions of places that refer back: ``l'enclave``, ``la ville``, ``the road``, ``la capitale``."""

from __future__ import annotations

from typing import Final

from kg.extraction.mentions import Referent
from kg.extraction.names.nouns import Noun
from kg.extraction.names.scene import Draft, Scene
from kg.extraction.reference.discourse import Discourse
from kg.extraction.reference.echoes import BACK, FAR, is_apposition

_SETS: Final = ("island", "zone", "region", "district")
"""Kinds of places that are told in the plural and come back as one."""


_KINDS: Final = ("road", "island", "line", "zone", "border")
"""Kinds of which a text tells one at a time, so that any noun of the kind means it; a bridge is no market."""


def resolve_place(discourse: Discourse, draft: Draft, noun: Noun) -> None:
    """Tie a class noun of places to the last place of that kind; or else it describes a place of its own."""
    scene = discourse.scene
    if is_apposition(discourse, draft, noun):
        return
    found: Draft | None = None
    if draft.determination in BACK and (draft.number == "Sing" or noun.refers in _SETS):
        found = _find(discourse, draft, noun)
        if draft.referents:
            return
    if found is None or not (found.place is not None or found.type == "Place"):
        _stand_for_itself(scene, draft)
        return
    draft.antecedents = [found]
    meant = found.place or found.referents[0]
    draft.mean(meant)
    draft.place, draft.party = meant, found.party


def _find(discourse: Discourse, draft: Draft, noun: Noun) -> Draft | None:
    scene = discourse.scene
    if noun.refers == "capital":
        party = draft.owners[0].party if draft.owners else None
        capital = scene.gazetteer.capital(party.iri) if party is not None else None
        if capital is not None:
            draft.mean(capital)
            draft.place = capital
            return None
        return discourse.nearest(draft, lambda d: d.kind == "capital" and d.type == "Place", FAR)
    if noun.refers == "region":
        return discourse.nearest(draft, lambda d: _is_region(scene, d), FAR) or discourse.nearest(
            draft, lambda d: _may_be_region(scene, d), 2
        )
    if noun.refers == "town":
        return discourse.nearest(draft, lambda d: _is_town(scene, d), FAR)
    is_kind = noun.refers in _KINDS
    return discourse.nearest(
        draft,
        lambda d: (
            d.type == "Place"
            and (noun.refers in scene.kinds_of(d) if is_kind else noun.lemma in scene.lemmas_of(d, "place"))
        ),
        FAR,
    )


def _stand_for_itself(scene: Scene, draft: Draft) -> None:
    first = draft.first + (1 if draft.determination == "definite" and scene.is_word("definite", draft.first) else 0)
    draft.mean(Referent(scene.atoms.text(min(first, draft.head), draft.last), "Place"))
    draft.place = draft.referents[0]


def _is_region(scene: Scene, draft: Draft) -> bool:
    """Tell whether a mention names a region: by its class noun, or as the territory of an authority."""
    if draft.place is None or draft.kind in ("capital", "demonym") or len(draft.referents) != 1 or draft.use == "part":
        return False
    kinds = scene.kinds_of(draft)
    return draft.type != "State" and ("region" in kinds or (draft.party is not None and not kinds))


def _may_be_region(scene: Scene, draft: Draft) -> bool:
    """Tell whether a known place can be a region: it is no capital, no class noun says otherwise, nothing stands *at* it."""
    is_known = draft.type == "Place" and draft.kind == "name" and draft.use != "unknown"
    return is_known and not scene.kinds_of(draft) and not _is_at(scene, draft)


def _is_town(scene: Scene, draft: Draft) -> bool:
    if draft.place is None or draft.type != "Place" or draft.kind not in ("name", "capital"):
        return False
    kinds = scene.kinds_of(draft)
    if kinds:
        return bool(kinds & {"town", "capital"})
    return draft.kind == "capital" or _is_at(scene, draft) or (draft.party is None and draft.use == "unknown")


def _is_at(scene: Scene, draft: Draft) -> bool:
    """Tell whether a name stands after the preposition of a town."""
    return scene.key(draft.first - 1) in ("a", "at")
