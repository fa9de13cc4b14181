"""Spellings of one person's name in several romanizations meet; names of several persons do not."""

from __future__ import annotations

import pytest

from kg.extraction.names.atoms import atom_key
from kg.extraction.names.gazetteer import load_gazetteer
from kg.extraction.names.romanization import variant_key
from kg.extraction.recognition import find_mentions
from kg.language import analyze


def key(name: str) -> str:
    return variant_key(atom_key(word) for word in name.replace("-", " ").split())


@pytest.mark.parametrize(
    "spellings",
    [
        ("Volodymyr Zelensky", "Volodymyr Zelenskyy", "Volodymyr Zelenskiy", "Volodymyr Zelenski"),
        ("Khalifa Haftar", "Khalifa Hafter", "Khalifa Hifter"),
        ("Ararat Mirzoyan", "Ararat Mirzoïan", "Ararat Mirzoian"),
        ("Muammar Gaddafi", "Moammar Kadhafi", "Mouammar Qaddafi", "Muammar al-Gaddafi"),
        ("Bashar al-Assad", "Bashar Assad", "Bachar el-Assad", "Bashar al-Asad"),
        ("Yevgeny Prigozhin", "Yevgeniy Prigozhin", "Evgueny Prigozhin"),
        ("Sergei Shoigu", "Sergueï Choïgou", "Sergey Shoygu"),
        ("Djeyhoun Baïramov", "Jeyhun Bayramov", "Jeyhoun Bairamov"),
        ("Nikol Pashinyan", "Nikol Pachinian", "Nikol Pashinian"),
    ],
)
def test_romanizations_of_one_name_have_one_key(spellings: tuple[str, ...]) -> None:
    assert len({key(name) for name in spellings}) == 1, {name: key(name) for name in spellings}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Olena Zelenska", "Oleh Zelensky"),
        ("Martin Griffiths", "Martina Griffiths"),
        ("Mahmoud Abbas", "Ahmad Abbas"),
        ("Ali Larijani", "Sadegh Larijani"),
        ("Saddam Haftar", "Khalifa Haftar"),
    ],
)
def test_names_of_two_persons_have_two_keys(one: str, other: str) -> None:
    assert key(one) != key(other)


@pytest.mark.parametrize(
    ("text", "language", "iri"),
    [
        ("The envoy met Khalifa Hafter on Monday.", "en", "khalifa-haftar"),
        ("L'émissaire a rencontré Hasan Nasrallah lundi.", "fr", "hassan-nasrallah"),
        ("The envoy met Riak Machar. Machar agreed.", "en", "riek-machar"),
    ],
)
def test_a_full_name_in_another_romanization_is_the_person_of_the_gazetteer(text: str, language: str, iri: str) -> None:
    persons = [m for m in find_mentions(analyze(text, language)) if m.type == "Person" and m.kind == "name"]
    assert persons
    assert {m.iri for m in persons} == {f"https://w3id.org/kg-news/id/agent/{iri}"}


def test_a_surname_alone_or_a_short_name_is_never_forced() -> None:
    gazetteer = load_gazetteer()
    assert gazetteer.variant(["hafter"]) is None
    assert gazetteer.variant(["ali", "oma"]) is None
    (person,) = [m for m in find_mentions(analyze("The envoy met Tovan Hafter on Monday.", "en")) if m.type == "Person"]
    assert (person.name, person.iri) == ("Tovan Hafter", None)
