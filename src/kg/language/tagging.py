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
_PLACES: Final = {"-3": -3, "-2": -2, "-1": -1, "0": 0, "+1": 1, "+2": 2, "<": -9, ">": 9}
_CONDITION: Final = re.compile(r"(?P<place>[-+]\d|0|[<>])(?:(?P<tags>[:=])(?P<no>!?)(?P<names>[\w.|]+)|(?P<not>!?)\"(?P<words>[^\"]+)\"|(?P<agree>~))")
_SKIPPED: Final = TAGS["ADV"] | TAGS["PART"]
_CLITIC: Final = TAGS["Acc"] | TAGS["Dat"]


@dataclass(frozen=True, slots=True)
class _Condition:
    place: int
    is_negated: bool
    must_be: bool = False
    masks: tuple[int, ...] = ()
    words: frozenset[str] = frozenset()
    agrees: bool = False


@dataclass(frozen=True, slots=True)
class _Rule:
    mask: int
    drops: bool
    conditions: tuple[_Condition, ...]
    line: str


class Tagger:
    """Applies the rules of one language.

    Raises:
        DataError: the table is wrong; says where.
    """

    def __init__(self, path: Path) -> None:
        self._rules = [_read_rule(place, *cells) for place, cells in read_table(path, ("reading", "conditions"))]
        self._applicable: dict[tuple[int, ...], tuple[_Rule, ...]] = {}

    def choose(self, keys: Sequence[str], readings: Sequence[tuple[Reading, ...]]) -> list[Reading]:
        """Return the reading of each word of a sentence; `keys` are the words as written."""
        sentence = _Sentence(keys, readings)
        chosen = sentence.chosen
        for at, options in enumerate(readings):
            if len(options) > 1:
                options = self._reduce(sentence, at, options)
            found = options[0]
            chosen.append(found)
            sentence.masks[at] = found.mask
        return chosen

    def _reduce(self, sentence: _Sentence, at: int, options: tuple[Reading, ...]) -> tuple[Reading, ...]:
        masks = tuple(option.mask for option in options)
        rules = self._applicable.get(masks)
        if rules is None:
            rules = self._applicable[masks] = tuple(rule for rule in self._rules if _divides(rule, masks))
        for rule in rules:
            if sentence.holds(rule.conditions, at):
                mask = rule.mask
                kept = tuple(o for o in options if (o.mask & mask == mask) != rule.drops)
                if kept and len(kept) < len(options):
                    options = kept
                    if len(options) == 1:
                        break
                    sentence.masks[at] = _union(options)
        return options


class _Sentence:
    """The words of a sentence, decided up to a place."""

    __slots__ = ("chosen", "keys", "masks", "readings")

    def __init__(self, keys: Sequence[str], readings: Sequence[tuple[Reading, ...]]) -> None:
        self.keys, self.readings = keys, readings
        self.chosen: list[Reading] = []
        self.masks = [options[0].mask if len(options) == 1 else _union(options) for options in readings]

    def holds(self, conditions: tuple[_Condition, ...], at: int) -> bool:
        return all(self._holds(condition, at) for condition in conditions)

    def _holds(self, condition: _Condition, at: int) -> bool:
        place = condition.place
        other = at + place if -9 < place < 9 else self._skipping(at, place)
        if not 0 <= other < len(self.masks):
            if condition.masks:
                return (_EDGE in condition.masks) != condition.is_negated
            return condition.is_negated
        if condition.masks:
            mask = self.masks[other]
            if condition.must_be and other > at:
                readings = self.readings[other]
                found = all(any(r.mask & m == m for m in condition.masks) for r in readings)
            else:
                found = any(mask & m == m for m in condition.masks)
                if not found and _CAPITAL in condition.masks:
                    found = self.keys[other][:1].isupper()
            return found != condition.is_negated
        if condition.agrees:
            return _agree(self.masks[at], self.masks[other])
        return (self.keys[other].lower() in condition.words) != condition.is_negated

    def _skipping(self, at: int, place: int) -> int:
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


def _union(options: tuple[Reading, ...]) -> int:
    mask = 0
    for option in options:
        mask |= option.mask
    return mask


def _divides(rule: _Rule, masks: tuple[int, ...]) -> bool:
    having = sum(mask & rule.mask == rule.mask for mask in masks)
    return 0 < having < len(masks)


def _read_rule(place: str, target: str, conditions: str) -> _Rule:
    drops = target.startswith("-")
    found = []
    for text in conditions.split():
        match = _CONDITION.fullmatch(text)
        if match is None or match["place"] not in _PLACES:
            raise table_error(f"not a condition: {text}", place)
        at, is_negated = _PLACES[match["place"]], bool(match["no"] or match["not"])
        if match["agree"]:
            found.append(_Condition(at, is_negated=False, agrees=True))
        elif match["words"]:
            found.append(_Condition(at, is_negated, words=frozenset(match["words"].replace("_", " ").split("|"))))
        else:
            masks = tuple(_tags(names, place) for names in match["names"].split("|"))
            found.append(_Condition(at, is_negated, must_be=match["tags"] == "=", masks=masks))
    return _Rule(_tags(target.removeprefix("-"), place), drops, tuple(found), f"{target} {conditions}")


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
