"""Analyses, their look-ups, and other analyzers than the rules."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from kg.errors import DataError, UsageError
from kg.language import analyze, load_analyzer
from kg.language.analyzers import Analyzer, GroupingAnalyzer
from kg.language.grammar import MODULES, load_grammar
from kg.language.pipelines import FAMILIES, PipelineTagging, Row, settle
from kg.records import Report

TEXT = "Quatre soldats ont été tués mardi. L’armée n’a pas tiré, dit-elle."


def test_look_ups_find_what_lies_at_an_offset() -> None:
    analysis = analyze(TEXT, "fr")
    at = TEXT.index("tiré")
    token = analysis.token_at(at + 2)
    assert token is not None
    assert analysis.tokens[token].text == "tiré"
    assert analysis.token_at(TEXT.index(" ")) is None
    assert [analysis.tokens[t].text for t in analysis.tokens_in(1, 10)] == ["Quatre", "soldats"]
    assert analysis.sentence_at(at) == analysis.sentence_of(token) == 1
    assert analysis.paragraph_at(at) == analysis.paragraph_of(1) == 0
    second = analysis.sentences[1]
    groups = analysis.verb_groups_in(second.first, second.last)
    assert [analysis.words(group) for group in groups] == ["n’a pas tiré", "dit"]
    assert [analysis.words(g) for g in analysis.noun_groups_in(0, second.first)] == ["Quatre soldats", "mardi"]
    assert analysis.span(groups[0]) == (TEXT.index("n’a"), at + 4)


def test_the_language_is_the_reports_and_must_be_known() -> None:
    report = Report(text=TEXT, sha256="0" * 64, path="a.md", language="fr")
    assert analyze(report) == analyze(TEXT, "fr")
    for source, language in ((TEXT, None), (TEXT, "de"), (Report(text=TEXT, sha256="0" * 64, path="b.md"), None)):
        with pytest.raises(DataError) as caught:
            analyze(source, language)
        assert caught.value.code == "language.unknown"


@pytest.mark.parametrize("language", MODULES)
def test_every_language_has_a_grammar(language: str) -> None:
    assert load_grammar(language).language == language


def test_the_rules_are_an_analyzer() -> None:
    assert isinstance(load_analyzer(), Analyzer)


@pytest.mark.parametrize("name", ["spicy", "spacy", "spacy:", "rules:x"])
def test_an_unknown_analyzer_is_refused_by_name(name: str) -> None:
    with pytest.raises(UsageError) as caught:
        load_analyzer(name)
    assert caught.value.code == "language.analyzer"
    assert name in caught.value.message


@pytest.mark.parametrize("family", FAMILIES)
def test_a_pipeline_that_is_not_installed_says_what_to_install(family: str) -> None:
    with pytest.raises(UsageError) as caught:
        load_analyzer(f"{family}:no-such-model")
    assert caught.value.code == "language.missing"
    assert caught.value.hint


def _pipeline(sentences: list[list[str]]) -> list[Sequence[Row]]:
    """A pipeline that takes every word of more than six letters for a name."""
    return [[("PROPN" if len(word) > 6 else "X", word.upper(), "") for word in words] for words in sentences]


def test_a_pipeline_gives_classes_and_lemmas_and_the_offsets_stay_ours() -> None:
    analysis = GroupingAnalyzer(PipelineTagging(_pipeline)).analyze(TEXT, "fr")
    ours = analyze(TEXT, "fr")
    assert [(t.start, t.end) for t in analysis.tokens] == [(t.start, t.end) for t in ours.tokens]
    assert (analysis.sentences, analysis.paragraphs) == (ours.sentences, ours.paragraphs)
    assert [(t.text, t.lemma) for t in analysis.tokens if t.word_class == "PROPN"] == [("soldats", "SOLDATS")]


def test_closed_words_keep_the_features_of_our_lexicon_in_the_class_of_the_pipeline() -> None:
    options = load_grammar("fr").lexicon.readings("le")
    found = settle(options, ("PRON", "le", "PronType=Prs"), is_closed=True)
    assert (found.word_class, found.features.case) == ("PRON", "Acc")
    assert settle(options, ("NOUN", "le", ""), is_closed=True).word_class == "NOUN"
    assert settle(options, ("SPACE", "le", ""), is_closed=True) == options[0]
