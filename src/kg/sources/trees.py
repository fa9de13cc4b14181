"""XML from outside, as a tree: no document type, no entities, bounded in depth and number of elements."""

from __future__ import annotations

import re
from typing import Final
from xml.etree.ElementTree import Element, ParseError, TreeBuilder

from kg.errors import DataError, Refused
from kg.sources.decoding import Decoded, decode, refuse_unwritable
from kg.sources.source import Source

_MAX_DEPTH: Final = 200
_MAX_ELEMENTS: Final = 500_000
_CHUNK: Final = 64 * 1024
_DECLARED: Final = re.compile(rb"<\?xml[^>]*?encoding\s*=\s*[\"']([A-Za-z][\w.-]*)[\"']")
_MISC: Final = re.compile(r"\s+|<!--.*?-->|<\?.*?\?>|<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>", re.DOTALL | re.IGNORECASE)
_SPACE: Final = re.compile(r"[ \t\r\n]+")
_ROOT: Final = re.compile(r"<(?:[\w.-]+:)?([A-Za-z_][\w.-]*)[\s/>]")

XML_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"


def root_name(head: str) -> str | None:
    """The local name of the root element that a document begins with, behind what may precede it; `None` if none does."""
    position = 0
    while found := _MISC.match(head, position):
        position = found.end()
    root = _ROOT.match(head, position)
    return root[1] if root else None


def read_tree(source: Source) -> tuple[Element, tuple[str, ...]]:
    """Read a source as XML; return the root element and what is to be said about the decoding.

    Raises:
        DataError: it is not well-formed; says where.
        Refused: it has a document type, or is deeper or larger than news is.
    """
    data = source.read_bytes()
    declared = _DECLARED.match(data.lstrip()[:200])
    decoded = decode(data, source.name, encoding=declared[1].decode() if declared else None)
    return parse_tree(decoded, source.name), decoded.notes


def parse_tree(decoded: Decoded, where: str) -> Element:
    """Parse a document; see `read_tree`."""
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import DefusedXMLParser

    refuse_unwritable(decoded.text, where)
    parser = DefusedXMLParser(target=_BoundedBuilder(where), forbid_dtd=True)
    try:
        for start in range(0, len(decoded.text), _CHUNK):
            parser.feed(decoded.text[start : start + _CHUNK])
        root: Element = parser.close()
    except DefusedXmlException as error:
        message = "the XML has a document type or entities"
        raise Refused(
            message, code="source.xml", where=where, hint="take the <!DOCTYPE …> out if you trust it"
        ) from error
    except ParseError as error:
        line, column = error.position
        problem = str(error).partition(":")[0]
        place = f"{where}:{line}:{column + 1}"
        raise DataError(f"not well-formed XML: {problem}", code="source.xml", where=place) from error
    return root


def local_name(element: Element) -> str:
    """The name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def children(element: Element | None, name: str) -> list[Element]:
    """The children of a local name; none where there is no element."""
    return [child for child in element if local_name(child) == name] if element is not None else []


def find(element: Element | None, *path: str) -> Element | None:
    """The first element at a path of local names, e.g. ``find(item, "contentMeta", "headline")``."""
    for name in path:
        element = next(iter(children(element, name)), None)
    return element


def words(element: Element | None) -> str | None:
    """The text of an element on one line; `None` where there is none."""
    return _SPACE.sub(" ", "".join(element.itertext())).strip() or None if element is not None else None


def attribute(element: Element | None, name: str) -> str | None:
    """The value of an attribute; `None` where there is none."""
    return element.get(name) if element is not None else None


class _BoundedBuilder(TreeBuilder):
    def __init__(self, where: str) -> None:
        super().__init__()
        self._where = where
        self._depth = self._count = 0

    def start(self, tag: str, attrs: dict[str, str], /) -> Element:
        self._depth += 1
        self._count += 1
        if self._depth > _MAX_DEPTH:
            raise self._refused(f"is nested deeper than {_MAX_DEPTH} elements")
        if self._count > _MAX_ELEMENTS:
            raise self._refused(f"has more than {_MAX_ELEMENTS:,} elements")
        return super().start(tag, attrs)

    def end(self, tag: str, /) -> Element:
        self._depth -= 1
        return super().end(tag)

    def _refused(self, what: str) -> Refused:
        return Refused(f"the XML {what}", code="source.xml", where=self._where)
