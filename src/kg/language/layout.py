"""The layout of a report: headline, standfirst, byline, headings, captions, credits, body.

A paragraph is a line, or the lines between two blank ones where the text is hard-wrapped. That it is hard-wrapped is seen
from its shape: lines are broken where the next word would not have fitted, and seldom at the end of a sentence. Kinds are
told from place, shape and a few words (``layout.tsv``); what nothing tells apart is ``body``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Final

from kg.analysis import Dateline, ParagraphKind
from kg.language.dateline import agency_names, find_dateline
from kg.language.tables import DATA, read_kinds

KINDS: Final = ("byline", "credit", "published", "opener", "article", "entitled", "reporting")

_LINE: Final = re.compile(r"[^\S\n]*(\S(?:[^\n]*\S)?)?[^\S\n]*(?:\n|\Z)")
_FINAL: Final = re.compile(r"[.!?…:;][»”’'\"›)\]]*\Z|[.!?…] ?[»”\"›]\Z|[»”\"]\Z")
_FULL_STOP: Final = re.compile(r"[.!?…:;,](?: ?[»”’'\"›)\]])*\Z")
_BULLET: Final = re.compile(r"(?:[-–—•*▪◦·‣●■►]|\d{1,2}[.)]) ")
_LONGEST_WRAPPED: Final = 132
_SHORTEST_WRAPPED: Final = 40


@dataclass(slots=True)
class Block:
    """A paragraph in the making: its offsets, and whether a blank line (or the text's edge) stands before and after it."""

    start: int
    end: int
    kind: ParagraphKind = "body"


@dataclass(frozen=True, slots=True)
class Cues:
    """The words of ``layout.tsv`` by kind, lower case but for the beginnings of lines."""

    words: dict[str, frozenset[str]]

    def begins(self, kind: str, text: str) -> bool:
        """Tell whether `text` begins with a word or phrase of a kind, followed by a space or colon."""
        text = text.lstrip("([")
        return any(text.startswith(words) and text[len(words) :][:1] in (" ", ":") for words in self.words[kind])


@cache
def read_cues(language: str) -> Cues:
    """Read the cues of a language.

    Raises:
        DataError: the table is wrong.
    """
    found = read_kinds(DATA / language / "layout.tsv", KINDS)
    return Cues({kind: frozenset(texts) for kind, texts in found.items()})


def lay_out(folded: str, cues: Cues, title: str | None = None) -> tuple[list[Block], Dateline | None]:
    """Return the paragraphs of a folded text in order, and its dateline if it has one.

    Args:
        folded: the text, folded by `kg.language.normalization.fold`.
        cues: the language's cues.
        title: the report's title where it is known; a first line that repeats it is the headline.
    """
    blocks = [block for found in _paragraphs(folded) for block in _without_credit(folded, found, cues)]
    if blocks and title:
        blocks = [*_after_title(folded, blocks[0], title), *blocks[1:]]
    if blocks and blocks[0].kind != "headline":
        blocks = [*_after_headline(folded, blocks[0], cues), *blocks[1:]]
    dateline, at = find_dateline(folded, [(block.start, block.end) for block in blocks])
    _classify(folded, blocks, at, cues)
    return blocks, dateline


# --------------------------------------------------------------------------- lines to paragraphs


def _paragraphs(folded: str) -> Iterator[Block]:
    groups: list[list[tuple[int, int]]] = [[]]
    for match in _LINE.finditer(folded):
        if match[1]:
            groups[-1].append(match.span(1))
        elif groups[-1]:
            groups.append([])
    width = _wrapped_width(folded, groups)
    for group in groups:
        start = 0
        for at in range(1, len(group) + 1):
            if at == len(group) or _is_break(folded, group[at - 1], group[at], width):
                yield Block(group[start][0], group[at - 1][1])
                start = at


def _wrapped_width(folded: str, groups: list[list[tuple[int, int]]]) -> int | None:
    """Return the width to which a text was wrapped, or None: most lines are full, and few end a sentence."""
    broken = [pair for group in groups for pair in pairwise(group)]
    width = max((line[1] - line[0] for group in groups if len(group) > 1 for line in group), default=0)
    if not broken or not _SHORTEST_WRAPPED <= width <= _LONGEST_WRAPPED:
        return None
    full = [line for line, following in broken if _is_full(folded, line, following, width)]
    open_ended = [line for line in full if not _FULL_STOP.search(folded, max(line[0], line[1] - 4), line[1])]
    if len(full) < 0.7 * len(broken) or len(open_ended) < 0.6 * len(full):
        return None
    return width if len(broken) > 2 else None


def _is_full(folded: str, line: tuple[int, int], following: tuple[int, int], width: int) -> bool:
    """Tell whether the first word of the line that follows would have made `line` longer than `width`."""
    space = folded.find(" ", following[0], following[1])
    word = (space if space != -1 else following[1]) - following[0]
    return line[1] - line[0] + 1 + word > width


def _is_break(folded: str, line: tuple[int, int], following: tuple[int, int], width: int | None) -> bool:
    """Tell whether a paragraph ends between two lines of which no blank one stands between."""
    if width is not None and _is_full(folded, line, following, width):
        return False
    ends = _FULL_STOP.search(folded, max(line[0], line[1] - 4), line[1])
    return bool(ends and not ends[0].startswith(",")) or not folded[following[0]].islower()


# --------------------------------------------------------------------------- credits and signatures


@cache
def _credit_pattern() -> re.Pattern[str]:
    names = {*agency_names(), *(name.upper() for name in agency_names())}
    agencies = "|".join(re.escape(name) for name in sorted(names, key=lambda n: (-len(n), n)))
    name = r"[^\W\d_][\w.'-]*"
    people = rf"{name}(?: {name}){{0,4}}"
    agency = rf"(?:{agencies})(?![\w-])"
    before = r"(?:(?<=[.!?»”\"\])][ \n])|(?<= )(?=[(\[])|\A)[(\[]?"  # after a sentence, or in brackets
    credits_ = (
        rf"(?:[Pp]hotos?|[Cc]r[ée]dits?|[Ii]mage)(?: ?:| by| de| par)? ?[^\n:]{{2,60}}/ ?{agency}",  # Photo : Name/AFP
        rf"{agency}(?: [Pp]hoto)? ?/ ?{people}",  # AP Photo/Name
        rf"{people}(?: via)?(?: ?/ ?| via | ){agency}(?:[ /]{name})*",  # Name/AFP, Name via Reuters
        r"© ?[^\n.]{1,60}",
    )
    signature = rf"(?:[-–—] ?)?{agency}(?:[ /,]+(?:et |and |avec |with )?{agency})*"
    return re.compile(rf"{before}(?:(?P<signature>{signature})|(?P<credit>{'|'.join(credits_)}))[)\]]?\.?\Z")


def _without_credit(folded: str, block: Block, cues: Cues) -> Iterator[Block]:
    """Yield a paragraph, and what credits or signs it as one of its own: ``… le 12 mars. KARIM HADDAD/AFP``."""
    text = folded[max(block.start, block.end - 90) : block.end]
    if text.lstrip("([").startswith("©") and len(text) < 80:
        yield Block(block.start, block.end, "credit")
        return
    match = _credit_pattern().search(text) if _may_credit(text) else None
    if match is None:
        if block.end - block.start < 90 and cues.begins("credit", text):
            block.kind = "credit"
        yield block
        return
    kind: ParagraphKind = "credit" if match["credit"] else "boilerplate"
    start = block.end - len(text) + match.start()
    rest = len(folded[block.start : start].rstrip())
    if rest:
        yield Block(block.start, block.start + rest, "caption" if kind == "credit" else "body")
    yield Block(start, block.end, kind)


def _may_credit(text: str) -> bool:
    """Tell cheaply whether a paragraph may end in a credit: it ends in a capital, a bracket, or has a © or slash."""
    return "/" in text or "©" in text or text[-1:] in ")]" or text[-3:].upper() == text[-3:] or len(text) < 40


# --------------------------------------------------------------------------- headlines


def _after_title(folded: str, first: Block, title: str) -> list[Block]:
    """Cut the headline off the first paragraph where that begins with the report's title."""
    words = " *".join(re.escape(word) for word in title.split())
    match = re.compile(words.replace("’", "'").replace("'", "['’]")).match(folded, first.start, first.end)
    if match is None:
        return [first]
    rest = match.end() + len(folded[match.end() : first.end]) - len(folded[match.end() : first.end].lstrip())
    headline = Block(first.start, match.end(), "headline")
    if rest >= first.end:
        return [Block(first.start, first.end, "headline")]
    return [headline, Block(rest, first.end, "standfirst")] if folded[rest - 1].isspace() else [first]


def _after_headline(folded: str, first: Block, cues: Cues) -> list[Block]:
    """Cut a headline off that lost its line break, where a capitalised article shows a new sentence in mid-line."""
    end = min(first.end, first.start + 250)
    for match in re.compile(r"([a-zà-ÿ]{3,}) ([A-ZÀ-Ý][a-zà-ÿ]*(?:'|(?= )))").finditer(folded, first.start, end):
        if match[2].lower() not in cues.words["article"] or match[1] in cues.words["entitled"] | cues.words["opener"]:
            continue
        before, after = folded[first.start : match.end(1)], folded[match.start(2) : first.end]
        if re.search(r"[.!?…]", before):
            return [first]
        if before.count(" ") >= 4 and after.count(" ") >= 5 and after[-1] in '.!?…»”"':
            return [Block(first.start, match.end(1), "headline"), Block(match.start(2), first.end, "standfirst")]
    return [first]


# --------------------------------------------------------------------------- kinds


def _classify(folded: str, blocks: list[Block], dateline_at: int | None, cues: Cues) -> None:
    """Give each paragraph its kind; what is one already by its words stays so."""
    for index, block in enumerate(blocks):
        if block.kind != "body":
            continue
        text = folded[block.start : block.end]
        if (
            len(text) < 160
            and (cues.begins("byline", text) or cues.begins("published", text))
            and text[-1:] not in ".!?"
        ):
            block.kind = "byline"
        elif index == dateline_at:
            continue
        elif 0 < index < 4 and _is_names(text):
            block.kind = "byline"
        elif index == 0:
            if len(blocks) > 1 and len(text) < 250 and (not _FINAL.search(text[-4:]) or dateline_at is not None):
                block.kind = "headline"
        elif dateline_at is not None and index < dateline_at:
            block.kind = "standfirst"
        elif _is_heading(folded, blocks, index):
            block.kind = "heading"
    if len(blocks) > 1 and blocks[-1].kind == "body" and _is_signature(folded[blocks[-1].start : blocks[-1].end]):
        blocks[-1].kind = "boilerplate"


def _is_heading(folded: str, blocks: list[Block], index: int) -> bool:
    """Tell whether a paragraph is a heading: short, without a full stop, before a longer one that it does not introduce."""
    block = blocks[index]
    text = folded[block.start : block.end]
    if (
        len(text) > 90
        or index + 1 == len(blocks)
        or _BULLET.match(text)
        or blocks[index + 1].kind in ("credit", "caption")
    ):
        return False
    following = blocks[index + 1]
    if following.end - following.start <= len(text) or _BULLET.match(folded, following.start, following.end):
        return False
    if re.search(r"[.:;,…]\W*\Z|[.,!?…] ?[»”\"']|[.!?] ", text):
        return False
    return not text.endswith(("?", "!")) or len(text) < 60


def _is_names(text: str) -> bool:
    """Tell whether a line is only names and where they are: ``Tahmima Rahman in Dhaka and Will O'Brien in London``."""
    words = re.findall(r"[^\W\d_][\w.'-]*|[^\w\s]", text)
    small = {word for word in words if word[0].islower()}
    return (
        len(text) < 100
        and bool(small & {"in", "à"})
        and small <= {"in", "à", "and", "et"}
        and not set(words) & set(":;.")
    )


def _is_signature(text: str) -> bool:
    """Tell whether a last line is initials (``kh-ab/mr/ln``) or thanks and sources in brackets."""
    return re.fullmatch(r"\(?[a-z]{2,4}(?:[-/][a-z]{2,5})+\)?", text) is not None
