"""Choosing the reading of each word by its neighbours: an ordered table of rules (``tagging.tsv``).

The words of a sentence are read from left to right. For one with several readings the rules are tried in their order; a
rule whose conditions hold keeps the readings that it names, or drops them, until one is left. Then the likeliest of those
left is taken. What stands before is decided, what stands after is not: conditions on the right ask what a word can be.

A rule is ``reading<TAB>conditions``. The reading is tags joined by dots (``VERB.Fin``), with ``-`` before it to drop it.
A condition is a place, an operator, and alternatives joined by ``|``::

    -1:DET.Plur|NUM     the word before is one of these              -1:!DET     it is none of them
    +1:VERB             the word after can be this                   +1=VERB     it can be nothing else
    -1"le|la"           the word is one of these (small letters)     -1!"le|la"  it is none of them
    0"est"              the word itself                              -1~         number and gender agree with it

Places are -2, -1, 0, +1, +2, and < and >, the nearest word on that side that is no adverb, negation or clitic. The edge of
the sentence has the tag EDGE.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kg.language.readings import GENDERS, NUMBERS, TAGS, Reading
from kg.language.tables import read_table, table_error

_EDGE: Final = 1 << len(TAGS)
_CAPITAL: Final = _EDGE << 1
_SKIPPING: Final = 9
_REMEMBERED: Final = 200_000
_PLACES: Final = {"-2": -2, "-1": -1, "0": 0, "+1": 1, "+2": 2, "<": -_SKIPPING, ">": _SKIPPING}
_CONDITION: Final = re.compile(
    r"(?P<place>[-+]\d|0|[<>])(?:(?P<tags>[:=])(?P<no>!?)(?P<names>[\w.|]+)|(?P<not>!?)\"(?P<words>[^\"]+)\"|(?P<agree>~))"
)
_QUOTES: Final = frozenset('«»“”„"‹›')
_SKIPPED: Final = TAGS["ADV"] | TAGS["PART"]
_CLITIC: Final = TAGS["Acc"] | TAGS["Dat"]


_ANY, _ONLY, _WORD, _AGREES = range(4)


@dataclass(frozen=True, slots=True)
class _Condition:
    """One test at a place. A tag condition holds if the mask there has a bit of `bits` or all bits of one of `masks`."""

    place: int
    kind: int
    is_negated: bool
    bits: int = 0
    masks: tuple[int, ...] = ()
    words: frozenset[str] = frozenset()

    def fits(self, mask: int) -> bool:
        """Tell whether a mask has one of the alternatives."""
        return bool(mask & self.bits) or any(mask & m == m for m in self.masks)


@dataclass(frozen=True, slots=True)
class _Rule:
    mask: int
    drops: bool
    conditions: tuple[_Condition, ...]


@dataclass(frozen=True, slots=True)
class _Ambiguity:
    """A word of several readings: those, the tags of all of them, and the rules that can choose."""

    options: tuple[Reading, ...]
    union: int
    rules: tuple[_Rule, ...]


class Tagger:
    """Applies the rules of one language.

    Raises:
        DataError: the table is wrong; says where.
    """

    def __init__(self, path: Path) -> None:
        self._rules = [_read_rule(place, *cells) for place, cells in read_table(path, ("reading", "conditions"))]
        self._known: dict[str, _Ambiguity] = {}
        self._dividing: dict[tuple[int, ...], tuple[_Rule, ...]] = {}

    def choose(
        self, keys: Sequence[str], words: Sequence[str], readings: Sequence[tuple[Reading, ...]]
    ) -> list[Reading]:
        """Return the reading of each word of a sentence; `keys` are the words as written, `words` in small letters.

        Quotation marks inside a clause (``une « menace d'intervention »``) part no neighbours.
        """
        inner = _inner_quotes(words, readings)
        if not inner:
            return self._choose(keys, words, readings)
        kept = [at for at in range(len(words)) if at not in inner]
        chosen = [options[0] for options in readings]
        found = self._choose([keys[n] for n in kept], [words[n] for n in kept], [readings[n] for n in kept])
        for at, one in zip(kept, found, strict=True):
            chosen[at] = one
        return chosen

    def _choose(
        self, keys: Sequence[str], words: Sequence[str], readings: Sequence[tuple[Reading, ...]]
    ) -> list[Reading]:
        masks: list[int] = []
        ambiguous: list[tuple[int, _Ambiguity]] = []
        for at, options in enumerate(readings):
            if len(options) == 1:
                masks.append(options[0].mask)
                continue
            ambiguity = self._known.get(keys[at])
            if ambiguity is None or ambiguity.options is not options:
                ambiguity = self._prepare(keys[at], options)
            masks.append(ambiguity.union)
            ambiguous.append((at, ambiguity))
        chosen = [options[0] for options in readings]
        sentence = _Sentence(keys, words, readings, masks)
        for at, ambiguity in ambiguous:
            chosen[at] = found = _reduce(sentence, at, ambiguity)
            masks[at] = found.mask
        return chosen

    def _prepare(self, word: str, options: tuple[Reading, ...]) -> _Ambiguity:
        """Find the rules that can choose among the readings of a word, without the conditions that it meets itself."""
        lower, union = word.lower(), _union(options) | (_CAPITAL if word[:1].isupper() else 0)
        masks = tuple(option.mask for option in options)
        dividing = self._dividing.get(masks)
        if dividing is None:
            dividing = self._dividing[masks] = tuple(rule for rule in self._rules if _divides(rule, masks))
        rules = tuple(
            _Rule(rule.mask, rule.drops, tuple(c for c in rule.conditions if c.place or c.kind == _ANY))
            for rule in dividing
            if all(_can_hold(c, lower, union) for c in rule.conditions if not c.place)
        )
        ambiguity = _Ambiguity(options, _union(options), rules)
        if len(self._known) < _REMEMBERED:
            self._known[word] = ambiguity
        return ambiguity


def _inner_quotes(words: Sequence[str], readings: Sequence[tuple[Reading, ...]]) -> frozenset[int]:
    """The quotation marks that stand between two words of a clause, not beside another mark or at an edge."""
    if _QUOTES.isdisjoint(words):
        return frozenset()
    found = [at for at in range(1, len(words) - 1) if words[at] in _QUOTES]
    return frozenset(at for at in found if not any(_is_mark(readings[at + step]) for step in (-1, 1)))


def _is_mark(options: tuple[Reading, ...]) -> bool:
    return bool(options[0].mask & TAGS["PUNCT"])


def _reduce(sentence: _Sentence, at: int, ambiguity: _Ambiguity) -> Reading:
    """Try the rules in their order until one reading is left; return the likeliest of those left."""
    options: Sequence[Reading] = ambiguity.options
    for rule in ambiguity.rules:
        if not sentence.holds(rule.conditions, at):
            continue
        mask, drops = rule.mask, rule.drops
        kept = [option for option in options if (option.mask & mask == mask) != drops]
        if kept and len(kept) < len(options):
            if len(kept) == 1:
                break
            options = kept
            sentence.masks[at] = _union(kept)
    else:
        return options[0]
    return kept[0]


def _can_hold(condition: _Condition, word: str, union: int) -> bool:
    """Tell whether a condition on the word itself holds, or may once readings are dropped."""
    if condition.kind == _WORD:
        return (word in condition.words) != condition.is_negated
    return condition.is_negated or condition.fits(union)


class _Sentence:
    """The words of a sentence, decided up to a place: there `masks` are those of the chosen readings."""

    __slots__ = ("keys", "masks", "readings", "words")

    def __init__(
        self, keys: Sequence[str], words: Sequence[str], readings: Sequence[tuple[Reading, ...]], masks: list[int]
    ) -> None:
        self.keys, self.words, self.readings, self.masks = keys, words, readings, masks

    def holds(self, conditions: tuple[_Condition, ...], at: int) -> bool:
        """Tell whether all conditions hold for the word at a place."""
        masks = self.masks
        last = len(masks)
        for condition in conditions:
            place = condition.place
            other = at + place if -_SKIPPING < place < _SKIPPING else self._skip(at, place)
            if not 0 <= other < last:
                if (condition.bits & _EDGE != 0) == condition.is_negated:
                    return False
                continue
            kind = condition.kind
            if kind == _ANY:
                mask = masks[other]
                found = mask & condition.bits != 0
                if not found and condition.masks:
                    for alternative in condition.masks:
                        if mask & alternative == alternative:
                            found = True
                            break
                if not found and condition.bits & _CAPITAL:
                    found = self.keys[other][:1].isupper()
            elif kind == _WORD:
                found = self.words[other] in condition.words
            elif kind == _ONLY:
                found = all(condition.fits(r.mask) for r in self.readings[other])
            else:
                found = _agree(masks[at], masks[other])
            if found == condition.is_negated:
                return False
        return True

    def _skip(self, at: int, place: int) -> int:
        """Return the nearest word to the left or right that is no adverb, negation or clitic."""
        step = -1 if place < 0 else 1
        other = at + step
        while 0 <= other < len(self.masks):
            mask = self.masks[other]
            if not (mask & _SKIPPED or mask & _CLITIC):
                break
            other += step
        return other


def _agree(one: int, other: int) -> bool:
    for kind in (NUMBERS, GENDERS):
        mine, theirs = one & kind, other & kind
        if mine and theirs and not mine & theirs:
            return False
    return True


def _union(options: Sequence[Reading]) -> int:
    mask = 0
    for option in options:
        mask |= option.mask
    return mask


def _divides(rule: _Rule, masks: Sequence[int]) -> bool:
    having = sum(mask & rule.mask == rule.mask for mask in masks)
    return 0 < having < len(masks)


def _read_rule(place: str, target: str, conditions: str) -> _Rule:
    found = []
    for text in conditions.split():
        match = _CONDITION.fullmatch(text)
        if match is None or match["place"] not in _PLACES:
            raise table_error(f"not a condition: {text}", place)
        at, is_negated = _PLACES[match["place"]], bool(match["no"] or match["not"])
        if match["agree"]:
            found.append(_Condition(at, _AGREES, is_negated=False))
        elif match["words"]:
            found.append(_Condition(at, _WORD, is_negated, words=frozenset(match["words"].split("|"))))
        else:
            masks = [_tags(names, place) for names in match["names"].split("|")]
            bits = sum({mask for mask in masks if mask.bit_count() == 1})
            several = tuple(mask for mask in masks if mask.bit_count() > 1)
            found.append(_Condition(at, _ANY if match["tags"] == ":" else _ONLY, is_negated, bits, several))
    return _Rule(_tags(target.removeprefix("-"), place), target.startswith("-"), tuple(found))


def _tags(names: str, place: str) -> int:
    mask = 0
    for name in names.split("."):
        if name == "EDGE":
            mask |= _EDGE
        elif name == "Capital":
            mask |= _CAPITAL
        elif name in TAGS:
            mask |= TAGS[name]
        else:
            raise table_error(f"unknown tag {name!r}", place)
    return mask
