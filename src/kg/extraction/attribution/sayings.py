"""Verbs of saying used as such: somebody speaks, and something is said.

What has to stand beside which verb are the ``needs`` of ``sayings.tsv``.
"""

from __future__ import annotations

from bisect import bisect_left
from operator import attrgetter
from typing import Final

from kg.extraction.frames import Saying, Trigger
from kg.extraction.reading import Reading
from kg.extraction.slots import is_verb_trigger
from kg.extraction.syntax.clauses import Clause
from kg.extraction.syntax.phrases import Phrase

SPEAKING: Final = frozenset(
    ("party", "person", "people", "group", "body", "media", "organization", "state", "armed", "pronoun", "speaker", "official",
     "envoy")
)  # fmt: skip
"""The classes of whoever can say something."""

_PASSIVE_MODES: Final = frozenset(("charge", "presupposed", "possible", "own-factual"))
_AFTER_REFLEXIVE: Final = frozenset(("ADJ", "VERB", "ADV"))


def saying_of(reading: Reading, clause: Clause) -> tuple[Trigger, Saying] | None:
    """Return the line of ``sayings.tsv`` that the verb of a clause stands in, with what it asks for beside it."""
    verb = clause.verb
    if verb is None:
        return None
    for trigger, saying in reading.frames.said.get(verb.lemma, ()):
        if not is_verb_trigger(reading, clause, trigger):
            continue
        if saying.mode == "silent":
            if verb.is_negated or _has_negative_object(reading, clause):
                return trigger, saying
            continue
        if saying.name == "say" and verb.is_negated and _asks_whether(reading, clause):
            return trigger, next(s for s in reading.frames.sayings if s.mode == "silent")  # "have yet to say whether"
        if _is_used(reading, clause, trigger, saying):
            return trigger, saying
    return None


def speakers_of(reading: Reading, clause: Clause) -> list[Phrase]:
    """Return who speaks in a clause: its subject, of a passive the one after by, of a document whoever issued it."""
    verb = clause.verb
    if verb is not None and verb.voice == "passive" and (verb.is_negated or _is_quoting(reading, clause)):
        return reading.finder.surface_subject(clause)  # "could not be reached for comment", "was quoted as saying"
    if _is_quoting(reading, clause):
        return reading.arguments(clause).object  # "the agency quoted the mayor as saying"
    subject = reading.arguments(clause).subject
    documents = reading.frames.lists["document"]
    if clause.kind == "participle" and any(p.lemma.lower() in documents for p in subject):
        parent = clause.parent
        while parent is not None:
            found = reading.arguments(parent).subject
            if any(reading.classes(p) & SPEAKING for p in found):
                return found
            parent = parent.parent
    return subject


def is_mutual(reading: Reading, clause: Clause) -> bool:
    """Tell whether those who speak speak of each other: ``The two sides blamed each other``."""
    verb = clause.verb
    after = reading.text.words[verb.last : verb.last + 2] if verb is not None else []
    return " ".join(after) in reading.frames.lists["each_other"]


def _is_quoting(reading: Reading, clause: Clause) -> bool:
    said = reading.frames.said.get(clause.verb.lemma, ()) if clause.verb is not None else ()
    return any(saying.name == "quote" for _, saying in said)


def _has_negative_object(reading: Reading, clause: Clause) -> bool:
    negative = reading.frames.lists["no_determiner"]
    return any(reading.text.words[p.first] in negative for p in reading.arguments(clause).object)


def _asks_whether(reading: Reading, clause: Clause) -> bool:
    return any(c.marker in reading.frames.lists["whether"] for c in clause.children)


def _is_used(reading: Reading, clause: Clause, trigger: Trigger, saying: Saying) -> bool:
    """Tell whether a verb of saying is used as one."""
    verb = clause.verb
    assert verb is not None  # noqa: S101 - the caller has looked
    if verb.voice == "passive":
        if saying.mode not in _PASSIVE_MODES and saying.name != "quote":
            return False
        if saying.to in ("object", "any") and not _has_somebody(reading, reading.finder.surface_subject(clause)):
            return False
    elif not _has_somebody(reading, speakers_of(reading, clause)):
        return False
    if _is_other_sense(reading, clause, saying):
        return False
    return not saying.needs or any(
        _is_beside(reading, clause, trigger, name, classes) for name, classes in saying.needs
    )


def _is_other_sense(reading: Reading, clause: Clause, saying: Saying) -> bool:
    """Tell whether a verb means something else here than to say."""
    verb, lists = clause.verb, reading.frames.lists
    assert verb is not None  # noqa: S101 - the caller has looked
    if saying.name in ("refuse", "deny"):
        return verb.is_negated
    if saying.name == "ask":
        # "who asked not to be named", "asked whether"
        return _asks_whether(reading, clause) or any(
            c.verb is not None and c.verb.lemma in lists["identify"] for c in clause.children
        )
    if saying.name == "promise":
        # several parties who commit themselves come to an agreement
        return verb.lemma in lists["commit"] and _are_several(speakers_of(reading, clause))
    if saying.name == "condemn":
        return "to" in reading.arguments(clause).slots  # "condamné à dix ans de prison"
    return False


def _are_several(phrases: list[Phrase]) -> bool:
    return len(phrases) > 1 or any(p.group is not None and p.group.number == "Plur" for p in phrases)


def _is_beside(reading: Reading, clause: Clause, trigger: Trigger, name: str, classes: frozenset[str]) -> bool:
    """Tell whether what a line needs stands beside its verb; see ``sayings.tsv``."""
    arguments = reading.arguments(clause)
    match name:
        case "clause":
            return any(c.kind == "complement" for c in clause.children)
        case "quote":
            return _has_quotation(reading, clause)
        case "infinitive":
            return _has_infinitive(clause)
        case "infinitive-alone":
            return _has_infinitive(clause) and not arguments.object
        case "complement":
            return bool(trigger.complement)
        case "complement-alone":
            return bool(trigger.complement) and not _has_infinitive(clause)
        case "complement-only":
            return bool(trigger.complement) and not arguments.object
        case "subject":
            subject = reading.finder.surface_subject(clause)
            return clause.verb is not None and clause.verb.voice == "passive" and _has(reading, subject, classes)
        case "adjective":
            return _is_reflexive_with_adjective(reading, clause, trigger)
        case "predicate":
            return _has_predicate(reading, clause)
        case "verb":
            return trigger.lemma in classes
        case "object" if is_mutual(reading, clause):
            return True
        case _:
            return _has(reading, arguments.object if name == "object" else arguments.slots.get(name, []), classes)


def _has(reading: Reading, phrases: list[Phrase], classes: frozenset[str]) -> bool:
    """Tell whether one of the phrases is of one of the classes; any is, where none is named."""
    if "somebody" in classes:
        return _has_somebody(reading, phrases)
    return any(not classes or reading.classes(p) & classes for p in phrases)


def _has_somebody(reading: Reading, phrases: list[Phrase]) -> bool:
    return any(reading.classes(p) & SPEAKING for p in phrases)


def _has_infinitive(clause: Clause) -> bool:
    return any(c.kind == "infinitive" and not c.is_apart for c in clause.children)


def _is_reflexive_with_adjective(reading: Reading, clause: Clause, trigger: Trigger) -> bool:
    """``s'est dite préoccupée``."""
    verb, tokens = clause.verb, reading.text.analysis.tokens
    is_becoming = trigger.is_reflexive and trigger.lemma in reading.frames.lists["become"]
    if verb is None or not is_becoming or verb.last >= len(tokens):
        return False
    return tokens[verb.last].word_class in _AFTER_REFLEXIVE


def _has_predicate(reading: Reading, clause: Clause) -> bool:
    """Tell whether an object is given a name or quality: ``qualifie l'annexion d'illégale``, ``calls the annexation illegal``."""
    objects = reading.arguments(clause).object
    tokens, words = reading.text.analysis.tokens, reading.text.words
    at = max((p.last for p in objects), default=len(tokens))
    if at < len(tokens) and words[at] in reading.frames.lists["predicator"]:
        return True
    return at < len(tokens) and tokens[at].word_class == "ADJ"


def _has_quotation(reading: Reading, clause: Clause) -> bool:
    """Tell whether a quotation begins in a clause after its verb, or right behind it."""
    verb = clause.verb
    assert verb is not None  # noqa: S101 - a clause with a verb is asked
    tokens = reading.text.analysis.tokens
    start = tokens[verb.last - 1].end
    end = tokens[min(len(tokens), clause.last + 3) - 1].end
    quotations = reading.text.analysis.quotations
    at = bisect_left(quotations, start, key=attrgetter("start"))
    return at < len(quotations) and quotations[at].start < end
