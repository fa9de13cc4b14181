"""A model that answers with the gold's words gives the gold's claims, in one request or in many."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.language_model.ordering import number as numbered
from tests.language_model.desk import examples, model, truthful
from tests.language_model.gold import gold_files, plain
from tests.language_model.holding import assert_held
from tests.language_model.stub import asked

NAMES = [path.name.split(".")[0] for path in gold_files()]


def test_there_is_gold_to_compare_with() -> None:
    assert len(NAMES) >= 12
    assert sum(len(example.claims) for example in examples()) > 400


@pytest.mark.parametrize("index", range(len(NAMES)), ids=NAMES)
def test_the_words_of_gold_give_the_claims_of_gold(tmp_path: Path, index: int) -> None:
    example = examples()[index]
    with model(tmp_path, truthful(examples()), "context = 60000\nanswer = 30000") as (extractor, bodies):
        found = extractor.read(example.report)
    assert_held(found, example.report)
    assert found.rejections == ()
    assert len(bodies) == 1, "the report fits into one request"
    assert sorted(plain(found.claims)) == sorted(plain(numbered(example.claims)))
    assert {claim.method.extractor for claim in found.claims if claim.method} == {"model-1-stub-1b"}


def test_a_report_that_is_longer_than_the_context_is_read_in_parts_that_know_of_each_other(tmp_path: Path) -> None:
    example = examples()[0]
    with model(tmp_path, truthful(examples()), "context = 8000\nanswer = 2400") as (extractor, bodies):
        found = extractor.read(example.report)
    assert_held(found, example.report)
    assert len(bodies) > 2
    first, *rest = map(asked, bodies)
    assert "earlier" not in first
    for before, data in zip(map(asked, bodies), rest, strict=False):
        assert data["context"], "the last sentences of the part before are repeated"
        assert data["context"] == (before["context"] + before["sentences"])[-len(data["context"]) :]
        assert data["earlier"]["entities"]
        assert data["earlier"]["events"]
    numbers = [sentence["number"] for data in map(asked, bodies) for sentence in data["sentences"]]
    assert numbers == list(range(1, len(example.sentences) + 1)), "each sentence is asked about once"
    gold = plain(numbered(example.claims))
    assert sum(claim in gold for claim in plain(found.claims)) > len(gold) // 2
    lost = {fault.code for rejection in found.rejections for fault in rejection.faults}
    assert lost <= {"claim.regarding", "claim.restates", "sentence.unknown"}, "only what refers to later parts is lost"
