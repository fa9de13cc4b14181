"""An opened input: bounded, unpacked, with its beginning looked at."""

from __future__ import annotations

import io
import sys
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

from kg.errors import DataError, Refused
from kg.sources.decoding import Decoded, decode, look, refuse_binary

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

HEAD: Final = 64 * 1024
"""How many bytes are looked at to recognise a format."""

STDIN: Final = "-"


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is read: of one text, of the file around it, of what comes out of gzip, and by what ratio at most."""

    text: int = 10_000_000
    """UTF-8 bytes of one report's text."""
    ratio: int = 100
    """Unpacked to packed, beyond the first megabyte: text reaches about 10."""

    @property
    def file(self) -> int:
        """Bytes of a file that has to be read as a whole: markup comes to a few times its text."""
        return 5 * self.text

    @property
    def unpacked(self) -> int:
        """Bytes out of one gzip file."""
        return 20 * self.text


DEFAULT_LIMITS: Final = Limits()


def stop(fault: DataError) -> None:
    """Deal with a fault by raising it."""
    raise fault


@dataclass(frozen=True, slots=True)
class Source:
    """An input that is open for reading, unpacked.

    `name` is what the user called it, `identifier` the file's own name without ``.gz`` (`None` for standard input),
    `head` its first characters. A reader of a format that holds several reports hands what is wrong with one of them to
    `on_fault` and, where that returns, goes on with the next.
    """

    name: str
    identifier: str | None
    head: str
    stream: io.BufferedIOBase
    limits: Limits = DEFAULT_LIMITS
    on_fault: Callable[[DataError], None] = field(default=stop)

    @property
    def suffix(self) -> str:
        """The file's suffix in lower case, with its dot, ``.gz`` left out; empty where there is none."""
        return Path(self.identifier or "").suffix.lower()

    def read_bytes(self) -> bytes:
        """Read the whole.

        Raises:
            DataError: it is larger than the limit for a file.
        """
        data = self.stream.read(self.limits.file + 1)
        if len(data) > self.limits.file:
            raise too_large("the file", self.limits.file, self.name)
        return data

    def read_text(self, *, encoding: str | None = None) -> Decoded:
        """Read and decode the whole; see `kg.sources.decoding.decode`."""
        return decode(self.read_bytes(), self.name, encoding=encoding)


@contextmanager
def open_source(
    path: Path, *, limits: Limits = DEFAULT_LIMITS, on_fault: Callable[[DataError], None] = stop
) -> Iterator[Source]:
    """Open a file, or standard input where `path` is ``-``; gzip is unpacked on the way.

    Raises:
        DataError: the file is binary, or packed twice, or damaged.
        OSError: it cannot be read.
    """
    if str(path) == STDIN:
        yield _looked_at(sys.stdin.buffer, STDIN, None, limits, on_fault)
        return
    with path.open("rb") as stream:
        yield _looked_at(stream, str(path), path.name, limits, on_fault)


def too_large(what: str, limit: int, where: str) -> DataError:
    """The error for something that is larger than `limit` bytes."""
    hint = "cut it into single reports, or raise the limit"
    return DataError(f"{what} is larger than {limit:,} bytes", code="source.size", where=where, hint=hint)


class _Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


def _looked_at(
    stream: _Readable, name: str, identifier: str | None, limits: Limits, on_fault: Callable[[DataError], None]
) -> Source:
    head = _fill(stream, HEAD)
    if head.startswith(_Gunzip.MAGIC):
        stream = io.BufferedReader(_Gunzip(_Joined(head, stream), name, limits))
        head = _fill(stream, HEAD)
        if head.startswith(_Gunzip.MAGIC):
            raise Refused("a gzip file inside a gzip file", code="source.gzip", where=name, hint="unpack it once")
        identifier = identifier.removesuffix(".gz") if identifier else None
    refuse_binary(head, name)
    return Source(name, identifier, look(head), io.BufferedReader(_Joined(head, stream)), limits, on_fault)


def _fill(stream: _Readable, size: int) -> bytes:
    """Read `size` bytes, or what there is; a pipe gives less than asked for at a time."""
    parts, missing = [], size
    while missing and (part := stream.read(missing)):
        parts.append(part)
        missing -= len(part)
    return b"".join(parts)


class _Joined(io.RawIOBase):
    """What was read of a stream already, then the rest of it."""

    def __init__(self, head: bytes, rest: _Readable) -> None:
        self._head = io.BytesIO(head)
        self._rest = rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        view = memoryview(buffer)
        part = self._head.read(len(view)) or self._rest.read(len(view))
        view[: len(part)] = part
        return len(part)


class _Gunzip(io.RawIOBase):
    """gzip (RFC 1952, several members too) that stops where more comes out than a text could be."""

    MAGIC = b"\x1f\x8b"
    _CHUNK = 64 * 1024
    _FREE = 1_000_000

    def __init__(self, packed: _Joined, name: str, limits: Limits) -> None:
        self._packed = packed
        self._name = name
        self._limits = limits
        self._waiting = b""
        self._taken = self._given = 0
        self._inflate = zlib.decompressobj(wbits=31)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        view = memoryview(buffer)
        while True:
            if not self._waiting:
                self._waiting = self._packed.read(self._CHUNK) or b""
                self._taken += len(self._waiting)
            if self._inflate.eof and not self._waiting.strip(b"\0"):  # zeros may pad a gzip file
                if not self._waiting:
                    return 0
                self._waiting = b""
                continue
            if self._inflate.eof:
                self._inflate = zlib.decompressobj(wbits=31)
            elif not self._waiting:
                raise DataError("the gzip file is cut off", code="source.gzip", where=self._name)
            part = self._inflated(len(view))
            if part:
                view[: len(part)] = part
                return len(part)

    def _inflated(self, size: int) -> bytes:
        try:
            part = self._inflate.decompress(self._waiting, size)
        except zlib.error as error:
            raise DataError(f"damaged gzip file: {error}", code="source.gzip", where=self._name) from error
        self._waiting = self._inflate.unused_data if self._inflate.eof else self._inflate.unconsumed_tail
        self._given += len(part)
        if self._given > max(self._FREE, self._limits.ratio * self._taken) or self._given > self._limits.unpacked:
            raise Refused(
                f"more than {self._given:,} bytes come out of {self._taken:,}: this may be a decompression bomb",
                code="source.gzip",
                where=self._name,
                hint="unpack it yourself if you trust it",
            )
        return part
