"""Lemmas of words in general: simplemma's dictionaries (github.com/adbar/simplemma, MIT), loaded when first asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache


@cache
def lemma_finder(language: str) -> Callable[[str], str | None]:
    """Return the function that gives the lemma of a form, or None where the dictionary does not have it."""
    from simplemma.strategies import DefaultDictionaryFactory

    dictionary: Mapping[str, str] = DefaultDictionaryFactory().get_dictionary(language)
    return dictionary.get
