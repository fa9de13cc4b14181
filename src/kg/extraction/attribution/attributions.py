"""Who says what: each attribution with its speakers, its cue, how what is said is meant, and the passages that it covers.

Beside the shapes of `kg.extraction.attribution.asides` an attribution is a clause of its own, whose verb is a verb of saying
(``L'armée a confirmé envoyer ses négociateurs``, ``Armenia accused Azerbaijan of choking the road``), or a participle after an
aside (``a-t-il affirmé, assurant que …``). What is said lies behind the verb: ``Le maire dit que le pont est coupé`` matches,
``Le maire, qui dit la vérité, est parti`` does not. A quotation of several sentences has one speaker; one without any
has the last speaker of its paragraph.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from kg.extraction.attribution.asides import Aside
from kg.extraction.frames import Mode, Saying, Trigger
from kg.extraction.reading import Reading
from kg.extraction.slots import is_verb_trigger
from kg.extraction.syntax.clauses import Clause
from kg.extraction.syntax.phrases import Phrase

_NOBODY: Final = frozenset("aucun aucune no nobody personne nul nulle none neither on".split())
_SPEAKING: Final = frozenset(
    (
        "party",
        "person",
        "people",
        "group",
        "body",
        "media",
        "organization",
        "state",
        "armed",
        "pronoun",
        "speaker",
        "official",
        "envoy",
    )
)
_SCENE: Final = frozenset(("after", "before", "during", "despite", "cause", "since", "without"))
_NAMING: Final = frozenset("name identify quote nommer citer identifier requérir".split())
_PUBLISHING: Final = frozenset("publish publier broadcast diffuser unveil dévoiler".split())
_DOCUMENTS: Final = frozenset(
    "communiqué résolution déclaration rapport lettre message texte document discours statement resolution report letter message"
    " text document speech decision décision appel".split()
)


@dataclass(slots=True, eq=False)
class Attribution:
    """One attribution.

    Attributes:
        speakers: who says it.
        cue: the tokens that attribute.
        mode: how what is said is meant.
        saying: the line of ``sayings.tsv``; None for a source.
        clause: the clause of the verb of saying; None for an aside.
        aside: the aside; None for a clause.
        content: the tokens that are said, as ranges.
        addressed: who is addressed or accused.
    """

    speakers: list[Phrase]
    cue: tuple[int, int]
    mode: Mode
    saying: Saying | None = None
    clause: Clause | None = None
    aside: Aside | None = None
    content: list[tuple[int, int]] = field(default_factory=list)
    addressed: list[Phrase] = field(default_factory=list)

    def covers(self, token: int) -> bool:
        """Tell whether a token is part of what is said."""
        return any(first <= token < last for first, last in self.content)

    @property
    def size(self) -> int:
        """How many tokens are said."""
        return sum(last - first for first, last in self.content)


def find_attributions(reading: Reading, asides: list[tuple[Aside, tuple[int, int]]]) -> list[Attribution]:
    """Return the attributions of a text, in the order of their cues.

    Args:
        reading: the report.
        asides: each aside with the tokens of its sentence.
    """
    found = [_from_aside(reading, aside, stretch) for aside, stretch in asides]
    after = {a.aside.tokens[1]: a for a in found if a.aside is not None}
    for parse in reading.parses:
        for clause in parse.clauses:
            if clause.kind == "relative" and clause.gap_prep == "according" and clause.antecedent is not None:
                speakers = [p for p in clause.antecedent.chain if reading.classes(p) & _SPEAKING][:1]
                found.append(
                    Attribution(
                        speakers,
                        (max(0, clause.first - 1), clause.first + 1),
                        "factual",
                        None,
                        None,
                        None,
                        [(clause.first + 1, clause.last)],
                    )
                )
            attribution = _from_clause(reading, clause, after)
            if attribution is not None:
                found.append(attribution)
                reading.sayings.add(id(clause))
    found.sort(key=lambda a: a.cue)
    _lend_speakers(reading, found)
    _widen_to_quotations(reading, found)
    return found


_SPEAKING_SELF: Final = frozenset("je j' nous on i we".split())


def _lend_speakers(reading: Reading, found: list[Attribution]) -> None:
    """``« Nous demandons … », a dit X``: who says we is who is quoted."""
    for attribution in found:
        words = [reading.text.words[p.head] for p in attribution.speakers]
        if not words or any(word not in _SPEAKING_SELF for word in words):
            continue
        around = [a for a in found if a is not attribution and a.covers(attribution.cue[0]) and a.speakers]
        outer = min(around, key=lambda a: (a.size, a.cue), default=None)
        attribution.speakers = outer.speakers if outer is not None else []


# --------------------------------------------------------------------------- asides


def _from_aside(reading: Reading, aside: Aside, stretch: tuple[int, int]) -> Attribution:
    saying = None
    if aside.verb is not None:
        options = reading.frames.said.get(reading.text.verb(aside.verb).lemma, ())
        verb = reading.text.verb(aside.verb)
        fitting = [(t, s) for t, s in options if not t.complement and s.mode not in ("silent", "refused")]
        saying = next((s for t, s in fitting if t.is_reflexive == verb.is_reflexive and not t.particle), None) or next(
            (s for _, s in fitting), None
        )
    mode: Mode = saying.mode if saying is not None and saying.mode in ("opinion", "possible", "denied") else "factual"
    if saying is not None and saying.name in ("ask", "call", "fear"):
        mode = "possible"
    first, last = aside.tokens
    speakers = [
        p
        for p in aside.speaker.all
        if reading.text.words[p.first] not in _NOBODY and not reading.text.words[p.head].endswith("-on")
    ]
    content = (
        _source_content(reading, aside, stretch) if aside.kind == "source" else _beside_content(reading, aside, stretch)
    )
    return Attribution(speakers, (first, last), mode, saying, aside=aside, content=content)


def _beside_content(reading: Reading, aside: Aside, stretch: tuple[int, int]) -> list[tuple[int, int]]:
    """What stands before the aside in its sentence; what follows it too where that goes on with what is said."""
    first, last = aside.tokens
    content = [(stretch[0], first)] if first > stretch[0] else []
    words = reading.text.words
    has_verb = any(g.form == "finite" for g in reading.text.analysis.verb_groups_in(stretch[0], first))
    at = last
    while at < stretch[1] and words[at] in (",", "»", '"', "”"):
        at += 1
    if at < stretch[1] and words[at] in ("qui", "dont", "où", "who", "which", "whose", "where"):
        return content
    opens = at < stretch[1] and (
        words[at] in ("«", '"', "“", "‘")
        or reading.text.analysis.quotation_at(reading.text.analysis.tokens[at].start) is not None
    )
    if at < stretch[1] and (not has_verb or opens):
        content.append((at, stretch[1]))
    return content


def _source_content(reading: Reading, aside: Aside, stretch: tuple[int, int]) -> list[tuple[int, int]]:
    """The clause or sentence that a source stands in: all that follows at the head of it, else what goes before."""
    first, last = aside.tokens
    words = reading.text.words
    start = stretch[0]
    for at in range(first - 1, stretch[0] - 1, -1):
        if words[at] in (";", ":") or (
            words[at] in ("mais", "but", "tandis", "while", "et", "and") and at and words[at - 1] == ","
        ):
            start = at + 1
            break
    is_initial = not any(g.form == "finite" for g in reading.text.analysis.verb_groups_in(start, first))
    if is_initial:
        end = next((at for at in range(last, stretch[1]) if words[at] in (";",)), stretch[1])
        return [(start, first), (last, end)] if first > start else [(last, end)]
    parse = reading.parse_at(start)
    if parse is not None:
        at = first - 1
        while at > start and words[at] in (",", "»", '"', "”"):
            at -= 1
        clause = parse.clause_at(at)
        if clause is not None and clause.kind == "relative" and clause.is_finite and _counts(reading, clause):
            antecedent = clause.antecedent
            return (
                [(antecedent.first if antecedent else clause.first, first)]
                if not antecedent
                else [(clause.first, first)]
            )
    return [(start, first)]


def _counts(reading: Reading, clause: Clause) -> bool:
    """Tell whether a clause holds a number of people."""
    return any(
        (mention := reading.mention(p)) is not None and mention.count is not None
        for p in (*clause.before, *clause.after)
    )


# --------------------------------------------------------------------------- clauses


def saying_of(reading: Reading, clause: Clause) -> tuple[Trigger, Saying] | None:
    """Return the line of ``sayings.tsv`` that the verb of a clause stands in, with what it asks for beside it."""
    verb = clause.verb
    if verb is None:
        return None
    for trigger, saying in reading.frames.said.get(verb.lemma, ()):
        if not is_verb_trigger(reading, clause, trigger):
            continue
        if saying.mode == "silent":
            if verb.is_negated or _negative_object(reading, clause):
                return trigger, saying
            continue
        if (
            saying.name == "say"
            and verb.is_negated
            and any(c.marker in ("si", "s'", "if", "whether") for c in clause.children)
        ):
            return trigger, next(s for s in reading.frames.sayings if s.mode == "silent")  # "have yet to say whether"
        if _fits(reading, clause, trigger, saying):
            return trigger, saying
    return None


def _negative_object(reading: Reading, clause: Clause) -> bool:
    objects = reading.arguments(clause).object
    return any(reading.text.words[p.first] in ("aucun", "aucune", "no") for p in objects)


def _fits(reading: Reading, clause: Clause, trigger: Trigger, saying: Saying) -> bool:
    """Tell whether a verb of saying is used as one: somebody speaks, and something is said."""
    is_passive = clause.verb is not None and clause.verb.voice == "passive"
    if not is_passive and not any(reading.classes(p) & _SPEAKING for p in speakers_of(reading, clause)):
        return False
    if is_passive and saying.mode not in ("charge", "presupposed", "possible", "own-factual"):
        return False
    has_clause = any(c.kind == "complement" for c in clause.children)
    has_infinitive = any(c.kind == "infinitive" and not c.is_apart for c in clause.children)
    has_quote = _quotes(reading, clause)
    arguments = reading.arguments(clause)
    if saying.name in ("refuse", "deny") and clause.verb is not None and clause.verb.is_negated:
        return False
    if saying.mode == "factual" and saying.event is None:
        return (
            has_clause
            or has_quote
            or (has_infinitive and not arguments.object)
            or (bool(trigger.complement) and not has_infinitive)
        )
    if (
        saying.name == "promise"
        and clause.verb is not None
        and clause.verb.lemma in ("engager", "agree", "accepter")
        and len(speakers_of(reading, clause)) > 1
    ):
        return False  # several parties who commit themselves come to an agreement
    if saying.name in ("ask", "threaten", "propose", "promise"):
        if saying.name == "ask" and not (has_clause or has_infinitive or has_quote or arguments.object):
            return False
        is_passive = clause.verb is not None and clause.verb.voice == "passive"
        if is_passive and not any(reading.classes(p) & _SPEAKING for p in reading.finder.surface_subject(clause)):
            return False
        if saying.name == "ask" and any(c.verb is not None and c.verb.lemma in _NAMING for c in clause.children):
            return False  # "who asked not to be named"
        if saying.name == "ask" and any(c.marker in ("si", "s'", "if", "whether") for c in clause.children):
            return False
        return has_clause or has_infinitive or has_quote or bool(arguments.object) or bool(arguments.slots.get("of"))
    if saying.name == "warn":
        return has_clause or has_quote
    if saying.name == "claim":
        return any(reading.classes(p) & {"attack", "act"} for p in arguments.object) or bool(trigger.complement)
    if saying.name == "name":
        return has_quote
    if trigger.is_reflexive and trigger.lemma in ("dire", "déclarer", "montrer") and clause.verb is not None:
        following = (
            reading.text.analysis.tokens[clause.verb.last].word_class
            if clause.verb.last < len(reading.text.words)
            else ""
        )
        if following in ("ADJ", "VERB", "ADV"):  # "s'est dite préoccupée"
            return True
    if saying.name == "judge":
        return has_clause or has_quote or (has_infinitive and not arguments.object)
    if trigger.lemma in _PUBLISHING and not (has_clause or has_quote or trigger.complement):
        return any("document" in reading.classes(p) for p in arguments.object)
    if saying.name in ("announce", "fear", "praise"):
        return has_clause or has_infinitive or has_quote or bool(arguments.object or trigger.complement)
    if saying.name == "condemn":
        return (
            not any(
                reading.classes(p) & {"person"} and c.marker == "to" for p in arguments.object for c in clause.children
            )
            and (bool(arguments.object) or has_quote or bool(trigger.complement))
            and "to" not in arguments.slots
        )
    if saying.name == "blame":
        return bool(arguments.slots.get("to")) and any(reading.classes(p) & _SPEAKING for p in arguments.slots["to"])
    if saying.name == "accuse":
        if is_passive:
            return any(reading.classes(p) & _SPEAKING for p in reading.finder.surface_subject(clause))
        return any(reading.classes(p) & _SPEAKING for p in arguments.object)
    if saying.name in ("refuse", "deny"):
        return (
            has_infinitive
            or has_clause
            or has_quote
            or any(
                reading.classes(p)
                & {
                    "proposal",
                    "charge",
                    "act",
                    "implication",
                    "role",
                    "responsabilité",
                    "responsibility",
                    "involvement",
                    "truce",
                    "talks",
                    "pact",
                }
                for p in (*arguments.object, *arguments.slots.get("to", []))
            )
            or (saying.name == "deny" and (bool(arguments.object) or trigger.lemma == "démentir"))
        )
    return True


def _quotes(reading: Reading, clause: Clause) -> bool:
    """Tell whether a quotation begins in a clause after its verb, or right behind it."""
    verb = clause.verb
    assert verb is not None  # noqa: S101 - a clause with a verb is asked
    tokens = reading.text.analysis.tokens
    start = tokens[verb.last - 1].end
    end = tokens[min(len(tokens), clause.last + 3) - 1].end
    return any(start <= q.start < end for q in reading.text.analysis.quotations)


def speakers_of(reading: Reading, clause: Clause) -> list[Phrase]:
    """Return who speaks in a clause: its subject, of a passive the one after by, of a document whoever issued it."""
    arguments = reading.arguments(clause)
    subject = arguments.subject
    if clause.kind == "participle" and any(p.lemma.lower() in _DOCUMENTS for p in subject):
        parent = clause.parent
        while parent is not None:
            found = reading.arguments(parent).subject
            if found and any(reading.classes(p) & _SPEAKING for p in found):
                return found
            parent = parent.parent
    return subject


def _from_clause(reading: Reading, clause: Clause, after: dict[int, Attribution]) -> Attribution | None:
    verb = clause.verb
    if verb is None:
        return None
    found = saying_of(reading, clause) if verb.lemma in reading.frames.said else None
    if found is None:
        return None
    saying = found[1]
    speakers = [p for p in speakers_of(reading, clause) if reading.text.words[p.first] not in _NOBODY]
    if clause.kind == "participle" and clause.first - 1 in after and clause.antecedent is None:
        speakers = after[clause.first - 1].speakers
    content = _content(reading, clause, saying) if saying.mode != "silent" else []
    first = clause.first if clause.before and clause.kind != "relative" else verb.first
    last = min([start for start, _ in content if start >= verb.last], default=verb.last)
    while last > verb.last and reading.text.words[last - 1] in (
        "que",
        "qu'",
        "that",
        "de",
        "d'",
        "à",
        ":",
        ",",
        "«",
        '"',
        "“",
        "of",
    ):
        last -= 1
    mode: Mode = saying.mode
    if mode == "warned":
        mode = "factual"
    return Attribution(
        speakers, (first, last), mode, saying, clause, None, content, _addressed(reading, clause, saying)
    )


_EACH_OTHER: Final = (["each", "other"], ["one", "another"])


def _addressed(reading: Reading, clause: Clause, saying: Saying) -> list[Phrase]:
    if clause.verb is not None and reading.text.words[clause.verb.last : clause.verb.last + 2] in _EACH_OTHER:
        return speakers_of(reading, clause)
    if saying.to == "-":
        return []
    if saying.to == "self":
        return speakers_of(reading, clause)
    if clause.verb is not None and clause.verb.voice == "passive" and saying.to in ("object", "any"):
        return reading.finder.surface_subject(clause)
    arguments = reading.arguments(clause)
    names = {"object": ("obj", "to"), "any": ("to", "obj", "on", "from"), "on": ("on", "to", "obj"), "to": ("to",)}.get(
        saying.to, (saying.to,)
    )
    for name in names:
        phrases = [p for p in arguments.slot(name) if reading.classes(p) & _SPEAKING]
        if phrases:
            return phrases
    return []


def _content(reading: Reading, clause: Clause, saying: Saying) -> list[tuple[int, int]]:
    """What is said: all behind the verb but the addressee, a clause or an adjunct apart by a comma."""
    verb = clause.verb
    assert verb is not None  # noqa: S101 - the caller has looked
    end = clause.last
    for child in clause.children:
        if child.kind == "adverbial" and child.is_apart and child.first > verb.last:
            end = min(end, child.first)
    for phrase in clause.after:
        if phrase.prep in _SCENE and phrase.start > 0 and reading.text.words[phrase.start - 1] == ",":
            end = min(end, phrase.start)
    start = verb.last
    said = [c for c in clause.children if c.kind == "complement"]
    if said and saying.mode in ("factual", "opinion", "possible", "warned", "denied") and saying.event is None:
        start = max(start, min(c.first for c in said))
    own: set[object] = set()
    for phrase in _addressed(reading, clause, saying):
        own.update(range(phrase.start, phrase.last))
    ranges: list[tuple[int, int]] = []
    own.update(_own_time_tokens(reading, clause, start, saying))
    for at in range(start, end):
        if at in own:
            continue
        if ranges and ranges[-1][1] == at:
            ranges[-1] = ranges[-1][0], at + 1
        else:
            ranges.append((at, at + 1))
    ranges += _quoted_after(reading, clause)
    if saying.mode == "own-factual" and verb.voice == "passive":
        ranges += [(p.first, p.last) for p in reading.finder.surface_subject(clause)]
    return ranges


def _own_time_tokens(reading: Reading, clause: Clause, start: int, saying: Saying) -> list[int]:
    """The tokens of times right after the verb of saying, before its object: ``a appelé dimanche les parties``."""
    time_at = reading.text.time_at
    said = [c.first for c in clause.children if c.kind in ("complement", "infinitive") and c.first >= start]
    addressed = {id(p) for p in _addressed(reading, clause, saying)}
    objects = said or [p.start for p in clause.after if not p.is_clitic and id(p) not in addressed and p.start >= start]
    end = min(objects, default=clause.last)
    own = set(clause.times)
    return [at for at in range(start, end) if time_at[at] in own]


def _quoted_after(reading: Reading, clause: Clause) -> list[tuple[int, int]]:
    """The quotation behind a colon or comma at the end of a clause, through all its sentences."""
    analysis = reading.text.analysis
    at = clause.last
    words = reading.text.words
    while at < len(words) and words[at] in (":", ","):
        at += 1
    if at >= len(words) or at - clause.last > 2 or at == clause.last:
        return []
    found = analysis.quotation_at(analysis.tokens[at].start)
    if found is None or analysis.quotations[found].start != analysis.tokens[at].start:
        return []
    inside = analysis.tokens_in(*analysis.quotations[found].inner)
    return [(inside.start, inside.stop)]


# --------------------------------------------------------------------------- quotations


def _widen_to_quotations(reading: Reading, found: list[Attribution]) -> None:
    """Let an attribution cover the whole of the quotations that it reaches into, and the floating ones after it."""
    analysis = reading.text.analysis
    for number, quotation in enumerate(analysis.quotations):
        if quotation.parent is not None:
            continue
        inside = analysis.tokens_in(*quotation.inner)
        if not inside:
            continue
        own = [
            a
            for a in found
            if a.speakers
            and any(begin < inside.stop and inside.start < end for begin, end in a.content)
            and not _is_within(a, inside)
        ]
        if own:
            speaker = min(own, key=lambda a: (abs(a.cue[0] - inside.stop), a.cue))
            if len({id(a) for a in own}) == 1 or speaker.aside is not None:
                if any(inside.start < a.cue[0] < inside.stop for a in found if a is not speaker):
                    continue
                _extend(speaker, inside)
        else:
            last = _before_colon(reading, inside) or _last_speaker(reading, found, quotation.start, number)
            if last is not None:
                _extend(last, inside)
                if last not in found:
                    found.append(last)


def _before_colon(reading: Reading, inside: range) -> Attribution | None:
    """Who is the subject before a colon and a quotation: ``Le général s'est montré méfiant : « … »``."""
    words = reading.text.words
    at = inside.start - 1
    while at > 0 and words[at] in ("«", '"', "“", "‘", "'"):
        at -= 1
    if words[at] != ":":
        return None
    parse = reading.parse_at(at)
    clauses = (
        [c for c in parse.clauses if c.is_finite and c.last <= at and c.kind == "main"] if parse is not None else []
    )
    if not clauses:
        return None
    speakers = [
        p
        for p in reading.finder.surface_subject(clauses[-1])
        if reading.classes(p) & {"person", "party", "group", "media"}
    ]
    verb = clauses[-1].verb
    if not speakers or verb is None:
        return None
    return Attribution(
        speakers, (min(speakers[0].first, verb.first), verb.last), "factual", None, clauses[-1], None, []
    )


def _is_within(attribution: Attribution, inside: range) -> bool:
    return inside.start <= attribution.cue[0] and attribution.cue[1] <= inside.stop


def _extend(attribution: Attribution, inside: range) -> None:
    if not (attribution.covers(inside.start) and attribution.covers(inside.stop - 1)):
        attribution.content.append((inside.start, inside.stop))


def _last_speaker(reading: Reading, found: list[Attribution], start: int, number: int) -> Attribution | None:
    """Who spoke last before a quotation that nobody is named for: in its paragraph, where it is a sentence of its own."""
    analysis = reading.text.analysis
    sentence = analysis.sentence_at(start)
    paragraph = analysis.paragraph_at(start)
    if sentence is None or paragraph is None:
        return None
    opening = analysis.sentences[sentence].start
    if analysis.text[opening:start].strip("—–- \t"):
        return None
    first = analysis.sentences[analysis.paragraphs[paragraph].first].first
    before = [
        a for a in found if a.cue[0] >= first and analysis.tokens[a.cue[0]].start < start and a.saying is not None
    ]
    if not before and paragraph and number and not analysis.quotations[number - 1].is_closed:
        previous = analysis.sentences[analysis.paragraphs[paragraph - 1].first].first
        before = [a for a in found if previous <= a.cue[0] < first and a.saying is not None]
    return before[-1] if before else None
