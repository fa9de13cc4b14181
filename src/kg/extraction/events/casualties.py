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

_REACH: Final = 4
"""How many tokens may stand between a number and the word of the hurt: ``16 autres grièvement blessées``."""


def is_dead(reading: Reading, phrase: Phrase) -> bool:
    """Tell whether a phrase counts the dead: ``trois morts``."""
    return _is_of(reading, phrase, "dead")


def is_hurt(reading: Reading, phrase: Phrase) -> bool:
    """Tell whether a phrase counts the hurt: ``dix blessés``."""
    return _is_of(reading, phrase, "hurt")


def _is_of(reading: Reading, phrase: Phrase, name: str) -> bool:
    words = reading.frames.lists[name]
    return phrase.lemma.lower() in words or reading.text.words[phrase.head] in words


def hurt_beside(reading: Reading, first: int, last: int) -> Casualties | None:
    """Return how many were hurt, where a number and a word of the hurt stand side by side from token `first` to `last`.

    ``tuées par balle et 16 autres grièvement blessées`` leaves the verb of the second out.
    """
    words, tokens = reading.text.words, reading.text.analysis.tokens
    hurt = reading.frames.lists["hurt"]
    for at in range(first, last):
        if words[at] in hurt or tokens[at].lemma.lower() in hurt:
            found = _count_before(reading, first, at) or _count_after(reading, at, last)
            if found is not None:
                return found
    return None


def _count_before(reading: Reading, first: int, at: int) -> Casualties | None:
    """``16 autres grièvement blessées``."""
    tokens, numbers = reading.text.analysis.tokens, reading.text.numbers
    nearest = _number_from(reading, at) - 1
    if nearest < 0 or numbers[nearest].span[0] < tokens[first].start:
        return None
    between = reading.text.analysis.tokens_in(numbers[nearest].span[1], tokens[at].start)
    is_near = len(between) <= _REACH and not any(tokens[n].word_class in ("PUNCT", "VERB", "CCONJ") for n in between)
    return _bounds(numbers[nearest]) if is_near and numbers[nearest].kind is QuantityKind.COUNT else None


def _count_after(reading: Reading, at: int, last: int) -> Casualties | None:
    """``injuring more than 60``, ``en blessant douze``."""
    tokens, numbers = reading.text.analysis.tokens, reading.text.numbers
    nearest = _number_from(reading, at)
    if nearest == len(numbers) or tokens[at].word_class != "VERB" or at + 1 >= last:
        return None
    is_next = numbers[nearest].span[0] == tokens[at + 1].start
    return _bounds(numbers[nearest]) if is_next and numbers[nearest].kind is QuantityKind.COUNT else None


def _number_from(reading: Reading, at: int) -> int:
    """The index of the first number that begins at a token or later."""
    return bisect_left(reading.text.numbers, reading.text.analysis.tokens[at].start, key=lambda number: number.span[0])


def count_of(reading: Reading, phrase: Phrase) -> Casualties | None:
    """Return how many a phrase means; None where it does not tell."""
    quantity = _quantity(reading, phrase)
    if quantity is not None:
        return _bounds(quantity)
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
    if words[start] in reading.frames.lists["one"] or (
        words[start] in ("l'", "the") and words[min(start + 1, len(words) - 1)] in reading.frames.lists["one"]
    ):
        return Casualties(low=1, best=1, high=1)
    if (
        phrase.group is not None
        and phrase.group.number == "Plur"
        and phrase.group.determination in ("indefinite", "none", "quantifier")
    ):
        return Casualties(low=2, best=None, high=None)
    return None


def _bounds(quantity: Quantity) -> Casualties | None:
    if quantity.is_approximate and quantity.low is None and quantity.best is not None:
        return Casualties(low=quantity.best, best=quantity.best, high=quantity.best)
    known = (quantity.low, quantity.best, quantity.high)
    return Casualties(low=known[0], best=known[1], high=known[2]) if any(n is not None for n in known) else None


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
