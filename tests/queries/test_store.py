"""The embedded store: made when the graph changes and not otherwise, old or new after a crash, safe for readers."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.errors import DataError, WorldError
from kg.store import load_store, open_database, store_directory
from tests.queries.conftest import write_nquads


@pytest.fixture
def graph(tmp_path: Path) -> Path:
    return write_nquads(tmp_path / "kg.nq")


def databases(graph: Path) -> dict[str, float]:
    """The databases beside a graph, with the time at which each was made."""
    folders = [path for path in store_directory(graph.parent).iterdir() if path.is_dir()]
    return {path.name: path.stat().st_ctime_ns for path in folders}


def count(database: Path) -> int:
    """How many claims a database holds."""
    results = ox.Store.read_only(str(database)).query(
        "SELECT (COUNT(*) AS ?n) { ?c <https://w3id.org/kg-news/ontology#claimant> ?who }"
    )
    assert isinstance(results, ox.QuerySolutions)
    return int(next(results)["n"].value)


def opened(graph: Path) -> int:
    """Open the database of a graph as a query does."""
    with open_database(graph, store_directory(graph.parent)) as database:
        return count(database)


def test_the_database_is_made_once(graph: Path) -> None:
    assert opened(graph) == 4
    made = databases(graph)
    assert opened(graph) == 4
    os.utime(graph)  # another time, the same bytes
    assert opened(graph) == 4
    assert databases(graph) == made


def test_the_database_follows_the_graph(graph: Path) -> None:
    assert opened(graph) == 4
    old = databases(graph)
    write_nquads(graph, without=2)
    assert opened(graph) == 2
    new = databases(graph)
    assert len(new) == 1
    assert new.keys() != old.keys()


def test_a_build_loads_what_it_will_publish(graph: Path) -> None:
    opened(graph)
    following = write_nquads(graph.with_name(".kg.nq.tmp"), without=1)
    with load_store(following, store_directory(graph.parent)) as store:
        assert len(store) == 2 * len(following.read_text(encoding="utf-8").splitlines())
    assert len(databases(graph)) == 2, "the old file is still in place, and so is its database"
    assert opened(graph) == 4
    following.replace(graph)
    made = {name for name in databases(graph) if databases(graph)[name] == max(databases(graph).values())}
    assert opened(graph) == 3
    assert set(databases(graph)) <= made | set(databases(graph))
    assert len(databases(graph)) == 1


def test_a_statement_of_two_documents_is_once_in_the_default_graph(tmp_path: Path) -> None:
    graph = tmp_path / "kg.nq"
    graph.write_text('<a:s> <a:p> "a <b" <a:g1> .\n<a:s> <a:p> "a <b" <a:g2> .\n', encoding="utf-8")
    with load_store(graph, tmp_path / "store") as store:
        assert [str(quad.object) for quad in store.quads_for_pattern(None, None, None, ox.DefaultGraph())] == ['"a <b"']
        assert {graph.value for graph in store.named_graphs()} == {"a:g1", "a:g2"}


def test_a_crash_while_loading_leaves_the_old_database(graph: Path) -> None:
    opened(graph)
    old = databases(graph)
    following = write_nquads(graph.with_name("next.nq"), without=1)
    program = (
        "import os, signal, sys; from pathlib import Path; from kg import store\n"
        "store._sync = lambda folder: os.kill(os.getpid(), signal.SIGKILL)\n"
        f"with store.load_store(Path({str(following)!r}), Path({str(store_directory(graph.parent))!r})): pass"
    )
    status = subprocess.run([sys.executable, "-c", program], check=False).returncode
    assert status == -signal.SIGKILL
    assert len(databases(graph)) == 2, "what was being loaded is there under another name"
    assert opened(graph) == 4
    following.replace(graph)
    assert opened(graph) == 3
    assert len(databases(graph)) == 1, "and is gone after the next load"
    assert databases(graph).keys() != old.keys()


def test_a_reader_keeps_its_database(graph: Path) -> None:
    with open_database(graph, store_directory(graph.parent)) as held:
        write_nquads(graph, without=1)
        assert opened(graph) == 3
        assert count(held) == 4
    write_nquads(graph, without=2)
    assert opened(graph) == 2
    assert not held.exists()


def test_two_processes_at_once_do_not_hurt_each_other(graph: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from kg.store import open_database\n"
        f"with open_database(Path({str(graph)!r}), Path({str(store_directory(graph.parent))!r})) as path: print(path.name)"
    )
    both = [subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True) for _ in range(3)]
    names = {process.communicate()[0] for process in both}
    assert [process.returncode for process in both] == [0, 0, 0]
    assert len(names) == 1
    assert opened(graph) == 4
    assert len(databases(graph)) == 1


def test_without_a_graph_there_is_an_error_with_a_hint(tmp_path: Path) -> None:
    with pytest.raises(WorldError) as caught, open_database(tmp_path / "kg.nq", tmp_path / "store"):
        pass
    assert caught.value.hint is not None
    assert "kg build" in caught.value.hint


def test_what_is_not_nquads_is_an_error_and_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "kg.nq").write_text("nothing of the kind\n", encoding="utf-8")
    with pytest.raises(DataError, match="not N-Quads"), open_database(tmp_path / "kg.nq", tmp_path / "store"):
        pass
    assert list((tmp_path / "store").iterdir()) == []
