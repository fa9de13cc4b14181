"""Relations: what the text says to hold between two parties, or between a party and a place.

Frames over verbs and nouns as for events (``relations.tsv``); and what names and epithets say by themselves: a place in another
(``Jeddah (Arabie saoudite)``), a separatist authority, a party run or backed by another (``the Hamas-run territory``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from kg.extraction.attribution.attributions import Attribution
from kg.extraction.entities import parties, places
from kg.extraction.events.happenings import fill_relation, holds
from kg.extraction.events.meaning import clause_meaning
from kg.extraction.events.triggers import clause_passage
from kg.extraction.frames import RelationFrame, load_relations
from kg.extraction.mentions import Mention
from kg.extraction.reading import Reading
from kg.extraction.slots import NounSlots, is_noun_trigger, is_verb_trigger, noun_slots, verb_facts, verb_slot
from kg.extraction.syntax.clauses import Clause
from kg.extraction.syntax.phrases import Phrase
from kg.extraction.tables import remembered
from kg.records import Entity
from kg.vocab import Modality, RelationType

_TERRITORIAL: Final = frozenset(("controls", "disputes", "separatist-in", "located-in"))
_SEPARATIST: Final = re.compile(
    r"(?i)\b(?:séparatiste|sécessionniste|indépendantiste|separatist|secessionist|breakaway|rebelle|rebel)s?\b"
)
_SECEDING: Final = frozenset(("DeFactoAuthority", "ArmedGroup", "Organization"))
_NO_EVENTS: Final[frozenset[int]] = frozenset()


@dataclass(frozen=True, slots=True)
class Tie:
    """A relation as one passage tells it."""

    relation: RelationType
    subject: Entity
    object: Entity
    passage: tuple[tuple[int, int], ...]
    rule: str
    trigger: int
    is_denied: bool = False
    meant: Modality = "factual"
    is_epithet: bool = False
    is_background: bool = False


def find_relations(reading: Reading) -> list[Tie]:
    """Return the relations of a text, each once, in its order."""
    found: dict[tuple[str, str, str], Tie] = {}
    for tie in (
        *_from_verbs(reading),
        *_from_nouns(reading),
        *_from_endings(reading),
        *_from_places(reading),
        *_from_epithets(reading),
    ):
        if tie.subject.name != tie.object.name:
            found.setdefault((tie.relation, tie.subject.name, tie.object.name), tie)
    return sorted(found.values(), key=lambda t: (t.passage, t.relation, t.subject.name, t.object.name))


def _from_verbs(reading: Reading) -> Iterator[Tie]:
    frames = load_relations(reading.frames.language).verbs
    for parse in reading.parses:
        for clause in parse.clauses:
            if clause.verb is None or clause.verb.lemma not in frames:
                continue
            if any(c.kind == "complement" for c in clause.children):
                continue
            for trigger, frame in frames[clause.verb.lemma]:
                slot = verb_slot(reading, clause)
                if is_verb_trigger(reading, clause, trigger) and holds(reading, frame.needs, slot, verb_facts(clause)):
                    yield from _from_clause(reading, clause, frame)
                    break


def _from_clause(reading: Reading, clause: Clause, frame: RelationFrame) -> Iterator[Tie]:
    verb = clause.verb
    assert verb is not None  # noqa: S101 - the caller has looked
    denied, meant = clause_meaning(reading, clause)
    if clause.kind in ("participle",) and not clause.is_apart and meant == "factual":
        meant = "presupposed"
    roles = fill_relation(reading, frame.roles, verb_slot(reading, clause))
    passage = tuple(clause_passage(reading, clause))
    for subject in parties(reading, roles.get("subject", [])):
        for value in _objects(reading, frame.relation, roles.get("object", [])):
            yield Tie(
                frame.relation, subject, value, passage, frame.name, verb.head, denied, frame.meant or meant,
                is_background=clause.kind in ("relative", "participle"),
            )  # fmt: skip


def _objects(reading: Reading, relation: str, phrases: list[Phrase]) -> tuple[Entity, ...]:
    if relation in _TERRITORIAL:
        return places(reading, phrases)
    return parties(reading, phrases)


# --------------------------------------------------------------------------- nouns


def _from_nouns(reading: Reading) -> Iterator[Tie]:
    frames = load_relations(reading.frames.language).nouns
    for phrase in reading.text.phrases:
        lemma = phrase.lemma.lower()
        if lemma not in frames:
            continue
        noun = noun_slots(reading, phrase, _NO_EVENTS)
        beside = _beside(reading, phrase)
        for trigger, frame in frames[lemma]:
            if not is_noun_trigger(reading, noun, trigger):
                continue
            slots = _slots(reading, noun, beside)
            if holds(reading, frame.needs, slots, frozenset()):
                yield from _from_noun(reading, noun, frame, slots)
                break


def _slots(reading: Reading, noun: NounSlots, beside: list[Phrase]):  # type: ignore[no-untyped-def]
    def slot(name: str) -> list[Phrase]:
        if name == "app":
            return beside
        if name == "mod":
            return [Phrase(at, at + 1, at, reading.text.analysis.tokens[at].lemma) for at in noun.mods]
        return noun.slot(name)

    return slot


def _beside(reading: Reading, phrase: Phrase) -> list[Phrase]:
    """The phrase that a noun stands beside: before a comma, behind it, or the subject of ``être``, ``be``."""
    words, phrases = reading.text.words, reading.text.phrases
    if phrase.leader is not None:
        return _beside(reading, phrase.leader)
    at = phrases.index(phrase)
    found = []
    if at and words[phrases[at - 1].last : phrase.first] in (
        [","],
        [",", "un"],
        [",", "une"],
        [",", "a"],
        [",", "an"],
        [",", "the"],
        ["("],
    ):
        found.append(phrases[at - 1])
    else:
        last = phrase
        for other in phrases[at + 1 : at + 4]:
            gap = words[last.last : other.first]
            if other.prep and gap != [","] and phrase in other.chain:
                last = other
                continue
            if gap in ([","], []) and not other.prep and (phrase.owner is None or gap == [","]):
                found.append(other)
            break
    clause = reading.clause_of(phrase)
    if (
        clause is not None
        and clause.verb is not None
        and clause.verb.lemma in ("être", "be")
        and phrase in clause.after
    ):
        found += reading.finder.surface_subject(clause)
    mention = reading.mention(phrase)
    if not found and mention is not None and len(mention.referents) == 1 and mention.kind == "name":
        found.append(phrase)
    return found


def _from_noun(reading: Reading, noun: NounSlots, frame: RelationFrame, slot) -> Iterator[Tie]:  # type: ignore[no-untyped-def]
    roles = fill_relation(reading, frame.roles, slot)
    phrase = noun.phrase
    subjects = roles.get("subject", [])
    first = min([phrase.first, *(p.first for p in subjects)])
    last = max([phrase.last, *(p.last for p in (*subjects, *roles.get("object", [])) if p.first - phrase.last < 6)])
    for subject in parties(reading, subjects):
        for value in _objects(reading, frame.relation, roles.get("object", [])):
            yield Tie(
                frame.relation,
                subject,
                value,
                ((first, last),),
                frame.name,
                phrase.head,
                meant=frame.meant or "factual",
                is_epithet=True,
            )


# --------------------------------------------------------------------------- endings


@remembered
def _endings(language: str) -> dict[str, RelationFrame]:
    return {t.lemma: f for f in load_relations(language).endings for t in f.triggers}


def _from_endings(reading: Reading) -> Iterator[Tie]:
    """``the Hamas-run territory``, ``Iran-backed Hezbollah``: the party is a part of the token."""
    endings, text = _endings(reading.frames.language), reading.text
    if not endings:
        return
    for at, word in enumerate(text.words):
        stem, hyphen, ending = word.rpartition("-")
        frame = endings.get(ending) if hyphen and stem else None
        index = text.phrase_at[at]
        if frame is None or index < 0:
            continue
        phrase = text.phrases[index]
        span = text.analysis.tokens[at]
        owners = [m for m in text.mentions if span.start <= m.start and m.end <= span.end]
        values = _objects(reading, frame.relation, [phrase])
        for owner in owners[:1]:
            for subject in owner.as_party():
                for value in values:
                    pair = (subject, value) if frame.relation != "allied-with" else (value, subject)
                    yield Tie(
                        frame.relation,
                        *pair,
                        ((phrase.first, phrase.last),),
                        frame.name,
                        at,
                        meant="presupposed",
                        is_epithet=True,
                    )


# --------------------------------------------------------------------------- names and epithets


def _from_places(reading: Reading) -> Iterator[Tie]:
    mentions = reading.text.mentions
    for containment in mentions.containments:
        part, whole = mentions[containment.part], mentions[containment.whole]
        if (part.kind in ("description", "pronoun") and part.name == part.text) or whole.name in part.name:
            continue
        tokens = reading.text.analysis.tokens_in(*containment.span)
        if reading.text.words[whole.last : whole.last + 1] in (["'s"], ["'"]):
            continue  # "In Cairo, Egypt's foreign ministry …"
        for subject in part.as_place()[:1]:
            for value in whole.as_place()[:1]:
                yield Tie(
                    "located-in",
                    subject,
                    value,
                    ((tokens.start, tokens.stop),),
                    "inside",
                    tokens.start,
                    meant="presupposed",
                    is_epithet=True,
                )


def _from_epithets(reading: Reading) -> Iterator[Tie]:
    """``les autorités de cette région séparatiste``, ``une milice séparatiste de la province``: separatist in the place."""
    mentions = reading.text.mentions
    for index, mention in enumerate(mentions):
        if mention.type not in _SECEDING or not _SEPARATIST.search(mention.text):
            continue
        for inner in mentions.inside(index):
            place = _place(mentions[inner])
            if place is not None and mention.entities():
                yield Tie(
                    "separatist-in", mention.entities()[0], place, ((mention.first, mention.last),), "separatist",
                    mention.head, meant="presupposed", is_epithet=True,
                )  # fmt: skip
                break


def _place(mention: Mention) -> Entity | None:
    found = mention.as_place() if mention.type == "Place" else ()
    return found[0] if found else None


def within(tie: Tie, attributions: list[Attribution]) -> Attribution | None:
    """Return the attribution that says a relation: none says what an epithet takes for granted."""
    if tie.is_epithet or tie.is_background:
        return None
    around = [a for a in attributions if a.covers(tie.trigger) and a.speakers]
    return min(around, key=lambda a: (a.size, a.cue), default=None)
