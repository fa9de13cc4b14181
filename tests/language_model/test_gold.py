"""A model that answers with the gold's words gives the gold's claims."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.language_model.desk import examples, model, truthful
from tests.language_model.gold import Example, gold_files, plain
from tests.language_model.stub import Body, Said


@pytest.mark.parametrize("number", range(len(gold_files())), ids=[path.name.split(".")[0] for path in gold_files()])
def test_the_words_of_gold_give_the_claims_of_gold(tmp_path: Path, number: int) -> None:
    example = examples()[number]
    with model(tmp_path, truthful(examples()), "context = 60000\nanswer = 30000") as (extractor, bodies):
        found = extractor.read(example.report)
    assert found.rejections == ()
    assert len(bodies) == 1, "the report fits into one request"
    assert sorted(plain(found.claims)) == sorted(plain(_ordered(example)))
    assert {claim.method.extractor for claim in found.claims if claim.method} == {"model-1-stub-1b"}


def _ordered(example: Example) -> list[object]:
    from kg.language_model.ordering import number

    return list(number(example.claims))
