"""What an English word of the open classes can be, by its form."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property
from pathlib import Path
from typing import Final

from kg.analysis import Morphology, WordClass
from kg.language.lemmas import lemma_finder
from kg.language.readings import Reading, morphology, reading
from kg.language.tables import read_table, table_error

_Classes = Callable[[str], tuple[WordClass, ...]]

BASE: Final = morphology("VerbForm=Inf")
PRESENT: Final = morphology("Mood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin")
PAST: Final = morphology("Mood=Ind|Tense=Past|VerbForm=Fin")
PARTICIPLE: Final = morphology("Tense=Past|VerbForm=Part")
GERUND: Final = morphology("Tense=Pres|VerbForm=Part")
_SINGULAR: Final = morphology("Number=Sing")
_PLURAL: Final = morphology("Number=Plur")
_COMPARED: Final = {"er": morphology("Degree=Cmp"), "est": morphology("Degree=Sup")}
_NOTHING: Final = Morphology()
_POSITIVE: Final = morphology("Degree=Pos")
_ADJECTIVE_ENDINGS: Final = (
    "able", "ible", "al", "ful", "less", "ous", "ive", "ic", "ish", "ese", "ian", "ean", "ary", "ory", "ent", "ant", "like",
    "ern", "led", "based", "backed", "run", "held", "old", "long", "wide", "free", "style", "related",
)  # fmt: skip
_NOUN_ENDINGS: Final = (
    "tion", "sion", "ment", "ness", "ity", "ism", "ist", "ance", "ence", "ship", "hood", "er", "or", "age", "ure", "cy",
    "dom", "ant", "ent", "man", "men", "woman", "women", "logy",
)  # fmt: skip
_VERB_ENDINGS: Final = ("ize", "ise", "ify", "ate")
_VOWELS: Final = frozenset("aeiou")


class EnglishMorphology:
    """The open classes of English; its tables lie in `folder`.

    Raises:
        DataError: a table is wrong; says where.
    """

    def __init__(self, folder: Path) -> None:
        self._irregular: dict[str, list[tuple[str, Morphology]]] = {}
        self._doubled: dict[str, str] = {}
        self._strong: dict[str, tuple[bool, bool]] = {}
        for place, (base, past, participle, doubling) in read_table(
            folder / "verbs.tsv", ("base", "past", "participle", "doubling")
        ):
            if doubling not in ("", "yes", "both") or bool(past) != bool(participle):
                raise table_error("doubling is yes, both or _; past and participle are given both or not at all", place)
            if doubling:
                self._doubled[base] = doubling
            if past:
                self._strong[base] = (True, True)
                for forms, features in ((past, PAST), (participle, PARTICIPLE)):
                    for form in forms.split("/"):
                        self._irregular.setdefault(form, []).append((base, features))

    @cached_property
    def _lemma(self) -> Callable[[str], str | None]:
        return lemma_finder("en")

    def is_known(self, form: str) -> bool:
        """Tell whether a word, in small letters, is a word of the language and not only guessed to be one."""
        return self._lemma(form) is not None or form in self._irregular

    def __call__(self, form: str, classes: _Classes) -> list[Reading]:
        """Return what a word can be; see `kg.language.lexicon.OpenClasses`."""
        verbs = [reading("VERB", base, features) for base, features in self._verbs(form, classes)]
        noun = self._noun(form, classes)
        compared = None if classes(form) else self._compared(form, classes)
        if compared:
            return [compared, *verbs]
        listed = classes(form) or classes(noun)
        if listed:
            return self._listed(form, listed, verbs, noun)
        is_negative = form.startswith("un") and form.endswith(("ing", "ed"))  # "unarmed", but "unveiled"
        if verbs and not (is_negative and not any("VERB" in classes(verb.lemma) for verb in verbs)):
            return self._verbal(form, verbs, classes)
        return self._guess(form, noun, classes)

    # ----------------------------------------------------------------------- verbs

    def _verbs(self, form: str, classes: _Classes) -> Iterator[tuple[str, Morphology]]:
        """Yield the verbs of which `form` is a form, and which."""
        irregular = self._irregular.get(form, [])
        yield from irregular
        if self._is_verb(form, classes) and not any(f == form and features == BASE for f, features in irregular):
            yield form, BASE
        for base in self._bases(form, "s"):
            if self._is_verb(base, classes):
                yield base, PRESENT
        for base in self._bases(form, "ing"):
            if self._is_verb(base, classes) or self._has_forms(base):
                yield base, GERUND
                return
        for base in self._bases(form, "ed"):
            if base not in self._strong and (self._is_verb(base, classes) or self._has_forms(base)):
                yield base, PAST
                yield base, PARTICIPLE
                return

    def _bases(self, form: str, ending: str) -> list[str]:
        """Return the bases to which an ending may have been added, with the changes of spelling that it brings."""
        if not form.endswith(ending) or len(form) < len(ending) + 2:
            return []
        stem = form[: -len(ending)]
        if ending == "s":
            if form.endswith("ies") and len(form) > 4:
                return [form[:-3] + "y", form[:-1]]
            if form.endswith(("ses", "xes", "zes", "ches", "shes", "oes")):
                return [form[:-2], form[:-1]]
            return [] if form.endswith(("ss", "us", "is")) else [stem]
        found = []
        if len(stem) > 2 and stem[-1] == stem[-2] and stem[:-1] in self._doubled:
            found.append(stem[:-1])
        if ending == "ed" and stem.endswith("i"):
            found.append(stem[:-1] + "y")
        if ending == "ing" and stem.endswith("y") and len(stem) < 4:
            found.append(stem[:-1] + "ie")
        elif len(stem) > 4 and stem[-1] == stem[-2] and self._has_forms(stem[:-1]):
            found.append(stem[:-1])
        if self._doubled.get(stem) == "yes":
            return [*found, stem + "e"]
        return [*found, *([stem + "e", stem] if _wants_e(stem) else [stem, stem + "e"])]

    def _is_verb(self, base: str, classes: _Classes) -> bool:
        listed = classes(base)
        if listed:
            return "VERB" in listed
        if base in self._strong or base in self._doubled:
            return True
        return self._has_forms(base)

    def _has_forms(self, base: str) -> bool:
        """Tell whether simplemma has the past and -ing form of a verb."""
        if len(base) < 3 or not base.isalpha():
            return False
        stem = base.removesuffix("e")
        past = (stem[:-1] + "i" if stem.endswith("y") and stem[-2] not in _VOWELS else stem) + "ed"
        return self._lemma(past) == base and self._lemma(stem + "ing") in (base, stem + "ing")

    # ----------------------------------------------------------------------- nouns, adjectives, adverbs

    def _noun(self, form: str, classes: _Classes) -> str:
        """Return the singular of a noun: what is listed, what simplemma has, or the form without its -s."""
        if classes(form):
            return form
        for base in self._bases(form, "s"):
            if classes(base):
                return base
        known = self._lemma(form)
        if known != form and form in self._irregular:
            return form
        if known is not None and (known == form or form.endswith("s") or not form.endswith(("ed", "ing"))):
            return known.lower()
        bases = self._bases(form, "s")
        return bases[-1] if bases and len(form) > 3 else form

    def _listed(self, form: str, listed: tuple[WordClass, ...], verbs: list[Reading], noun: str) -> list[Reading]:
        found: list[Reading] = []
        for word_class in listed:
            if word_class == "VERB":
                found += verbs
            elif word_class == "NOUN":
                found.append(reading("NOUN", noun, _PLURAL if form != noun else _SINGULAR))
            elif form == noun:
                found.append(reading(word_class, form, _POSITIVE if word_class == "ADJ" else _NOTHING))
        found += [verb for verb in verbs if verb not in found]
        found += self._participial(form, found)
        return found or [reading("NOUN", noun, _PLURAL if form != noun else _SINGULAR)]

    def _verbal(self, form: str, verbs: list[Reading], classes: _Classes) -> list[Reading]:
        """Order the readings of a form of an unlisted verb: -ed is verbal, -ing verbal or a noun, the rest either."""
        if form.endswith("ing"):
            return [*verbs, reading("NOUN", form, _SINGULAR), *self._participial(form, verbs)]
        base = verbs[0].lemma
        if (
            form.endswith("ed")
            or form in self._irregular
            or base.endswith(_VERB_ENDINGS)
            or classes(base)[:1] == ("VERB",)
        ):
            is_past = form.endswith("ed") or form in self._irregular
            return [*verbs, *(self._participial(form, verbs) if is_past else self._as_noun(form, base))]
        return [*self._as_noun(form, base), *verbs]

    def _participial(self, form: str, found: list[Reading]) -> list[Reading]:
        """Return the adjective that every participle can be before a noun: the captured town."""
        is_participle = any(r.features.verb_form == "Part" for r in found)
        return [reading("ADJ", form, _NOTHING)] if is_participle and all(r.word_class != "ADJ" for r in found) else []

    def _as_noun(self, form: str, base: str) -> list[Reading]:
        return [reading("NOUN", base, _SINGULAR if form == base else _PLURAL)]

    def _compared(self, form: str, classes: _Classes) -> Reading | None:
        """Return the comparative or superlative that a form is, if it is one of a listed adjective."""
        for ending, degree in _COMPARED.items():
            if form.endswith(ending):
                stem = form[: -len(ending)]
                for base in (stem, stem + "e", stem[:-1] + "y" if stem.endswith("i") else stem, stem[:-1]):
                    if "ADJ" in classes(base):
                        return reading("ADJ", base, degree)
        return None

    def _guess(self, form: str, noun: str, classes: _Classes) -> list[Reading]:
        if form.endswith("ly") and len(form) > 4:
            return [reading("ADV", form, _NOTHING)]
        if "-" in form:
            last = form.rpartition("-")[2]
            verbal = any(features in (PARTICIPLE, GERUND) for _, features in self._verbs(last, classes))
            if verbal or last.endswith(_ADJECTIVE_ENDINGS) or "ADJ" in classes(last)[:1]:
                return [reading("ADJ", form, _NOTHING), reading("NOUN", form, _SINGULAR)]
        elif not form.isalpha():
            return []
        number = _PLURAL if noun != form else _SINGULAR
        if form.endswith(_ADJECTIVE_ENDINGS) and noun == form:
            order: list[Reading] = [reading("ADJ", form, _NOTHING), reading("NOUN", noun, number)]
            return order[::-1] if form.endswith(_NOUN_ENDINGS) else order
        nominal = reading("NOUN", noun, number)
        is_y = form.endswith("y") and not form.endswith((*_NOUN_ENDINGS, "try", "ty", "gy", "my")) and noun == form
        return [nominal, reading("ADJ", form, _NOTHING)] if is_y else [nominal]


def _wants_e(stem: str) -> bool:
    """Tell whether a stem without -ed or -ing rather ends in a mute e: accus-ed, arriv-ing, but attack-ed, fear-ing."""
    if stem.endswith(("v", "c", "u", "rs", "ns", "ps", "dg", "rg", "ng", "ls", "ks")):
        return not stem.endswith(("ng", "ks", "ls")) or stem.endswith(("llang", "chang", "rang", "veng", "ung"))
    if stem.endswith(("at", "iz", "is", "us", "os", "as")) and len(stem) > 3:
        return stem[-3] not in _VOWELS
    return False
