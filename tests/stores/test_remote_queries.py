"""kg query --store: a store answers as the embedded one does, or its answer is not shown."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from kg.cli import run
from kg.errors import KgError, WorldError
from kg.guard import check_query
from kg.queries import Limits, ask, parse_term, read_questions
from kg.remote_queries import ask_store, counting_query, insert_dataset
from kg.store import open_database, store_directory
from kg.stores.graphs import open_dataset
from kg.stores.profiles import Profile, find_profile
from kg.stores.protocol import open_store
from kg.vocab import project_prefixes
from kg.web import Retries
from tests.stores.conftest import running, store_names
from tests.stores.datasets import dice, make_graphs, quads, write_project
from tests.stores.eyes import Sent
from tests.stores.fake import FakeStore, serve
from tests.stores.faults import READING, Behaviour, Fault, Script
from tests.stores.loads import store_table
from tests.stores.servers import Server

Captured = pytest.CaptureFixture[str]

BASE = "https://example.org/remote/"
PREFIXES = project_prefixes(BASE)
REPORTS = Path(__file__).parents[2] / "reports"

WRONG = {
    "rdf4j": {"which-tolls-disagree"},
    "virtuoso": {
        "sound-relayed-claims-have-a-cue",
        "sound-restating-ends",
        "what-is-only-possible",
        "what-may-have-happened-on",
        "who-says-how-many-died",
    },
}
"""Shipped questions that a store itself answers wrongly or not at all: RDF4J 5.0 drops the second of two MINUS, Virtuoso 7.2
gives DISTINCT rows twice where a path has alternatives, and cannot compile some filters and paths."""


SLOW = "rdflib-endpoint"
"""It takes minutes for what others do in a second: it is asked about less, and only where all stores are."""


@pytest.fixture(scope="module", params=[n for n in store_names() if n != SLOW or os.environ.get("KG_STORES")])
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Each store under test in turn."""
    with running(request.param, tmp_path_factory.mktemp(request.param)) as started:
        yield started


@pytest.fixture(scope="module")
def loaded(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A project of the bundled reports, built and loaded; the store is called desk in its kg.toml."""
    desk = tmp_path_factory.mktemp("desk")
    shutil.copytree(REPORTS, desk / "reports")
    if server.name == SLOW:
        for path in [*(desk / "reports").glob("afp*"), *(desk / "reports").glob("*karabakh*")]:
            path.unlink(missing_ok=True)
    table = (
        store_table("desk", server.url)
        if server.kind == "generic"
        else f'[stores.desk]\nurl = "{server.url}"\nkind = "{server.kind}"\n'
    )
    project = f'[project]\nbase = "{BASE}"\nsame_events = "reports/same-events.jsonl"\n'
    (desk / "kg.toml").write_text(project + table, encoding="utf-8")
    with pytest.MonkeyPatch.context() as environment:
        for name, value in (("KG_STORE_USER", server.user), ("KG_STORE_PASSWORD", server.password)):
            if value:
                environment.setenv(name, value)
        assert run(["-C", str(desk), "build", "-q"]) == 0
        if server.name == SLOW:
            leave_out_vocabulary(desk / "out" / "kg.nq")
        assert run(["-C", str(desk), "load", "desk", "-q"]) == 0
        yield desk


def leave_out_vocabulary(nquads: Path) -> None:
    dataset = open_dataset(nquads)
    kept = [dataset.read(graph) for graph in dataset.graphs.values() if not graph.iri.endswith("/vocabulary")]
    nquads.write_bytes(b"".join(kept))


def query(desk: Path, *arguments: str) -> int:
    return run(["-C", str(desk), "query", *arguments])


def answers(desk: Path, capsysbinary: pytest.CaptureFixture[bytes], *arguments: str) -> tuple[bytes, bytes]:
    """What the embedded store and the external one answer."""
    capsysbinary.readouterr()
    found = []
    for more in ((), ("--store", "desk")):
        assert query(desk, *arguments, *more) == 0
        found.append(capsysbinary.readouterr().out)
    return found[0], found[1]


# --------------------------------------------------------------------------- the same answers


def test_the_shipped_questions_have_the_same_answers_byte_by_byte(loaded: Path, server: Server) -> None:
    environ = {"KG_STORE_USER": server.user or "", "KG_STORE_PASSWORD": server.password or ""}
    wrong, asked = set(), 0
    out = loaded / "out"
    with (
        open_database(out / "kg.nq", store_directory(out)) as database,
        open_store(_profile(server), environ={k: v for k, v in environ.items() if v}) as store,
    ):
        for question in read_questions():
            values = {p.name: parse_term(p.default, PREFIXES) for p in question.parameters if p.default}
            asking: dict[str, Any] = {"parameters": values, "prefixes": PREFIXES, "base": BASE, "format": "tsv"}
            here = ask(database, question.text, **asking).read()
            try:
                there = ask_store(store, question.text, **asking).read()
            except KgError:
                there = b""
            asked += 1
            wrong |= {question.name} if here != there else set()
    assert asked > 30
    assert wrong == WRONG.get(server.name, set())


def _profile(server: Server) -> Profile:
    if server.kind != "generic":
        return find_profile(server.url, kind=server.kind)
    return replace(find_profile(server.url, kind="generic"), endpoints={"query": server.query, "update": server.update})


SELECT = "SELECT ?type (COUNT(DISTINCT ?c) AS ?n) { ?c a kg:EventClaim ; kg:eventType ?type } GROUP BY ?type"


@pytest.mark.parametrize("form", ["csv", "tsv", "json", "xml", "table"])
def test_a_select_is_answered_in_every_format(
    form: str, loaded: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    here, there = answers(loaded, capsysbinary, SELECT, "--format", form)
    assert here == there
    assert len(here.splitlines()) > 3 or form in ("json", "xml")


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("ASK { ?c a kg:EventClaim }", "json"),
        ("ASK { ?c a kg:Nothing }", "xml"),
        ("CONSTRUCT { ?c a kg:Claim } WHERE { ?c a kg:EventClaim ; kg:eventType kgt:attack }", "ttl"),
        ("CONSTRUCT WHERE { ?c kg:eventType kgt:attack }", "nt"),
        ("DESCRIBE agent:armenia", "nt"),
        ('SELECT ?n ?l { ?n a kg:State ; rdfs:label ?l FILTER(LANG(?l) = "fr") } ORDER BY ?l LIMIT 5', "tsv"),
        ("SELECT * { ?claim kg:eventType ?type } ORDER BY ?claim LIMIT 7", "csv"),
        ("SELECT ?b ?a { VALUES (?a ?b) { (1 <x/y>) (2 UNDEF) } }", "tsv"),
        ("PREFIX t: <https://w3id.org/kg-news/terms/> SELECT DISTINCT ?c { ?c kg:eventType t:attack }", "tsv"),
        ("SELECT (COUNT(DISTINCT ?g) AS ?n) { GRAPH ?g { ?c a kg:EventClaim } } # comment", "tsv"),
    ],
)
def test_every_form_of_query_is_answered_as_it_is_here(
    text: str, form: str, loaded: Path, server: Server, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    if "DESCRIBE" in text:  # what a description is, each store decides; rdflib-endpoint calls RDF/XML a table
        assert query(loaded, text, "--format", form, "--store", "desk") == (3 if server.name == SLOW else 0)
        return
    here, there = answers(loaded, capsysbinary, text, "--format", form)
    assert here == there


def test_parameters_are_bound_and_formulas_kept_from_spreadsheets(
    loaded: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    text = 'SELECT DISTINCT ?x ?c { ?c kg:eventType ?type VALUES ?x { "=1+1" } } ORDER BY ?c LIMIT 3'
    arguments = ("--param", "type=kgt:attack", "--csv-safe", "--format", "csv")
    here, there = answers(loaded, capsysbinary, text, *arguments)
    assert here == there
    assert b"'=1+1" in there


def test_a_store_is_asked_from_anywhere_by_its_address(
    loaded: Path, server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.chdir(tmp_path)
    capsys.readouterr()
    graph = next(iter(open_dataset(loaded / "out" / "kg.nq").documents().values()))
    text = f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{graph.iri}> {{ ?s ?p ?o }} }}"
    assert run(["query", "--store", server.url, text, "--format", "tsv"]) == 0
    assert capsys.readouterr().out == f"?n\n{graph.count}\n"


# --------------------------------------------------------------------------- what is not sent


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("DELETE WHERE { ?s ?p ?o }", "query.update"),
        ("INSERT DATA { <urn:a> <urn:b> <urn:c> }", "query.update"),
        ("CLEAR ALL", "query.update"),
        ("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "query.service"),
        ("SELECT * FROM <urn:x> { ?s ?p ?o }", "query.from"),
        ("SELECT * { ?s ?p ?o", "query.syntax"),
    ],
)
def test_what_is_refused_is_never_sent(text: str, code: str, loaded: Path, sent: Sent, capsys: Captured) -> None:
    capsys.readouterr()
    assert query(loaded, "--store", "desk", text) == 1
    assert f"error[{code}]" in capsys.readouterr().err
    assert not any(text.encode() in request.content for request in sent.requests)
    assert sent.writes == []


def test_a_syntax_error_is_told_at_its_place(loaded: Path, capsys: Captured) -> None:
    assert query(loaded, "--store", "desk", "SELECT *\n{ ?s ?p ?o } LIMIT x") == 1
    assert "query:2:" in capsys.readouterr().err


def test_a_file_and_a_store_exclude_each_other(loaded: Path, capsys: Captured) -> None:
    assert query(loaded, "--store", "desk", "--graph", "x.ttl", "ASK {}") == 2
    assert "error[query.source]" in capsys.readouterr().err


# --------------------------------------------------------------------------- answers that are not whole


@pytest.fixture
def fake() -> Iterator[FakeStore]:
    """A store of ours, filled."""
    with serve(FakeStore()) as started:
        started.store.extend(quads(make_graphs(dice(5), 20, 6, BASE)))
        yield started


def ask_fake(fake: FakeStore, text: str, seconds: float = 20.0) -> list[dict[str, Any]]:
    """The rows of a SELECT, with no patience."""
    endpoints = {"query": f"{fake.url}/query", "update": f"{fake.url}/update"}
    profile = replace(find_profile(fake.url, kind="generic"), endpoints=endpoints, timeout=seconds)
    with open_store(profile, environ={}, retries=Retries(attempts=2, first=0.01)) as store:
        answer = ask_store(store, text, base=BASE, prefixes=PREFIXES, limits=Limits(seconds=seconds))
        rows: list[dict[str, Any]] = json.loads(answer.read())["results"]["bindings"]
        return rows


ALL = "SELECT ?s ?p ?o { ?s ?p ?o }"


def test_all_rows_come_from_a_store_without_a_cap(fake: FakeStore) -> None:
    triples = {(quad.subject, quad.predicate, quad.object) for quad in fake.quads()}
    assert len(ask_fake(fake, ALL)) == len(triples) > 400


def test_rows_that_a_store_cuts_in_silence_are_an_error(fake: FakeStore) -> None:
    fake.behaviour = Behaviour(row_cap=40)
    assert len(ask_fake(fake, f"{ALL} LIMIT 30")) == 30
    with pytest.raises(WorldError, match=r"counts .* rows and gives 40") as failure:
        ask_fake(fake, ALL)
    assert failure.value.code == "store.rows"
    assert len(ask_fake(fake, f"{ALL} ORDER BY ?s ?p ?o LIMIT 40 OFFSET 40")) == 40


@pytest.mark.parametrize("fault", [fault for fault in READING if fault != "time-out before"])
def test_a_store_that_never_answers_whole_is_an_error(fault: Fault, fake: FakeStore) -> None:
    fake.script = Script(every_read=fault)
    with pytest.raises(WorldError):
        ask_fake(fake, ALL)
    assert fake.script.met


@pytest.mark.parametrize("fault", ["HTML", "truncated", "partial result", "reset after"])
def test_one_answer_that_is_not_whole_is_asked_again(fault: Fault, fake: FakeStore) -> None:
    whole = ask_fake(fake, ALL)
    for number in range(6):
        fake.script = Script(reads={number: fault})
        assert ask_fake(fake, ALL) == whole


def test_a_store_that_does_not_answer_is_stopped_in_time(fake: FakeStore) -> None:
    fake.script = Script(every_read="time-out before")
    with pytest.raises(WorldError) as failure:
        ask_fake(fake, ALL, seconds=1.0)
    assert failure.value.code in ("query.timeout", "web.unanswered")


def test_the_graphs_of_other_projects_and_the_ledger_are_not_asked(fake: FakeStore) -> None:
    node = ox.NamedNode("urn:kg:foreign")
    for graph in (f"{BASE}graph/ledger", "https://elsewhere.example/graph/1"):
        fake.store.add(ox.Quad(node, node, node, ox.NamedNode(graph)))
    assert ask_fake(fake, "SELECT ?p { <urn:kg:foreign> ?p ?o }") == []
    fake.store.add(ox.Quad(node, node, node, ox.NamedNode(f"{BASE}graph/entities")))
    assert len(ask_fake(fake, "SELECT ?p { <urn:kg:foreign> ?p ?o }")) == 1


def test_an_answer_larger_than_it_may_be_is_an_error(tmp_path: Path, fake: FakeStore) -> None:
    profile = replace(find_profile(fake.url, kind="generic"), endpoints={"query": f"{fake.url}/query"})
    assert write_project(tmp_path / "desk", {}, BASE).exists()
    with open_store(profile, environ={}) as store, pytest.raises(KgError, match="larger than 1,000 bytes"):
        ask_store(store, ALL, base=BASE, limits=Limits(output=1000))


# --------------------------------------------------------------------------- the text that is sent

QUERIES = [
    "SELECT ?s { ?s ?p ?o }",
    "SELECT * WHERE { ?s ?p ?o } LIMIT 3",
    "SELECT (EXISTS { ?s ?p ?o } AS ?b) { }",
    "SELECT (COUNT(*) AS ?n) { { SELECT ?s WHERE { ?s ?p ?o } } }",
    "ASK { ?s ?p ?o }",
    "ASK WHERE { ?s ?p ?o }",
    "CONSTRUCT { ?s a ?o } WHERE { ?s ?p ?o }",
    "CONSTRUCT { } WHERE { ?s ?p ?o }",
    "CONSTRUCT WHERE { ?s ?p ?o }",
    "CONSTRUCT { ?s <urn:from> ?o } { ?s ?p ?o . { ?s ?q ?o } } LIMIT 2",
    "DESCRIBE <urn:s>",
    "DESCRIBE <urn:s> # { }",
    "DESCRIBE ?s WHERE { ?s ?p ?o } LIMIT 1",
    "PREFIX x: <urn:x#> SELECT ?s { ?s ?p ?o } ORDER BY ?s # WHERE {",
    "BASE <urn:b/> SELECT ?s { ?s ?p ?o FILTER(STR(?o) != '{ WHERE') } VALUES ?p { <urn:p> }",
]


@pytest.mark.parametrize("text", QUERIES)
def test_the_dataset_stands_where_sparql_has_it(text: str) -> None:
    store = ox.Store()
    for graph, subject in (("urn:in", "urn:s"), ("urn:out", "urn:t")):
        store.add(ox.Quad(ox.NamedNode(subject), ox.NamedNode("urn:p"), ox.NamedNode("urn:o"), ox.NamedNode(graph)))
    sent = insert_dataset(check_query(text), ["urn:in"])
    assert sent.count("FROM <urn:in> FROM NAMED <urn:in>") == 1
    only = ox.Store()
    only.add(ox.Quad(ox.NamedNode("urn:s"), ox.NamedNode("urn:p"), ox.NamedNode("urn:o")))
    assert _found(store, sent) == _found(only, text)
    assert insert_dataset(check_query(text), []) == text


def _found(store: ox.Store, text: str) -> Any:
    results = store.query(text)
    return bool(results) if isinstance(results, ox.QueryBoolean) else sorted(str(tuple(row)) for row in results)


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("SELECT ?n { VALUES ?n { 1 2 3 } }", 3),
        ("SELECT * { VALUES ?x { 1 2 3 } } LIMIT 2 # the end", 2),
        ("SELECT DISTINCT ?x { VALUES ?x { 1 1 3 } } ORDER BY ?x", 2),
        ("PREFIX a: <urn:a:> SELECT (COUNT(*) AS ?n) { VALUES ?n_ { a:a a:b } }", 1),
        ("SELECT ?x { ?x ?y ?z } VALUES ?x { 1 2 }", 0),
    ],
)
def test_the_rows_of_any_select_can_be_counted(text: str, rows: int) -> None:
    results = ox.Store().query(counting_query(check_query(text), ()))
    assert isinstance(results, ox.QuerySolutions)
    ((count,),) = (tuple(row) for row in results)
    assert isinstance(count, ox.Literal)
    assert int(count.value) == rows
