"""Real store servers, started for tests on free ports of loopback and ended with them.

Each recipe says how one server is started and what a user would give to ``kg load`` for it. A server dies with the process that
started it, whatever becomes of that one.
"""

from __future__ import annotations

import ctypes
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import httpx

from tests.stores.installing import installed

JAVA: Final = ("java", "-Xmx768m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
_READY_SECONDS: Final = 120.0
_PR_SET_PDEATHSIG: Final = 1
_SETTINGS: Final = Path(__file__).with_name("settings")


@dataclass(frozen=True, slots=True)
class Server:
    """A server that runs.

    Attributes:
        name: its name in capabilities.toml.
        kind: the preset that it is.
        url: what a user gives to ``kg load``.
        query, update, graph_store: the addresses, for a look past kg; None where there is no such protocol.
        user, password: None where it asks for none.
        folder: its data and its log.
        process: the process; the fake store has none.
    """

    name: str
    kind: str
    url: str
    query: str
    update: str
    graph_store: str | None
    user: str | None
    password: str | None
    folder: Path
    process: subprocess.Popen[bytes] | None

    def look(self) -> httpx.Client:
        """A plain client with this server's credentials: the eyes of the tests, not kg's."""
        auth = httpx.DigestAuth(self.user, self.password or "") if self.user else None
        return httpx.Client(auth=auth, timeout=120, trust_env=False, verify=False)  # noqa: S501 - plain http, on loopback


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a server is started: paths are relative to ``http://127.0.0.1:PORT``."""

    kind: str
    command: Callable[[Path, int], list[str]]
    url: str
    query: str
    update: str
    graph_store: str | None
    settle: Callable[[str, Path, str], None] | None = None
    user: str | None = None
    ready: str = "/"


def free_port() -> int:
    """A port of loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _oxigraph(program: Callable[[], Path]) -> Callable[[Path, int], list[str]]:
    return lambda folder, port: [
        str(program()),
        "serve",
        "--location",
        str(folder / "data"),
        "--bind",
        f"127.0.0.1:{port}",
    ]


def _endpoint(_: Path, port: int) -> list[str]:
    return [sys.executable, "-m", "tests.stores.sparql_endpoint", str(port)]


def _virtuoso(folder: Path, port: int) -> list[str]:
    ini = folder / "virtuoso.ini"
    template = (_SETTINGS / "virtuoso.ini").read_text(encoding="utf-8")
    ini.write_text(template.format(folder=folder, port=port, admin_port=free_port()), encoding="utf-8")
    return [str(installed("virtuoso")), "+configfile", str(ini), "+foreground"]


def _virtuoso_user(_: str, folder: Path, password: str) -> None:
    """Make a user of Virtuoso's that may update; ``dba`` keeps its well-known password, on loopback."""
    ini = (folder / "virtuoso.ini").read_text(encoding="utf-8")
    admin = next(line.split(" = ")[1] for line in ini.splitlines() if line.startswith("ServerPort"))
    isql = [str(installed("virtuoso").with_name("isql-vt")), admin, "dba", "dba"]
    for statement in (
        f"DB.DBA.USER_CREATE('kg', '{password}')",
        "GRANT SPARQL_UPDATE TO kg",
        "DB.DBA.RDF_DEFAULT_USER_PERMS_SET('kg', 7)",
    ):
        told = subprocess.run(
            [*isql, f"exec={statement};"], capture_output=True, timeout=60, env=_environment(), text=True, check=True
        )
        if "*** Error" in told.stdout + told.stderr:
            raise RuntimeError(f"Virtuoso refused a user: {told.stdout[-500:]}{told.stderr[-500:]}")


def _fuseki(folder: Path, port: int) -> list[str]:
    (folder / "tdb").mkdir(exist_ok=True)
    where = ["--localhost", "--port", str(port), "--ping", "--update", "--tdb2", "--loc", str(folder / "tdb")]
    return [*JAVA, "-jar", str(installed("fuseki")), *where, "/ds"]


def _rdf4j(folder: Path, port: int) -> list[str]:
    (folder / "tmp").mkdir()
    runner = installed("rdf4j")
    war = next(runner.parent.glob("rdf4j-http-server-*.war"))
    places = [f"-Djava.io.tmpdir={folder / 'tmp'}", f"-Dorg.eclipse.rdf4j.appdata.basedir={folder / 'data'}"]
    where = ["--host", "127.0.0.1", "--port", str(port), "--path", "/rdf4j-server", str(war)]
    return [*JAVA, *places, "-jar", str(runner), *where]


def _rdf4j_repository(base: str, _: Path, __: str) -> None:
    headers = {"Content-Type": "text/turtle"}
    settings = (_SETTINGS / "rdf4j.ttl").read_bytes()
    made = httpx.put(f"{base}/rdf4j-server/repositories/kg", content=settings, headers=headers, trust_env=False)
    made.raise_for_status()


RECIPES: Final = {
    "oxigraph": Recipe(
        "oxigraph",
        _oxigraph(lambda: Path(sys.executable).with_name("oxigraph")),
        "/",
        query="/query",
        update="/update",
        graph_store="/store",
    ),
    "oxigraph-old": Recipe(
        "oxigraph",
        _oxigraph(lambda: installed("oxigraph-old")),
        "/",
        query="/query",
        update="/update",
        graph_store="/store",
    ),
    "rdflib-endpoint": Recipe("rdflib-endpoint", _endpoint, "/", query="/", update="/", graph_store=None),
    "virtuoso": Recipe(
        "virtuoso",
        _virtuoso,
        "/",
        query="/sparql-auth",
        update="/sparql-auth",
        graph_store="/sparql-graph-crud-auth",
        settle=_virtuoso_user,
        user="kg",
        ready="/sparql",
    ),
    "fuseki": Recipe(
        "fuseki",
        _fuseki,
        "/ds",
        query="/ds/query",
        update="/ds/update",
        graph_store="/ds/data",
        ready="/$/ping",
    ),
    "rdf4j": Recipe(
        "rdf4j",
        _rdf4j,
        "/rdf4j-server/repositories/kg",
        query="/rdf4j-server/repositories/kg",
        update="/rdf4j-server/repositories/kg/statements",
        graph_store="/rdf4j-server/repositories/kg/rdf-graphs/service",
        settle=_rdf4j_repository,
        ready="/rdf4j-server/protocol",
    ),
}


@contextmanager
def start(name: str, folder: Path) -> Iterator[Server]:
    """Start a server with an empty database in a folder; at the end it is killed.

    Raises:
        RuntimeError: it does not answer in two minutes, or ended; says its last words.
        FileNotFoundError: it was not fetched.
    """
    recipe, port = RECIPES[name], free_port()
    folder.mkdir(parents=True, exist_ok=True)
    base = f"http://127.0.0.1:{port}"
    command = recipe.command(folder, port)
    with (folder / "server.log").open("wb") as log:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            env=_environment(),
            cwd=Path(__file__).parents[2],
            preexec_fn=_die_with_parent if sys.platform == "linux" else None,  # noqa: PLW1509 - no threads yet
        )
    try:
        _await(process, base + recipe.ready, folder / "server.log")
        password = secrets.token_hex(8) if recipe.user else None
        if recipe.settle:
            recipe.settle(base, folder, password or "")
        yield Server(
            name,
            recipe.kind,
            base + recipe.url,
            base + recipe.query,
            base + recipe.update,
            recipe.graph_store and base + recipe.graph_store,
            recipe.user,
            password,
            folder,
            process,
        )
    finally:
        process.kill()
        process.wait()


def _await(process: subprocess.Popen[bytes], url: str, log: Path) -> None:
    until = time.monotonic() + _READY_SECONDS
    while time.monotonic() < until:
        if process.poll() is not None:
            break
        try:
            if httpx.get(url, timeout=5, trust_env=False).status_code < 500:
                return
        except httpx.TransportError:
            time.sleep(0.05)
    told = log.read_text(encoding="utf-8", errors="replace")[-2000:]
    raise RuntimeError(f"{process.args!r} did not start: {told}")


def _environment() -> dict[str, str]:
    libraries = (
        installed("virtuoso").parents[2] if (Path(__file__).parents[2] / ".stores" / "virtuoso").exists() else None
    )
    found = [str(libraries / part / "x86_64-linux-gnu") for part in ("lib", "usr/lib")] if libraries else []
    return os.environ | {"LD_LIBRARY_PATH": ":".join([*found, os.environ.get("LD_LIBRARY_PATH", "")]).strip(":")}


def _die_with_parent() -> None:
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
