"""Where sentences end."""

from __future__ import annotations

import pytest

from kg.language import analyze

FRENCH = (
    "« Nous voulons la paix. | Nous l'aurons », a dit M. Sarkozy. | Il a souri.",
    "« Pourquoi ? », demande-t-il. | Personne ne répond…",
    "Il est né en 89 av. J.-C. à Rome. | Le Gén. Bahati l'affirme.",
    "Des tentes, des bâches, etc. | Le reste suivra.",
    "Le chef présumé, Milan R., a été arrêté. | L'homme se tait.",
    "L'armée avance (elle l'a dit). | (Un pont a sauté.) | La route est coupée.",
    "L'atmosphère était froide [...] mais correcte. | Tant mieux !",
    "Le nos 3. | Trois morts. | 30 blessés.",
)
ENGLISH = (
    "“Why?” Patel asked. | “We know. | We always knew,” he said.",
    "He said, “Who?” | Patel left.",
    "It fell at 4 a.m. | The town burned.",
    "Troops entered the U.S. Embassy. | They left the U.S. | The envoy stayed.",
    "Gen. Harold T. Whitcombe of Dunmore Inc. spoke. | Nobody listened.",
    "The site is Change.org now. | See No. 5 there.",
    'Was it late? | "Yes," he said. | "It was!"',
    "Fighters of the group left. | al-Shabaab denied it.",
)


@pytest.mark.parametrize(("language", "marked"), [*(("fr", m) for m in FRENCH), *(("en", m) for m in ENGLISH)])
def test_sentences_end_at_the_bars_and_nowhere_else(language: str, marked: str) -> None:
    text = marked.replace(" | ", " ")
    assert [text[s.start : s.end] for s in analyze(text, language).sentences] == marked.split(" | ")


def test_what_never_ends_is_cut_so_that_rules_look_at_bounded_pieces() -> None:
    analysis = analyze("soldats et " * 1000, "fr")
    lengths = [sentence.last - sentence.first for sentence in analysis.sentences]
    assert sum(lengths) == len(analysis.tokens) == 2000
    assert max(lengths) == 400
