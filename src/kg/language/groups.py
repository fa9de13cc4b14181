"""What the verb grammars of all languages share: the words of a sentence as they are read, and groups in the making."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from kg.analysis import Form, Mood, Tense, VerbGroup, Voice
from kg.language.readings import TAGS, Reading

FINITE, INFINITIVE, PARTICIPLE = TAGS["Fin"], TAGS["Inf"], TAGS["Part"]
LONGEST_CHAIN = 16
"""How many words a verb group grows to; no sentence of a language has more."""
PRESENT, PAST, VERBAL = TAGS["Pres"], TAGS["Past"], TAGS["VERB"] | TAGS["AUX"]


@dataclass(slots=True)
class Words:
    """The words of one sentence: as written, in small letters, their chosen readings, and all readings that they have.

    Grammars refine `chosen`: a verb that turns out to be an auxiliary, an ambiguous form whose mood the clause tells.
    """

    keys: list[str]
    words: list[str]
    options: list[tuple[Reading, ...]]
    chosen: list[Reading]

    @classmethod
    def of(cls, keys: list[str], look_up: Callable[[str], tuple[Reading, ...]]) -> Words:
        """Look the words of a sentence up; the likeliest reading of each is chosen."""
        options = [look_up(key) for key in keys]
        return cls(keys, [key.lower() for key in keys], options, [readings[0] for readings in options])

    def __len__(self) -> int:
        return len(self.words)

    def word(self, at: int) -> str:
        """Return the word at a place, or nothing beyond the edges."""
        return self.words[at] if 0 <= at < len(self.words) else ""

    def has(self, at: int, mask: int) -> bool:
        """Tell whether the chosen reading at a place has all tags of `mask`."""
        return 0 <= at < len(self.words) and self.chosen[at].mask & mask == mask

    def is_any(self, at: int, mask: int) -> bool:
        """Tell whether the chosen reading at a place has a tag of `mask`."""
        return 0 <= at < len(self.words) and bool(self.chosen[at].mask & mask)

    def is_verb(self, at: int, form: int = 0) -> bool:
        """Tell whether a word is read as a verb or auxiliary, of a form where one is given."""
        return self.is_any(at, VERBAL) and self.has(at, form)

    def option(self, at: int, mask: int) -> Reading | None:
        """Return the first reading that a word can have with all tags of `mask`: the chosen one if it has them."""
        if not 0 <= at < len(self.words):
            return None
        chosen = self.chosen[at]
        if chosen.mask & mask == mask:
            return chosen
        for option in self.options[at]:
            if option.mask & mask == mask:
                return option
        return None


@dataclass(slots=True)
class Draft:
    """A verb group in the making; offsets count the words of its sentence."""

    words: list[int]
    head: int
    lemma: str
    form: Form
    tense: Tense | None = None
    mood: Mood | None = None
    voice: Voice = "active"
    is_negated: bool = False
    is_perfect: bool = False
    is_progressive: bool = False
    is_imperfect: bool = False
    is_reflexive: bool = False
    is_inverted: bool = False
    modal: str | None = None
    periphrasis: str | None = None
    person: str | None = None
    number: str | None = None
    auxiliaries: list[int] = field(default_factory=list)
    """The words before the main verb that a second main verb can share: *ont été* arrêtées puis relâchées."""

    def take(self, *places: int) -> None:
        """Let words belong to the group."""
        self.words.extend(place for place in places if place not in self.words)

    def finish(self, offset: int) -> VerbGroup:
        """Return the group, over tokens that begin at `offset`."""
        words = tuple(sorted(self.words))
        return VerbGroup(
            first=offset + words[0],
            last=offset + words[-1] + 1,
            words=tuple(offset + word for word in words) if offset else words,
            head=offset + self.head,
            lemma=self.lemma,
            form=self.form,
            tense=self.tense,
            mood=self.mood,
            voice=self.voice,
            is_negated=self.is_negated,
            is_perfect=self.is_perfect,
            is_progressive=self.is_progressive,
            is_imperfect=self.is_imperfect,
            is_reflexive=self.is_reflexive,
            is_inverted=self.is_inverted,
            modal=self.modal,
            periphrasis=self.periphrasis,
            person=self.person,
            number=self.number,
        )


def by_first_word(phrases: Iterable[Sequence[str]]) -> dict[str, list[list[str]]]:
    """Sort phrases, cut as tokens are, by their first word."""
    found: dict[str, list[list[str]]] = {}
    for phrase in phrases:
        found.setdefault(phrase[0], []).append(list(phrase))
    return found
