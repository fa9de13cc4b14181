"""English: what its morphology and verbs need beside the tables in ``data/en``."""

from __future__ import annotations

from typing import Final

from kg.language.english.morphology import EnglishMorphology
from kg.language.english.verbs import EnglishVerbs
from kg.language.grammar import Grammar, Tables
from kg.language.lexicon import Lexicon
from kg.language.nouns import NounGrammar
from kg.language.tagging import Tagger
from kg.language.tokens import Tokenizer

ORDINALS: Final = ("st", "nd", "rd", "th")


def load_grammar(tables: Tables) -> Grammar:
    """Read the tables of English.

    Raises:
        DataError: a table is wrong; says where.
    """
    return Grammar(
        language="en",
        tokenizer=Tokenizer(tables.path("tokens")),
        lexicon=Lexicon(tables.folder, EnglishMorphology(tables.folder), ORDINALS),
        tagger=Tagger(tables.path("tagging")),
        verbs=EnglishVerbs(tables.path("constructions")),
        nouns=NounGrammar(tables.path("names"), is_head_last=True),
    )
