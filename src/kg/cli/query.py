"""kg query: ask the graph."""

from __future__ import annotations

import json
import math
import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli.console import Settings, printable, write, write_json
from kg.errors import DataError, UsageError

if TYPE_CHECKING:
    from kg.project import Project
    from kg.queries import Answer, Question

EPILOG = """\b
Examples:
  kg query --list                                the shipped questions, each as a sentence
  kg query who-says-how-many-died
  kg query who-attacked-whom --param claimant=agent:armenia
  kg query what-may-have-happened-on --param day=2023-06-27^^xsd:date
  kg query "SELECT ?who (COUNT(*) AS ?n) { ?c kg:claimant ?who } GROUP BY ?who"
  kg query -f mine.rq --format csv > mine.csv
  kg query --graph other.ttl "SELECT * { ?s ?p ?o } LIMIT 5"
  kg query --store desk who-says-how-many-died   a triple store: a name of kg.toml, or an address

\b
The default graph is the union of all; GRAPH ?g { … } asks them one by one. The prefixes kg, kgt, agent, place, event,
claim, doc, oa, prov, skos … are known. A query changes nothing and asks no other place: updates, SERVICE and FROM are
refused. With --store it is the same; an answer that the store cuts is an error, and not shown. Some stores (Oxigraph, Virtuoso,
RDF4J) count a statement twice that two documents make: DISTINCT helps.
Exit status 1: the query is wrong or refused; 3: its time was up, or the store failed.
"""

_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@click.command(epilog=EPILOG)
@click.argument("query", metavar="[QUERY|NAME|-]", required=False)
@click.option("-f", "--file", type=click.Path(path_type=Path), help="Read the query from a file.")
@click.option("--list", "listing", is_flag=True, help="Show the shipped questions.")
@click.option("--param", "parameters", multiple=True, metavar="NAME=TERM",
              help="Fix a variable: agent:armenia, 4, 2023-06-01^^xsd:date, truce@en.")  # fmt: skip
@click.option("--graph", "graphs", multiple=True, type=click.Path(path_type=Path),
              help="Ask this RDF file and not the project's graph; may be repeated.")  # fmt: skip
@click.option("--store", "store", metavar="NAME|URL",
              help="Ask this triple store: a name of kg.toml, or an address.")  # fmt: skip
@click.option("--insecure-http", is_flag=True, help="With --store: send secrets to another machine over plain http.")
@click.option("--format", "style", default="table", show_default=True,
              type=click.Choice(["table", "csv", "tsv", "json", "xml", "ttl", "nt"]),
              help="How to write the answer (ttl and nt: CONSTRUCT and DESCRIBE).")  # fmt: skip
@click.option("--csv-safe", is_flag=True, help="In CSV, keep spreadsheets from taking a text for a formula.")
@click.option("--timeout", type=click.FloatRange(min=0, max=86_400, min_open=True), default=30.0, show_default=True,
              metavar="SECONDS", help="Stop the query after so long.")  # fmt: skip
@click.pass_obj
def query(settings: Settings, /, *, listing: bool, **options: Any) -> None:
    """Ask the graph in SPARQL, or a shipped question by its name."""
    if listing:
        _list(options["style"])
    else:
        _ask(settings, **options)


def _ask(  # noqa: PLR0913 - the options of the command
    settings: Settings,
    *,
    query: str | None,
    file: Path | None,
    parameters: tuple[str, ...],
    graphs: tuple[Path, ...],
    store: str | None,
    insecure_http: bool,
    style: str,
    csv_safe: bool,
    timeout: float,
) -> None:
    from kg.cli.remote import project_if_any
    from kg.queries import Limits
    from kg.vocab import DEFAULT_BASE, project_prefixes

    if math.isnan(timeout):
        raise UsageError("the time-out is not a number", code="query.timeout", hint="--timeout 30")
    if graphs and store is not None:
        raise UsageError("--graph and --store exclude each other", code="query.source")
    text, name, question = _read(query, file)
    project = None if graphs else settings.find_project() if store is None else project_if_any(settings)
    base = project.base if project else DEFAULT_BASE
    prefixes = project_prefixes(base)
    asking = {
        "name": name, "prefixes": prefixes, "base": base, "csv_safe": csv_safe, "limits": Limits(seconds=timeout),
        "format": None if style == "table" else style, "parameters": _terms(parameters, question, prefixes),
    }  # fmt: skip
    if store is not None:
        answer = _ask_store(
            settings, store, text, {"kind": None, "timeout": timeout, "insecure_http": insecure_http}, asking
        )
    else:
        answer = _ask_here(project, list(graphs), text, asking)
    if style == "table" and answer.format == "json":
        _show(settings, answer, prefixes)
    else:
        answer.copy_to(sys.stdout.buffer)


def _ask_here(project: Project | None, graphs: list[Path], text: str, asking: dict[str, Any]) -> Answer:
    from kg.queries import ask
    from kg.store import open_database, store_directory

    if project is None:
        return ask(graphs, text, **asking)
    with open_database(project.out / "kg.nq", store_directory(project.out)) as database:
        return ask(database, text, **asking)


def _ask_store(settings: Settings, target: str, text: str, options: dict[str, Any], asking: dict[str, Any]) -> Answer:
    from kg.cli.remote import ask_person, opened_profile
    from kg.guard import check_query
    from kg.remote_queries import ask_store
    from kg.stores.protocol import open_store
    from kg.web import Retries

    check_query(text, name=asking["name"])  # what is refused is refused before a store is spoken to
    profile = opened_profile(settings, target, options)
    with open_store(profile, environ=os.environ, ask=ask_person(), retries=Retries(attempts=3)) as store:
        return ask_store(store, text, **asking)


def _read(query: str | None, file: Path | None) -> tuple[str, str, Question | None]:
    """Return the query's text, what errors call it, and the shipped question that it is, if it is one."""
    if (query is None) == (file is None):
        raise UsageError(
            "give one query: a text, a name or a file", code="query.none", hint="kg query --list names some"
        )
    if query == "-" or (file is not None and str(file) == "-"):
        return sys.stdin.read(), "stdin", None
    if file is not None:
        try:
            return file.read_text(encoding="utf-8"), str(file), None
        except UnicodeDecodeError as error:
            raise DataError(f"not UTF-8: {error.reason}", code="query.syntax", where=str(file)) from error
    assert query is not None  # noqa: S101 - of the two exactly one is given
    if not _NAME.fullmatch(query):
        return query, "query", None
    from kg.queries import find_question

    question = find_question(query)
    return question.text, f"{question.name}.rq", question


def _terms(parameters: tuple[str, ...], question: Question | None, prefixes: dict[str, str]) -> dict[str, str]:
    """Read NAME=TERM; a question's defaults hold for what is not given, and an empty TERM leaves the variable free."""
    from kg.queries import parse_term

    given = {p.name: p.default for p in question.parameters if p.default} if question else {}
    for parameter in parameters:
        name, separator, term = parameter.partition("=")
        if not separator or not name.isidentifier():
            raise UsageError(f"not NAME=TERM: {parameter}", code="query.parameter", hint="--param who=agent:armenia")
        given[name] = term
    return {name: parse_term(term, prefixes) for name, term in given.items() if term}


# --------------------------------------------------------------------------- what people read


def _list(style: str) -> None:
    from kg.queries import read_questions

    questions = read_questions()
    if style == "json":
        write_json([
            {"name": q.name, "en": q.english, "fr": q.french, "soundness": q.is_soundness,
             "parameters": [{"name": p.name, "default": p.default, "description": p.description} for p in q.parameters]}
            for q in questions
        ])  # fmt: skip
        return
    for question in questions:
        write(click.style(question.name, bold=True))
        write(f"    {question.english}{' (must be empty)' if question.is_soundness else ''}")
        write(f"    {question.french}{' (doit être vide)' if question.is_soundness else ''}")
        for parameter in question.parameters:
            write(f"      --param {parameter.name}={parameter.default or '…'}  {parameter.description}")


def _show(settings: Settings, answer: Answer, prefixes: dict[str, str]) -> None:
    """Print a table, on a terminal as wide as that, elsewhere as wide as it needs."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    result = json.loads(answer.read())
    if "boolean" in result:
        write(str(result["boolean"]).lower())
        return
    names, rows = result["head"]["vars"], result["results"]["bindings"]
    table = Table(*names, box=box.SIMPLE_HEAD, header_style="bold", pad_edge=False)
    for row in rows:
        table.add_row(*(Text(_cell(row.get(name), prefixes), overflow="fold") for name in names))
    is_terminal = sys.stdout.isatty()
    console = Console(file=sys.stdout, width=None if is_terminal else 100_000, highlight=False)
    if names:
        console.print(table)
    settings.talk(f"{len(rows):,} {'row' if len(rows) == 1 else 'rows'}")


def _cell(term: dict[str, Any] | None, prefixes: dict[str, str]) -> str:
    """Write a term of the JSON results for the eye: IRIs short (``--param`` reads them so), literals without quotes."""
    if term is None:
        return ""
    value = term["value"]
    if term["type"] == "triple":
        return " ".join(["<<", *(_cell(value[part], prefixes) for part in ("subject", "predicate", "object")), ">>"])
    if term["type"] == "bnode":
        return f"_:{value}"
    if term["type"] == "uri":
        known = [(len(space), prefix, space) for prefix, space in prefixes.items() if value.startswith(space)]
        if not known:
            return f"<{printable(value)}>"
        _, prefix, space = max(known)
        return printable(f"{prefix}:{value[len(space) :]}")
    return printable(value)
