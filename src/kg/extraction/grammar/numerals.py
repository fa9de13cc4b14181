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

from kg.extraction.tables import read_table, remembered

_MOST_DIGITS = 15
_KINDS = ("unit", "ten", "hundred", "scale")
_BLANKS = "    "
_DIGITS = {
    language: re.compile(
        rf"(?<![\w])(?<!\d[.,:/])(?:\d{{1,3}}(?:([{_BLANKS}'’{group}])\d{{3}}(?!\d))(?:\1\d{{3}}(?!\d))*+|\d++)"
        rf"(?:[.,]\d++)?+(?!\w|[.,:/]\d)|(?<![\w])(?<!\d[.,:/])\d++(?:[.,]\d++)?+(?=(?:bn|mn)(?!\w))"
    )
    for language, group in (("fr", "."), ("en", ","))
}
_WORD = re.compile(r"[^\W\d_]++")
_Token = tuple[str, int, int]
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
    shorts: dict[str, int]
    joined: frozenset[int]
    """What may follow a joint; nothing said: anything, but only after a round hundred."""


@remembered
def _words(language: str) -> _Words:
    rows = [(row["class"], int(row["value"]), row.forms("forms")) for row in read_table(language, "numerals")]
    return _Words(
        {form: (kind, value) for kind, value, forms in rows if kind in _KINDS for form in forms},
        frozenset(form for kind, _, forms in rows if kind == "article" for form in forms),
        frozenset(form for kind, _, forms in rows if kind == "joint" for form in forms),
        {form: value for kind, value, forms in rows if kind == "short" for form in forms},
        frozenset(value for kind, value, _ in rows if kind == "joined"),
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
        if self.group > 99:
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
    def is_round(self) -> bool:
        """Whether "and" may follow in English: "two hundred and six"."""
        return self.group % 100 == 0

    @property
    def value(self) -> int:
        """The number so far."""
        return self.total + self.group


def find_numerals(text: str, language: str) -> tuple[Numeral, ...]:
    """Find all cardinal numbers of a text, from left to right; they do not overlap.

    Raises:
        UsageError: the language is not one that the extractor reads.
    """
    words = _words(language)
    found: list[Numeral] = []
    end = 0
    for numeral in sorted(
        [*_in_digits(text, language, words), *_in_words(text, words)], key=lambda n: (n.start, -n.end)
    ):
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
    """Scale words right after digits: "2,5 millions", "300 thousand", "3 bn"."""
    gap = _BETWEEN.match(text, position)
    word = _WORD.match(text, gap.end()) if gap else None
    if not gap or not word:
        return
    kind, value = words.values.get(word.group().lower(), ("", 0))
    if kind == "scale" and gap.group():
        yield value, word.end()
    elif word.group() in words.shorts and (gap.group() or len(word.group()) > 1):
        yield words.shorts[word.group()], word.end()


def _in_words(text: str, words: _Words) -> Iterator[Numeral]:
    tokens = [(match.group().lower(), match.start(), match.end()) for match in _WORD.finditer(text)]
    values, articles = words.values, words.articles
    after = 0
    for position, (word, start, _) in enumerate(tokens):
        if position < after or not (word in values or word in articles) or text[max(0, start - 1) : start].isalnum():
            continue
        numeral, after = _read_words(text, tokens, position, words)
        if numeral:
            yield numeral


def _read_words(text: str, tokens: list[_Token], first: int, words: _Words) -> tuple[Numeral | None, int]:
    """Read the longest number from a token on: the number and the index of the token behind it."""
    total, after = _Sum(), first
    is_article = tokens[first][0] in words.articles
    if is_article:
        total.add("unit", 1)
        after += 1
    while (step := _next_word(text, tokens, (first, after), total, words)) is not None:
        kind, value, index = step
        if (is_article and kind not in ("hundred", "scale")) or not total.add(kind, value):
            break
        is_article, after = False, index + 1
    if after == first:
        return None, first + 1
    numeral = Numeral(tokens[first][1], tokens[after - 1][2], total.value, is_word=True, is_article=is_article)
    return numeral, after


def _next_word(
    text: str, tokens: list[_Token], place: tuple[int, int], total: _Sum, words: _Words
) -> tuple[str, int, int] | None:
    """The next number word, over a joint where one stands: its class, its value, the index of its token."""
    first, index = place
    is_joined = first < index < len(tokens) and tokens[index][0] in words.joints
    last = index + is_joined
    if last >= len(tokens) or tokens[last][0] not in words.values:
        return None
    if any(
        not _BETWEEN.fullmatch(text, tokens[i - 1][2], tokens[i][1]) for i in range(max(first + 1, index), last + 1)
    ):
        return None
    kind, value = words.values[tokens[last][0]]
    if is_joined and (kind not in ("unit", "ten") or not (value in words.joined if words.joined else total.is_round)):
        return None
    return kind, value, last
