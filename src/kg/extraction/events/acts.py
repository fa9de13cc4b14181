"""Acts of saying that are events of their own: a request, an accusation, a refusal, a threat, an announcement.

A plain verb of saying is a statement only where it has its own date, medium or document (decision 2 of the guide):
``a dit mardi le maire`` and ``told AFP`` match, ``a dit le maire`` does not.
"""

from __future__ import annotations

from typing import Final

from kg.extraction.attribution.attributions import Attribution, Attributions
from kg.extraction.events.happenings import Happening
from kg.extraction.events.meaning import clause_meaning
from kg.extraction.events.passages import clause_passage, trimmed
from kg.extraction.events.threats import is_threat
from kg.extraction.events.time_neighbours import is_aside
from kg.extraction.frames import Saying
from kg.extraction.reading import Reading
from kg.extraction.syntax.clauses import Clause
from kg.extraction.syntax.phrases import Phrase
from kg.extraction.syntax.prepositions import PLACE
from kg.extraction.times import Relation, Unit
from kg.vocab import EventType

_MENACING: Final = frozenset(("say", "warn", "promise", "announce"))
"""The lines of ``sayings.tsv`` whose saying may be a threat."""
_ASIDE_ACTS: Final = frozenset(("ask", "condemn", "accuse", "call", "deny"))
"""The lines that are acts beside what is said too: ``« Partez », exige le maire``."""
_ASKED: Final = frozenset(("person", "party", "state", "group", "armed", "organization", "body"))
_NAMED: Final = frozenset(("name", "capital"))
_BLAMED: Final = frozenset(("act", "attack", "war", "clash", "person", "party", "state", "group", "document"))
_ADDRESSED: Final = frozenset(("request", "accusation", "threat"))
_PERSONAL: Final = frozenset(("MediaOrganization",))


def find_acts(reading: Reading, attributions: Attributions) -> list[Happening]:
    """Return the acts of saying among the attributions, and the silences of those who do not react."""
    found = []
    for attribution in attributions:
        if attribution.saying is None:
            continue
        happening = _act(reading, attribution)
        if happening is not None:
            found.append(happening)
    return found


def _act(reading: Reading, attribution: Attribution) -> Happening | None:
    saying, clause = attribution.saying, attribution.clause
    assert saying is not None  # noqa: S101 - the caller has looked
    if saying.mode == "silent":
        return _silence(reading, attribution)
    event = _type(reading, attribution, saying)
    if event is None or _is_told_of_others(attribution, saying, event) or _is_doomed(reading, attribution, saying):
        return None
    happening = Happening(
        event,
        f"say-{saying.name}",
        _trigger(reading, attribution),
        _passage(reading, attribution, event),
        act=attribution,
        clause=clause,
        confidence=0.7,
    )
    happening.add("actor", attribution.speakers)
    if event == "accusation" and saying.to == "self":
        happening.roles["recipient"] = list(attribution.speakers)
    elif event in _ADDRESSED or (event == "statement" and saying.name == "promise"):
        happening.add(
            "recipient", [p for p in attribution.addressed if event == "accusation" or p not in attribution.speakers]
        )
    if event == "request" and not happening.roles.get("recipient"):
        happening.add("recipient", _wanted_of(reading, attribution))
    if event == "threat" and not happening.roles.get("recipient"):
        happening.add("recipient", _conditioned(reading, attribution))
    happening.add("location", _places(reading, attribution))
    if clause is not None:
        happening.is_denied, happening.meant = clause_meaning(reading, clause)
        if saying.mode in {"refused", "denied"}:
            happening.is_denied = False
    happening.times = own_times(reading, attribution)
    return happening


def _type(reading: Reading, attribution: Attribution, saying: Saying) -> EventType | None:
    """The event that a saying is by itself; None where it only attributes."""
    event = saying.event
    if attribution.clause is None and saying.name == "ask" and _is_question(reading, attribution):
        event = None
    if event in (None, "statement") and saying.name in _MENACING and is_threat(reading, attribution):
        return "threat"
    if event is None and (own_times(reading, attribution) or _medium(reading, attribution)):
        return "statement"
    if attribution.clause is None and event not in (None, "threat") and saying.name not in _ASIDE_ACTS:
        return "statement"
    return event


def _is_told_of_others(attribution: Attribution, saying: Saying, event: EventType) -> bool:
    """Tell whether nobody does the act: ``une attaque attribuée aux rebelles`` tells who is accused, nobody accuses."""
    clause = attribution.clause
    if clause is None:
        return False
    if not attribution.speakers and clause.kind in ("participle", "relative"):
        return True
    is_finite = clause.verb is not None and clause.verb.form == "finite"
    return event == "statement" and saying.event is None and not is_finite


def _wanted_of(reading: Reading, attribution: Attribution) -> list[Phrase]:
    """Who shall do what is asked for: ``demanded that the Houthis stop firing``."""
    clause = attribution.clause
    children = [c for c in clause.children if c.kind == "complement"] if clause is not None else []
    subject = reading.finder.surface_subject(children[0]) if children else []
    is_somebody = all(reading.classes(p) & _ASKED for p in subject)
    return list(subject) if is_somebody and not set(map(id, subject)) & set(map(id, attribution.speakers)) else []


def _conditioned(reading: Reading, attribution: Attribution) -> list[Phrase]:
    """Whom a threat is for: who shall not do, or do, what its condition says: ``will strike unless Velmar withdraws``."""
    clause, conditions = attribution.clause, reading.frames.lists["if"]
    parse = reading.parse_at(clause.first) if clause is not None else None
    for child in parse.clauses if parse is not None else ():
        if child.marker in conditions and clause in child.ancestors():
            subject = reading.finder.surface_subject(child)
            spoken = set(map(id, attribution.speakers))
            if all(reading.classes(p) & _ASKED and id(p) not in spoken for p in subject):
                return list(subject)
    return []


def _places(reading: Reading, attribution: Attribution) -> list[Phrase]:
    """Where somebody speaks: ``told a briefing in Beijing``."""
    clause = attribution.clause
    if clause is None:
        return []
    wanted = (*PLACE, "to") if reading.text.is_french else tuple(PLACE)
    places = [p for p in (*clause.before, *clause.after) if p.prep in wanted and not attribution.covers(p.first)]
    named = [p for p in places if (m := reading.mention(p)) is not None and m.type == "Place" and m.kind in _NAMED]
    return [p for p in named if p not in attribution.addressed and (p.of is None or _is_medium(reading, p.of))]


def _is_doomed(reading: Reading, attribution: Attribution, saying: Saying) -> bool:
    """``Le bâtiment a été condamné``: nobody condemns what is no act."""
    clause = attribution.clause
    if saying.mode != "presupposed" or saying.event != "accusation" or attribution.speakers or clause is None:
        return False
    objects = reading.arguments(clause).object
    return bool(objects) and not any(reading.classes(p) & _BLAMED for p in objects)


def _trigger(reading: Reading, attribution: Attribution) -> int:
    clause, aside = attribution.clause, attribution.aside
    if clause is not None and clause.verb is not None:
        return clause.verb.head
    return reading.text.verb(aside.verb).head if aside is not None and aside.verb is not None else attribution.cue[0]


def _is_question(reading: Reading, attribution: Attribution) -> bool:
    """Tell whether what is asked is a question: ``« Qui a tiré ? », demande-t-il``."""
    words = reading.text.words
    return any("?" in words[max(first, last - 3) : last] for first, last in attribution.content)


def _silence(reading: Reading, attribution: Attribution) -> Happening:
    clause = attribution.clause
    assert clause is not None and clause.verb is not None  # noqa: S101, PT018 - only a clause is silent
    happening = Happening(
        "statement", "say-silence", clause.verb.head, clause_passage(reading, clause), act=attribution, clause=clause,
        is_denied=True, confidence=0.7,
    )  # fmt: skip
    happening.add("actor", attribution.speakers)
    happening.times = own_times(reading, attribution)
    return happening


def _passage(reading: Reading, attribution: Attribution, event: EventType) -> list[tuple[int, int]]:
    clause = attribution.clause
    if clause is None or (event == "statement" and any(c.kind == "complement" for c in clause.children)):
        passage = [trimmed(reading, *attribution.cue)]
        if clause is None and event != "statement":
            passage += [trimmed(reading, first, last) for first, last in attribution.content[:1]]
        return passage
    return clause_passage(reading, clause)


def own_times(reading: Reading, attribution: Attribution) -> list[int]:
    """Return the times of the saying itself, not of what is said."""
    first, last = attribution.cue
    clause = attribution.clause
    if clause is None:
        return sorted({reading.text.time_at[at] for at in range(first, last)} - {-1})
    found: list[int] = []
    if clause is not None:
        for index in clause.times:
            at = reading.text.analysis.tokens_in(*reading.text.times[index].time.span)
            if at and (not attribution.covers(at.start) or is_of_verb(reading, clause, index)) and index not in found:
                found.append(index)
        found += [
            i for i in _framing_times(reading, clause) if i not in found and not _is_said(reading, attribution, i)
        ]
    return found


def _is_said(reading: Reading, attribution: Attribution, index: int) -> bool:
    at = reading.text.analysis.tokens_in(*reading.text.times[index].time.span)
    return bool(at) and attribution.covers(at.start)


def is_of_verb(reading: Reading, clause: Clause, index: int) -> bool:
    """Tell whether a time behind a nominal object is the verb's: ``had announced the withdrawal on Wednesday``."""
    if any(child.kind in ("complement", "infinitive") for child in clause.children):
        return False
    mention = reading.text.times[index]
    at = reading.text.analysis.tokens_in(*mention.time.span).start
    governor = reading.text.prepositions.get(at)
    is_of_noun = governor is not None and governor.name in ("of", "from")
    is_within = any(phrase.first <= at < phrase.last for phrase in clause.after)
    is_day = mention.relation is Relation.AT and mention.unit is Unit.DAY
    return is_day and not is_of_noun and not is_within


def _framing_times(reading: Reading, clause: Clause) -> list[int]:
    """The times of the clause that this one continues, or that it is the purpose of."""
    if clause.shares is not None:
        return [] if is_aside(reading, clause.shares) else list(clause.shares.times)
    is_purpose = clause.kind in ("infinitive", "participle") and clause.parent is not None and not clause.times
    return list(clause.parent.times) if is_purpose and clause.parent is not None else []


def _medium(reading: Reading, attribution: Attribution) -> bool:
    """Tell whether the cue names a medium, a document or an occasion: ``dans un communiqué``, ``told a press briefing``."""
    first, last = attribution.cue
    spoken = {id(p) for p in attribution.speakers}
    if any(id(p) not in spoken and _is_medium(reading, p) for p in reading.phrases_among(first, last)):
        return True
    clause = attribution.clause
    if clause is not None:
        return any(
            _is_medium(reading, p)
            for p in (*clause.before, *clause.after)
            if id(p) not in spoken and not attribution.covers(p.first)
        )
    return False


def _is_medium(reading: Reading, phrase: Phrase) -> bool:
    mention = reading.mention(phrase)
    if mention is not None and mention.type in _PERSONAL and phrase.prep in ("", "to"):
        return True
    lists, lemma = reading.frames.lists, phrase.lemma.lower()
    if mention is not None and mention.name.lower() in lists["platform"]:
        return True
    return lemma in lists["medium"] and (bool(phrase.prep) or lemma in lists["audience"])
