"""The nouns that descriptions of parties, people and places are made of, and the small words around them, per language."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final, Literal, TypeAlias, cast

from kg.errors import WorldError
from kg.extraction.atoms import CAPITALS, INITIAL, LOWER, OTHER, Atoms, atom_key, label_keys
from kg.extraction.mentions import Gender, Number
from kg.extraction.tables import LANGUAGES, Row, read_table
from kg.extraction.trie import Trie
from kg.vocab import EntityType

Category: TypeAlias = Literal["post", "body", "people", "place", "organization", "portfolio", "adjective", "echo"]

_WORD_KINDS: Final = (
    "definite", "indefinite", "partitive", "of", "of_plain", "possessive", "demonstrative", "locative", "locative_strict",
    "and", "relative", "particle", "noble", "direction", "between", "opens", "calendar", "no_name", "former",
    "approximate", "collective", "by", "settles", "addresses", "takes_article_first", "takes_article_last",
    "impersonal", "same", "both",
)  # fmt: skip


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


@dataclass(frozen=True, slots=True)
class Pronoun:
    """A pronoun or possessive: `use` is subject, object, possessive, stressed, near or speaker; `gender` may be neuter."""

    number: Number
    gender: str
    use: str


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of one language.

    `words` are the small words by kind, each a sequence of keys joined by blanks; `longest` is how many keys the longest
    of a kind has. `forenames` gives the gender of given names, where it is known.
    """

    language: str
    nouns: Trie[Noun]
    words: dict[str, frozenset[str]]
    longest: dict[str, int]
    pronouns: dict[str, tuple[Pronoun, ...]]
    forenames: dict[str, str]
    saying: frozenset[str]

    def nouns_at(self, atoms: Atoms, start: int) -> list[tuple[int, Noun]]:
        """Return the nouns that begin at an atom, the longest first, each with where it ends (end excluded)."""
        found = [
            (end, noun)
            for end, nouns in self.nouns.matches(atoms.keys, start)
            for noun in nouns
            if _is_written(noun.case, atoms.cases[start])
            and (end > start + 1 or self.language == "en" or _has_accents(noun.form, atoms, start))
        ]
        return sorted(found, key=lambda pair: (-pair[0], not pair[1].case))

    def ends(self, kind: str, keys: list[str], last: int) -> int:
        """Return how many atoms before `last` (excluded) are a word of this kind: the longest, or none."""
        for count in range(min(self.longest[kind], last), 0, -1):
            if " ".join(keys[last - count : last]) in self.words[kind]:
                return count
        return 0


def _is_written(wanted: int, written: int) -> bool:
    if wanted in (LOWER, OTHER):
        return True
    return written == CAPITALS if wanted == CAPITALS else written in (INITIAL, CAPITALS)


def _has_accents(form: str, atoms: Atoms, index: int) -> bool:
    """Tell whether a word has the accents of a form: ``côté`` is no ``côte``, but ``ETAT`` and ``Etat`` are ``État``."""
    word = atoms.text(index, index + 1)
    if atoms.cases[index] == CAPITALS or word.casefold() == form:
        return True
    return word[:1].isupper() and word.casefold()[1:] == form[1:]


@lru_cache(maxsize=4)
def load_lexicon(language: str) -> Lexicon:
    """Read the tables of a language; once.

    Raises:
        UsageError: the language is not one that the extractor reads.
        WorldError: a table is missing or wrong.
    """
    nouns: Trie[Noun] = Trie()
    for form, noun in _nouns(language):
        for keys, cases in label_keys(form):
            nouns.add(keys, replace(noun, form=form.casefold(), case=noun.case and cases[0]))
    words: dict[str, frozenset[str]] = dict.fromkeys(_WORD_KINDS, frozenset())
    for row in read_table(language, "words"):
        words[row["kind"]] |= frozenset(" ".join(keys) for form in row.forms("forms") for keys, _ in label_keys(form))
    pronouns: dict[str, list[Pronoun]] = {}
    for row in read_table(language, "pronouns"):
        for form in row.forms("forms"):
            keys = " ".join(next(iter(label_keys(form)))[0])
            pronouns.setdefault(keys, []).append(Pronoun(cast(Number, row["number"]), row["gender"], row["use"]))
    forenames: dict[str, str] = {}
    for other in LANGUAGES:
        for row in read_table(other, "forenames"):
            forenames.update((atom_key(form), row["gender"]) for form in row.forms("forms"))
    return Lexicon(
        language,
        nouns,
        words,
        {kind: max((form.count(" ") + 1 for form in forms), default=0) for kind, forms in words.items()},
        {key: tuple(values) for key, values in pronouns.items()},
        forenames,
        frozenset(form for row in read_table(language, "saying") for form in row.forms("lemmas")),
    )


def _nouns(language: str) -> Iterator[tuple[str, Noun]]:
    is_french = language == "fr"
    for row in read_table(language, "posts"):
        for column, number in (("singular", "Sing"), ("feminine", "Sing"), ("plural", "Plur")):
            gender: Gender | None = None if number == "Plur" else "Fem" if column == "feminine" else "Masc"
            for form in row.forms(column):
                is_capital = form[0].isupper() and not form.endswith(".") and row["scope"] != "honorific"
                yield form, Noun(
                    "post", _first(row), row["english"], number=cast(Number, number), gender=gender,
                    sense=row["scope"], type="Person", case=INITIAL if is_capital else LOWER,
                )  # fmt: skip
    for row in read_table(language, "people"):
        for column, number in (("singular", "Sing"), ("feminine", "Sing"), ("plural", "Plur")):
            gender = None if number == "Plur" or not is_french else "Fem" if column == "feminine" else "Masc"
            for form in row.forms(column):
                yield (
                    form,
                    Noun(
                        "people",
                        _first(row),
                        row["english"],
                        row["english_plural"],
                        cast(Number, number),
                        gender,
                        row["class"],
                    ),
                )
    for row in read_table(language, "bodies"):
        for form in row.forms("forms"):
            yield form, Noun(
                "body", _first(row), row["english"], "", cast(Number, row["number"]), _gender(row), row["style"],
                cast(EntityType, row["type"]), is_bare=row["bare"] == "yes",
            )  # fmt: skip
    for row in read_table(language, "places"):
        for form in row.forms("forms"):
            yield form, Noun(
                "place", _first(row), row["english"], "", "Plur" if form.endswith(("s", "x")) else "Sing", _gender(row),
                row["style"], "Place", row["refers"],
            )  # fmt: skip
    for row in read_table(language, "organizations"):
        for form in row.forms("forms"):
            yield form, Noun(
                "organization", _first(row), row["english"], "", cast(Number, row["number"]), _gender(row), "",
                cast(EntityType, row["type"]), is_bare=row["proper"] == "yes",
                case=INITIAL if form[0].isupper() and not form.isupper() else LOWER,
            )  # fmt: skip
    for row in read_table(language, "echoes"):
        for form in row.forms("forms"):
            yield (
                form,
                Noun(
                    "echo",
                    _first(row),
                    row["english"],
                    "",
                    cast(Number, row["number"]),
                    _gender(row),
                    "",
                    "State",
                    row["refers"],
                ),
            )
    for row in read_table(language, "portfolios"):
        for form in row.forms("forms"):
            yield form, Noun("portfolio", _first(row), row["ministry"], row["minister"])
    for row in read_table(language, "adjectives"):
        for form in row.forms("forms"):
            yield form, Noun("adjective", _first(row), row["english"])


def _first(row: Row) -> str:
    for column in ("forms", "singular", "feminine", "plural"):
        if column in row.fields and row.forms(column):
            return row.forms(column)[0]
    raise WorldError("a line without a word", where=row.where)


def _gender(row: Row) -> Gender | None:
    return cast(Gender, row["gender"]) if row["gender"] in ("Masc", "Fem") else None
