"""A truce and the verb that agrees on it or breaks it: one happening, one claim."""

from __future__ import annotations

from typing import Final

from kg.extraction.events.happenings import Happening

_AGREEING: Final = frozenset(("agree", "agree-on"))
_AGREED_ON: Final = frozenset(("ceasefire", "sanction", "deployment", "military-aid"))
"""What takes the place of the agreement on it."""


def fold_broken(verbs: list[Happening], nouns: list[Happening]) -> None:
    """Drop the truce that a violation breaks: ``accused the army of breaking the truce``, ``violations du cessez-le-feu``."""
    verbs_by_clause = {id(v.clause) for v in verbs if v.type == "ceasefire-violation" and not v.is_dropped}
    broken = {id(h.noun.phrase) for h in nouns if h.type == "ceasefire-violation" and h.noun is not None}
    for noun in nouns:
        slots = noun.noun
        if noun.is_dropped or slots is None or noun.type not in ("ceasefire", "agreement"):
            continue
        is_object = id(slots.clause) in verbs_by_clause and (slots.is_object or slots.is_subject)
        if is_object or any(id(p) in broken for p in slots.phrase.chain[1:2]):
            noun.is_dropped = True


def fold_agreed(verbs: list[Happening], nouns: list[Happening]) -> None:
    """Put an agreement into the truce that is agreed on: ``agreed to a ceasefire``, ``agreed to silence their guns``."""
    for verb in verbs:
        clause = verb.clause
        if verb.is_dropped or verb.type != "agreement" or verb.rule not in _AGREEING or clause is None:
            continue
        inner = next(
            (
                h
                for h in (*nouns, *verbs)
                if not h.is_dropped
                and h.type in _AGREED_ON
                and h.clause is not None
                and (h.clause is clause if h.noun is not None else h.clause.parent is clause)
                and (h.noun is None or h.noun.phrase.prep in ("to", "on", "of"))
                and h.trigger > verb.trigger
            ),
            None,
        )
        if inner is None or (inner.noun is None and inner.clause is not None and inner.clause.kind != "infinitive"):
            continue
        if inner.type == "ceasefire":
            inner.add("participant", verb.roles.get("participant", []))
            inner.passage = [verb.passage[0]] if inner.noun is not None else inner.passage
            inner.meant = verb.meant
        verb.is_dropped = True
