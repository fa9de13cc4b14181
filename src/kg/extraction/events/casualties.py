"""How many were killed and hurt: the numbers before the victims, as decision 10 of the guide counts them.

``au moins neuf morts`` is 9, 9 and open; ``des gendarmes`` at least 2; ``un policier`` 1; ``the soldiers`` is no number.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import Final

from kg.extraction.numbers.quantities import Quantity, QuantityKind
from kg.extraction.reading import Reading
from kg.extraction.syntax.phrases import Phrase
from kg.records import Casualties

_DEAD: Final = frozenset("mort tué décès victime cadavre corps dead death fatality body life vie killed".split())
_HURT: Final = frozenset("blessé wounded injured injury wound casualty".split())
_ONE: Final = frozenset("un une a an one another autre l'un l'une".split())


def is_dead(reading: Reading, phrase: Phrase) -> bool:
    """Tell whether a phrase counts the dead: ``trois morts``."""
    return phrase.lemma.lower() in _DEAD or reading.text.words[phrase.head] in _DEAD


def is_hurt(reading: Reading, phrase: Phrase) -> bool:
    """Tell whether a phrase counts the hurt: ``dix blessés``."""
    return phrase.lemma.lower() in _HURT or reading.text.words[phrase.head] in _HURT


def count_of(reading: Reading, phrase: Phrase) -> Casualties | None:
    """Return how many a phrase means; None where it does not tell."""
    quantity = _quantity(reading, phrase)
    if quantity is not None:
        known = (quantity.low, quantity.best, quantity.high)
        if quantity.is_approximate and quantity.low is None and quantity.best is not None:
            return Casualties(low=None, best=quantity.best, high=None)
        return Casualties(low=known[0], best=known[1], high=known[2]) if any(n is not None for n in known) else None
    mention = reading.mention(phrase)
    words = reading.text.words
    if (
        mention is not None
        and mention.type == "Person"
        and mention.kind in ("name", "pronoun")
        and len(mention.referents) < 2
    ):
        return Casualties(low=1, best=1, high=1)
    start = max(0, phrase.first)
    if words[start] in _ONE or (words[start] in ("l'", "the") and words[min(start + 1, len(words) - 1)] in _ONE):
        return Casualties(low=1, best=1, high=1)
    if (
        phrase.group is not None
        and phrase.group.number == "Plur"
        and phrase.group.determination in ("indefinite", "none", "quantifier")
    ):
        return Casualties(low=2, best=None, high=None)
    return None


def _quantity(reading: Reading, phrase: Phrase) -> Quantity | None:
    """The number inside a phrase or right before it, where it counts people."""
    tokens = reading.text.analysis.tokens
    start = tokens[max(0, min(phrase.start, phrase.first) - 1)].start
    head_end = tokens[phrase.head].end
    best: Quantity | None = None
    numbers = reading.text.numbers
    for at in range(bisect_left(numbers, start, key=lambda number: number.span[0]), len(numbers)):
        if numbers[at].span[0] >= head_end:
            break
        if numbers[at].kind is QuantityKind.COUNT:
            best = numbers[at]
    return best


def add_counts(counts: list[Casualties]) -> Casualties | None:
    """Return the sum of counts of different victims; a bound that one leaves open stays open."""
    exact = [c for c in counts if c.best is not None or c.high is not None]
    counts = exact or counts  # "1,207 people, most of them civilians": what has no number is a part of what has
    if not counts:
        return None
    if len(counts) == 1:
        return counts[0]
    lows = [c.low if c.low is not None else c.best for c in counts]
    bests = [c.best for c in counts]
    highs = [c.high for c in counts]
    low = sum(n for n in lows if n is not None)
    best = sum(n for n in bests if n is not None) if None not in bests else None
    high = sum(n for n in highs if n is not None) if None not in highs else None
    return Casualties(low=low, best=best, high=high)
