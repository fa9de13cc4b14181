"""Tokens of a text for the grammars of times and numbers: words, numbers, dates, clock times, marks, paragraph breaks.

A token carries the classes that a grammar's patterns ask for. Words get theirs from the word list (a class may ask for a
capital or for its absence: "May" against "may"), numbers from their form and size:

| class | what |
|---|---|
| ``N`` | any whole number, in digits or words |
| ``DAY`` | 1 to 31 in digits |
| ``YEAR`` | four digits, 1000 to 2199 |
| ``YY`` | two digits |
| ``NTH`` | an ordinal in digits or Roman numerals: 1er, 2nd, XXIe |
| ``DATE`` | a numeric date, its value the days that it may be |
| ``SLASHED`` | 17/02, its value the two numbers |
| ``MONTHYEAR`` | 2/2013, its value the two numbers |
| ``DECADE`` | 1990s, '90s |
| ``CLOCK`` | 10h30, 10:30, 5 p.m. |
| ``DEC`` | a number that is not whole, or beyond counting |
| ``ONE`` | the article that may mean one |
| ``BREAK`` | a paragraph's end |
| ``WORD``, ``PLURAL`` | a word in small letters that the grammar does not know, and such a word with a plural's ending |
| ``NAME`` | a capitalised word that the grammar does not know |
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date
from typing import NamedTuple

from kg.extraction.grammar.numerals import Numeral

_SHAPED = re.compile(
    r"""
      (?: (?<! [^\S\n] ) [^\S\n]++ )?+
    (?: (?P<WORD> [^\W\d_IVX][^\W\d_]*+ )
    | (?P<BREAK> \n[^\S\n]*+\n\s*+ )
    | (?P<ISO> (?<![\w/-]) \d{4}(?P<_dash>[-/])\d{1,2}(?P=_dash)\d{1,2} (?![\w/-]) )
    | (?P<DMY> (?<![\w/.-]) \d{1,2}
        (?:(?P<_dot>[-/.])\d{1,2}(?P=_dot)\d{4} | (?P<_slash>[/.])\d{1,2}(?P=_slash)\d{2}) (?![\w/-]) )
    | (?P<SLASHED> (?<![\w/.-]) \d{1,2}/\d{1,2} (?![\w/-]|[.,]\d) )
    | (?P<MONTHYEAR> (?<![\w/.-]) \d{1,2}/(?:19|20)\d\d (?![\w/-]) )
    | (?P<CLOCK> (?<![\w:.]) \d{1,2}
        (?: [^\S\n]?[hH](?:[^\S\n]?\d{2})?
          | :\d{2}(?::\d{2})?(?:[^\S\n]?[ap]\.?m\b\.?)?
          | (?:\.\d{2})?[^\S\n]?[ap]\.?m\b\.?
        ) (?![\w:]) )
    | (?P<DECADE> (?<!\w) (?:\d{3}0|['’]?\d0)['’]?s (?!\w) )
    | (?P<NTH> (?<!\w) (?:\d{1,3}(?:er|re|ère|e|è|ème|eme|ième|nde?|st|th|rd)|[IVX]+(?:e|er|ème)) (?!\w) )
    | (?P<ROMAN> [^\W\d_]+ )
    | (?P<OTHER> [^\s] ) )
    """,
    re.VERBOSE,
)
_COMPOUND = re.compile(r"[^\W\d_]++(?:[-'’‑][^\W\d_]++)(?:[-'’‑][^\W\d_]++)?+")
_JOINTS = ("-", "'", "’", "‑")
_PLAIN = {"’": "'", "‑": "-"}
_OTHER = frozenset(("OTHER",))
_REMEMBERED = 100_000
_ROMAN = {"I": 1, "V": 5, "X": 10}


class Token(NamedTuple):
    """A passage with its classes; `value` is a number or a numeric date, `word` a word in small letters.

    A named tuple, since a text has many of them: it is made in a third of the time of a dataclass.
    """

    start: int
    end: int
    classes: frozenset[str]
    value: object
    word: str = ""


class Vocabulary:
    """The classes of each known word, and those of the words that it does not know by their form.

    Args:
        words: the classes of each known word; a class that begins with ``^`` asks for a capital, with ``_`` for none.

    Attributes:
        known: what `look_up` has returned so far.
    """

    def __init__(self, words: Mapping[str, frozenset[str]]) -> None:
        self.words = words
        self.known: dict[str, tuple[frozenset[str], str]] = {}

    def look_up(self, written: str) -> tuple[frozenset[str], str]:
        """Return the classes of a word and the form under which it is known, and remember them in `known`."""
        entry = _classes(written, self.words), _normal(written)
        if len(self.known) < _REMEMBERED:
            self.known[written] = entry
        return entry


def find_tokens(text: str, language: str, vocabulary: Vocabulary, numerals: Sequence[Numeral]) -> list[Token]:
    """Cut a text into tokens.

    Args:
        text: any text.
        language: a language of the extractor; 06/05/2023 is the sixth of May in French and either day in English.
        vocabulary: the words that a grammar knows.
        numerals: the numbers of the text.
    """
    numerals_at = {numeral.start: numeral for numeral in numerals}
    is_day_first = language == "fr"
    words, known = vocabulary.words, vocabulary.known
    tokens: list[Token] = []
    position = 0
    while match := _SHAPED.search(text, position):
        shape = str(match.lastgroup)
        start, position = match.span(shape)
        numeral = numerals_at.get(start) if numerals_at else None
        if numeral and (shape in ("WORD", "ROMAN", "OTHER") or (shape == "DECADE" and numeral.end > position)):
            tokens.append(_number(text, numeral, words))
            position = numeral.end
        elif shape in ("WORD", "ROMAN"):
            written = text[start:position]
            if text[position : position + 1] in _JOINTS:
                compound = _COMPOUND.match(text, start)
                if compound and _normal(compound.group()) in words:
                    written, position = compound.group(), compound.end()
            classes, word = known.get(written) or vocabulary.look_up(written)
            tokens.append(Token(start, position, classes, None, word))
        else:
            tokens.append(_shaped(match, shape, words, is_day_first=is_day_first))
    return tokens


def _normal(written: str) -> str:
    return written.lower().replace("’", "'").replace("‑", "-")


def _shaped(match: re.Match[str], shape: str, words: Mapping[str, frozenset[str]], *, is_day_first: bool) -> Token:
    start, end, written = *match.span(shape), match[shape]
    match shape:
        case "BREAK" | "CLOCK":
            return Token(start, end, frozenset((shape,)), None)
        case "ISO" | "DMY":
            days = _numeric_dates(written, is_year_first=shape == "ISO", is_day_first=is_day_first)
            return Token(start, end, frozenset(("DATE",) if days else ("OTHER",)), days)
        case "SLASHED" | "MONTHYEAR":
            first, second = written.split("/")
            return Token(start, end, frozenset((shape,)), (int(first), int(second)))
        case "DECADE":
            return Token(start, end, frozenset(("DECADE",)), int(re.sub(r"\D", "", written)))
        case "NTH":
            digits = re.sub(r"\D", "", written)
            return Token(start, end, frozenset(("NTH",)), int(digits) if digits else _roman(written))
    mark = _PLAIN.get(written, written)
    if mark == "-":
        around = match.string[max(0, start - 1) : start] + match.string[end : end + 1]
        mark = "–" if any(c.isspace() for c in around) else mark
    return Token(start, end, words.get(mark, _OTHER), None)


def _classes(written: str, words: Mapping[str, frozenset[str]]) -> frozenset[str]:
    is_capital = written[0].isupper()
    banned = "_" if is_capital else "^"
    known = [name.lstrip("^_") for name in words.get(_normal(written), ()) if not name.startswith(banned)]
    if known:
        return frozenset(known)
    if is_capital:
        return frozenset(("NAME",))
    return frozenset(("WORD", "PLURAL") if written[-1] in "sx" else ("WORD",))


def _number(text: str, numeral: Numeral, words: Mapping[str, frozenset[str]]) -> Token:
    written = text[numeral.start : numeral.end]
    known = frozenset(name.lstrip("^_") for name in words.get(written.lower(), ()))
    if numeral.is_article:
        return Token(numeral.start, numeral.end, known | {"ONE"}, 1, written.lower())
    if numeral.value is None:
        return Token(numeral.start, numeral.end, frozenset(("DEC",)), None)
    classes = {"N"} | known
    if numeral.is_word:
        return Token(numeral.start, numeral.end, frozenset(classes), numeral.value, written.lower())
    if written.isdigit():
        if len(written) <= 2 and 1 <= numeral.value <= 31:
            classes.add("DAY")
        if len(written) == 2:
            classes.add("YY")
        if len(written) == 4 and 1000 <= numeral.value < 2200:
            classes.add("YEAR")
    return Token(numeral.start, numeral.end, frozenset(classes), numeral.value)


def _numeric_dates(written: str, *, is_year_first: bool, is_day_first: bool) -> tuple[date, ...]:
    """The days that a numeric date can be, in order; none where there is no such day."""
    first, second, third = (int(part) for part in re.split(r"[-/.]", written))
    if is_year_first:
        orders = [(first, second, third)]
    else:
        year = third + ((2000 if third < 70 else 1900) if third < 100 else 0)
        orders = [(year, second, first)]
        if second > 12 or not is_day_first:
            orders.append((year, first, second))
    days = set()
    for order in orders:
        with suppress(ValueError):
            days.add(date(*order))
    return tuple(sorted(days))


def _roman(written: str) -> int:
    digits = [_ROMAN[c] for c in written if c in _ROMAN]
    return sum(-d if d < after else d for d, after in zip(digits, [*digits[1:], 0], strict=True))
