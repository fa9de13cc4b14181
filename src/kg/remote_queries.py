"""SPARQL to an external store, answered as `kg.queries` answers: the same questions, bounds, formats and order.

A query is checked here before anything is sent: updates, SERVICE and FROM are refused (`kg.guard`), the syntax is read by the
engine of kg, which says where an error is. Then it is made the store's: parameters are bound, the project's prefixes written
out, and the default graph made the union of the graphs, as it is in the embedded store: by the store's own parameter where it
has one, else by FROM clauses that name the project's graphs. Some stores (Oxigraph, Virtuoso, RDF4J) keep that union as a bag:
a statement that two graphs make is found twice there, which DISTINCT undoes.

An answer is believed when it is whole: complete JSON or RDF, no word of a partial result, and as many rows as the store counts
when it is asked to count them.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterable, Mapping
from itertools import pairwise
from typing import Final, TypeVar

import pyoxigraph as ox

from kg.errors import DataError, WorldError
from kg.guard import Outline, check_query
from kg.iris import Minter, iri_term
from kg.queries import Answer, Limits, ask, choose_format, write_answer
from kg.queries.parameters import bind
from kg.stores.ledger import ledger_graph
from kg.stores.protocol import Store
from kg.stores.results import ACCEPT, check_whole, parse_rows
from kg.vocab import DEFAULT_BASE
from kg.web import Reply, Unanswered

T = TypeVar("T")
_ACCEPT_GRAPH: Final = "application/n-triples, text/turtle;q=0.5"
_TURTLE: Final = frozenset({"text/turtle", "application/x-turtle", "application/turtle"})
_MODIFIERS: Final = frozenset({"ORDER", "GROUP", "HAVING", "LIMIT", "OFFSET", "VALUES"})
_SCHEME: Final = re.compile(r"<[A-Za-z][A-Za-z0-9+.-]*:")
_INTEGER: Final = re.compile(r'"([0-9]+)"')
_ALWAYS: Final = "always"


def ask_store(  # noqa: PLR0913 - all but the question itself by name, as `kg.queries.ask`
    store: Store,
    query: str,
    *,
    format: str | None = None,  # noqa: A002 - as in `kg.queries.ask`
    parameters: Mapping[str, str] | None = None,
    prefixes: Mapping[str, str] | None = None,
    base: str = DEFAULT_BASE,
    limits: Limits | None = None,
    csv_safe: bool = False,
    name: str = "query",
) -> Answer:
    """Ask a store; arguments and answer are those of `kg.queries.ask`.

    Args:
        store: the store.
        query: SELECT, ASK, CONSTRUCT or DESCRIBE.
        format: what to answer in.
        parameters: variables to fix, as N-Triples terms.
        prefixes: known without PREFIX lines.
        base: the project's base IRI: below it lie the graphs that are asked, and relative IRIs are resolved against it.
        limits: seconds and bytes of answer that it may cost; memory is the store's.
        csv_safe: in CSV, keep spreadsheets from taking a text for a formula.
        name: what errors call the query.

    Raises:
        Refused: the query is out of bounds, or asks for what a query does not get; nothing is sent.
        DataError: the query is malformed, or the answer larger than it may be.
        UsageError: the format is not one for this form of query.
        WorldError: time is up (code ``query.timeout``), the store refuses the query, or its answer is not whole.
    """
    outline, known, limits = check_query(query, name=name), prefixes or {}, limits or Limits()
    chosen = choose_format(outline, format)
    ask((), query, parameters=parameters, prefixes=known, base=base, limits=limits, name=name).read()
    bound = check_query(bind(outline, parameters or {}, name=name), name=name)
    found = _within(limits.seconds, lambda: _fetch(store, bound, known, base), name)
    results = ox.parse_query_results(found, format=ox.QueryResultsFormat.JSON) if isinstance(found, bytes) else found
    answer = write_answer(results, bound, format=chosen, prefixes=known, csv_safe=csv_safe)
    if answer.file.seek(0, 2) > limits.output:
        raise DataError(f"the answer is larger than {limits.output:,} bytes", code="query.size", where=name)
    answer.file.seek(0)
    return answer


def _fetch(store: Store, outline: Outline, prefixes: Mapping[str, str], base: str) -> bytes | list[ox.Triple]:
    """Send a query; returns whole results in JSON, or a whole graph."""
    union = store.preset.union
    graphs = () if union else _graphs(store, base)
    parameters = {union: ""} if union not in ("", _ALWAYS) else {}
    prologue = _prologue(outline, prefixes, base)
    text = prologue + insert_dataset(outline, graphs)
    if outline.is_graph:
        triples = store.asked(text, _parse_graph, accept=_ACCEPT_GRAPH, parameters=parameters)
        _check_cap(store, len(triples))
        return triples
    content = store.asked(text, _parse_results, accept=ACCEPT, parameters=parameters)
    if outline.form == "SELECT" and (rows := _count(content)):
        counted = store.asked(prologue + counting_query(outline, graphs), _parse_number, parameters=parameters)
        _check_rows(store, rows, counted)
    return content


def _graphs(store: Store, base: str) -> tuple[str, ...]:
    """The project's graphs that a store holds, but for the ledger and what a load is writing beside."""
    ledger = ledger_graph(base)
    found = store.list_graphs(Minter(base).graph(""))
    return tuple(graph for graph in found if graph != ledger and not graph.startswith(f"{ledger}/"))


def _within(seconds: float, call: Callable[[], T], name: str) -> T:
    """Make a call that may take so long; a store may keep sending for ever, so no time limit of a socket is enough.

    The call is made in a thread of its own: objects of the engine, which may not go from thread to thread, stay out of it.
    """
    results: list[T] = []
    failures: list[BaseException] = []

    def run() -> None:
        try:
            results.append(call())
        except BaseException as error:
            failures.append(error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(seconds)
    if failures:
        raise failures[0]
    if not results:
        raise WorldError(
            f"the query was stopped after {seconds:g} seconds",
            code="query.timeout",
            where=name,
            hint="ask for less, or give it more time with --timeout",
        )
    return results[0]


# --------------------------------------------------------------------------- the text that is sent


def _prologue(outline: Outline, prefixes: Mapping[str, str], base: str) -> str:
    """Declare what the query uses and does not declare, on its first line, so that the lines of a store's errors fit."""
    tokens = outline.tokens
    declared = {
        after.text.removesuffix(":")
        for token, after in pairwise(tokens)
        if token.text == "PREFIX" and after.kind == "pname"
    }
    used = {token.text.partition(":")[0] for token in tokens if token.kind == "pname"} - declared
    lines = [f"PREFIX {prefix}: <{prefixes[prefix]}> " for prefix in sorted(used & prefixes.keys())]
    is_relative = any(token.kind == "iri" and not _SCHEME.match(token.text) for token in tokens)
    if is_relative and not any(token.text == "BASE" for token in tokens):
        lines.insert(0, f"BASE {iri_term(base)} ")
    return "".join(lines)


def insert_dataset(outline: Outline, graphs: Iterable[str]) -> str:
    """Return the query with FROM and FROM NAMED clauses for graphs, in the place where SPARQL has them.

    Args:
        outline: the query, which has no such clauses.
        graphs: the graphs' IRIs; without any, the query stays as it is.
    """
    names = [iri_term(graph) for graph in graphs]
    if not names:
        return outline.text
    clauses = " ".join(f"FROM {name} FROM NAMED {name}" for name in names)
    place = _dataset_place(outline)
    return f"{outline.text[:place]}\n{clauses}\n{outline.text[place:]}"


def counting_query(outline: Outline, graphs: Iterable[str]) -> str:
    """Return the query that counts the rows of a SELECT, as ``?n`` or, where that is taken, another name."""
    words = {token.text[1:] for token in outline.tokens if token.kind == "var"}
    name = "n"
    while name in words:
        name += "_"
    start = next(token.start for token in outline.tokens if token.kind == "word" and token.text == "SELECT")
    head = f"{outline.text[:start]}SELECT (COUNT(*) AS ?{name})"
    clauses = "".join(f" FROM {iri_term(graph)} FROM NAMED {iri_term(graph)}" for graph in graphs)
    return f"{head}{clauses} WHERE {{ {{ {outline.text[start:]}\n}} }}"


def _dataset_place(outline: Outline) -> int:
    """The offset before the WHERE clause, which comes after the SELECT clause or the template."""
    tokens = outline.tokens
    first = next(n for n, token in enumerate(tokens) if token.kind == "word" and token.text == outline.form) + 1
    depth = 0
    is_template = outline.form == "CONSTRUCT" and first < len(tokens) and tokens[first].text == "{"
    for token in tokens[first:]:
        if depth == 0 and not is_template:
            is_where = token.text == "{" or (token.kind == "word" and token.text == "WHERE")
            if is_where or (token.kind == "word" and token.text in _MODIFIERS):
                return token.start
        depth += (token.kind == "open") - (token.kind == "close")
        if is_template and depth == 0:
            is_template = False
    return len(outline.text)


# --------------------------------------------------------------------------- the answer


def _parse_results(reply: Reply) -> bytes:
    """See that an answer is whole SPARQL results in JSON; returns them."""
    check_whole(reply)
    if _count(reply.content) is None:
        raise _not_whole(reply)
    return reply.content


def _count(content: bytes) -> int | None:
    """The rows of an answer in JSON, 0 for a truth value; None where it is none, or not whole.

    The engine's objects may not go from thread to thread, as an exception's frames do: none of them leaves this function.
    """
    try:
        results = ox.parse_query_results(content, format=ox.QueryResultsFormat.JSON)
        return sum(1 for _ in results) if isinstance(results, ox.QuerySolutions) else 0
    except (SyntaxError, ValueError):
        return None


def _parse_number(reply: Reply) -> int:
    rows = parse_rows(reply)
    found = _INTEGER.match(next(iter(rows[0].values()), "")) if len(rows) == 1 else None
    if found is None:
        raise _not_whole(reply)
    return int(found[1])


def _parse_graph(reply: Reply) -> list[ox.Triple]:
    check_whole(reply)
    format = ox.RdfFormat.TURTLE if reply.kind in _TURTLE else ox.RdfFormat.N_TRIPLES  # noqa: A001 - the field's word
    try:
        return [quad.triple for quad in ox.parse(reply.content, format=format)]
    except (SyntaxError, ValueError):
        raise _not_whole(reply) from None


def _not_whole(reply: Reply) -> Unanswered:
    return Unanswered(
        "the answer is not whole, or not what was asked for",
        where=reply.url.split("?", 1)[0],
        hint="a time limit of the store or a proxy may have cut it: ask for less, or try again",
    )


def _check_rows(store: Store, rows: int, counted: int) -> None:
    if rows != counted:
        raise WorldError(
            f"the store counts {counted:,} rows and gives {rows:,}",
            code="store.rows",
            where=store.profile.url,
            hint="it caps its results, or somebody else is changing them: ask in pages with ORDER BY, LIMIT and OFFSET",
        )


def _check_cap(store: Store, triples: int) -> None:
    """A graph's triples cannot be counted in SPARQL; what reaches the cap that a store is known to have may be cut."""
    cap = store.capabilities.row_cap
    if cap and triples >= cap:
        raise WorldError(
            f"the store gives {triples:,} triples and caps its results at {cap:,}: there may be more",
            code="store.rows",
            where=store.profile.url,
            hint="ask for less, or in pages with LIMIT and OFFSET",
        )
