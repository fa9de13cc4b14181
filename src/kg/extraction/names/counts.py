"""How many: the quantity before a noun, as part of its phrase and as a count."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from kg.extraction.mentions import Count
from kg.extraction.names.scene import Draft, Scene
from kg.extraction.numbers.quantities import Quantity, QuantityKind


def place_quantities(scene: Scene, quantities: Sequence[Quantity]) -> None:
    """Note the first and the last atom of each quantity that counts something."""
    starts, ends = scene.atoms.starts, scene.atoms.ends
    for quantity in quantities:
        if quantity.kind != QuantityKind.COUNT or (quantity.low, quantity.best, quantity.high) == (None, None, None):
            continue
        first, last = bisect_left(starts, quantity.span[0]), bisect_left(starts, quantity.span[1])
        if first < last and starts[first] == quantity.span[0] and ends[last - 1] == quantity.span[1]:
            scene.numeral_ends[last - 1] = first, quantity


def add_quantity(scene: Scene, draft: Draft) -> bool:
    """Take the quantity before a phrase into it: ``quatre``, ``une centaine d'``, ``quatre de leurs``, ``les deux``.

    Tells whether there is one.
    """
    index = draft.first
    before = index - 1
    if scene.is_word("possessive", before):
        before -= 1
    if scene.is_word("definite", before) and scene.is_word("of_plain", before - 1):
        before -= 1
    if before not in scene.numeral_ends and scene.is_word("of_plain", before):
        before -= 1
    if before not in scene.numeral_ends:
        return _add_collective(scene, draft, index)
    first, quantity = scene.numeral_ends[before]
    draft.count = Count(quantity.low, quantity.best, quantity.high)
    draft.first = first
    draft.determination = "numeral"
    if first and any(scene.is_word(kind, first - 1) for kind in ("demonstrative", "possessive", "definite")):
        draft.first = first - 1
    return True


def join_majorities(scene: Scene) -> None:
    """Take into a counted group who most of it are: ``1,207 people, most of them civilians``, ``, surtout des civils``."""
    for draft in [
        d for d in scene.drafts if d.noun is not None and d.noun.category == "people" and d.count is not None
    ]:
        at = draft.last + 1
        if scene.key(draft.last) != "," or not scene.is_word("most", at):
            continue
        at += 1
        while scene.is_word("of", at) or scene.key(at) in ("them", "whom", "des", "les", "de"):
            at += 1
        rest = scene.noun_at.get(at)
        if rest is not None and rest.noun is not None and rest.noun.category == "people":
            draft.last = rest.last
            draft.inner.append(rest)


def _add_collective(scene: Scene, draft: Draft, index: int) -> bool:
    """``un groupe de soldats``, ``a team of sappers``, ``la majorité des civils``: a noun of quantity without a number."""
    if not scene.is_word("of", index - 1) or not scene.is_word("collective", index - 2):
        return False
    if scene.is_word("definite", index - 3) and scene.key(index - 2) in ("nombre", "number"):
        return False
    draft.first = index - 2
    if scene.is_word("indefinite", index - 3) or scene.is_word("definite", index - 3):
        draft.first = index - 3
    draft.determination = "indefinite"
    return True
