"""The dateline of a report: ``CAIRO (Reuters) -``, ``RIYADH, 6 mai (Reuters) -``, ``(Kyiv) –``, ``WASHINGTON —``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Final

from kg.analysis import Dateline, Span
from kg.language.tables import DATA, read_table

_SHAPE: Final = re.compile(
    r"(?P<open>\(?)(?P<head>[^\n()–—:«“\"]{0,70}?)(?P<close>\)?) ?(?:\((?P<agency>[^()\n]{2,40})\))?"
    r" ?(?P<mark>--?|–|—|:) (?=\S)"
)
_SEGMENT: Final = re.compile(r"[^,]+")
_PARTICLES: Final = frozenset("de du des la le les el al sur sous en and of the upon am an der lès et d l".split())
_SEARCHED: Final = 6
"""A dateline stands in one of the first paragraphs: headline, standfirst, byline, date of the page, caption, body."""


@cache
def agency_names() -> frozenset[str]:
    """The names under which news and picture agencies sign."""
    return frozenset(name for _, (name,) in read_table(DATA / "agencies.tsv", ("name",)))


def find_dateline(folded: str, paragraphs: Sequence[Span]) -> tuple[Dateline | None, int | None]:
    """Return the dateline and the index of its paragraph, or two times None."""
    for index, (start, end) in enumerate(paragraphs[:_SEARCHED]):
        match = _SHAPE.match(folded, start, end)
        found = match and _read(folded, match, is_first=index == 0 and len(paragraphs) > 1)
        if found:
            return found, index
    return None, None


def _read(folded: str, match: re.Match[str], *, is_first: bool) -> Dateline | None:
    head, agency = match["head"].strip(), match["agency"]
    if agency is not None and not _is_agency(agency):
        return None
    if match["open"]:
        if not match["close"] or agency is not None or match["mark"] == ":":
            return None
        if _is_agency(head):
            return Dateline(match.start(), match.end("mark"), None, None, match.span("head"))
    elif match["close"]:
        return None
    place, date = _place_and_date(folded, match.span("head"))
    if agency is None and (place is None or not _is_plain_dateline(folded, match, place, date, is_first=is_first)):
        return None
    if head and place is None:
        return None
    return Dateline(match.start(), match.end("mark"), place, date, match.span("agency") if agency else None)


def _is_agency(text: str) -> bool:
    return any(
        part.strip() in agency_names() or part.strip().upper() in agency_names() for part in re.split("[/,]", text)
    )


def _is_plain_dateline(folded: str, match: re.Match[str], place: Span, date: Span | None, *, is_first: bool) -> bool:
    """Tell whether place and mark alone are a dateline: in brackets, with a date, in capitals, or before a long dash."""
    words = folded[slice(*place)]
    if not folded[match.end()].isupper() and folded[match.end()] not in "«“\"‘'":
        return False
    if match["mark"] == ":":
        return False
    if match["open"] or date is not None:
        return True
    name = words.split(",")[0]
    if name.isupper() and len(name) > 2:
        return True
    return not is_first and match["mark"] in "–—" and words.count(" ") < 2 and not words.isupper()


def _place_and_date(folded: str, span: Span) -> tuple[Span | None, Span | None]:
    """Tell the segments between commas apart: those with a figure are the date, capitalised ones before it the place."""
    place: Span | None = None
    date: Span | None = None
    for segment in _SEGMENT.finditer(folded, *span):
        text = segment[0].strip()
        start = segment.start() + len(segment[0]) - len(segment[0].lstrip())
        if not text:
            return None, None
        if any(c.isdigit() for c in text):
            date = (date[0] if date else start, start + len(text))
        elif date is None and _is_place(text):
            place = (place[0] if place else start, start + len(text))
        else:
            return None, None
    return place, date


def _is_place(text: str) -> bool:
    """Tell whether every word is capitalised or a particle, and they are few."""
    words = re.findall(r"[^\W\d_]+", text)
    return (
        0 < len(words) <= 6 and words[0][0].isupper() and all(w[0].isupper() or w.lower() in _PARTICLES for w in words)
    )
