"""N-Triples terms as SHACL sees them: kind, lexical form, datatype, validity and order."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Final, NamedTuple, TypeAlias

from kg.iris import XSD
from kg.vocab import PREFIXES

LANG_STRING: Final = f"{PREFIXES['rdf']}langString"
STRING: Final = f"{XSD}string"


class Literal(NamedTuple):
    """A literal: its lexical form with escapes resolved, the IRI of its datatype, its language tag in lower case."""

    lexical: str
    datatype: str
    language: str | None


_ESCAPE = re.compile(r"\\(?:([tbnrf\"'\\])|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8}))")
_SIMPLE = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f", '"': '"', "'": "'", "\\": "\\"}


def unescaped(text: str) -> str:
    """Resolve the escapes of N-Triples."""
    if "\\" not in text:
        return text
    return _ESCAPE.sub(lambda m: _SIMPLE[m[1]] if m[1] else chr(int(m[2] or m[3], 16)), text)


def is_iri(term: str) -> bool:
    """Whether a term is an IRI."""
    return term[0] == "<"


def is_literal(term: str) -> bool:
    """Whether a term is a literal."""
    return term[0] == '"'


def literal(term: str) -> Literal:
    """Take a literal apart."""
    end = term.rindex('"')
    lexical, rest = unescaped(term[1:end]), term[end + 1 :]
    if not rest:
        return Literal(lexical, STRING, None)
    if rest[0] == "@":
        return Literal(lexical, LANG_STRING, rest[1:].lower())
    return Literal(lexical, rest[3:-1], None)


def string(term: str) -> str | None:
    """Return what SPARQL's str() gives: the lexical form or the IRI; `None` for a blank node."""
    if term[0] == '"':
        return unescaped(term[1 : term.rindex('"')])
    return term[1:-1] if term[0] == "<" else None


# --------------------------------------------------------------------------- validity of lexical forms

_INTEGERS: Final = {
    "integer": (None, None),
    "nonNegativeInteger": (0, None),
    "positiveInteger": (1, None),
    "nonPositiveInteger": (None, 0),
    "negativeInteger": (None, -1),
    "long": (-(2**63), 2**63 - 1),
    "int": (-(2**31), 2**31 - 1),
    "short": (-(2**15), 2**15 - 1),
    "byte": (-(2**7), 2**7 - 1),
    "unsignedLong": (0, 2**64 - 1),
    "unsignedInt": (0, 2**32 - 1),
    "unsignedShort": (0, 2**16 - 1),
    "unsignedByte": (0, 2**8 - 1),
}
_INTEGER = re.compile(r"[+-]?[0-9]+")
_ZONE = r"(?P<zone>Z|[+-](?:0[0-9]|1[0-4]):[0-5][0-9])?"
_DATE = r"(?P<year>-?(?:[1-9][0-9]{3,}|0[0-9]{3}))-(?P<month>0[1-9]|1[0-2])-(?P<day>0[1-9]|[12][0-9]|3[01])"
_TIME = r"(?P<hour>[01][0-9]|2[0-4]):(?P<minute>[0-5][0-9]):(?P<second>[0-5][0-9])(?:\.(?P<fraction>[0-9]+))?"
_DATE_TIME = re.compile(f"{_DATE}T{_TIME}{_ZONE}")
_DAY = re.compile(f"{_DATE}{_ZONE}")
_LEXICAL: Final = {
    f"{XSD}{name}": re.compile(pattern)
    for name, pattern in {
        "boolean": "true|false|1|0",
        "decimal": r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)",
        "double": r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?|[+-]?INF|NaN",
        "float": r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?|[+-]?INF|NaN",
        "time": f"{_TIME}{_ZONE}",
        "gYear": f"-?(?:[1-9][0-9]{{3,}}|0[0-9]{{3}}){_ZONE}",
        "gYearMonth": f"-?(?:[1-9][0-9]{{3,}}|0[0-9]{{3}})-(?:0[1-9]|1[0-2]){_ZONE}",
        "duration": r"-?P(?=.)(?:\d+Y)?(?:\d+M)?(?:\d+D)?(?:T(?=.)(?:\d+H)?(?:\d+M)?(?:\d+(?:\.\d+)?S)?)?",
    }.items()
}


def is_valid(value: Literal) -> bool:
    """Whether the lexical form belongs to the datatype; a datatype that is not known here holds every form."""
    if value.datatype == LANG_STRING:
        return value.language is not None
    name = value.datatype.removeprefix(XSD) if value.datatype.startswith(XSD) else None
    if name in _INTEGERS:
        return _is_integer(value.lexical, *_INTEGERS[name])
    if name == "dateTime":
        return _is_day(_DATE_TIME.fullmatch(value.lexical))
    if name == "date":
        return _is_day(_DAY.fullmatch(value.lexical))
    pattern = _LEXICAL.get(value.datatype)
    return pattern is None or pattern.fullmatch(value.lexical) is not None


def _is_integer(lexical: str, low: int | None, high: int | None) -> bool:
    if not _INTEGER.fullmatch(lexical):
        return False
    if low is None and high is None:
        return True
    if len(lexical) > 40:  # longer than any bounded type, and Python refuses to read very long numbers
        return (low is None) == lexical.startswith("-") and (low is None or high is None)
    return (low is None or int(lexical) >= low) and (high is None or int(lexical) <= high)


def _is_day(found: re.Match[str] | None) -> bool:
    if found is None:
        return False
    year, month, day = int(found["year"][-9:]), int(found["month"]), int(found["day"])
    return day <= (29 if month == 2 and calendar.isleap(year) else _MONTHS[month])


_MONTHS = (0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)

# --------------------------------------------------------------------------- order

Ordered: TypeAlias = tuple[str, Decimal | float | str | bool | datetime]
"""A kind within which values compare, and the value."""


def order(term: str) -> Ordered | None:
    """Return what SPARQL's operators compare; `None` where a term has no place in any order."""
    if term[0] != '"':
        return None
    value = literal(term)
    read = _READERS.get(value.datatype)
    if read is None or not is_valid(value):
        return None
    return read(value.lexical)


def compare(left: Ordered | None, right: Ordered | None) -> int | None:
    """Return -1, 0 or 1, or `None` where the two do not compare."""
    if left is None or right is None or left[0] != right[0]:
        return None
    a, b = left[1], right[1]
    if a != a or b != b:  # not a number  # noqa: PLR0124
        return None
    return (a > b) - (a < b)  # type: ignore[operator]


def _number(lexical: str) -> Ordered:
    return "number", Decimal(lexical)


def _float(lexical: str) -> Ordered:
    return "number", float(lexical.replace("INF", "inf"))


def _boolean(lexical: str) -> Ordered:
    return "boolean", lexical in ("true", "1")


def _string(lexical: str) -> Ordered:
    return "string", lexical


def _date_time(lexical: str) -> Ordered | None:
    found = _DATE_TIME.fullmatch(lexical)
    return _moment(found, "dateTime") if found else None


def _date(lexical: str) -> Ordered | None:
    found = _DAY.fullmatch(lexical)
    return _moment(found, "date") if found else None


def _moment(found: re.Match[str], kind: str) -> Ordered | None:
    """A moment in UTC, or without zone: the two kinds do not compare (they may, by XPath, only with an implicit zone)."""
    year = int(found["year"])
    if not 1 <= year <= 9998:
        return None
    moment = datetime(year, int(found["month"]), int(found["day"]), tzinfo=UTC)
    if kind == "dateTime":
        fraction = int((found["fraction"] or "0")[:6].ljust(6, "0"))
        moment += timedelta(
            hours=int(found["hour"]), minutes=int(found["minute"]), seconds=int(found["second"]), microseconds=fraction
        )
    zone = found["zone"]
    if zone is None:
        return f"{kind} without zone", moment
    if zone != "Z":
        offset = timedelta(hours=int(zone[1:3]), minutes=int(zone[4:]))
        moment += offset if zone[0] == "-" else -offset
    return kind, moment


_READERS: Final[dict[str, Callable[[str], Ordered | None]]] = {
    **{f"{XSD}{name}": _number for name in (*_INTEGERS, "decimal")},
    f"{XSD}double": _float,
    f"{XSD}float": _float,
    f"{XSD}boolean": _boolean,
    f"{XSD}dateTime": _date_time,
    f"{XSD}date": _date,
    STRING: _string,
}
