"""The nouns that descriptions of parties, people and places are made of, and the small words around them, per language."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final, cast

from kg.extraction.grammar.trie import Trie
from kg.extraction.mentions import Number
from kg.extraction.names.atoms import CAPITALS, INITIAL, LOWER, OTHER, Atoms, atom_key, label_keys
from kg.extraction.names.nouns import Noun, read_nouns
from kg.extraction.tables import LANGUAGES, read_table, remembered

_WORD_KINDS: Final = (
    "definite", "indefinite", "partitive", "of", "of_plain", "possessive", "demonstrative", "locative", "locative_strict",
    "and", "relative", "particle", "noble", "direction", "between", "opens", "calendar", "no_name", "former",
    "approximate", "collective", "by", "settles", "addresses", "takes_article_first", "takes_article_last",
    "impersonal", "same", "both", "some", "around", "joined", "article", "calendar_short", "most",
    "appoints", "becomes", "heads", "serving", "as_office", "at_head", "one_of", "of_latter", "subnational", "charge", "then",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Pronoun:
    """A pronoun or possessive: `use` is subject, object, possessive, stressed, near or speaker; `gender` may be neuter."""

    number: Number
    gender: str
    use: str


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of one language.

    `openers` are the first keys of the pronouns, each with how many keys one that begins with it has, the most first.
    `words` are the small words by kind, each a sequence of keys joined by blanks; `longest` is how many keys the longest
    of a kind has. `forenames` gives the gender of given names, where it is known, `directions` the English adjective for a part of a
    country.
    """

    language: str
    nouns: Trie[Noun]
    words: dict[str, frozenset[str]]
    longest: dict[str, int]
    pronouns: dict[str, tuple[Pronoun, ...]]
    openers: dict[str, tuple[int, ...]]
    forenames: dict[str, str]
    directions: dict[str, str]
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
        return sorted(found, key=lambda pair: (-pair[0], pair[1].category not in ("post", "body") and not pair[1].case))

    def begins(self, kind: str, keys: list[str], first: int) -> int:
        """Return how many atoms from `first` are a word of this kind: the longest, or none."""
        for count in range(self.longest[kind], 0, -1):
            if " ".join(keys[first : first + count]) in self.words[kind]:
                return count
        return 0

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


@remembered
def load_lexicon(language: str) -> Lexicon:
    """Read the tables of a language; once.

    Raises:
        UsageError: the language is not one that the extractor reads.
        WorldError: a table cannot be read.
        DataError: a table is wrong, with file and line.
    """
    nouns: Trie[Noun] = Trie()
    for form, noun in read_nouns(language):
        for keys, cases in label_keys(form):
            nouns.add(keys, replace(noun, form=form.casefold(), case=noun.case and cases[0]))
    words: dict[str, frozenset[str]] = dict.fromkeys(_WORD_KINDS, frozenset())
    for row in read_table(language, "words"):
        words[row["kind"]] |= frozenset(" ".join(keys) for form in row.forms("forms") for keys, _ in label_keys(form))
    pronouns: dict[str, list[Pronoun]] = {}
    for row in read_table(language, "pronouns"):
        for form in row.forms("forms"):
            key = " ".join(next(iter(label_keys(form)))[0])
            pronouns.setdefault(key, []).append(Pronoun(cast(Number, row["number"]), row["gender"], row["use"]))
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
        _openers(pronouns),
        forenames,
        _directions(language),
        frozenset(form for row in read_table(language, "saying") for form in row.forms("lemmas")),
    )


def _openers(pronouns: Iterable[str]) -> dict[str, tuple[int, ...]]:
    counts: dict[str, set[int]] = {}
    for key in pronouns:
        counts.setdefault(key.partition(" ")[0], set()).add(key.count(" ") + 1)
    return {first: tuple(sorted(found, reverse=True)) for first, found in counts.items()}


def _directions(language: str) -> dict[str, str]:
    """The words for parts of a country, by key."""
    rows = read_table(language, "directions")
    return {
        " ".join(keys): row["english"] for row in rows for form in row.forms("forms") for keys, _ in label_keys(form)
    }
