"""Documents in, scores out."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from kg.errors import DataError
from kg.evaluation import UNKNOWN_LANGUAGE, Case, evaluate, fingerprint
from kg.records import Claim
from tests import invented
from tests.evaluation import cases


def case(number: int, gold: list[Claim], system: list[Claim], language: str | None = "en") -> Case:
    """The invented claims as those of another document."""
    document = f"{number:064x}"
    g, s = ([claim.model_copy(update={"document": document}) for claim in side] for side in (gold, system))
    return Case(document, f"document {number}", g, s, language)


def test_counts_of_documents_add_up() -> None:
    claims = invented.claims()
    found = evaluate([case(1, claims, claims), case(2, claims, claims[:1]), case(3, claims, [])])
    assert cases.counts(found.scores.layer("claims")) == (5, 12, 5)
    assert cases.counts(found.scores.layer("events")) == (2, 3, 2)
    assert (found.scores.documents, found.scores.gold, found.scores.system) == (3, 12, 5)
    assert cases.counts(found.scores.types["attack"]) == (2, 3, 2)


def test_claims_of_two_documents_are_never_aligned() -> None:
    claims = invented.claims()
    found = evaluate([case(1, claims, []), case(2, claims[:1], claims)])
    assert cases.counts(found.scores.layer("posts")) == (0, 1, 1)


def test_each_language_has_its_scores() -> None:
    claims = invented.claims()
    found = evaluate([case(1, claims, claims, "fr"), case(2, claims, [], "en"), case(3, claims, claims, None)])
    assert list(found.languages) == ["en", "fr", UNKNOWN_LANGUAGE]
    assert cases.counts(found.languages["en"].layer("claims")) == (0, 4, 0)
    assert cases.counts(found.languages["fr"].layer("claims")) == (4, 4, 4)
    assert found.languages["fr"].types.keys() == {"attack"}


def test_the_order_of_documents_means_nothing() -> None:
    claims = invented.claims()
    many = [case(number, claims, claims[:number], "fr" if number % 2 else "en") for number in range(4)]
    assert evaluate(many, with_mistakes=True) == evaluate(many[::-1], with_mistakes=True)


def test_no_gold_is_an_error_and_no_score() -> None:
    for nothing in ([], [case(1, [], invented.claims())]):
        with pytest.raises(DataError, match="no gold claim"):
            evaluate(nothing)


def test_a_document_that_comes_twice_is_an_error() -> None:
    one = case(1, invented.claims(), [])
    with pytest.raises(DataError, match="the same document as document 1"):
        evaluate([one, replace(one, name="again")])


def test_a_claim_about_another_document_is_an_error() -> None:
    with pytest.raises(DataError, match="c1 is about another document"):
        evaluate([replace(case(1, invented.claims(), []), system=invented.claims())])


def test_an_id_that_comes_twice_is_an_error() -> None:
    claims = invented.claims()
    with pytest.raises(DataError, match="two claims of one side have one id"):
        evaluate([case(1, claims, [*claims, cases.event()])])


def test_a_layer_with_nothing_to_score_has_no_value() -> None:
    post = invented.claims()[2:3]
    found = evaluate([case(1, post, post)])
    values = cases.layer_values(found)
    assert {layer for layer, value in values.items() if value is not None} == {
        "claimant", "polarity", "modality", "posts", "claims",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("fields", "is_other"),
    [({"polarity": "denied"}, True), ({"evidence": [[0, 45]]}, True), ({"id": "c77", "restates": "c2"}, False),
     ({"review": {"reviewer": "A. Reader", "date": "2026-01-01"}}, False)],
)  # fmt: skip
def test_the_fingerprint_tells_other_gold_from_reviewed_or_sorted_gold(fields: dict[str, Any], is_other: bool) -> None:  # noqa: FBT001
    claims = invented.claims()
    changed = [invented.claim(invented.attack(**fields)), *claims[1:]]
    assert (fingerprint(changed[::-1]) != fingerprint(claims)) is is_other
