"""Who and where: what the words of a text that name or describe an entity are, and what they stand for.

A mention keeps what is written (`start`, `end`, `text`) apart from what is meant (`referents`): a name, an adjective of
nationality, a capital that stands for a government, a description, a pronoun. `Mentions` holds all of one text, what is
said of their posts, and which place lies in which; `kg.extraction.recognition` finds them.

Offsets count code points of the text, end excluded; `first` and `last` count tokens of the analysis, `last` excluded.
A mention may be a part of a token (``Hamas`` in ``Hamas-run``): then `first` and `last` say which tokens it touches.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal, TypeAlias, overload

from kg.records import Entity
from kg.vocab import TERRITORIAL_TYPES, EntityType

Span: TypeAlias = tuple[int, int]
Number: TypeAlias = Literal["Sing", "Plur"]
Gender: TypeAlias = Literal["Masc", "Fem"]

MentionKind: TypeAlias = Literal["name", "demonym", "capital", "seat", "body", "group", "description", "pronoun"]
"""How something is mentioned:

- ``name``: by a name of its own, with the class noun or the acronym that belongs to it: ``Antony Blinken``, ``Gaza``,
  ``village de Banjska``, ``Forces de soutien rapide (FSR)``;
- ``demonym``: by an adjective or noun of nationality: ``azerbaïdjanais`` in ``des tirs azerbaïdjanais``;
- ``capital``: by the name of a state's capital, whether the state or the city is meant: ``Erevan``;
- ``seat``: by another seat, a building or a street: ``Kremlin``, ``White House``;
- ``body``: an institution or a force of somebody: ``ministère de la défense séparatiste``, ``Ukraine's general staff``;
- ``group``: people known by a description: ``quatre soldats arméniens``, ``an official``;
- ``description``: a place, party, person or source told by a common noun: ``l'enclave``, ``son voisin``,
  ``les deux ministres``, ``la même source``;
- ``pronoun``: a pronoun or a possessive: ``il``, ``them``, ``leur``.
"""


@dataclass(frozen=True, slots=True)
class Referent:
    """Somebody or something meant. `name` is the usual English name; `iri` that of the reference entity, where known."""

    name: str
    type: EntityType
    iri: str | None = None


@dataclass(frozen=True, slots=True)
class Count:
    """How many people: at least `low`, most likely `best`, at most `high`; `None` where the words leave it open."""

    low: int | None
    best: int | None
    high: int | None


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that stand for something.

    The span follows the guide of claim records: articles are left out of names; demonstratives, possessives, numerals and
    indefinite articles are kept, and so is the definite article of a description that refers back (``les deux ministres``).

    Attributes:
        start: first offset of the words.
        end: offset after the words.
        first: first token that the words touch.
        last: the token after the last one that they touch.
        text: the words.
        kind: how it is mentioned.
        type: the type of what is meant; of a pronoun that nothing resolves, the likeliest.
        referents: what is meant, as the syntax around it has it: one; several where one word stands for several
            (``les deux parties``); none where a pronoun is left open.
        place: what is meant where the words stand for a place: a state's name stays the state, a capital's is the city.
            None for what is no place.
        party: what is meant where the words stand for a party: a capital's name is the state. None for what is none.
        head: the token of the head noun, of the last word of a name, or of the pronoun.
        number: grammatical number, where it shows.
        gender: grammatical gender, where it shows (in English that of ``he`` and ``she`` only).
        count: how many people, of a group.
        group: the index of the noun group of the analysis that holds the head, if one does.
        parent: the index of the smallest mention around this one.
        owner: the index of the mention of the party that it belongs to: ``Ukraine`` of ``Ukraine's general staff``.
        refers_to: the indices of the mentions that it refers to: antecedents, nearest last; empty at a first mention.
        is_generic: a group with no article and no number, such that it may be no mention at all (``journalists``).
    """

    start: int
    end: int
    first: int
    last: int
    text: str
    kind: MentionKind
    type: EntityType
    referents: tuple[Referent, ...]
    head: int
    place: Referent | None = None
    party: Referent | None = None
    number: Number | None = None
    gender: Gender | None = None
    count: Count | None = None
    group: int | None = None
    parent: int | None = None
    owner: int | None = None
    refers_to: tuple[int, ...] = ()
    is_generic: bool = False

    @property
    def span(self) -> Span:
        """The offsets of the words."""
        return self.start, self.end

    @property
    def name(self) -> str:
        """The usual English name of what is meant; of what is left open, the words."""
        return self.referents[0].name if self.referents else self.text

    @property
    def iri(self) -> str | None:
        """The IRI of the reference entity that is meant, if a single one is."""
        return self.referents[0].iri if len(self.referents) == 1 else None

    @property
    def is_resolved(self) -> bool:
        """Whether it is known what is meant."""
        return bool(self.referents)

    @property
    def is_place(self) -> bool:
        """Whether a place is meant: never of a state, whose name stays the state's even where something happens there."""
        return self.type == "Place"

    def entities(self) -> tuple[Entity, ...]:
        """Return what a claim record holds for this mention: one entity for each referent, all with the same span."""
        return self._entities(self.referents)

    def as_place(self) -> tuple[Entity, ...]:
        """Return the same for the words as a location or a territory; empty where they name no place.

        A capital is the city, a state remains the state (the guide's rule 12), a description what it refers to.
        """
        if self.place is not None:
            return self._entities((self.place,))
        return self._entities(tuple(r for r in self.referents if r.type == "Place" or r.type in TERRITORIAL_TYPES))

    def as_party(self) -> tuple[Entity, ...]:
        """Return the same for the words as an actor or a claimant: a capital is the state, mere places are left out."""
        if self.party is not None:
            return self._entities((self.party,))
        return self._entities(tuple(r for r in self.referents if r.type != "Place"))

    def _entities(self, referents: Sequence[Referent]) -> tuple[Entity, ...]:
        return tuple(_entity(self.text, self.span, r) for r in referents if r.name)


@lru_cache(maxsize=4096)
def _entity(text: str, span: Span, referent: Referent) -> Entity:
    """The entity of a claim record, made once: many claims name the same one."""
    return Entity(text=text, span=span, name=referent.name, type=referent.type, id=referent.iri)


@dataclass(frozen=True, slots=True)
class Post:
    """That somebody holds an office, as the text says it.

    `person` and `organization` are indices of mentions; `organization` is None where the text gives none. `words` are those
    for the office (``porte-parole du département d’État``) and `span` the passage that they and the person stand in.
    Of ``ses homologues arménien X et azerbaïdjanais Y`` the words are those of the post referred to.
    """

    person: int
    words: str
    span: Span
    organization: int | None


@dataclass(frozen=True, slots=True)
class Containment:
    """That one place lies in another, as the text says it: the indices of both mentions and the passage."""

    part: int
    whole: int
    span: Span


@dataclass(frozen=True, slots=True)
class Mentions(Sequence[Mention]):
    """All mentions of a text in its order, a mention before those within it; and what they say of each other."""

    items: tuple[Mention, ...]
    posts: tuple[Post, ...] = ()
    containments: tuple[Containment, ...] = ()
    _firsts: tuple[int, ...] = field(init=False, repr=False, compare=False)
    _of_head: dict[int, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        of_head: dict[int, int] = {}
        for index, mention in enumerate(self.items):
            known = of_head.setdefault(mention.head, index)
            if known != index and _size_key(mention) < _size_key(self.items[known]):
                of_head[mention.head] = index
        object.__setattr__(self, "_firsts", tuple(mention.first for mention in self.items))
        object.__setattr__(self, "_of_head", of_head)

    def __len__(self) -> int:
        return len(self.items)

    @overload
    def __getitem__(self, index: int) -> Mention: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Mention, ...]: ...
    def __getitem__(self, index: int | slice) -> Mention | tuple[Mention, ...]:
        return self.items[index]

    def __iter__(self) -> Iterator[Mention]:
        return iter(self.items)

    def within(self, first: int, last: int) -> tuple[int, ...]:
        """Return the indices of the mentions that lie wholly among the tokens from `first` to `last`."""
        low = bisect_left(self._firsts, first)
        return tuple([i for i in range(low, bisect_left(self._firsts, last, low)) if self.items[i].last <= last])

    def outermost(self, first: int, last: int) -> tuple[int, ...]:
        """Return the same without those that are part of another one there."""
        found = self.within(first, last)
        return tuple(i for i in found if not any(p in found for p in self.around(i)))

    def at(self, token: int) -> int | None:
        """Return the index of the largest mention whose head is this token, if there is one."""
        return self._of_head.get(token)

    def around(self, index: int) -> tuple[int, ...]:
        """Return the indices of the mentions that this one is part of, the smallest first."""
        parents: list[int] = []
        parent = self.items[index].parent
        while parent is not None:
            parents.append(parent)
            parent = self.items[parent].parent
        return tuple(parents)

    def inside(self, index: int) -> tuple[int, ...]:
        """Return the indices of the mentions that are part of this one, in the order of the text."""
        last = index + 1
        while last < len(self.items) and self.items[last].start < self.items[index].end:
            last += 1
        return tuple(i for i in range(index + 1, last) if index in self.around(i))


def _size_key(mention: Mention) -> tuple[int, int]:
    return mention.start, -mention.end
