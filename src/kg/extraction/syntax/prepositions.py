"""The prepositions of a text, those of several words too, under names that both languages share."""

from __future__ import annotations

from dataclasses import dataclass

from kg.extraction.grammar.trie import Trie
from kg.extraction.tables import read_table, remembered

PLACE = frozenset(("in", "near", "on", "at"))
"""Prepositions of being somewhere."""


@dataclass(frozen=True, slots=True)
class Preposition:
    """A preposition: its name in ``prepositions.tsv`` and the tokens that it covers, `last` excluded."""

    name: str
    first: int
    last: int


@remembered
def _forms(language: str) -> Trie[str]:
    forms: Trie[str] = Trie()
    for row in read_table(language, "prepositions"):
        for form in row.forms("forms"):
            forms.add(split_form(form), row["prep"])
    return forms


def split_form(form: str) -> list[str]:
    """Cut the words of a table into those of a text: an elided word keeps its apostrophe."""
    return form.replace("'", "' ").split()


def find_prepositions(words: list[str], language: str) -> dict[int, Preposition]:
    """Return the longest preposition that begins at each token, by the token; they do not overlap.

    Args:
        words: the tokens in small letters, with straight apostrophes.
        language: a language of the extractor.
    """
    forms = _forms(language)
    found: dict[int, Preposition] = {}
    index, count = 0, len(words)
    while index < count:
        best: Preposition | None = None
        if forms.begins(words[index]):
            for end, names in forms.matches(words, index):
                best = Preposition(names[0], index, end)
        if best is None:
            index += 1
        else:
            found[index] = best
            index = best.last
    return found


def preposition_name(words: tuple[str, ...], language: str) -> str | None:
    """Return the name of a preposition that words are, if they are one."""
    key = list(words)
    for end, names in _forms(language).matches(key, 0):
        if end == len(key):
            return names[0]
    return None
