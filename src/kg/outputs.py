"""Canonical, byte-stable serialisations, written as a stream and replaced as a whole.

The writers are ours because the form is part of the product: N-Quads sorted within each graph (the bytes that ledgers hash),
Turtle and TriG in the order in which a reader meets things, document by document. Every file is then parsed again by
pyoxigraph, which did not write it, before it takes the place of the old one.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Protocol, Self

from pyoxigraph import RdfFormat, parse, serialize

from kg.errors import KgError
from kg.iris import RDF_TYPE, XSD, quoted

FORMATS = ("ttl", "trig", "nq", "jsonld")
DEFAULT_FORMATS = ("ttl", "trig", "nq")

Blocks = Mapping[str, Iterable[tuple[str, str]]]
"""Subject (a term) to predicates and objects, in reading order."""

_RDF_FORMATS = {"ttl": RdfFormat.TURTLE, "trig": RdfFormat.TRIG, "nq": RdfFormat.N_QUADS, "jsonld": RdfFormat.JSON_LD}
_LOCAL_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_-]*")
_RELATIVE = re.compile(r"(?!(?:[^#]*/)?\.{1,2}(?:[/#]|$))[A-Za-z0-9._-]+/[A-Za-z0-9._%~;,=#/-]*")
"""What may follow the base; not the segments . and .., which a reader of a relative IRI takes away."""
_SHORT_LITERAL = re.compile(
    r'"(?:(0|-?[1-9][0-9]*)"\^\^<XSD#integer>|(-?(?:0|[1-9][0-9]*)\.[0-9]+)"\^\^<XSD#decimal>|(true|false)"\^\^<XSD#boolean>)'.replace(
        "XSD#", re.escape(XSD)
    )
)
"""Literals that Turtle writes bare: canonical ones only, since readers change others."""


class _Writer(Protocol):
    statements: int
    checksum: int

    def graph(self, iri: str, blocks: Blocks, title: str) -> None: ...


class NQuadsWriter:
    """One line a quad, sorted within each graph."""

    def __init__(self, file: IO[str]) -> None:
        self.file = file
        self.statements = 0
        self.checksum = 0

    def graph(self, iri: str, blocks: Blocks, title: str) -> None:  # noqa: ARG002 - N-Quads have no place for a title
        """Write one named graph."""
        quads = sorted(_statements(blocks, iri))
        self.file.writelines(f"{quad} .\n" for quad in quads)
        self.statements += len(quads)
        self.checksum += _checksum(quads)


class TurtleWriter:
    """Turtle (`named=False`: all graphs flattened into one) or TriG.

    IRIs below `base` are written relative to it, others with the prefixes.
    """

    def __init__(self, file: IO[str], *, base: str, prefixes: Mapping[str, str], named: bool) -> None:
        self.file = file
        self.base = base
        self.named = named
        self.statements = 0
        self.checksum = 0
        self._namespaces = {namespace: prefix for prefix, namespace in prefixes.items()}
        self._short: dict[str, str] = {}
        file.write(f"@base <{base}> .\n")
        file.writelines(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in sorted(prefixes.items()))

    def graph(self, iri: str, blocks: Blocks, title: str) -> None:
        """Write one graph, below a comment that names it."""
        self.file.write(f"\n# {'-' * 20} {quoted(title)[1:-1]}\n")
        if self.named:
            self.file.write(f"{self._term(f'<{iri}>')} {{\n")
        for subject, block in blocks.items():
            self._block(subject, block)
        if self.named:
            self.file.write("}\n")
        self.checksum += _checksum(_statements(blocks, iri if self.named else None))
        if len(self._short) > 100_000:  # the terms of documents do not come back: memory stays flat
            self._short.clear()

    def _block(self, subject: str, block: Iterable[tuple[str, str]]) -> None:
        objects: dict[str, list[str]] = {}
        for predicate, value in block:
            objects.setdefault(predicate, []).append(self._term(value))
        if not objects:
            return
        lines = [f"{'a' if p == RDF_TYPE else self._term(p)} {' , '.join(values)}" for p, values in objects.items()]
        self.statements += sum(map(len, objects.values()))
        content = " ;\n    ".join(lines)
        self.file.write(f"{self._term(subject)} {content} .\n")

    def _term(self, term: str) -> str:
        short = self._short.get(term)
        if short is None:
            short = self._short[term] = self._shorten(term)
        return short

    def _shorten(self, term: str) -> str:
        if term.startswith("<"):
            return self._shorten_iri(term[1:-1]) or term
        literal = _SHORT_LITERAL.fullmatch(term)
        if literal:
            return literal[literal.lastindex or 0]
        head, separator, datatype = term.rpartition("^^")
        if separator and datatype.startswith("<") and not term.endswith('"'):
            return f"{head}^^{self._shorten_iri(datatype[1:-1]) or datatype}"
        return term

    def _shorten_iri(self, iri: str) -> str | None:
        if iri.startswith(self.base) and _RELATIVE.fullmatch(iri, len(self.base)):
            return f"<{iri[len(self.base) :]}>"
        cut = max(iri.rfind("#"), iri.rfind("/")) + 1
        prefix = self._namespaces.get(iri[:cut])
        return f"{prefix}:{iri[cut:]}" if prefix is not None and _LOCAL_NAME.fullmatch(iri, cut) else None


class JsonLines:
    """A file of JSON objects, one a line, that takes the place of the old one only when it is complete.

    Use it as a context manager; leaving it by an exception leaves the old file. Without any line there is no file.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.count = 0
        self._temporary = path.with_name(f".{path.name}.tmp")
        self._file: IO[str] | None = None

    def __enter__(self) -> Self:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        # what UTF-8 cannot hold (a lone surrogate, from a file name) becomes the escape that JSON has for it
        self._file = self._temporary.open("w", encoding="utf-8", errors="backslashreplace", newline="\n")
        return self

    def write(self, value: Mapping[str, Any]) -> None:
        """Write one object."""
        assert self._file is not None  # noqa: S101 - inside its context
        self._file.write(json.dumps(value, ensure_ascii=False, sort_keys=True) + "\n")
        self.count += 1

    def publish(self) -> None:
        """Put the file in the place of the old one, or, where nothing was written, take the old one away."""
        assert self._file is not None  # noqa: S101 - inside its context
        self._file.flush()
        os.fsync(self._file.fileno())
        if self.count:
            self._temporary.replace(self.path)
        else:
            self.path.unlink(missing_ok=True)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._file is not None:
            _discard(self._file)
        self._temporary.unlink(missing_ok=True)


class OutputSet:
    """The files of one build: all are written beside the old ones, checked, and only then put in their place.

    Use it as a context manager; leaving it by an exception leaves the old files as they were.

    Args:
        directory: where the files go.
        stem: their name without suffix.
        formats: a choice of `FORMATS`.
        base: what IRIs are written relative to in Turtle and TriG.
        prefixes: prefix to namespace.

    Raises:
        OSError: a file cannot be written (on entering, writing or leaving).
        KgError: a written file does not read back as what was written (a defect of kg; the old files stay).
    """

    def __init__(
        self, directory: Path, stem: str, formats: Iterable[str], *, base: str, prefixes: Mapping[str, str]
    ) -> None:
        self.directory = directory
        self.stem = stem
        self.formats = tuple(f for f in FORMATS if f in set(formats))
        self._base = base
        self._prefixes = prefixes
        self._files: dict[str, IO[str]] = {}
        self._writers: dict[str, _Writer] = {}

    def path(self, suffix: str) -> Path:
        """The final path of the file of a format."""
        return self.directory / f"{self.stem}.{suffix}"

    def temporary(self, suffix: str) -> Path:
        """Where the file of a format is written until it is complete."""
        return self.directory / f".{self.stem}.{suffix}.tmp"

    def __enter__(self) -> Self:
        self.directory.mkdir(parents=True, exist_ok=True)
        try:
            # JSON-LD is made of the N-Quads, which are then needed whether or not they are asked for
            for suffix in dict.fromkeys(suffix if suffix != "jsonld" else "nq" for suffix in self.formats):
                file = self._files[suffix] = self.temporary(suffix).open("w", encoding="utf-8", newline="\n")
                self._writers[suffix] = (
                    NQuadsWriter(file)
                    if suffix == "nq"
                    else TurtleWriter(file, base=self._base, prefixes=self._prefixes, named=suffix == "trig")
                )
        except BaseException:
            self._clean()
            raise
        return self

    def graph(self, iri: str, blocks: Blocks, title: str) -> None:
        """Write one named graph to every file."""
        for writer in self._writers.values():
            writer.graph(iri, blocks, title)

    @property
    def statements(self) -> int:
        """How many statements were written so far."""
        return max((writer.statements for writer in self._writers.values()), default=0)

    def close(self) -> None:
        """Finish the temporary files and read each of them back."""
        for file in self._files.values():
            file.flush()
            os.fsync(file.fileno())
            file.close()
        for suffix, writer in self._writers.items():
            _check(self.temporary(suffix), suffix, writer)
        if "jsonld" in self.formats:
            with self.temporary("jsonld").open("wb") as output:
                serialize(parse(path=str(self.temporary("nq")), format=RdfFormat.N_QUADS), output, RdfFormat.JSON_LD)
            _check(self.temporary("jsonld"), "jsonld", self._writers["nq"])

    def publish(self) -> None:
        """Put the checked files in the place of the old ones; an old file of a format that was not written goes."""
        for suffix in self.formats:
            self.temporary(suffix).replace(self.path(suffix))
        for suffix in set(FORMATS) - set(self.formats):
            self.path(suffix).unlink(missing_ok=True)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._clean()

    def _clean(self) -> None:
        for file in self._files.values():
            _discard(file)
        for suffix in FORMATS:
            self.temporary(suffix).unlink(missing_ok=True)


def _discard(file: IO[str]) -> None:
    """Close a file whose content is in place already or not wanted any more."""
    with suppress(OSError):  # on a full disk, closing tries to write once more
        file.close()


def _statements(blocks: Blocks, graph: str | None) -> Iterator[str]:
    """Each statement as a line of N-Quads, without the full stop."""
    end = "" if graph is None else f" <{graph}>"
    return (f"{s} {p} {o}{end}" for s, block in blocks.items() for p, o in block)


def _checksum(statements: Iterable[str]) -> int:
    """A sum over statements in which their order does not count; it holds within one process only."""
    return sum(map(hash, statements))


def _check(path: Path, suffix: str, written: _Writer) -> None:
    """Read a file back: pyoxigraph writes a statement as we do, so that two sums tell whether it says the same."""

    def read() -> Iterator[str]:
        return map(str, parse(path=str(path), format=_RDF_FORMATS[suffix]))

    try:
        if _checksum(read()) == written.checksum:
            return
        found = sum(1 for _ in read())
    except SyntaxError as error:
        raise KgError(f"the written file does not parse: {error}", code="output.syntax", where=str(path)) from error
    if found == written.statements:
        raise KgError("the written file says something else", code="output.content", where=str(path))
    raise KgError(
        f"{written.statements:,} statements were written, {found:,} read back", code="output.count", where=str(path)
    )
