"""The notation of the cascade's patterns, cut into its items; what it means is told in `kg.extraction.grammar.cascade`."""

from __future__ import annotations

import re
from collections.abc import Iterator

ITEM = re.compile(
    r"(?P<open>\()|(?P<close>\)\??)|(?P<bar>\|)|(?P<look>[!&])?(?:(?P<name>[a-z]\d?):)?(?P<what><[a-z]+>|[^\s?()|]+)(?P<maybe>\?)?"
)
"""A bracket, a bar, or what stands for a token: perhaps looked ahead for, perhaps under a name, perhaps absent."""

_COMPOUND = re.compile(r"[^\W\d_]+(?:[-'][^\W\d_]+)+")
_LITERAL = re.compile(r"[^\W\d_]+|\S")


def item_names(what: str) -> list[str]:
    """Return the token classes that an item stands for: one, or one for each token of a literal such as ``l'``."""
    if what.startswith("<") or what.isupper():
        return [what]
    if _COMPOUND.fullmatch(what):
        return [f"={what}"]
    return [f"={word}" for word in _LITERAL.findall(what)]


def find_literals(pattern: str) -> Iterator[str]:
    """Yield the words that a pattern names."""
    for item in ITEM.finditer(pattern):
        if item["what"]:
            yield from (name[1:] for name in item_names(item["what"]) if name.startswith("="))
