"""Threats: what is said is that the speaker will do harm."""

from __future__ import annotations

from typing import Final

from kg.extraction.attribution.attributions import Attribution
from kg.extraction.reading import Reading
from kg.extraction.syntax.clauses import Clause
from kg.extraction.syntax.phrases import Phrase

_TO_COME: Final = frozenset(("will", "would", "shall", "aller", "go"))
"""Auxiliaries of the future, as `kg.analysis.VerbGroup.modal` names them."""


def is_threat(reading: Reading, attribution: Attribution) -> bool:
    """Tell whether what is said is that the speaker will do harm.

    ``a averti qu'il riposterait``, ``vowed to march on the capital`` and ``« Nous répondrons par la force »`` match, ``a promis de
    reconstruire la ville`` does not. Whoever warns of a harm that nobody is said to do (``paiera le prix``) threatens too.
    """
    saying = attribution.saying
    assert saying is not None  # noqa: S101 - the caller has looked
    names = {m.name for p in attribution.speakers if (m := reading.mention(p)) is not None}
    names |= {e.name for p in attribution.speakers if (m := reading.mention(p)) is not None for e in m.referents}
    if saying.name == "promise" and _has_harm(reading, attribution.clause):
        return True  # "vowed retaliation"
    for clause in _said_first(reading, attribution):
        if not _is_to_come(clause) or not _is_harm(reading, clause):
            continue
        if clause.kind == "infinitive":
            return saying.name == "promise"
        subject = reading.finder.surface_subject(clause)
        is_own = any(_is_self(reading, p, names) for p in subject)
        is_warned = saying.name == "warn" and (_pays(reading, clause) or _has_class(reading, subject, "armed"))
        if is_own or is_warned:
            return True
    return False


def _said_first(reading: Reading, attribution: Attribution) -> list[Clause]:
    """The clauses that are said, not those within them."""
    clause = attribution.clause
    if clause is not None and any(c.kind in ("complement", "infinitive") for c in clause.children):
        return [c for c in clause.children if c.kind in ("complement", "infinitive") and c.verb is not None]
    found = []
    for first, _ in attribution.content[:1]:
        parse = reading.parse_at(first)
        if parse is not None:
            found += [
                c for c in parse.clauses if c.kind == "main" and c.verb is not None and attribution.covers(c.verb.head)
            ]
    return found


def _is_to_come(clause: Clause) -> bool:
    verb = clause.verb
    assert verb is not None  # noqa: S101 - the caller has looked
    return clause.kind == "infinitive" or verb.tense == "future" or verb.mood == "conditional" or verb.modal in _TO_COME


def _is_harm(reading: Reading, clause: Clause) -> bool:
    """Tell whether a verb does harm: by itself, or with a noun of harm: ``répondre par la force``, ``resume fighting``."""
    verb, lists = clause.verb, reading.frames.lists
    assert verb is not None  # noqa: S101 - the caller has looked
    if verb.is_negated and verb.lemma not in lists["hesitate"] | lists["tolerate"]:
        return False
    if verb.lemma in lists["open_harm"]:
        return _has_harm(reading, clause) or any(
            c.verb is not None and c.verb.lemma in lists["fight"]
            for c in clause.children
            if c.kind in ("infinitive", "participle")
        )
    is_hostile = "hostile" in reading.frames.things.get(verb.lemma, frozenset())
    return is_hostile or _pays(reading, clause) or verb.lemma in lists["hesitate"]


def _has_harm(reading: Reading, clause: Clause | None) -> bool:
    """Tell whether a noun of harm stands beside the verb of a clause."""
    if clause is None:
        return False
    arguments = reading.arguments(clause)
    beside = [*arguments.object, *(p for phrases in arguments.slots.values() for p in phrases)]
    return _has_class(reading, beside, "harm")


def _has_class(reading: Reading, phrases: list[Phrase], name: str) -> bool:
    return any(name in reading.classes(p) for p in phrases)


def _pays(reading: Reading, clause: Clause) -> bool:
    """Tell whether harm is said to come of something: ``paiera le prix``, ``équivaudrait à une déclaration de guerre``."""
    verb, lists = clause.verb, reading.frames.lists
    if verb is None:
        return False
    if verb.lemma in lists["consequence"]:
        return _has_harm(reading, clause)
    return verb.lemma in lists["pay"] and (not reading.arguments(clause).object or _has_harm(reading, clause))


def _is_self(reading: Reading, phrase: Phrase, names: set[str]) -> bool:
    if reading.text.words[phrase.head] in reading.frames.lists["we"]:
        return True
    mention = reading.mention(phrase)
    if mention is None:
        return False
    return (
        mention.name in names
        or any(e.name in names for e in mention.referents)
        or (mention.kind == "pronoun" and not mention.referents)
    )
