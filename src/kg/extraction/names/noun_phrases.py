"""What noun phrases of both languages have in common."""

from __future__ import annotations

from kg.extraction.names.atoms import CAPITALS
from kg.extraction.names.capitals import UNKNOWN
from kg.extraction.names.scene import Draft, Scene


def acronym_after(scene: Scene, index: int) -> int | None:
    """Return the atom of an acronym that stands in brackets at an atom: ``(FSR)``."""
    if scene.key(index) == "(" and scene.key(index + 2) == ")" and scene.atoms.cases[index + 1] == CAPITALS:
        return index + 1
    return None


def add_acronym(scene: Scene, draft: Draft) -> None:
    """Take the acronym in brackets after a body or an organization into its phrase, and note that it is called so."""
    at = acronym_after(scene, draft.last)
    if at is None or draft.noun is None or draft.noun.category not in ("body", "organization"):
        return
    scene.aliases[scene.keys[at]] = draft
    acronym = scene.name_at[at]
    if acronym is not None and acronym.use == UNKNOWN:
        acronym.is_dropped = True
    elif acronym is not None:
        draft.inner.append(acronym)
    draft.last += 3
