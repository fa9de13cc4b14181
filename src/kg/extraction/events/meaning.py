"""How the grammar means an event: as a fact, as planned, as possible, as taken for granted; affirmed or denied."""

from __future__ import annotations

from typing import Final

from kg.extraction.reading import Reading
from kg.extraction.slots import NounSlots, is_verb_trigger
from kg.extraction.syntax.clauses import Clause
from kg.vocab import Modality

_WANTED: Final = frozenset(
    ("ceasefire", "agreement", "prisoner-exchange", "withdrawal", "humanitarian-aid", "negotiation")
)
_TOWARD: Final = frozenset(("for", "to", "about", "on", "of", "toward"))


def clause_meaning(reading: Reading, clause: Clause) -> tuple[bool, Modality]:
    """Return whether what a clause tells is denied, and how it is meant."""
    verb = clause.verb
    denied, meant = False, "factual"
    while clause is not None and verb is not None:
        here: Modality = _verb_meaning(reading, clause)
        if meant == "factual":
            meant = here
        denied = denied or (verb.is_negated and clause.marker != "without") or clause.marker in ("without", "instead")
        if verb.form == "finite" and _has_negative_subject(reading, clause):
            denied = True
        if verb.form == "finite" or clause.kind == "participle" or clause.parent is None:
            break
        if id(clause.parent) in reading.sayings:
            break
        governor = _governor(reading, clause.parent)
        if governor is not None and meant == "factual":
            meant = governor
        elif clause.marker in ("for", "to", "of", "toward") and meant == "factual":
            meant = "possible"
        if clause.parent.verb is not None and clause.parent.verb.lemma in reading.frames.lists["refusing"]:
            denied = True
        break
    return denied, meant  # type: ignore[return-value]  # the names are those of the modalities


def _verb_meaning(reading: Reading, clause: Clause) -> Modality:
    verb = clause.verb
    assert verb is not None  # noqa: S101 - the caller has looked
    if verb.modal in reading.frames.lists["possible_modal"]:
        return "possible"
    if verb.mood == "conditional" and verb.form == "finite":
        is_told = clause.kind == "complement" and not verb.is_perfect
        return "planned" if is_told or verb.modal in reading.frames.lists["planned_modal"] else "possible"
    if verb.modal == "devoir" and verb.tense == "past" and not verb.is_imperfect:
        return "factual"  # "ont dû fuir": they had to, and did
    if (
        verb.modal in reading.frames.lists["planned_modal"]
        or verb.tense == "future"
        or verb.periphrasis == "near-future"
    ):
        return "planned"
    if clause.marker in reading.frames.lists["condition"]:
        return "possible"
    if verb.mood in ("imperative", "subjunctive") and clause.kind == "complement":
        return "possible"
    return "presupposed" if _is_restrictive(reading, clause) else "factual"


def _is_restrictive(reading: Reading, clause: Clause) -> bool:
    """Tell whether a relative clause says which one is meant: ``the soldiers who entered the town`` (decision 6 of the guide)."""
    antecedent = clause.antecedent
    if clause.kind != "relative" or antecedent is None or not clause.first:
        return False
    group, tokens = antecedent.group, reading.text.analysis.tokens
    counts = any(tokens[at].word_class == "NUM" for at in range(antecedent.first, antecedent.head))
    if counts or (group is not None and group.determination == "indefinite"):
        return False
    before = clause.first - 2 if tokens[clause.first - 1].word_class == "ADP" else clause.first - 1
    return reading.text.words[before] not in (",", "–", "—", "(", "-")


def _has_negative_subject(reading: Reading, clause: Clause) -> bool:
    """``Aucun communiqué n'est sorti``, ``no ransom was paid``, ``personne n'a tiré``."""
    subject = reading.finder.surface_subject(clause)
    return any(reading.text.words[p.first] in reading.frames.lists["no_subject"] for p in subject[:1])


def _governor(reading: Reading, clause: Clause) -> Modality | None:
    """What the verb above an infinitive makes of it."""
    verb = clause.verb
    if verb is None:
        return None
    if verb.lemma in reading.frames.lists["planning"]:
        return "planned"
    for trigger, kind in reading.frames.supports.get(verb.lemma, ()):
        if kind == "seek" and (not trigger.complement or is_verb_trigger(reading, clause, trigger)):
            return "possible"
    return None


def noun_meaning(reading: Reading, noun: NounSlots, event_type: str) -> tuple[bool, Modality]:
    """Return whether an event that a noun tells is denied, and how it is meant."""
    words, tokens = reading.text.words, reading.text.analysis.tokens
    group = noun.phrase.group
    beside = {tokens[at].lemma.lower() for at in noun.mods} | {words[at] for at in noun.mods}
    denied = bool(words[noun.phrase.first] in reading.frames.lists["no_object"]) or _is_failed(reading, noun)
    if beside & reading.frames.lists["hypothetical"]:
        return denied, "possible"
    if noun.support is not None and noun.clause is not None:
        return _supported_meaning(reading, noun, denied=denied)
    if beside & reading.frames.lists["coming"]:
        return denied, "planned"
    determination = group.determination if group is not None else "none"
    if event_type in _WANTED and noun.phrase.prep in _TOWARD and determination in ("indefinite", "none"):
        return denied, "possible"
    if noun.phrase.prep == "without":
        return True, "factual"
    if noun.clause is not None and (noun.is_object or noun.is_subject) and noun.clause.verb is not None:
        verb_denied, meant = clause_meaning(reading, noun.clause)
        if noun.is_object and meant in ("possible", "planned") and determination in ("indefinite", "none"):
            return denied or verb_denied, meant
        if noun.is_object and verb_denied and determination in ("indefinite", "none"):
            return True, meant
    if determination in ("definite", "possessive", "demonstrative") or noun.phrase.prep == "of":
        return denied, "presupposed"
    return denied, "factual"


def _is_failed(reading: Reading, noun: NounSlots) -> bool:
    """``leur incapacité à trouver un accord``, ``failed efforts to reach a truce``."""
    clause = noun.clause
    if clause is None or clause.kind != "infinitive" or clause.antecedent is None:
        return False
    antecedent = clause.antecedent
    inside, failed = range(antecedent.first, antecedent.last), reading.frames.lists["failed"]
    chain = [p.lemma for p in antecedent.chain]
    return any(reading.text.words[at] in failed for at in inside) or any(lemma in failed for lemma in chain)


def _supported_meaning(reading: Reading, noun: NounSlots, *, denied: bool) -> tuple[bool, Modality]:
    clause = noun.clause
    assert clause is not None  # noqa: S101 - the caller has looked
    verb_denied, meant = clause_meaning(reading, clause)
    if noun.support == "halt" and not verb_denied:
        return True, meant
    if noun.support == "foresee":
        return denied or verb_denied, "planned"
    if noun.support in ("occur",) and clause.verb is not None and clause.verb.lemma in reading.frames.lists["planning"]:
        meant = "planned" if meant == "factual" else meant
    return denied or verb_denied, meant
