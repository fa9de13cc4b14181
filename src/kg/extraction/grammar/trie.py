"""The longest of many sequences of keys that begins at a place: one step a word, whatever their number."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Generic, TypeVar

_T = TypeVar("_T")
_END = ""
"""Under this key, which no atom has, a node holds what ends there."""


class Trie(Generic[_T]):
    """Sequences of keys and what is said of each."""

    def __init__(self) -> None:
        self._root: dict[str, Any] = {}

    def add(self, keys: Sequence[str], value: _T) -> None:
        """Say `value` of a sequence; what was said before of the same one is kept, and comes first."""
        node = self._root
        for key in keys:
            node = node.setdefault(key, {})
        node.setdefault(_END, []).append(value)

    def matches(self, keys: Sequence[str], start: int) -> Iterator[tuple[int, list[_T]]]:
        """Yield where each sequence ends that begins at `start`, end excluded, with its values; the shortest first."""
        node = self._root.get(keys[start])
        index = start + 1
        count = len(keys)
        while node is not None:
            found = node.get(_END)
            if found is not None:
                yield index, found
            if index >= count:
                return
            node = node.get(keys[index])
            index += 1

    def begins(self, key: str) -> bool:
        """Tell whether some sequence begins with `key`."""
        return key in self._root
