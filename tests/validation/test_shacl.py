"""The fast engine by itself: paths against SPARQL, literals by the letter of XSD, and what it refuses."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import DataError
from kg.iris import RDF_TYPE, Triple
from kg.validation import ShapesValidator
from kg.validation.engines import load_engine
from kg.validation.shacl.graph import SUBCLASS_OF, Graph
from kg.validation.shacl.paths import PathError, compile_path
from kg.validation.shacl.terms import compare, is_valid, literal, order
from kg.validation.shapes import read_shapes
from kg.vocab import PREFIXES
from tests.validation.base import HERE

XSD = PREFIXES["xsd"]
HEAD = (
    "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in PREFIXES.items())
    + "@prefix : <http://e/> .\n"
)


def shapes(text: str, folder: Path) -> tuple[Triple, ...]:
    file = folder / "shapes.ttl"
    file.write_text(HEAD + text, encoding="utf-8")
    return read_shapes([file])


def results(text: str, folder: Path, *graph: tuple[str, str, str]) -> list[tuple[str | None, str]]:
    """What the fast engine finds: value and component."""
    engine = load_engine("fast", shapes(text, folder), ())
    return [(r.value, r.component.rpartition("#")[2].removesuffix(">")) for r in engine.results(graph)]


# --------------------------------------------------------------------------- paths

TREES = st.recursive(
    st.sampled_from(["<a:p>", "<a:q>"]),
    lambda inner: st.one_of(
        st.tuples(st.sampled_from(["inverse", "*", "+", "?"]), inner),
        st.tuples(st.sampled_from(["sequence", "alternative"]), st.lists(inner, min_size=2, max_size=3)),
    ),
    max_leaves=6,
)
LINKS = st.lists(
    st.tuples(
        st.sampled_from(["<a:1>", "<a:2>", "<a:3>", "_:4"]),
        st.sampled_from(["<a:p>", "<a:q>"]),
        st.sampled_from(["<a:1>", "<a:2>", "<a:3>", "_:4", '"x"']),
    ),
    max_size=12,
    unique=True,
)
PARAMETERS = {
    "inverse": "inversePath",
    "*": "zeroOrMorePath",
    "+": "oneOrMorePath",
    "?": "zeroOrOnePath",
    "alternative": "alternativePath",
}


def described(tree: Any, triples: list[Triple]) -> str:
    """Describe a path as a shapes graph does; return its node."""
    if isinstance(tree, str):
        return tree
    kind, inner = tree
    if kind in ("sequence", "alternative"):
        head = f"<{PREFIXES['rdf']}nil>"
        for member in reversed(inner):
            cell = f"_:c{len(triples)}"
            triples.append((cell, f"<{PREFIXES['rdf']}rest>", head))
            triples.append((cell, f"<{PREFIXES['rdf']}first>", described(member, triples)))
            head = cell
        if kind == "sequence":
            return head
        value = head
    else:
        value = described(inner, triples)
    node = f"_:n{len(triples)}"
    triples.append((node, f"<{PREFIXES['sh']}{PARAMETERS[kind]}>", value))
    return node


@settings(deadline=None, max_examples=200)
@given(tree=TREES, links=LINKS)
def test_a_path_leads_where_it_leads_in_sparql(tree: Any, links: list[Triple]) -> None:
    triples: list[Triple] = []
    node = described(tree, triples)
    path = compile_path(Graph(triples), node)
    links = [*links, ("<a:1>", "<a:r>", "<a:2>")]  # what no statement names leads nowhere in the store
    store, graph = ox.Store(), Graph(links)
    store.bulk_load("".join(f"{s} {p} {o} .\n" for s, p, o in links).encode(), format=ox.RdfFormat.N_TRIPLES)
    for start in ("<a:1>", "<a:2>"):
        rows = store.query(f"SELECT DISTINCT ?end {{ {start} {path.text} ?end }}")
        assert isinstance(rows, ox.QuerySolutions)
        ends = path.walk(graph, start)
        assert len(ends) == len(set(ends)), "each once"
        # a blank node has another name in the store
        assert sorted("_:" if e[0] == "_" else e for e in ends) == sorted(
            "_:" if str(r["end"])[0] == "_" else str(r["end"]) for r in rows
        )


@pytest.mark.parametrize("path", ["[ ]", "[ sh:inversePath [ ] ]", '( "x" :p )', "( :p )"])
def test_what_is_no_path_is_an_error(tmp_path: Path, path: str) -> None:
    found = shapes(
        f":s a sh:NodeShape ; sh:targetClass :A ; sh:property [ sh:path {path} ; sh:minCount 1 ] .", tmp_path
    )
    with pytest.raises(DataError) as caught:
        load_engine("fast", found, ())
    assert caught.value.code == "shapes.path"


def test_a_path_nested_without_end_is_an_error() -> None:
    circle = Graph([("_:x", f"<{PREFIXES['sh']}inversePath>", "_:x")])
    with pytest.raises(PathError, match="too deep"):
        compile_path(circle, "_:x")


# --------------------------------------------------------------------------- literals

VALID = {
    "integer": ("0", "-1", "+7", "007", "9" * 50),
    "nonNegativeInteger": ("0", "-0", "12", "9" * 50),
    "positiveInteger": ("1",),
    "nonPositiveInteger": ("0", "-1"),
    "long": ("9223372036854775807", "-9223372036854775808"),
    "int": ("2147483647", "-2147483648"),
    "short": ("32767", "-32768"),
    "unsignedInt": ("0", "4294967295"),
    "unsignedShort": ("0", "65535"),
    "unsignedByte": ("0", "255"),
    "negativeInteger": ("-1", "-" + "9" * 50),
    "byte": ("127", "-128"),
    "unsignedLong": ("18446744073709551615",),
    "decimal": ("0", "-1.", ".5", "+0.50"),
    "double": ("1", "1e0", "-1.5E-3", "INF", "-INF", "NaN"),
    "boolean": ("true", "false", "1", "0"),
    "dateTime": (
        "2024-02-29T23:59:59Z",
        "2024-05-10T24:00:00",
        "-0044-03-15T00:00:00+14:00",
        "12024-01-01T00:00:00.123456789Z",
    ),
    "date": ("2024-02-29", "2024-01-31", "2024-04-30", "2024-05-10Z", "2024-05-10-05:30"),
    "gYear": ("2024", "-0001", "0000", "12024"),
    "gYearMonth": ("2024-12",),
    "time": ("00:00:00", "23:59:59.5Z"),
    "duration": ("P1Y", "-P1DT2H", "PT0.5S", "P1Y2M3DT4H5M6S"),
    "string": ("", "anything\n"),
}
INVALID = {
    "integer": ("", "1.0", "1e3", " 1", "1\n", "٣", "--1", "x"),
    "nonNegativeInteger": ("-1", "-" + "9" * 50),
    "positiveInteger": ("0",),
    "nonPositiveInteger": ("1",),
    "long": ("9223372036854775808", "-9223372036854775809"),
    "int": ("2147483648", "-2147483649"),
    "short": ("32768", "-32769"),
    "unsignedInt": ("-1", "4294967296"),
    "unsignedShort": ("-1", "65536"),
    "unsignedByte": ("-1", "256"),
    "negativeInteger": ("0", "9" * 50),
    "byte": ("128", "-129", "9" * 50),
    "unsignedLong": ("18446744073709551616", "-1"),
    "decimal": (".", "1e0", "1,5", "", "INF"),
    "double": ("e1", "Infinity", "nan", ""),
    "boolean": ("True", "yes", ""),
    "dateTime": (
        "2023-02-29T00:00:00Z",
        "2024-05-10",
        "2024-05-10T25:00:00Z",
        "2024-05-10T00:60:00Z",
        "24-05-10T00:00:00Z",
        "2024-05-10 00:00:00Z",
        "2024-05-10T00:00:00+15:00",
        "2024-05-10T00:00:00Z\n",
    ),
    "date": ("2023-02-29", "2024-04-31", "2024-13-01", "2024-00-10", "2024-5-10", "02024-05-10"),
    "gYear": ("24", "02024", "2024-01"),
    "gYearMonth": ("2024-13",),
    "time": ("24:60:00", "1:00:00"),
    "duration": ("P", "PT", "1Y", "P1S", "P-1Y"),
}


@pytest.mark.parametrize(("name", "lexical"), [(n, v) for n, values in VALID.items() for v in values])
def test_a_lexical_form_of_a_datatype_is_valid(name: str, lexical: str) -> None:
    assert is_valid(literal(f"{_quoted(lexical)}^^<{XSD}{name}>"))


@pytest.mark.parametrize(("name", "lexical"), [(n, v) for n, values in INVALID.items() for v in values])
def test_another_form_is_not(name: str, lexical: str) -> None:
    assert not is_valid(literal(f"{_quoted(lexical)}^^<{XSD}{name}>"))


def _quoted(text: str) -> str:
    return str(ox.Literal(text))


def test_an_unknown_datatype_holds_every_form() -> None:
    assert is_valid(literal('"anything"^^<http://e/datatype>'))


def test_a_language_string_has_its_language() -> None:
    assert is_valid(literal('"x"@en'))
    assert not is_valid(literal(f'"x"^^<{PREFIXES["rdf"]}langString>'))


def typed(lexical: str, name: str) -> str:
    return f'"{lexical}"^^<{XSD}{name}>'


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        (typed("1", "integer"), typed("01", "int"), 0),
        (typed("1", "integer"), typed("1.50", "decimal"), -1),
        (typed("2", "integer"), typed("1.5e0", "double"), 1),
        (typed("1e0", "float"), typed("1.0", "decimal"), 0),
        (typed("INF", "double"), typed("9" * 30, "integer"), 1),
        (typed("NaN", "double"), typed("NaN", "double"), None),
        (typed("NaN", "double"), typed("1", "integer"), None),
        (typed("x", "integer"), typed("1", "integer"), None),
        ('"a"', '"b"', -1),
        ('"a"', f'"a"^^<{XSD}string>', 0),
        ('"a"@en', '"a"@en', None),
        ('"1"', typed("1", "integer"), None),
        (typed("true", "boolean"), typed("0", "boolean"), 1),
        (typed("2024-01-01T00:00:00Z", "dateTime"), typed("2024-01-01T02:00:00+02:00", "dateTime"), 0),
        (typed("2023-12-31T24:00:00Z", "dateTime"), typed("2024-01-01T00:00:00Z", "dateTime"), 0),
        (typed("2024-01-01T00:00:00.5Z", "dateTime"), typed("2024-01-01T00:00:00.25Z", "dateTime"), 1),
        (typed("2024-01-01T00:00:00", "dateTime"), typed("2023-01-01T00:00:00", "dateTime"), 1),
        (typed("2024-01-01T00:00:00", "dateTime"), typed("2024-01-01T00:00:00Z", "dateTime"), None),
        (typed("2024-01-01", "date"), typed("2024-01-02", "date"), -1),
        (typed("2024-01-01", "date"), typed("2024-01-01T00:00:00", "dateTime"), None),
        (typed("2024-02-30", "date"), typed("2024-01-01", "date"), None),
        ("<http://e/a>", "<http://e/b>", None),
        ("_:a", "_:a", None),
        ('"x"^^<http://e/d>', '"x"^^<http://e/d>', None),
    ],
)
def test_literals_compare_as_in_sparql(left: str, right: str, expected: int | None) -> None:
    assert compare(order(left), order(right)) == expected
    assert compare(order(right), order(left)) == (None if expected is None else -expected)


@pytest.mark.parametrize(
    "value", ['"a"', '"5"@en', "<http://e/x>", "_:x", '"2024-01-01"', typed("x", "integer"), typed("NaN", "double")]
)
def test_what_does_not_compare_with_a_bound_breaks_it(tmp_path: Path, value: str) -> None:
    # here pyshacl orders what SPARQL does not, so these are told apart from the comparison of the engines
    text = (
        ":s a sh:NodeShape ; sh:targetSubjectsOf :p ; sh:property [ sh:path :p ; sh:minInclusive 0 ; sh:lessThan :q ] ."
    )
    found = results(text, tmp_path, ("<a:1>", "<http://e/p>", value), ("<a:1>", "<http://e/q>", typed("9", "integer")))
    assert sorted(found) == [(value, "lessThan"), (value, "minInclusive")]


# --------------------------------------------------------------------------- classes, targets and results


def test_a_class_reaches_down_a_taxonomy_that_runs_in_a_circle() -> None:
    classes = [("<a:A>", SUBCLASS_OF, "<a:B>"), ("<a:B>", SUBCLASS_OF, "<a:A>"), ("<a:C>", SUBCLASS_OF, "<a:A>")]
    graph = Graph([*classes, ("<a:x>", RDF_TYPE, "<a:C>")])
    assert graph.classes("<a:x>") == {"<a:A>", "<a:B>", "<a:C>"}


def test_a_taxonomy_in_the_data_counts(tmp_path: Path) -> None:
    engine = load_engine("fast", shapes(":s a sh:NodeShape ; sh:targetClass :A ; sh:class :B .", tmp_path), ())
    data = [("<a:x>", RDF_TYPE, "<http://e/AA>"), ("<http://e/AA>", SUBCLASS_OF, "<http://e/A>")]
    assert [r.focus for r in engine.results(data)] == ["<a:x>"]
    assert engine.results(data[:1]) == []
    assert engine.results([*data, ("<http://e/AA>", SUBCLASS_OF, "<http://e/B>")]) == []


def test_a_class_is_a_target_only_where_it_is_a_shape_as_well(tmp_path: Path) -> None:
    classes = ":A a rdfs:Class , sh:NodeShape ; sh:nodeKind sh:BlankNode . :B a rdfs:Class ; rdfs:label 'b' ."
    data = [("<a:x>", RDF_TYPE, "<http://e/A>"), ("<a:y>", RDF_TYPE, "<http://e/B>")]
    assert results(classes, tmp_path, *data) == [("<a:x>", "nodeKind")]


def test_a_closed_shape_holds_for_nodes_of_which_nothing_is_said(tmp_path: Path) -> None:
    text = ":s a sh:NodeShape ; sh:targetObjectsOf :p ; sh:closed true ."
    p = "<http://e/p>"
    assert results(text, tmp_path, ("<a:x>", p, "<a:y>"), ("<a:x>", p, '"z"')) == []
    assert results(text, tmp_path, ("<a:x>", p, "<a:y>"), ("<a:y>", p, '"z"')) == [('"z"', "closed")]


def test_what_is_switched_off_finds_nothing(tmp_path: Path) -> None:
    text = ":s a sh:NodeShape ; sh:targetSubjectsOf :p ; sh:closed false ; sh:property [ sh:path :p ; sh:uniqueLang false ] ."
    assert results(text, tmp_path, *(("<a:x>", "<http://e/p>", f'"{word}"@en') for word in "ab")) == []


def test_one_graph_leaves_nothing_behind_for_the_next(tmp_path: Path) -> None:
    engine = load_engine(
        "fast",
        shapes(":s a sh:NodeShape ; sh:targetClass :A ; sh:property [ sh:path :p ; sh:class :B ] .", tmp_path),
        (),
    )
    typed_b = [
        ("<a:x>", RDF_TYPE, "<http://e/A>"),
        ("<a:x>", "<http://e/p>", "<a:y>"),
        ("<a:y>", RDF_TYPE, "<http://e/B>"),
    ]
    assert engine.results(typed_b) == []
    assert [r.value for r in engine.results(typed_b[:2])] == ["<a:y>"]
    assert engine.results(typed_b) == []


@pytest.mark.parametrize("engine", ["fast", "pyshacl"])
def test_a_statement_that_comes_twice_counts_once(tmp_path: Path, engine: str) -> None:
    text = ":s a sh:NodeShape ; sh:targetSubjectsOf :p ; sh:property [ sh:path :p ; sh:maxCount 1 ] ."
    twice = [("<a:x>", "<http://e/p>", '"1"')] * 2
    assert load_engine(engine, shapes(text, tmp_path), ()).results(twice) == []


# --------------------------------------------------------------------------- what is refused


@pytest.mark.parametrize(
    "constraint",
    ["sh:minCount 1.5", 'sh:minCount "x"', 'sh:pattern "["', 'sh:maxLength "long"'],
)
def test_a_malformed_shape_is_an_error_that_names_it(tmp_path: Path, constraint: str) -> None:
    text = f":s a sh:NodeShape ; sh:targetClass :A ; sh:property :p . :p sh:path :q ; {constraint} ."
    with pytest.raises(DataError) as caught:
        load_engine("fast", shapes(text, tmp_path), ())
    assert (caught.value.code, caught.value.where) == ("shapes.malformed", "<http://e/p>")


SPARQL = """
:s a sh:NodeShape ; sh:targetClass :A ; sh:sparql :one .
:one sh:message "one only" ; sh:select "SELECT $this { $this <http://e/p> ?a , ?b FILTER (?a != ?b) }" .
"""


def test_what_is_more_than_core_is_left_to_the_reference_engine(tmp_path: Path) -> None:
    found = shapes(SPARQL, tmp_path)
    with pytest.raises(DataError) as caught:
        load_engine("fast", found, ())
    assert caught.value.code == "shapes.core"
    engine = load_engine("auto", found, ())
    assert engine.name == "pyshacl"
    data = [("<a:x>", RDF_TYPE, "<http://e/A>"), ("<a:x>", "<http://e/p>", '"1"'), ("<a:x>", "<http://e/p>", '"2"')]
    assert {r.focus for r in engine.results(data)} == {"<a:x>"}


def test_what_is_core_is_left_to_the_fast_engine() -> None:
    assert load_engine("auto", read_shapes([HERE / "core.ttl"]), ()).name == "fast"


def test_where_the_reference_engine_gives_up_there_is_an_error(tmp_path: Path) -> None:
    text = ":s a sh:NodeShape ; sh:targetSubjectsOf :p ; sh:property [ sh:path :p ; sh:lessThan :q ] ."
    with pytest.raises(DataError) as caught:
        load_engine("pyshacl", shapes(text, tmp_path), ()).results([("<a:x>", "<http://e/p>", "_:b")])
    assert caught.value.code == "engine.pyshacl"
    assert "fast" in str(caught.value.hint)


@pytest.mark.parametrize("engine", ["fast", "pyshacl"])
def test_hostile_text_is_data(engine: str, vocabulary: tuple[Triple, ...]) -> None:
    validator = ShapesValidator(engine, context=vocabulary)
    text = str(ox.Literal('x\n\\" . <a:s> <a:p> <a:o> . \u202e\x01', language="en"))
    (finding,) = validator.validate(
        [
            ("<http://e/x>", RDF_TYPE, "<https://w3id.org/kg-news/ontology#Event>"),
            ("<http://e/x>", "<http://www.w3.org/2000/01/rdf-schema#label>", text),
            ("<http://e/x>", "<http://e/other>", text),
        ],
        document="x",
    )
    assert (finding.path, finding.value) == ("http://e/other", text)
