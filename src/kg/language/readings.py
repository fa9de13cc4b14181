"""A reading: one way to take a word, as lexicons give it and taggers choose it.

The tags of a reading (its word class and what its features say) are bits of one number, so that a rule tests many at once.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from functools import lru_cache
from types import MappingProxyType
from typing import Final, get_args

from kg.analysis import Morphology, WordClass

CLASSES: Final[tuple[WordClass, ...]] = get_args(WordClass)

# tag in rules: the feature that gives it
_FEATURE_TAGS: Final = MappingProxyType({
    "Fin": ("verb_form", "Fin"), "Inf": ("verb_form", "Inf"), "Part": ("verb_form", "Part"),
    "Ind": ("mood", "Ind"), "Cnd": ("mood", "Cnd"), "Sub": ("mood", "Sub"), "Imp": ("mood", "Imp"),
    "Pres": ("tense", "Pres"), "Past": ("tense", "Past"), "Impf": ("tense", "Imp"), "Fut": ("tense", "Fut"),
    "Sing": ("number", "Sing"), "Plur": ("number", "Plur"), "Masc": ("gender", "Masc"), "Fem": ("gender", "Fem"),
    "P1": ("person", "1"), "P2": ("person", "2"), "P3": ("person", "3"),
    "Nom": ("case", "Nom"), "Acc": ("case", "Acc"), "Dat": ("case", "Dat"), "Reflex": ("reflex", "Yes"),
    "Rel": ("pron_type", "Rel"), "Int": ("pron_type", "Int"), "Dem": ("pron_type", "Dem"), "Art": ("pron_type", "Art"),
    "Tot": ("pron_type", "Tot"), "Indf": ("pron_type", "Ind"), "Prs": ("pron_type", "Prs"), "NegP": ("pron_type", "Neg"),
    "Def": ("definite", "Def"), "Indef": ("definite", "Ind"), "Poss": ("poss", "Yes"), "Neg": ("polarity", "Neg"),
    "Card": ("num_type", "Card"), "Ord": ("num_type", "Ord"), "Cmp": ("degree", "Cmp"), "Pos": ("degree", "Pos"),
})  # fmt: skip
TAGS: Final = MappingProxyType({name: 1 << place for place, name in enumerate((*CLASSES, *_FEATURE_TAGS))})
"""Every tag that a rule may name, and its bit."""

NUMBERS: Final = TAGS["Sing"] | TAGS["Plur"]
GENDERS: Final = TAGS["Masc"] | TAGS["Fem"]
PERSONS: Final = TAGS["P1"] | TAGS["P2"] | TAGS["P3"]

_FIELDS: Final = MappingProxyType({f.name.title().replace("_", ""): f.name for f in fields(Morphology)})
_TAG_OF: Final = MappingProxyType({feature: TAGS[name] for name, feature in _FEATURE_TAGS.items()})


@lru_cache(maxsize=4096)
def morphology(notation: str) -> Morphology:
    """Read features in the notation of Universal Dependencies; those that `Morphology` has no field for are left out.

    Raises:
        ValueError: a part is not ``Name=value``.
    """
    values = {}
    for part in filter(None, notation.split("|")):
        name, separator, value = part.partition("=")
        if not separator:
            raise ValueError(f"not Name=value: {part}")
        if name in _FIELDS:
            values[_FIELDS[name]] = value
    return Morphology(**values)


@dataclass(frozen=True, slots=True)
class Reading:
    """A word class with lemma and features; `mask` holds their tags."""

    word_class: WordClass
    lemma: str
    features: Morphology
    mask: int = field(compare=False, default=0)


@lru_cache(maxsize=4096)
def _mask(word_class: WordClass, features: Morphology) -> int:
    bits = TAGS[word_class]
    for name in Morphology.__slots__:
        value = getattr(features, name)
        if value:
            bits |= _TAG_OF.get((name, value), 0)
    return bits


def reading(word_class: WordClass, lemma: str, features: Morphology) -> Reading:
    """Make a reading with its mask."""
    return Reading(word_class, lemma, features, _mask(word_class, features))
