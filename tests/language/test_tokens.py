"""Where tokens begin and end."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import DataError
from kg.language.normalization import fold
from kg.language.tables import DATA
from kg.language.tokens import Tokenizer

CASES = {
    "fr": (
        "l'|ONU d'|abord qu'|il aujourd’hui c'est-à-dire quelqu’un",
        "N'Djamena M'Bappé K’avtaradzé l'|SPLA L’|Aquila Côte d'|Ivoire",
        "a|-t-il dit|-elle est|-ce Rendez|-nous Kim Jong-il rendez-vous celui-ci cessez-le-feu Nagorny-Karabakh",
        "6’500 3,5 4.000 18h30 2022-2023 24/7 10|% F-16 M23 33e 18,5|km 03/02",
        "M. Sarkozy Mgr Rinaldi Gén. Bahati av. J.-C. etc. n°|4 nos|.",
        "«|Non|»|, …|... !|?",
        "E.I.|. J. K. Morrison A.-M. Ferrante",
        "https://a.example/b?x=1|. aide@example.org|, @Ministere_X #Frontière2024|!",
    ),
    "en": (
        "did|n't ca|n’t could|'ve Ukraine|'s soldiers|' let|’s cannot o'clock D’Amico",
        "U.S. U.N.-appointed a.m.|, J.R. Villegas D.C. 155-mm 5-month-old",
        "1,500 $|5|m 2.30 9/11 10|% 3.5-litre 20th 1990|'s",
        "No. 10 No|. Gen. Whitcombe Inc. Sept. 12",
        "AT&T Al-Shabaab|'s O’Brien Sana'a",
    ),
}


def _cut(language: str, text: str) -> list[str]:
    words = Tokenizer(DATA / language / "tokens.tsv").cut(fold(text))
    return [text[start:end] for start, end in zip(words.starts, words.ends, strict=True)]


@pytest.mark.parametrize(("language", "marked"), [(language, m) for language, all_ in CASES.items() for m in all_])
def test_words_are_cut_at_the_bars_and_nowhere_else(language: str, marked: str) -> None:
    assert _cut(language, marked.replace("|", "")) == [piece for word in marked.split(" ") for piece in word.split("|")]


@pytest.mark.parametrize("space", [" ", "\u00a0", "\u202f", "\u2009"])
def test_groups_of_three_figures_are_one_number_over_any_space(space: str) -> None:
    assert _cut("fr", f"près de 30{space}000 morts") == ["près", "de", f"30{space}000", "morts"]


def test_a_day_and_a_number_after_it_are_two() -> None:
    assert _cut("en", "On May 3 200 people died") == ["On", "May", "3", "200", "people", "died"]


def test_a_table_with_an_unknown_kind_names_file_and_line(tmp_path: Path) -> None:
    path = tmp_path / "tokens.tsv"
    path.write_text("# kinds\nelision\tl\nelison\td\n", encoding="utf-8")
    with pytest.raises(DataError, match="unknown kind 'elison'") as caught:
        Tokenizer(path)
    assert caught.value.where == f"{path}:3"
