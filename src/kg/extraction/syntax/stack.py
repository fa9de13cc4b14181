"""The open clauses of a sentence while it is parsed from left to right."""

from __future__ import annotations

from collections.abc import Mapping

from kg.extraction.syntax.clauses import Clause, ClauseKind, Parse
from kg.extraction.syntax.elements import Element, Kind, Text
from kg.extraction.syntax.past_forms import read_past_forms
from kg.extraction.syntax.phrases import Phrase


class ClauseStack:
    """What stands open at an element: the clauses from the sentence inwards, the last phrase, the element before.

    Args:
        text: the text.
        elements: what is to be parsed.
        saying: the lemmas of verbs of saying.
        lists: the words of the language by list, as in ``wordlists.tsv``.
    """

    def __init__(
        self, text: Text, elements: list[Element], saying: frozenset[str], lists: Mapping[str, frozenset[str]]
    ) -> None:
        self._lists = lists
        self._forms = read_past_forms(text, elements, lists["past_is_participle"], lists["intransitive"])
        self._text = text
        self._elements = elements
        self._saying = saying
        self._stack: list[Clause] = []
        self._last_phrase: Phrase | None = None
        self._before: Element | None = None
        self._at = 0
        first = elements[0].first if elements else 0
        self.parse = Parse(first, elements[-1].last if elements else first, elements=elements)

    @property
    def _top(self) -> Clause:
        return self._stack[-1]

    def _open(self, kind: ClauseKind, first: int, *, marker: str = "", antecedent: Phrase | None = None) -> Clause:
        parent = self._stack[-1] if self._stack else None
        before = self._before
        clause = Clause(
            kind, first, first + 1, marker, parent=parent, antecedent=antecedent,
            is_apart=before is not None and before.kind in (Kind.COMMA, Kind.DASH),
        )  # fmt: skip
        if parent is not None:
            parent.children.append(clause)
        self._stack.append(clause)
        self.parse.clauses.append(clause)
        return clause

    def _close(self, clause: Clause) -> None:
        """Close a clause and all that is open in it."""
        while self._stack and self._stack.pop() is not clause:
            pass

    def _close_to(self, clause: Clause) -> None:
        """Close all that is open in a clause."""
        while self._stack and self._stack[-1] is not clause:
            self._stack.pop()

    def _word(self, element: Element | None) -> str:
        return self._text.words[element.first] if element is not None else ""

    def _kind_at(self, at: int) -> Kind | None:
        return self._elements[at].kind if at >= 0 else None

    def _preposition(self, element: Element) -> tuple[str, int]:
        found = self._text.prepositions.get(element.first)
        return (found.name if found else self._word(element)), element.first

    def _nearest(self, token: int) -> Phrase | None:
        """The phrase right before a token in its sentence, also one in an attribution taken out; else the last phrase."""
        analysis = self._text.analysis
        opening = analysis.sentences[analysis.sentence_of(token)].first
        for at in (token - 1, token - 2, token - 3):
            if at >= opening and self._text.phrase_at[at] >= 0:
                return self._text.phrases[self._text.phrase_at[at]]
        return self._last_phrase

    def _is_after_comma(self, first: int) -> bool:
        return first > 0 and self._text.words[first - 1] in (",", "–", "—")

    def _is_last_verb(self) -> bool:
        """Tell whether no finite verb follows in the stretch."""
        return not any(
            e.kind is Kind.VERB and self._text.verb(e.ref).form == "finite" for e in self._elements[self._at + 1 :]
        )

    def _is_plural_verb(self) -> bool:
        element = self._elements[self._at]
        verb = self._text.verb(element.ref)
        return verb.number != "Sing"
