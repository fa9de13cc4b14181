"""Sentence boundaries over tokens.

A full stop, question mark, exclamation mark or ellipsis ends a sentence, with the closing marks after it, where what
follows can begin one: a capital, a figure, an opening mark. It does not where the sentence goes on: after a comma, before
a small letter, before the name and verb of a speaker. Abbreviations end a sentence before a word that begins sentences.
What has no end for hundreds of words is no sentence, and is cut, so that no rule ever looks at more than that.
"""

from __future__ import annotations

from typing import Final

from kg.language.layout import Block, Cues
from kg.language.tokens import Columns

_STOPS: Final = frozenset(".!?")
_CLOSERS: Final = frozenset("»”)]›")
_OPENERS: Final = frozenset("«“(‹„[•*-–—")
_EITHER: Final = frozenset("\"'")
_LONGEST_SPEAKER: Final = 5
_LONGEST: Final = 400
"""The most tokens of a sentence."""


def split_sentences(
    words: Columns, folded: str, blocks: list[Block], cues: Cues, titles: frozenset[str]
) -> list[list[tuple[int, int]]]:
    """Return the sentences of each paragraph, as ranges of tokens; a paragraph without tokens has none."""
    result: list[list[tuple[int, int]]] = []
    at, starts = 0, words.starts
    for block in blocks:
        first = at
        while at < len(starts) and starts[at] < block.end:
            at += 1
        result.append(_Splitter(words, folded, cues, titles).split(first, at))
    return result


class _Splitter:
    """The rules, over the tokens of one paragraph."""

    def __init__(self, words: Columns, folded: str, cues: Cues, titles: frozenset[str]) -> None:
        self.keys, self.starts, self.ends = words.keys, words.starts, words.ends
        self.folded, self.titles = folded, titles
        self.openers, self.reporting = cues.words["opener"], cues.words["reporting"]

    def split(self, first: int, last: int) -> list[tuple[int, int]]:
        sentences, start, at = [], first, first
        keys = self.keys
        while at < last:
            word = keys[at]
            at += 1
            final = word[-1]
            if final not in ".!?…" or (at - 1 == start and word == "."):
                continue
            if len(word) > 1 and final == "." and word[0] != ".":
                if word in self.titles:
                    continue
                is_abbreviation = True
            else:
                is_abbreviation = False
            following, quotes = self._after_closers(at, last)
            if following < last and self._ends(at - 1, following, last, is_abbreviation=is_abbreviation, quotes=quotes):
                if self._is_numbering(start, at):
                    continue
                sentences.append((start, following))
                start = at = following
            elif following > at:
                at = following
        if start < last:
            sentences.append((start, last))
        if last - first <= _LONGEST:
            return sentences
        return [
            (piece, min(piece + _LONGEST, end)) for begin, end in sentences for piece in range(begin, end, _LONGEST)
        ]

    def _after_closers(self, at: int, last: int) -> tuple[int, int]:
        """Return the first token after further stops and closing marks, and how many quotation marks close."""
        quotes = 0
        while at < last:
            word = self.keys[at]
            if word in _STOPS or word[0] in "….":
                at += 1
            elif word in _CLOSERS or (word in _EITHER and self._closes(at, last)):
                quotes += word not in ")]"
                at += 1
            else:
                break
        return at, quotes

    def _closes(self, at: int, last: int) -> bool:
        """Tell whether a straight mark closes: it stands at the token before it, and not at a word after it."""
        if self.starts[at] != self.ends[at - 1]:
            return False
        return at + 1 == last or self.starts[at + 1] > self.ends[at] or not self.keys[at + 1][0].isalnum()

    def _ends(self, stop: int, following: int, last: int, *, is_abbreviation: bool, quotes: int) -> bool:
        """Tell whether the sentence of the mark `stop` ends before the token `following`."""
        at = following
        while at < last and (self.keys[at] in _OPENERS or self.keys[at] in _EITHER):
            at += 1
        if at == last:
            return False
        word = self.keys[at]
        if not self._can_begin(word):
            return False
        if self.starts[following] == self.ends[following - 1] and not self._lacks_space(stop, following):
            return False
        if is_abbreviation:
            return word.lower() in self.openers or at > following
        if quotes and self.keys[stop] != "." and at == following and self._is_attribution(following, last):
            return quotes == 1 and self._is_introduced(stop)
        return True

    def _can_begin(self, word: str) -> bool:
        if word[0].isupper() or word[0].isdigit() or word[0] in "@#¿¡€$£":
            return True
        head, hyphen, tail = word.partition("-")
        return bool(hyphen) and len(head) == 2 and tail[:1].isupper()  # al-Shabaab

    def _lacks_space(self, stop: int, following: int) -> bool:
        """Tell whether a space was forgotten between two sentences: a small-letter word, a stop, a capital."""
        before = self.keys[stop - 1] if stop else ""
        return len(before) > 2 and before.islower() and self.keys[following][0].isupper()

    def _is_attribution(self, at: int, last: int) -> bool:
        """Tell whether a speaker and a reporting verb follow: “Why?” Patel asked."""
        for place in range(at, min(at + _LONGEST_SPEAKER, last)):
            word = self.keys[place]
            if place > at and word in self.reporting:
                return True
            if not word[0].isupper():
                return False
        return False

    def _is_introduced(self, stop: int) -> bool:
        """Tell whether a comma or colon stands before the quotation that ends here: its speaker is named already."""
        for at in range(stop - 1, max(stop - 60, 0), -1):
            if self.keys[at] in _EITHER or self.keys[at] in "«“‹":
                return self.keys[at - 1] in ",:"
        return False

    def _is_numbering(self, start: int, end: int) -> bool:
        """Tell whether the sentence so far is the number of a list item: 3."""
        return end - start == 2 and self.keys[start].isdigit() and len(self.keys[start]) < 3
