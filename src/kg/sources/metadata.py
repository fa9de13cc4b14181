"""What is known of a report beside its text, and the one place where a `Report` is made.

What the user wrote (front matter, JSON Lines) is held to the form of each field and an error where it is not in it; what a
page or a feed says of itself is taken where it can be read, and said to be left out where it cannot.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date as calendar_date
from typing import Final

from kg.errors import DataError
from kg.records import Report
from kg.sources.decoding import doubts, refuse_unwritable
from kg.sources.languages import SUPPORTED, identify
from kg.sources.source import Source, too_large

_DATE: Final = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2})(?:[T ][0-9]{2}:?[0-9]{2}.*)?)?)?")
_BASIC_DATE: Final = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})(?:T[0-9]{4}.*)?")
_LANGUAGE: Final = re.compile(r"([A-Za-z]{2,3})(?:[-_][A-Za-z0-9]+)*")
_THREE_LETTERS: Final = {"fra": "fr", "fre": "fr", "eng": "en", "spa": "es", "deu": "de", "ger": "de", "ita": "it"}
_SPACE: Final = re.compile(r"[ \t\r\n\f]+")
_URL: Final = re.compile(r"https?://[^\x00-\x20<>\"{}|^`\\]+", re.IGNORECASE)
_SUPPORTED: Final = " and ".join(SUPPORTED)


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
        return replace(self, **{name: getattr(other, name) for name in FIELDS if getattr(self, name) is None})


FIELDS: Final = tuple(field.name for field in fields(Metadata))


def read_field(name: str, value: str) -> str | None:
    """Bring the value of a field of `Metadata` into its form; `None` where it is blank.

    Raises:
        ValueError: it is not of that form; says which it is.
    """
    value = _SPACE.sub(" ", value).strip()
    if not value:
        return None
    if re.search("[\0\ud800-\udfff]", value):
        raise ValueError(f"{name} holds a NUL or a lone surrogate")
    if name == "date":
        return _checked(parse_date(value), f"date is YYYY, YYYY-MM or YYYY-MM-DD, not {value!r}")
    if name == "language":
        return _checked(parse_language(value), f"language is a code such as fr or en, not {value!r}")
    if name == "url":
        return _checked(value if _URL.fullmatch(value) else None, f"url is an http address, not {value!r}")
    return value


def read_foreign(values: Mapping[str, str | None], said_by: str) -> tuple[Metadata, tuple[str, ...]]:
    """Take what can be read of the metadata that a page or feed gives; the notes say what cannot.

    Args:
        values: by name of the field; `None` where nothing is given.
        said_by: who gives them, for the notes.
    """
    known: dict[str, str | None] = {}
    notes = []
    for name, value in values.items():
        try:
            known[name] = read_field(name, value or "")
        except ValueError as error:
            notes.append(f"{said_by}: {error}; left out")
    return Metadata(**known), tuple(notes)


def make_report(
    text: str, source: Source, metadata: Metadata, *, notes: tuple[str, ...] = (), item: int | None = None
) -> Report:
    """Make a report of a text.

    Args:
        text: what offsets shall count in.
        source: where it was read.
        metadata: what the file says about it; its language is found out where it is not told.
        notes: what the reader has to say.
        item: which of the file's reports it is, from 1, where there may be several.

    Raises:
        DataError: the text is empty or too large, or holds a NUL or a lone surrogate.
    """
    suffix = "" if item is None else f"#{item}"
    place = source.name + suffix
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
        identifier=metadata.identifier or (source.identifier and source.identifier + suffix),
        notes=(*notes, *doubts(text), *doubt),
    )


def parse_date(value: str) -> str | None:
    """Return a date as YYYY, YYYY-MM or YYYY-MM-DD (the day of a time stamp as it is written); `None` if it is none.

    ISO 8601: the extended format, and the basic one where it has a day (``20230628T101500Z``).
    """
    found = _DATE.fullmatch(value.strip()) or _BASIC_DATE.fullmatch(value.strip())
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


def _checked(value: str | None, message: str) -> str:
    if value is None:
        raise ValueError(message)
    return value


def _language(text: str, told: str | None) -> tuple[str | None, tuple[str, ...]]:
    """The language told, else the one that the text seems to be in; and what is to be said about it."""
    seen = identify(text)
    if told and seen and told != seen and {told, seen} & set(SUPPORTED):
        return told, (f"the language is told to be {told}, but seems to be {seen}",)
    language = told or seen
    if language is None:
        return None, (f"the language is neither told nor certain; kg reads {_SUPPORTED}",)
    if language not in SUPPORTED:
        return language, (f"the language is {language}{'' if told else ', as it seems'}; kg reads {_SUPPORTED}",)
    return language, ()
