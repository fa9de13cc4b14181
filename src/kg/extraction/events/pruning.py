"""What tells nothing: definite nouns that take up an event told before, conditions, what is only wished for."""

from __future__ import annotations

from typing import Final

from kg.extraction.events.happenings import Happening
from kg.extraction.reading import Reading

_COUNTED: Final = "toll-count"
"""The frame of verbs that count dead; of what, only what was told before says."""

_NAMING: Final = "name"
"""The line of ``sayings.tsv`` that evaluates."""

_DEADLY: Final = frozenset(("attack", "clash", "war", "protest"))
_FIGHTING: Final = frozenset(("attack", "clash", "war"))


def pruned(reading: Reading, happenings: list[Happening]) -> list[Happening]:
    """Leave out what tells nothing: a definite noun alone that takes up an event told before, and what stands after if."""
    told: set[str] = set()
    kept: list[Happening] = []
    for happening in happenings:
        if (
            not (_is_mere_reference(happening) and happening.type in told)
            and not _is_condition(reading, happening)
            and not _is_unwanted(reading, happening)
            and not _is_only_named(happening)
            and not (happening.rule == _COUNTED and not told & _DEADLY)
        ):
            kept.append(happening)
            told.add(happening.type)
    return kept


def _is_only_named(happening: Happening) -> bool:
    """``Kyiv calls the annexation illegal``: what is said of the event is an evaluation, the event itself is not told."""
    noun, within = happening.noun, happening.within
    if noun is None or within is None or within.saying is None or within.saying.name != _NAMING or not noun.is_object:
        return False
    group = noun.phrase.group
    is_definite = group is not None and group.determination in ("definite", "demonstrative")
    return is_definite and not any(noun.slots.get(name) for name in ("own", "of", "by"))


def _is_mere_reference(happening: Happening) -> bool:
    noun = happening.noun
    if noun is None or noun.support is not None or happening.toll or happening.times:
        return False
    if any(name not in ("mod",) and phrases for name, phrases in noun.slots.items()):
        return False
    within = happening.within
    if within is not None and within.mode not in ("factual", "opinion"):
        return False
    if within is not None and within.saying is not None and within.saying.event == "statement" and noun.is_object:
        return False  # "announced the withdrawal"
    group = noun.phrase.group
    return group is not None and group.determination in ("definite", "demonstrative") and happening.type != "statement"


def _is_unwanted(reading: Reading, happening: Happening) -> bool:
    """``Nobody wants a war``, ``à défaut d'accord``: nothing is told of what is only wished for, or missing without a name."""
    noun = happening.noun
    if noun is None or noun.phrase.group is None:
        return False
    determination = noun.phrase.group.determination
    if noun.phrase.prep == "without" and determination == "none":
        return True
    verb = noun.clause.verb if noun.clause is not None else None
    is_wished = verb is not None and verb.lemma in reading.frames.lists["wishing"] and noun.is_object
    is_refused = verb is not None and verb.is_negated
    return happening.type in _FIGHTING and is_wished and (is_refused or determination in ("indefinite", "none"))


def _is_condition(reading: Reading, happening: Happening) -> bool:
    """Tell whether a verb stands in a clause with if: nothing has happened there."""
    clause, noun = happening.clause, happening.noun
    if clause is None or (noun is not None and not (noun.is_object or noun.is_subject)):
        return False
    conditions = reading.frames.lists["if"]
    return any(c.marker in conditions and c.kind == "adverbial" for c in (clause, *clause.ancestors()))
