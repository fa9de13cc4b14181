"""The graphs of a build: an index of ``out/kg.nq``, made in one pass, and the graphs read one at a time.

`kg build` writes each named graph as one run of sorted lines of canonical N-Quads (RDF Dataset Canonicalization 1.0, section
5: the canonical form of a dataset without blank nodes is its sorted lines), so the digest of a graph is the digest of the
bytes of its run. The index looks at the bytes in bulk: a run's end is found by galloping, and proved by counting its lines.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from operator import lt
from pathlib import Path
from types import MappingProxyType
from typing import BinaryIO, Final

import pyoxigraph as ox

from kg.errors import DataError, WorldError

_CHUNK: Final = 4 << 20
_STRIDE: Final = 4096
"""From this many bytes on galloping doubles its step."""

_DOCUMENT: Final = re.compile(r"/graph/([0-9a-f]{16})")


@dataclass(frozen=True, slots=True)
class LocalGraph:
    """A named graph of a local N-Quads file.

    Attributes:
        iri: its name.
        count: how many triples.
        digest: SHA-256 (64 hex digits) of its lines of canonical N-Quads, sorted.
        offset, length: where its run lies in the file, in bytes.
    """

    iri: str
    count: int
    digest: str
    offset: int
    length: int

    @property
    def key(self) -> str | None:
        """The digest key (16 hex digits) of the document that it is of; `None` for a graph that documents share."""
        found = _DOCUMENT.search(self.iri)
        return found[1] if found and found.end() == len(self.iri) else None

    @property
    def suffix(self) -> bytes:
        """How each of its lines ends."""
        return f" <{self.iri}> .\n".encode()


@dataclass(frozen=True, slots=True)
class LocalDataset:
    """The named graphs of a local N-Quads file, by their IRIs, in the order of the file."""

    path: Path
    graphs: Mapping[str, LocalGraph]

    @property
    def count(self) -> int:
        """How many quads there are."""
        return sum(graph.count for graph in self.graphs.values())

    def documents(self) -> dict[str, LocalGraph]:
        """The graphs of single documents, by the documents' keys."""
        return {graph.key: graph for graph in self.graphs.values() if graph.key}

    def shared(self) -> list[LocalGraph]:
        """The graphs that documents share: vocabulary, entities, merged events."""
        return [graph for graph in self.graphs.values() if graph.key is None]

    def read(self, graph: LocalGraph) -> bytes:
        """Return the N-Quads of a graph as they stand in the file.

        Raises:
            WorldError: the file is no longer the one that was indexed.
        """
        return b"".join(self.pieces(graph))

    def pieces(self, graph: LocalGraph) -> Iterator[bytes]:
        """Yield the N-Quads of a graph in pieces of whole lines, so that a large graph need not be held.

        Raises:
            WorldError: the file is no longer the one that was indexed.
        """
        digest, left = hashlib.sha256(), graph.length
        with self.path.open("rb") as file:
            file.seek(graph.offset)
            while left and (piece := file.read(min(_CHUNK, left))):
                if len(piece) < left:
                    piece += file.readline()
                left -= len(piece)
                digest.update(piece)
                yield piece
        if digest.hexdigest() != graph.digest:
            raise WorldError(
                "the graph changed while it was read", code="stores.changed", where=str(self.path), hint="try again"
            )

    def triples(self, graph: LocalGraph) -> list[str]:
        """Return a graph as N-Triples lines (``s p o .``, no line end), sorted by code points, each once.

        Raises:
            DataError: the lines of its run are not sorted, or one is there twice.
            WorldError: the file is no longer the one that was indexed.
        """
        quads = self.read(graph).split(b"\n")[:-1]
        check_order(quads, self.path, graph)
        cut = -len(graph.suffix) + 1
        return [f"{line[:cut].decode()} ." for line in quads]


def check_order(lines: list[bytes], path: Path, graph: LocalGraph) -> None:
    """See that lines are sorted and differ.

    Raises:
        DataError: they are not; says where.
    """
    if not all(map(lt, lines, lines[1:])):
        place = next(n for n, (line, following) in enumerate(pairwise(lines), 2) if line >= following)
        raise _malformed(
            path, f"the lines of {graph.iri} are not sorted, or one is there twice", f"{place} of the graph"
        )


def open_dataset(path: Path) -> LocalDataset:
    """Index the named graphs of an N-Quads file, in one pass and in memory that does not grow with it.

    Raises:
        DataError: a graph's lines do not lie together, or a line is in no named graph or has no end.
        WorldError: there is no such file.
    """
    try:
        with path.open("rb") as file:
            graphs: dict[str, LocalGraph] = {}
            for graph in _runs(file, path):
                if graph.iri in graphs:
                    raise _malformed(path, f"the lines of {graph.iri} do not lie together", f"byte {graph.offset}")
                graphs[graph.iri] = graph
            return LocalDataset(path, MappingProxyType(graphs))
    except FileNotFoundError as error:
        raise WorldError(
            "the graph is not built yet", code="stores.no-graph", where=str(path), hint="run `kg build`"
        ) from error


class _Run:
    """A run that is being read."""

    def __init__(self, suffix: bytes, offset: int) -> None:
        self.suffix, self.offset = suffix, offset
        self.count = self.length = 0
        self._digest = hashlib.sha256()

    def extend(self, part: bytes) -> bool:
        """Add lines; whether all of them are of this graph."""
        lines = part.count(b"\n")
        self.count += lines
        self.length += len(part)
        self._digest.update(part)
        return part.count(self.suffix) == lines

    def finished(self) -> LocalGraph:
        iri = self.suffix[2:-4].decode()
        return LocalGraph(iri, self.count, self._digest.hexdigest(), self.offset, self.length)


def _runs(file: BinaryIO, path: Path) -> Iterator[LocalGraph]:
    run: _Run | None = None
    start = 0
    while chunk := file.read(_CHUNK):
        chunk += file.readline()
        if not chunk.endswith(b"\n"):
            raise _malformed(path, "the last line has no end: the file is cut off", f"byte {start + len(chunk)}")
        place = 0
        while place < len(chunk):
            if run is None or not _is_of(chunk, place, run.suffix):
                if run:
                    yield run.finished()
                run = _Run(_suffix(chunk, place, path, start), start + place)
            end = _end_of_run(chunk, place, run.suffix)
            if not run.extend(chunk[place:end]):
                raise _malformed(path, f"the lines of {run.suffix[2:-4].decode()} do not lie together", str(run.offset))
            place = end
        start += len(chunk)
    if run:
        yield run.finished()


def _suffix(chunk: bytes, place: int, path: Path, start: int) -> bytes:
    """The end of a line from the blank before the graph's name; the line is parsed, for a triple looks much the same."""
    line = chunk[place : chunk.index(b"\n", place) + 1]
    try:
        (quad,) = ox.parse(line, format=ox.RdfFormat.N_QUADS)
    except (SyntaxError, ValueError) as error:
        raise _malformed(path, "not a line of N-Quads", f"byte {start + place}") from error
    if not isinstance(quad.graph_name, ox.NamedNode):
        raise _malformed(path, "a statement outside of all named graphs", f"byte {start + place}")
    suffix = f" <{quad.graph_name.value}> .\n".encode()
    if not line.endswith(suffix):
        raise _malformed(path, "not canonical N-Quads", f"byte {start + place}")
    return suffix


def _is_of(chunk: bytes, place: int, suffix: bytes) -> bool:
    """Whether the line that holds `place` ends so."""
    return chunk.endswith(suffix, place, chunk.index(b"\n", place) + 1)


def _end_of_run(chunk: bytes, place: int, suffix: bytes) -> int:
    """Find where the lines that end so from `place` on stop, provided that they lie together."""
    known, step = place, _STRIDE
    while known + step < len(chunk) and _is_of(chunk, known + step, suffix):
        known += step
        step *= 2
    low, high = known, min(known + step, len(chunk))  # the line at low is of the run, the one at high is not
    while high - low > 1:
        middle = (low + high) // 2
        if _is_of(chunk, middle, suffix):
            low = middle
        else:
            high = middle
    return chunk.index(b"\n", low) + 1


def _malformed(path: Path, what: str, spot: str) -> DataError:
    return DataError(
        what, code="stores.nquads", where=f"{path}:{spot}", hint="run `kg build`, which writes the file anew"
    )
