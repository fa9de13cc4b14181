"""One happening, one claim: what several words of a clause tell together is put together.

- a noun inside the clause of a verb of its type: ``tués par des tirs azerbaïdjanais``, ``signed an agreement``;
- a verb of killing or hurting whose subject is an event: ``l'offensive a fait 30 morts``, ``the raid killed three``;
- a participle or a coordinated verb of one attack: ``ont ouvert le feu et blessé un homme``, ``struck the port, killing three``.
Kept apart: what different speakers say, and two events of one type side by side (``expelled the envoy and recalled its own``).
"""

from __future__ import annotations

from typing import Final

from kg.extraction.casualties import add_counts
from kg.extraction.happenings import Happening
from kg.extraction.reading import Reading
from kg.extraction.events import clause_passage
from kg.extraction.syntax.clauses import Clause

_TOLLS: Final = frozenset(("kill", "wound", "toll", "lose-life", "kill-pass", "displace", "hit", "explode"))
_FIGHTING: Final = frozenset(("attack", "clash", "war"))
_JOINED: Final = frozenset(("attack", "clash"))
_INNER: Final = frozenset(("in", "by", "during", "after", "with", "from", "cause", "under", "of", "on", "at", ""))


def merge(reading: Reading, verbs: list[Happening], nouns: list[Happening], acts: list[Happening]) -> list[Happening]:
    """Return the happenings that stand by themselves, in the order of the text."""
    by_clause = {id(h.clause): h for h in verbs if h.clause is not None}
    for noun in nouns:
        _fold_toll(reading, noun, by_clause)
    for noun in nouns:
        if not noun.is_dropped:
            _fold_noun(reading, noun, by_clause)
    for verb in verbs:
        if not verb.is_dropped:
            _fold_verb(verb, by_clause)
    act_clauses = {id(a.clause): a for a in acts if a.clause is not None}
    for verb in verbs:
        act = act_clauses.get(id(verb.clause))
        if act is not None and act.type in (verb.type, "accusation", "request", "rejection", "threat"):
            verb.is_dropped = True
    for noun in nouns:
        if noun.noun is not None and noun.clause is not None and id(noun.clause) in act_clauses:
            _fold_act(act_clauses[id(noun.clause)], noun)
    kept = [h for h in (*verbs, *nouns, *acts) if not h.is_dropped]
    return sorted(kept, key=lambda h: (h.trigger, h.type))


def _fold_act(act: Happening, noun: Happening) -> None:
    """``a lancé un appel``, ``made a statement``: the noun is the act that the verb makes."""
    if noun.type == act.type and noun.noun is not None and noun.noun.is_object:
        noun.is_dropped = True


def _fold_toll(reading: Reading, noun: Happening, by_clause: dict[int, Happening]) -> None:
    """Take the toll of a clause whose subject is an event."""
    slots = noun.noun
    if slots is None or noun.type not in _FIGHTING:
        return
    for clause in _clauses_about(reading, noun):
        verb = by_clause.get(id(clause))
        if verb is None or verb.is_dropped or verb.rule not in _TOLLS:
            continue
        if verb.rule == "hit" and noun.type != "attack":
            continue
        _take(noun, verb)
        noun.meant = verb.meant if noun.meant in ("presupposed", "factual") else noun.meant
        noun.toll = (*noun.toll, clause)
        passage = clause_passage(reading, clause)
        if clause.kind == "relative" or clause is not slots.clause:
            start = min(noun.passage[0][0], passage[0][0])
            noun.passage = [(start, max(noun.passage[0][1], passage[0][1]))]
        else:
            noun.passage = [passage[0]]
        verb.is_dropped = True


def _clauses_about(reading: Reading, noun: Happening) -> list[Clause]:
    """The clauses whose subject is a noun: its own, and those of relatives and participles."""
    slots = noun.noun
    assert slots is not None  # noqa: S101 - the caller has looked
    found: list[Clause] = []
    parse = reading.parse_at(noun.trigger)
    if parse is None:
        return found
    for clause in parse.clauses:
        if clause.verb is None or clause.verb.voice == "passive":
            continue
        subject = reading.finder.surface_subject(clause)
        if slots.phrase in subject or slots.anchor in subject:
            found.append(clause)
    return found


def _fold_noun(reading: Reading, noun: Happening, by_clause: dict[int, Happening]) -> None:
    """Put a noun into the event of the verb around it, where both are of one type."""
    slots = noun.noun
    if slots is None or slots.clause is None:
        return
    clause: Clause | None = slots.clause
    verb = by_clause.get(id(clause))
    if verb is None or verb.is_dropped or not _is_one(verb, noun):
        return
    leader = slots.phrase.leader or slots.phrase
    if leader.prep not in _INNER or leader.prep == "of" and not slots.is_object and verb.type != "attack":
        return
    _take(verb, noun)
    if verb.is_denied is False and noun.is_denied:
        verb.is_denied = True
    noun.is_dropped = True


def _is_one(verb: Happening, noun: Happening) -> bool:
    if verb.type == noun.type:
        return True
    return verb.type == "attack" and noun.type == "clash" and verb.rule in _TOLLS


def _fold_verb(verb: Happening, by_clause: dict[int, Happening]) -> None:
    """Put a participle or coordinated verb of an attack into the one before it."""
    clause = verb.clause
    if clause is None or verb.type not in _JOINED:
        return
    partner = clause.shares if clause.shares is not None else clause.parent if clause.kind == "participle" else None
    other = by_clause.get(id(partner)) if partner is not None else None
    if other is None or other is verb or other.type not in _JOINED or other.is_denied != verb.is_denied:
        return
    while other.is_dropped and other.clause is not None and other.clause.shares is not None:
        other = by_clause.get(id(other.clause.shares), other)
        if other.is_dropped:
            return
    if other.is_dropped or (clause.antecedent is not None and clause.shares is None and clause.antecedent in other.roles.get("actor", [])):
        return
    if clause.shares is not None and other.roles.get("actor") and verb.roles.get("actor") and verb.rule in ("kill",) and other.rule in ("kill",):
        pass
    _take(other, verb)
    first, last = other.passage[0]
    other.passage[0] = min(first, verb.passage[0][0]), max(last, verb.passage[0][1])
    verb.is_dropped = True


def _take(one: Happening, other: Happening) -> None:
    """Give one happening what another tells of it."""
    for role, phrases in other.roles.items():
        if role in ("actor", "location") and one.roles.get(role) and role == "actor":
            continue
        one.add(role, [p for p in phrases if not any(p in own for own in one.roles.values())])
    for name in ("deaths", "injured"):
        mine, theirs = getattr(one, name), getattr(other, name)
        if mine is None:
            setattr(one, name, theirs)
        elif theirs is not None and one.rule == other.rule:
            setattr(one, name, add_counts([mine, theirs]))
    one.times += [t for t in other.times if t not in one.times]
