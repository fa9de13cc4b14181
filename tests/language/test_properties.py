"""What holds for every text: no exception, and spans that fit."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kg.language import analyze
from kg.language.normalization import fold

TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=300)
PIECES = st.lists(
    st.sampled_from(
        "L’armée n’a pas été tués a-t-il « » “ ” \" ' ‘ ’ . … ?! , U.S. M. J.-C. 6’500 18h30 - – (AFP) PARIS dit soldiers "
        "didn’t were killed to the of Ministry e\u0301te\u0301 👩‍🚀 שלום مرحبا \u00ad \u200b \ufeff https://a.example/b) "
        "x@y.example #tag @x de le qu’ se been 's a b 3 30 000 \n \n\n \u00a0".split(" ")
    ),
    max_size=60,
).map(" ".join)


@pytest.mark.parametrize("language", ["fr", "en"])
@given(text=TEXTS | PIECES)
@example(text="")
@example(text=" \n\n ")
@example(text="«“‘\"'" * 9)
@example(text="l’" * 30)
@example(text="to be " * 500)
@example(text="faire " * 500 + "être " * 500)
@example(text="«" * 500 + " ' a" * 500)
@settings(max_examples=150, deadline=None)
def test_any_text_is_analysed_and_every_span_fits(language: str, text: str) -> None:
    analysis = analyze(text, language)
    last = 0
    for token in analysis.tokens:
        assert last <= token.start < token.end
        assert text[token.start : token.end] == token.text
        last = token.end
    for sentence in analysis.sentences:
        tokens = analysis.tokens[sentence.first : sentence.last]
        assert (sentence.start, sentence.end) == (tokens[0].start, tokens[-1].end)
    assert [s.first for s in analysis.sentences[1:]] == [s.last for s in analysis.sentences[:-1]]
    for paragraph in analysis.paragraphs:
        assert 0 <= paragraph.start < paragraph.end <= len(text)
        assert all(
            paragraph.start <= s.start and s.end <= paragraph.end
            for s in analysis.sentences[paragraph.first : paragraph.last]
        )
    groups = [(g.first, g.head, g.last) for g in analysis.verb_groups]
    groups += [(g.first, g.head, g.last) for g in analysis.noun_groups]
    for first, head, end in groups:
        sentence = analysis.sentences[analysis.sentence_of(first)]
        assert sentence.first <= first <= head < end <= sentence.last
    for quotation in analysis.quotations:
        assert quotation.start <= quotation.inner[0] <= quotation.inner[1] <= quotation.end <= len(text)
        if quotation.parent is not None:
            outer = analysis.quotations[quotation.parent]
            assert outer.start <= quotation.start
            assert quotation.end <= outer.end


@given(text=TEXTS | PIECES)
@settings(max_examples=100, deadline=None)
def test_letters_and_figures_all_belong_to_a_token(text: str) -> None:
    analysis = analyze(text, "fr")
    covered = {at for token in analysis.tokens for at in range(token.start, token.end)}
    missing = {text[at] for at in range(len(text)) if at not in covered and text[at].isalnum()}
    assert missing == set()


@given(text=TEXTS)
def test_folding_keeps_the_length(text: str) -> None:
    assert len(fold(text)) == len(text)


def test_a_decomposed_word_is_read_like_a_composed_one() -> None:
    text = "L'armée a été attaquée."
    composed, decomposed = (
        [(t.lemma, t.word_class) for t in analyze(unicodedata.normalize(form, text), "fr").tokens]
        for form in ("NFC", "NFD")
    )
    assert composed == decomposed


def test_the_kind_of_apostrophe_space_and_hyphen_makes_no_difference() -> None:
    plain = analyze("L'armée n'a pas tué 30 000 soldats d'El-Fasher.", "fr")
    typeset = analyze("L’armée n’a pas tué 30\u202f000 soldats d’El\u2011Fasher.", "fr")
    assert [(t.start, t.end, t.word_class) for t in plain.tokens] == [
        (t.start, t.end, t.word_class) for t in typeset.tokens
    ]
    assert plain.verb_groups == typeset.verb_groups
