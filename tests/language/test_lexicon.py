"""Readings: closed classes, conjugation, open classes, and what a wrong table is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.analysis import Morphology
from kg.errors import DataError
from kg.language.english.morphology import EnglishMorphology
from kg.language.french.conjugation import Conjugation
from kg.language.grammar import load_grammar
from kg.language.lexicon import Lexicon
from kg.language.readings import morphology, reading
from kg.language.tables import DATA, read_table
from kg.language.tagging import Tagger

CONJUGATION = Conjugation(DATA / "fr")


def test_features_are_written_as_they_are_read() -> None:
    notation = "Gender=Masc|Number=Plur|Tense=Past|VerbForm=Part"
    assert str(morphology(notation)) == notation
    assert str(Morphology()) == ""


@pytest.mark.parametrize(
    ("form", "infinitive", "features"),
    [
        ("bombardait", "bombarder", "Mood=Ind|Number=Sing|Person=3|Tense=Imp|VerbForm=Fin"),
        ("annonçèrent", "annoncer", ""),
        ("annoncèrent", "annoncer", "Mood=Ind|Number=Plur|Person=3|Tense=Past|VerbForm=Fin"),
        ("protégeait", "protéger", "Mood=Ind|Number=Sing|Person=3|Tense=Imp|VerbForm=Fin"),
        ("achèverait", "achever", "Mood=Cnd|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin"),
        ("rejettent", "rejeter", "Mood=Ind|Number=Plur|Person=3|Tense=Pres|VerbForm=Fin"),
        ("cédera", "céder", "Mood=Ind|Number=Sing|Person=3|Tense=Fut|VerbForm=Fin"),
        ("réunissent", "réunir", "Mood=Ind|Number=Plur|Person=3|Tense=Pres|VerbForm=Fin"),
        ("puisse", "pouvoir", "Mood=Sub|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin"),
        ("vint", "venir", "Mood=Ind|Number=Sing|Person=3|Tense=Past|VerbForm=Fin"),
        ("vînt", "venir", "Mood=Sub|Number=Sing|Person=3|Tense=Past|VerbForm=Fin"),
        ("mourront", "mourir", "Mood=Ind|Number=Plur|Person=3|Tense=Fut|VerbForm=Fin"),
        ("reconquises", "reconquérir", "Gender=Fem|Number=Plur|Tense=Past|VerbForm=Part"),
        ("sachant", "savoir", "Tense=Pres|VerbForm=Part"),
        ("craignent", "craindre", "Mood=Ind|Number=Plur|Person=3|Tense=Pres|VerbForm=Fin"),
        ("ayez", "avoir", "Mood=Imp|Number=Plur|Person=2|Tense=Pres|VerbForm=Fin"),
        ("envoies", "envoyer", "Mood=Sub|Number=Sing|Person=2|Tense=Pres|VerbForm=Fin"),
        ("dissoute", "dissoudre", "Gender=Fem|Number=Sing|Tense=Past|VerbForm=Part"),
    ],
)
def test_french_verbs_are_conjugated(form: str, infinitive: str, features: str) -> None:
    assert (morphology(features) in CONJUGATION.forms(infinitive).get(form, ())) == bool(features)


def test_every_listed_verb_has_all_its_simple_tenses() -> None:
    defective = {"clore", "éclore", "enclore", "extraire", "soustraire", "distraire", "traire", "abstraire", "haïr",
                 "dissoudre", "absoudre"}  # fmt: skip
    for infinitive in CONJUGATION.listed:
        meanings = {(m.mood, m.tense) for found in CONJUGATION.forms(infinitive).values() for m in found}
        wanted = {("Ind", "Pres"), ("Ind", "Imp"), ("Ind", "Fut"), ("Cnd", "Pres"), ("Sub", "Pres")}
        if infinitive not in defective:
            wanted |= {("Ind", "Past"), ("Sub", "Past")}
        assert wanted <= meanings, infinitive


def test_verbs_that_take_etre_are_known() -> None:
    assert {v: CONJUGATION.auxiliary(v) for v in ("mourir", "passer", "tuer")} == {
        "mourir": "être", "passer": "both", "tuer": "avoir",
    }  # fmt: skip


def _read(language: str, form: str) -> list[tuple[str, str]]:
    return [(r.word_class, r.lemma) for r in load_grammar(language).lexicon.readings(form)]


@pytest.mark.parametrize(
    ("language", "form", "readings"),
    [
        ("fr", "attaques", [("NOUN", "attaque"), ("VERB", "attaquer")]),
        ("fr", "tués", [("VERB", "tuer"), ("NOUN", "tué")]),
        ("fr", "azerbaïdjanaises", [("ADJ", "azerbaïdjanais"), ("NOUN", "azerbaïdjanais")]),
        ("fr", "rapidement", [("ADV", "rapidement")]),
        ("fr", "bombardement", [("NOUN", "bombardement")]),
        ("fr", "6'500", [("NUM", "6'500")]),
        ("fr", "Stepanakert", [("PROPN", "Stepanakert")]),
        ("en", "militiamen", [("NOUN", "militiaman")]),
        ("en", "shelled", [("VERB", "shell"), ("VERB", "shell"), ("ADJ", "shelled")]),
        ("en", "stopping", [("VERB", "stop"), ("NOUN", "stopping"), ("ADJ", "stopping")]),
        ("en", "hoping", [("VERB", "hope"), ("NOUN", "hoping"), ("ADJ", "hoping")]),
        ("en", "deadliest", [("ADJ", "deadly")]),
        ("en", "stood", [("VERB", "stand"), ("VERB", "stand"), ("ADJ", "stood")]),
        ("en", "U.N.-backed", [("ADJ", "u.n.-backed"), ("NOUN", "u.n.-backed"), ("PROPN", "U.N.-backed")]),
    ],
)
def test_a_word_has_its_readings_in_order(language: str, form: str, readings: list[tuple[str, str]]) -> None:
    assert _read(language, form) == readings


@pytest.mark.parametrize(
    ("closed", "words", "message", "line"),
    [
        ("le\tDET\tle\n", "a\tNOUN\n", "needs 4 cells", 1),
        ("le\tDET\tle\t_\nla\tDETER\tle\t_\n", "a\tNOUN\n", "unknown word class 'DETER'", 2),
        ("le\tDET\tle\tDefinite\n", "a\tNOUN\n", "not Name=value", 1),
        ("le\tDET\tle\t_\n", "# ok\na\tNOUN\na\tADJ\n", "'a' stands here twice", 3),
    ],
)
def test_a_wrong_line_of_a_table_is_named(tmp_path: Path, closed: str, words: str, message: str, line: int) -> None:
    (tmp_path / "closed.tsv").write_text(closed, encoding="utf-8")
    (tmp_path / "words.tsv").write_text(words, encoding="utf-8")
    with pytest.raises(DataError, match=message) as caught:
        Lexicon(tmp_path, EnglishMorphology(DATA / "en"), ())
    assert str(caught.value.where).endswith(f":{line}")


def test_a_missing_table_is_an_error_of_the_data(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="cannot be read"):
        list(read_table(tmp_path / "none.tsv", ("a",)))


@pytest.mark.parametrize(
    ("line", "message"), [("NOUN\t-1:DETT", "unknown tag 'DETT'"), ("NOUN\t-7:DET", "not a condition")]
)
def test_a_wrong_rule_is_named(tmp_path: Path, line: str, message: str) -> None:
    path = tmp_path / "tagging.tsv"
    path.write_text(f"# rules\n{line}\n", encoding="utf-8")
    with pytest.raises(DataError, match=message) as caught:
        Tagger(path)
    assert caught.value.where == f"{path}:2"


def test_the_first_rule_whose_conditions_hold_chooses(tmp_path: Path) -> None:
    noun, verb = reading("NOUN", "x", Morphology()), reading("VERB", "x", Morphology())
    article = load_grammar("fr").lexicon.readings("cette")[0]
    path = tmp_path / "tagging.tsv"
    path.write_text('NOUN\t-1:DET\nVERB\t-1"il|elle"\n-NOUN\t+1:EDGE\n', encoding="utf-8")
    tagger = Tagger(path)
    for before, wanted in (((article,), noun), ((verb,), verb)):
        words = ["w", "x"]
        chosen = tagger.choose(words, words, [before, (noun, verb)])
        assert chosen[1] == wanted
