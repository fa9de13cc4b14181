"""Saved web pages: trafilatura finds the article on the page, its paragraphs are the text.

trafilatura (Barbaresi 2021) and lxml are the optional extra ``html``. Nothing is fetched, and no date is guessed from the
page's words: what the page says in its head is all that is known of it (`kg.sources.page`).
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from kg.errors import DataError, Refused, WorldError
from kg.records import Report
from kg.sources.decoding import Decoded, decode, refuse_unwritable
from kg.sources.metadata import make_report
from kg.sources.page import page_metadata
from kg.sources.paragraphs import EXTRACTED, element_text
from kg.sources.source import Source
from kg.sources.trees import root_name

if TYPE_CHECKING:
    from lxml.html import HtmlElement

SUFFIXES: Final = (".html", ".htm", ".xhtml")
_DOCTYPE: Final = re.compile(r"\s*<!doctype\s+html\b", re.IGNORECASE)
_INTERNAL_SUBSET: Final = re.compile(r"<!doctype[^>\[]*\[", re.IGNORECASE)
_CHARSET: Final = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z][\w.:-]*)", re.IGNORECASE)
_NOT_IN_XML: Final = re.compile("[\\x01-\\x08\\x0b\\x0c\\x0e-\\x1f\\ufffe\\uffff]")
_FRAGILE: Final = re.compile("[^\\S \\t\\r\\n\\f]|[\\xad\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u2069\\ufeff]")
"""What trafilatura turns into a space or drops, here and there: typographic spaces, soft hyphens, joiners, bidi marks."""
_GUARDS: Final = range(0x2801, 0x2900)
"""Braille patterns stand in for them: printable, no space, no letter, and hardly ever on a page."""
_MAX_ELEMENTS: Final = 100_000
_DATES: Final = {"original_date": True, "extensive_search": False, "max_date": "9999-12-31"}
"""Not used, but without it trafilatura asks the clock."""


def is_page(source: Source) -> bool:
    """By suffix, document type or root element."""
    is_html = _DOCTYPE.match(source.head) is not None or (root_name(source.head) or "").lower() == "html"
    return source.suffix in SUFFIXES or is_html


def read_page(source: Source) -> Iterator[Report]:
    """Read the one report of a page.

    Raises:
        DataError: there is no article on the page.
        Refused: the page declares entities, or is nested deeper or larger than pages are.
        WorldError: the extra ``html`` is not installed.
    """
    decoded = _decode(source.read_bytes(), source.name)
    refuse_unwritable(decoded.text, source.name)
    if _INTERNAL_SUBSET.search(decoded.text[:10_000]):
        raise Refused("the page declares entities of its own", code="source.html", where=source.name)
    version = _trafilatura_version()
    page, count = _NOT_IN_XML.subn("", decoded.text)
    tree = _parse(page, source.name)
    metadata, notes = page_metadata(tree)
    text = _article_text(tree, source.name)
    said = [f"the text was extracted from HTML by trafilatura {version}"]
    said += [f"{count} control characters of the page were left out"] if count else []
    yield make_report(text, source, metadata, notes=(*decoded.notes, *said, *notes))


def _trafilatura_version() -> str:
    try:
        import trafilatura
    except ImportError as error:
        message = f"saved web pages need a package that is not installed ({error.name})"
        raise WorldError(message, code="source.html", hint="pip install 'kg[html]'") from error
    return str(trafilatura.__version__)


def _decode(data: bytes, where: str) -> Decoded:
    """UTF-8 where the bytes are, whatever the page says: browsers re-encode what they save. Else as it says."""
    declared = _CHARSET.search(data[:8192])
    try:
        data.decode()
    except UnicodeDecodeError:
        label = declared[1].decode("ascii").lower() if declared else "utf-8"
        return decode(data, where, encoding=_encoding(label))
    return decode(data, where)


def _encoding(label: str) -> str | None:
    """The encoding of a label as the WHATWG Encoding Standard has it: Latin-1 and ASCII are Windows-1252 on the web."""
    try:
        name = codecs.lookup(label).name
    except LookupError:
        return label
    return {"iso8859-1": "cp1252", "ascii": "cp1252", "utf-8": None, "utf-16": None}.get(name, name)


def _parse(text: str, where: str) -> HtmlElement:
    from lxml import etree, html

    parser = html.HTMLParser(
        encoding="utf-8", collect_ids=False, default_doctype=False, remove_comments=True, remove_pis=True
    )
    try:
        tree = html.document_fromstring(text.encode(), parser=parser)
    except etree.LxmlError as error:
        raise DataError(f"no HTML page: {error}", code="source.html", where=where) from error
    if any(entry.type_name in ("ERR_RESOURCE_LIMIT", "ERR_NAME_TOO_LONG") for entry in parser.error_log):
        raise Refused("the page is nested deeper or has longer parts than pages have", code="source.html", where=where)
    if sum(1 for _ in tree.iter()) > _MAX_ELEMENTS:
        raise Refused(f"the page has more than {_MAX_ELEMENTS:,} elements", code="source.html", where=where)
    return tree


def _article_text(tree: HtmlElement, where: str) -> str:
    from trafilatura import bare_extraction

    for figure in tree.iter("figure", "figcaption"):  # trafilatura drops figures; their captions are part of the report
        figure.tag = "div" if figure.tag == "figure" else "p"
    restored = _guard(tree)
    try:
        found = bare_extraction(tree, include_comments=False, with_metadata=False, date_extraction_params=_DATES)
    except Exception as error:  # its rules meet pages that nobody has seen
        message = f"the article could not be extracted: {type(error).__name__}: {error}"
        raise DataError(message, code="source.html", where=where) from error
    body = getattr(found, "body", None)
    text = element_text(body, EXTRACTED).translate(restored) if body is not None else ""
    if not text:
        raise DataError("no article was found on the page", code="source.empty", where=where)
    return text


def _guard(tree: HtmlElement) -> dict[int, str]:
    """Put characters that the page does not have in the place of fragile ones; return the table that restores them."""
    text = "".join(tree.itertext())
    guards = (chr(code) for code in _GUARDS if chr(code) not in text)
    fragile = dict(zip(sorted(set(_FRAGILE.findall(text))), guards, strict=False))
    table = str.maketrans(fragile)
    for element in tree.iter():
        if element.text and not element.text.isspace():
            element.text = element.text.translate(table)
        if element.tail and not element.tail.isspace():
            element.tail = element.tail.translate(table)
    return str.maketrans({guard: character for character, guard in fragile.items()})
