"""From a node back to the claims and the passage behind it."""

from __future__ import annotations

import pytest

from kg.validation import claims_behind
from kg.validation.usage import Usage, offsets
from kg.vocab import DEFAULT_BASE
from tests.validation.base import base_triples, short, turtle

BASE = sorted(base_triples())


def term(name: str) -> str:
    """A term by the name that the base gives it."""
    (quad,) = turtle(f"{name} a kg:Thing .")
    return str(quad.subject)


def behind(name: str) -> set[str]:
    return {short(claim).removeprefix("a:00000000") for claim in claims_behind(term(name), BASE)}


@pytest.mark.parametrize(
    ("node", "claims"),
    [
        ("a:00000000c003", {"c003"}),
        ("event:e2", {"c003"}),
        ("event:e1", {"c001", "c002", "c003"}),
        ("agent:ilse-brandt", {"c004", "c008", "c009"}),
        ("post:foreign-minister-4d5e6f", {"c008"}),
        ("time:0000000000a3", {"c005", "c006"}),
        ("<doc/753a03df4c906815#char=34,130>", {"c001"}),
        ("<doc/753a03df4c906815#char=34,130;selector>", {"c001"}),
        ("<doc/753a03df4c906815#char=71,80;selector>", {"c001"}),
        ("agent:norland-foreign-ministry", {"c008"}),
        ("<http://e/nobody>", set()),
    ],
)
def test_a_node_belongs_to_the_claims_that_lead_to_it(node: str, claims: set[str]) -> None:
    assert behind(node) == claims


def test_a_mention_that_no_claim_leads_to_belongs_to_the_claims_of_what_it_means() -> None:
    assert behind("<doc/753a03df4c906815#char=99,112>") == {"c001"}
    assert behind("<doc/753a03df4c906815#char=364,383>") == {"c004"}


def test_the_document_and_its_reading_belong_to_all_claims_of_the_document() -> None:
    every = {f"c00{n}" for n in "123456789a"}
    assert behind("<extraction/753a03df4c906815/claim-file>") == every
    assert behind("<doc/753a03df4c906815>") >= every


def test_nodes_that_lead_to_each_other_end_the_search() -> None:
    p = "<http://e/p>"
    assert claims_behind("<a:x>", [("<a:x>", p, "<a:y>"), ("<a:y>", p, "<a:x>")]) == frozenset()


@pytest.mark.parametrize(
    ("node", "passage"),
    [
        ("a:00000000c001", (34, 130)),
        ("time:0000000000a1", (71, 80)),
        ("<doc/753a03df4c906815#char=0,32>", (0, 32)),
        ("<doc/753a03df4c906815#char=0,32;selector>", (0, 32)),
        ("event:e1", None),
        ("agent:norland", None),
    ],
)
def test_a_node_is_about_a_passage(node: str, passage: tuple[int, int] | None) -> None:
    assert Usage(BASE).passage(term(node)) == passage


def test_of_several_passages_one_is_told_whatever_the_order() -> None:
    claim, evidence = "<http://e/c>", "<https://w3id.org/kg-news/ontology#evidence>"
    spans = [(claim, evidence, f"<{DEFAULT_BASE}id/doc/x#char={n},{n + 1}>") for n in (3, 1, 2)]
    assert Usage(spans).passage(claim) == Usage(spans[::-1]).passage(claim) == (1, 2)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("<a:d#char=3,14>", (3, 14)),
        ("<a:d#char=3>", None),
        ("<a:d#char=a,b>", None),
        ("_:b", None),
        (f"<a:#char={'9' * 20},1>", None),
    ],
)
def test_offsets_are_read_from_the_name_of_a_passage(name: str, expected: tuple[int, int] | None) -> None:
    assert offsets(name) == expected
