"""The frames of a language: which words tell which happening, what their arguments do, and who says what with which verb.

The tables are ``events.tsv``, ``sayings.tsv``, ``supports.tsv`` and ``things.tsv``; the notes at the head of each say how they
are written.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias, TypeVar, cast, get_args

from kg.analysis import VerbGroup
from kg.extraction.tables import Row, read_lists, read_table, remembered, row_error
from kg.vocab import EVENT_TYPES, MODALITIES, RELATIONS, ROLES, EventType, Modality, RelationType

Mode: TypeAlias = Literal[
    "factual", "planned", "possible", "opinion", "denied", "presupposed", "charge", "own", "due", "own-factual", "refused",
    "warned", "silent",
]  # fmt: skip
Support: TypeAlias = Literal["occur", "do", "host", "suffer", "cause", "reach", "halt", "seek", "cease", "foresee"]

_T = TypeVar("_T")

PLACES: Final = ("location", "territory")
RELATION_PARTS: Final = ("verb", "noun", "adjective", "ending", "prefix")
_CONDITIONS: Final = frozenset(
    ("arg", "plural", "definite", "reflexive", "passive", "active", "negated", "subject", "supported", "caused", "said", "infinitive")
)

_BESIDE_SAYING: Final = frozenset(
    ("clause", "quote", "infinitive", "infinitive-alone", "object", "complement", "complement-alone", "complement-only", "of", "to", "on", "for", "adjective",
     "predicate", "subject", "verb")
)  # fmt: skip


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


@remembered
def load_frames(language: str) -> Frames:
    """Read the frames of a language; once.

    Raises:
        UsageError: the language is not one that the extractor reads.
        WorldError: a table cannot be read.
        DataError: a table is wrong, with file and line.
    """
    frames = tuple(_frame(row, language) for row in read_table(language, "events"))
    sayings = tuple(_saying(row, language) for row in read_table(language, "sayings"))
    supports = [
        (trigger, _support(row)) for row in read_table(language, "supports") for trigger in _triggers(row, language)
    ]
    said = _by_lemma((trigger, saying) for saying in sayings for trigger in saying.triggers)
    return Frames(
        language,
        frames,
        sayings,
        _by_lemma((trigger, frame) for frame in frames if frame.is_verb for trigger in frame.triggers),
        _by_lemma((trigger, frame) for frame in frames if not frame.is_verb for trigger in frame.triggers),
        frozenset(t.lemma for f in frames if not f.is_verb for t in f.triggers if not t.is_special),
        said,
        _by_lemma(supports),
        _things(language),
        _compounds(_things(language)),
        frozenset(said),
        _phrasals(language, frames, said),
        read_lists(language),
    )


@remembered
def load_relations(language: str) -> RelationFrames:
    """Read the frames of relations of a language; once.

    Raises:
        UsageError: the language is not one that the extractor reads.
        WorldError: a table cannot be read.
        DataError: a table is wrong, with file and line.
    """
    frames = tuple(_relation(row, language) for row in read_table(language, "relations"))
    return RelationFrames(
        frames,
        _by_lemma((trigger, frame) for frame in frames if frame.part == "verb" for trigger in frame.triggers),
        _by_lemma((trigger, frame) for frame in frames if frame.part == "noun" for trigger in frame.triggers),
    )


def _by_lemma(pairs: Iterable[tuple[Trigger, _T]]) -> dict[str, tuple[tuple[Trigger, _T], ...]]:
    found: dict[str, list[tuple[Trigger, _T]]] = {}
    for trigger, value in pairs:
        found.setdefault(trigger.lemma, []).append((trigger, value))
    return {lemma: tuple(sorted(some, key=lambda pair: not pair[0].is_special)) for lemma, some in found.items()}


def _things(language: str) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for row in read_table(language, "things"):
        for lemma in row.forms("lemmas"):
            found.setdefault(lemma.lower(), set()).add(row["class"])
    return {lemma: frozenset(classes) for lemma, classes in found.items()}


def _phrasals(
    language: str, frames: tuple[Frame, ...], said: dict[str, tuple[tuple[Trigger, Saying], ...]]
) -> frozenset[tuple[str, str]]:
    """The English verbs with their particles: what follows ``cut off`` is an object."""
    if language == "fr":
        return frozenset()
    triggers = [t for f in frames if f.is_verb for t in f.triggers] + [t for pairs in said.values() for t, _ in pairs]
    return frozenset((t.lemma, t.particle[0]) for t in triggers if len(t.particle) == 1 and not t.complement)


def _compounds(things: dict[str, frozenset[str]]) -> dict[str, tuple[tuple[tuple[str, ...], frozenset[str]], ...]]:
    """The nouns of several words, by their first one."""
    found: dict[str, list[tuple[tuple[str, ...], frozenset[str]]]] = {}
    for lemma, classes in things.items():
        words = tuple(lemma.replace("'", "' ").split())
        if len(words) > 1:
            found.setdefault(words[0], []).append((words, classes))
    return {first: tuple(some) for first, some in found.items()}


# --------------------------------------------------------------------------- lines


def _frame(row: Row, language: str) -> Frame:
    if row["type"] not in EVENT_TYPES:
        raise row_error(row, f"unknown event type {row['type']!r}")
    if row["part"] not in ("verb", "noun"):
        raise row_error(row, "part is verb or noun")
    meant = row["meant"]
    if meant != "-" and meant not in MODALITIES:
        raise row_error(row, f"unknown modality {meant!r}")
    return Frame(
        row["name"],
        cast(EventType, row["type"]),
        row["part"] == "verb",
        _triggers(row, language),
        tuple(_role(row, word) for word in _words(row["roles"])),
        tuple(_need(row, word) for word in _words(row["needs"])),
        None if meant == "-" else cast(Modality, meant),
        row["example"],
        row["unlike"],
        row.where,
    )


def _relation(row: Row, language: str) -> RelationFrame:
    if row["relation"] not in RELATIONS:
        raise row_error(row, f"unknown relation {row['relation']!r}")
    if row["part"] not in RELATION_PARTS:
        raise row_error(row, f"part is one of {', '.join(RELATION_PARTS)}")
    meant = row["meant"]
    if meant != "-" and meant not in MODALITIES:
        raise row_error(row, f"unknown modality {meant!r}")
    return RelationFrame(
        row["name"],
        cast(RelationType, row["relation"]),
        row["part"],
        _triggers(row, language),
        tuple(_role(row, word, ("subject", "object")) for word in _words(row["roles"])),
        tuple(_need(row, word) for word in _words(row["needs"])),
        None if meant == "-" else cast(Modality, meant),
        row["example"],
        row["unlike"],
        row.where,
    )


def _saying(row: Row, language: str) -> Saying:
    event = row["event"]
    if event != "-" and event not in EVENT_TYPES:
        raise row_error(row, f"unknown event type {event!r}")
    if row["mode"] not in get_args(Mode):
        raise row_error(row, f"unknown mode {row['mode']!r}")
    return Saying(
        row["name"],
        None if event == "-" else cast(EventType, event),
        cast(Mode, row["mode"]),
        row["to"],
        _asked(row),
        _triggers(row, language),
        row["example"],
        row["unlike"],
        row.where,
    )


def _asked(row: Row) -> tuple[tuple[str, frozenset[str]], ...]:
    """Read ``clause|object:attack,act``."""
    found = []
    for form in row.forms("needs"):
        name, _, classes = form.partition(":")
        if form != "-" and name not in _BESIDE_SAYING:
            raise row_error(row, f"unknown need {name!r}")
        found.append((name, frozenset(classes.split(",")) - {""}))
    return tuple(need for need in found if need[0] != "-")


def _support(row: Row) -> Support:
    if row["kind"] not in get_args(Support):
        raise row_error(row, f"unknown kind {row['kind']!r}")
    return cast(Support, row["kind"])


def _triggers(row: Row, language: str) -> tuple[Trigger, ...]:
    is_noun = row.fields.get("part") in ("noun", "adjective")
    return tuple(_noun(form) if is_noun else _verb(form, language) for form in row.forms("words"))


def _verb(form: str, language: str) -> Trigger:
    """Read ``se faire exploser``, ``break out``, ``mettre~en alerte``."""
    words, _, complement = form.partition("~")
    parts = words.replace("'", "' ").split()
    beside = tuple(complement.replace("'", "' ").split())
    if language != "fr":
        return Trigger(parts[0], particle=tuple(parts[1:]), complement=beside)
    is_reflexive = parts[0] in ("se", "s'")
    if is_reflexive:
        parts = parts[1:]
    if parts[0] == "en" and len(parts) > 1:  # "s'en prendre"
        parts = parts[1:]
    is_causative = parts[0] == "faire" and len(parts) > 1 and parts[1].endswith(("er", "ir", "dre", "tre", "ire"))
    if is_causative:
        parts = parts[1:]
    return Trigger(parts[0], is_reflexive, is_causative, tuple(parts[1:]), beside)


def _noun(form: str) -> Trigger:
    """Read ``prise~otage``, ``aide+humanitaire``, ``phone call``."""
    words, _, complement = form.partition("~")
    words, _, beside = words.partition("+")
    parts = words.split()
    return Trigger(parts[-1], particle=tuple(parts[:-1]), complement=tuple(complement.split()), beside=beside)


def _words(field: str) -> list[str]:
    return [] if field == "-" else field.split()


def _term(word: str) -> Term:
    slot, _, classes = word.removeprefix("!").partition(":")
    return Term(slot, frozenset(classes.split("|")) if classes else frozenset(), word.startswith("!"))


def _role(row: Row, word: str, names: tuple[str, ...] = (*ROLES, *PLACES)) -> RoleRule:
    term, _, role = word.rpartition("=")
    if not term or role not in (*names, "-"):
        raise row_error(row, f"no role: {word!r}")
    return RoleRule(_term(term), role)


def _need(row: Row, word: str) -> Need:
    is_negated = word.startswith("!") and "/" not in word
    terms = tuple(_term(part) for part in (word.removeprefix("!") if is_negated else word).split("/"))
    if any(not term.slot or "|" in term.slot or (term.slot in _CONDITIONS and term.classes) for term in terms):
        raise row_error(row, f"no condition: {word!r}")
    return Need(terms, is_negated)
