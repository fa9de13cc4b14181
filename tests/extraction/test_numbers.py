"""The quantities of realistic sentences: how many, how sure, of what kind."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import UsageError
from kg.extraction.grammar.cascade import Found
from kg.extraction.grammar.grammars import read_examples
from kg.extraction.numbers.quantities import Quantity, QuantityKind, find_numbers, read_number_grammar
from kg.records import Casualties

DATA = Path(__file__).with_name("data")


def _number(field: str) -> int | None:
    return None if field == "-" else int(field)


def _cases(language: str) -> list[object]:
    cases: list[object] = []
    for line in (DATA / f"numbers-{language}.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        sentence, low, best, high, approximate, kind = line.split("\t")
        text = sentence.replace("⟦", "").replace("⟧", "")
        expected = None
        if kind:
            span = (sentence.index("⟦"), sentence.index("⟧") - 1)
            numbers = (_number(low), _number(best), _number(high))
            expected = Quantity(text[slice(*span)], span, *numbers, approximate == "yes", QuantityKind(kind))
        cases.append(pytest.param(text, expected, id=sentence))
    return cases


FRENCH, ENGLISH = _cases("fr"), _cases("en")


def check(language: str, text: str, expected: Quantity | None) -> None:
    """The articles that may be numbers are left aside unless one is meant."""
    found = find_numbers(text, language)
    if expected is None or expected.kind is not QuantityKind.ARTICLE:
        found = tuple(quantity for quantity in found if quantity.kind is not QuantityKind.ARTICLE)
    assert found == (() if expected is None else (expected,))


@pytest.mark.parametrize(("text", "expected"), FRENCH)
def test_a_french_sentence_has_exactly_the_quantity_that_is_marked(text: str, expected: Quantity | None) -> None:
    check("fr", text, expected)


@pytest.mark.parametrize(("text", "expected"), ENGLISH)
def test_an_english_sentence_has_exactly_the_quantity_that_is_marked(text: str, expected: Quantity | None) -> None:
    check("en", text, expected)


def test_the_tables_hold_what_they_should() -> None:
    assert len(FRENCH) >= 120
    assert len(ENGLISH) >= 120


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_rule_fires_on_its_own_example(language: str) -> None:
    grammar, examples = read_number_grammar(language), read_examples(language, "number")
    assert len(examples) == len(grammar.rules) == len({rule.name for rule in grammar.rules})
    silent = []
    for rule, example in examples:
        fired = {r for token in grammar.read(example) if isinstance(token.value, Found) for r in token.value.rules}
        silent += [] if rule in fired else [(rule, example)]
    assert silent == []


def test_a_number_of_a_date_is_a_date_and_one_beside_it_a_count() -> None:
    found = find_numbers("Le 5 mai 2020, 12 bergers ont disparu.", "fr")
    assert [(q.text, q.kind) for q in found] == [("5", "date"), ("2020", "date"), ("12", "count")]


def test_a_number_that_no_claim_could_hold_has_no_value() -> None:
    assert [q.best for q in find_numbers("9 000 000 000 000 grains", "fr")] == []
    assert find_numbers("9" * 5000, "en")[0].kind is QuantityKind.DECIMAL


def test_a_language_that_is_not_read_is_refused() -> None:
    with pytest.raises(UsageError, match="does not read"):
        find_numbers("zwölf", "de")


WORDS = {
    "fr": "un une deux trois dix vingt cent cents mille million millions dizaine centaines milliers de des d' au moins plus "
    "près environ entre et ou à - 5 12 300 1 000 2,5 % mm euros ans jours aucun plusieurs soldats 6’500 demi tiers".split(),
    "en": "a an one two three ten twenty hundred thousand million dozen hundreds thousands of at least more than about "
    "between and or to - 5 12 300 1,000 2.5 % mm $ dollars years days no several soldiers half thirds some up".split(),
}


def check_properties(text: str, language: str) -> None:
    end = 0
    for quantity in find_numbers(text, language):
        assert end <= quantity.span[0] < quantity.span[1]
        assert text[slice(*quantity.span)] == quantity.text
        end = quantity.span[1]
        bounds = (quantity.low, quantity.best, quantity.high)
        if any(bound is not None for bound in bounds):
            Casualties(low=quantity.low, best=quantity.best, high=quantity.high)
        else:
            assert quantity.kind is not QuantityKind.COUNT


@settings(max_examples=300, deadline=None)
@given(data=st.data(), language=st.sampled_from(["fr", "en"]))
def test_words_of_number_in_any_order_give_what_a_claim_can_hold(data: st.DataObject, language: str) -> None:
    check_properties(" ".join(data.draw(st.lists(st.sampled_from(WORDS[language]), max_size=14))), language)


@settings(max_examples=200, deadline=None)
@given(text=st.text(max_size=200), language=st.sampled_from(["fr", "en"]))
def test_any_text_goes_in_and_no_error_comes_out(text: str, language: str) -> None:
    check_properties(text, language)


@pytest.mark.parametrize("junk", ["1 000 ", "1,", "-1", "un ", "vingt et ", "hundred ", "about ", "de d' ", "9"])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_long_junk_is_read_to_its_end(junk: str, language: str) -> None:
    """Work that grew faster than the text would not come to its end here."""
    assert find_numbers(f"{junk * (40_000 // len(junk))}\n\n123456", language)[-1].best == 123456
