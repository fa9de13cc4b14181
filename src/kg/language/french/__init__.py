"""French: what its morphology and verbs need beside the tables in ``data/fr``."""

from __future__ import annotations

from typing import Final

from kg.language.french.morphology import FrenchMorphology
from kg.language.french.verbs import FrenchVerbs
from kg.language.grammar import Grammar, Tables
from kg.language.lexicon import Lexicon
from kg.language.nouns import NounGrammar
from kg.language.tagging import Tagger
from kg.language.tokens import Tokenizer

ORDINALS: Final = ("er", "re", "e", "ème", "es", "ers", "res", "nd", "nde", "èmes")


def load_grammar(tables: Tables) -> Grammar:
    """Read the tables of French.

    Raises:
        DataError: a table is wrong; says where.
    """
    morphology = FrenchMorphology(tables.folder)
    return Grammar(
        language="fr",
        tokenizer=Tokenizer(tables.path("tokens")),
        lexicon=Lexicon(tables.folder, morphology, ORDINALS),
        tagger=Tagger(tables.path("tagging")),
        verbs=FrenchVerbs(tables.path("constructions"), morphology.conjugation),
        nouns=NounGrammar(tables.path("names"), is_head_last=False),
    )
