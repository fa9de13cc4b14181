"""What some stores say in words of their own: transactions over several requests.

RDF4J and GraphDB: https://rdf4j.org/documentation/reference/rest-api/ ; Stardog: https://docs.stardog.com/developing/http-api .
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Protocol
from urllib.parse import urljoin

from kg.errors import WorldError
from kg.stores.protocol import NQUADS, Store
from kg.web import Reply


class Transaction(Protocol):
    """N-Quads removed and added together or not at all."""

    def remove(self, quads: bytes) -> None:
        """Remove N-Quads."""
        ...

    def add(self, quads: bytes) -> None:
        """Add N-Quads."""
        ...

    def commit(self) -> None:
        """Make it so."""
        ...

    def roll_back(self) -> None:
        """Make it not so."""
        ...


@contextmanager
def begin(store: Store) -> Iterator[Transaction]:
    """Open a transaction; it is committed at the end, and rolled back on an exception.

    Raises:
        WorldError: the store refuses a step, or nobody knows whether it performed it.
    """
    transaction: Transaction = _Stardog(store) if store.preset.transactions == "stardog" else _Rdf4j(store)
    try:
        yield transaction
        transaction.commit()
    except BaseException:
        with suppress(WorldError):
            transaction.roll_back()
        raise


class _Rdf4j:
    """A transaction is a resource of the repository; each step is a PUT to it with an action."""

    def __init__(self, store: Store) -> None:
        self._store = store
        reply = _checked(store, store.client.request("POST", f"{store.endpoint('query').rstrip('/')}/transactions"))
        if "location" not in reply.headers:
            raise WorldError("the store opens no transaction", code="store.transaction", where=reply.url)
        self._url = urljoin(reply.url, reply.headers["location"])

    def remove(self, quads: bytes) -> None:
        self._step("DELETE", quads)

    def add(self, quads: bytes) -> None:
        self._step("ADD", quads)

    def commit(self) -> None:
        self._step("COMMIT")

    def roll_back(self) -> None:
        self._store.client.request("DELETE", self._url)

    def _step(self, action: str, quads: bytes | None = None) -> None:
        headers = {"Content-Type": NQUADS} if quads is not None else {}
        _checked(
            self._store,
            self._store.client.request("PUT", self._url, params={"action": action}, content=quads, headers=headers),
        )


class _Stardog:
    """A transaction is a number, which goes into the paths of its steps."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._database = store.endpoint("query").removesuffix("/query")
        self._number = self._post("transaction/begin").text.strip()

    def remove(self, quads: bytes) -> None:
        self._post(f"{self._number}/remove", quads)

    def add(self, quads: bytes) -> None:
        self._post(f"{self._number}/add", quads)

    def commit(self) -> None:
        self._post(f"transaction/commit/{self._number}")

    def roll_back(self) -> None:
        self._post(f"transaction/rollback/{self._number}")

    def _post(self, path: str, quads: bytes | None = None) -> Reply:
        headers = {"Content-Type": NQUADS} if quads is not None else {}
        url = f"{self._database}/{path}"
        return _checked(self._store, self._store.client.request("POST", url, content=quads, headers=headers))


def _checked(store: Store, reply: Reply) -> Reply:
    return store.check(reply, "a step of the transaction")
