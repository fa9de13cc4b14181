"""The formats that kg reads, in the order in which they are tried: suffix and content decide, and the first one takes it.

A new format is a module with two functions, and a line here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from kg.errors import DataError
from kg.records import Report
from kg.sources.corpus import is_corpus, read_corpus
from kg.sources.feeds import is_feed, read_feed
from kg.sources.html import is_page, read_page
from kg.sources.jsonlines import is_json_lines, read_json_lines
from kg.sources.markdown import is_markdown, read_markdown
from kg.sources.newsml import is_newsml, read_newsml
from kg.sources.plain import is_plain, read_plain
from kg.sources.source import Source
from kg.sources.trees import local_name, read_tree

_XML_SUFFIXES: Final = (".xml", ".rss", ".atom", ".nitf", ".newsml")


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its name, what recognises it by suffix and beginning, and what reads it."""

    name: str
    recognises: Callable[[Source], bool]
    read: Callable[[Source], Iterator[Report]]


def _is_xml(source: Source) -> bool:
    return source.suffix in _XML_SUFFIXES or source.head.lstrip().startswith(("<?xml", "<!DOCTYPE"))


def _read_xml(source: Source) -> Iterator[Report]:
    """Say what is wrong with XML that no other format claims."""
    root, _ = read_tree(source)
    message = f"XML whose root is <{local_name(root)}> is none that kg reads"
    hint = "kg reads NewsML-G2, NITF, RSS and Atom"
    raise DataError(message, code="source.format", where=source.name, hint=hint)
    yield  # a reader is an iterator


FORMATS: Final = (
    Format("Markdown, or text with front matter", is_markdown, read_markdown),
    Format("JSON Lines", is_json_lines, read_json_lines),
    Format("NewsML-G2 or NITF", is_newsml, read_newsml),
    Format("RSS or Atom", is_feed, read_feed),
    Format("HTML", is_page, read_page),
    Format("XML", _is_xml, _read_xml),
    Format("corpus header", is_corpus, read_corpus),
    Format("plain text", is_plain, read_plain),
)


def recognise(source: Source) -> Format:
    """Return the format of a source."""
    return next(each for each in FORMATS if each.recognises(source))
