"""From a word to its readings.

First the closed classes (``closed.tsv``), which list all that a word can be; then figures, marks and symbols; then the open
classes, of which ``words.tsv`` gives what is known and the language's morphology guesses the rest; a capitalised word that
nothing knows is a name. All readings of a form are remembered.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final, Protocol, get_args

from kg.analysis import Morphology, WordClass
from kg.language.readings import CLASSES, Reading, morphology, reading
from kg.language.tables import read_table, table_error

_NOTHING: Final = Morphology()
_CARDINAL: Final = morphology("NumType=Card")
_ORDINAL: Final = morphology("NumType=Ord")
_REMEMBERED: Final = 200_000
"""A bound on memory: how many forms keep their readings."""


class OpenClasses(Protocol):
    """The morphology of a language: what a word of the open classes can be, by its form.

    `form` is in small letters, `classes` what ``words.tsv`` says of a lemma. An empty answer means that nothing is known.
    """

    def __call__(self, form: str, classes: Callable[[str], tuple[WordClass, ...]]) -> list[Reading]:
        """Return what a word can be, the likeliest first."""
        ...

    def is_known(self, form: str) -> bool:
        """Tell whether a word is a word of the language, and not only guessed to be one by its ending."""
        ...


class Lexicon:
    """The words of one language, whose tables lie in `folder`.

    Raises:
        DataError: a table is wrong; says where.
    """

    def __init__(self, folder: Path, open_classes: OpenClasses, ordinals: tuple[str, ...]) -> None:
        self._open_classes = open_classes
        self._ordinals = ordinals
        self._closed: dict[str, tuple[Reading, ...]] = {}
        for place, (form, word_class, lemma, features) in read_table(
            folder / "closed.tsv", ("form", "class", "lemma", "features")
        ):
            try:
                found = reading(_checked(word_class, place), lemma, morphology(features))
            except ValueError as error:
                raise table_error(str(error), place) from error
            self._closed[form] = (*self._closed.get(form, ()), found)
        self._classes: dict[str, tuple[WordClass, ...]] = {}
        for place, (lemma, classes) in read_table(folder / "words.tsv", ("lemma", "classes")):
            if lemma in self._classes:
                raise table_error(f"{lemma!r} stands here twice", place)
            self._classes[lemma] = tuple(_checked(name, place) for name in classes.split())
        self._known: dict[str, tuple[Reading, ...]] = {}

    def readings(self, form: str) -> tuple[Reading, ...]:
        """Return what a word can be, the likeliest first; `form` is as the text has it."""
        found = self._known.get(form)
        if found is None:
            found = self._find(form)
            if len(self._known) < _REMEMBERED:
                self._known[form] = found
        return found

    def is_closed(self, form: str) -> bool:
        """Tell whether a word, in small letters, belongs to the closed classes."""
        return form in self._closed

    def classes(self, lemma: str) -> tuple[WordClass, ...]:
        """Return the classes that ``words.tsv`` gives a lemma; none where it is not listed."""
        return self._classes.get(lemma, ())

    def _find(self, form: str) -> tuple[Reading, ...]:
        lower = form.lower()
        closed = self._closed.get(form) or self._closed.get(lower)
        if closed:
            return closed
        if not lower[0].isalpha():
            other = self._figure_or_mark(lower)
            if other:
                return other
        found = tuple(self._open_classes(lower, self.classes))
        if form != lower:
            name = reading("PROPN", form, _NOTHING)
            if form.isupper() and len(form) < 6 and len(form) > 1 and lower not in self._classes:
                return (name,)
            is_known = lower in self._classes or self._open_classes.is_known(lower) or _is_adverb(found)
            is_known = is_known or (bool(found) and "-" in form and form.rpartition("-")[2].islower())
            if found and is_known:
                return (*found, name)
            return (name, *(r for r in found if r.word_class not in ("NOUN", "ADJ")))
        return found or (reading("X" if not lower[0].isalpha() else "NOUN", lower, _NOTHING),)

    def _figure_or_mark(self, form: str) -> tuple[Reading, ...]:
        if form[0] in "@#" and len(form) > 1:
            return (reading("X" if form[0] == "#" else "PROPN", form, _NOTHING),)
        if form[0].isdigit():
            if form.endswith(self._ordinals) and form[:-3].isdigit() | form[:-2].isdigit() | form[:-1].isdigit():
                return (reading("ADJ", form, _ORDINAL),)
            hyphen = form.find("-")
            if hyphen > 0 and form[hyphen + 1 : hyphen + 2].isalpha():
                return (reading("ADJ", form, _NOTHING),)
            return (reading("NUM", form, _CARDINAL),)
        if form[0].isalnum() or (form[0] == "-" and form[1:2].isalnum()):
            return ()
        return (reading("PUNCT" if form[0] in _PUNCTUATION or len(form) > 1 else "SYM", form, _NOTHING),)


_PUNCTUATION: Final = frozenset(".,;:!?…\"'«»“”„‘’‹›()[]{}-–—/\\•*·_¿¡|")


def _checked(name: str, place: str) -> WordClass:
    if name not in CLASSES:
        raise table_error(f"unknown word class {name!r}, not one of {', '.join(get_args(WordClass))}", place)
    found: WordClass = name
    return found


def _is_adverb(found: tuple[Reading, ...]) -> bool:
    return bool(found) and found[0].word_class == "ADV"
