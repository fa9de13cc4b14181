"""What a French word of the open classes can be, by its form."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import Final

from kg.analysis import Morphology, WordClass
from kg.language.french.conjugation import Conjugation
from kg.language.lemmas import lemma_finder
from kg.language.readings import Reading, morphology, reading

_Classes = Callable[[str], tuple[WordClass, ...]]

_ADJECTIVE_ENDINGS: Final = (
    "ique", "ien", "ienne", "éen", "éenne", "ais", "aise", "ois", "oise", "ain", "aine", "al", "ale", "aux", "el", "elle",
    "eux", "euse", "if", "ive", "ible", "able", "aire", "esque", "phile", "phobe", "cide", "uple", "ième",
)  # fmt: skip
_NOUN_ENDINGS: Final = (
    "tion", "sion", "xion", "ment", "age", "eur", "teur", "trice", "euse", "ité", "isme", "iste", "ance", "ence", "ture",
    "erie", "ade", "esse", "ette", "logie", "graphie", "isation", "aire", "ier", "ière",
)  # fmt: skip
# how feminines and plurals of adjectives end, and their masculine singular
_FEMININE: Final = (
    *((ending + plural, masculine) for plural in ("", "s") for ending, masculine in (
        ("elle", "eau"), ("ieille", "ieux"), ("euse", "eux"), ("ive", "if"), ("ère", "er"), ("ète", "et"), ("che", "c"),
        ("que", "c"), ("gue", "g"), ("aîche", "ais"), ("èche", "ec"), ("ève", "ef"), ("uce", "ux"), ("usse", "ux"),
        ("sse", "s"), ("tte", "t"), ("nne", "n"), ("lle", "l"), ("e", ""),
    )),
    ("aux", "al"), ("eaux", "eau"), ("s", ""),
)  # fmt: skip
_FIRST_GROUP: Final = frozenset(
    "e es ent ons ez ais ait ions iez aient ai as a âmes âtes èrent erai eras era erons erez eront erais erait erions eriez "
    "eraient asse assent ât é ée és ées ant er".split()
)
_SECOND_GROUP: Final = frozenset(
    "is it issons issez issent issais issait issions issiez issaient irai iras ira irons irez iront irais irait irions iriez "
    "iraient îmes îtes irent isse issent ît i ie ies issant ir".split()
)
_LONGEST_ENDING: Final = 8


class FrenchMorphology:
    """The open classes of French; its tables lie in `folder`.

    Raises:
        DataError: a table is wrong; says where.
    """

    def __init__(self, folder: Path) -> None:
        self.conjugation = Conjugation(folder)
        self._of_listed: dict[str, list[str]] = {}
        for infinitive in self.conjugation.listed:
            for form in self.conjugation.forms(infinitive):
                self._of_listed.setdefault(form, []).append(infinitive)

    @cached_property
    def _lemma(self) -> Callable[[str], str | None]:
        return lemma_finder("fr")

    def __call__(self, form: str, classes: _Classes) -> list[Reading]:
        """Return what a word can be; see `kg.language.lexicon.OpenClasses`."""
        lemma = self._nominal_lemma(form, classes)
        listed = classes(lemma) or classes(form)
        verbs = [
            found
            for infinitive in self._infinitives(form)
            for found in _verb_readings(infinitive, self.conjugation.forms(infinitive)[form])
        ]
        if listed:
            if "VERB" not in listed and form in (lemma, lemma + "s", lemma + "x"):
                verbs = [v for v in verbs if v.features.verb_form != "Fin" or self.conjugation.is_listed(v.lemma)]
            return [*_nominal_readings(form, lemma, listed), *verbs]
        if any(found.word_class == "AUX" for found in verbs):
            return verbs
        if verbs:
            known = self._lemma(form)
            is_nominal = known is not None and not self._is_infinitive(known) and verbs[0].features.verb_form == "Fin"
            is_nominal = is_nominal and not _is_participle(verbs)
            guessed = self._guess(form, lemma, classes) if is_nominal else []
            if any(v.features.verb_form == "Fin" for v in verbs):
                return [*guessed, *verbs]
            return [*verbs, *self._of_participle(form, lemma, verbs[0])]
        return self._guess(form, lemma, classes)

    def is_known(self, form: str) -> bool:
        """Tell whether a word, in small letters, is a word of the language and not only guessed to be one."""
        return self._lemma(form) is not None or form in self._of_listed

    def _of_participle(self, form: str, lemma: str, verb: Reading) -> list[Reading]:
        """Return what an unlisted participle can be beside a verb; an infinitive can be nothing else."""
        if verb.features.verb_form != "Part":
            return []
        agreement = _agreement(form, lemma)
        adjective = [reading("ADJ", lemma, agreement)] if verb.features.tense == "Pres" else []
        return [*adjective, reading("NOUN", lemma, agreement)]

    # ----------------------------------------------------------------------- verbs

    def _infinitives(self, form: str) -> list[str]:
        """Return the verbs of which `form` is a form: those that are listed, and those that simplemma knows."""
        found = list(self._of_listed.get(form, ()))
        for candidate in self._candidates(form):
            if candidate not in found and self._is_infinitive(candidate) and form in self.conjugation.forms(candidate):
                found.append(candidate)
        return found

    def _candidates(self, form: str) -> list[str]:
        known = self._lemma(form)
        found = [known] if known else []
        for length in range(1, min(_LONGEST_ENDING, len(form) - 1) + 1):
            stem, ending = form[:-length], form[-length:]
            if ending in _FIRST_GROUP:
                found.append(stem + "er")
                if "è" in stem[-4:]:
                    at = stem.rindex("è")
                    found += [stem[:at] + vowel + stem[at + 1 :] + "er" for vowel in "ée"]
            if ending in _SECOND_GROUP:
                found.append(stem + "ir")
        return found

    def _is_infinitive(self, word: str) -> bool:
        """Tell whether a word is the infinitive of a verb: it is listed, or simplemma has its imperfect."""
        if self.conjugation.is_listed(word):
            return True
        if not word.endswith(("er", "ir")) or self._lemma(word) != word:
            return False
        return any(
            self._lemma(form) == word
            for form, meanings in self.conjugation.forms(word).items()
            if any(m.verb_form == "Fin" for m in meanings)
        )

    # ----------------------------------------------------------------------- nouns, adjectives, adverbs

    def _nominal_lemma(self, form: str, classes: _Classes) -> str:
        """Return the masculine singular that simplemma has, or that the endings suggest."""
        if classes(form):
            return form
        known = self._lemma(form)
        for feminine, masculine in _FEMININE:
            if form.endswith(feminine):
                candidate = form.removesuffix(feminine) + masculine
                if "ADJ" in classes(candidate):
                    return candidate
        if known and not (known != form and self._is_infinitive(known)):
            return known
        singular = form.removesuffix("s") if len(form) > 3 else form
        for candidate in (singular, singular.removesuffix("e"), singular.removesuffix("ne")):
            if classes(candidate) or self._lemma(candidate) == candidate:
                return candidate
        if singular.endswith(("aise", "oise", "ienne", "éenne", "aine")):
            return singular.removesuffix("ne") if singular.endswith("nne") else singular.removesuffix("e")
        return singular

    def _guess(self, form: str, lemma: str, classes: _Classes) -> list[Reading]:
        """Guess the classes of a word that is not listed by its ending."""
        if form.endswith("ment") and self._is_adverb(form, classes):
            return [reading("ADV", form, Morphology())]
        if "-" in form:
            last = form.rpartition("-")[2]
            listed = classes(self._nominal_lemma(last, classes))
            if listed and len(last) > 2:
                return _nominal_readings(form, lemma, listed)
        if lemma.endswith(_ADJECTIVE_ENDINGS):
            return _nominal_readings(form, lemma, ("NOUN", "ADJ") if lemma.endswith(_NOUN_ENDINGS) else ("ADJ", "NOUN"))
        if self._lemma(form) is None and not form.isalpha() and "-" not in form:
            return []
        return _nominal_readings(form, lemma, ("NOUN",)) if form.isalpha() or "-" in form or "'" in form else []

    def _is_adverb(self, form: str, classes: _Classes) -> bool:
        """Tell adverbs in -ment from nouns: an adjective stands before it, and no verb gives the noun."""
        if form.endswith(("amment", "emment")):
            return len(form) > 7
        stem = form[:-4]
        adjective = self._nominal_lemma(stem, classes)
        if "ADJ" in classes(adjective) or "ADJ" in classes(stem) or "ADJ" in classes(stem.removesuffix("é") + "e"):
            return True
        acute = stem.replace("è", "é")
        if any(
            self._is_infinitive(verb)
            for verb in (stem[:-1] + "er", stem + "r", stem[:-1] + "ir", stem + "er", acute + "r")
        ):
            return False
        return self._lemma(stem) is not None and stem.endswith(("e", "i", "u", "é")) and len(stem) > 3


def _is_participle(verbs: list[Reading]) -> bool:
    return any(v.features.verb_form == "Part" and v.features.tense == "Past" for v in verbs)


def _verb_readings(infinitive: str, meanings: tuple[Morphology, ...]) -> list[Reading]:
    """Return the readings of a verb form: one finite, with its likeliest features, one for each other form."""
    word_class: WordClass = "AUX" if infinitive == "être" else "VERB"
    found: dict[str, Reading] = {}
    for features in sorted(meanings, key=_rarity):
        kind = features.verb_form + (features.tense if features.verb_form == "Part" else "")
        found.setdefault(kind, reading(word_class, infinitive, features))
    return sorted(found.values(), key=lambda r: _rarity(r.features) >= _RARE)


_RARE: Final = 17
"""From here on a meaning is rarer than a participle: je connus, tu pris."""


def _rarity(features: Morphology) -> int:
    """Rank the meanings of one form: third person, indicative and present first."""
    return (
        {"Ind": 0, "Cnd": 0, "Sub": 4, "Imp": 8}.get(features.mood, 0)
        + {"3": 0, "1": 1, "2": 2}.get(features.person, 0)
        + (16 if features.tense == "Past" and features.verb_form == "Fin" else 0)
    )


def _nominal_readings(form: str, lemma: str, classes: tuple[WordClass, ...]) -> list[Reading]:
    agreement = _agreement(form, lemma)
    return [reading(c, lemma, agreement if c in ("ADJ", "NOUN") else Morphology()) for c in classes if c != "VERB"]


def _agreement(form: str, lemma: str) -> Morphology:
    """Read number and gender off a form, where it differs from its lemma."""
    is_plural = form != lemma and form.endswith(("s", "x"))
    singular = form.removesuffix("s")
    is_feminine = singular != lemma and singular.endswith("e") and not lemma.endswith("e")
    number = "Plur" if is_plural else "" if form.endswith(("s", "x", "z")) else "Sing"
    return morphology(
        "|".join(filter(None, (f"Number={number}" if number else "", "Gender=Fem" if is_feminine else "")))
    )
