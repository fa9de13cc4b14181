"""Markdown, and any text that begins with YAML front matter.

The text is what follows the line that closes the front matter, to the last byte: markup and line ends stay in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from kg.records import Report
from kg.sources.frontmatter import begins_front_matter, split_front_matter
from kg.sources.metadata import make_report
from kg.sources.source import Source

SUFFIXES: Final = (".md", ".markdown", ".mdown")
_HEADING: Final = re.compile(r"\s*#[ \t]+(.+?)(?:[ \t]+#+)?[ \t]*(?:\r?\n|\Z)")


def is_markdown(source: Source) -> bool:
    """By suffix, or because there is front matter."""
    return source.suffix in SUFFIXES or begins_front_matter(source.head)


def read_markdown(source: Source) -> Iterator[Report]:
    """Read the one report of a file; a first-level heading that opens the text is the title where none is given."""
    decoded = source.read_text()
    metadata, text, notes = split_front_matter(decoded.text, source.name)
    if metadata.title is None and (heading := _HEADING.match(text)):
        metadata = replace(metadata, title=heading[1])
    yield make_report(text, source, metadata, notes=(*decoded.notes, *notes))
