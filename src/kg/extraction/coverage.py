"""Which of many things stand at a token: a look-up that costs what its answer is long, however long the text is."""

from __future__ import annotations

from collections import defaultdict
from typing import Final, Generic, TypeVar

_T = TypeVar("_T")
_BLOCK: Final = 5
"""A block has two to the power of this many tokens."""


class Coverage(Generic[_T]):
    """Things in an order, each with stretches of tokens, kept by the blocks of tokens that the stretches reach into."""

    def __init__(self) -> None:
        self._items: list[_T] = []
        self._blocks: defaultdict[int, dict[int, None]] = defaultdict(dict)

    def append(self, item: _T) -> int:
        """Put a thing behind the others; returns its place in the order."""
        self._items.append(item)
        return len(self._items) - 1

    def widen(self, place: int, first: int, last: int) -> None:
        """Let the thing at a place stand also at the tokens from `first` to `last`."""
        if first < last:
            for block in range(first >> _BLOCK, (last - 1 >> _BLOCK) + 1):
                self._blocks[block][place] = None

    def near(self, first: int, last: int) -> list[_T]:
        """Return, in their order, all things that stand at one of the tokens from `first` to `last`, and perhaps others."""
        places: set[int] = set()
        for block in range(first >> _BLOCK, (last - 1 >> _BLOCK) + 1):
            places.update(self._blocks.get(block, ()))
        return [self._items[place] for place in sorted(places)]
