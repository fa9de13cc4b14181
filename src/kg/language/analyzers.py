"""Analyzers: kg's own rules, or a pipeline that the user has installed.

Both cut the text alike (paragraphs, sentences, quotations, tokens are always ours, and so are the offsets). A pipeline
replaces word classes, lemmas and features; verb and noun groups are then built from those.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

from kg.analysis import Analysis, NounGroup, Paragraph, Sentence, Token, VerbGroup
from kg.errors import UsageError
from kg.language.grammar import Grammar, load_grammar
from kg.language.groups import Words
from kg.language.layout import lay_out, read_cues
from kg.language.normalization import fold
from kg.language.quotations import find_quotations
from kg.language.sentences import split_sentences
from kg.language.tokens import Columns

RULES = "rules"
"""The name of kg's own analyzer."""


@runtime_checkable
class Analyzer(Protocol):
    """Turns a text into its analysis.

    Spans of the result satisfy ``0 <= start <= end <= len(text)``, tokens are in order and do not overlap, and every
    sentence lies in one paragraph. An analyzer never raises for what a text contains.
    """

    def analyze(self, text: str, language: str, title: str | None = None) -> Analysis:
        """Return the analysis of `text`, whose language is a two-letter code; `title` helps to find the headline.

        Raises:
            DataError: the language is not known (code ``language.unknown``).
        """
        ...


class Tagging(Protocol):
    """The part of an analyzer that differs: it reads the words of sentences."""

    def read(self, sentences: Sequence[Words], grammar: Grammar) -> None:
        """Choose the reading of each word: fill `chosen` of each sentence."""
        ...


class RuleTagging:
    """Reads words by lexicon and rules."""

    def read(self, sentences: Sequence[Words], grammar: Grammar) -> None:
        """Choose the reading of each word by the table of rules."""
        choose = grammar.tagger.choose
        for words in sentences:
            words.chosen = choose(words.keys, words.words, words.options)


class GroupingAnalyzer:
    """An analyzer of our cutting and grouping around a tagging."""

    def __init__(self, tagging: Tagging) -> None:
        self._tagging = tagging

    def analyze(self, text: str, language: str, title: str | None = None) -> Analysis:
        """Return the analysis of `text`; see `Analyzer.analyze`."""
        grammar = load_grammar(language)
        cues = read_cues(language)
        folded = fold(text)
        columns = grammar.tokenizer.cut(folded)
        blocks, dateline = lay_out(folded, cues, title)
        ranges = split_sentences(columns, folded, blocks, cues, grammar.tokenizer.titles)
        look_up = grammar.lexicon.readings
        sentences = [Words.of(columns.keys[first:last], look_up) for spans in ranges for first, last in spans]
        self._tagging.read(sentences, grammar)
        builder = _Builder(text, grammar, columns)
        paragraphs, number = [], 0
        for block, spans in zip(blocks, ranges, strict=True):
            for first, last in spans:
                builder.add_sentence(first, last, sentences[len(builder.sentences)])
            paragraphs.append(Paragraph(block.start, block.end, block.kind, number, number + len(spans)))
            number += len(spans)
        return Analysis(
            text=text,
            language=language,
            paragraphs=tuple(paragraphs),
            sentences=tuple(builder.sentences),
            tokens=tuple(builder.tokens),
            quotations=find_quotations(text, blocks),
            verb_groups=tuple(builder.verb_groups),
            noun_groups=tuple(builder.noun_groups),
            dateline=dateline,
        )


class _Builder:
    """Collects the sentences of an analysis."""

    def __init__(self, text: str, grammar: Grammar, columns: Columns) -> None:
        self.text, self.grammar, self.columns = text, grammar, columns
        self.sentences: list[Sentence] = []
        self.tokens: list[Token] = []
        self.verb_groups: list[VerbGroup] = []
        self.noun_groups: list[NounGroup] = []

    def add_sentence(self, first: int, last: int, words: Words) -> None:
        """Group the words of the sentence of tokens from `first` to `last`, and add all to the analysis."""
        starts, ends, text = self.columns.starts, self.columns.ends, self.text
        self.verb_groups += [draft.finish(first) for draft in self.grammar.verbs.find(words)]
        self.noun_groups += self.grammar.nouns.find(words, first, self._name)
        self.sentences.append(Sentence(starts[first], ends[last - 1], first, last))
        self.tokens += [
            Token(start, end, text[start:end], found.lemma, found.word_class, found.features)
            for start, end, found in zip(starts[first:last], ends[first:last], words.chosen, strict=True)
        ]

    def _name(self, first: int, last: int) -> str:
        return self.text[self.columns.starts[first] : self.columns.ends[last - 1]]


def load_analyzer(name: str = RULES) -> Analyzer:
    """Return an analyzer by its name: ``rules``, or ``spacy:MODEL``, ``stanza:LANGUAGE``, ``udpipe:FILE``.

    The package of a pipeline is imported now; kg does not install it.

    Raises:
        UsageError: the name is unknown (code ``language.analyzer``), or its package or model is not installed
            (``language.missing``).
    """
    if name == RULES:
        return GroupingAnalyzer(RuleTagging())
    family, _, model = name.partition(":")
    from kg.language.pipelines import FAMILIES, load_tagging

    if family not in FAMILIES or not model:
        raise UsageError(
            f"unknown analyzer {name!r}",
            code="language.analyzer",
            where="kg.toml:language.analyzer",
            hint=f"analyzers: {RULES}, {', '.join(f'{family}:MODEL' for family in FAMILIES)}",
        )
    return GroupingAnalyzer(load_tagging(family, model))
