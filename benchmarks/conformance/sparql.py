"""The W3C SPARQL 1.1 query tests (https://www.w3.org/2009/sparql/docs/tests/) by `kg.queries.ask`, guard included.

Each test is asked as `kg query --graph` asks files: in the format of the expected result, with the prefixes of a project.
Tables are compared as multisets of rows, in their order where the query ends in ORDER BY, graphs up to the names of blank
nodes. Numbers and times are compared by value, since the engine's store writes ``1.0`` as ``1``; CSV cells as strings.
"""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final, TypeAlias

import pyoxigraph as ox

from benchmarks.conformance.comparison import ORDER, Row, difference, is_isomorphic
from benchmarks.conformance.manifests import MF, Entry, entries, file_of
from benchmarks.conformance.outcome import Outcome, Part, judged
from kg.errors import KgError, Refused
from kg.guard import check_query
from kg.queries import ask
from kg.rdf import read_quads
from kg.vocab import DEFAULT_BASE, project_prefixes

QT: Final = "http://www.w3.org/2001/sw/DataAccess/tests/test-query#"
SD: Final = "http://www.w3.org/ns/sparql-service-description#"
Term: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
PREFIXES: Final = project_prefixes(DEFAULT_BASE)

_ACCEPTED: Final = {"PositiveSyntaxTest11": True, "NegativeSyntaxTest11": False}
_RESULTS: Final = {
    "srx": ("xml", ox.QueryResultsFormat.XML),
    "srj": ("json", ox.QueryResultsFormat.JSON),
    "tsv": ("tsv", ox.QueryResultsFormat.TSV),
    "csv": ("csv", ox.QueryResultsFormat.CSV),
}
"""By the suffix of the expected result: what kg calls the format, and what pyoxigraph does."""


def parts(folder: Path) -> Iterator[Part]:
    """Yield the parts of the suite: what queries answer, and which texts are queries."""
    tests = tuple(entries(folder / "manifest-all.ttl"))
    answered = [test for test in tests if test.kind in ("QueryEvaluationTest", "CSVResultFormatTest")]
    texts = [test for test in tests if test.kind in _ACCEPTED and _query_file(test).suffix == ".rq"]
    yield Part("SPARQL 1.1 query evaluation", answered, {"kg query": evaluate}, "pyoxigraph", evaluate_alone)
    yield Part("SPARQL 1.1 query syntax", texts, {"kg query": check_syntax}, "pyoxigraph", check_syntax_alone)


# --------------------------------------------------------------------------- evaluation


def evaluate(entry: Entry) -> Outcome:
    """Ask a query; what kg answers otherwise than expected is judged by what the library answers over the union."""
    if entry.one(f"{MF}action", f"{SD}entailmentRegime"):
        return Outcome("not run", "asks for an entailment regime")
    try:
        reason = _ask(entry)
    except Refused as error:
        return Outcome("refused", f"{error.code}: {error.message}")
    except KgError as error:
        reason = f"{error.code}: {error.message}"
    is_union = reason is not None and bool(_data(entry, "graphData"))
    if is_union and _ask_alone(entry) is None and _ask_alone(entry, is_union=True) == reason:
        return Outcome("by design", f"the default graph is the union of all: {reason}")
    return judged(reason)


def evaluate_alone(entry: Entry) -> Outcome:
    """Ask a query of pyoxigraph."""
    return judged(_ask_alone(entry))


def _ask(entry: Entry) -> str | None:
    text, expected = _query(entry), _expected(entry)
    wanted = _RESULTS.get(expected.suffix[1:], (None, None))[0]
    with tempfile.TemporaryDirectory() as folder:
        files = [*_data(entry, "data"), *_named(entry, Path(folder))]
        answer = ask(files, text, format=wanted, base=_base(entry), prefixes=PREFIXES).read()
    return _compare(answer, expected, is_ordered=_is_ordered(text))


def _ask_alone(entry: Entry, *, is_union: bool = False) -> str | None:
    text, expected = _query(entry), _expected(entry)
    store = ox.Store()
    for path in _data(entry, "data"):
        store.bulk_extend(read_quads(path, label=f"{path.stem}-"))
    for path in _data(entry, "graphData"):
        name = ox.NamedNode(path.as_uri())
        for graph in (name, ox.DefaultGraph()) if is_union else (name,):
            triples = read_quads(path, label=f"{path.stem}-")
            store.bulk_extend(ox.Quad(q.subject, q.predicate, q.object, graph) for q in triples)
    try:
        results = store.query(text, base_iri=_base(entry))
        if isinstance(results, ox.QueryTriples):
            answer = results.serialize(format=ox.RdfFormat.TURTLE)
        else:
            answer = results.serialize(format=_RESULTS[expected.suffix[1:]][1])
    except (SyntaxError, RuntimeError) as error:
        return f"{type(error).__name__}: {error}"
    return _compare(answer or b"", expected, is_ordered=_is_ordered(text))


# --------------------------------------------------------------------------- syntax


def check_syntax(entry: Entry) -> Outcome:
    """Ask a query of nothing: it must be answered, or else be refused as malformed."""
    try:
        ask([], _query(entry), base=_base(entry), prefixes=PREFIXES)
    except Refused as error:
        return Outcome("refused", f"{error.code}: {error.message}")
    except KgError as error:
        if error.code == "query.syntax":
            return _accepted(entry, is_accepted=False, told=error.message)
        return Outcome("failed", f"{error.code}: {error.message}")
    return _accepted(entry, is_accepted=True)


def check_syntax_alone(entry: Entry) -> Outcome:
    """Ask a query of an empty store of pyoxigraph."""
    try:
        ox.Store().query(_query(entry), base_iri=_base(entry))
    except SyntaxError as error:
        return _accepted(entry, is_accepted=False, told=str(error))
    except RuntimeError as error:
        return Outcome("failed", str(error))
    return _accepted(entry, is_accepted=True)


def _accepted(entry: Entry, *, is_accepted: bool, told: str = "accepted") -> Outcome:
    return judged(None if is_accepted == _ACCEPTED[entry.kind] else told)


# --------------------------------------------------------------------------- what a test names


def _query_file(entry: Entry) -> Path:
    return file_of(entry.one(f"{MF}action", f"{QT}query") or entry.one(f"{MF}action") or "")


def _query(entry: Entry) -> str:
    return _query_file(entry).read_text(encoding="utf-8")


def _expected(entry: Entry) -> Path:
    return file_of(entry.one(f"{MF}result") or "")


def _base(entry: Entry) -> str:
    return _query_file(entry).as_uri()


def _data(entry: Entry, kind: str) -> list[Path]:
    action = entry.one(f"{MF}action") or ""
    return [file_of(node) for node in entry.graph.values(action, f"<{QT}{kind}>")]


def _named(entry: Entry, folder: Path) -> Iterator[Path]:
    """The test's named graphs, each as a file of N-Quads."""
    for number, path in enumerate(_data(entry, "graphData")):
        name = ox.NamedNode(path.as_uri())
        quads = (ox.Quad(q.subject, q.predicate, q.object, name) for q in read_quads(path, label=f"g{number}b"))
        target = folder / f"{number}.nq"
        ox.serialize(quads, str(target), ox.RdfFormat.N_QUADS)
        yield target


# --------------------------------------------------------------------------- comparing answers


def _is_ordered(text: str) -> bool:
    """Whether ORDER BY stands outside all braces."""
    depth = 0
    for token in check_query(text).tokens:
        depth += (token.kind == "open") - (token.kind == "close")
        if depth == 0 and token.text == "ORDER":
            return True
    return False


def _compare(answer: bytes, expected: Path, *, is_ordered: bool) -> str | None:
    suffix, wanted = expected.suffix[1:], expected.read_bytes()
    if suffix not in _RESULTS:
        graphs = [_graph(ox.parse(wanted, ox.RdfFormat.TURTLE, base_iri=expected.as_uri()))]
        graphs.append(_graph(ox.parse(answer, ox.RdfFormat.TURTLE)))
        return None if is_isomorphic(*graphs) else f"another graph: {len(graphs[1])} triples for {len(graphs[0])}"
    if suffix == "csv":
        return difference(_csv(wanted), _csv(answer))
    left, right = (ox.parse_query_results(data, format=_RESULTS[suffix][1]) for data in (wanted, answer))
    if isinstance(left, ox.QueryBoolean) or isinstance(right, ox.QueryBoolean):
        return None if left == right else f"expected {left}, found {right}"
    names = [{variable.value for variable in table.variables} for table in (left, right)]
    if names[0] != names[1]:
        return f"expected the columns {sorted(names[0])}, found {sorted(names[1])}"
    return difference(_rows(left, is_ordered=is_ordered), _rows(right, is_ordered=is_ordered))


def _graph(quads: Iterable[ox.Quad]) -> list[ox.Triple]:
    return [ox.Triple(q.subject, q.predicate, _by_value(q.object)) for q in quads]


def _csv(data: bytes) -> list[Row]:
    """CSV keeps no kinds of terms: a cell is a string, but for blank nodes."""
    return list(csv.DictReader(io.StringIO(data.decode("utf-8"), newline="")))


def _rows(table: ox.QuerySolutions, *, is_ordered: bool) -> list[Row]:
    names = [variable.value for variable in table.variables]
    rows: list[Row] = []
    for number, solution in enumerate(table):
        row = {name: str(_by_value(solution[name])) for name in names if solution[name] is not None}
        rows.append({**row, ORDER: str(number)} if is_ordered else row)
    return rows


def _by_value(term: Term) -> Term:
    """A literal as the store writes its value; anything else as it is."""
    if not isinstance(term, ox.Literal):
        return term
    node, store = ox.NamedNode("x-value:"), ox.Store()
    store.add(ox.Quad(node, node, term))
    value: Term = next(iter(store)).object
    return value
