"""kg load against what else puts N-Quads into a store, on servers of this machine.

    python -m tests.stores.installing          # once: Virtuoso and Fuseki
    python -m benchmarks.loading [--documents 1000] [--stores oxigraph virtuoso fuseki] [--small 100]

The same N-Quads, written by `kg build` of an invented corpus, go into an empty Oxigraph server by `kg load`, by one `curl`
upload to its Graph Store, by its own offline loader, and (a part of them) by rdflib's SPARQLUpdateStore; then `kg load` runs
again with 1 % of the documents changed, and with none. Rates are of wall time, the start of the program included; beside
them stands the processor time of client and server together, the steadier measure on a busy machine. Then `kg load` into the
other stores, and its peak memory at two sizes.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from tests.stores.servers import Server, start

from benchmarks.corpus import write_project
from kg.pipeline import build
from kg.project import read_project

LOAD = """
import json, re, sys
from pathlib import Path
from kg.cli import run
status = run(sys.argv[1:])
peak = int(re.search("VmHWM:[ \\t]+([0-9]+)", Path("/proc/self/status").read_text())[1])
print(json.dumps({"status": status, "memory": peak / 1024}), file=sys.stderr)
"""
NQUADS = "application/n-quads"
PEER_TRIPLES = 4000


@dataclass(frozen=True, slots=True)
class Corpus:
    """A built project."""

    folder: Path
    quads: int

    @property
    def nquads(self) -> Path:
        """What is loaded."""
        return self.folder / "out" / "kg.nq"


def build_corpus(folder: Path, documents: int) -> Corpus:
    """Build an invented corpus."""
    write_project(folder, documents)
    summary = build(read_project(folder / "kg.toml"))
    corpus = Corpus(folder, summary.quads)
    with corpus.nquads.open("rb") as lines:
        assert sum(1 for _ in lines) == corpus.quads
    size = corpus.nquads.stat().st_size / 1e6
    print(f"{documents:,} documents, {corpus.quads:,} quads, {size:,.0f} MB of N-Quads")
    return corpus


def kg_load(corpus: Corpus, server: Server, *options: str) -> tuple[float, float]:
    """Run `kg load` as a process of its own: seconds, and peak megabytes."""
    environment = os.environ.copy()
    if server.user:
        environment |= {"KG_STORE_USER": server.user, "KG_STORE_PASSWORD": server.password or ""}
    command = [
        sys.executable,
        "-c",
        LOAD,
        "-C",
        str(corpus.folder),
        "load",
        server.url,
        "--store",
        server.kind,
        *options,
    ]
    started = time.perf_counter()
    done = subprocess.run(command, capture_output=True, check=False, text=True, env=environment)
    seconds = time.perf_counter() - started
    told = json.loads(done.stderr.splitlines()[-1])
    assert told["status"] == 0, done.stderr
    return seconds, told["memory"]


def count(server: Server) -> int:
    """How many quads the store holds below the project's graphs, but for kg's ledger."""
    query = (
        "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o }"
        ' FILTER(STRSTARTS(STR(?g), "https://") && CONTAINS(STR(?g), "/graph/") && !STRENDS(STR(?g), "/ledger")) }'
    )
    with server.look() as client:
        answer = client.post(server.query, data={"query": query}, headers={"Accept": "application/sparql-results+json"})
    return int(answer.json()["results"]["bindings"][0]["n"]["value"])


@dataclass(slots=True)
class Cost:
    """What something took: seconds by the clock, and of processors (its child processes and the server)."""

    wall: float = 0.0
    cpu: float = 0.0


@contextmanager
def costing(server: Server) -> Iterator[Cost]:
    """Measure what the child processes of the context, and the server, take."""
    cost, started, before = Cost(), time.perf_counter(), _cpu(server)
    yield cost
    cost.wall, cost.cpu = time.perf_counter() - started, _cpu(server) - before


def _cpu(server: Server) -> float:
    assert server.process is not None
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    fields = Path(f"/proc/{server.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
    return children.ru_utime + children.ru_stime + (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def curl(corpus: Corpus, server: Server) -> float:
    """One bare upload of the file."""
    command = ["curl", "--fail", "--silent", "--show-error", "-X", "POST", "-H", f"Content-Type: {NQUADS}"]
    started = time.perf_counter()
    subprocess.run([*command, "-T", str(corpus.nquads), str(server.graph_store)], check=True, capture_output=True)
    return time.perf_counter() - started


def offline(corpus: Corpus, folder: Path) -> float:
    """Oxigraph's own loader, without a server."""
    program = Path(sys.executable).with_name("oxigraph")
    started = time.perf_counter()
    subprocess.run(
        [str(program), "load", "--location", str(folder), "--file", str(corpus.nquads)], check=True, capture_output=True
    )
    return time.perf_counter() - started


def rdflib_peer(corpus: Corpus, server: Server, *, is_batched: bool) -> float:
    """Triples a second of rdflib's SPARQLUpdateStore: triple by triple as `add` sends them, or `addN` and one commit."""
    import rdflib
    from rdflib.plugins.stores.sparqlstore import SPARQLUpdateStore

    with corpus.nquads.open(encoding="utf-8") as lines:
        wanted = PEER_TRIPLES if is_batched else PEER_TRIPLES // 10
        text = "".join(islice(lines, wanted))
    source = rdflib.Dataset()
    source.parse(data=text, format="nquads")
    store = SPARQLUpdateStore(server.query, server.update, autocommit=not is_batched)
    graphs = {g: rdflib.Graph(store, identifier=g) for _, _, _, g in source.quads()}
    started, sent = time.perf_counter(), 0
    if is_batched:
        quads = [(s, p, o, graphs[g]) for s, p, o, g in source.quads()]
        store.addN(quads)
        store.commit()
        sent = len(quads)
    else:
        for s, p, o, g in source.quads():
            store.add((s, p, o), graphs[g])
            sent += 1
    return sent / (time.perf_counter() - started)


def change(corpus: Corpus, share: float) -> Callable[[], None]:
    """Change one statement in a share of the documents; what it returns puts the old file back."""
    kept = corpus.nquads.with_suffix(".old")
    shutil.copyfile(corpus.nquads, kept)
    seen: dict[str, int] = {}
    with kept.open(encoding="utf-8") as source, corpus.nquads.open("w", encoding="utf-8", newline="\n") as target:
        for line in source:
            graph = line.rsplit(" ", 2)[1]
            if graph not in seen:
                seen[graph] = len(seen)
                if seen[graph] % round(1 / share) == 5:  # not the vocabulary, which comes first
                    subject = line.split(" ", 1)[0]
                    line = f'{subject} <http://example.org/changed> "changed" {graph} .\n'  # noqa: PLW2901
            target.write(line)

    def restore() -> None:
        kept.replace(corpus.nquads)

    return restore


def report(name: str, seconds: float, quads: int, beside: str = "") -> None:
    """One line of the table."""
    print(f"  {name:<42} {seconds:8.2f} s  {quads / seconds:10,.0f} quads/s  {beside}")


def oxigraph(corpus: Corpus, folder: Path, runs: int) -> None:
    """The comparison."""
    bare, ours = list[Cost](), list[Cost]()
    for run in range(runs):
        with start("oxigraph", folder / f"curl{run}") as server:
            with costing(server) as cost:
                curl(corpus, server)
            bare.append(cost)
            assert count(server) == corpus.quads
        with start("oxigraph", folder / f"kg{run}") as server:
            with costing(server) as cost:
                kg_load(corpus, server)
            ours.append(cost)
            assert count(server) == corpus.quads
    print(f"Oxigraph, first load, medians of {runs}:")
    wall, cpu = (
        statistics.median(getattr(b, of) / getattr(o, of) for b, o in zip(bare, ours, strict=True))
        for of in ("wall", "cpu")
    )
    for name, costs, beside in (
        ("curl, one upload", bare, ""),
        ("kg load", ours, f"; {wall:.2f} × curl by the clock, {cpu:.2f} × by CPU (floor 0.8)"),
    ):
        report(
            name,
            statistics.median(c.wall for c in costs),
            corpus.quads,
            f"{statistics.median(c.cpu for c in costs):.2f} s CPU{beside}",
        )
    report("oxigraph load, offline", offline(corpus, folder / "offline"), corpus.quads)
    rate = corpus.quads / statistics.median(cost.wall for cost in ours)
    for is_batched in (True, False):
        with start("oxigraph", folder / f"rdflib{is_batched}") as server:
            peer = rdflib_peer(corpus, server, is_batched=is_batched)
        title = "addN and one commit" if is_batched else "add, as it comes"
        print(f"  rdflib SPARQLUpdateStore, {title:<20} {peer:10,.0f} triples/s  kg is {rate / peer:.0f} × (floor 20)")
    with start("oxigraph", folder / "again") as server:
        reload(corpus, server)


def reload(corpus: Corpus, server: Server) -> None:
    """A first load, and two more runs: 1 % of the documents changed, nothing changed."""
    full, _ = kg_load(corpus, server)
    assert count(server) == corpus.quads
    restore = change(corpus, 0.01)
    changed, _ = kg_load(corpus, server)
    same, _ = kg_load(corpus, server)
    assert count(server) == corpus.quads
    restore()
    print(f"{server.name}, kg load:")
    report("first load", full, corpus.quads)
    for title, seconds in (("1 % of documents changed", changed), ("nothing changed", same)):
        print(f"  {title:<42} {seconds:8.2f} s  {100 * seconds / full:6.1f} % of the first load")


def memory(corpora: Iterator[Corpus], folder: Path) -> None:
    """Peak memory of a first load."""
    print("Peak memory of kg load:")
    for corpus in corpora:
        with start("oxigraph", folder / f"memory{corpus.quads}") as server:
            print(f"  {corpus.quads:12,} quads {kg_load(corpus, server)[1]:8.0f} MB")


def main() -> None:
    """Run all parts."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=1000)
    parser.add_argument(
        "--small", type=int, default=100, help="documents for the other stores, and the smaller of two sizes"
    )
    parser.add_argument("--stores", nargs="*", default=["oxigraph", "virtuoso", "fuseki", "rdf4j", "rdflib-endpoint"])
    parser.add_argument("--runs", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        large, small = (build_corpus(folder / str(n), n) for n in (options.documents, options.small))
        if "oxigraph" in options.stores:
            oxigraph(large, folder, options.runs)
            memory(iter((small, large)), folder)
        for store in (name for name in options.stores if name != "oxigraph"):
            with start(store, folder / store) as server:
                reload(small, server)


if __name__ == "__main__":
    main()
