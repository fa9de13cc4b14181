"""The literal profile: the terms that triple stores give back as they were given.

Stores keep values and not always spellings: ``"007"^^xsd:integer`` comes back as 7, a duration as a number of months, a
point in well-known text moved by a metre, an IRI of 3 kB cut. A graph whose digest is to be compared must keep to what all
of those that were measured leave alone:

    strings, language-tagged strings     any text; tags in lower case
    xsd:integer                          canonical, of 32 bits: Virtuoso makes decimals of the others
    xsd:decimal                          canonical in XSD 1.0, at most 15 digits: 0.5 and 1.0, not 0.50, not 1
    xsd:boolean                          true, false
    xsd:date, gYear, gYearMonth          that exist, of the common era, without a zone
    xsd:dateTime                         with Z and at most six digits of a second
    IRIs                                 shorter than 1,500 bytes
    blank nodes, triple terms            none

What lies outside is refused before anything is loaded.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from kg.iris import XSD

MAX_IRI_BYTES: Final = 1499
MAX_DECIMAL_DIGITS: Final = 15
_INTEGERS: Final = range(-(2**31), 2**31)

_IRI: Final = rb'<[^<>"{}|^`\\\x00-\x20]++>'
_STRING: Final = rb'"(?:[^"\\\x00-\x1f\x7f]|\\[tbnrf"\\]|\\u00[0-9A-F]{2}|\\uFFF[EF])*+"'
_TAG: Final = rb"@[a-z]{2,8}(?:-[a-z0-9]{1,8})*+"
_STATEMENT: Final = re.compile(
    rb"(?P<s>%(iri)b) (?P<p>%(iri)b) (?P<o>%(iri)b|(?P<text>%(string)b)(?:%(tag)b|\^\^(?P<type>%(iri)b))?+)(?: %(iri)b)?+ \."
    % {b"iri": _IRI, b"string": _STRING, b"tag": _TAG}
)
_SHORT_IRI: Final = rb'<[^<>"{}|^`\\\x00-\x20]{1,%d}+>' % MAX_IRI_BYTES
_XSD: Final = re.escape(XSD.encode())
_PLAIN_VALUES: Final = (
    rb'"(?:(?:0|-?[1-9][0-9]{0,8}+)"\^\^<%(x)binteger>|(?:true|false)"\^\^<%(x)bboolean>'
    rb'|[1-9][0-9]{3}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])"\^\^<%(x)bdate>'
    rb"|[1-9][0-9]{3}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]Z\"\^\^<%(x)bdateTime>)"
) % {b"x": _XSD}
_ALL_PLAIN: Final = re.compile(
    rb"(?:%(iri)b %(iri)b (?:%(iri)b|%(values)b|%(string)b(?:%(tag)b)?+(?!\^)) %(iri)b \.\n)*+"
    % {b"iri": _SHORT_IRI, b"values": _PLAIN_VALUES, b"string": _STRING, b"tag": _TAG}
)
"""Whole lines of N-Quads of which no closer look is needed: the common case, checked at the speed of the regular expression."""


@dataclass(frozen=True, slots=True)
class Problem:
    """A term outside the profile: the statement's subject (an IRI, or what stands for it), the term, and what is wrong."""

    subject: str
    term: str
    reason: str


def find_outside(lines: Iterable[str]) -> list[Problem]:
    """Find what lies outside the profile in canonical N-Triples or N-Quads lines (with or without their line ends)."""
    return [problem for line in lines if (problem := _problem(line.encode().rstrip(b"\n")))]


def find_outside_quads(data: bytes) -> Iterator[Problem]:
    """Find what lies outside the profile in whole lines of N-Quads, in bulk."""
    place = 0
    while place < len(data):
        match = _ALL_PLAIN.match(data, place)
        place = match.end() if match else place
        if place < len(data):
            end = data.find(b"\n", place)
            end = len(data) if end < 0 else end
            if problem := _problem(data[place:end]):
                yield problem
            place = end + 1


def _problem(line: bytes) -> Problem | None:
    match = _STATEMENT.fullmatch(line)
    if match is None:
        return Problem(*_unread(line.decode(errors="replace")))
    subject = match["s"][1:-1].decode()
    for name in ("s", "p", "o", "type"):
        term = match[name]
        if term and term.startswith(b"<") and len(term) > MAX_IRI_BYTES + 2:
            return Problem(subject, f"{term[:60].decode(errors='ignore')}…", f"an IRI of {len(term) - 2:,} bytes")
    if match["type"]:
        reason = _wrong_value(match["text"][1:-1].decode(), match["type"][1:-1].decode())
        if reason:
            return Problem(subject, match["o"].decode(), reason)
    return None


def _unread(line: str) -> tuple[str, str, str]:
    """What is to be said of a line that is not canonical N-Triples of IRIs and literals."""
    subject, _, rest = line.partition(" ")
    if subject.startswith("_:") or re.search(r"> _:\S+ ", rest) or rest.rpartition(" ")[0].endswith(" _:"):
        return subject.strip("<>"), rest, "a blank node"
    if "<<" in line:
        return subject.strip("<>"), rest, "a triple term"
    return subject.strip("<>"), rest, "not in canonical form"


# --------------------------------------------------------------------------- values


def _wrong_value(value: str, datatype: str) -> str | None:
    """Say what is wrong with a typed literal; `None` where nothing is."""
    name = datatype.removeprefix(XSD)
    check = _CHECKS.get(name) if datatype.startswith(XSD) else None
    if check is None:
        return f"a datatype that stores do not keep: {name}"
    return None if check(value) else f"not a value that stores keep as xsd:{name}"


def _is_integer(value: str) -> bool:
    return bool(re.fullmatch(r"0|-?[1-9][0-9]{0,9}", value, re.ASCII)) and int(value) in _INTEGERS


def _is_decimal(value: str) -> bool:
    """The canonical form of XSD 1.0: stores that write 1.0 as 1 are read by value (`kg.stores.results`)."""
    return (
        bool(re.fullmatch(r"-?(?:0|[1-9][0-9]*)\.(?:0|[0-9]*[1-9])", value, re.ASCII))
        and sum(c.isdigit() for c in value) <= MAX_DECIMAL_DIGITS
        and value != "-0.0"
    )


def _is_day(value: str) -> bool:
    try:
        return value.isascii() and date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _is_moment(value: str) -> bool:
    if not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{0,5}[1-9])?Z", value, re.ASCII):
        return False
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return False
    return True


_CHECKS: Final[Mapping[str, Callable[[str], bool]]] = {
    "integer": _is_integer,
    "decimal": _is_decimal,
    "boolean": lambda value: value in ("true", "false"),
    "date": _is_day,
    "dateTime": _is_moment,
    "gYear": lambda value: bool(re.fullmatch(r"(?!0000)\d{4}", value, re.ASCII)),
    "gYearMonth": lambda value: bool(re.fullmatch(r"(?!0000)\d{4}-(?:0[1-9]|1[0-2])", value, re.ASCII)),
}
