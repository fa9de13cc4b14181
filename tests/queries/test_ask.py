"""Asking: forms, formats, order, and what happens to queries that would not end well."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import time
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
import rdflib

from kg.errors import DataError, KgError, UsageError, WorldError
from kg.queries import Limits, ask, parse_term, worker
from kg.vocab import DEFAULT_BASE, project_prefixes
from tests.queries.hostile import bombs

PREFIXES = project_prefixes(DEFAULT_BASE)
AWKWARD = ['"', "\\", "a\nb", "c\td", "e\r\nf", "=1+1", "<b>&amp;", "\u202egnp", "", "été", "g,h;i", "'"]

TRIG = """
@prefix : <http://a/> .
:g1 { :s :p 1 ; :q :o . }
:g2 { :s :p 1 . :t :p 2 . }
:t :p 3 .
"""


def rows(source: Path | list[Path], query: str, **options: Any) -> list[dict[str, str]]:
    """Ask, and return the rows as plain values."""
    result = json.loads(ask(source, query, prefixes=PREFIXES, **options).read())
    return [{name: term["value"] for name, term in row.items()} for row in result["results"]["bindings"]]


@pytest.fixture
def trig(tmp_path: Path) -> Path:
    path = tmp_path / "data.trig"
    path.write_text(TRIG, encoding="utf-8")
    return path


# --------------------------------------------------------------------------- forms and graphs


def test_the_projects_prefixes_are_known(database: Path) -> None:
    found = rows(database, "SELECT ?type { ?claim kg:eventType ?type }")
    assert found == [{"type": "https://w3id.org/kg-news/terms/attack"}]


def test_a_prefix_of_the_query_comes_first(database: Path) -> None:
    assert rows(database, "PREFIX kg: <http://a/> SELECT ?x { ?claim kg:eventType ?x }") == []


def test_the_four_forms_are_answered(database: Path) -> None:
    assert ask(database, "ASK { ?s ?p ?o }").read() == b'{"head":{},"boolean":true}'
    assert rows(database, "SELECT (COUNT(*) AS ?n) { ?c a kg:RelationClaim }") == [{"n": "1"}]
    built = ask(
        database, "CONSTRUCT { ?c kg:x ?who } WHERE { ?c a kg:RelationClaim ; kg:subject ?who }", prefixes=PREFIXES
    )
    assert built.form == "CONSTRUCT"
    assert b"kg:x agent:" in built.read()
    described = ask(database, "DESCRIBE ?c { ?c a kg:RelationClaim }", prefixes=PREFIXES, format="nt").read()
    assert b"/ontology#relation> <https://w3id.org/kg-news/terms/disputes> ." in described


def test_the_default_graph_is_the_union_and_each_statement_is_in_it_once(trig: Path) -> None:
    assert rows([trig], "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }") == [{"n": "4"}]
    assert rows([trig], "SELECT ?g { GRAPH ?g { ?s <http://a/p> 1 } }") == [{"g": "http://a/g1"}, {"g": "http://a/g2"}]


def test_two_files_are_asked_as_one(trig: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.nt"
    other.write_text("<http://a/u> <http://a/p> <http://a/v> .\n", encoding="utf-8")
    assert rows([trig, other], "SELECT (COUNT(*) AS ?n) { ?s <http://a/p> ?o }") == [{"n": "4"}]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.ttl", "<http://a/s> <http://a/p> 1 ."),
        ("a.trig", "<http://a/g> { <http://a/s> <http://a/p> 1 }"),
        ("a.nt", '<http://a/s> <http://a/p> "1"^^<http://www.w3.org/2001/XMLSchema#integer> .'),
        ("a.nq", '<http://a/s> <http://a/p> "1"^^<http://www.w3.org/2001/XMLSchema#integer> <http://a/g> .'),
        ("a.jsonld", '{"@id": "http://a/s", "http://a/p": 1}'),
        (
            "a.rdf",
            '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:a="http://a/"><rdf:Description '
            'rdf:about="http://a/s"><a:p rdf:datatype="http://www.w3.org/2001/XMLSchema#integer">1</a:p></rdf:Description></rdf:RDF>',
        ),
    ],
)
def test_rdf_of_each_syntax_can_be_asked(name: str, text: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    assert rows([path], "SELECT ?o { <http://a/s> <http://a/p> ?o }") == [{"o": "1"}]


def test_a_parameter_reaches_the_answer(database: Path) -> None:
    query = "SELECT (COUNT(*) AS ?n) { ?c kg:modality ?modality }"
    term = parse_term("kgt:presupposed", PREFIXES)
    assert rows(database, query, parameters={"modality": term}) == [{"n": "1"}]


# --------------------------------------------------------------------------- formats and order


@pytest.fixture
def awkward(tmp_path: Path) -> Path:
    path = tmp_path / "awkward.nt"
    triples = [ox.Triple(ox.NamedNode("http://a/s"), ox.NamedNode("http://a/p"), ox.Literal(text)) for text in AWKWARD]
    triples += [ox.Triple(ox.NamedNode("http://a/s"), ox.NamedNode("http://a/p"), ox.Literal("mot", language="fr"))]
    ox.serialize(triples, str(path), ox.RdfFormat.N_TRIPLES)
    return path


@pytest.mark.parametrize(
    ("name", "form"),
    [("json", ox.QueryResultsFormat.JSON), ("tsv", ox.QueryResultsFormat.TSV), ("xml", ox.QueryResultsFormat.XML)],
)
def test_a_table_comes_back_from_its_format(name: str, form: ox.QueryResultsFormat, awkward: Path) -> None:
    written = ask([awkward], "SELECT ?s ?o ?none { ?s ?p ?o }", format=name).read()
    read = ox.parse_query_results(written, format=form)
    assert isinstance(read, ox.QuerySolutions)
    assert [v.value for v in read.variables] == ["s", "o", "none"]
    expected = {ox.Literal(text) for text in AWKWARD} | {ox.Literal("mot", language="fr")}
    found = list(read)
    assert {row["o"] for row in found} == expected
    assert len(found) == len(expected)
    assert {row["none"] for row in found} == {None}


def test_csv_is_that_of_the_recommendation(awkward: Path) -> None:
    written = ask([awkward], "SELECT ?s ?o { ?s ?p ?o }", format="csv").read().decode()
    read = list(csv.reader(io.StringIO(written, newline="")))
    assert read[0] == ["s", "o"]
    assert sorted(row[1] for row in read[1:]) == sorted([*AWKWARD, "mot"])


def test_csv_can_be_made_safe_for_spreadsheets(tmp_path: Path) -> None:
    path = tmp_path / "formulas.ttl"
    path.write_text('<http://a/s> <http://a/p> "=1+1", "+1", "-1", "@x", "\\t=1", "plain", -5 .', encoding="utf-8")
    written = ask([path], "SELECT ?o { ?s ?p ?o }", format="csv", csv_safe=True).read().decode()
    cells = {row[0] for row in csv.reader(io.StringIO(written, newline=""))}
    assert cells == {"o", "'=1+1", "'+1", "'-1", "'@x", "'\t=1", "plain", "-5"}


def test_a_graph_comes_back_from_its_format(database: Path) -> None:
    query = "CONSTRUCT WHERE { ?s ?p ?o }"
    turtle = rdflib.Graph().parse(data=ask(database, query, prefixes=PREFIXES).read(), format="turtle")
    lines = ask(database, query, prefixes=PREFIXES, format="nt").read()
    assert len(turtle) > 50
    assert turtle.isomorphic(rdflib.Graph().parse(data=lines, format="nt"))


@pytest.mark.parametrize(("query", "wrong"), [("ASK {}", "ttl"), ("SELECT * {}", "nt"), ("DESCRIBE <a:a>", "csv")])
def test_a_form_has_its_own_formats(query: str, wrong: str, database: Path) -> None:
    with pytest.raises(UsageError, match=f"has no {wrong} form"):
        ask(database, query, format=wrong)


def test_columns_stand_in_the_order_of_the_query(trig: Path) -> None:
    def head(query: str) -> Any:
        return json.loads(ask([trig], query).read())["head"]["vars"]

    assert head("SELECT ?z ?a { ?z ?m ?a }") == ["z", "a"]
    assert head("SELECT * { ?z ?m ?a . FILTER(?a > $b || 1 = 1) }") == ["z", "m", "a"]
    assert head("SELECT DISTINCT * { ?z ?m ?a }") == ["z", "m", "a"]


def test_rows_are_sorted_unless_the_query_orders_them(trig: Path) -> None:
    assert [row["o"] for row in rows([trig], "SELECT ?o { ?s <http://a/p> ?o }")] == ["1", "2", "3"]
    descending = rows([trig], "SELECT ?o { ?s <http://a/p> ?o } ORDER BY DESC(?o)")
    assert [row["o"] for row in descending] == ["3", "2", "1"]
    inner = rows([trig], "SELECT ?o { { SELECT ?o { ?s <http://a/p> ?o } ORDER BY DESC(?o) } }")
    assert [row["o"] for row in inner] == ["1", "2", "3"]


@pytest.mark.parametrize(
    ("query", "form"),
    [
        ("SELECT * { ?s ?p ?o }", "json"),
        ("SELECT ?p (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?p ORDER BY ?n", "csv"),
        ("SELECT ?s { ?s ?p ?o } LIMIT 5", "tsv"),
        ("CONSTRUCT { ?s <http://a/r> [ <http://a/q> ?o ] } WHERE { ?s a ?o }", "ttl"),
    ],
)
def test_the_same_question_has_the_same_bytes(query: str, form: str, database: Path) -> None:
    assert len({ask(database, query, format=form, prefixes=PREFIXES).read() for _ in range(4)}) == 1


@pytest.mark.parametrize("form", ["ttl", "nt"])
def test_a_graph_without_triples_is_an_empty_file(form: str, database: Path) -> None:
    query = "CONSTRUCT { ?s a ?o } WHERE { ?s <http://a/never-said> ?o }"
    assert ask(database, query, format=form, prefixes=PREFIXES).read() == b""


def test_blank_nodes_of_a_file_have_the_same_names_on_every_run(tmp_path: Path) -> None:
    path = tmp_path / "blank.ttl"
    path.write_text("[] <http://a/p> [ <http://a/q> 1 ], [ <http://a/q> 2 ] .", encoding="utf-8")
    answers = {ask([path], "SELECT * { ?s ?p ?o }", format="tsv").read() for _ in range(3)}
    assert len(answers) == 1


# --------------------------------------------------------------------------- what goes wrong


def test_a_syntax_error_has_line_and_column_of_what_was_written(database: Path) -> None:
    query = "SELECT ?x\n{ ?x kg:claimant ?who ;; . }}"
    for parameters in ({}, {"who": "<http://a/somebody>"}):
        with pytest.raises(DataError) as caught:
            ask(database, query, parameters=parameters, prefixes=PREFIXES, name="mine.rq")
        assert caught.value.code == "query.syntax"
        assert caught.value.where is not None
        assert caught.value.where.startswith("mine.rq:2:")


def test_an_unknown_prefix_is_an_error(database: Path) -> None:
    with pytest.raises(DataError, match="not SPARQL"):
        ask(database, "SELECT * { ?s nowhere:p ?o }")


@pytest.mark.parametrize(("name", "text"), list(bombs()), ids=[name for name, _ in bombs()])
def test_a_bomb_ends_in_an_error_and_hurts_nobody(name: str, text: str, database: Path) -> None:  # noqa: ARG001 - its id
    started = time.perf_counter()
    with pytest.raises(KgError) as caught:
        ask(database, text, limits=Limits(seconds=1.5, memory=1 << 30))
    assert time.perf_counter() - started < 5
    assert caught.value.code.startswith("query.")


def test_there_are_thirty_bombs() -> None:
    assert len(list(bombs())) >= 30


def test_time_out_stops_the_query_and_its_process(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[subprocess.Popen[bytes]] = []
    popen = subprocess.Popen

    def noted(*args: Any, **options: Any) -> subprocess.Popen[bytes]:
        started.append(popen(*args, **options))
        return started[-1]

    monkeypatch.setattr(subprocess, "Popen", noted)
    clock = time.perf_counter()
    endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
    with pytest.raises(WorldError, match=r"stopped after 0\.5 seconds") as caught:
        ask(database, endless, limits=Limits(seconds=0.5))
    assert caught.value.code == "query.timeout"
    assert time.perf_counter() - clock < 2
    assert [process.returncode for process in started] == [-9]


def test_an_answer_may_be_too_large(database: Path) -> None:
    with pytest.raises(DataError, match="the answer is larger than 1,000 bytes"):
        ask(database, "SELECT * { ?s ?p ?o }", limits=Limits(output=1000))


def test_a_file_that_is_no_rdf_or_not_there_is_an_error(tmp_path: Path) -> None:
    bad = tmp_path / "bad.ttl"
    bad.write_text("this is no Turtle", encoding="utf-8")
    with pytest.raises(DataError) as caught:
        ask([bad], "ASK {}")
    assert caught.value.where == f"{bad}:1:1"
    with pytest.raises(WorldError, match="no such file"):
        ask([tmp_path / "none.ttl"], "ASK {}")


# --------------------------------------------------------------------------- the worker, in this process


def job(**changes: Any) -> worker.Job:
    """A job over no file."""
    fields: dict[str, Any] = {
        "database": None, "files": [], "query": "ASK {}", "original": "ASK {}", "prefixes": {}, "base": None, "format": "json",
        "variables": [], "is_ordered": False, "csv_safe": False, "memory": 1 << 30, "seconds": 1, "output": 1 << 20,
    }  # fmt: skip
    return worker.Job(**(fields | changes))


def test_a_triple_term_keeps_its_form(tmp_path: Path) -> None:
    path = tmp_path / "star.ttl"
    path.write_text("<http://a/r> <http://a/says> <<( <http://a/s> <http://a/p> 'o' )>> .", encoding="utf-8")
    output = io.BytesIO()
    query = "SELECT ?t { ?r ?says ?t }"
    worker.write_answer(job(files=[str(path)], query=query, original=query, format="tsv"), output)
    assert output.getvalue().decode().splitlines()[1] == '<<( <http://a/s> <http://a/p> "o" )>>'


def test_a_job_survives_its_journey() -> None:
    sent = job(query="ASK { ?s ?p 'é\u202e' }")
    assert worker.Job(**json.loads(sent.dump())) == sent
