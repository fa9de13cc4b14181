"""The frames of a language: which words tell which happening, what their arguments do, and who says what with which verb.

The tables are ``events.tsv``, ``sayings.tsv``, ``supports.tsv`` and ``things.tsv``; the notes at the head of each say how they
are written.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from kg.analysis import VerbGroup
from kg.vocab import EventType, Modality, RelationType

Mode: TypeAlias = Literal[
    "factual", "planned", "possible", "opinion", "denied", "presupposed", "charge", "own", "due", "own-factual", "refused",
    "warned", "silent",
]  # fmt: skip
Support: TypeAlias = Literal["occur", "do", "host", "suffer", "cause", "reach", "halt", "seek", "cease", "foresee"]

PLACES: Final = ("location", "territory")
RELATION_PARTS: Final = ("verb", "noun", "adjective", "ending", "prefix")


@dataclass(frozen=True, slots=True)
class Trigger:
    """A word of a table with what has to stand beside it.

    Attributes:
        lemma: the lemma of the verb or noun.
        is_reflexive: ``se`` belongs to it.
        is_causative: it follows ``faire``.
        particle: the particle of an English verb, or the word before an English noun.
        complement: the words of an object or complement that belong to it; of a noun one that follows with of.
        beside: a word beside a noun.
    """

    lemma: str
    is_reflexive: bool = False
    is_causative: bool = False
    particle: tuple[str, ...] = ()
    complement: tuple[str, ...] = ()
    beside: str = ""

    @property
    def is_special(self) -> bool:
        """Whether it asks for more than the word: then it comes before those that do not."""
        return bool(self.particle or self.complement or self.beside or self.is_reflexive or self.is_causative)


@dataclass(frozen=True, slots=True)
class Term:
    """A slot, and the classes of which what fills it has one; none named: any."""

    slot: str
    classes: frozenset[str] = frozenset()
    is_negated: bool = False


@dataclass(frozen=True, slots=True)
class Need:
    """A condition: one of its terms holds, or none of them where it is negated."""

    terms: tuple[Term, ...]
    is_negated: bool = False


@dataclass(frozen=True, slots=True)
class RoleRule:
    """What fills a slot, if it is of one of the classes, has a role; the role ``-`` takes it out of the way."""

    term: Term
    role: str


@dataclass(frozen=True, slots=True)
class Frame:
    """One line of ``events.tsv``."""

    name: str
    type: EventType
    is_verb: bool
    triggers: tuple[Trigger, ...]
    roles: tuple[RoleRule, ...]
    needs: tuple[Need, ...]
    meant: Modality | None
    example: str
    unlike: str
    where: str


@dataclass(frozen=True, slots=True)
class RelationFrame:
    """One line of ``relations.tsv``."""

    name: str
    relation: RelationType
    part: str
    triggers: tuple[Trigger, ...]
    roles: tuple[RoleRule, ...]
    needs: tuple[Need, ...]
    meant: Modality | None
    example: str
    unlike: str
    where: str


@dataclass(frozen=True, slots=True)
class RelationFrames:
    """The frames of relations of a language, those of verbs and nouns by lemma."""

    all: tuple[RelationFrame, ...]
    verbs: dict[str, tuple[tuple[Trigger, RelationFrame], ...]]
    nouns: dict[str, tuple[tuple[Trigger, RelationFrame], ...]]


@dataclass(frozen=True, slots=True)
class Saying:
    """One line of ``sayings.tsv``."""

    name: str
    event: EventType | None
    mode: Mode
    to: str
    needs: tuple[tuple[str, frozenset[str]], ...]
    """What may stand beside the verb, of which classes; one of them has to. None: nothing has to."""
    triggers: tuple[Trigger, ...]
    example: str
    unlike: str
    where: str


@dataclass(frozen=True, slots=True)
class Frames:
    """The tables of a language, by lemma; of each lemma the triggers that ask for more come first."""

    language: str
    all: tuple[Frame, ...]
    sayings: tuple[Saying, ...]
    verbs: dict[str, tuple[tuple[Trigger, Frame], ...]]
    nouns: dict[str, tuple[tuple[Trigger, Frame], ...]]
    telling: frozenset[str]
    """The nouns that tell an event by themselves, whatever stands beside them."""
    said: dict[str, tuple[tuple[Trigger, Saying], ...]]
    supports: dict[str, tuple[tuple[Trigger, Support], ...]]
    things: dict[str, frozenset[str]]
    compounds: dict[str, tuple[tuple[tuple[str, ...], frozenset[str]], ...]]
    saying_lemmas: frozenset[str]
    phrasals: frozenset[tuple[str, str]]
    lists: Mapping[str, frozenset[str]]

    def is_plain_saying(self, verb: VerbGroup) -> bool:
        """Tell whether a verb says by itself that something is said, with nothing beside it: not ``faire`` of ``faire état``."""
        is_causative = verb.periphrasis == "causative"
        return any(
            not t.complement
            and t.is_causative == is_causative
            and (t.is_reflexive == verb.is_reflexive or self.language != "fr")
            for t, s in self.said.get(verb.lemma, ())
            if s.mode not in ("silent", "refused")
        )
