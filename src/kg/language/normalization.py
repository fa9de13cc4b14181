"""The form of a text in which it is matched: the same length, so that every offset holds in both.

The typographic apostrophe becomes the straight one, every kind of space a space, every kind of line end a newline, the
non-breaking hyphen a hyphen. The text itself is never changed.
"""

from __future__ import annotations

import unicodedata
from typing import Final

_CHARACTERS: Final = {
    "'": "’‘ʼʹ´`＇‛",
    " ": "\t\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000",
    "\n": "\r\x0b\x0c\x85\u2028\u2029",
    "-": "\u2010\u2011",
}
_FOLDED: Final = {ord(old): new for new, olds in _CHARACTERS.items() for old in olds}
_INVISIBLE: Final = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))


def fold(text: str) -> str:
    """Return `text` with apostrophes, spaces, line ends and hyphens made uniform, of the same length."""
    return text.translate(_FOLDED)


def is_plain(folded: str) -> bool:
    """Tell whether the words of a folded text can be looked up as they stand: composed and without invisible characters."""
    return folded.isascii() or (
        unicodedata.is_normalized("NFC", folded) and not any(chr(c) in folded for c in _INVISIBLE)
    )


def key(word: str) -> str:
    """Return a folded word as lexicons have it: composed (NFC), without soft hyphens and joiners."""
    return unicodedata.normalize("NFC", word.translate(_INVISIBLE))
