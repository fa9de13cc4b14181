"""Relations that verbs tell: ``X soutient Y``, ``Y, soutenu par X``, ``X is located in Y``."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extraction.events.happenings import fill_relation, holds
from kg.extraction.events.meaning import clause_meaning
from kg.extraction.events.passages import clause_passage
from kg.extraction.frame_tables import load_relations
from kg.extraction.frames import RelationFrame
from kg.extraction.reading import Reading
from kg.extraction.relations.neighbours import mention_from, phrase_of
from kg.extraction.relations.ties import Telling, Tie, tie
from kg.extraction.slots import Slot, is_verb_trigger, verb_facts, verb_slot
from kg.extraction.syntax.clauses import Clause
from kg.extraction.syntax.phrases import Phrase


def from_verbs(reading: Reading) -> Iterator[Tie]:
    """Yield the relations that the frames of verbs find; of each clause those of the first frame that fits."""
    frames = load_relations(reading.frames.language).verbs
    for parse in reading.parses:
        for clause in parse.clauses:
            if clause.verb is None or clause.verb.lemma not in frames:
                continue
            if any(c.kind == "complement" for c in clause.children):
                continue
            slot = _slots(reading, clause)
            for trigger, frame in frames[clause.verb.lemma]:
                if is_verb_trigger(reading, clause, trigger) and holds(
                    reading, frame.needs, slot, verb_facts(reading, clause)
                ):
                    yield from _from_clause(reading, clause, frame, slot)
                    break


def _slots(reading: Reading, clause: Clause) -> Slot:
    """The slots of a verb, and ``own``: what the words beside its object name (``has Russian support``)."""
    plain = verb_slot(reading, clause)

    def slot(name: str) -> list[Phrase]:
        if name == "own":
            return [own for phrase in reading.arguments(clause).object for own in _owners(reading, phrase)]
        found = plain(name)
        return found or (_relative_object(reading, clause) if name == "obj" else found)

    return slot


def _owners(reading: Reading, phrase: Phrase) -> list[Phrase]:
    if phrase.owner is not None:
        return phrase.owner.all
    mentions = reading.text.mentions
    found = []
    for index in mentions.within(phrase.first, phrase.last):
        mention = mentions[index]
        if mention.head != phrase.head and mention.kind != "pronoun":
            lemma = reading.text.analysis.tokens[mention.head].lemma
            found.append(Phrase(mention.first, mention.last, mention.head, lemma, "own", mention.first, index))
    return found


def _relative_object(reading: Reading, clause: Clause) -> list[Phrase]:
    """The antecedent of ``que`` behind a comma: ``X, que revendique Y``."""
    if clause.marker not in ("que", "qu'") or clause.kind not in ("adverbial", "relative"):
        return []
    words, at = reading.text.words, clause.first
    while at > 0 and words[at] not in ("que", "qu'"):
        at -= 1
    if at < 2 or words[at - 1] != ",":
        return []
    index = reading.text.phrase_at[at - 2]
    return [reading.text.phrases[index]] if index >= 0 else []


def _from_clause(reading: Reading, clause: Clause, frame: RelationFrame, slot: Slot) -> Iterator[Tie]:
    verb = clause.verb
    assert verb is not None  # noqa: S101 - the caller has looked
    denied, meant = clause_meaning(reading, clause)
    if clause.kind == "participle" and not clause.is_apart and meant == "factual":
        meant = "presupposed"
    telling = Telling(
        tuple(clause_passage(reading, clause)),
        verb.head,
        denied,
        meant,
        is_background=clause.kind in ("relative", "participle"),
        is_state=_is_state(clause),
    )
    roles = fill_relation(reading, frame.roles, slot)
    if frame.relation == "controls":
        roles["object"] = _with_gapped(reading, roles.get("object", []))
    yield from tie(reading, frame, roles, telling)


def _with_gapped(reading: Reading, phrases: list[Phrase]) -> list[Phrase]:
    """Add the objects of a verb left out: ``has held A since January and B since February``."""
    text, found = reading.text, list(phrases)
    for phrase in found:  # grows: one after the other
        at = phrase.last
        while at < len(text.words) and (at in text.prepositions or text.time_at[at] >= 0):
            at += 1
        if (
            at == phrase.last
            or at >= len(text.words)
            or text.words[at] not in ("and", "et")
            or text.time_at[at - 1] < 0
        ):
            continue
        index = mention_from(reading, at + 1)
        if index is None or text.mentions[index].kind not in ("name", "capital") or not text.mentions[index].as_place():
            continue
        after = text.mentions[index].last
        if text.time_at[after : after + 2] and max(text.time_at[after : after + 2]) >= 0:
            found.append(phrase_of(reading, index))
    return found


def _is_state(clause: Clause) -> bool:
    """Tell whether a verb tells what lasts: ``controls``, ``occupée par``, no ``took``."""
    verb = clause.verb
    assert verb is not None  # noqa: S101 - the caller has looked
    if clause.kind == "participle" or verb.is_imperfect:
        return True
    return verb.tense == "present" and not verb.is_progressive and (not verb.is_perfect or verb.voice == "passive")
