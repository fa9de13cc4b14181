"""kg store: what an external triple store can do, and what it holds."""

from __future__ import annotations

import os
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from kg.cli.comparisons import count, diff, list_graphs
from kg.cli.console import Settings, printable, write, write_json
from kg.cli.remote import ask_person, opened_profile, store_options

if TYPE_CHECKING:
    from kg.stores.probe import Findings
    from kg.stores.protocol import Store

CHECK_EPILOG = """\b
Examples:
  kg store check http://localhost:7878
  kg store check desk --format json

\b
It is found out by doing it, in throw-away graphs urn:kg:probe:…, which are emptied afterwards. Nothing else is touched.
Exit status 3: the store does not answer, or takes no updates.
"""

GROUP_EPILOG = """\b
Examples:
  kg store check http://localhost:7878   what it can do, found out by doing it
  kg store list desk                     the graphs that it has, and what is in them
  kg store count desk                    how many triples, beside those of the project
  kg store diff desk                     what differs, graph by graph

kg load puts the project's graph into a store, kg retract takes documents out.
"""

MEANINGS = {
    "graph_store": "Graph Store Protocol",
    "put_atomic": "a PUT that fails leaves the old graph",
    "chunked": "a body without its length is stored",
    "gzip": "a gzip body is stored",
    "dataset_upload": "N-Quads are stored in the graphs they name",
    "update_atomic": "an update that fails half-way leaves nothing",
    "move": "MOVE of a graph",
    "row_cap": "rows a result has at most",
}


@click.group(epilog=GROUP_EPILOG)
def store() -> None:
    """Look at an external triple store."""


for _command in (list_graphs, count, diff):
    store.add_command(_command)


@store.command(epilog=CHECK_EPILOG)
@click.argument("target", metavar="URL|NAME")
@store_options
@click.option("--format", "style", type=click.Choice(["text", "json"]), default="text", help="How to write the table.")
@click.pass_obj
def check(settings: Settings, /, *, target: str, style: str, **options: Any) -> None:
    """Find out what kind of store answers, what it can do, and how kg would load into it."""
    from kg.stores.probe import adopt, probe
    from kg.stores.protocol import open_store

    profile = opened_profile(settings, target, options)
    with open_store(profile, environ=os.environ, ask=ask_person()) as opened:
        findings = probe(opened, f"{os.getpid():x}", rows=True)
        adopt(opened, findings)
        if style == "json":
            write_json(_as_json(opened, findings))
        else:
            _print(opened, findings)


def _as_json(opened: Store, findings: Findings) -> dict[str, Any]:
    return {
        "url": opened.profile.url,
        "kind": opened.profile.kind,
        "endpoints": _endpoints(opened),
        "capabilities": asdict(findings.capabilities) | {"auth": findings.auth},
        "strategies": _strategies(opened),
    }


def _print(opened: Store, findings: Findings) -> None:
    rows = [("kind", opened.preset.title)]
    rows += [(name.replace("_", " "), url) for name, url in _endpoints(opened).items()]
    for name, value in asdict(findings.capabilities).items():
        told = ("yes" if value else "no") if isinstance(value, bool) else f"{value:,}" if value else "no cap"
        rows.append((MEANINGS[name], told))
    rows.append(("asks who one is", findings.auth))
    rows += [(name, way) for name, way in _strategies(opened).items()]
    width = max(len(name) for name, _ in rows)
    write("\n".join(f"{name:<{width}}  {printable(value)}" for name, value in rows))


def _endpoints(opened: Store) -> dict[str, str]:
    urls = {name: opened.profile.endpoint(name) for name in ("query", "update", "graph_store", "dataset")}
    return {name: url for name, url in urls.items() if url}


def _strategies(opened: Store) -> dict[str, str]:
    from kg.stores.strategies import NAMES, choose

    return {
        "new graphs go by": NAMES[choose(opened, "auto", is_new=True)],
        "changed graphs go by": NAMES[choose(opened, "auto", is_new=False)],
    }
