"""Which of many patterns can match at a place: one step a token, whatever their number.

A stage of a cascade has a hundred rules and more, of which hardly one can match at a given place. A finite automaton over
the codes of tokens tells which (Aho, Sethi and Ullman, *Compilers*, 1986, 3.7 and 3.9: a position automaton, its subsets
made when a text first reaches them). What a pattern forbids or asks for ahead is left out: a pattern that is named may not
match, but one that matches is always named.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeAlias

from kg.extraction.grammar.patterns import ITEM, item_names

_CodesOf: TypeAlias = Callable[[str], Iterable[str]]
_END = "\0"
_Node: TypeAlias = "re.Match[str] | _Group"
_Group: TypeAlias = tuple[list[list["_Node"]], bool]
"""The branches between two brackets, and whether they may be absent."""


class _State(dict[str, "_State"]):
    """What has been read so far: by code the state after it, made when it is first asked for.

    `patterns` are those that end here, `is_dead` says that none goes on.
    """

    __slots__ = ("_automaton", "_edges", "is_dead", "patterns")

    def __init__(self, automaton: Automaton, reached: frozenset[int]) -> None:
        super().__init__()
        self._automaton = automaton
        self._edges = tuple(sorted(edge for edge in reached if edge >= 0))
        self.patterns = tuple(sorted(~edge for edge in reached if edge < 0))
        self.is_dead = not self._edges

    def __missing__(self, code: str) -> _State:
        state = self[code] = self._automaton.state_after(self._edges, code)
        return state


class _Begins(dict[tuple[str, str], bool]):
    """Whether a pattern may begin with two codes, found out when it is first asked for."""

    def __init__(self, start: _State) -> None:
        super().__init__()
        self._start = start

    def __missing__(self, pair: tuple[str, str]) -> bool:
        state = self._start[pair[0]]
        following = state[pair[1]]
        found = self[pair] = bool(state.patterns or following.patterns) or not following.is_dead
        return found


class Automaton:
    """Patterns in order, as one automaton.

    Args:
        patterns: in the notation of `kg.extraction.grammar.cascade`.
        codes_of: for each pattern, what gives the codes of the tokens of a class.

    Attributes:
        is_empty: for each pattern whether it matches where nothing stands.
    """

    def __init__(self, patterns: Sequence[str], codes_of: Sequence[_CodesOf]) -> None:
        self._edges: list[tuple[frozenset[str], frozenset[int]]] = []
        self._states: dict[frozenset[int], _State] = {}
        reached = [
            self._begin(_read(ITEM.finditer(pattern)), codes, frozenset((~number,)))
            for number, (pattern, codes) in enumerate(zip(patterns, codes_of, strict=True))
        ]
        self.is_empty = tuple(~number in edges for number, edges in enumerate(reached))
        self._start = _State(self, frozenset[int]().union(*reached))
        self._begins = _Begins(self._start)

    def places(self, codes: str) -> Iterator[int]:
        """Yield the places of a string of codes where a pattern may begin, as far as two tokens tell."""
        begins = self._begins
        return (place for place, pair in enumerate(zip(codes, codes[1:] + _END, strict=False)) if begins[pair])

    def patterns_at(self, codes: str, place: int) -> list[int]:
        """Return the numbers of the patterns that can match at a place, in order."""
        state, found = self._start, set[int]()
        while not state.is_dead and place < len(codes):
            state = state[codes[place]]
            found.update(state.patterns)
            place += 1
        return sorted(found)

    def state_after(self, edges: Iterable[int], code: str) -> _State:
        """Return the state that a code leads to over the edges that take it."""
        taken = (self._edges[edge] for edge in edges)
        reached = frozenset[int]().union(*(after for codes, after in taken if code in codes))
        state = self._states.get(reached)
        if state is None:
            state = self._states[reached] = _State(self, reached)
        return state

    def _begin(self, group: _Group, codes_of: _CodesOf, after: frozenset[int]) -> frozenset[int]:
        """The edges that begin a group, where those of `after` follow it; the end of a pattern is an edge below zero."""
        branches, is_optional = group
        begin = after if is_optional else frozenset[int]()
        for branch in branches:
            reached = after
            for node in reversed(branch):
                reached = (
                    self._begin(node, codes_of, reached)
                    if isinstance(node, tuple)
                    else self._item(node, codes_of, reached)
                )
            begin |= reached
        return begin

    def _item(self, item: re.Match[str], codes_of: _CodesOf, after: frozenset[int]) -> frozenset[int]:
        if item["look"]:
            return after
        reached = after
        for name in reversed(item_names(item["what"])):
            self._edges.append((frozenset(codes_of(name)), reached))
            reached = frozenset((len(self._edges) - 1,))
        return reached | after if item["maybe"] else reached


def _read(items: Iterator[re.Match[str]]) -> _Group:
    """The branches up to the closing bracket."""
    branches: list[list[_Node]] = [[]]
    for item in items:
        if item["open"]:
            branches[-1].append(_read(items))
        elif item["close"]:
            return branches, item["close"].endswith("?")
        elif item["bar"]:
            branches.append([])
        else:
            branches[-1].append(item)
    return branches, False
