"""Cardinal numbers as written: digits with any separator, words, and both together ("2,5 millions").

Digits are grouped by blanks of any width, by an apostrophe (Switzerland), by a point in French and by a comma in English;
the separators of one number are all the same and its groups have three digits. A decimal number has no value unless a
scale word makes it whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from kg.extraction.tables import read_table

_MOST_DIGITS = 15
_BLANKS = "    "
_DIGITS = {
    language: re.compile(
        rf"(?<![\w])(?<!\d[.,:/])(?:\d{{1,3}}(?:([{_BLANKS}'’{group}])\d{{3}}(?!\d))(?:\1\d{{3}}(?!\d))*+|\d++)"
        rf"(?:[.,]\d++)?+(?!\w)(?![.,:/]\d)"
    )
    for language, group in (("fr", "."), ("en", ","))
}
_WORD = re.compile(r"[^\W\d_]++")
_BETWEEN = re.compile(rf"(?:[{_BLANKS}]|-|‑)?")


@dataclass(frozen=True, slots=True)
class Numeral:
    """A cardinal number: its passage, its value, and how it is written.

    `value` is `None` for a number that is not whole or beyond counting. `is_word` says that no digit occurs in it,
    `is_article` that it is "un", "une", "a" or "an", which may be no number at all.
    """

    start: int
    end: int
    value: int | None
    is_word: bool = False
    is_article: bool = False


@dataclass(frozen=True, slots=True)
class _Words:
    values: dict[str, tuple[str, int]]
    articles: frozenset[str]
    joints: frozenset[str]


@lru_cache(maxsize=4)
def _words(language: str) -> _Words:
    rows = read_table(language, "numerals")
    return _Words(
        {
            form: (row["class"], int(row["value"]))
            for row in rows
            if row["class"] not in ("article", "joint")
            for form in row.forms("forms")
        },
        frozenset(form for row in rows if row["class"] == "article" for form in row.forms("forms")),
        frozenset(form for row in rows if row["class"] == "joint" for form in row.forms("forms")),
    )


class _Sum:
    """A number in the making; `add` refuses a word that cannot follow."""

    def __init__(self) -> None:
        self.total, self.group, self.last_scale, self.is_empty = 0, 0, 10**15, True

    def add(self, kind: str, value: int) -> bool:
        """Take the next word, if it can follow."""
        allowed = getattr(self, f"_{kind}")(value)
        self.is_empty &= not allowed
        return bool(allowed)

    def _unit(self, value: int) -> bool:
        rest = self.group % 100
        if rest == 0:
            allowed = self.is_empty or value > 0
        elif rest == 10 or (rest in (70, 90) and value < 10):
            allowed = 7 <= value <= 9 if rest == 10 else value > 0
        else:
            allowed = rest % 10 == 0 and 0 < value < (20 if rest in (60, 80) else 10)
        if allowed:
            self.group += value
        return allowed

    def _ten(self, value: int) -> bool:
        if self.group % 100 == 4 and value == 20:  # quatre-vingts
            self.group += 76
            return True
        if self.group % 100 == 0:
            self.group += value
            return True
        return False

    def _hundred(self, value: int) -> bool:
        if self.group > 9:
            return False
        self.group = max(self.group, 1) * value
        return True

    def _scale(self, value: int) -> bool:
        if value >= self.last_scale or (self.group == 0 and (value > 1000 or not self.is_empty)):
            return False
        self.total += max(self.group, 1) * value
        self.group, self.last_scale = 0, value
        return True

    @property
    def value(self) -> int:
        return self.total + self.group


def find_numerals(text: str, language: str) -> tuple[Numeral, ...]:
    """Find all cardinal numbers of a text, from left to right; they do not overlap.

    Raises:
        UsageError: the language is not one that the extractor reads.
    """
    words = _words(language)
    found: list[Numeral] = []
    end = 0
    for numeral in sorted([*_in_digits(text, language, words), *_in_words(text, words)], key=lambda n: (n.start, -n.end)):
        if numeral.start >= end:
            found.append(numeral)
            end = numeral.end
    return tuple(found)


def _in_digits(text: str, language: str, words: _Words) -> Iterator[Numeral]:
    for match in _DIGITS[language].finditer(text):
        digits = match.group()
        whole, point, decimals = digits, "", ""
        cut = max(digits.rfind("."), digits.rfind(","))
        if cut > 0 and not (match.group(1) and digits[cut] == match.group(1)):
            whole, point, decimals = digits[:cut], digits[cut], digits[cut + 1 :]
        plain = re.sub(r"\D", "", whole)
        if len(plain) + len(decimals) > _MOST_DIGITS:
            yield Numeral(match.start(), match.end(), None)
            continue
        number = Decimal(f"{plain}.{decimals}" if point else plain)
        end = match.end()
        for scale, scale_end in _scales(text, end, words):
            number, end = number * scale, scale_end
        value = int(number) if number == number.to_integral_value() and not (point and end == match.end()) else None
        yield Numeral(match.start(), end, value)


def _scales(text: str, position: int, words: _Words) -> Iterator[tuple[int, int]]:
    """Scale words right after digits: "2,5 millions", "300 thousand"."""
    gap = _BETWEEN.match(text, position)
    word = _WORD.match(text, gap.end()) if gap else None
    kind, value = words.values.get(word.group().lower(), ("", 0)) if word else ("", 0)
    if word and kind == "scale" and gap and gap.group() != "":
        yield value, word.end()


def _in_words(text: str, words: _Words) -> Iterator[Numeral]:
    position, before = 0, None
    tokens = list(_WORD.finditer(text))
    while position < len(tokens):
        token = tokens[position]
        word = token.group().lower()
        if word not in words.values and word not in words.articles:
            position += 1
            continue
        if token.start() and (before := text[token.start() - 1]).isalnum():  # the letters of "T72a"
            position += 1
            continue
        numeral, position = _read_words(text, tokens, position, words)
        if numeral:
            yield numeral


def _read_words(
    text: str, tokens: list[re.Match[str]], position: int, words: _Words
) -> tuple[Numeral | None, int]:
    total = _Sum()
    first = tokens[position]
    end, after = first.start(), position
    is_article = False
    if first.group().lower() in words.articles:
        is_article, total.group, total.is_empty = True, 1, False
        end, after = first.end(), position + 1
    while (step := _next_word(text, tokens, after, end if after > position else None, words)) is not None:
        kind, value, index = step
        if is_article and (kind not in ("hundred", "scale") or (kind == "scale" and value == 1000 and _is_french(words))):
            break
        if not total.add(kind, value):
            break
        is_article, end, after = False, tokens[index].end(), index + 1
    if after == position:
        return None, position + 1
    return Numeral(first.start(), end, total.value, is_word=True, is_article=is_article), after


def _is_french(words: _Words) -> bool:
    return "mille" in words.values


def _next_word(
    text: str, tokens: list[re.Match[str]], index: int, end: int | None, words: _Words
) -> tuple[str, int, int] | None:
    """The next number word, over a joint where one stands: its class, its value, the index of its token."""
    for skip in (0, 1):
        if index + skip >= len(tokens):
            return None
        token = tokens[index + skip]
        if end is not None and not _BETWEEN.fullmatch(text, end, token.start()):
            return None
        word = token.group().lower()
        if word in words.values:
            kind, value = words.values[word]
            joined_wrongly = skip and (kind in ("hundred", "scale") or (_is_french(words) and value not in (1, 11)))
            return None if joined_wrongly else (kind, value, index + skip)
        if word not in words.joints or end is None:
            return None
        end = token.end()
    return None
