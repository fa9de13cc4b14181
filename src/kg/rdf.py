"""RDF of any origin, read with the precautions that foreign files deserve.

Every reader of foreign RDF goes through `read_quads`, so that no format is a way in: an RDF/XML file with a DOCTYPE is
refused before a parser sees it (entity expansion takes the process down), a JSON-LD context is never fetched, triple terms
nest to a bound, and no file is larger than kg is told to read. Nothing is fetched, whatever a file says.
"""

from __future__ import annotations

import mmap
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from kg.errors import DataError, Refused, UsageError

FORMATS: Final[dict[str, ox.RdfFormat]] = {
    "ttl": ox.RdfFormat.TURTLE,
    "trig": ox.RdfFormat.TRIG,
    "nq": ox.RdfFormat.N_QUADS,
    "nt": ox.RdfFormat.N_TRIPLES,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdf": ox.RdfFormat.RDF_XML,
}
"""The formats by the suffix that names them; `_SUFFIXES` knows their other suffixes."""

_SUFFIXES: Final = {"json": "jsonld", "xml": "rdf", "owl": "rdf", "turtle": "ttl", "ntriples": "nt", "nquads": "nq"}
MAX_BYTES: Final = 4 << 30
MAX_JSON_BYTES: Final = 256 << 20
"""A JSON-LD document is read as a whole, so it is bounded more tightly."""
MAX_DEPTH: Final = 64
"""Deepest nesting of triple terms; the parser recurses on them."""

_PROLOG: Final = re.compile(rb"(?:\s++|<\?(?:[^?]|\?(?!>))*+\?>|<!--(?:[^-]|-(?!->))*+-->)*+<!DOCTYPE")
_TRIPLE_TERMS: Final = re.compile(rb"<<(?:[^<>\"']*<<){%d}" % MAX_DEPTH)


def format_of(path: Path) -> str:
    """Return the format that a file's suffix names: a key of `FORMATS`.

    Raises:
        UsageError: it names none.
    """
    suffix = path.suffix.lower().removeprefix(".")
    name = _SUFFIXES.get(suffix, suffix)
    if name not in FORMATS:
        known = ", ".join(f".{known}" for known in (*FORMATS, *_SUFFIXES))
        raise UsageError(
            f"no RDF format has the suffix {path.suffix!r}", code="rdf.format", where=str(path), hint=known
        )
    return name


def read_quads(path: Path, *, format: str | None = None, label: str | None = None) -> Iterator[ox.Quad]:  # noqa: A002 - the field's word
    """Read an RDF file, quad by quad; blank nodes are named by their first appearance, so that two runs agree.

    Args:
        path: the file.
        format: one of `FORMATS`; by default what its suffix names.
        label: begins the names of its blank nodes, where several files come together.

    Raises:
        Refused: a DOCTYPE, a remote context, triple terms nested too deep, a file too large.
        DataError: the file is not what its format asks for; says line and column.
        UsageError: there is no such format.
        OSError: the file cannot be read.
    """
    name = format or format_of(path)
    _check(path, name)
    try:
        yield from _relabelled(
            ox.parse(path=str(path), format=FORMATS[name], base_iri=path.resolve().as_uri()), label or "b"
        )
    except (SyntaxError, ValueError) as error:
        raise _syntax_error(error, path, name) from error


def _check(path: Path, name: str) -> None:
    size = path.stat().st_size
    bound = MAX_JSON_BYTES if name == "jsonld" else MAX_BYTES
    if size > bound:
        raise Refused(f"the file is larger than {bound:,} bytes", code="rdf.size", where=str(path))
    if size == 0:
        return
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        if name == "rdf" and _PROLOG.match(_plain(data[: 1 << 20])):
            raise Refused(
                "an RDF/XML file with a DOCTYPE is not read",
                code="rdf.doctype",
                where=str(path),
                hint="entities can expand without end: remove the DOCTYPE and write the IRIs out",
            )
        if name not in ("rdf", "jsonld") and _TRIPLE_TERMS.search(data):
            raise Refused(f"triple terms nested deeper than {MAX_DEPTH}", code="rdf.depth", where=str(path))


def _plain(head: bytes) -> bytes:
    """The beginning of an XML file as ASCII, of whatever Unicode encoding it is."""
    return head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe")


def _relabelled(quads: Iterator[ox.Quad], label: str) -> Iterator[ox.Quad]:
    names: dict[str, ox.BlankNode] = {}

    def node(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | ox.DefaultGraph) -> object:
        if isinstance(term, ox.BlankNode):
            return names.setdefault(term.value, ox.BlankNode(f"{label}{len(names)}"))
        if isinstance(term, ox.Triple):
            return ox.Triple(node(term.subject), term.predicate, node(term.object))  # type: ignore[arg-type]
        return term

    for quad in quads:
        yield ox.Quad(node(quad.subject), quad.predicate, node(quad.object), node(quad.graph_name))  # type: ignore[arg-type]


def _syntax_error(error: Exception, path: Path, name: str) -> DataError:
    message = str(getattr(error, "msg", None) or error)
    if "LoadDocumentCallback" in message:
        return Refused(
            "a remote JSON-LD context is not fetched",
            code="rdf.context",
            where=str(path),
            hint="write the context into the file, or convert the file to Turtle where the network may be used",
        )
    line, column = getattr(error, "lineno", None), getattr(error, "offset", None)
    where = ":".join(str(part) for part in (path, line, column) if part)
    told = re.sub(r"^Parser error (?:at|between) line .*?: ", "", message)
    return DataError(f"not {FORMATS[name].name}: {told}", code="rdf.syntax", where=where)
