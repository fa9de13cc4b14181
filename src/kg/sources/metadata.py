"""What is known of a report beside its text, and the one place where a `Report` is made."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace
from datetime import date as calendar_date
from typing import Final

from kg.errors import DataError
from kg.records import Report
from kg.sources.decoding import doubts, refuse_unwritable
from kg.sources.languages import SUPPORTED, identify
from kg.sources.source import Source, too_large

_DATE: Final = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:[T ]\d\d:\d\d.*)?)?)?")
_LANGUAGE: Final = re.compile(r"([A-Za-z]{2,3})(?:[-_][A-Za-z0-9]+)*")
_THREE_LETTERS: Final = {"fra": "fr", "fre": "fr", "eng": "en", "spa": "es", "deu": "de", "ger": "de", "ita": "it"}


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a file says about its report; see `kg.records.Report` for the fields."""

    title: str | None = None
    publisher: str | None = None
    author: str | None = None
    date: str | None = None
    language: str | None = None
    url: str | None = None
    identifier: str | None = None

    def or_else(self, other: Metadata) -> Metadata:
        """Fill in from `other` what is not known."""
        missing = {name: getattr(other, name) for name in self.__slots__ if getattr(self, name) is None}
        return replace(self, **missing)


def make_report(
    text: str, source: Source, metadata: Metadata, *, notes: tuple[str, ...] = (), item: str | int | None = None
) -> Report:
    """Make a report of a text.

    Args:
        text: what offsets shall count in.
        source: where it was read.
        metadata: what the file says about it; its language is found out where it is not told.
        notes: what the reader has to say.
        item: which of the file's reports it is, where there may be several.

    Raises:
        DataError: the text is empty or too large, or holds a NUL or a lone surrogate.
    """
    place = source.name if item is None else f"{source.name}#{item}"
    if not text.strip():
        raise DataError("there is no text here", code="source.empty", where=place)
    refuse_unwritable(text, place)
    data = text.encode()
    if len(data) > source.limits.text:
        raise too_large("the text", source.limits.text, place)
    language, doubt = _language(text, metadata.language)
    return Report(
        text=text,
        sha256=hashlib.sha256(data).hexdigest(),
        path=place,
        title=metadata.title,
        publisher=metadata.publisher,
        author=metadata.author,
        date=metadata.date,
        language=language,
        url=metadata.url,
        identifier=metadata.identifier or source.identifier,
        notes=(*notes, *doubts(text), *doubt),
    )


def parse_date(value: str) -> str | None:
    """Return a date as YYYY, YYYY-MM or YYYY-MM-DD (the day of a time stamp as it is written); `None` if it is none."""
    found = _DATE.fullmatch(value.strip())
    if not found:
        return None
    year, month, day = found.groups()
    try:
        calendar_date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return None
    return "-".join(part for part in (year, month, day) if part)


def parse_language(value: str) -> str | None:
    """Return the two-letter code of a language tag (BCP 47: ``fr-CH``, ``fra``); `None` if it is none."""
    found = _LANGUAGE.fullmatch(value.strip())
    if not found:
        return None
    code = found[1].lower()
    return _THREE_LETTERS.get(code, code)


def _language(text: str, told: str | None) -> tuple[str | None, tuple[str, ...]]:
    language = told or identify(text)
    if language is None:
        return None, (f"the language is neither told nor certain; kg reads {_SUPPORTED}",)
    if language not in SUPPORTED:
        return language, (f"the language is {language}{'' if told else ', as it seems'}; kg reads {_SUPPORTED}",)
    return language, ()


_SUPPORTED: Final = " and ".join(SUPPORTED)
