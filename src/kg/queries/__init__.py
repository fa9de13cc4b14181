"""SPARQL in, tables out.

A query is checked by `kg.guard`, its parameters are bound as terms, and a process of its own evaluates it (see
`kg.queries.worker`): the time-out is real, and no query, however hostile, takes its caller down. The default graph is
the union of all named graphs; ``GRAPH ?g`` asks them one by one. The project's prefixes are known without PREFIX lines.
The answer to the same question over the same graph has the same bytes on every run: columns in the order of the query,
rows sorted unless ORDER BY says otherwise.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import IO, Final

from kg.errors import DataError, KgError, UsageError, WorldError
from kg.guard import Outline, check_query
from kg.queries import worker
from kg.queries.parameters import bind, parse_term
from kg.queries.questions import Parameter, Question, find_question, read_question, read_questions

__all__ = [
    "GRAPH_FORMATS", "TABLE_FORMATS", "Answer", "Limits", "Parameter", "Question",
    "ask", "choose_format", "find_question", "parse_term", "read_question", "read_questions", "write_answer",
]  # fmt: skip

TABLE_FORMATS: Final = ("csv", "tsv", "json", "xml")
"""What SELECT and ASK can be answered in: the four SPARQL 1.1 result formats."""
GRAPH_FORMATS: Final = ("ttl", "nt")
"""What CONSTRUCT and DESCRIBE can be answered in."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one query may cost: wall-clock seconds, bytes of address space, bytes of answer."""

    seconds: float = 30.0
    memory: int = 2 << 30
    output: int = 1 << 30


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer in `format`, to be taken once. `form` is SELECT, ASK, CONSTRUCT or DESCRIBE."""

    form: str
    format: str
    file: IO[bytes]

    def read(self) -> bytes:
        """Return the whole answer."""
        with self.file:
            return self.file.read()

    def copy_to(self, output: IO[bytes]) -> None:
        """Write the answer to a binary file."""
        with self.file:
            shutil.copyfileobj(self.file, output)


def ask(  # noqa: PLR0913 - all but the question itself by name
    source: Path | Sequence[Path],
    query: str,
    *,
    format: str | None = None,  # noqa: A002 - the same word as the option and as pyoxigraph's
    parameters: Mapping[str, str] | None = None,
    prefixes: Mapping[str, str] | None = None,
    base: str | None = None,
    limits: Limits | None = None,
    csv_safe: bool = False,
    name: str = "query",
) -> Answer:
    """Answer a query.

    Args:
        source: the folder of a database (`kg.store`), or RDF files.
        query: SELECT, ASK, CONSTRUCT or DESCRIBE.
        format: one of `TABLE_FORMATS` (default ``json``) or of `GRAPH_FORMATS` (default ``ttl``), as the form asks.
        parameters: variables to fix: names to N-Triples terms, which `parse_term` makes of what people write.
        prefixes: known without PREFIX lines; the query's own come first.
        base: what relative IRIs of the query are resolved against.
        limits: what the query may cost.
        csv_safe: in CSV, write an apostrophe before what a spreadsheet would take for a formula.
        name: what errors call the query, e.g. its file.

    Raises:
        Refused: the query is out of bounds, or asks for what a query does not get (updates, SERVICE, FROM).
        DataError: the query is malformed (with line and column), or costs more memory or output than it may.
        UsageError: the format is not one for this form of query.
        WorldError: time is up (code ``query.timeout``), or the source cannot be read.
    """
    outline = check_query(query, name=name)
    limits = limits or Limits()
    paths = [source] if isinstance(source, Path) else list(source)
    for path in paths:
        if not path.exists():
            raise WorldError("no such file", code="query.source", where=str(path))
    job = worker.Job(
        database=str(source) if isinstance(source, Path) else None,
        files=[] if isinstance(source, Path) else [str(path) for path in paths],
        query=bind(outline, parameters or {}, name=name),
        original=query,
        prefixes=dict(prefixes or {}),
        base=base,
        format=choose_format(outline, format),
        variables=_columns(outline),
        is_ordered=_is_ordered(outline),
        csv_safe=csv_safe,
        memory=limits.memory,
        seconds=int(limits.seconds) + 2,
        output=limits.output,
    )
    return Answer(outline.form, job.format, _run(job, limits.seconds, name))


def write_answer(
    results: worker.Results,
    outline: Outline,
    *,
    format: str,  # noqa: A002 - as in `ask`
    prefixes: Mapping[str, str],
    csv_safe: bool = False,
) -> Answer:
    """Write what another engine found as `ask` writes its answers: columns and rows in the same order, the same forms.

    Args:
        results: what it found.
        outline: the query.
        format: what `choose_format` gives.
        prefixes: for Turtle.
        csv_safe: see `ask`.
    """
    job = worker.Job(
        database=None, files=[], query=outline.text, original=outline.text, prefixes=dict(prefixes), base=None,
        format=format, variables=_columns(outline), is_ordered=_is_ordered(outline), csv_safe=csv_safe,
        memory=0, seconds=0, output=0,
    )  # fmt: skip
    file = tempfile.TemporaryFile()  # noqa: SIM115 - it is the answer
    worker.write_results(results, job, file)
    file.seek(0)
    return Answer(outline.form, format, file)


def choose_format(outline: Outline, wanted: str | None) -> str:
    """Return the format to answer a query in.

    Raises:
        UsageError: what is wanted is none for this form of query.
    """
    formats = GRAPH_FORMATS if outline.is_graph else TABLE_FORMATS
    if wanted is None:
        return "ttl" if outline.is_graph else "json"
    if wanted not in formats:
        raise UsageError(
            f"{outline.form} has no {wanted} form", code="query.format", hint=f"formats: {', '.join(formats)}"
        )
    return wanted


def _columns(outline: Outline) -> list[str]:
    """The columns of a SELECT in the order of the query; of SELECT *, the variables in order of appearance."""
    if outline.form != "SELECT":
        return []
    words = [token.text for token in outline.tokens]
    start = words.index("SELECT") + 1
    if "*" in words[start : start + 2]:
        return list(dict.fromkeys(token.text[1:] for token in outline.tokens[start:] if token.kind == "var"))
    columns: list[str] = []
    depth = 0
    for token, following in pairwise(outline.tokens[start:]):
        if depth == 0 and (token.text in ("{", "WHERE", "FROM")):
            break
        depth += (token.kind == "open") - (token.kind == "close")
        is_named = depth == 1 and following.text == ")"  # ( expression AS ?name )
        if token.kind == "var" and (depth == 0 or is_named):
            columns.append(token.text[1:])
    return list(dict.fromkeys(columns))


def _is_ordered(outline: Outline) -> bool:
    """Whether an ORDER BY stands outside all braces."""
    depth = 0
    for token in outline.tokens:
        depth += (token.kind == "open") - (token.kind == "close")
        if depth == 0 and token.text == "ORDER":
            return True
    return False


# --------------------------------------------------------------------------- the process


def _run(job: worker.Job, seconds: float, name: str) -> IO[bytes]:
    """Run the worker; its standard output is a file, so that nothing has to be read while it runs."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 - it is the answer
    command = [sys.executable, "-P", "-B", "-c", f"from {worker.__name__} import main; main()"]
    environment = {**os.environ, "RUST_BACKTRACE": "0"}
    with subprocess.Popen(  # noqa: S603 - our own interpreter and module
        command, stdin=subprocess.PIPE, stdout=file, stderr=subprocess.PIPE, env=environment
    ) as process:
        try:
            _, errors = process.communicate(job.dump(), timeout=seconds)
        except subprocess.TimeoutExpired:
            raise WorldError(
                f"the query was stopped after {seconds:g} seconds",
                code="query.timeout",
                where=name,
                hint="ask for less, or give it more time with --timeout",
            ) from None
        finally:
            process.kill()
    if process.returncode != 0:
        file.close()
        raise _failure(process.returncode, errors, job, name)
    file.seek(0)
    return file


def _failure(status: int, errors: bytes, job: worker.Job, name: str) -> KgError:
    lines = errors.decode("utf-8", "replace").splitlines()
    try:
        told = json.loads(lines[-1]) if status == 1 and lines else {}
    except ValueError:
        told = {}
    kind = told.get("kind")
    if kind == worker.SYNTAX:
        where = f"{name}:{told['where']}" if told["where"] else name
        return DataError(f"not SPARQL: {told['message']}", code="query.syntax", where=where)
    if kind == worker.DATA:
        return DataError(told["message"], code="query.data", where=told["where"] or name)
    if kind == worker.WORLD:
        return WorldError(told["message"], code="query.source", where=name)
    if kind == worker.SIZE:
        return DataError(f"the answer is larger than {job.output:,} bytes", code="query.size", where=name)
    if kind == worker.MEMORY or status < 0:
        reason = "" if kind else f" ({signal.Signals(-status).name})"
        return DataError(
            f"the query costs more memory than it may, or overflows the engine{reason}",
            code="query.memory",
            where=name,
            hint="ask for less: add patterns that select, or LIMIT",
        )
    detail = lines[-1] if lines else f"status {status}"
    return KgError(f"the query process failed: {detail}", code="query.worker", where=name)
