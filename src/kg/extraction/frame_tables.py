"""The tables of frames, read: ``events.tsv``, ``sayings.tsv``, ``supports.tsv``, ``things.tsv`` and ``relations.tsv``.

The notes at the head of each table say how its lines are written.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, TypeVar, cast, get_args

from kg.extraction.frames import (
    PLACES,
    RELATION_PARTS,
    Frame,
    Frames,
    Mode,
    Need,
    RelationFrame,
    RelationFrames,
    RoleRule,
    Saying,
    Support,
    Term,
    Trigger,
)
from kg.extraction.tables import Row, read_lists, read_table, remembered, row_error
from kg.vocab import EVENT_TYPES, MODALITIES, RELATIONS, ROLES, EventType, Modality, RelationType

_T = TypeVar("_T")

_CONDITIONS: Final = frozenset(
    (
        "arg",
        "plural",
        "definite",
        "reflexive",
        "passive",
        "active",
        "negated",
        "subject",
        "supported",
        "caused",
        "said",
        "infinitive",
    )
)
_BESIDE_SAYING: Final = frozenset(
    ("clause", "quote", "infinitive", "infinitive-alone", "object", "complement", "complement-alone", "complement-only", "of", "to", "on", "for", "adjective",
     "predicate", "subject", "verb")
)  # fmt: skip


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
