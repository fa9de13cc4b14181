"""The matching rules on single things."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.evaluation.matching import (
    dice,
    has_overlap,
    has_passage_overlap,
    has_union_ratio,
    is_compatible,
    is_same_entity,
    is_same_or_none,
    is_same_pair,
    is_same_post,
    is_same_relation,
    normalise,
    pair_most,
)
from kg.records import Entity, Time
from tests.evaluation import cases


def mention(name: str, start: int, length: int = 4, **fields: Any) -> Entity:
    return Entity.model_validate(cases.entity(name, start, length, **fields))


def bounds(earliest: str | None, latest: str | None) -> Time:
    return Time.model_validate(cases.time(earliest, latest))


@pytest.mark.parametrize(
    ("start", "length", "same"),
    [(10, 10, True), (15, 10, True), (16, 10, False), (18, 4, True), (19, 4, False), (20, 10, False), (0, 100, True)],
)
def test_entities_whose_spans_share_half_of_the_shorter_are_the_same(start: int, length: int, same: bool) -> None:  # noqa: FBT001
    assert is_same_entity(mention("A", 10, 10), mention("B", start, length)) is same


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ({"name": "Ruritania"}, {"name": "RURITANIA"}, True),
        ({"name": "Côte d’Ivoire"}, {"name": "Cote d'Ivoire"}, True),
        ({"name": "U.S. Army"}, {"name": "US  Army"}, True),
        ({"name": "A", "text": "Ruritania"}, {"name": "Ruritania"}, True),
        ({"name": "Ruritania"}, {"name": "B", "text": "ruritania"}, True),
        ({"name": "A", "text": "il"}, {"name": "B", "text": "il"}, False),
        ({"name": "Ruritania"}, {"name": "Ruritanian Army"}, False),
        ({"name": "?"}, {"name": "!", "text": "…"}, False),
    ],
)
def test_entities_elsewhere_are_the_same_by_name_but_not_by_words_alone(
    a: dict[str, Any],
    b: dict[str, Any],
    same: bool,  # noqa: FBT001
) -> None:
    assert is_same_entity(mention(start=0, **a), mention(start=50, **b)) is same
    assert is_same_entity(mention(start=50, **b), mention(start=0, **a)) is same


def test_type_and_iri_of_entities_are_not_compared() -> None:
    a = mention("Ruritania", 0, type="State", id="https://example.org/a")
    assert is_same_entity(a, mention("Ruritania", 50, type="Place", id="https://example.org/b"))


def test_two_absent_entities_are_equal_and_one_absent_is_not() -> None:
    assert is_same_or_none(None, None)
    assert not is_same_or_none(None, mention("A", 0))
    assert not is_same_or_none(mention("A", 0), None)


@pytest.mark.parametrize(
    ("text", "normal"), [("L'Élysée", "lelysee"), ("Straße  Nº 1", "strasse no 1"), ("¿Qué?", "que"), ("—", "")]
)
def test_normalised_texts_have_no_case_accent_or_punctuation(text: str, normal: str) -> None:
    assert normalise(text) == normal


@pytest.mark.parametrize(
    ("gold", "system", "overlap"),
    [
        ([(0, 10)], [(7, 17)], True),
        ([(0, 10)], [(8, 18)], False),
        ([(0, 100)], [(97, 107)], True),
        ([(0, 100)], [(98, 108)], False),
        ([(0, 100)], [(70, 170)], True),
        ([(0, 100)], [(71, 171)], False),
        ([(0, 10), (50, 60)], [(50, 60)], True),
        ([(0, 10)], [(70, 80), (0, 10)], True),
        ([(0, 10), (50, 60)], [(70, 80), (50, 60)], False),
    ],
)
def test_passages_overlap_by_three_tenths_of_the_shorter_and_one_of_the_two_is_a_main_one(
    gold: list[tuple[int, int]],
    system: list[tuple[int, int]],
    overlap: bool,  # noqa: FBT001
) -> None:
    assert has_passage_overlap(tuple(gold), tuple(system)) is overlap
    assert has_passage_overlap(tuple(system), tuple(gold)) is overlap


def test_overlap_is_measured_on_the_shorter_span_and_the_quotation_on_the_union() -> None:
    assert has_overlap((0, 100), (0, 30), 30)
    assert has_union_ratio((0, 100), (0, 30), 30)
    assert has_overlap((0, 100), (0, 29), 30)
    assert not has_union_ratio((0, 100), (0, 29), 30)


def test_dice_counts_each_character_of_the_evidence_once() -> None:
    assert dice(((0, 10),), ((0, 10),)) == 1
    assert dice(((0, 10),), ((5, 15),)) == 0.5
    assert dice(((0, 10), (5, 15)), ((0, 15),)) == 1
    assert dice(((0, 10), (20, 30)), ((20, 30),)) == pytest.approx(2 / 3)


@pytest.mark.parametrize(
    ("gold", "system", "compatible"),
    [
        (("2024-05-10", "2024-05-10"), ("2024-05-10", "2024-05-11"), True),
        (("2024-05-10", "2024-05-10"), ("2024-05-09", "2024-05-11"), False),
        (("2024-05-01", "2024-05-31"), ("2024-05-31", "2024-06-02"), True),
        (("2024-05-01", "2024-05-31"), ("2024-06-01", "2024-06-02"), False),
        (("2024-05-01", "2024-05-31"), ("2024-04-01", "2024-04-30"), False),
        (("2024-05-01", "2024-05-31"), ("2024-05-07", "2024-05-07"), True),
        (("2024-05-01", "2024-05-31"), (None, "2024-05-31"), False),
        (("2024-05-01", "2024-05-31"), ("2024-05-01", None), False),
        (("2024-05-01", None), ("2024-05-20", None), True),
        (("2024-05-01", None), ("2020-01-01", "2024-05-01"), True),
        (("2024-05-01", None), ("2020-01-01", "2024-04-30"), False),
        (("2024-05-01", None), (None, "2024-05-20"), False),
        ((None, "2024-05-01"), (None, "2020-01-01"), True),
        ((None, "2024-05-01"), (None, None), False),
        ((None, None), (None, None), True),
        ((None, None), ("2024-05-01", "2024-05-01"), False),
        ((None, None), ("2024-05-01", None), False),
    ],
)
def test_a_time_is_compatible_that_meets_gold_is_not_more_open_and_at_most_twice_as_long(
    gold: tuple[str | None, str | None],
    system: tuple[str | None, str | None],
    compatible: bool,  # noqa: FBT001
) -> None:
    assert is_compatible(bounds(*gold), bounds(*system)) is compatible


def test_no_time_is_compatible_with_no_gold_time() -> None:
    assert not is_compatible(bounds(None, None), None)


def test_posts_are_the_same_by_person_and_organization() -> None:
    gold = cases.post()
    elsewhere = cases.post(
        evidence=[[90, 99]], post="soldier", person=cases.entity("Ada Lorne", 90), organization=cases.entity("army", 95)
    )
    assert is_same_post(gold, elsewhere)
    assert not is_same_post(gold, cases.post(organization=None))
    assert is_same_post(cases.post(organization=None), cases.post(organization=None))
    assert not is_same_post(gold, cases.post(person=cases.entity("Bo Kern", 0)))


def test_a_relation_has_a_direction_and_an_unlabelled_pair_has_none() -> None:
    a, b = cases.entity("A", 0), cases.entity("B", 10)
    gold, turned = cases.relation(subject=a, object=b), cases.relation(subject=b, object=a)
    assert not is_same_relation(gold, turned)
    assert is_same_pair(gold, turned)
    assert is_same_pair(gold, cases.relation(subject=a, object=b, relation="opposes"))
    assert not is_same_relation(gold, cases.relation(subject=a, object=b, relation="opposes"))
    assert not is_same_pair(gold, cases.relation(subject=a, object=cases.entity("C", 20)))


def test_one_entity_that_fits_two_slots_goes_where_both_get_a_partner() -> None:
    fits = {(0, 0), (0, 1), (1, 0)}
    assert pair_most([0, 1], [0, 1], lambda i, j: (i, j) in fits) == [(0, 1), (1, 0)]


@given(st.sets(st.tuples(st.integers(0, 4), st.integers(0, 4))))
def test_pairs_are_as_many_as_any_order_could_give(fits: set[tuple[int, int]]) -> None:
    pairs = pair_most(range(5), range(5), lambda i, j: (i, j) in fits)
    assert set(pairs) <= fits
    assert len({i for i, _ in pairs}) == len({j for _, j in pairs}) == len(pairs)
    assert len(pairs) == max(sum((i, j) in fits for i, j in enumerate(order)) for order in permutations(range(5)))


def test_a_long_chain_of_pairs_that_must_move_is_no_problem() -> None:
    size = 3000
    assert len(pair_most(range(size), range(size), lambda i, j: j - i in (0, 1) if i < size - 1 else j == 0)) == size
