"""The SPARQL 1.1 Protocol and the Graph Store HTTP Protocol, as kg speaks them with any store.

Reading is tried again where no whole answer came; writing is done once, and whoever asked for it looks at what became of it.
Counts are asked as counts: a list of rows may have been cut by the store without a word.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Final, TypeVar

from kg.errors import WorldError
from kg.iris import XSD, iri_term
from kg.stores.profiles import Capabilities, Preset, Profile
from kg.stores.results import ACCEPT, Row, check_whole, parse_boolean, parse_rows
from kg.web import Client, Credentials, Reply, Retries, open_client, retry
from kg.web.credentials import Ask

T = TypeVar("T")
NTRIPLES: Final = "application/n-triples"
NQUADS: Final = "application/n-quads"
TURTLE: Final = "text/turtle"
_GRAPHS_A_QUERY: Final = 200
_QUERY, _UPDATE = "application/sparql-query", "application/sparql-update"


class Store:
    """An external triple store. Made by `open_store`; safe to share between threads."""

    def __init__(self, profile: Profile, client: Client, retries: Retries) -> None:
        self.profile, self.client, self.retries = profile, client, retries
        self.capabilities: Capabilities = profile.preset.capabilities

    @property
    def preset(self) -> Preset:
        """What is known of its kind, with the profile's own settings."""
        return self.profile.preset

    def endpoint(self, name: str) -> str:
        """The URL of ``query``, ``update``, ``graph_store`` or ``dataset``.

        Raises:
            WorldError: the store has none.
        """
        url = self.profile.endpoint(name)
        if url is None:
            raise WorldError(
                f"the store has no endpoint for {name.replace('_', ' ')}", code="store.endpoint", where=self.profile.url
            )
        return url

    # ----------------------------------------------------------------- queries

    def select(self, query: str) -> list[Row]:
        """Ask a SELECT; the rows may be fewer than there are where the store caps them: see `read_rows`.

        Raises:
            WorldError: the store refuses the query, or no whole answer came however often it was asked.
        """
        return self.asked(query, parse_rows)

    def ask(self, query: str) -> bool:
        """Ask an ASK; raises as `select`."""
        return self.asked(query, parse_boolean)

    def asked(
        self,
        query: str,
        parse: Callable[[Reply], T],
        *,
        accept: str = ACCEPT,
        parameters: Mapping[str, str] | None = None,
    ) -> T:
        """Ask any query, and read its answer; again, where the reading finds that it is not whole.

        Args:
            query: the query.
            parse: reads an answer; raises `Unanswered` where it is not whole.
            accept: the media types that it reads.
            parameters: of the protocol, beside the query.

        Raises:
            WorldError: as `select`.
        """
        return retry(lambda: parse(self.check(self._query(query, accept, parameters or {}), "the query")), self.retries)

    def _query(self, query: str, accept: str, parameters: Mapping[str, str]) -> Reply:
        url, headers = self.endpoint("query"), {"Accept": accept}
        if self.preset.form:
            return self.client.request("POST", url, form={"query": query, **parameters}, headers=headers)
        headers["Content-Type"] = _QUERY
        return self.client.request("POST", url, content=query.encode(), params=parameters or None, headers=headers)

    def read_rows(self, variables: Sequence[str], pattern: str) -> list[Row]:
        """Read all different rows of a pattern, in pages where the store caps its results.

        Args:
            variables: their names; together they tell one solution from another.
            pattern: a group graph pattern without its braces.

        Raises:
            WorldError: the store does not give as many rows as it counts; as `select`.
        """
        for attempt in range(1, self.retries.attempts + 1):
            total, rows = self._counted_rows(variables, pattern)
            if len({tuple(row.items()) for row in rows}) == len(rows) == total:
                return rows
            self.wait(attempt)  # what a run that was killed had sent may still be at work
        raise WorldError(
            f"the store counts {total:,} rows and gives {len(rows):,}",
            code="store.rows",
            where=self.profile.url,
            hint="it caps its results, or somebody else is changing them: try again",
        )

    def _counted_rows(self, variables: Sequence[str], pattern: str) -> tuple[int, list[Row]]:
        names = " ".join(f"?{name}" for name in variables)
        total = self.number(f"SELECT (COUNT(*) AS ?n) {{ {pattern} }}")
        rows = self.select(f"SELECT {names} {{ {pattern} }}") if total else []
        page = len(rows)
        if not 0 < page < total:
            return total, rows
        ordered = f"SELECT {names} {{ {{ SELECT {names} {{ {pattern} }} ORDER BY {names} }} }}"
        return total, [
            row for offset in range(0, total, page) for row in self.select(f"{ordered} LIMIT {page} OFFSET {offset}")
        ]

    def count(self, graphs: Sequence[str]) -> dict[str, int]:
        """Count the triples of graphs; raises as `select`."""
        counts: dict[str, int] = {}
        for start in range(0, len(graphs), _GRAPHS_A_QUERY):
            counts |= self._counts(graphs[start : start + _GRAPHS_A_QUERY])
        return counts

    def _counts(self, graphs: Sequence[str]) -> dict[str, int]:
        wanted = " ".join(map(iri_term, graphs))
        pattern = f"VALUES ?g {{ {wanted} }} GRAPH ?g {{ ?s ?p ?o }}"
        rows = self.select(f"SELECT ?g (COUNT(*) AS ?n) {{ {pattern} }} GROUP BY ?g")
        found = {row["g"][1:-1]: _integer(row["n"]) for row in rows if "g" in row}
        if len(found) < len(graphs) and self.number(f"SELECT (COUNT(*) AS ?n) {{ {pattern} }}") != sum(found.values()):
            if len(graphs) == 1:
                raise WorldError("the store contradicts itself", code="store.rows", where=self.profile.url)
            half = len(graphs) // 2  # rows were cut off: a graph without a row need not be empty
            return self._counts(graphs[:half]) | self._counts(graphs[half:])
        return {graph: found.get(graph, 0) for graph in graphs}

    def list_graphs(self, prefix: str) -> dict[str, int]:
        """Count the triples of all graphs whose IRIs begin so; raises as `read_rows`."""
        iri_term(prefix)
        inner = f'GRAPH ?g {{ ?s ?p ?o }} FILTER(STRSTARTS(STR(?g), "{prefix}"))'
        names = self.read_rows(["g"], f"{{ SELECT DISTINCT ?g {{ {inner} }} }}")
        return self.count(sorted(row["g"][1:-1] for row in names))

    def number(self, query: str) -> int:
        """Ask a SELECT of one number ``?n``; raises as `select`."""
        rows = self.select(query)
        if len(rows) != 1 or "n" not in rows[0]:
            raise WorldError("the store does not count", code="store.rows", where=self.profile.url)
        return _integer(rows[0]["n"])

    def wait(self, attempt: int, problem: WorldError | None = None) -> None:
        """Pause before the attempt after the n-th, as long as the store asks for."""
        time.sleep(self.retries.pause(attempt, getattr(problem, "retry_after", None)))

    # ----------------------------------------------------------------- graphs

    def get_graph(self, graph: str) -> list[str]:
        """Return the triples of a graph as sorted N-Triples lines (``s p o .``); raises as `read_rows`."""
        rows = self.read_rows(["s", "p", "o"], f"GRAPH {iri_term(graph)} {{ ?s ?p ?o }}")
        return sorted(f"{row['s']} {row['p']} {row['o']} ." for row in rows)

    def update(self, update: str) -> None:
        """Perform an update, once.

        Raises:
            Unanswered, Unavailable: nobody knows whether it was performed.
            WorldError: the store refuses it.
        """
        url, headers = self.endpoint("update"), {"Accept": f"{ACCEPT}, */*;q=0.1"}
        if self.preset.form:
            reply = self.client.request("POST", url, form={"update": update}, headers=headers)
        else:
            content = update.encode()
            reply = self.client.request("POST", url, content=content, headers=headers | {"Content-Type": _UPDATE})
        check_whole(self.check(reply, "the update"))

    def settle(self, update: str) -> None:
        """Perform an update that may be performed twice, until it is answered; raises as `update`."""
        retry(lambda: self.update(update), self.retries)

    def put_graph(self, graph: str, triples: bytes) -> None:
        """Replace a graph by N-Triples, once; raises as `update`."""
        self._send("PUT", graph, triples)

    def post_graph(self, graph: str, triples: bytes) -> None:
        """Add N-Triples to a graph, once; raises as `update`."""
        self._send("POST", graph, triples)

    def delete_graph(self, graph: str) -> None:
        """Delete a graph, once; one that is not there is no error; raises as `update`."""
        reply = self.client.request("DELETE", self.endpoint("graph_store"), params={"graph": graph})
        if reply.status != 404:
            check_whole(self.check(reply, "the deletion"))

    def _send(self, method: str, graph: str, triples: bytes) -> None:
        content = self.preset.prologue.encode() + triples
        kind = TURTLE if self.preset.prologue else NTRIPLES
        url, headers = self.endpoint("graph_store"), {"Content-Type": kind}
        reply = self.client.request(method, url, params={"graph": graph}, content=content, headers=headers)
        check_whole(self.check(reply, "the graph"))

    def post_dataset(self, quads: Iterable[bytes], length: int) -> None:
        """Add N-Quads, of so many bytes, to the graphs that they name, once; raises as `update`.

        They are sent as they come, with their length: `quads` may be gone through more than once (not a generator).
        """
        url = self.profile.endpoint("dataset") or self.endpoint("graph_store")
        headers = {"Content-Type": NQUADS, "Content-Length": str(length)}
        reply = self.client.request("POST", url, content=quads, headers=headers)
        check_whole(self.check(reply, "the dataset"))

    def check(self, reply: Reply, what: str) -> Reply:
        """Return an answer of success.

        Raises:
            WorldError: it is another; the message quotes the store, without secrets.
        """
        if reply.is_success:
            return reply
        where = reply.url.split("?", 1)[0]
        if reply.status in (401, 403, 407):
            raise WorldError(
                f"the store does not let us in: {self.client.told(reply)}",
                code="store.denied",
                where=where,
                hint="set KG_STORE_USER and KG_STORE_PASSWORD, or KG_STORE_TOKEN; ~/.netrc and the keyring are read too",
            )
        hint = "is the address right? see `kg store check`" if reply.status in (404, 405) else None
        raise WorldError(
            f"the store refuses {what}: {self.client.told(reply)}", code="store.refused", where=where, hint=hint
        )


def _integer(term: str) -> int:
    value, _, datatype = term.partition("^^")
    if datatype not in (f"<{XSD}integer>", f"<{XSD}int>", f"<{XSD}long>", ""):
        raise WorldError(f"not a number: {term}", code="store.answer")
    return int(value.strip('"'))


@contextmanager
def open_store(
    profile: Profile,
    *,
    environ: Mapping[str, str],
    ask: Ask | None = None,
    retries: Retries | None = None,
    jobs: int | None = None,
) -> Iterator[Store]:
    """Open a store: find the credentials and, where it is not told, the kind of store; and close it.

    Args:
        profile: which store, from `kg.stores.profiles.find_profile`.
        environ: the environment, for credentials.
        ask: asks the person at the terminal for credentials, where there is one.
        retries: how often reading is tried.
        jobs: requests at a time; default: the preset's.

    Raises:
        UsageError: credentials are wrong in themselves, or would go over plain http.
        WorldError: there is no store at the address.
    """
    from kg.stores.detection import detect

    credentials = _credentials(profile, environ, ask)
    with open_client(
        profile.url,
        credentials=credentials,
        ask=ask,
        timeout=profile.timeout,
        jobs=jobs or profile.preset.jobs or 1,
        ca_file=profile.ca_file,
        insecure_http=profile.insecure_http,
    ) as client:
        patience = retries or Retries()
        yield Store(retry(lambda: detect(profile, client), patience), client, patience)


def _credentials(profile: Profile, environ: Mapping[str, str], ask: Ask | None) -> Credentials:
    from kg.web import find_credentials

    kind = profile.preset.auth
    return find_credentials(
        profile.name, profile.url, kind=kind, environ=environ, ask=ask, insecure_http=profile.insecure_http
    )
