"""The process in which a query is evaluated, so that it can be stopped and cannot take anything with it.

`main` reads one `Job` from standard input and writes the answer, complete and in its final format, to standard output.
What goes wrong is one line of JSON on standard error. Before it touches the query the process gives up the network,
memory and processor time beyond a bound, core dumps and large files; its parent kills it when time is up.
"""

from __future__ import annotations

import ctypes
import errno
import json
import os
import re
import resource
import signal
import sys
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg.errors import KgError
from kg.rdf import read_quads

SYNTAX, MEMORY, SIZE, DATA, WORLD = "syntax", "memory", "size", "data", "world"
"""Kinds of failure that the worker tells of."""

_CLONE_NEWUSER, _CLONE_NEWNET, _PR_SET_PDEATHSIG = 0x10000000, 0x40000000, 1
_ERROR_AT = re.compile(r"error at (\d+:\d+): (.*)", re.DOTALL)
_FORMULA = re.compile(r"[=+\-@\t\r]")
_RESULTS = {
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
}


Results = ox.QueryBoolean | ox.QuerySolutions | Iterable[ox.Triple]
"""What an engine finds: a truth value, rows, or a graph."""


@dataclass(frozen=True, slots=True)
class Job:
    """What to evaluate, on a database or on RDF files, within bounds: bytes of memory and of answer, processor seconds.

    `query` is evaluated; `original` is the same before its parameters were bound, in which errors are located.
    `variables` is the order of columns where the query names none; `is_ordered` says that it orders the rows.
    """

    database: str | None
    files: list[str]
    query: str
    original: str
    prefixes: dict[str, str]
    base: str | None
    format: str
    variables: list[str]
    is_ordered: bool
    csv_safe: bool
    memory: int
    seconds: int
    output: int

    def dump(self) -> bytes:
        """Write the job as JSON."""
        return json.dumps(asdict(self)).encode("ascii")


def main() -> None:
    """Do the job that standard input holds."""
    job = Job(**json.load(sys.stdin.buffer))
    confine(job)
    try:
        write_answer(job, sys.stdout.buffer)
        sys.stdout.buffer.flush()
    except MemoryError:
        _fail(MEMORY, "out of memory")
    except _Failure as failure:
        _fail(failure.kind, failure.message, failure.where)
    except OSError as error:
        _fail(SIZE if error.errno == errno.EFBIG else WORLD, str(error))


class _Failure(Exception):  # noqa: N818 - private, and it is one
    def __init__(self, kind: str, message: str, where: str | None = None) -> None:
        super().__init__(message)
        self.kind, self.message, self.where = kind, message, where


def _fail(kind: str, message: str, where: str | None = None) -> None:
    sys.stderr.write(json.dumps({"kind": kind, "message": message, "where": where}) + "\n")
    sys.stderr.flush()
    os._exit(1)


# --------------------------------------------------------------------------- confinement


def confine(job: Job) -> None:
    """Give up what evaluating a query does not need; what an operating system does not offer is left as it is."""
    if sys.platform == "linux":
        libc = ctypes.CDLL(None, use_errno=True)
        libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)  # never outlive the parent
        libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET)  # where it fails, `kg.guard` has still refused SERVICE
    _limit("RLIMIT_CORE", 0)
    _limit("RLIMIT_AS", job.memory)
    _limit("RLIMIT_CPU", job.seconds)
    _limit("RLIMIT_FSIZE", job.output)


def _limit(name: str, bound: int) -> None:
    kind = getattr(resource, name, None)
    if kind is not None:
        hard = resource.getrlimit(kind)[1]
        bound = bound if hard == resource.RLIM_INFINITY else min(bound, hard)
        resource.setrlimit(kind, (bound, bound))


# --------------------------------------------------------------------------- evaluation


def write_answer(job: Job, output: Any) -> None:
    """Evaluate the query and write the answer to a binary file, in an order that is the same on every run."""
    store = ox.Store.read_only(job.database) if job.database is not None else load_files(map(Path, job.files))
    try:
        write_results(store.query(job.query, base_iri=job.base, prefixes=dict(job.prefixes)), job, output)
    except SyntaxError as error:
        raise _located(error, job) from error
    except RuntimeError as error:
        raise _Failure(DATA, str(error)) from error


def write_results(results: Results, job: Job, output: Any) -> None:
    """Write what an engine found, as `write_answer` does."""
    if isinstance(results, ox.QueryBoolean):
        results.serialize(output, _RESULTS[job.format])
    elif isinstance(results, ox.QuerySolutions):
        _write_rows(results, job, output)
    else:
        _write_triples(_canonical(results), job, output)


def load_files(paths: Iterable[Path]) -> ox.Store:
    """Load RDF files into memory; the default graph is the union of all graphs, as in `kg.store`."""
    store = ox.Store()
    for number, path in enumerate(paths):
        try:
            quads = list(read_quads(path, label=f"f{number}b"))
        except KgError as error:
            raise _Failure(DATA, error.message, error.where) from error
        store.bulk_extend(quads)
        store.bulk_extend(ox.Quad(q.subject, q.predicate, q.object, ox.DefaultGraph()) for q in quads)
    return store


def _canonical(triples: Iterable[ox.Triple]) -> list[ox.Triple]:
    """Each triple once and sorted; blank nodes of a template get the names of RDFC-1.0."""
    dataset = ox.Dataset(ox.Quad(t.subject, t.predicate, t.object) for t in triples)
    if any(isinstance(term, ox.BlankNode) for quad in dataset for term in (quad.subject, quad.object)):
        dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return sorted((quad.triple for quad in dataset), key=str)


def _write_triples(triples: list[ox.Triple], job: Job, output: Any) -> None:
    if not triples:
        return  # no triple, no line: the library leaves out the prefixes too
    if job.format == "nt":
        ox.serialize(triples, output, ox.RdfFormat.N_TRIPLES)
        return
    turtle = ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=dict(job.prefixes)) or b""
    lines = turtle.decode("utf-8").split("\n")  # the library declares all prefixes, in an order of its own
    head, body = sorted(lines[: len(job.prefixes)]), "\n".join(lines[len(job.prefixes) :])
    used = [line for line in head if line.split()[1] in body]
    output.write("\n".join([*used, body]).encode("utf-8"))


def _write_rows(solutions: ox.QuerySolutions, job: Job, output: Any) -> None:
    """Write a table: columns in the order of the query, rows in its order too or else sorted.

    The rows pass through the TSV form, whose terms are those of Turtle, so that the library writes the other formats.
    """
    names = [variable.value for variable in solutions.variables]
    if job.variables:  # SELECT *: the library sorts the columns by name
        names = [*(v for v in job.variables if v in names), *(n for n in names if n not in job.variables)]
    safe = job.csv_safe and job.format == "csv"
    lines = ["\t".join(_cell(row[name], safe=safe) for name in names) for row in solutions]
    if not job.is_ordered:
        lines.sort()
    header = "\t".join(f"?{name}" for name in names)
    table = "\n".join([header, *lines, ""]).encode("utf-8")
    ox.parse_query_results(table, format=ox.QueryResultsFormat.TSV).serialize(output, _RESULTS[job.format])


def _cell(term: Any, *, safe: bool) -> str:
    if term is None:
        return ""
    if isinstance(term, ox.Triple):
        return f"<<( {_cell(term.subject, safe=False)} {term.predicate} {_cell(term.object, safe=False)} )>>"
    if safe and isinstance(term, ox.Literal) and _FORMULA.match(term.value) and not _is_number(term):
        return str(ox.Literal(f"'{term.value}"))
    return str(term)


def _is_number(literal: ox.Literal) -> bool:
    return literal.datatype.value.rpartition("#")[2] in ("integer", "decimal", "double", "float")


def _located(error: SyntaxError, job: Job) -> _Failure:
    """Say where the error is in what the user wrote: values that were bound would move the columns."""
    try:
        ox.Store().query(job.original, base_iri=job.base, prefixes=dict(job.prefixes))
    except SyntaxError as original:
        error = original
    found = _ERROR_AT.fullmatch(str(error))
    return _Failure(SYNTAX, found[2], found[1]) if found else _Failure(SYNTAX, str(error))


if __name__ == "__main__":
    main()
