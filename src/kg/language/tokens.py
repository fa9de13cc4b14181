"""Words, numbers and marks: where each token begins and ends.

One regular expression, the same for every language, finds the stretches; the few that hold an apostrophe, a hyphen or a
full stop are cut by the rules of the language (``tokens.tsv``): elisions before the word, contractions and clitics after
it, abbreviations with their stop. The cuts of a word depend on the word alone and are remembered.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Final

from kg.language.normalization import is_plain, key
from kg.language.tables import read_kinds

KINDS: Final = (
    "elision", "acronym", "clitic", "contraction", "whole", "title", "numbered", "abbreviation", "month",
)  # fmt: skip

# marks that belong to the letter before them, and what is invisible inside a word
_MARKS: Final = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670"
    "\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u0900-\u0903\u093a-\u093c\u093e-\u094f\u1ab0-\u1aff"
    "\u1dc0-\u1dff\u20d0-\u20f0\ufe00-\ufe0f\ufe20-\ufe2f\u00ad\u200b-\u200d\u2060\ufeff"
)
_LETTER: Final = rf"[\w{_MARKS}]"
_WORD: Final = rf"[^\W_]{_LETTER}*+"
_TAIL: Final = rf"[^\W\d_]{_LETTER}*+"
# groups of three digits with one separator between all of them, or digits joined by the marks of decimals, dates, hours
_NUMBER: Final = r"(?:\d{1,3}(?P<%s>[ ',.])\d{3}(?:(?P=%s)\d{3})*+(?!\d)(?:[.,]\d++)?|\d++(?:[.,:/]\d++)*+)"
_UNITS: Final = "km²?|m²|[cm]m|k?[gm]|kt|bn|mn|kph|mph|[ap]m|[kMG]Wh?"
_ORDINARY: Final = rf"""
    ([nN]°|{_TAIL}(?!['&.-]))
  | ([^\W\d_]\.(?:-?[^\W\d_]\.)++(?:[^\W\d_](?![\w{_MARKS}.]))?(?:-{_WORD})*+)
  | ({_NUMBER % ("a", "a")}(?:[-–]{_NUMBER % ("b", "b")})*+(?:-{_TAIL})*+(?:(?!{_LETTER})|(?=(?:{_UNITS})(?!{_LETTER}))))
  | ({_WORD}(?:[-'&]{_WORD})*+(?:'|\.(?!\.))?)
  | \.\.++ | …++ | --++ | (?<=\S)'(?:[sdm]|re|ve|ll)(?!{_LETTER}) | [@\#]\w++ | [^\s{_MARKS}]
"""
_ADDRESSES: Final = rf"""
    (?:https?://|www\.)[^\s<>"«»“”]*[^\s<>"«»“”.,;:!?)\]'…]
  | [\w.+-]{{1,64}}@[\w-]+(?:\.[\w-]+)+
  | [^\W_][\w-]{{0,63}}(?:\.[\w-]{{1,63}}){{0,5}}\.(?:com|org|net|info|int|edu|gov|fr|ch|be|ca|uk|eu|io|tv)(?!{_LETTER}|\.\w)
  | {_ORDINARY}
"""
_HAS_ADDRESS: Final = re.compile(r"@\w|://|www\.|\w\.(?:com|org|net|info|int|edu|gov|fr|ch|be|ca|uk|eu|io|tv)\b", re.I)
_PLAIN, _DOTTED, _DIGITS, _JOINED = 1, 2, 3, 6
_VOWELS: Final = frozenset("aeiouyhàâäéèêëîïôöûüùœæ")
_LETTERS_READ_AS_VOWELS: Final = frozenset("FHLMNRSX")


@dataclass(slots=True)
class Columns:
    """The tokens of a text before they are classified, as columns: offsets, and keys under which lexicons have them."""

    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)


class Tokenizer:
    """Cuts texts of one language; `path` is the language's ``tokens.tsv``.

    Raises:
        DataError: the table is wrong.
    """

    def __init__(self, path: Path) -> None:
        entries = {kind: set(texts) for kind, texts in read_kinds(path, KINDS).items()}
        self._elisions, self._acronyms, self._wholes = entries["elision"], entries["acronym"], entries["whole"]
        self._contractions = tuple(sorted(entries["contraction"], key=len, reverse=True))
        self._clitic = _clitic_pattern(entries["clitic"])
        self._numbered, self._months = entries["numbered"], entries["month"]
        self.titles = frozenset(entries["title"])
        """Abbreviations that stand before a name: they never end a sentence."""
        self._abbreviations = entries["title"] | entries["abbreviation"]
        self._cuts: dict[str, tuple[str, ...]] = {}

    def cut(self, folded: str) -> Columns:
        """Return the tokens of a folded text (`kg.language.normalization.fold`)."""
        words = Columns()
        starts, ends, keys = words.starts, words.ends, words.keys
        for match in _pattern(has_addresses=_HAS_ADDRESS.search(folded) is not None).finditer(folded):
            found, start, kind = match.group(), match.start(), match.lastindex
            if kind == _JOINED:
                for piece in self._cuts.get(found) or self._pieces(found):
                    starts.append(start)
                    keys.append(piece)
                    start += len(piece)
                    ends.append(start)
                if keys[-1] == "." and len(keys) > 1 and keys[-2] + "." in self._numbered:
                    self._join_numbered(words, folded)
                continue
            if kind == _DIGITS and " " in found and keys and keys[-1].lower() in self._months:
                day, found = found.split(" ", 1)
                starts.append(start)
                ends.append(start + len(day))
                keys.append(day)
                start += len(day) + 1
            starts.append(start)
            ends.append(start + len(found))
            keys.append(found)
        if not is_plain(folded):
            words.keys = [word if word.isascii() else key(word) for word in keys]
        return words

    def _join_numbered(self, words: Columns, folded: str) -> None:
        """Give an abbreviation that needs a number after it (No. 5) its stop, where there is one."""
        if folded[words.ends[-1] : words.ends[-1] + 2].strip()[:1].isdigit():
            words.starts.pop()
            words.keys.pop()
            words.keys[-1] += "."
            words.ends[-2:] = words.ends[-1:]

    def _pieces(self, word: str) -> tuple[str, ...]:
        """Cut a stretch at its apostrophes, hyphens and final stop, where the language does."""
        pieces = tuple(self._parts(word))
        if len(self._cuts) < 100_000:  # a bound on memory, not on texts
            self._cuts[word] = pieces
        return pieces

    def _parts(self, word: str) -> list[str]:
        if word.lower() in self._wholes:
            return [word]
        if word[-1] == ".":
            return [word] if self._is_abbreviation(word) else [*self._parts(word[:-1]), "."]
        if word[-1] == "'" and word[:-1].lower() not in self._elisions:
            return [*self._parts(word[:-1]), "'"]
        at = word.find("'") + 1
        if at and self._is_elided(word, at):
            return [word[:at], *(self._parts(word[at:]) if at < len(word) else [])]
        for ending in self._contractions:
            if word.lower().endswith(ending) and len(word) > len(ending):
                return [*self._parts(word[: -len(ending)]), word[-len(ending) :]]
        clitic = self._clitic.search(word)
        return [*self._parts(word[: clitic.start()]), word[clitic.start() :]] if clitic else [word]

    def _is_abbreviation(self, word: str) -> bool:
        return word in self._abbreviations or (len(word) == 2 and word[0].isupper())

    def _is_elided(self, word: str, at: int) -> bool:
        """Tell whether the word up to its apostrophe is an elision: l'Est, l'SPLA, but not N'Djamena."""
        before, after = word[: at - 1].lower(), word[at:]
        if before not in self._elisions:
            return False
        if not after or after[0].lower() in _VOWELS or not after[0].isalpha():
            return True
        return before in self._acronyms and after[:2].isupper() and after[0] in _LETTERS_READ_AS_VOWELS


@cache
def _pattern(*, has_addresses: bool) -> re.Pattern[str]:
    return re.compile(_ADDRESSES if has_addresses else _ORDINARY, re.VERBOSE)


def _clitic_pattern(clitics: set[str]) -> re.Pattern[str]:
    """Compile what finds a clitic at the end of a verb: after the letter that such verbs end in (dit-il, not Jong-il)."""
    subjects = "|".join(sorted(clitics & {"il", "elle", "on", "ils", "elles", "ce"}))
    others = "|".join(sorted(clitics - {"il", "elle", "on", "ils", "elles", "ce"}))
    if not subjects:
        return re.compile(r"(?!)")
    return re.compile(
        rf"(?:(?<=[a-zà-ÿ])-t-(?:{subjects})|(?<=[tds])-(?:{subjects})|(?<=[a-zà-ÿ])-(?:{others}))$", re.IGNORECASE
    )
