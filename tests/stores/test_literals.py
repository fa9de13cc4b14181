"""The literal profile: what stores give back as it was given."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.stores.literals import find_outside, find_outside_quads
from tests.stores.terms import KEPT, REFUSED


@pytest.mark.parametrize("title", KEPT)
def test_a_term_that_stores_keep_is_inside(title: str) -> None:
    assert find_outside([f"<urn:a> <urn:b> {KEPT[title]} ."]) == []
    assert list(find_outside_quads(f"<urn:a> <urn:b> {KEPT[title]} <urn:g> .\n".encode())) == []


@pytest.mark.parametrize("title", REFUSED)
def test_a_term_that_stores_change_is_outside(title: str) -> None:
    (problem,) = find_outside([f"<urn:claim> <urn:b> {REFUSED[title]} ."])
    assert problem.subject == "urn:claim"
    assert list(find_outside_quads(f"<urn:claim> <urn:b> {REFUSED[title]} <urn:g> .\n".encode())) == [problem]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("_:b <urn:b> <urn:c> .", "blank node"),
        ("<urn:a> <urn:b> _:c .", "blank node"),
        ("<urn:a> <urn:b> <<( <urn:a> <urn:b> <urn:c> )>> .", "triple term"),
        ('<urn:a> <urn:b> "a\tb" .', "canonical"),
        ('<urn:a> <urn:b> "x"@EN .', "canonical"),
    ],
)
def test_what_is_no_canonical_statement_is_outside(line: str, reason: str) -> None:
    (problem,) = find_outside([line])
    assert reason in problem.reason


@given(st.lists(st.sampled_from([*KEPT.values(), *REFUSED.values()]), max_size=12))
def test_the_look_in_bulk_finds_what_the_look_at_each_line_finds(terms: list[str]) -> None:
    lines = [f"<urn:c{number}> <urn:p> {term}" for number, term in enumerate(terms)]
    in_bulk = list(find_outside_quads("".join(f"{line} <urn:g> .\n" for line in lines).encode()))
    assert in_bulk == find_outside(f"{line} ." for line in lines)
    assert [problem.subject for problem in in_bulk] == [
        f"urn:c{number}" for number, term in enumerate(terms) if term in REFUSED.values()
    ]
