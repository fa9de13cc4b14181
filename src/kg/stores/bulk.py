"""The graph as files for a store's own loader: `kg export --bulk`.

    out/kg.nq ─shards─▶ kg-00001.nq.gz …   ─▶ SHA256SUMS, graphs.tsv, dataset.ttl (VoID and DCAT), README.md

The shards are `out/kg.nq` cut between its graphs: unpacked one after the other they are that file, byte by byte. A graph is
cut only where it alone is larger than a shard. The gzip members carry neither name nor time, so that the same graph gives the
same bytes (the deflate stream is zlib's; another implementation of it may pack differently, and the content stays the same).
Everything is written into a folder beside the one asked for, which takes its place when it is complete.
"""

from __future__ import annotations

import gzip
import hashlib
import os
import shutil
import tomllib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import BinaryIO, Final

from kg.errors import UsageError, WorldError
from kg.iris import Minter
from kg.stores.admission import check_profile
from kg.stores.description import Counting, Shard, Statistics, describe_export
from kg.stores.graphs import LocalDataset, LocalGraph

SHARD_SIZE: Final = 256 << 20
"""Bytes of N-Quads in a shard, before they are packed."""
SUMS: Final = "SHA256SUMS"
GRAPHS: Final = "graphs.tsv"
DESCRIPTION: Final = "dataset.ttl"
README: Final = "README.md"

_LEVEL: Final = 6
_BLOCK: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Loader:
    """How one store loads the shards from disk: where and by which command (run in the folder), and what else is to be known.

    Words in capitals in the command are to be replaced. `is_tried` says that the tests of kg run it against the store.
    """

    store: str
    place: str
    command: str
    note: str
    is_tried: bool


@dataclass(frozen=True, slots=True)
class Export:
    """What was written: the folder, its shards, what was counted."""

    folder: Path
    shards: tuple[Shard, ...]
    statistics: Statistics


def read_loaders() -> tuple[Loader, ...]:
    """Read the table of the stores' own loaders."""
    table = tomllib.loads(files("kg.stores").joinpath("loaders.toml").read_text(encoding="utf-8"))
    return tuple(
        Loader(row["store"], row["place"], row["command"].strip(), row.get("note", "").strip(), row["is_tried"])
        for row in table["loader"]
    )


def export_bulk(
    dataset: LocalDataset,
    folder: Path,
    *,
    base: str,
    shard_size: int = SHARD_SIZE,
    advance: Callable[[int], None] = lambda _: None,
) -> Export:
    """Write the graph for bulk loaders.

    Args:
        dataset: what `kg build` wrote.
        folder: where to; an earlier export there is replaced.
        base: the project's base IRI.
        shard_size: bytes of N-Quads in a shard.
        advance: is called with the number of graphs that are done.

    Raises:
        UsageError: the folder holds something that is no export.
        DataError: a term lies outside the literal profile (`kg.stores.literals`): stores would not keep it.
        WorldError: the graph changed while it was read.
        OSError: a file cannot be read or written; an earlier export stays.
    """
    check_profile(dataset, dataset.graphs.values())
    with _replacing(folder) as temporary:
        with Counting(temporary) as counting:
            shards = tuple(_write_shards(dataset, temporary, shard_size, _Copying(dataset.path, counting, advance)))
            statistics = counting.close(len(dataset.graphs))
        description = describe_export(Minter(base).dataset(), base, shards, statistics)
        _write(temporary / DESCRIPTION, description)
        _write(temporary / README, _readme(shards, statistics))
        _write(temporary / SUMS, _sums(temporary))
    return Export(folder, shards, statistics)


# --------------------------------------------------------------------------- shards


@dataclass(frozen=True, slots=True)
class _Piece:
    """A run of whole lines of the N-Quads: a graph, or the part of a large one that fits into a shard."""

    graph: LocalGraph
    offset: int
    length: int
    is_last: bool


class _Copying:
    """Reads pieces, one after the other: counts their lines, and sees that each graph is still the one that was indexed."""

    def __init__(self, path: Path, counting: Counting, advance: Callable[[int], None]) -> None:
        self._path, self._counting, self._advance = path, counting, advance
        self._digest = hashlib.sha256()

    def read(self, source: BinaryIO, piece: _Piece) -> Iterator[list[bytes]]:
        """Yield the lines of a piece, some at a time."""
        source.seek(piece.offset)
        left = piece.length
        while left and (block := source.read(min(_BLOCK, left))):
            if len(block) < left:
                block += source.readline()
            left -= len(block)
            self._digest.update(block)
            lines = block.splitlines(keepends=True)
            for line in lines:
                self._counting.add(line)
            yield lines
        if piece.is_last:
            if self._digest.hexdigest() != piece.graph.digest:
                raise WorldError(
                    "the graph changed while it was read",
                    code="export.changed",
                    where=str(self._path),
                    hint="try again",
                )
            self._digest = hashlib.sha256()
            self._advance(1)


def _write_shards(dataset: LocalDataset, folder: Path, size: int, copying: _Copying) -> Iterator[Shard]:
    """Write the shards and the table of graphs."""
    with dataset.path.open("rb") as source, (folder / GRAPHS).open("w", encoding="utf-8", newline="\n") as table:
        table.write("graph\tstatements\tsha256\tfirst_shard\tlast_shard\n")
        first = ""
        for number, pieces in enumerate(_packed(_pieces(dataset, source, size), size), 1):
            name = f"kg-{number:05}.nq.gz"
            yield _write_shard(folder / name, source, pieces, copying)
            for piece in pieces:
                first = first or name
                if piece.is_last:
                    graph = piece.graph
                    table.write(f"{graph.iri}\t{graph.count}\t{graph.digest}\t{first}\t{name}\n")
                    first = ""


def _pieces(dataset: LocalDataset, source: BinaryIO, size: int) -> Iterator[_Piece]:
    for graph in dataset.graphs.values():
        start, end = graph.offset, graph.offset + graph.length
        while end - start > size:
            cut = _line_end(source, start, start + size)
            if cut >= end:
                break
            yield _Piece(graph, start, cut - start, is_last=False)
            start = cut
        yield _Piece(graph, start, end - start, is_last=True)


def _line_end(source: BinaryIO, start: int, limit: int) -> int:
    """The end of the last whole line before a limit; of the first line, where that alone goes beyond it."""
    source.seek(start)
    block = source.read(limit - start)
    cut = block.rfind(b"\n") + 1
    return start + cut if cut else limit + len(source.readline())


def _packed(pieces: Iterator[_Piece], size: int) -> Iterator[list[_Piece]]:
    """Gather pieces into shards; one that does not fit any more begins the next."""
    shard: list[_Piece] = []
    filled = 0
    for piece in pieces:
        if shard and filled + piece.length > size:
            yield shard
            shard, filled = [], 0
        shard.append(piece)
        filled += piece.length
    if shard:
        yield shard


def _write_shard(path: Path, source: BinaryIO, pieces: Sequence[_Piece], copying: _Copying) -> Shard:
    quads = 0
    with path.open("wb") as file:
        with gzip.GzipFile(filename="", mode="wb", compresslevel=_LEVEL, fileobj=file, mtime=0) as packed:
            for piece in pieces:
                for lines in copying.read(source, piece):
                    packed.write(b"".join(lines))
                    quads += len(lines)
        file.flush()
        os.fsync(file.fileno())
    return Shard(path.name, quads, path.stat().st_size, _digest(path))


# --------------------------------------------------------------------------- what lies beside them


def _readme(shards: Sequence[Shard], statistics: Statistics) -> str:
    lines = [
        "# Knowledge graph, for bulk loaders",
        "",
        f"{statistics.quads:,} statements in {statistics.graphs:,} named graphs; {len(shards):,} files of sorted N-Quads.",
        "",
        f"- `{DESCRIPTION}` describes the dataset (VoID, DCAT): statistics, files, checksums.",
        f"- `{GRAPHS}` lists each named graph: statements, SHA-256 of its canonical N-Quads, the files that it is in.",
        f"- `sha256sum -c {SUMS}` checks the files.",
        "",
        "Run the commands in this folder; words in capitals are to be replaced. What a store holds already stays, so begin",
        "with an empty one, or use `kg load`, which replaces exactly what changed.",
    ]
    for loader in read_loaders():
        tried = "" if loader.is_tried else " Written from its documentation, not tried by the tests of kg."
        lines += ["", f"## {loader.store}", "", f"On {loader.place}.{tried}", "", "```sh", loader.command, "```"]
        lines += ["", loader.note] if loader.note else []
    return "\n".join(lines) + "\n"


def _sums(folder: Path) -> str:
    return "".join(f"{_digest(path)}  {path.name}\n" for path in sorted(folder.iterdir()))


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _write(path: Path, text: str) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


# --------------------------------------------------------------------------- the folder


@contextmanager
def _replacing(folder: Path) -> Iterator[Path]:
    """Yield a new folder that takes the place of `folder` if nothing fails."""
    if folder.exists() and not _is_replaceable(folder):
        raise UsageError(
            "the folder holds something else than an export",
            code="export.folder",
            where=str(folder),
            hint="name a new folder, an empty one, or that of an earlier export",
        )
    folder.parent.mkdir(parents=True, exist_ok=True)
    temporary = folder.with_name(f".{folder.name}.new-{os.getpid()}")
    old = folder.with_name(f".{folder.name}.old-{os.getpid()}")
    shutil.rmtree(temporary, ignore_errors=True)
    temporary.mkdir()
    try:
        yield temporary
        if folder.exists():
            folder.rename(old)
        temporary.rename(folder)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
        shutil.rmtree(old, ignore_errors=True)


def _is_replaceable(folder: Path) -> bool:
    """Whether a folder is empty or an earlier export, all of whose files are in its list."""
    if not folder.is_dir():
        return False
    names = {path.name for path in folder.iterdir()}
    if not names:
        return True
    if not {SUMS, DESCRIPTION} <= names:
        return False
    listed = {line[66:] for line in (folder / SUMS).read_text(encoding="utf-8").splitlines()}
    return names <= listed | {SUMS}
