"""Direct quotations: where marks open and close, one inside another, over sentences and paragraphs.

A quotation that a paragraph leaves open goes on in the next one if that begins with the same opening mark, or closes it
before it opens another; else it ends with its paragraph, not closed. An apostrophe is no mark: ’ closes only what ‘ opened,
and ' opens only where a ' that can close follows.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from kg.analysis import Quotation
from kg.language.layout import Block

_MARK: Final = re.compile("[«»“”„\"‘’‹›']")
_CLOSING: Final = {"«": "»", "“": "”", "„": "“", "‘": "’", "‹": "›", '"': '"', "'": "'"}
_OPENING: Final = {"»": "«", "”": "“„", "’": "‘", "›": "‹"}
_SINGLE_CLOSE: Final = re.compile(r"(?<=[^\s(\[«“])'(?!\w)")
_SINGLE_REACH: Final = 400
"""How far (code points) a ' may stand from the ' that closes it."""
_DOUBLE_REACH: Final = 2000
_DEEPEST: Final = 6
_CONTINUED: Final = frozenset(("body", "standfirst"))


@dataclass(slots=True)
class _Open:
    """A quotation whose end is not yet found; `index` is its place in the result."""

    mark: str
    start: int
    index: int


def find_quotations(text: str, blocks: list[Block]) -> tuple[Quotation, ...]:
    """Return the quotations of a text in the order of their beginnings.

    Args:
        text: the text itself, not folded: the marks matter.
        blocks: its paragraphs in order.
    """
    return _Finder(text).find(blocks)


class _Finder:
    def __init__(self, text: str) -> None:
        self.text = text
        self.stack: list[_Open] = []
        self.found: list[Quotation | None] = []

    def find(self, blocks: list[Block]) -> tuple[Quotation, ...]:
        for number, block in enumerate(blocks):
            start = block.start
            if self.stack:
                start = self._continue(block)
            for match in _MARK.finditer(self.text, start, block.end):
                self._take(match.group(), match.start(), block)
            following = blocks[number + 1] if number + 1 < len(blocks) else None
            while self.stack and not self._goes_on(block, following):
                self._close(block.end, is_closed=False)
        return tuple(quotation for quotation in self.found if quotation is not None)

    # ----------------------------------------------------------------------- marks

    def _take(self, mark: str, at: int, block: Block) -> None:
        if mark in ('"', "'"):
            self._take_straight(mark, at, block)
        elif mark == "“" and self.stack and self.stack[-1].mark == "„":
            self._close(at + 1)
        elif mark == "’":
            if self._is_open("‘") and not self._is_apostrophe(at, block):
                self._close_mark("‘", at + 1)
        elif mark in _OPENING:
            for opening in _OPENING[mark]:
                if self._is_open(opening):
                    self._close_mark(opening, at + 1)
                    return
        elif mark != "‘" or not self._joins_letters(at):
            self._open(mark, at)

    def _take_straight(self, mark: str, at: int, block: Block) -> None:
        before = self.text[at - 1] if at > block.start else " "
        after = self.text[at + 1] if at + 1 < block.end else " "
        if mark == "'":
            if self._is_open("'"):
                if not before.isspace() and not after.isalnum():
                    self._close_mark("'", at + 1)
            elif not before.isalnum() and before not in "'’" and after.isalnum() and self._is_closed_later(at, block):
                self._open(mark, at)
        elif not self._is_open(mark) or (before.isspace() and not after.isspace() and self._is_nested(at, block)):
            self._open(mark, at)
        else:
            self._close_mark(mark, at + 1)

    def _is_nested(self, at: int, block: Block) -> bool:
        """Tell whether a straight mark after a space opens a second quotation: its own closing mark follows twice."""
        marks = self.text.count('"', at + 1, min(block.end, at + _DOUBLE_REACH))
        return marks >= 2 and marks % 2 == 0 and self.stack[-1].mark == '"'

    def _is_closed_later(self, at: int, block: Block) -> bool:
        return _SINGLE_CLOSE.search(self.text, at + 2, min(block.end, at + _SINGLE_REACH)) is not None

    def _is_apostrophe(self, at: int, block: Block) -> bool:
        """Tell whether ’ belongs to a word: in it, or after the s of a plural while another ’ is left to close."""
        after = self.text[at + 1] if at + 1 < block.end else " "
        if after.isalnum():
            return True
        if self.text[at - 1] not in "sz" or not after.isspace():
            return False
        rest = self.text[at + 1 : min(block.end, at + _SINGLE_REACH)]
        return re.match(r"\s[a-z]", rest) is not None and re.search(r"^[^‘]*[^\s]’(?!\w)", rest) is not None

    def _joins_letters(self, at: int) -> bool:
        return at > 0 and self.text[at - 1].isalpha() and self.text[at + 1 : at + 2].isalpha()

    # ----------------------------------------------------------------------- the stack

    def _open(self, mark: str, at: int) -> None:
        if len(self.stack) >= _DEEPEST:
            self._close(at, is_closed=False)
        self.stack.append(_Open(mark, at, len(self.found)))
        self.found.append(None)

    def _is_open(self, mark: str) -> bool:
        return any(entry.mark == mark for entry in self.stack)

    def _close_mark(self, mark: str, end: int) -> None:
        """Close the innermost quotation of a mark; what is open inside it ends before its closing mark."""
        while self.stack[-1].mark != mark:
            self._close(end - 1, is_closed=False)
        self._close(end)

    def _close(self, end: int, *, is_closed: bool = True) -> None:
        entry = self.stack.pop()
        parent = self.stack[-1].index if self.stack else None
        inner = self._inner(entry.start + 1, end - 1 if is_closed else end)
        closing = self.text[end - 1] if is_closed else ""
        self.found[entry.index] = Quotation(entry.start, end, inner, parent, is_closed, entry.mark + closing)

    def _inner(self, start: int, end: int) -> tuple[int, int]:
        """Return the span without the spaces that French sets inside its marks."""
        while start < end and self.text[start].isspace():
            start += 1
        while end > start and self.text[end - 1].isspace():
            end -= 1
        return start, end

    # ----------------------------------------------------------------------- over paragraphs

    def _goes_on(self, block: Block, following: Block | None) -> bool:
        """Tell whether the innermost open quotation goes on in the next paragraph."""
        if following is None or block.kind not in _CONTINUED or following.kind not in _CONTINUED:
            return False
        mark = self.stack[-1].mark
        outer = self.stack[0].mark
        if self.text[following.start] in (mark, outer):
            return len(self.stack) == 1 or self.text[following.start] == mark or mark == outer
        if mark in ('"', "'", "‘"):
            return False
        closing = self.text.find(_CLOSING[mark], following.start, following.end)
        opening = self.text.find(mark, following.start, following.end)
        return closing != -1 and (opening == -1 or closing < opening)

    def _continue(self, block: Block) -> int:
        """Return where to look for marks in a paragraph that goes on with a quotation: after the repeated mark."""
        return block.start + 1 if self.text[block.start] == self.stack[-1].mark else block.start
