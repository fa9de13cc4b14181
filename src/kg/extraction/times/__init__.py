"""The times of a text, in French and English."""

from __future__ import annotations

from collections.abc import Callable

from kg.extraction.times.mentions import Kind, TimeMention
from kg.extraction.times.reading import read_mentions
from kg.records import Time

__all__ = ["Kind", "TimeMention", "find_mentions", "find_times"]


def find_mentions(
    text: str, language: str, *, published: str | None, tense_at: Callable[[int], str] | None = None
) -> tuple[TimeMention, ...]:
    """Find the times of a text."""
    return read_mentions(text, language, published=published, tense_at=tense_at)


def find_times(
    text: str, language: str, *, published: str | None, tense_at: Callable[[int], str] | None = None
) -> tuple[Time, ...]:
    """Find the times of a text as claim records hold them."""
    return tuple(mention.time for mention in find_mentions(text, language, published=published, tense_at=tense_at))
