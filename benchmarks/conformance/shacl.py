"""The W3C SHACL test suite (https://w3c.github.io/data-shapes/data-shapes-test-suite/) by the engines of `kg validate`.

A test passes where the results are those expected, as a multiset: focus node, path, value, severity, constraint component
and source shape. Messages and details are not compared; blank nodes are up to renaming, unless they are nodes of the data
or of the shapes. A test that expects a failure passes where an error of kg says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from benchmarks.conformance.comparison import Row, difference
from benchmarks.conformance.manifests import MF, Entry, entries, file_of, read_triples
from benchmarks.conformance.outcome import Outcome, Part, judged
from kg.errors import KgError
from kg.iris import RDF_TYPE, Triple
from kg.validation.engines import load_engine
from kg.validation.shacl.graph import Graph
from kg.validation.shacl.paths import SH, compile_path

if TYPE_CHECKING:
    import rdflib

SHT: Final = "http://www.w3.org/ns/shacl-test#"
_COMPONENT: Final = "ConstraintComponent>"


def parts(folder: Path) -> Iterator[Part]:
    """Yield the parts of the suite: SHACL Core by all engines, SHACL-SPARQL by those that know it."""
    for title, name, engines in (
        ("SHACL Core", "core", ("fast", "pyshacl", "auto")),
        ("SHACL-SPARQL", "sparql", ("pyshacl", "auto")),
    ):
        tests = tuple(entries(folder / name / "manifest.ttl"))
        yield Part(title, tests, {engine: partial(run, engine=engine) for engine in engines}, "pyshacl", run_pyshacl)


# --------------------------------------------------------------------------- running


def run(entry: Entry, engine: str) -> Outcome:
    """Run one test by an engine of kg."""
    shapes, data = _file(entry, "shapesGraph"), _file(entry, "dataGraph")
    labels = {path: f"f{number}b" for number, path in enumerate(dict.fromkeys((entry.manifest, shapes, data)))}
    graphs = {path: read_triples(path, label) for path, label in labels.items()}
    entry = Entry(Graph(graphs[entry.manifest]), entry.node, entry.manifest)
    try:
        found = list(load_engine(engine, graphs[shapes], ()).results(graphs[data]))
    except KgError as error:
        return judged(None if _expects_failure(entry) else f"{error.code}: {error.message}")
    except Exception as error:  # an error that is not of kg is what this is to find
        return Outcome("failed", f"{type(error).__name__} escapes: {error}")
    results = entry.graph.values(entry.one(f"{MF}result") or "", f"<{SH}result>")
    known = _blank_nodes(t for path in (shapes, data) for t in graphs[path] if t[0] not in results)
    return judged(_compare(entry, [result._asdict() for result in found], known))


def run_pyshacl(entry: Entry) -> Outcome:
    """Run one test by pyshacl alone, on graphs that rdflib reads."""
    import pyshacl

    shapes, data = (_as_written(_file(entry, kind)) for kind in ("shapesGraph", "dataGraph"))
    try:
        _, report, _ = pyshacl.validate(data, shacl_graph=shapes, inference="none")
        if isinstance(report, Exception):
            raise report
    except Exception as error:  # pyshacl and rdflib raise what they like
        return judged(None if _expects_failure(entry) else f"{type(error).__name__}: {error}")
    index = _index(report)
    found = [_result(index, node) for node in index.incoming(f"<{SH}result>")]
    return judged(_compare(entry, found, frozenset()))


def _as_written(path: Path) -> rdflib.Graph:
    """Read a graph without rewriting its literals; how rdflib is set is no matter of the other tests."""
    import rdflib

    setting = rdflib.NORMALIZE_LITERALS
    rdflib.NORMALIZE_LITERALS = False
    try:
        return rdflib.Graph().parse(path)
    finally:
        rdflib.NORMALIZE_LITERALS = setting


def _index(graph: rdflib.Graph) -> Graph:
    lines = graph.serialize(format="nt", encoding="utf-8")
    return Graph((str(q.subject), str(q.predicate), str(q.object)) for q in ox.parse(lines, ox.RdfFormat.N_TRIPLES))


def _file(entry: Entry, kind: str) -> Path:
    iri = entry.one(f"{MF}action", f"{SHT}{kind}")
    assert iri, f"{entry.name} names its {kind}"
    return file_of(iri)


def _expects_failure(entry: Entry) -> bool:
    return entry.one(f"{MF}result") == f"<{SHT}Failure>"


# --------------------------------------------------------------------------- comparing


def _compare(entry: Entry, found: Sequence[Mapping[str, str | None]], known: frozenset[str]) -> str | None:
    if _expects_failure(entry):
        return f"accepted, with {len(found)} results, where a failure is expected"
    report = entry.one(f"{MF}result") or ""
    assert f"<{SH}ValidationReport>" in entry.graph.values(report, RDF_TYPE), f"{entry.name} expects a report"
    expected = [_result(entry.graph, node) for node in entry.graph.values(report, f"<{SH}result>")]
    conforms = (entry.graph.one(report, f"<{SH}conforms>") or "").startswith('"true"')
    if conforms != (not found):
        return f"expected {len(expected)} results, found {len(found)}"
    return difference([_row(result, known) for result in expected], [_row(result, known) for result in found])


def _blank_nodes(triples: Iterable[Triple]) -> frozenset[str]:
    return frozenset(term for triple in triples for term in triple if term[0] == "_")


def _row(result: Mapping[str, str | None], known: frozenset[str]) -> Row:
    """Blank nodes of data and shapes have names that both sides share; in a row these are not renamed."""
    return {name: f"blank {term}" if term in known else term for name, term in result.items() if term is not None}


def _result(graph: Graph, node: str) -> dict[str, str | None]:
    """A result of a report, as `kg.validation.shacl.compiler.Result` has it."""
    path = graph.one(node, f"<{SH}resultPath>")
    return {
        "focus": graph.one(node, f"<{SH}focusNode>"),
        "path": compile_path(graph, path).text if path else None,
        "value": graph.one(node, f"<{SH}value>"),
        "shape": graph.one(node, f"<{SH}sourceShape>"),
        "component": _parameter(graph.one(node, f"<{SH}sourceConstraintComponent>") or ""),
        "severity": graph.one(node, f"<{SH}resultSeverity>"),
    }


def _parameter(component: str) -> str:
    """A component of SHACL by its parameter, as kg names it; another by its own IRI."""
    if not component.startswith(f"<{SH}"):
        return component
    name = component.removeprefix(f"<{SH}").removesuffix(_COMPONENT)
    return f"<{SH}{'sparql' if name == 'SPARQL' else name[:1].lower() + name[1:]}>"
