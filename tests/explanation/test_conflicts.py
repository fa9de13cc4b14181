"""The rules of conflict and corroboration: what each finds, and what looks like it and is none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib.plugins.sparql

from kg.explanation import Conflict, Graph, find_conflicts
from kg.queries import read_question
from kg.resources import conflict_files, corroboration_files
from kg.store import open_database
from kg.vocab import DEFAULT_BASE
from tests.explanation.planted import CASES, claim_iri, turtle

RULES = (*conflict_files(), *corroboration_files())
Pairs = set[tuple[str, int]]


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Graph]:
    """The planted pairs in a database."""
    folder = tmp_path_factory.mktemp("planted")
    triples = ox.parse(turtle().encode(), format=ox.RdfFormat.TURTLE)
    lines = sorted(f"{t.subject} {t.predicate} {t.object} <urn:graph> .\n" for t in triples)
    (folder / "kg.nq").write_text("".join(lines), encoding="utf-8")
    with open_database(folder / "kg.nq", folder / "store") as database:
        yield Graph(database, DEFAULT_BASE)


@pytest.fixture(scope="module")
def found(graph: Graph) -> list[Conflict]:
    """All pairs that the shipped rules find."""
    return [*find_conflicts(graph), *find_conflicts(graph, corroborated=True)]


@pytest.fixture(scope="module")
def pairs(found: list[Conflict]) -> Pairs:
    """Each rule with the number of the planted pair that it found; nothing is found across pairs."""
    numbers: Pairs = set()
    for conflict in found:
        one, other = (re.search(r"claim/(\d+)-", claim.iri) for claim in (conflict.claim, conflict.other))
        assert one is not None
        assert other is not None
        assert one[1] == other[1]
        numbers.add((conflict.rule, int(one[1])))
    return numbers


@pytest.mark.parametrize("number", range(len(CASES)), ids=lambda number: f"{CASES[number]['rule']}-{number}")
def test_a_planted_pair_is_found_and_a_near_miss_is_not(number: int, pairs: Pairs) -> None:
    case = CASES[number]
    assert ((case["rule"], number) in pairs) == case["found"], case["reason"]


def test_every_rule_has_a_pair_that_it_finds_and_two_that_it_must_not() -> None:
    for path in RULES:
        told = [case["found"] for case in CASES if case["rule"] == path.stem]
        assert told.count(True) >= 1, path.stem
        assert told.count(False) >= 2, path.stem


def test_a_near_miss_of_one_rule_is_no_find_of_a_rule_of_the_same_kind(pairs: Pairs) -> None:
    conflicting = {path.stem for path in conflict_files()}
    for number, case in enumerate(CASES):
        if not case["found"] and case["rule"] in conflicting:
            others = {rule for rule, n in pairs if n == number and rule in conflicting}
            assert others == set(), case["reason"]


def test_pairs_come_once_and_in_the_order_of_rules_and_documents(found: list[Conflict]) -> None:
    told = [
        (c.rule, c.claim.document.date, c.claim.document.key)
        for c in found
        if c.rule in {p.stem for p in conflict_files()}
    ]
    assert told == sorted(told)
    both = [(c.rule, frozenset({c.claim.iri, c.other.iri})) for c in found]
    assert len(set(both)) == len(both)


def test_the_answer_is_the_same_on_every_run(graph: Graph, found: list[Conflict]) -> None:
    again = [*find_conflicts(graph), *find_conflicts(graph, corroborated=True)]
    assert again == found


@pytest.mark.parametrize("path", RULES, ids=lambda path: path.stem)
def test_a_rule_says_what_it_finds_in_both_languages_and_stands_alone(path: Path) -> None:
    rule = read_question(path)
    assert rule.english.endswith(".")
    assert rule.french.endswith(".")
    rdflib.plugins.sparql.prepareQuery(rule.text)


@pytest.mark.parametrize("path", RULES, ids=lambda path: path.stem)
def test_two_engines_find_the_same_pairs(path: Path) -> None:
    text, planted = path.read_text(encoding="utf-8"), turtle(path.stem)
    by_rdflib = rdflib.Graph().parse(data=planted, format="turtle").query(text)
    store = ox.Store()
    store.load(planted.encode(), ox.RdfFormat.TURTLE)
    by_pyoxigraph = store.query(text)
    assert isinstance(by_pyoxigraph, ox.QuerySolutions)
    expected = {(row["claim"].value, row["other"].value) for row in by_pyoxigraph}
    assert expected
    assert {(str(row.claim), str(row.other)) for row in by_rdflib} == expected  # type: ignore[union-attr]


def test_a_claim_is_told_with_its_document_claimant_and_content(found: list[Conflict]) -> None:
    number = next(n for n, case in enumerate(CASES) if case["rule"] == "tolls-that-do-not-meet")
    iris = {claim_iri(number, side) for side in ("one", "other")}
    (conflict,) = (c for c in found if c.rule == "tolls-that-do-not-meet" and {c.claim.iri, c.other.iri} == iris)
    by_id = {claim.id: claim for claim in (conflict.claim, conflict.other)}
    assert by_id["one"].claimant.name == f"Velmar{number}"
    assert [value.name for value in by_id["one"].content["deathsHigh"]] == ["4"]
    assert by_id["other"].document.publisher == "Example Press"
    assert by_id["other"].passages == ((0, 9),)
