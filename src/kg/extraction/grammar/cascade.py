"""A cascade of finite-state rules over tokens: each stage sees what the stages before it have made of the words.

The tradition is that of FASTUS (Hobbs and others, 1997): dates and units first, then their parts, ranges and lists, then the
words that relate them to an event. Every kind of token is one character, a stage is one regular expression over these
characters, and what matches becomes one token of a new kind. No rule repeats without bound, so that the work is linear in
the text.

A rule's pattern is written with

    word        that word            CLASS       a class of the word list or of `tokens`
    <kind>      what a stage made    name:ITEM   the same, kept under a name for the rule's meaning
    ITEM?       may be absent        ( a | b )   either
    !ITEM       must not follow      &ITEM       must follow

Rules of a stage are tried in the order of the file; the first that matches at a place wins.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial

from kg.errors import DataError
from kg.extraction.grammar.automaton import Automaton
from kg.extraction.grammar.numerals import Numeral, find_numerals
from kg.extraction.grammar.patterns import ITEM, find_literals, item_names
from kg.extraction.grammar.tokens import Token, Vocabulary, find_tokens

_NO_CODE = "\0"
"""Stands for a token whose classes no rule asks for together."""
_HIDDEN = frozenset(("OTHER",))
_UNKNOWN = (
    frozenset(("WORD",)),
    frozenset(("WORD", "PLURAL")),
    frozenset(("NAME",)),
    frozenset(("OTHER",)),
    frozenset(("BREAK",)),
)
_NUMBERS = tuple(
    frozenset(classes)
    for classes in (
        ("N",),
        ("N", "DAY"),
        ("N", "YY"),
        ("N", "DAY", "YY"),
        ("N", "YEAR"),
        ("NTH",),
        ("DATE",),
        ("SLASHED",),
        ("MONTHYEAR",),
        ("DECADE",),
        ("CLOCK",),
        ("ONE",),
        ("DEC",),
    )
)


@dataclass(frozen=True, slots=True)
class Found:
    """What a rule made of a passage: its kind, its meaning, the rules behind it, and whether it can stand alone."""

    kind: str
    meaning: object
    is_strong: bool
    rules: tuple[str, ...]


class Slots:
    """What a pattern kept under names, for the rule's meaning."""

    def __init__(self, values: Mapping[str, object]) -> None:
        self._values = values

    def __contains__(self, name: str) -> bool:
        return name in self._values

    def value(self, name: str) -> object:
        """What stands under that name: a word's entry in the word list, a number, a numeric date, an earlier match."""
        return self._values.get(name)

    def number(self, name: str) -> int | None:
        """The whole number under that name."""
        value = self._values.get(name)
        return value if isinstance(value, int) else None

    def found(self, name: str) -> Found:
        """What an earlier stage made, under that name."""
        value = self._values[name]
        if not isinstance(value, Found):
            raise TypeError(f"the slot {name} holds no earlier match")
        return value


Meaning = Callable[[Slots], object | None]


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of the rule table; `meaning` makes an expression, or nothing where the words do not make sense."""

    name: str
    stage: int
    kind: str
    is_strong: bool
    pattern: str
    meaning: Meaning
    where: str
    slots: tuple[tuple[str, str], ...] = ()
    """The names of the pattern in order, each with the class that it asks for; a name may stand in several branches."""

    def __post_init__(self) -> None:
        slots = tuple((item["name"], item["what"]) for item in ITEM.finditer(self.pattern) if item["name"])
        object.__setattr__(self, "slots", slots)


@dataclass
class Cascade:
    """The compiled grammar of a language.

    `words` gives each word's classes and its value in each; `groups` the names that patterns use for several kinds
    together: of those, a name that begins with ``!`` holds for strong matches only.
    """

    language: str
    rules: Sequence[Rule]
    words: Mapping[str, Mapping[str, object]]
    groups: Mapping[str, frozenset[str]]
    _codes: dict[frozenset[str], str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        literals = {word for rule in self.rules for word in find_literals(rule.pattern)}
        self._classes = {
            word: frozenset(self.words.get(word, {})) | ({f"={word}"} if word in literals else frozenset())
            for word in literals | set(self.words)
        }
        self._vocabulary = Vocabulary(self._classes)
        self._entries = {
            (word, name.lstrip("^_")): entry for word, entries in self.words.items() for name, entry in entries.items()
        }
        kinds = {rule.kind for rule in self.rules}
        for classes in (
            *_UNKNOWN,
            *_NUMBERS,
            *(self._node(kind, is_strong=strong) for kind in sorted(kinds) for strong in (True, False)),
        ):
            self._code(classes)
        for word in sorted(self._classes):
            known = self._classes[word]
            for banned in "^_":
                shaped = frozenset(name.lstrip("^_") for name in known if not name.startswith(banned))
                self._code(shaped)
            if find_numerals(word, self.language):
                self._code(frozenset(name.lstrip("^_") for name in known) | {"N"})
                self._code(frozenset(name.lstrip("^_") for name in known) | {"ONE"})

    def _node(self, kind: str, *, is_strong: bool) -> frozenset[str]:
        """The classes of what a rule gives: its kind and the groups that hold it."""
        names = (
            name for name, kinds in self.groups.items() if kind in kinds and (is_strong or not name.startswith("!"))
        )
        return frozenset((f"<{kind}>", "strong" if is_strong else "weak", *(f"<{name.lstrip('!')}>" for name in names)))

    def _code(self, classes: frozenset[str]) -> str:
        return self._codes.setdefault(classes, chr(0xE000 + len(self._codes)))

    @cached_property
    def _stages(self) -> tuple[_Stage, ...]:
        stages = []
        for stage in sorted({rule.stage for rule in self.rules}):
            rules = tuple(rule for rule in self.rules if rule.stage == stage)
            automaton = Automaton([rule.pattern for rule in rules], [partial(self._codes_of, rule) for rule in rules])
            for rule, is_empty in zip(rules, automaton.is_empty, strict=True):
                if is_empty:
                    raise DataError("the pattern matches where nothing stands", code="lexicon.row", where=rule.where)
            stages.append(_Stage(rules, tuple(self._compile(rule) for rule in rules), automaton))
        return tuple(stages)

    def _compile(self, rule: Rule) -> str:
        parts, slot = [], 0
        for item in ITEM.finditer(rule.pattern):
            if item["open"]:
                parts.append("(?:")
            elif item["close"] or item["bar"]:
                parts.append(item.group())
            else:
                parts.append(self._compile_item(item, rule, f"s{slot}"))
                slot += bool(item["name"])
        return "".join(parts)

    def _compile_item(self, item: re.Match[str], rule: Rule, group: str) -> str:
        sets = [f"[{''.join(self._codes_of(rule, name))}]" for name in item_names(item["what"])]
        if item["look"]:
            return f"(?{'!' if item['look'] == '!' else '='}{''.join(sets)})"
        piece = "".join(sets)
        if item["name"]:
            piece = f"(?P<{group}>{piece})"
        elif item["maybe"] and len(sets) > 1:
            piece = f"(?:{piece})"
        return piece + (item["maybe"] or "")

    def _codes_of(self, rule: Rule, name: str) -> list[str]:
        """The codes of all tokens of a class that a rule asks for."""
        codes = sorted(code for classes, code in self._codes.items() if name in classes)
        if not codes:
            raise DataError(f"no word and no rule gives {name}", code="lexicon.row", where=rule.where)
        return codes

    def read(
        self, text: str, hidden: Sequence[tuple[int, int]] = (), numerals: Sequence[Numeral] | None = None
    ) -> list[Token]:
        """Read a text: its tokens after the last stage, in order; those with a `Found` as value are what was found.

        Args:
            text: any text.
            hidden: passages in order, each of which the rules see as one token of class ``OTHER``.
            numerals: the numbers of the text, where `find_numerals` has found them already.
        """
        stages = self._stages
        found = find_numerals(text, self.language) if numerals is None else numerals
        tokens = find_tokens(text, self.language, self._vocabulary, found)
        if hidden:
            tokens = _hide(tokens, hidden)
        codes = "".join([self._codes.get(token.classes, _NO_CODE) for token in tokens])
        for stage in stages:
            tokens, codes = self._apply(stage, tokens, codes)
        return tokens

    def _apply(self, stage: _Stage, tokens: list[Token], codes: str) -> tuple[list[Token], str]:
        """The tokens after a stage and their codes."""
        reduced: list[Token] = []
        reduced_codes: list[str] = []
        position = 0
        for place in stage.automaton.places(codes):
            found, end = self._first_meaning(stage, tokens, codes, place) if place >= position else (None, place)
            if found is None:
                continue
            classes = self._node(found.kind, is_strong=found.is_strong)
            reduced += tokens[position:place]
            reduced.append(Token(tokens[place].start, tokens[end - 1].end, classes, found))
            reduced_codes += (codes[position:place], self._codes[classes])
            position = end
        return reduced + tokens[position:], "".join(reduced_codes) + codes[position:]

    def _first_meaning(self, stage: _Stage, tokens: list[Token], codes: str, place: int) -> tuple[Found | None, int]:
        """What the first rule that matches at a place and makes sense there gives, and where it ends."""
        for number in stage.automaton.patterns_at(codes, place):
            match = stage.expression(number).match(codes, place)
            if match is None:
                continue
            rule = stage.rules[number]
            meaning = rule.meaning(self._slots(rule, tokens, match))
            if meaning is not None:
                inner = [token.value for token in tokens[place : match.end()] if isinstance(token.value, Found)]
                names = tuple(name for found in inner for name in found.rules)
                return Found(rule.kind, meaning, rule.is_strong, (*names, rule.name)), match.end()
        return None, place

    def _slots(self, rule: Rule, tokens: list[Token], match: re.Match[str]) -> Slots:
        values = {}
        for slot, (name, wanted) in enumerate(rule.slots):
            start = match.start(f"s{slot}")
            if start >= 0:
                token = tokens[start]
                values[name] = self._entries.get((token.word, wanted), token.value)
        return Slots(values)


@dataclass
class _Stage:
    """The rules of a stage: which of them can match, and each as an expression, compiled when it is first needed."""

    rules: tuple[Rule, ...]
    sources: tuple[str, ...]
    automaton: Automaton
    _compiled: dict[int, re.Pattern[str]] = field(default_factory=dict)

    def expression(self, number: int) -> re.Pattern[str]:
        """One rule's expression."""
        compiled = self._compiled.get(number)
        if compiled is None:
            compiled = self._compiled[number] = re.compile(self.sources[number])
        return compiled


def _hide(tokens: list[Token], hidden: Sequence[tuple[int, int]]) -> list[Token]:
    """Put one token in the place of those that begin in a hidden passage."""
    starts = [token.start for token in tokens]
    kept: list[Token] = []
    position = 0
    for start, end in hidden:
        first, last = bisect_left(starts, start, position), bisect_left(starts, end, position)
        if first < last:
            kept += tokens[position:first]
            kept.append(Token(start, end, _HIDDEN, None))
            position = last
    return kept + tokens[position:]
