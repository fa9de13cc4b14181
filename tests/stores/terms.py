"""Terms that stores are known to change: 72 that must come back as they went, and those that kg refuses to load.

Each is canonical N-Triples. The first list lies inside the literal profile of ``kg.stores.literals``; every entry of the second
lies outside of it, for the reason that its name gives. Both follow the measurements of what Oxigraph, Virtuoso and rdflib do.
"""

from __future__ import annotations

from typing import Final

_XSD: Final = "http://www.w3.org/2001/XMLSchema#"
_GEO: Final = "http://www.opengis.net/ont/geosparql#"
_NFD: Final = "e\u0301te\u0301"


def _typed(value: str, datatype: str) -> str:
    return f'"{value}"^^<{_XSD}{datatype}>'


KEPT: Final[dict[str, str]] = {
    "a plain string": '"plain"',
    "an empty string": '""',
    "a control character and hexadecimal digits": r'"\u0001abcd"',
    "blanks around": '"  two blanks before and after  "',
    "a no-break space": '"1\u00a0000"',
    "a quotation mark": r'"say \"no\""',
    "a backslash": r'"C:\\temp\\new"',
    "a backslash before a quotation mark": r'"x\\\""',
    "a backslash at the end": r'"ends in \\"',
    "two backslashes at the end": r'"ends in \\\\"',
    "a line feed": r'"two\nlines"',
    "a line feed, backslash, quotation mark at the end": r'"x\n\\\""',
    "a carriage return": r'"two\rlines"',
    "a carriage return and a line feed": r'"two\r\nlines"',
    "a tabulator": r'"a\tb"',
    "tabulators at both ends": r'"\ta\t"',
    "apostrophes": "\"l'armée d'Ada's\"",
    "three quotation marks": r'"\"\"\"long\"\"\""',
    "a backslash and a letter": r'"\\n is no line feed"',
    "a backslash and u": r'"\\u00e9 and \\U0001F5DE are no letters"',
    "a percent sign": '"100 % of %C3%A9 and %20"',
    "a plus and an ampersand": '"a+b&c=d;e"',
    "braces": '"} ; DROP ALL ; INSERT DATA { "',
    "a comment sign": '"# no comment"',
    "angle brackets": '"<urn:x> <b>bold</b> &amp; &lt;"',
    "an at sign": '"@prefix a: <b> ."',
    "a question mark and a dollar": '"?x $y ?z"',
    "accents composed": '"été à Čeľabinsk"',
    "accents decomposed": f'"{_NFD}"',
    "an emoji": '"\U0001f5de\ufe0f paper"',
    "a family emoji with joiners": '"\U0001f468\u200d\U0001f469\u200d\U0001f467"',
    "beyond the basic plane": '"\U00010348\U0001d11e"',
    "Arabic": '"قال الجيش"',
    "Chinese": '"新华社"',
    "right-to-left marks": '"\u200fabc\u200e"',
    "a zero-width space": '"a\u200bb"',
    "a line separator": '"a\u2028b\u2029c"',
    "a byte-order mark inside": '"a\ufeffb"',
    "a soft hyphen": '"co\u00adoperate"',
    "typographic quotation marks": '"« oui », “no”, ‘maybe’"',
    "a long string of 20,000 letters": '"' + "abcdefghij" * 2000 + '"',
    "a long string of line feeds": '"' + r"line\n" * 2000 + '"',
    "a number as a string": '"007"',
    "a date as a string": '"2024-05-12"',
    "English": '"army"@en',
    "French": '"armée"@fr',
    "a region": '"colour"@en-gb',
    "a script": '"tekst"@sr-latn',
    "a language and a quotation mark": r'"say \"oui\""@fr',
    "an empty string in a language": '""@en',
    "a date": _typed("2024-05-12", "date"),
    "a date long ago": _typed("1789-07-14", "date"),
    "a leap day": _typed("2024-02-29", "date"),
    "a date-time in Z": _typed("2024-05-12T08:30:00Z", "dateTime"),
    "a date-time of midnight": _typed("2024-05-12T00:00:00Z", "dateTime"),
    "a year": _typed("2024", "gYear"),
    "a year and month": _typed("2024-05", "gYearMonth"),
    "zero": _typed("0", "integer"),
    "an integer": _typed("42", "integer"),
    "the least integer of 32 bits": _typed("-2147483648", "integer"),
    "the largest integer of 32 bits": _typed("2147483647", "integer"),
    "true": _typed("true", "boolean"),
    "false": _typed("false", "boolean"),
    "a decimal": _typed("0.5", "decimal"),
    "a negative decimal": _typed("-12.25", "decimal"),
    "a coordinate": _typed("48.85341", "decimal"),
    "an IRI": "<https://example.org/a/b#c>",
    "an IRI with a query": "<https://example.org/a?b=c&d=e%20f;g>",
    "an IRI with percent-encoding": "<https://example.org/%C3%A9t%C3%A9>",
    "an IRI with letters beyond ASCII": "<https://example.org/été/新>",
    "an IRI with brackets and an apostrophe": "<https://example.org/a(b)'c,d!e*f>",
    "an IRI of 1,400 bytes": "<https://example.org/" + "p" * 1379 + ">",
}
"""By what is tricky about them."""

REFUSED: Final[dict[str, str]] = {
    "an integer with zeros before": _typed("007", "integer"),
    "an integer with a plus sign": _typed("+5", "integer"),
    "an integer of minus zero": _typed("-0", "integer"),
    "an integer beyond 32 bits": _typed("2147483648", "integer"),
    "a negative integer beyond 32 bits": _typed("-2147483649", "integer"),
    "an integer beyond 64 bits": _typed("123456789012345678901234567890", "integer"),
    "no integer at all": _typed("abc", "integer"),
    "a decimal that is an integer": _typed("1", "decimal"),
    "a decimal with a zero at the end": _typed("0.10", "decimal"),
    "a decimal of twenty digits": _typed("3.14159265358979323846", "decimal"),
    "a double": _typed("1.0E0", "double"),
    "a float": _typed("1.5", "float"),
    "a boolean written 1": _typed("1", "boolean"),
    "a boolean written TRUE": _typed("TRUE", "boolean"),
    "a duration": _typed("P1Y2M", "duration"),
    "a point in well-known text": f'"POINT(2.35 48.85)"^^<{_GEO}wktLiteral>',
    "a date that does not exist": _typed("2024-02-30", "date"),
    "a year before the common era": _typed("-0044", "gYear"),
    "a date-time without a zone": _typed("2024-05-12T08:30:00", "dateTime"),
    "a date-time with an offset": _typed("2024-05-12T08:30:00+02:00", "dateTime"),
    "a date-time of nanoseconds": _typed("2024-05-12T08:30:00.123456789Z", "dateTime"),
    "an IRI of 3,000 bytes": "<https://example.org/" + "p" * 2979 + ">",
    "a datatype of nobody's": '"x"^^<https://example.org/datatype>',
}
"""By why they are refused."""
