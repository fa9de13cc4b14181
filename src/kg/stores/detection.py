"""Which kind of store answers at an address: by its Server header, by paths that only it has, by where it answers queries."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from types import MappingProxyType
from typing import Final
from urllib.parse import urljoin

from kg.errors import WorldError
from kg.stores.profiles import Profile, read_presets
from kg.stores.results import ACCEPT, parse_boolean
from kg.web import Client, Unanswered, Unavailable

_ASK: Final = "ASK {}"
_QUERY_PATHS: Final = ("/query", "/sparql", "")
_UPDATE_PATHS: Final = ("/update", "/statements", "")


def detect(profile: Profile, client: Client) -> Profile:
    """Return the profile with its kind and, for a store of no known kind, its endpoints.

    Nothing is written: whether there is a graph store, and what it does, is for `kg.stores.probe` to find out.

    Raises:
        WorldError: nothing answers SPARQL queries at the address.
    """
    kind = profile.kind or _known_kind(profile, client) or "generic"
    found = replace(profile, kind=kind)
    return found if kind != "generic" else _with_endpoints(found, client)


def _known_kind(profile: Profile, client: Client) -> str | None:
    reply = client.request("GET", profile.url, headers={"Accept": "text/html, */*;q=0.5"})
    server = reply.headers.get("server", "")
    for kind, preset in read_presets().items():
        if preset.server and re.search(preset.server, server):
            return kind
    for kind, preset in read_presets().items():
        if preset.path:
            path, word = preset.path
            reply = client.request("GET", urljoin(profile.url, path))
            if reply.is_success and reply.kind != "text/html" and word in reply.text:
                return kind
    return None


def _with_endpoints(profile: Profile, client: Client) -> Profile:
    """Find the endpoints of a store that is not known, where they are not given."""
    address = profile.url.rstrip("/")
    found = dict(profile.endpoints)
    if "query" not in found:
        found["query"] = next(_answering(address, client), "")
        if not found["query"]:
            raise WorldError(
                "nothing answers SPARQL queries here",
                code="store.nothing",
                where=profile.url,
                hint="name the kind of store with --store, or its endpoints in kg.toml",
            )
    if "update" not in found:
        places = (f"{address}{path}" for path in _UPDATE_PATHS)
        found["update"] = next((url for url in places if _is_there(url, client)), found["query"])
    return replace(profile, endpoints=MappingProxyType(found))


def _answering(address: str, client: Client) -> Iterator[str]:
    """Yield the URLs below an address that answer a query; an answer that is no result is none, once the paths are through."""
    failure: Unanswered | Unavailable | None = None
    for path in _QUERY_PATHS:
        url = f"{address}{path}" if path else f"{address}/"
        reply = client.request("POST", url, form={"query": _ASK}, headers={"Accept": ACCEPT})
        if reply.status == 401:
            raise WorldError(
                f"the store does not let us in: {client.told(reply)}",
                code="store.denied",
                where=url,
                hint="set KG_STORE_USER and KG_STORE_PASSWORD, or KG_STORE_TOKEN; ~/.netrc and the keyring are read too",
            )
        if reply.is_success:
            try:
                parse_boolean(reply)
                yield url
            except Unanswered as error:
                failure = error
    if failure:
        raise failure


def _is_there(url: str, client: Client) -> bool:
    reply = client.request("GET", url)
    return reply.kind != "text/html" and (reply.status < 400 or reply.status in (400, 405, 415))
