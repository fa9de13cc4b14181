"""The index of a build's N-Quads."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.errors import DataError, WorldError
from kg.stores import graphs as module
from kg.stores.graphs import open_dataset
from tests.stores.datasets import dice, document_graph, make_graphs, write_nquads

WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters='"\\'), max_size=30)
GRAPHS = st.dictionaries(
    st.sampled_from([f"https://example.org/graph/{name}" for name in ("a", "aa", "b", "0123456789abcdef", "entities")]),
    st.sets(WORDS, min_size=1, max_size=40),
    min_size=1,
)


@given(words=GRAPHS, chunk=st.integers(1, 400), stride=st.integers(1, 300))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
def test_the_index_says_what_reading_all_lines_would(
    words: dict[str, set[str]], chunk: int, stride: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_CHUNK", chunk)
    monkeypatch.setattr(module, "_STRIDE", stride)
    graphs = {
        name: sorted((f'<urn:s> <urn:p> "{word}" .' for word in each), key=str.encode) for name, each in words.items()
    }
    dataset = open_dataset(write_nquads(tmp_path / "kg.nq", graphs))
    assert list(dataset.graphs) == list(graphs)
    assert dataset.count == sum(map(len, graphs.values()))
    for name, lines in graphs.items():
        graph = dataset.graphs[name]
        nquads = "".join(f"{line[:-2]} <{name}> .\n" for line in lines).encode()
        assert (graph.count, graph.length) == (len(lines), len(nquads))
        assert graph.digest == hashlib.sha256(nquads).hexdigest()
        assert dataset.read(graph) == nquads
        assert dataset.triples(graph) == lines


def test_documents_are_told_from_graphs_that_they_share(tmp_path: Path) -> None:
    dataset = open_dataset(write_nquads(tmp_path / "kg.nq", make_graphs(dice(1), 3)))
    assert {graph.iri for graph in dataset.documents().values()} == {document_graph(n) for n in range(3)}
    assert [graph.iri.rsplit("/", 1)[1] for graph in dataset.shared()] == ["entities"]


LINE = "<urn:a> <urn:b> <urn:c> <urn:g> .\n"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (LINE + LINE.replace("urn:g", "urn:h") + LINE.replace("urn:a", "urn:z"), "together"),
        ("<urn:a> <urn:b> <urn:c> .\n", "outside of all named graphs"),
        (LINE[:-1], "cut off"),
        ("<urn:a> <urn:b> nothing <urn:g> .\n", "not a line of N-Quads"),
        ("<urn:a> <urn:b> <urn:c> <urn:g>.\n", "not canonical"),
    ],
)
def test_a_file_that_kg_did_not_write_is_an_error(text: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / "kg.nq"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match=message):
        open_dataset(path)


@pytest.mark.parametrize(
    "lines", [["<urn:b> <urn:b> <urn:c> .", "<urn:a> <urn:b> <urn:c> ."], ["<urn:a> <urn:b> <urn:c> ."] * 2]
)
def test_lines_out_of_order_or_twice_are_an_error(lines: list[str], tmp_path: Path) -> None:
    dataset = open_dataset(write_nquads(tmp_path / "kg.nq", {"urn:g": lines}))
    with pytest.raises(DataError, match="not sorted"):
        dataset.triples(dataset.graphs["urn:g"])


def test_a_file_that_changed_since_is_noticed(tmp_path: Path) -> None:
    path = write_nquads(tmp_path / "kg.nq", {"urn:g": ["<urn:a> <urn:b> <urn:c> ."]})
    dataset = open_dataset(path)
    write_nquads(path, {"urn:g": ["<urn:a> <urn:b> <urn:d> ."]})
    with pytest.raises(WorldError, match="changed while"):
        dataset.read(dataset.graphs["urn:g"])


def test_no_build_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(WorldError, match="not built") as caught:
        open_dataset(tmp_path / "kg.nq")
    assert caught.value.hint == "run `kg build`"
