"""Acts of saying that are events of their own: a request, an accusation, a refusal, a threat, an announcement.

A plain verb of saying is a statement only where it has its own date, medium or document (decision 2 of the guide):
``a dit mardi le maire`` and ``told AFP`` match, ``a dit le maire`` does not.
"""

from __future__ import annotations

from typing import Final

from kg.extraction.attribution.attributions import Attribution
from kg.extraction.events.happenings import Happening
from kg.extraction.events.meaning import clause_meaning
from kg.extraction.events.triggers import clause_passage, trimmed
from kg.extraction.reading import Reading
from kg.extraction.syntax.clauses import Clause
from kg.extraction.syntax.phrases import Phrase
from kg.vocab import EventType

_MEDIA: Final = frozenset(
    "communiqué déclaration message discours twitter telegram facebook x lettre allocution conférence point briefing"
    " interview entretien tweet vidéo rapport statement speech letter address post broadcast report"
    " reporter lawmaker journaliste radio télévision television tv memo tribune éditorial session".split()
)
_MENACING: Final = frozenset(("say", "warn", "promise", "announce"))
_OPEN: Final = frozenset(
    "respond répondre resume reprendre recourir use utiliser employer march marcher close fermer block bloquer cut couper expand étendre"
    " escalate intensifier suspend suspendre seize saisir".split()
)
"""Verbs that threaten only with a noun of harm beside them: ``reprendre les combats``."""

_FIGHT: Final = frozenset(
    "fight combattre attack bomb strike shell tirer attaquer bombarder frapper utiliser use employer recourir".split()
)
_OURS: Final = frozenset("we i nous je j' on".split())
_PERSONAL: Final = frozenset(("MediaOrganization",))


def find_acts(reading: Reading, attributions: list[Attribution]) -> list[Happening]:
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
    event = saying.event
    if clause is None and saying.name == "ask" and _is_question(reading, attribution):
        event = None
    if event in (None, "statement") and saying.name in _MENACING and _is_threat(reading, attribution):
        event = "threat"
    if event is None and (own_times(reading, attribution) or _medium(reading, attribution)):
        event = "statement"
    if clause is not None and not attribution.speakers and clause.kind in ("participle", "relative"):
        return None  # "une attaque attribuée aux rebelles": who is accused is told, nobody accuses
    if event is None or (
        clause is None
        and event not in ("statement", "threat")
        and saying.name not in ("ask", "condemn", "accuse", "call", "deny")
    ):
        if event is None:
            return None
        event = "statement"
    if (
        clause is not None
        and clause.verb is not None
        and clause.verb.form != "finite"
        and event == "statement"
        and saying.event is None
    ):
        return None
    first, _ = attribution.cue
    trigger = (
        reading.text.verb(attribution.aside.verb).head
        if attribution.aside and attribution.aside.verb is not None
        else first
    )
    if clause is not None and clause.verb is not None:
        trigger = clause.verb.head
    happening = Happening(
        event,
        f"say-{saying.name}",
        trigger,
        _passage(reading, attribution, event),
        act=attribution,
        clause=clause,
        confidence=0.7,
    )
    happening.add("actor", attribution.speakers)
    if event in ("request", "accusation", "threat") or (event == "statement" and saying.name == "promise"):
        happening.add(
            "recipient", [p for p in attribution.addressed if event == "accusation" or p not in attribution.speakers]
        )
    if event == "accusation" and saying.to == "self":
        happening.roles["recipient"] = list(attribution.speakers)
    if clause is not None:
        happening.is_denied, happening.meant = clause_meaning(reading, clause)
        if saying.mode in {"refused", "denied"}:
            happening.is_denied = False
    happening.times = own_times(reading, attribution)
    return happening


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
            if at and not attribution.covers(at.start) and index not in found:
                found.append(index)
        found += [i for i in _framing_times(clause) if i not in found and not _is_said(reading, attribution, i)]
    return found


def _is_said(reading: Reading, attribution: Attribution, index: int) -> bool:
    at = reading.text.analysis.tokens_in(*reading.text.times[index].time.span)
    return bool(at) and attribution.covers(at.start)


def _framing_times(clause: Clause) -> list[int]:
    """The times of the clause that this one continues, or that it is the purpose of."""
    if clause.shares is not None:
        return list(clause.shares.times)
    is_purpose = clause.kind in ("infinitive", "participle") and clause.parent is not None and not clause.times
    return list(clause.parent.times) if is_purpose and clause.parent is not None else []


def _medium(reading: Reading, attribution: Attribution) -> bool:
    """Tell whether the cue names a medium, a document or an occasion: ``dans un communiqué``, ``told a press briefing``."""
    first, last = attribution.cue
    spoken = {id(p) for p in attribution.speakers}
    for phrase in reading.text.phrases:
        if phrase.first < first or phrase.first >= last or id(phrase) in spoken:
            continue
        if _is_medium(reading, phrase):
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
    if mention is not None and mention.name.lower() in ("twitter", "x", "telegram", "facebook"):
        return True
    return phrase.lemma.lower() in _MEDIA and (
        bool(phrase.prep) or phrase.lemma.lower() in ("briefing", "conference", "reporter")
    )


def _is_threat(reading: Reading, attribution: Attribution) -> bool:
    """Tell whether what is said is that the speaker will do harm.

    ``a averti qu'il riposterait``, ``vowed to march on the capital`` and ``« Nous répondrons par la force »`` match, ``a promis de
    reconstruire la ville`` does not. Whoever warns of a harm that nobody is said to do (``paiera le prix``) threatens too.
    """
    saying = attribution.saying
    assert saying is not None  # noqa: S101 - the caller has looked
    names = {m.name for p in attribution.speakers if (m := reading.mention(p)) is not None}
    names |= {e.name for p in attribution.speakers if (m := reading.mention(p)) is not None for e in m.referents}
    for clause in _said_first(reading, attribution):
        if not _is_to_come(clause) or not _is_harm(reading, clause):
            continue
        if clause.kind == "infinitive":
            return saying.name == "promise"
        subject = reading.finder.surface_subject(clause)
        is_own = any(_is_self(reading, p, names) for p in subject)
        if is_own or (saying.name == "warn" and _pays(reading, clause)):
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
    return (
        clause.kind == "infinitive"
        or verb.tense == "future"
        or verb.mood == "conditional"
        or verb.modal in ("will", "would", "shall", "aller", "go")
    )


def _is_harm(reading: Reading, clause: Clause) -> bool:
    """Tell whether a verb does harm: by itself, or with a noun of harm: ``répondre par la force``, ``resume fighting``."""
    verb = clause.verb
    assert verb is not None  # noqa: S101 - the caller has looked
    if verb.is_negated and verb.lemma not in ("hésiter", "hesitate", "tolerate", "tolérer", "allow", "stop"):
        return False
    arguments = reading.arguments(clause)
    beside = [
        p
        for phrases in ([arguments.object], arguments.slots.values())
        for some in phrases
        for p in (some if isinstance(some, list) else [some])
    ]
    is_told = any("harm" in reading.classes(p) for p in beside) or any(
        c.verb is not None and c.verb.lemma in _FIGHT for c in clause.children if c.kind in ("infinitive", "participle")
    )
    is_hostile = "hostile" in reading.frames.things.get(verb.lemma, frozenset())
    if verb.lemma in _OPEN:
        return is_told
    return is_hostile or _pays(reading, clause) or verb.lemma in ("hésiter", "hesitate")


def _pays(reading: Reading, clause: Clause) -> bool:
    verb = clause.verb
    objects = reading.arguments(clause).object
    return (
        verb is not None
        and verb.lemma in ("pay", "payer", "regret", "regretter")
        and (not objects or any("harm" in reading.classes(p) for p in objects))
    )


def _is_self(reading: Reading, phrase: Phrase, names: set[str]) -> bool:
    if reading.text.words[phrase.head] in _OURS:
        return True
    mention = reading.mention(phrase)
    if mention is None:
        return False
    return (
        mention.name in names
        or any(e.name in names for e in mention.referents)
        or (mention.kind == "pronoun" and not mention.referents)
    )
