"""The language of a text: told, found, or uncertain."""

from __future__ import annotations

import unicodedata

import pytest

from kg.sources import identify
from tests.sources.conftest import Write, read_one

SENTENCES = {
    "en": "The bridge was closed on Monday, the ministry said, but it is not known for how long.",
    "fr": "Le pont a été fermé lundi, a indiqué le ministère, mais on ne sait pas pour combien de temps.",
    "es": "El puente fue cerrado el lunes, según el ministerio, pero no se sabe por cuánto tiempo.",
    "pt": "A ponte foi fechada na segunda-feira, segundo o ministério, mas não se sabe por quanto tempo.",
    "it": "Il ponte è stato chiuso lunedì, ha detto il ministero, ma non si sa per quanto tempo.",
    "ca": "El pont va ser tancat dilluns, segons el ministeri, però no se sap per quant de temps amb els danys.",
    "ro": "Podul a fost închis luni, potrivit ministerului, dar nu se știe pentru cât timp.",
    "de": "Die Brücke wurde am Montag gesperrt, teilte das Ministerium mit, aber wie lange, ist nicht bekannt.",
    "nl": "De brug werd maandag gesloten, volgens het ministerie, maar het is niet bekend voor hoe lang.",
    "sv": "Bron stängdes på måndagen, enligt ministeriet, men det är inte känt hur länge den ska vara stängd.",
    "pl": "Most został zamknięty w poniedziałek, jak podało ministerstwo, ale nie wiadomo na jak długo.",
    "tr": "Köprü pazartesi günü kapatıldı, ancak ne kadar süre için olduğu daha sonra bir açıklama ile belli olacak.",
    "id": "Jembatan itu ditutup pada hari Senin, tetapi tidak diketahui untuk berapa lama dan oleh siapa.",
    "ru": "Мост закрыли в понедельник, сообщило министерство.",
    "uk": "Міст закрили в понеділок, повідомило міністерство.",
    "ar": "أُغلق الجسر يوم الاثنين، بحسب الوزارة.",
    "zh": "该部表示，大桥于星期一关闭。",
    "hy": "Կամուրջը փակվել է երկուշաբթի օրը։",
}


@pytest.mark.parametrize(("language", "sentence"), SENTENCES.items(), ids=SENTENCES)
def test_a_sentence_is_enough_to_tell_the_language(language: str, sentence: str) -> None:
    assert identify(sentence) == language
    assert identify(unicodedata.normalize("NFD", sentence)) == language


@pytest.mark.parametrize(
    "text",
    ["", "AFP", "12 345 678", "😀 😀", "Ada Lorne, Jan Miro, Ruritania", SENTENCES["en"] + " " + SENTENCES["fr"]],
    ids=["empty", "initials", "numbers", "signs", "names", "two languages"],
)
def test_what_is_too_short_or_mixed_is_uncertain(text: str) -> None:
    assert identify(text) is None


@pytest.mark.parametrize(
    ("told", "text", "language", "note"),
    [
        (None, SENTENCES["fr"], "fr", None),
        ("fr", "AFP", "fr", None),
        ("fr-CH", SENTENCES["fr"], "fr", None),
        ("eng", SENTENCES["en"], "en", None),
        ("en", SENTENCES["fr"], "en", "the language is told to be en, but seems to be fr"),
        ("de", SENTENCES["de"], "de", "the language is de; kg reads en and fr"),
        (None, SENTENCES["es"], "es", "the language is es, as it seems; kg reads en and fr"),
        (None, "AFP", None, "the language is neither told nor certain; kg reads en and fr"),
    ],
)
def test_the_language_is_told_or_found_and_a_doubt_is_said(
    write: Write, told: str | None, text: str, language: str | None, note: str | None
) -> None:
    report = read_one(write("a.md", f"---\nlanguage: {told or ''}\n---\n{text}"))
    assert report.language == language
    assert report.notes == ((note,) if note else ())
