"""The text while its mentions are being found: its atoms, what begins at each, and the drafts made so far.

A draft is a mention in the making. It counts atoms (`kg.extraction.names.atoms`), not offsets, and points to other drafts
instead of holding indices; `kg.extraction.recognition` turns all drafts into mentions at the end.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Literal, TypeAlias

from kg.analysis import Analysis, VerbGroup
from kg.extraction.mentions import Count, Gender, MentionKind, Number, Referent
from kg.extraction.names.atoms import Atoms, read_atoms
from kg.extraction.names.gazetteer import Gazetteer
from kg.extraction.names.lexicon import Lexicon, load_lexicon
from kg.extraction.names.nouns import Category, Noun
from kg.extraction.numbers.quantities import Quantity
from kg.vocab import EntityType

Determination: TypeAlias = Literal["none", "definite", "indefinite", "possessive", "demonstrative", "numeral"]


@dataclass(slots=True, eq=False)
class Draft:
    """A mention in the making, from atom `first` to `last` (excluded), with its head at `head`.

    `core` is where the noun or name itself begins, without determiner and numeral. `owners` are the parties that it
    belongs to, in the order of the text; `possessor` is the possessive that names one (``its``). `adjectives` are the
    English words for those beside the noun. `taken_by` is the name that has taken in the phrase, which is then dropped.
    """

    first: int
    last: int
    head: int
    kind: MentionKind
    type: EntityType
    referents: list[Referent] = field(default_factory=list)
    place: Referent | None = None
    party: Referent | None = None
    number: Number | None = None
    gender: Gender | None = None
    count: Count | None = None
    noun: Noun | None = None
    core: int = 0
    determination: Determination = "none"
    owners: list[Draft] = field(default_factory=list)
    possessor: Draft | None = None
    adjectives: list[str] = field(default_factory=list)
    portfolio: Noun | None = None
    inner: list[Draft] = field(default_factory=list)
    antecedents: list[Draft] = field(default_factory=list)
    use: str = ""
    depth: int = 0
    is_dropped: bool = False
    taken_by: Draft | None = None
    is_subject: bool = False
    is_speaker: bool = False
    is_generic: bool = False

    @property
    def owner(self) -> Draft | None:
        """The party that it belongs to first of all."""
        return self.owners[0] if self.owners else self.possessor

    @property
    def meant(self) -> Referent | None:
        """The party that it stands for, or else the first of what it stands for."""
        return self.party or (self.referents[0] if self.referents else None)

    def mean(self, referent: Referent) -> None:
        """Say what it stands for."""
        self.referents = [referent]
        self.type = referent.type


@dataclass(slots=True, eq=False)
class Office:
    """A post in the making: who holds it, in which words, and in which organization."""

    person: Draft
    words: str
    first: int
    last: int
    organization: Draft | None
    noun: Noun | None = None
    phrase: Draft | None = None


@dataclass(slots=True)
class Scene:
    """All that is known while one text is read.

    `name_at` holds for each atom the name that covers it, `nouns` for each atom the nouns that begin there, the longest
    first, each with its end; `verbs` for each token of a verb group that group.
    """

    analysis: Analysis
    atoms: Atoms
    gazetteer: Gazetteer
    lexicon: Lexicon
    nouns: list[list[tuple[int, Noun]]]
    name_at: list[Draft | None]
    verbs: dict[int, VerbGroup]
    noun_at: dict[int, Draft] = field(default_factory=dict)
    drafts: list[Draft] = field(default_factory=list)
    offices: list[Office] = field(default_factory=list)
    containments: list[tuple[Draft, Draft]] = field(default_factory=list)
    aliases: dict[str, Draft] = field(default_factory=dict)
    told: dict[str, Draft] = field(default_factory=dict)
    demonyms: dict[str, str] = field(default_factory=dict)
    persons: list[tuple[Draft, Draft]] = field(default_factory=list)
    named: list[tuple[Referent, int]] | None = None
    capitalized: Counter[str] | None = None
    subjects: dict[int, list[Draft]] = field(default_factory=dict)
    speakers: list[Draft] = field(default_factory=list)
    posts_of: dict[Referent, list[Office]] = field(default_factory=dict)
    holders: dict[str, list[Office]] = field(default_factory=dict)
    states: list[list[Draft]] | None = None
    votes: dict[str, Counter[EntityType]] = field(default_factory=dict)
    noun_ends: dict[int, list[tuple[int, Noun]]] = field(default_factory=dict)
    phrase_to: dict[int, Draft] = field(default_factory=dict)
    sentence_of: list[int] = field(default_factory=list)
    numeral_ends: dict[int, tuple[int, Quantity]] = field(default_factory=dict)

    @property
    def keys(self) -> list[str]:
        """The keys of the atoms."""
        return self.atoms.keys

    @property
    def is_french(self) -> bool:
        """Whether the text is French; otherwise it is English."""
        return self.lexicon.language == "fr"

    def key(self, index: int) -> str:
        """The key of an atom; empty outside of the text."""
        keys = self.atoms.keys
        return keys[index] if 0 <= index < len(keys) else ""

    def is_word(self, kind: str, index: int) -> bool:
        """Tell whether the atom at `index` is a small word of this kind."""
        keys = self.atoms.keys
        return 0 <= index < len(keys) and keys[index] in self.lexicon.words[kind]

    def noun(self, index: int, *categories: Category) -> tuple[int, Noun] | None:
        """Return the longest noun of these categories that begins at an atom, with its end."""
        if 0 <= index < len(self.nouns):
            for end, noun in self.nouns[index]:
                if noun.category in categories:
                    return end, noun
        return None

    def name_from(self, index: int) -> Draft | None:
        """Return the name that begins at an atom."""
        if 0 <= index < len(self.name_at):
            name = self.name_at[index]
            if name is not None and name.first == index:
                return name
        return None

    def name_to(self, index: int) -> Draft | None:
        """Return the name whose last atom is at `index`."""
        if 0 <= index < len(self.name_at):
            name = self.name_at[index]
            if name is not None and name.last == index + 1:
                return name
        return None

    def word_class(self, index: int) -> str:
        """Return the class of the word that an atom is part of; empty outside of the text."""
        if 0 <= index < len(self.atoms):
            return self.analysis.tokens[self.atoms.tokens[index]].word_class
        return ""

    def is_apart(self, index: int) -> bool:
        """Tell whether the atom before `index` is not part of the same token: a hyphen does not join them."""
        return index <= 0 or index >= len(self.atoms) or self.atoms.tokens[index] != self.atoms.tokens[index - 1]

    def sentences(self) -> Iterator[tuple[int, int]]:
        """Yield the first and the last atom (excluded) of each sentence."""
        for sentence in self.analysis.sentences:
            yield self.atoms.first_of[sentence.first], self.atoms.first_of[sentence.last]

    def verb_from(self, index: int) -> VerbGroup | None:
        """Return the verb group that the word of an atom is part of."""
        return self.verbs.get(self.atoms.tokens[index]) if 0 <= index < len(self.atoms) else None

    def sentence_starts(self, token: int) -> bool:
        """Tell whether a sentence begins with a token."""
        first = self.atoms.first_of[token]
        return first < len(self.atoms) and self.atoms.opens[first]

    def lemmas_of(self, draft: Draft, *categories: Category) -> set[str]:
        """The lemmas of the class nouns in a mention: ``ministère`` of ``ministère de la Défense``."""
        found = {draft.noun.lemma} if draft.noun is not None else set()
        for index in range(draft.first, min(draft.last, len(self.nouns))):
            found |= {noun.lemma for _, noun in self.nouns[index] if not categories or noun.category in categories}
        return found

    def kinds_of(self, draft: Draft) -> set[str]:
        """The kinds of place that the class nouns in a mention tell: ``road`` of ``corridor de Latchine``."""
        if draft.noun is not None and draft.noun.category == "place":
            return {draft.noun.refers}
        for index in range(draft.first, min(draft.last, len(self.nouns))):
            kinds = {noun.refers for _, noun in self.nouns[index] if noun.category == "place"}
            if kinds:
                return kinds
        return set()

    def appoint(self, office: Office) -> None:
        """Note a post, also under what its holder stands for and under the last word of the office."""
        self.offices.append(office)
        self.index(office)

    def index(self, office: Office) -> None:
        """Note under whom and what a post is looked up, once its holder is known."""
        for referent in office.person.referents:
            self.posts_of.setdefault(referent, []).append(office)
        if office.noun is not None:
            self.holders.setdefault(office.noun.english.split()[-1], []).append(office)

    def add_name(self, draft: Draft) -> None:
        """Put a name in its place, over what was thought to be there."""
        for index in range(draft.first, draft.last):
            old = self.name_at[index]
            if old is not None and old is not draft:
                old.is_dropped = True
                for at in range(old.first, old.last):
                    if self.name_at[at] is old:
                        self.name_at[at] = None
        for index in range(draft.first, draft.last):
            self.name_at[index] = draft
        self.drafts.append(draft)


def open_scene(analysis: Analysis, gazetteer: Gazetteer) -> Scene:
    """Cut a text into atoms and look all its words up in the lexicon of its language.

    Raises:
        UsageError: the language is not one that the extractor reads.
    """
    lexicon = load_lexicon(analysis.language)
    atoms = read_atoms(analysis)
    begins = lexicon.nouns.begins
    nouns = [lexicon.nouns_at(atoms, i) if begins(key) else [] for i, key in enumerate(atoms.keys)]
    verbs = {token: group for group in analysis.verb_groups for token in group.words}
    scene = Scene(analysis, atoms, gazetteer, lexicon, nouns, [None] * len(atoms), verbs)
    for start, found in enumerate(nouns):
        for end, noun in found:
            scene.noun_ends.setdefault(end - 1, []).append((start, noun))
    scene.sentence_of = [number - 1 if number else 0 for number in accumulate(atoms.opens)]
    return scene
