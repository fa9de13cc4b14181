"""Files for bulk loaders: what is in them, that they are the same every time, and that real stores load them."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import httpx
import pyoxigraph as ox
import pytest

from kg.cli import run
from kg.stores.bulk import Export, export_bulk, read_loaders
from kg.stores.graphs import open_dataset
from tests.stores.conftest import store_names
from tests.stores.datasets import Graphs, dice, make_graphs, quads, write_nquads, write_project
from tests.stores.eyes import Sent
from tests.stores.installing import installed
from tests.stores.servers import JAVA, free_port, start

Captured = pytest.CaptureFixture[str]

BASE = "https://example.org/desk/"
VOID = "http://rdfs.org/ns/void#"
TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")


def graphs(documents: int = 12, claims: int = 6) -> Graphs:
    return make_graphs(dice(7), documents, claims, BASE)


def export(folder: Path, dataset: Graphs, shard_size: int) -> Export:
    """Export a dataset into ``folder/dump``."""
    nquads = write_nquads(folder / "kg.nq", dataset)
    return export_bulk(open_dataset(nquads), folder / "dump", base=BASE, shard_size=shard_size)


def unpacked(folder: Path) -> bytes:
    return b"".join(gzip.decompress(path.read_bytes()) for path in sorted(folder.glob("kg-*.nq.gz")))


def graphs_in(path: Path) -> set[str]:
    return {str(quad.graph_name) for quad in ox.parse(gzip.decompress(path.read_bytes()), format=ox.RdfFormat.N_QUADS)}


# --------------------------------------------------------------------------- the files


def test_the_shards_together_are_the_graph_byte_by_byte(tmp_path: Path) -> None:
    done = export(tmp_path, graphs(), 9_000)
    assert len(done.shards) > 3
    assert unpacked(done.folder) == (tmp_path / "kg.nq").read_bytes()
    assert sum(shard.quads for shard in done.shards) == done.statistics.quads == len(quads(graphs()))


def test_no_graph_is_cut_that_fits_into_a_shard_and_no_shard_is_larger(tmp_path: Path) -> None:
    size = 9_000
    done = export(tmp_path, graphs(), size)
    assert max(graph.length for graph in open_dataset(tmp_path / "kg.nq").graphs.values()) <= size
    found = [graphs_in(done.folder / shard.name) for shard in done.shards]
    assert sum(map(len, found)) == len(set().union(*found)) == done.statistics.graphs
    assert all(len(gzip.decompress((done.folder / shard.name).read_bytes())) <= size for shard in done.shards)


def test_a_graph_larger_than_a_shard_is_cut_between_lines(tmp_path: Path) -> None:
    done = export(tmp_path, graphs(3, 60), 4_000)
    assert len(done.shards) > 10
    assert unpacked(done.folder) == (tmp_path / "kg.nq").read_bytes()
    for shard in done.shards:
        content = gzip.decompress((done.folder / shard.name).read_bytes())
        assert content.endswith(b" .\n")
        assert len(content) <= 4_000


def test_a_line_longer_than_a_shard_is_not_cut(tmp_path: Path) -> None:
    line = f'<{BASE}a> <{BASE}text> "{"x" * 500}" .'
    done = export(tmp_path, {f"{BASE}graph/one": [line, line.replace("/a>", "/b>")]}, 100)
    assert [shard.quads for shard in done.shards] == [1, 1]
    assert unpacked(done.folder) == (tmp_path / "kg.nq").read_bytes()


def test_the_same_graph_gives_the_same_bytes_anywhere_and_at_any_time(tmp_path: Path) -> None:
    folders = []
    for number, zone in enumerate(("UTC", "Asia/Kathmandu")):
        folder = write_project(tmp_path / f"desk {number}", graphs(), BASE)
        os.utime(folder / "out" / "kg.nq", (number * 10**8, number * 10**8))
        environment = {**os.environ, "PYTHONHASHSEED": str(number), "TZ": zone}
        command = [sys.executable, "-m", "kg", "-C", str(folder), "export", "--bulk", str(folder / "dump")]
        subprocess.run(command, check=True, env=environment, capture_output=True)
        folders.append(folder / "dump")
    one, other = ({path.name: path.read_bytes() for path in folder.iterdir()} for folder in folders)
    assert one == other
    assert sorted(one) == ["README.md", "SHA256SUMS", "dataset.ttl", "graphs.tsv", "kg-00001.nq.gz"]
    assert one["kg-00001.nq.gz"][3:8] == b"\0" * 5  # no name, no time


def test_sha256sum_accepts_the_list_and_finds_a_changed_file(tmp_path: Path) -> None:
    done = export(tmp_path, graphs(), 9_000)
    check = ["sha256sum", "--check", "--strict", "SHA256SUMS"]
    told = subprocess.run(check, cwd=done.folder, capture_output=True, text=True, check=True).stdout
    assert told.count(": OK") == len(done.shards) + 3
    (done.folder / done.shards[1].name).write_bytes(b"x")
    assert subprocess.run(check, cwd=done.folder, capture_output=True, check=False).returncode == 1


def test_the_table_of_graphs_says_where_each_is_and_what_its_digest_is(tmp_path: Path) -> None:
    dataset = graphs(3, 60)
    done = export(tmp_path, dataset, 4_000)
    header, *rows = [row.split("\t") for row in (done.folder / "graphs.tsv").read_text(encoding="utf-8").splitlines()]
    assert header == ["graph", "statements", "sha256", "first_shard", "last_shard"]
    assert {row[0] for row in rows} == set(dataset)
    for name, count, digest, first, last in rows:
        lines = "".join(f"{line[:-2]} <{name}> .\n" for line in dataset[name])
        assert (int(count), digest) == (len(dataset[name]), hashlib.sha256(lines.encode()).hexdigest())
        holding = [shard.name for shard in done.shards if f"<{name}>" in graphs_in(done.folder / shard.name)]
        assert (first, last) == (holding[0], holding[-1])


# --------------------------------------------------------------------------- the description


def select(store: ox.Store, query: str) -> list[dict[str, str]]:
    """The rows of a SELECT, each value as a plain string."""
    solutions = store.query(query)
    assert isinstance(solutions, ox.QuerySolutions)
    names = [variable.value for variable in solutions.variables]
    return [{name: str(getattr(row[name], "value", "")) for name in names} for row in solutions]


def described(folder: Path) -> ox.Store:
    store = ox.Store()
    store.load(path=str(folder / "dataset.ttl"), format=ox.RdfFormat.TURTLE, base_iri="https://files.example/dump/")
    return store


def test_the_description_counts_what_a_query_counts(tmp_path: Path) -> None:
    dataset = graphs()
    done = export(tmp_path, dataset, 9_000)
    found, store = described(done.folder), ox.Store()
    store.extend(quads(dataset))
    node = ox.NamedNode(f"{BASE}dataset")

    def told(subject: ox.NamedNode, name: str) -> int:
        (quad,) = found.quads_for_pattern(subject, ox.NamedNode(VOID + name), None)
        assert isinstance(quad.object, ox.Literal)
        return int(quad.object.value)

    def counted(what: str) -> int:
        (row,) = select(store, f"SELECT (COUNT({what}) AS ?n) {{ GRAPH ?g {{ ?s ?p ?o }} }}")
        return int(row["n"])

    assert told(node, "triples") == counted("*")
    assert told(node, "distinctSubjects") == counted("DISTINCT ?s")
    assert told(node, "distinctObjects") == counted("DISTINCT ?o")
    assert told(node, "properties") == counted("DISTINCT ?p")
    for kind, pattern, name in (
        ("class", "SELECT ?x (COUNT(DISTINCT ?s) AS ?n) { GRAPH ?g { ?s a ?x } } GROUP BY ?x", "entities"),
        ("property", "SELECT ?x (COUNT(*) AS ?n) { GRAPH ?g { ?s ?x ?o } } GROUP BY ?x", "triples"),
    ):
        expected = {row["x"]: int(row["n"]) for row in select(store, pattern)}
        assert len(expected) > 1
        assert {
            str(getattr(part.object, "value", "")): told(part.subject, name)  # type: ignore[arg-type]
            for part in found.quads_for_pattern(None, ox.NamedNode(VOID + kind), None)
        } == expected


def test_an_entity_of_two_documents_is_counted_once(tmp_path: Path) -> None:
    line = f"<{BASE}id/agent/a> {TYPE} <{BASE}Agent> ."
    done = export(tmp_path, {f"{BASE}graph/one": [line], f"{BASE}graph/two": [line]}, 9_000)
    assert done.statistics.classes == {f"<{BASE}Agent>": 1}
    assert (done.statistics.quads, done.statistics.subjects, done.statistics.graphs) == (2, 1, 2)


def test_the_description_names_the_files_with_size_and_checksum_and_has_no_blank_node(tmp_path: Path) -> None:
    done = export(tmp_path, graphs(), 9_000)
    found = described(done.folder)
    assert not any(isinstance(term, ox.BlankNode) for quad in found for term in (quad.subject, quad.object))
    rows = select(
        found,
        """PREFIX dcat: <http://www.w3.org/ns/dcat#> PREFIX spdx: <http://spdx.org/rdf/terms#>
        SELECT ?url ?size ?sum { ?dataset a dcat:Dataset ; dcat:distribution ?file . ?file dcat:downloadURL ?url ;
        dcat:byteSize ?size ; spdx:checksum/spdx:checksumValue ?sum } ORDER BY ?url""",
    )
    listed = dict(line.split("  ")[::-1] for line in (done.folder / "SHA256SUMS").read_text().splitlines())
    assert [(row["url"], int(row["size"]), row["sum"]) for row in rows] == [
        (
            f"https://files.example/dump/{shard.name}",
            (done.folder / shard.name).stat().st_size,
            listed[shard.name],
        )
        for shard in done.shards
    ]


# --------------------------------------------------------------------------- the folder


def test_an_earlier_export_is_replaced_and_nothing_else_ever(tmp_path: Path, capsys: Captured) -> None:
    desk = write_project(tmp_path / "desk", graphs(), BASE)
    dump = tmp_path / "dump"
    assert run(["-C", str(desk), "export", "--bulk", str(dump)]) == 0
    write_nquads(desk / "out" / "kg.nq", graphs(2))
    assert run(["-C", str(desk), "export", "--bulk", str(dump)]) == 0
    assert unpacked(dump) == (desk / "out" / "kg.nq").read_bytes()
    (dump / "mine.txt").write_text("mine", encoding="utf-8")
    assert run(["-C", str(desk), "export", "--bulk", str(dump)]) == 2
    assert "error[export.folder]" in capsys.readouterr().err
    assert (dump / "mine.txt").read_text(encoding="utf-8") == "mine"
    assert [path.name for path in sorted(tmp_path.iterdir())] == ["desk", "dump"]


def test_a_failure_leaves_the_earlier_export_and_no_rest(tmp_path: Path) -> None:
    done = export(tmp_path, graphs(), 9_000)
    before = {path.name: path.read_bytes() for path in done.folder.iterdir()}
    dataset = open_dataset(write_nquads(tmp_path / "kg.nq", graphs(3)))
    write_nquads(tmp_path / "kg.nq", make_graphs(dice(8), 3, 6, BASE))  # it changes after it was indexed
    with pytest.raises(Exception, match="changed while it was read"):
        export_bulk(dataset, done.folder, base=BASE)
    assert {path.name: path.read_bytes() for path in done.folder.iterdir()} == before
    assert [path.name for path in sorted(tmp_path.iterdir())] == ["dump", "kg.nq"]


def test_the_command_of_each_store_is_printed_as_it_stands_in_the_readme(tmp_path: Path, capsys: Captured) -> None:
    desk = write_project(tmp_path / "desk", graphs(), BASE)
    assert run(["-C", str(desk), "export", "--bulk", str(tmp_path / "dump"), "--format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["graphs"] == len(graphs())
    readme = (tmp_path / "dump" / "README.md").read_text(encoding="utf-8")
    assert len(told["loaders"]) == len(read_loaders()) > 10
    assert all(loader["command"] in readme for loader in told["loaders"])
    assert run(["-C", str(desk), "export", "--bulk", str(tmp_path / "dump"), "--store", "virtuoso"]) == 0
    out = capsys.readouterr().out
    assert "ld_dir" in out
    assert "tdbloader" not in out
    assert run(["-C", str(desk), "export", "--bulk", str(tmp_path / "dump"), "--store", "access"]) == 2


def test_what_stores_do_not_keep_is_refused_with_its_claim_named(tmp_path: Path, capsys: Captured) -> None:
    claim = f"{BASE}id/claim/0123456789abcdef/c1"
    line = f'<{claim}> <{BASE}deaths> "007"^^<http://www.w3.org/2001/XMLSchema#integer> .'
    desk = write_project(tmp_path / "desk", {f"{BASE}graph/0123456789abcdef": [line]}, BASE)
    assert run(["-C", str(desk), "export", "--bulk", str(tmp_path / "dump")]) == 1
    err = capsys.readouterr().err
    assert "error[stores.profile]" in err
    assert claim in err
    assert not (tmp_path / "dump").exists()


# --------------------------------------------------------------------------- real stores


TRIED = [loader.store for loader in read_loaders() if loader.is_tried]


def test_what_is_said_to_be_tried_is_tried() -> None:
    assert sorted(TRIED) == sorted(_LOADED)


@pytest.mark.parametrize("store", [name for name in store_names() if name in TRIED])
def test_the_command_loads_everything_into_the_real_store(store: str, tmp_path: Path) -> None:
    dataset = make_graphs(dice(9), 5, 40, BASE)
    done = export(tmp_path / store, dataset, 20_000)
    assert len(done.shards) > 2
    command = next(loader.command for loader in read_loaders() if loader.store == store)
    with _LOADED[store](done.folder, command) as query:
        assert _ask(query, dataset) == {f"<{name}>": len(lines) for name, lines in dataset.items()}


def test_kg_load_finds_what_was_loaded_in_bulk_and_writes_only_its_ledger(tmp_path: Path, sent: Sent) -> None:
    dataset = make_graphs(dice(9), 5, 40, BASE)
    desk = write_project(tmp_path / "desk", dataset, BASE)
    done = export_bulk(open_dataset(desk / "out" / "kg.nq"), tmp_path / "dump", base=BASE, shard_size=20_000)
    command = next(loader.command for loader in read_loaders() if loader.store == "oxigraph")
    with _oxigraph(done.folder, command) as query:
        url = query.removesuffix("/query")
        assert run(["-C", str(desk), "load", url]) == 0
        assert sent.writes
        written = "\n".join(f"{request.url} {request.content.decode()}" for request in sent.writes)
        assert set(re.findall(r"GRAPH <([^>]*)>", written)) == {f"{BASE}graph/ledger"}
        assert "/store" not in written  # nothing by the Graph Store Protocol
        assert run(["-C", str(desk), "store", "list", url]) == 0


def _ask(query: str, dataset: Graphs) -> dict[str, int]:
    """The graphs of a store, of those that the dataset has, with how many triples each holds."""
    text = "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"
    headers = {"Accept": "application/sparql-results+json"}
    found = httpx.get(query, params={"query": text}, headers=headers, timeout=60, trust_env=False)
    rows = found.raise_for_status().json()["results"]["bindings"]
    return {f"<{row['g']['value']}>": int(row["n"]["value"]) for row in rows if row["g"]["value"] in dataset}


def _shell(command: str, folder: Path, **programs: str) -> None:
    """Run a command line in a folder, with programs under the names that it calls them."""
    tools = folder.parent / "bin"
    tools.mkdir(exist_ok=True)
    for name, line in programs.items():
        tool = tools / name.replace("_", ".")
        tool.write_text(f'#!/bin/sh\nexec {line} "$@"\n', encoding="utf-8")
        tool.chmod(0o755)
    path = f"{tools}:{Path(sys.executable).parent}:{os.environ['PATH']}"
    done = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {command}"],
        cwd=folder,
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:] + done.stdout[-2000:]


@contextmanager
def _oxigraph(folder: Path, command: str) -> Iterator[str]:
    server = folder.parent / "server"
    server.mkdir()
    _shell(command.replace("DATA", str(server / "data")), folder)
    with start("oxigraph", server) as started:
        yield started.query


@contextmanager
def _fuseki(folder: Path, command: str) -> Iterator[str]:
    server = folder.parent / "server"
    server.mkdir()
    loader = " ".join([*JAVA, "-cp", str(installed("fuseki")), "tdb2.tdbloader"])
    _shell(command.replace("DATABASE", str(server / "tdb")), folder, tdb2_tdbloader=loader)
    with start("fuseki", server) as started:
        yield started.query


@contextmanager
def _rdf4j(folder: Path, command: str) -> Iterator[str]:
    with start("rdf4j", folder.parent / "server") as started:
        _shell(command.replace("URL", started.url), folder)
        yield started.query


@contextmanager
def _virtuoso(folder: Path, command: str) -> Iterator[str]:
    with start("virtuoso", folder.parent) as started:  # its DirsAllowed is the folder that it is started in
        ini = (started.folder / "virtuoso.ini").read_text(encoding="utf-8")
        admin = next(line.split(" = ")[1] for line in ini.splitlines() if line.startswith("ServerPort"))
        isql = installed("virtuoso").with_name("isql-vt")
        libraries = installed("virtuoso").parents[2]
        paths = ":".join(str(libraries / part / "x86_64-linux-gnu") for part in ("lib", "usr/lib"))
        filled = command.replace("1111 USER PASSWORD", f"{admin} dba dba")
        _shell(filled, folder, isql=f"env LD_LIBRARY_PATH={paths} {isql}")
        yield started.query.replace("-auth", "")


@contextmanager
def _endpoint(folder: Path, command: str) -> Iterator[str]:
    port = free_port()
    unpack, serve = command.split(" && ")
    _shell(unpack, folder)
    program = Path(sys.executable).with_name("rdflib-endpoint")
    process = subprocess.Popen(
        [str(program), *serve.split()[1:], "--port", str(port)],
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        transport = httpx.HTTPTransport(retries=40)  # it doubles its pause from half a second
        with httpx.Client(transport=transport, timeout=60, trust_env=False) as client:
            client.get(f"http://127.0.0.1:{port}/", params={"query": "ASK {}"})
        yield f"http://127.0.0.1:{port}/"
    finally:
        process.kill()
        process.wait()


_LOADED: dict[str, Callable[[Path, str], AbstractContextManager[str]]] = {
    "oxigraph": _oxigraph,
    "virtuoso": _virtuoso,
    "fuseki": _fuseki,
    "rdf4j": _rdf4j,
    "rdflib-endpoint": _endpoint,
}
