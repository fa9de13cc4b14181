"""How many: the numeral, collective noun and approximation before a noun, as part of its phrase and as a count."""

from __future__ import annotations

from bisect import bisect_left

from kg.extraction.mentions import Count
from kg.extraction.numerals import Numeral, find_numerals
from kg.extraction.scene import Draft, Scene


def find_quantities(scene: Scene) -> None:
    """Note the last and the first atom of each number of the text."""
    starts = scene.atoms.starts
    for numeral in find_numerals(scene.analysis.text, scene.lexicon.language):
        if numeral.is_article:
            continue
        first, last = bisect_left(starts, numeral.start), bisect_left(starts, numeral.end)
        if first < last and starts[first] == numeral.start and scene.atoms.ends[last - 1] == numeral.end:
            scene.numeral_ends[last - 1] = first, numeral


def add_quantity(scene: Scene, draft: Draft) -> bool:
    """Take the quantity before a phrase into it; tell whether there is one."""
    index = draft.first
    numeral: Numeral | None = None
    collective = False
    if index - 1 in scene.numeral_ends:
        index, numeral = scene.numeral_ends[index - 1]
    at = index
    if scene.is_word("of", at - 1) or (scene.is_word("possessive", at - 1) and scene.is_word("of", at - 2)):
        at -= 1 if scene.is_word("of", at - 1) else 2
        if scene.is_word("definite", at) and not scene.is_french:
            at -= 1
        if scene.is_word("collective", at - 1):
            index, collective = at - 1, True
            if index - 1 in scene.numeral_ends:
                index, numeral = scene.numeral_ends[index - 1]
        elif numeral is None and at - 1 in scene.numeral_ends:
            index, numeral = scene.numeral_ends[at - 1]
    elif not scene.is_french and numeral is None and scene.is_word("collective", at - 1):
        index, collective = at - 1, True
    if numeral is None and not collective:
        return False
    index = _before(scene, index, collective=collective)
    draft.first = index
    draft.determination = "numeral"
    if numeral is not None and not collective:
        draft.count = _count(scene, index, numeral)
    return True


def _before(scene: Scene, index: int, *, collective: bool) -> int:
    """Where the approximation and the determiner before a quantity begin."""
    if collective and (scene.is_word("indefinite", index - 1) or scene.is_word("possessive", index - 1)):
        index -= 1
    while (count := scene.lexicon.ends("approximate", scene.keys, index)) > 0:
        index -= count
    if scene.is_word("demonstrative", index - 1) or scene.is_word("possessive", index - 1):
        index -= 1
    return index


def _count(scene: Scene, first: int, numeral: Numeral) -> Count | None:
    if numeral.value is None:
        return None
    before = scene.atoms.keys[first : first + 3]
    text = " ".join(before)
    if text.startswith(("au moins", "plus d", "at least", "more than", "over", "pas moins", "no fewer")):
        return Count(numeral.value, None, None)
    return Count(numeral.value, numeral.value, numeral.value)
