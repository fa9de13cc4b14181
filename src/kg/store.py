"""The embedded store: the N-Quads of a build as an on-disk database beside them, for queries that start at once.

A database is named by the digest of the N-Quads it was made of and never changes: it is loaded into a folder of another
name and renamed when it is complete, so whatever bears the right name is whole, and a crash leaves the old one. Readers
open it read-only and hold a lock on its folder while they do; only a database that nobody reads is removed. Its default
graph is the union of all named graphs, as a set: a statement that two documents make is there once.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, Final, Protocol

import pyoxigraph as ox

from kg.errors import DataError, WorldError

DIRECTORY: Final = "store"
_STAMP: Final = "current.json"
_LOADING: Final = ".loading-"
_CHUNK: Final = 8 << 20
"""How many bytes are bulk-loaded at a time: the loader holds all that it is given in memory, and more."""


def store_directory(out: Path) -> Path:
    """The folder of the databases of a project whose output folder is `out`."""
    return out / DIRECTORY


class _Digest(Protocol):
    def update(self, data: bytes, /) -> None: ...


@contextmanager
def load_store(nquads: Path, directory: Path) -> Iterator[ox.Store]:
    """Make the database of an N-Quads file where there is none yet, and open it read-only.

    Databases of other files go, but for the one last asked: the file that it belongs to may still be in place.

    Raises:
        DataError: the file is not N-Quads.
        WorldError: there is no such file.
        OSError: the database cannot be written.
    """
    digest = _digest(nquads)
    with _database(nquads, directory, digest) as database:
        _remove_others(directory, {database.name, _name(_stamp(directory).get("sha256", ""))})
        yield ox.Store.read_only(str(database))


@contextmanager
def open_database(nquads: Path, directory: Path) -> Iterator[Path]:
    """Yield the folder of the up-to-date database of a published N-Quads file; it stays while the context lasts.

    The file is taken as unchanged while its size, time of modification and inode are; else its digest decides.

    Raises:
        DataError, WorldError, OSError: as `load_store`.
    """
    stamp = _stamp(directory)
    identity = _identity(nquads)
    is_unchanged = stamp.get("file") == identity and "sha256" in stamp
    digest = stamp["sha256"] if is_unchanged else _digest(nquads)
    with _database(nquads, directory, digest) as database:
        if not is_unchanged:
            _write_stamp(directory, {"file": identity, "sha256": digest})
            _remove_others(directory, {database.name})
        yield database


# --------------------------------------------------------------------------- which database


def _name(digest: str) -> str:
    """The version of the library is part of the name, since its files may differ from version to version."""
    return f"{digest[:16]}-{ox.__version__}"


def _identity(nquads: Path) -> list[int]:
    try:
        status = nquads.stat()
    except FileNotFoundError:
        raise WorldError(
            "there is no graph yet",
            code="store.none",
            where=str(nquads),
            hint="run kg build, or ask a file with --graph",
        ) from None
    return [status.st_size, status.st_mtime_ns, status.st_ino]


def _digest(nquads: Path) -> str:
    _identity(nquads)
    with nquads.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _stamp(directory: Path) -> dict[str, Any]:
    """Which file the last query was about; an unreadable stamp says nothing, and costs no more than a digest."""
    try:
        stamp = json.loads((directory / _STAMP).read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def _write_stamp(directory: Path, stamp: dict[str, Any]) -> None:
    temporary = directory / f".{_STAMP}-{os.getpid()}"
    temporary.write_text(json.dumps(stamp), encoding="utf-8")
    temporary.replace(directory / _STAMP)


# --------------------------------------------------------------------------- one database


@contextmanager
def _database(nquads: Path, directory: Path, digest: str) -> Iterator[Path]:
    """Yield the folder of a database, made if need be and held against removal."""
    database = directory / _name(digest)
    while (lock := _hold(database)) is None:
        _load(nquads, database, digest)
    try:
        yield database
    finally:
        os.close(lock)


def _hold(database: Path) -> int | None:
    """Take a shared lock on a database's folder; `None` where it is not there, or just goes."""
    try:
        lock = os.open(database, os.O_RDONLY)
    except FileNotFoundError:
        return None
    try:
        fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
        if os.path.samestat(os.fstat(lock), database.stat()):
            return lock
    except (BlockingIOError, FileNotFoundError):
        pass
    os.close(lock)
    return None


def _load(nquads: Path, database: Path, digest: str) -> None:
    temporary = database.with_name(f"{_LOADING}{os.getpid()}-{database.name}")
    shutil.rmtree(temporary, ignore_errors=True)
    temporary.mkdir(parents=True)
    try:
        with nquads.open("rb") as file:
            read = hashlib.sha256()
            _bulk_load(_pieces(file, read), temporary, nquads)
        if read.hexdigest() != digest:
            raise WorldError(
                "the graph changed while it was read", code="store.changed", where=str(nquads), hint="try again"
            )
        _sync(temporary)
        try:
            temporary.rename(database)
        except OSError:
            if not database.is_dir():  # else another process has just made the same database
                raise
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def _bulk_load(pieces: Iterable[bytes], folder: Path, nquads: Path) -> None:
    store = ox.Store(str(folder))  # closed when it goes out of scope
    try:
        for piece in pieces:
            store.bulk_load(piece, ox.RdfFormat.N_QUADS)
    except SyntaxError as error:
        raise DataError(f"not N-Quads: {error}", code="store.syntax", where=str(nquads)) from error
    store.flush()


def _pieces(file: BinaryIO, digest: _Digest) -> Iterator[bytes]:
    """Yield N-Quads in which each statement comes twice: in its graph and in the default graph.

    The graph's name is the last term of a line, and no IRI holds a space. `digest` is fed with what was read.
    """
    while lines := file.readlines(_CHUNK):
        named = b"".join(lines)
        digest.update(named)
        yield named + b"".join(line[: line.rfind(b" <")] + b" .\n" for line in lines)


def _sync(folder: Path) -> None:
    for path in (*folder.rglob("*"), folder):
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _remove_others(directory: Path, kept: set[str]) -> None:
    """Remove databases that nobody reads, and what a crash left of one that was never finished."""
    for path in sorted(directory.iterdir()):
        if not path.is_dir() or path.name in kept or (path.name.startswith(_LOADING) and _is_running(path.name)):
            continue
        lock = os.open(path, os.O_RDONLY)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            doomed = path.rename(path.with_name(f"{_LOADING}0-{path.name}"))  # nobody finds it half removed
            shutil.rmtree(doomed, ignore_errors=True)
        except BlockingIOError:
            continue
        finally:
            os.close(lock)


def _is_running(name: str) -> bool:
    """Whether the process that makes a database, whose number is in the folder's name, is alive."""
    try:
        os.kill(int(name.removeprefix(_LOADING).partition("-")[0]), 0)
    except (ProcessLookupError, ValueError):
        return False
    except PermissionError:
        return True
    return True
