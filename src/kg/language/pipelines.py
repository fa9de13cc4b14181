"""Pipelines that a user has installed: spaCy, Stanza, UDPipe. They read our tokens; they do not cut the text.

    spacy:MODEL      the name or path of a model: spacy:fr_core_news_sm        (pip install spacy)
    stanza:LANGUAGE  a language whose models are downloaded: stanza:fr         (pip install stanza)
    udpipe:FILE      the path of a UDPipe 1 model: udpipe:french-gsd.udpipe    (pip install ufal.udpipe)

Words of the closed classes keep the features of our lexicon (which mark clitics and negation, as the verb grammars need)
in the class that the pipeline gives them; all others take class, lemma and features from the pipeline.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable, Sequence
from types import MappingProxyType
from typing import Any, Final

from kg.analysis import WordClass
from kg.errors import UsageError
from kg.language.grammar import Grammar
from kg.language.groups import Words
from kg.language.readings import CLASSES, Reading, morphology, reading

Row = tuple[str, str, str]
"""What a pipeline says of a word: word class (UPOS), lemma, features in the notation of Universal Dependencies."""
Reader = Callable[[list[list[str]]], Iterable[Sequence[Row]]]
"""A loaded pipeline: from sentences of words to rows, one for each word."""

_VERBAL: Final = frozenset(("VERB", "AUX"))


class PipelineTagging:
    """Reads words by a pipeline; see `kg.language.analyzers.Tagging`."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def read(self, sentences: Sequence[Words], grammar: Grammar) -> None:
        """Choose the reading of each word as the pipeline says."""
        rows = self._reader([list(words.keys) for words in sentences])
        for words, found in zip(sentences, rows, strict=True):
            words.chosen = [
                settle(options, row, is_closed=grammar.lexicon.is_closed(word))
                for word, options, row in zip(words.words, words.options, found, strict=True)
            ]


def settle(options: tuple[Reading, ...], row: Row, *, is_closed: bool) -> Reading:
    """Return the reading of a word that a pipeline has read.

    Args:
        options: what our lexicon knows of it, the likeliest first.
        row: what the pipeline says.
        is_closed: whether the word belongs to the closed classes.
    """
    name, lemma, notation = row
    if name not in CLASSES:
        return options[0]
    word_class: WordClass = name
    features = morphology(notation)
    same = [o for o in options if o.word_class == word_class or {o.word_class, word_class} <= _VERBAL]
    if is_closed and same:
        return max(
            same, key=lambda o: (o.features.verb_form == features.verb_form, o.features.pron_type == features.pron_type)
        )
    return reading(word_class, lemma or options[0].lemma, features)


# --------------------------------------------------------------------------- the packages


def _spacy(model: str) -> Reader:
    spacy = _import("spacy", "spacy")
    try:
        pipeline = spacy.load(model, exclude=["ner", "parser", "senter"])
    except (OSError, ValueError) as error:
        raise _missing(f"spacy:{model}", str(error), f"python -m spacy download {model}") from error
    document = importlib.import_module("spacy.tokens").Doc

    def read(sentences: list[list[str]]) -> Iterable[Sequence[Row]]:
        for words in sentences:
            read = pipeline(document(pipeline.vocab, words=words))
            yield [(token.pos_, token.lemma_, str(token.morph)) for token in read]

    return read


def _stanza(language: str) -> Reader:
    stanza = _import("stanza", "stanza")
    try:
        pipeline = stanza.Pipeline(
            language, processors="tokenize,pos,lemma", tokenize_pretokenized=True, download_method=None, verbose=False
        )
    except (OSError, ValueError, KeyError) as error:
        raise _missing(f"stanza:{language}", str(error), f"stanza.download({language!r})") from error

    def read(sentences: list[list[str]]) -> Iterable[Sequence[Row]]:
        if not sentences:
            return
        for sentence in pipeline(sentences).sentences:
            yield [(word.upos or "X", word.lemma or "", word.feats or "") for word in sentence.words]

    return read


def _udpipe(path: str) -> Reader:
    udpipe = _import("ufal.udpipe", "ufal.udpipe")
    model = udpipe.Model.load(path)
    if model is None:
        raise _missing(f"udpipe:{path}", "no model of UDPipe 1 there", "give the path of a .udpipe file")

    def read(sentences: list[list[str]]) -> Iterable[Sequence[Row]]:
        for words in sentences:
            sentence = udpipe.Sentence()
            for word in words:
                sentence.addWord(word.replace(" ", "\u00a0"))
            model.tag(sentence, model.DEFAULT)
            yield [(word.upostag, word.lemma, word.feats) for word in list(sentence.words)[1:]]

    return read


FAMILIES: Final = MappingProxyType({"spacy": _spacy, "stanza": _stanza, "udpipe": _udpipe})
"""The pipelines that there are, by the first part of an analyzer's name."""


def load_tagging(family: str, model: str) -> PipelineTagging:
    """Load a pipeline.

    Raises:
        UsageError: its package or its model is not installed (code ``language.missing``).
    """
    return PipelineTagging(FAMILIES[family](model))


def _import(module: str, package: str) -> Any:
    try:
        return importlib.import_module(module)
    except ImportError as error:
        raise _missing(package, f"the package {package} is not installed", f"pip install {package}") from error


def _missing(what: str, message: str, hint: str) -> UsageError:
    return UsageError(message, code="language.missing", where=f"analyzer {what}", hint=hint)
