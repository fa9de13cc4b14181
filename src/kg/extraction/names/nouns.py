"""The nouns that descriptions of parties, people and places are made of, from the tables of a language."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias, cast

from kg.extraction.mentions import Gender, Number
from kg.extraction.names.atoms import INITIAL, LOWER
from kg.extraction.tables import Row, read_table, row_error
from kg.vocab import EntityType

Category: TypeAlias = Literal["post", "body", "people", "place", "organization", "portfolio", "adjective", "echo"]


@dataclass(frozen=True, slots=True)
class Noun:
    """A noun of the lexicon in one of its forms.

    Attributes:
        category: the table that it is from.
        lemma: the first form of its line, which stands for all of them.
        english: the English word, of a portfolio that of its ministry.
        plural: the English plural, of a portfolio the word before "minister".
        number: that of the form.
        gender: that of the form, where the language has one.
        sense: the scope of a post, the class of people, the style of a body's or a place's name.
        type: what kind of entity it means.
        refers: of a place, the kind of what it refers back to alone.
        is_bare: of a body, whether it means one without an owner; of an organization, whether it makes names.
        case: how the form is written, where that matters.
    """

    category: Category
    lemma: str
    english: str
    plural: str = ""
    number: Number = "Sing"
    gender: Gender | None = None
    sense: str = ""
    type: EntityType = "Group"
    refers: str = ""
    is_bare: bool = False
    case: int = LOWER
    form: str = ""


_COLUMNS: Final[tuple[tuple[str, Number], ...]] = (("singular", "Sing"), ("feminine", "Sing"), ("plural", "Plur"))


def read_nouns(language: str) -> Iterator[tuple[str, Noun]]:
    """Yield each form of the tables with its noun; where two are alike, those of offices come first, then bodies, people.

    Raises:
        UsageError: the language is not one that the extractor reads.
        WorldError: a table cannot be read.
        DataError: a table is wrong, with file and line.
    """
    yield from _posts(language)
    yield from _bodies(language)
    yield from _people(language)
    yield from _organizations(language)
    yield from _echoes(language)
    yield from _places(language)
    yield from _others(language)


def _posts(language: str) -> Iterator[tuple[str, Noun]]:
    for row in read_table(language, "posts"):
        for column, number in _COLUMNS:
            pair = "Masc" if row.forms("feminine") and row["feminine"] != row["singular"] else None
            gender = cast(Gender | None, None if number == "Plur" else "Fem" if column == "feminine" else pair)
            for form in row.forms(column):
                gender = None if form.endswith("person") else gender
                is_name = form[0].isupper() and not form.endswith(".") and row["scope"] != "honorific"
                yield form, Noun(
                    "post", _lemma(row), row["english"], number=number, gender=gender, sense=row["scope"], type="Person",
                    case=INITIAL if is_name else LOWER,
                )  # fmt: skip


def _people(language: str) -> Iterator[tuple[str, Noun]]:
    for row in read_table(language, "people"):
        for column, number in _COLUMNS:
            gender: Gender | None = "Fem" if column == "feminine" else "Masc"
            if number == "Plur" or language == "en":
                gender = None
            for form in row.forms(column):
                yield (
                    form,
                    Noun("people", _lemma(row), row["english"], row["english_plural"], number, gender, row["class"]),
                )


def _bodies(language: str) -> Iterator[tuple[str, Noun]]:
    for row in read_table(language, "bodies"):
        for form in row.forms("forms"):
            yield form, Noun(
                "body", _lemma(row), row["english"], number=cast(Number, row["number"]), gender=_gender(row),
                sense=row["style"], type=cast(EntityType, row["type"]), is_bare=row["bare"] == "yes",
            )  # fmt: skip


def _organizations(language: str) -> Iterator[tuple[str, Noun]]:
    for row in read_table(language, "organizations"):
        for form in row.forms("forms"):
            yield form, Noun(
                "organization", _lemma(row), row["english"], number=cast(Number, row["number"]), gender=_gender(row),
                type=cast(EntityType, row["type"]), is_bare=row["proper"] == "yes",
                case=INITIAL if form[0].isupper() and not form.isupper() else LOWER,
            )  # fmt: skip


def _places(language: str) -> Iterator[tuple[str, Noun]]:
    rows = read_table(language, "places")
    forms = {form for row in rows for form in row.forms("forms")}
    for row in rows:
        for form in row.forms("forms"):
            yield form, Noun(
                "place", _lemma(row), row["english"], number="Plur" if _is_plural(form, forms) else "Sing",
                gender=_gender(row), sense=row["style"], type="Place", refers=row["refers"],
            )  # fmt: skip


def _is_plural(form: str, forms: set[str]) -> bool:
    """Tell whether a form is the plural of another one of the table."""
    singulars = {form[:-1], form[:-2] + "l", form[:-3] + "y"} if form.endswith(("s", "x")) else set()
    return bool(singulars & forms)


def _echoes(language: str) -> Iterator[tuple[str, Noun]]:
    for row in read_table(language, "echoes"):
        for form in row.forms("forms"):
            yield form, Noun(
                "echo", _lemma(row), row["english"], number=cast(Number, row["number"]), gender=_gender(row), type="State",
                refers=row["refers"],
            )  # fmt: skip


def _others(language: str) -> Iterator[tuple[str, Noun]]:
    for row in read_table(language, "portfolios"):
        for form in row.forms("forms"):
            yield form, Noun("portfolio", _lemma(row), row["ministry"], row["minister"])
    for row in read_table(language, "adjectives"):
        for form in row.forms("forms"):
            yield form, Noun("adjective", _lemma(row), row["english"])


def _lemma(row: Row) -> str:
    for column in ("forms", "singular", "feminine", "plural"):
        if column in row.fields and row.forms(column):
            return row.forms(column)[0]
    raise row_error(row, "a line without a word")


def _gender(row: Row) -> Gender | None:
    return cast(Gender, row["gender"]) if row["gender"] in ("Masc", "Fem") else None
