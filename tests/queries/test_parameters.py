"""Named parameters: read as people write them, bound as terms."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kg.errors import DataError, UsageError
from kg.guard import check_query
from kg.iris import quoted
from kg.queries import parse_term
from kg.queries.parameters import bind
from kg.vocab import DEFAULT_BASE, project_prefixes

PREFIXES = project_prefixes(DEFAULT_BASE)
XSD = "http://www.w3.org/2001/XMLSchema#"

GRAPH = """
@prefix : <http://a/> .
:one :knows :two ; :age 1 ; :name "One" .
:two :knows :three ; :age 2 ; :name "Deux"@fr .
:three :age 3 .
"""


def answer(query: str, **values: str) -> list[tuple[str | None, ...]]:
    """Evaluate a query over `GRAPH` with parameters."""
    store = ox.Store()
    store.load(GRAPH.encode(), ox.RdfFormat.TURTLE)
    text = bind(check_query(query), values)
    results = store.query(text, prefixes={"": "http://a/"})
    assert isinstance(results, ox.QuerySolutions)
    return sorted(tuple(None if term is None else getattr(term, "value", "") for term in row) for row in results)


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("agent:armenia", f"<{DEFAULT_BASE}id/agent/armenia>"),
        ("doc:0123456789abcdef#char=0,9", f"<{DEFAULT_BASE}id/doc/0123456789abcdef#char=0,9>"),
        ("<http://a/b>", "<http://a/b>"),
        ("https://a/b?c=d@e", "<https://a/b?c=d@e>"),
        ("urn:isbn:0", "<urn:isbn:0>"),
        ("4", f'"4"^^<{XSD}integer>'),
        ("-4", f'"-4"^^<{XSD}integer>'),
        ("2.50", f'"2.50"^^<{XSD}decimal>'),
        ("true", f'"true"^^<{XSD}boolean>'),
        ("2023-06-01^^xsd:date", f'"2023-06-01"^^<{XSD}date>'),
        ('"2023-06-01"^^<http://a/type>', '"2023-06-01"^^<http://a/type>'),
        ("trêve@fr", '"trêve"@fr'),
        ("cease fire@en-GB", '"cease fire"@en-gb'),
        ('"4"', '"4"'),
        ('"a@fr"', '"a@fr"'),
        ('""', '""'),
        ("2023-06-01", '"2023-06-01"'),
        ("007", '"007"'),
        ("a plain: string", '"a plain: string"'),
        ('say "no"', '"say \\"no\\""'),
    ],
)
def test_a_term_is_read_as_people_write_it(text: str, term: str) -> None:
    assert parse_term(text, PREFIXES) == term


@pytest.mark.parametrize(
    "text", ["unknown:name", "<no iri>", "<http://a/b c>", "1^^unknown:type", "http://a/{b}", "a\udc80b"]
)
def test_what_is_no_term_is_refused(text: str) -> None:
    with pytest.raises(UsageError):
        parse_term(text, PREFIXES)


def test_a_parameter_of_the_select_clause_is_bound_and_shown() -> None:
    assert answer("SELECT ?who ?age { ?who :age ?age }", who="<http://a/two>") == [("http://a/two", "2")]


def test_a_parameter_that_only_a_filter_names_is_bound() -> None:
    assert answer("SELECT ?who { ?who :age ?age FILTER(?age > ?least) }", least=f'"1"^^<{XSD}integer>') == [
        ("http://a/three",),
        ("http://a/two",),
    ]


def test_a_parameter_holds_inside_optional_union_exists_minus_and_sub_queries() -> None:
    two = "<http://a/two>"
    age = f'"2"^^<{XSD}integer>'
    assert answer("SELECT ?x ?n { ?x :age ?a OPTIONAL { ?x :name ?n FILTER(?x = ?who) } }", who=two) == [
        ("http://a/one", None),
        ("http://a/three", None),
        ("http://a/two", "Deux"),
    ]
    assert answer("SELECT ?x { { ?x :age ?a } UNION { ?x :knows ?y FILTER(?a = 2) } }", a=age) == [
        ("http://a/one",),
        ("http://a/two",),
        ("http://a/two",),
    ]
    assert answer("SELECT ?x { ?x :age ?a FILTER NOT EXISTS { ?x :knows ?y FILTER(?y = ?who) } }", who=two) == [
        ("http://a/three",),
        ("http://a/two",),
    ]
    assert answer("SELECT ?x { ?x :age ?a MINUS { ?x :age ?b FILTER(?b = ?n) } }", n=age) == [
        ("http://a/one",),
        ("http://a/three",),
    ]
    assert answer("SELECT ?x { { SELECT (MAX(?a) AS ?x) { ?s :age ?a FILTER(?a <= ?n) } } }", n=age) == [("2",)]


def test_a_parameter_may_be_what_a_query_groups_by() -> None:
    assert answer("SELECT ?who (COUNT(*) AS ?n) { ?who ?p ?o } GROUP BY ?who", who="<http://a/one>") == [
        ("http://a/one", "3")
    ]


def test_values_and_templates_of_the_query_are_left_alone() -> None:
    one = "<http://a/one>"
    assert answer("SELECT ?x { VALUES ?x { :one :two } ?x :age ?a }", x=one) == [("http://a/one",)]
    assert answer("SELECT ?x { VALUES (?x ?a) { (:one 1) (:two 1) } ?x :age ?a }", x=one) == [("http://a/one",)]
    text = bind(check_query("CONSTRUCT { ?x :was ?a } WHERE { ?x :age ?a }"), {"x": one})
    assert text.count("VALUES") == 1
    assert text.index("VALUES") > text.index("WHERE")


def test_a_name_that_the_query_does_not_have_is_an_error() -> None:
    with pytest.raises(DataError, match=r"no variable \?whom"):
        bind(check_query("SELECT ?who { ?who :age ?age }"), {"whom": "<http://a/one>"})


@pytest.mark.parametrize("query", ["CONSTRUCT WHERE { ?x ?p ?o }", "DESCRIBE ?x"])
def test_a_form_without_a_place_for_values_says_so(query: str) -> None:
    with pytest.raises(DataError, match="no place for parameters"):
        bind(check_query(query), {"x": "<http://a/one>"})


HOSTILE = st.text(alphabet=st.sampled_from("\"'\\\n\r\t{}<>#?.;ux0041 \u202e\u2066\x07é\U0001f600SERVICE"), max_size=40)


@given(HOSTILE | st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=40))
@example('x\n\\"')
@example('" } SERVICE <http://127.0.0.1/> { ?a ?b ?c } #')
@example("\\u0022 } #")
@example("\\")
@example('"""')
def test_a_string_is_only_ever_a_string(text: str) -> None:
    query = check_query("SELECT ?x ?y { FILTER(1 = 1) { BIND(?x AS ?y) } }")
    bound = bind(query, {"x": quoted(text)})
    kinds = [token.kind for token in check_query(bound).tokens]
    assert kinds == [token.kind for token in check_query(bind(query, {"x": '"harmless"'})).tokens]
    assert [tuple(row) for row in _solutions(bound)] == [(ox.Literal(text), ox.Literal(text))]


def _solutions(query: str) -> ox.QuerySolutions:
    results = ox.Store().query(query)
    assert isinstance(results, ox.QuerySolutions)
    return results
