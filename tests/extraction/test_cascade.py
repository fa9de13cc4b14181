"""The machinery below the grammars of times and numbers: which rules can match at a place, and what a wrong rule says."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import DataError
from kg.extraction.coverage import Coverage
from kg.extraction.grammar.automaton import Automaton
from kg.extraction.grammar.cascade import Cascade, Rule
from kg.extraction.grammar.patterns import ITEM

CODES = {"A": "abx", "B": "bcx", "C": "cd", "D": "d"}
"""The codes of the tokens of each class: they overlap, as the classes of words do."""
ITEMS = st.sampled_from(("A", "B", "C", "D", "A?", "B?", "m:C", "!D", "&C", "(A | B C)", "(C D?)?", "(A | (B)? D)"))
PATTERNS = st.lists(ITEMS, min_size=1, max_size=5).map(" ".join)


def expression(pattern: str) -> re.Pattern[str]:
    """The same pattern as a regular expression, item by item."""
    parts = []
    for item in ITEM.finditer(pattern):
        if item["what"]:
            look = {"!": "(?!{})", "&": "(?={})"}.get(item["look"] or "", "{}")
            parts.append(look.format(f"[{CODES[item['what']]}]") + (item["maybe"] or ""))
        else:
            parts.append("(?:" if item["open"] else item.group())
    return re.compile("".join(parts))


@given(patterns=st.lists(PATTERNS, min_size=1, max_size=6), codes=st.text("abcdxy", max_size=12))
@settings(max_examples=400, deadline=None)
def test_every_pattern_that_matches_at_a_place_is_named_there(patterns: list[str], codes: str) -> None:
    automaton = Automaton(patterns, [lambda name: CODES[name]] * len(patterns))
    places = set(automaton.places(codes))
    for place in range(len(codes)):
        named = automaton.patterns_at(codes, place)
        assert named == sorted(set(named))
        for number, pattern in enumerate(patterns):
            match = expression(pattern).match(codes, place)
            if match is not None and match.end() > place:
                assert number in named
                assert place in places
    assert automaton.is_empty == tuple(
        bool(expression(re.sub(r"[!&]\w+", "", pattern)).fullmatch("")) for pattern in patterns
    )


def test_without_looking_ahead_only_patterns_that_match_are_named() -> None:
    automaton = Automaton(["A B", "A C?", "D"], [lambda name: CODES[name]] * 3)
    assert automaton.patterns_at("ac", 0) == [0, 1]
    assert automaton.patterns_at("ad", 0) == [1]
    assert automaton.patterns_at("yy", 0) == []


def rule(pattern: str) -> Rule:
    """A rule of this pattern on line 7 of a table."""
    return Rule(
        name="r", stage=1, kind="day", is_strong=True, pattern=pattern, meaning=lambda _: True, where="own.tsv:7"
    )


@pytest.mark.parametrize(("pattern", "message"), [("(WORD)?", "nothing"), ("NOSUCH", "NOSUCH")])
def test_a_wrong_pattern_is_told_with_its_file_and_line(pattern: str, message: str) -> None:
    with pytest.raises(DataError, match=message) as caught:
        Cascade("en", [rule(pattern)], {}, {}).read("some words")
    assert caught.value.where == "own.tsv:7"


STRETCHES = st.lists(st.tuples(st.integers(0, 300), st.integers(1, 90)), max_size=4)


@given(things=st.lists(STRETCHES, max_size=12), first=st.integers(0, 300), length=st.integers(1, 80))
@settings(max_examples=300, deadline=None)
def test_all_things_that_stand_at_a_token_are_near_it_in_their_order(
    things: list[list[tuple[int, int]]], first: int, length: int
) -> None:
    coverage: Coverage[int] = Coverage()
    for number, stretches in enumerate(things):
        place = coverage.append(number)
        for start, size in stretches:
            coverage.widen(place, start, start + size)
    near = coverage.near(first, first + length)
    there = [
        number
        for number, stretches in enumerate(things)
        if any(start < first + length and first < start + size for start, size in stretches)
    ]
    assert near == sorted(near)
    assert set(there) <= set(near)
