"""JSON Lines: one report an object, one object a line.

The fields are ``text`` (required), ``id``, ``title``, ``publisher``, ``author`` (a string or a list of them), ``date``,
``language``, ``url``. The text is the string that the JSON stands for.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, Final

from kg.errors import DataError, Refused
from kg.records import Report
from kg.sources.metadata import FIELDS, Metadata, make_report, read_field
from kg.sources.source import Source, too_large

SUFFIXES: Final = (".jsonl", ".ndjson", ".json")
_FIRST_LINE: Final = re.compile(r'\s*\{\s*"[^\n]*"text"\s*:|\s*\{\s*"text"\s*:')
_KEYS: Final = {"id" if name == "identifier" else name: name for name in FIELDS}
_UTF8_MARK: Final = b"\xef\xbb\xbf"


def is_json_lines(source: Source) -> bool:
    """By suffix, or because the first line is an object with a text."""
    return source.suffix in SUFFIXES or _FIRST_LINE.match(source.head) is not None


def read_json_lines(source: Source) -> Iterator[Report]:
    """Read the reports of a file one by one; a line that is wrong is a fault of the source, and the next one is read."""
    for number, line in enumerate(_lines(source), start=1):
        if line.strip():
            try:
                yield _read_line(line, number, source)
            except DataError as fault:
                source.on_fault(fault)


def _lines(source: Source) -> Iterator[bytes]:
    limit = source.limits.file
    first = source.stream.readline(limit + 1).removeprefix(_UTF8_MARK)
    line = first
    while line:
        if len(line) > limit:
            raise too_large("a line", limit, source.name)
        yield line
        line = source.stream.readline(limit + 1)


def _read_line(line: bytes, number: int, source: Source) -> Report:
    where = f"{source.name}:{number}"
    record = _parse(line, where)
    text = record.pop("text", None)
    if not isinstance(text, str):
        raise DataError("there is no text, or it is not a string", code="source.field", where=f"{where}:text")
    fields: dict[str, str | None] = {}
    unknown = []
    for key, value in record.items():
        if key in _KEYS:
            fields[_KEYS[key]] = _read_value(_KEYS[key], value, f"{where}:{key}")
        else:
            unknown.append(key)
    notes = (f"not used: {', '.join(unknown)}",) if unknown else ()
    return make_report(text, source, Metadata(**fields), notes=notes, item=number)


def _parse(line: bytes, where: str) -> dict[str, Any]:
    try:
        record = json.loads(line.decode(), object_pairs_hook=_pairs)
    except UnicodeDecodeError as error:
        message = f"JSON Lines are UTF-8, this line is not: {error.reason} at byte {error.start:,}"
        raise DataError(message, code="source.encoding", where=where) from error
    except json.JSONDecodeError as error:
        hint = "one object a line; jq -c . writes other JSON so"
        raise DataError(
            f"not valid JSON: {error.msg.removesuffix(' at')}",
            code="source.json",
            where=f"{where}:{error.colno}",
            hint=hint,
        ) from error
    except RecursionError as error:
        raise Refused("the JSON is nested too deeply", code="source.json", where=where) from error
    except ValueError as error:  # a key twice, a number of thousands of digits
        raise DataError(f"not valid JSON: {error}", code="source.json", where=where) from error
    if not isinstance(record, dict):
        raise DataError("a line must hold an object", code="source.json", where=where)
    return record


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    record = dict(pairs)
    if len(record) < len(pairs):
        raise ValueError("a key stands twice in one object")
    return record


def _read_value(name: str, value: object, where: str) -> str | None:
    if value is None:
        return None
    if name == "author" and isinstance(value, list) and all(isinstance(item, str) for item in value):
        value = ", ".join(value)
    if name in ("identifier", "date") and isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str):
        raise DataError("must be a string", code="source.field", where=where)
    try:
        return read_field(name, value)
    except ValueError as error:
        raise DataError(str(error), code="source.field", where=where) from error
