"""Plain text: the text is what was decoded, to the last character."""

from __future__ import annotations

from collections.abc import Iterator

from kg.records import Report
from kg.sources.metadata import Metadata, make_report
from kg.sources.source import Source


def is_plain(source: Source) -> bool:  # noqa: ARG001 - every format has this signature
    """Every text that no other format claims."""
    return True


def read_plain(source: Source) -> Iterator[Report]:
    """Read the one report of a file; nothing is known of it but its text."""
    decoded = source.read_text()
    yield make_report(decoded.text, source, Metadata(), notes=decoded.notes)
