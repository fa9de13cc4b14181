"""Markup to text: paragraphs that are separated by an empty line.

One set of rules for HTML, NITF, XHTML in Atom and NewsML-G2, and what trafilatura returns: what is displayed as a block is
a paragraph, white space in markup is one space (no-break, narrow and other typographic spaces are characters of the text
and stay), a line break is a line end, the cells of a table row are separated by a tab. Nothing else is added or changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import unescape
from types import MappingProxyType
from typing import Final, Protocol

_BLOCKS: Final = """address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption
    figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol p pre search section summary table
    tbody tfoot thead tr ul
    abstract block body.content bq byline credit dateline datasource fn hedline hl1 hl2 media media-caption nitf-table note
    tagline"""  # the last two lines: NITF 3.6
_SKIPPED: Final = """audio button canvas head iframe math media-metadata media-object media-producer nitf-table-metadata
    noscript object script select style svg template textarea video"""

MARKUP: Final = MappingProxyType(
    {
        **dict.fromkeys(_BLOCKS.split(), "block"),
        **dict.fromkeys(_SKIPPED.split(), "skip"),
        **dict.fromkeys(("td", "th"), "cell"),
        "br": "break",
    }
)
"""What an element of HTML or NITF does to the text; any other leaves it as it is."""

EXTRACTED: Final = MappingProxyType(
    {**MARKUP, **dict.fromkeys(("head", "item", "list", "quote", "row"), "block"), "cell": "cell", "lb": "break"}
)
"""The same for the elements that trafilatura returns (a simplified TEI)."""

_SPACE: Final = re.compile(r"[ \t\r\n\f]+")
_SPACE_IN_LINE: Final = re.compile(r"[ \t\f]+")
_AROUND_BREAK: Final = re.compile(r" *([\t\n])[ ]*")
_NAME: Final = re.compile(r"</?([A-Za-z][^\s/>]*)")
_REST_OF_TAG: Final = re.compile(r"(?:[^>\"']++|\"[^\"]*+\"|'[^']*+')*+>")
_RAW: Final = frozenset({"script", "style"})


class Element(Protocol):
    """An element of `xml.etree` or of lxml."""

    text: str | None
    tail: str | None

    @property
    def tag(self) -> object:
        """The name; of a comment it is no string."""

    def __iter__(self) -> Iterator[Element]: ...


class Paragraphs:
    """Collects the paragraphs of a document that is told as starts and ends of elements with text between."""

    def __init__(self, roles: Mapping[str, str]) -> None:
        self._roles = roles
        self._done: list[str] = []
        self._parts: list[str] = []
        self._skipped = 0
        self._preformatted = 0

    def start(self, name: str) -> None:
        """An element begins."""
        role = self._roles.get(name)
        self._skipped += role == "skip"
        self._preformatted += name == "pre"
        if self._skipped:
            return
        if role == "block":
            self._finish()
        elif role == "break":
            self._parts.append("\n")
        elif role == "cell" and self._parts:
            self._parts.append("\t")

    def end(self, name: str) -> None:
        """An element ends; one that never began may."""
        role = self._roles.get(name)
        if role == "skip" and self._skipped:
            self._skipped -= 1
        elif role == "block" and not self._skipped:
            self._finish()
        if name == "pre" and self._preformatted:
            self._preformatted -= 1

    def data(self, text: str | None) -> None:
        """Text follows."""
        if text and not self._skipped:
            is_set = self._preformatted > 0
            self._parts.append(_SPACE_IN_LINE.sub(" ", text.replace("\r\n", "\n")) if is_set else _SPACE.sub(" ", text))

    def text(self) -> str:
        """Return the text so far."""
        self._finish()
        return "\n\n".join(self._done)

    def _finish(self) -> None:
        joined = re.sub(" {2,}", " ", "".join(self._parts))
        paragraph = re.sub("\n{3,}", "\n\n", _AROUND_BREAK.sub(r"\1", joined)).strip(" \t\n")
        if paragraph.strip():
            self._done.append(paragraph)
        self._parts = []


def element_text(element: Element, roles: Mapping[str, str] = MARKUP) -> str:
    """Return the text of an element, without its tail."""
    paragraphs = Paragraphs(roles)
    _tell(element, paragraphs)
    return paragraphs.text()


def html_text(fragment: str) -> str:
    """Return the text of a piece of HTML, however broken, in time linear in its length."""
    paragraphs = Paragraphs(MARKUP)
    for kind, value in _tokens(fragment):
        if kind == "data":
            paragraphs.data(value)
        elif kind == "start":
            paragraphs.start(value)
        else:
            paragraphs.end(value)
    return paragraphs.text()


def _tell(element: Element, paragraphs: Paragraphs) -> None:
    if isinstance(element.tag, str):
        name = element.tag.rpartition("}")[2].lower()
        paragraphs.start(name)
        paragraphs.data(element.text)
        for child in element:
            _tell(child, paragraphs)
            paragraphs.data(child.tail)
        paragraphs.end(name)


def _tokens(fragment: str) -> Iterator[tuple[str, str]]:
    """Yield ``(start | end, name)`` and ``(data, text)``; what begins and never ends takes the rest, as in a browser."""
    position = 0
    while position < len(fragment):
        opening = fragment.find("<", position)
        if opening < 0:
            opening = len(fragment)
        if opening > position:
            yield "data", unescape(fragment[position:opening])
        name = _NAME.match(fragment, opening)
        if name:
            yield ("end" if fragment[opening + 1] == "/" else "start"), name[1].lower()
            position = _end_of_tag(fragment, name.end())
            if name[1].lower() in _RAW and fragment[opening + 1] != "/":
                position = _end_of_raw(fragment, name[1], position)
        elif fragment.startswith("<!--", opening):
            position = _after(fragment, "-->", opening + 4)
        elif fragment.startswith(("<!", "<?", "</"), opening):
            position = _after(fragment, ">", opening)
        elif opening < len(fragment):
            yield "data", "<"
            position = opening + 1
        else:
            position = opening


def _end_of_tag(fragment: str, start: int) -> int:
    found = _REST_OF_TAG.match(fragment, start)
    return found.end() if found else len(fragment)


def _end_of_raw(fragment: str, name: str, start: int) -> int:
    found = re.compile(f"</{re.escape(name)}", re.IGNORECASE).search(fragment, start)
    return found.start() if found else len(fragment)


def _after(fragment: str, mark: str, start: int) -> int:
    found = fragment.find(mark, start)
    return found + len(mark) if found >= 0 else len(fragment)
