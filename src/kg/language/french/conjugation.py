"""Verb forms by principal parts: ``conjugations.tsv``, ``verbs.tsv`` and ``endings.tsv`` of a language.

A model gives, for the stem that is left when the infinitive loses its ending, the present, the stems of the other simple
tenses, and the participles; what follows from them by rule (-ais, -rai, -asse …) is generated. The formats stand in the
heads of the files.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from kg.analysis import Morphology
from kg.language.readings import morphology
from kg.language.tables import read_table, table_error

_PERSONS: Final = tuple((person, number) for number in ("Sing", "Plur") for person in "123")
_IMPERFECT: Final = ("ais", "ais", "ait", "ions", "iez", "aient")
_FUTURE: Final = ("ai", "as", "a", "ons", "ez", "ont")
_SUBJUNCTIVE: Final = ("e", "es", "e", "ions", "iez", "ent")
_PAST: Final = {
    "a": ("ai", "as", "a", "âmes", "âtes", "èrent"),
    "i": ("is", "is", "it", "îmes", "îtes", "irent"),
    "u": ("us", "us", "ut", "ûmes", "ûtes", "urent"),
    "in": ("ins", "ins", "int", "înmes", "întes", "inrent"),
}
_PAST_SUBJUNCTIVE: Final = {
    "a": ("asse", "asses", "ât", "assions", "assiez", "assent"),
    "i": ("isse", "isses", "ît", "issions", "issiez", "issent"),
    "u": ("usse", "usses", "ût", "ussions", "ussiez", "ussent"),
    "in": ("insse", "insses", "înt", "inssions", "inssiez", "inssent"),
}
_AUXILIARIES: Final = ("avoir", "être", "both")
_COLUMNS: Final = (
    "model", "strip", "present", "imperfect", "future", "past", "subjunctive", "participle", "particular",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Model:
    """A line of ``conjugations.tsv``, split."""

    strip: re.Pattern[str]
    parts: dict[str, str]
    particular: dict[str, str]


class Conjugation:
    """The verbs of a language whose tables lie in `folder`.

    Raises:
        DataError: a table is wrong; says where.
    """

    def __init__(self, folder: Path) -> None:
        self._models = dict(_read_models(folder / "conjugations.tsv"))
        self._verbs: dict[str, tuple[str, str]] = {}
        self._endings: list[tuple[str, str]] = []
        for place, (infinitive, model, auxiliary) in read_table(
            folder / "verbs.tsv", ("infinitive", "model", "auxiliary")
        ):
            self._known(model or "er", place)
            if auxiliary and auxiliary not in _AUXILIARIES:
                raise table_error(f"the auxiliary is one of {', '.join(_AUXILIARIES)}", place)
            self._verbs[infinitive] = (model, auxiliary or "avoir")
        for place, (ending, model) in read_table(folder / "endings.tsv", ("ending", "model")):
            self._endings.append((ending, self._known(model, place)))
        for infinitive in self._verbs:
            if not self.forms(infinitive):
                raise table_error(f"no model conjugates {infinitive}", str(folder / "verbs.tsv"))

    def _known(self, model: str, place: str) -> str:
        if model not in self._models:
            raise table_error(f"unknown model {model!r}", place)
        return model

    @property
    def listed(self) -> tuple[str, ...]:
        """The infinitives of ``verbs.tsv``."""
        return tuple(self._verbs)

    def is_listed(self, infinitive: str) -> bool:
        """Tell whether ``verbs.tsv`` has the verb."""
        return infinitive in self._verbs

    def auxiliary(self, infinitive: str) -> str:
        """Return what forms the past tenses of a verb: ``avoir``, ``être`` or ``both``."""
        return self._verbs.get(infinitive, ("", "avoir"))[1]

    @lru_cache(maxsize=8192)  # noqa: B019 - one object per language lives as long as the program
    def forms(self, infinitive: str) -> dict[str, tuple[Morphology, ...]]:
        """Return every simple form of a verb with what it can be, or nothing where no model fits."""
        name = self._verbs.get(infinitive, ("", ""))[0] or next(
            (model for ending, model in self._endings if infinitive.endswith(ending)), ""
        )
        model = self._models.get(name)
        match = model.strip.search(infinitive) if model else None
        if model is None or match is None:
            return {}
        found: dict[str, list[Morphology]] = {}
        stem, group = infinitive[: match.start()], match[1] if match.re.groups else ""
        for ending, features in _endings(model):
            form = stem + ending.replace("*", group)
            entry = found.setdefault(form, [])
            if features not in entry:
                entry.append(features)
        found.setdefault(infinitive, []).append(morphology("VerbForm=Inf"))
        return {form: tuple(features) for form, features in found.items()}


def _read_models(path: Path) -> Iterator[tuple[str, _Model]]:
    for place, cells in read_table(path, _COLUMNS):
        row = dict(zip(_COLUMNS, cells, strict=True))
        try:
            strip = re.compile(f"(?:{row['strip']})$")
        except re.error as error:
            raise table_error(f"strip is no regular expression: {error}", place) from error
        particular = dict(part.split("=", 1) for part in row["particular"].split())
        past = row["past"].rpartition(":")[2]
        if (
            len(row["present"].split()) != len(_PERSONS)
            or past not in (*_PAST, "-")
            or set(particular) - {"part", "imp"}
        ):
            raise table_error("six forms of the present, a past with its vowel, part= and imp= are wanted", place)
        yield row["model"], _Model(strip, row, particular)


def _endings(model: _Model) -> Iterator[tuple[str, Morphology]]:
    """Yield the endings of a model with what they mean, the indicative first."""
    parts = model.parts
    present = parts["present"].split()
    yield from _tense("Ind|Tense=Pres", present)
    imperfect = _two(parts["imperfect"])
    yield from _tense("Ind|Tense=Imp", _joined(imperfect, _IMPERFECT))
    for stem in parts["future"].split("/"):
        yield from _tense("Ind|Tense=Fut", [stem + ending for ending in _FUTURE])
        yield from _tense("Cnd|Tense=Pres", [stem + ending for ending in _IMPERFECT])
    subjunctive = parts["subjunctive"].split()
    forms = subjunctive if len(subjunctive) == len(_PERSONS) else _joined(_two(parts["subjunctive"]), _SUBJUNCTIVE)
    yield from _tense("Sub|Tense=Pres", forms)
    yield from _pasts(parts["past"])
    yield from _participles(parts["participle"].split())
    yield model.particular.get("part", imperfect[0] + "ant"), morphology("Tense=Pres|VerbForm=Part")
    yield from _imperatives(model, present)


def _pasts(cell: str) -> Iterator[tuple[str, Morphology]]:
    stems, _, vowel = cell.rpartition(":")
    if vowel == "-":
        return
    first, _, second = stems.partition(",")
    forms = [first + ending for ending in _PAST[vowel]]
    if second:
        forms[-1] = second + _PAST[vowel][-1]
    yield from _tense("Ind|Tense=Past", forms)
    yield from _tense("Sub|Tense=Past", [first + ending for ending in _PAST_SUBJUNCTIVE[vowel]])


def _participles(given: list[str]) -> Iterator[tuple[str, Morphology]]:
    masculine = given[0]
    plural = masculine if masculine.endswith("s") else masculine + "s"
    forms = given if len(given) > 1 else [masculine, masculine + "e", plural, masculine + "es"]
    for form, (gender, number) in zip(
        forms, (("Masc", "Sing"), ("Fem", "Sing"), ("Masc", "Plur"), ("Fem", "Plur")), strict=True
    ):
        yield form, morphology(f"Gender={gender}|Number={number}|Tense=Past|VerbForm=Part")


def _imperatives(model: _Model, present: list[str]) -> Iterator[tuple[str, Morphology]]:
    given = model.particular["imp"].split(",") if "imp" in model.particular else [present[1], present[3], present[4]]
    if "imp" not in model.particular and given[0].endswith("es"):
        given[0] = given[0][:-1]
    for forms, (person, number) in zip(given, (("2", "Sing"), ("1", "Plur"), ("2", "Plur")), strict=True):
        for form in forms.split("/"):
            if form != "-":
                yield form, morphology(f"Mood=Imp|Number={number}|Person={person}|Tense=Pres|VerbForm=Fin")


def _tense(name: str, forms: list[str]) -> Iterator[tuple[str, Morphology]]:
    for alternatives, (person, number) in zip(forms, _PERSONS, strict=True):
        for form in alternatives.split("/"):
            if form != "-":
                yield form, morphology(f"Mood={name}|Number={number}|Person={person}|VerbForm=Fin")


def _two(cell: str) -> tuple[str, str]:
    """Return the two stems of a cell; one stem serves twice, an empty cell is the bare stem."""
    first, _, second = cell.partition(" ")
    return first, second or first


def _joined(stems: tuple[str, str], endings: tuple[str, ...]) -> list[str]:
    """Join endings to the first stem, those of nous and vous to the second."""
    return [stems[place in (3, 4)] + ending for place, ending in enumerate(endings)]
