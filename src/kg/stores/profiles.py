"""Which store, where, and how: profiles from kg.toml or from an address, over presets for each kind of store.

A table of kg.toml may hold these keys, all but ``url`` as the preset of its ``kind`` has them otherwise::

    [stores.desk]
    url = "https://store.example.org/ds"   # the address that the endpoints lie below
    kind = "fuseki"                        # default: found out
    query = "/query"                       # endpoints: below the address, or absolute
    update = "/update"
    graph_store = "/data"
    dataset = "/data"
    auth = "basic"                         # none, basic, digest, bearer, auto
    timeout = 120                          # seconds without an answer
    jobs = 2                               # requests at a time
    triples = 10000                        # in one update
    bytes = 2000000                        # in one body
    ca_file = "ca.pem"                     # certificates, relative to kg.toml
    insecure_http = false                  # send secrets over plain http to another machine

User and password never stand here: see `kg.web.credentials`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, Literal, cast
from urllib.parse import urljoin, urlsplit

from kg.errors import UsageError
from kg.project import FILE_NAME, Project
from kg.web.addresses import check_address

Auth = Literal["none", "basic", "digest", "bearer", "auto"]
AUTHS: Final[tuple[Auth, ...]] = ("none", "basic", "digest", "bearer", "auto")


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a store can do.

    Attributes:
        graph_store: it speaks the Graph Store Protocol.
        put_atomic: a PUT that fails leaves the old graph.
        chunked: a body without a length is stored.
        gzip: a gzip body is stored.
        dataset_upload: N-Quads without a graph are stored in the graphs that they name.
        update_atomic: an update whose second operation fails leaves nothing of the first.
        move: MOVE of a graph to another.
        row_cap: so many rows a result has at most; 0: no cap.
    """

    graph_store: bool = False
    put_atomic: bool = False
    chunked: bool = False
    gzip: bool = False
    dataset_upload: bool = False
    update_atomic: bool = False
    move: bool = False
    row_cap: int = 0


@dataclass(frozen=True, slots=True)
class Preset:
    """What is known of a kind of store: see ``presets.toml``, whose keys these are."""

    title: str
    server: str = ""
    path: tuple[str, str] | None = None
    query: str | None = None
    update: str | None = None
    graph_store: str | None = None
    dataset: str | None = None
    auth: Auth = "auto"
    form: bool = False
    clear: Literal["drop", "delete"] = "drop"
    union: str = ""
    prologue: str = ""
    transactions: Literal["", "rdf4j", "stardog"] = ""
    jobs: int = 1
    triples: int = 10_000
    bytes: int = 2_000_000
    probe: bool = False
    port: int = 0
    source: str = ""
    capabilities: Capabilities = field(default_factory=Capabilities)


@dataclass(frozen=True, slots=True)
class Profile:
    """A store: its name in kg.toml (or ``store``), its address, its kind (`None` until it is found out), its settings.

    `endpoints` holds those of ``query``, ``update``, ``graph_store``, ``dataset`` that are given, as absolute URLs, and
    `settings` what overrides the preset.
    """

    name: str
    url: str
    kind: str | None = None
    endpoints: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    settings: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    timeout: float = 120.0
    ca_file: Path | None = None
    insecure_http: bool = False

    @property
    def preset(self) -> Preset:
        """The preset of its kind with the profile's own settings."""
        return replace(read_presets()[self.kind or "generic"], **self.settings)

    def endpoint(self, name: str) -> str | None:
        """The URL of ``query``, ``update``, ``graph_store`` or ``dataset``; `None` where the store has none."""
        if name in self.endpoints:
            return self.endpoints[name]
        path = getattr(self.preset, name)
        return None if path is None else _below(self._address(), path)

    def _address(self) -> str:
        """The address without the endpoint that somebody may have copied with it."""
        url = self.url.rstrip("/")
        for name in ("query", "update", "graph_store"):
            path = (getattr(self.preset, name) or "").rstrip("/")
            if path and url.endswith(path) and urlsplit(url).path:
                return url.removesuffix(path)
        return url


_SETTINGS: Final = {"auth": str, "jobs": int, "triples": int, "bytes": int}
_ENDPOINTS: Final = ("query", "update", "graph_store", "dataset")
_KEYS: Final[Mapping[str, type | tuple[type, ...]]] = {
    "url": str,
    "kind": str,
    **dict.fromkeys(_ENDPOINTS, str),
    **_SETTINGS,
    "timeout": (int, float),
    "ca_file": str,
    "insecure_http": bool,
}
_SECRETS: Final = ("user", "password", "token", "secret", "login", "key")


@lru_cache(maxsize=1)
def read_presets() -> Mapping[str, Preset]:
    """The presets of kg by kind, in the order of the file."""
    tables = tomllib.loads(files("kg.stores").joinpath("presets.toml").read_text(encoding="utf-8"))
    return MappingProxyType({kind: _preset(table) for kind, table in tables.items()})


def _preset(table: dict[str, Any]) -> Preset:
    path = cast("tuple[str, str] | None", tuple(table["path"]) if "path" in table else None)
    return Preset(**table | {"path": path, "capabilities": Capabilities(**table["capabilities"])})


def find_profile(target: str, project: Project | None = None, *, kind: str | None = None) -> Profile:
    """Return the profile of a store that is named in kg.toml, or of one at an address.

    Args:
        target: a name below ``[stores]``, or an http(s) URL.
        project: where names are looked up.
        kind: the kind of store, where it is told; overrides what kg.toml says.

    Raises:
        UsageError: neither a name nor a URL; or kg.toml, the kind or the URL is wrong. No message repeats a URL with
            user-info.
    """
    tables = project.tables.get("stores", {}) if project else {}
    if target in tables:
        assert project is not None  # noqa: S101 - it has the table
        profile = _read(target, tables[target], project.root)
    elif "://" in target:
        profile = Profile("store", check_address(target))
    else:
        names = ", ".join(sorted(tables)) or "none"
        raise UsageError(
            f"no store of this name, and no URL: {target}",
            code="store.unknown",
            hint=f"stores in {FILE_NAME}: {names}; or give an address such as http://localhost:7878",
        )
    return replace(profile, kind=_checked_kind(kind, "--store")) if kind else profile


def _checked_kind(kind: str, where: str) -> str:
    if kind not in read_presets():
        raise UsageError(
            f"no such kind of store: {kind!r}", code="store.kind", where=where, hint=", ".join(read_presets())
        )
    return kind


def _read(name: str, table: Any, root: Path) -> Profile:
    where = f"{root / FILE_NAME}:stores.{name}"
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9_-]*", name) or not isinstance(table, dict):
        raise UsageError("a store is a table with a plain name", code="store.profile", where=where)
    for key, value in table.items():
        _check_key(key, value, f"{where}.{key}")
    if "url" not in table:
        raise UsageError("a store needs a url", code="store.profile", where=where, hint='url = "http://localhost:7878"')
    url = check_address(table["url"], where=f"{where}.url")
    return Profile(
        name=name,
        url=url,
        kind=_checked_kind(table["kind"], f"{where}.kind") if "kind" in table else None,
        endpoints=MappingProxyType({
            key: check_address(_below(url.rstrip("/"), table[key]), where=f"{where}.{key}")
            for key in _ENDPOINTS
            if key in table
        }),
        settings=MappingProxyType({key: table[key] for key in _SETTINGS if key in table}),
        timeout=float(table.get("timeout", 120)),
        ca_file=root / table["ca_file"] if "ca_file" in table else None,
        insecure_http=table.get("insecure_http", False),
    )  # fmt: skip


def _check_key(key: str, value: Any, where: str) -> None:
    if key in _SECRETS:
        raise UsageError(
            f"{key} does not stand in {FILE_NAME}",
            code="store.secret",
            where=where,
            hint="take it out; kg finds it in KG_STORE_USER, KG_STORE_PASSWORD or KG_STORE_TOKEN, ~/.netrc or the keyring",
        )
    if key not in _KEYS:
        raise UsageError(f"unknown key {key!r}", code="store.profile", where=where, hint=f"keys: {', '.join(_KEYS)}")
    if not isinstance(value, _KEYS[key]) or (isinstance(value, bool) and _KEYS[key] is not bool):
        raise UsageError(f"{key} has a value of the wrong type", code="store.profile", where=where)
    if key == "auth" and value not in AUTHS:
        raise UsageError(
            f"no such way to say who one is: {value!r}", code="store.profile", where=where, hint=str(AUTHS)
        )
    if isinstance(value, (int, float)) and not isinstance(value, bool) and value <= 0:
        raise UsageError(f"{key} must be greater than 0", code="store.profile", where=where)


def _below(address: str, path: str) -> str:
    if "://" in path:
        return path
    if path.startswith("//"):
        return urljoin(address, path)
    return f"{address}/{path.lstrip('/')}" if path else address
