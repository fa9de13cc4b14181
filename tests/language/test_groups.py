"""Verb groups beyond the marked data, and noun groups."""

from __future__ import annotations

import pytest

from kg.analysis import NounGroup, VerbGroup
from kg.language import analyze
from tests.language.marked import written


def _verbs(text: str, language: str) -> dict[str, VerbGroup]:
    analysis = analyze(text, language)
    return {written(analysis, group): group for group in analysis.verb_groups}


@pytest.mark.parametrize(
    ("language", "text", "words", "attributes"),
    [
        ("fr", "Il va tirer.", "va tirer", {"periphrasis": "near-future", "tense": "future", "lemma": "tirer"}),
        ("fr", "Il vient de fuir.", "vient de fuir", {"periphrasis": "recent-past", "tense": "past"}),
        ("fr", "Elle est en train de partir.", "est en train de partir", {"is_progressive": True, "tense": "present"}),
        ("fr", "Il s'est fait tuer.", "s'est fait tuer", {"periphrasis": "causative", "voice": "passive"}),
        (
            "fr",
            "Ils pourraient avoir fui.",
            "pourraient avoir fui",
            {"modal": "pouvoir", "mood": "conditional", "is_perfect": True},
        ),
        ("fr", "Dort-elle encore ?", "Dort", {"is_inverted": True, "person": "3", "number": "Sing"}),
        ("fr", "Nous nous battrons.", "nous battrons", {"is_reflexive": True, "person": "1", "number": "Plur"}),
        ("fr", "Ils tiraient.", "tiraient", {"is_imperfect": True, "tense": "past", "number": "Plur"}),
        ("fr", "Il part en chantant.", "chantant", {"form": "gerund", "mood": None, "tense": None}),
        ("fr", "Le chef, arrêté mardi, se tait.", "arrêté", {"form": "participle", "voice": "passive"}),
        ("fr", "L'accord était « rompu ».", "était … rompu", {"voice": "passive", "tense": "past"}),
        (
            "en",
            "They were to have met.",
            "were to have met",
            {"periphrasis": "near-future", "is_perfect": True, "tense": "past"},
        ),
        ("en", "He has yet to reply.", "has yet to reply", {"periphrasis": "not-yet", "is_negated": True}),
        ("en", "She used to sing.", "used to sing", {"periphrasis": "habitual", "tense": "past"}),
        ("en", "They may have fled.", "may have fled", {"modal": "may", "is_perfect": True}),
        ("en", "Troops are still advancing.", "are … advancing", {"is_progressive": True, "tense": "present"}),
        ("en", "Did the rebels flee?", "Did … flee", {"is_inverted": True, "tense": "past"}),
        ("en", "He left by swimming.", "swimming", {"form": "gerund", "tense": None}),
        ("en", "The goal is to win.", "is", {"lemma": "be", "periphrasis": None}),
        ("en", "It was “badly damaged” in May.", "was … damaged", {"voice": "passive"}),
        ("en", "Soldiers killed in the raid were buried.", "killed", {"form": "participle", "voice": "passive"}),
        ("en", "Soldiers killed three men in the raid.", "killed", {"form": "finite", "voice": "active"}),
    ],
)
def test_a_verb_group_says_what_its_words_add(
    language: str, text: str, words: str, attributes: dict[str, object]
) -> None:
    group = _verbs(text, language)[words]
    assert {name: getattr(group, name) for name in attributes} == attributes


@pytest.mark.parametrize(
    ("text", "is_negated"),
    [
        ("Il ne reste que deux ponts.", False),
        ("Il ne reste aucun pont.", True),
        ("Personne, à l'exception du roi, n'a le droit de sortir.", True),
        ("Ils partiront avant que l'eau ne monte.", False),
        ("Rien ne bouge.", True),
    ],
)
def test_french_ne_negates_or_not_by_its_company(text: str, is_negated: bool) -> None:  # noqa: FBT001 - a column
    groups = [group for words, group in _verbs(text, "fr").items() if words.startswith(("ne", "n'"))]
    assert [group.is_negated for group in groups] == [is_negated]


def test_fixed_phrases_with_the_form_of_a_verb_are_none() -> None:
    assert list(_verbs("Est-ce que la trêve tient à partir de lundi, y compris ici ?", "fr")) == ["tient"]


def _nouns(text: str, language: str) -> dict[str, NounGroup]:
    analysis = analyze(text, language)
    return {analysis.words(group): group for group in analysis.noun_groups}


@pytest.mark.parametrize(
    ("language", "text", "words", "attributes"),
    [
        ("fr", "Quatre soldats arméniens dorment.", "Quatre soldats arméniens",
         {"lemma": "soldat", "number": "Plur", "determination": "numeral", "numeral": 0, "modifiers": (2,)}),
        ("fr", "Il parle aux forces armées russes.", "forces armées russes",
         {"lemma": "force", "determination": "definite", "preposition": 2, "determiner": 2, "number": "Plur"}),
        ("fr", "Les forces éthiopiennes et érythréennes avancent.", "Les forces éthiopiennes et érythréennes",
         {"modifiers": (2, 4)}),
        ("fr", "Son très puissant frère se tait.", "Son très puissant frère",
         {"determination": "possessive", "lemma": "frère"}),
        ("fr", "Cette région séparatiste brûle.", "Cette région séparatiste", {"determination": "demonstrative"}),
        ("fr", "Aucun groupe ne bouge.", "Aucun groupe", {"determination": "quantifier", "number": "Sing"}),
        ("fr", "Des «unités des forces» ont tiré.", "Des «unités", {"determination": "indefinite", "lemma": "unité"}),
        ("fr", "Un humanitaire est mort.", "Un humanitaire", {"lemma": "humanitaire", "is_proper": False}),
        ("fr", "Le général Abdel Fattah al-Burhane parle.", "Abdel Fattah al-Burhane", {"is_proper": True}),
        ("fr", "M. Fadi Abou Kheir parle.", "M. Fadi Abou Kheir", {"is_proper": True, "lemma": "Fadi Abou Kheir"}),
        ("fr", "Il a vu Charles de Gaulle.", "Charles de Gaulle", {"lemma": "Charles de Gaulle"}),
        ("fr", "La Croix-Rouge de Goma aide.", "La Croix-Rouge", {"is_proper": True}),
        ("fr", "L'Union africaine a appelé au calme.", "L'Union africaine", {"lemma": "Union", "modifiers": (2,)}),
        ("en", "State Department spokesman Vedant Patel spoke.", "State Department spokesman",
         {"lemma": "spokesman", "modifiers": (0, 1)}),
        ("en", "State Department spokesman Vedant Patel spoke.", "Vedant Patel", {"is_proper": True}),
        ("en", "The Ministry of Defense denied it.", "The Ministry of Defense",
         {"lemma": "Ministry of Defense", "is_proper": True}),
        ("en", "Russia's three armored trucks burned.", "three armored trucks",
         {"determination": "possessive", "determiner": 1, "number": "Plur"}),
        ("en", "They fled to Cairo tomorrow.", "Cairo", {"preposition": 2}),
        ("en", "The wounded were treated.", "The wounded", {"determination": "definite"}),
    ],
)  # fmt: skip
def test_a_noun_group_knows_head_number_determiner_and_modifiers(
    language: str, text: str, words: str, attributes: dict[str, object]
) -> None:
    group = _nouns(text, language)[words]
    assert {name: getattr(group, name) for name in attributes} == attributes


def test_a_country_is_not_joined_to_the_city_after_it() -> None:
    assert "la Serbie" in _nouns("Ils ont séparé la Serbie du Kosovo.", "fr")
