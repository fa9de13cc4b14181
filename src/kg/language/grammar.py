"""What a language brings: tables, and the classes that read them; and the languages there are."""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final, Protocol

from kg.errors import DataError
from kg.language.groups import Draft, Words
from kg.language.lexicon import Lexicon
from kg.language.nouns import NounGrammar
from kg.language.tables import DATA
from kg.language.tagging import Tagger
from kg.language.tokens import Tokenizer

MODULES: Final = MappingProxyType({"fr": "kg.language.french", "en": "kg.language.english"})
"""The module of each language, which has `load_grammar`; it is imported when a text of the language comes."""


@dataclass(frozen=True, slots=True)
class Tables:
    """The folder that holds a language's tables."""

    folder: Path

    def path(self, name: str) -> Path:
        """Return the path of one table."""
        return self.folder / f"{name}.tsv"


class VerbGrammar(Protocol):
    """Finds the verb groups of one sentence and refines the chosen readings of its words."""

    def find(self, words: Words) -> list[Draft]:
        """Return the groups of a sentence in order."""
        ...


@dataclass(frozen=True, slots=True)
class Grammar:
    """Everything that the analysis of a language needs."""

    language: str
    tokenizer: Tokenizer
    lexicon: Lexicon
    tagger: Tagger
    verbs: VerbGrammar
    nouns: NounGrammar


@cache
def load_grammar(language: str) -> Grammar:
    """Return the grammar of a language (two-letter code), read once.

    Raises:
        DataError: there is none for the language, or one of its tables is wrong.
    """
    if language not in MODULES:
        raise DataError(
            f"no grammar for language {language!r}",
            code="language.unknown",
            hint=f"languages: {', '.join(MODULES)}; kg/language/README.md says how to add one",
        )
    grammar: Grammar = importlib.import_module(MODULES[language]).load_grammar(Tables(DATA / language))
    return grammar
