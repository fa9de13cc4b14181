"""RDF of any origin, read with the precautions that foreign files deserve.

Every reader of foreign RDF goes through `read_quads`, so that no format is a way in: an RDF/XML file with a DOCTYPE is
refused before its parser sees it (entity expansion takes the process down), a JSON-LD context is never fetched, triple terms
and elements nest to a bound, and no file is larger than kg is told to read. Nothing is fetched, whatever a file says.
"""

from __future__ import annotations

import mmap
import re
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Final
from xml.parsers import expat

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

MAX_ELEMENTS: Final = 512
"""Deepest nesting of XML elements; the parser copies the namespaces of each for the next."""

_OPENING: Final = re.compile(rb"<<")
_TOKENS: Final = re.compile(
    rb"""
      \"\"\"(?:[^"\\]|\\.|"(?!""))*+\"\"\" | \'\'\'(?:[^\'\\]|\\.|\'(?!\'\'))*+\'\'\'  # long strings
    | "(?:[^"\\\r\n]|\\.)*+" | \'(?:[^\'\\\r\n]|\\.)*+\'                                # strings
    | << | >>
    | <(?:[^<>"{}|^`\\\x00-\x20]|\\[uU])*+>                                             # IRIs
    | \\.                                                                               # escapes in prefixed names
    | \#[^\r\n]*+                                                                       # comments
    """,
    re.VERBOSE | re.DOTALL,
)
"""What may hold ``<<`` or ``>>`` in Turtle and its kin, and the two themselves."""


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
        Refused: a DOCTYPE, a remote context, triple terms or elements nested too deep, a file or a value too large.
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
    except MemoryError as error:
        raise Refused(f"a value is too long: {error}", code="rdf.size", where=str(path)) from error


def _check(path: Path, name: str) -> None:
    size = path.stat().st_size
    bound = MAX_JSON_BYTES if name == "jsonld" else MAX_BYTES
    if size > bound:
        raise Refused(f"the file is larger than {bound:,} bytes", code="rdf.size", where=str(path))
    if name == "rdf":
        _check_xml(path)
    elif name != "jsonld" and _is_deep(path):
        raise Refused(f"triple terms nested deeper than {MAX_DEPTH}", code="rdf.depth", where=str(path))


def _check_xml(path: Path) -> None:
    """Read an RDF/XML file once with a parser that keeps to the letter of XML.

    The parser of pyoxigraph takes a DOCTYPE anywhere and in any case of letters; in what is well-formed by the letter,
    it stands where it may stand, and is seen.
    """

    def refuse_doctype(*_: object) -> None:
        raise Refused(
            "an RDF/XML file with a DOCTYPE is not read",
            code="rdf.doctype",
            where=str(path),
            hint="entities can expand without end: remove the DOCTYPE and write the IRIs out",
        )

    depth = 0

    def go_in(*_: object) -> None:
        nonlocal depth
        depth += 1
        if depth > MAX_ELEMENTS:
            raise Refused(f"elements nested deeper than {MAX_ELEMENTS}", code="rdf.depth", where=str(path))

    def go_out(_: str) -> None:
        nonlocal depth
        depth -= 1

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = refuse_doctype
    parser.StartElementHandler, parser.EndElementHandler = go_in, go_out
    try:
        with _contents(path) as data:
            parser.Parse(data, True)
    except expat.ExpatError as error:
        where = f"{path}:{error.lineno}:{error.offset + 1}"
        raise DataError(f"not RDF/XML: {expat.ErrorString(error.code)}", code="rdf.syntax", where=where) from error


def _is_deep(path: Path) -> bool:
    """Whether triple terms nest deeper than `MAX_DEPTH`."""
    with _contents(path) as data:
        if sum(1 for _ in islice(_OPENING.finditer(data), MAX_DEPTH + 1)) <= MAX_DEPTH:
            return False
        depth = 0
        for found in _TOKENS.finditer(data):
            depth = max(0, depth + {b"<<": 1, b">>": -1}.get(found[0][:2], 0))
            if depth > MAX_DEPTH:
                return True
    return False


@contextmanager
def _contents(path: Path) -> Iterator[mmap.mmap | bytes]:
    """The bytes of a file; an empty one cannot be mapped."""
    with path.open("rb") as file:
        if path.stat().st_size == 0:
            yield b""
        else:
            with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
                yield data


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
