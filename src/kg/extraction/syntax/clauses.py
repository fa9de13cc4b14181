"""Clauses: each verb of a sentence with its subject, its objects and complements, and the clause that it depends on.

A shallow parse from left to right over a stack of open clauses. A finite verb goes to the innermost clause that still waits
for one; a relative pronoun, conjunction, infinitive or participle opens a clause; a comma closes what a comma has opened.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Final, Literal, TypeAlias

from kg.analysis import VerbGroup
from kg.extraction.syntax.elements import Element, Kind, Text
from kg.extraction.syntax.past_forms import read_past_forms
from kg.extraction.syntax.phrases import Phrase

ClauseKind: TypeAlias = Literal["main", "relative", "complement", "adverbial", "infinitive", "participle"]


@dataclass(slots=True, eq=False)
class Clause:
    """A verb and what belongs to it.

    Attributes:
        kind: how it hangs together with the rest.
        first: its first token.
        last: the token after its last one; clauses within it count.
        marker: the word that opens it (``que``, ``while``, ``to``), in small letters; empty for none.
        verb: its verb; None for a clause without one, as in a headline.
        parent: the clause that it depends on.
        antecedent: the phrase that a relative or participle clause is about.
        before: the phrases before the verb.
        after: the phrases after the verb.
        times: the times in it, as indices.
        shares: the clause before it that it shares its subject with: ``a tué X et blessé Y``.
        is_apart: a comma stands before it.
        is_gap: the antecedent is the object: ``que l'armée tient``.
    """

    kind: ClauseKind
    first: int
    last: int
    marker: str = ""
    verb: VerbGroup | None = None
    parent: Clause | None = None
    antecedent: Phrase | None = None
    before: list[Phrase] = field(default_factory=list)
    after: list[Phrase] = field(default_factory=list)
    times: list[int] = field(default_factory=list)
    shares: Clause | None = None
    is_apart: bool = False
    is_gap: bool = False
    gap_prep: str = ""
    commas: list[int] = field(default_factory=list)
    children: list[Clause] = field(default_factory=list)

    @property
    def is_finite(self) -> bool:
        """Whether its verb is finite."""
        return self.verb is not None and self.verb.form == "finite"

    def ancestors(self) -> list[Clause]:
        """The clauses around it, the nearest first."""
        found: list[Clause] = []
        clause = self.parent
        while clause is not None:
            found.append(clause)
            clause = clause.parent
        return found


@dataclass(slots=True)
class Parse:
    """The clauses of a sentence in the order of their first words, and which one holds each phrase and each verb."""

    first: int
    last: int
    clauses: list[Clause] = field(default_factory=list)
    of_phrase: dict[int, Clause] = field(default_factory=dict)
    elements: list[Element] = field(default_factory=list)
    topic: list[Phrase] = field(default_factory=list)

    def clause_at(self, token: int) -> Clause | None:
        """Return the innermost clause around a token."""
        best: Clause | None = None
        for clause in self.clauses:
            if clause.first <= token < clause.last and (best is None or clause.first >= best.first):
                best = clause
        return best


_ADVERBIAL_PREPOSITIONS: Final = frozenset(("after", "before", "since", "until", "comme", "despite", "according"))
_ADVERSATIVE: Final = frozenset("mais but yet car".split())
_MARKS: Final = frozenset((Kind.COMMA, Kind.DASH, Kind.QUOTE, Kind.END, Kind.COORDINATOR))
_SCENE: Final = frozenset(("after", "before", "during", "despite", "since", "auspices"))
_APART: Final = frozenset(("before", "after", "without", "instead", "for"))
_NOMINATIVE: Final = frozenset("he she they we i it il elle ils elles nous on".split())
_COMPLEMENT_MARKERS: Final = frozenset("que qu' that si s' whether if".split())


class Parser:
    """Parses the elements of one stretch of text: a sentence without its parenthetical attributions.

    Args:
        text: the text.
        elements: what is to be parsed.
        saying: the lemmas of verbs of saying.
        bare: the lemmas of those that take what is said without a conjunction.
        alike: the strong forms that are past tense and participle alike; see `kg.extraction.syntax.past_forms`.
    """

    def __init__(
        self,
        text: Text,
        elements: list[Element],
        saying: frozenset[str],
        bare: frozenset[str] = frozenset(),
        alike: frozenset[str] = frozenset(),
    ) -> None:
        self._bare = bare
        self._forms = read_past_forms(text, elements, alike)
        self._text = text
        self._elements = elements
        self._saying = saying
        self._stack: list[Clause] = []
        self._last_phrase: Phrase | None = None
        self._before: Element | None = None
        self._at = 0
        first = elements[0].first if elements else 0
        self.parse = Parse(first, elements[-1].last if elements else first, elements=elements)

    def run(self) -> Parse:
        """Return the clauses."""
        for at, element in enumerate(self._elements):
            self._at = at
            self._take(element)
            self._before = element
        self._settle()
        return self.parse

    # ------------------------------------------------------------------ one element

    def _take(self, element: Element) -> None:
        if not self._stack:
            self._open("main", element.first)
        kind = element.kind
        if kind is Kind.VERB:
            self._verb(element)
        elif kind is Kind.PHRASE:
            self._phrase(element)
        elif kind is Kind.TIME:
            self._top.times.append(element.ref)
        elif kind is Kind.RELATIVE and not self._is_conjunction(element):
            self._relative(element)
        elif kind is Kind.RELATIVE or kind is Kind.SUBORDINATOR:
            self._subordinate(element)
        elif kind is Kind.COORDINATOR:
            self._adversative(element)
        elif kind in (Kind.COMMA, Kind.DASH):
            if kind is Kind.DASH and self._is_topic():
                self._leave_topic()
                return
            self._comma(element)
        elif kind is Kind.BREAK:
            if self._is_topic():
                self._leave_topic()
                return
            self._stack = []
            self._last_phrase = None
            return
        if kind not in _MARKS:
            last = self._text.verb(element.ref).last if kind is Kind.VERB else element.last
            for clause in self._stack:
                clause.last = max(clause.last, last)

    @property
    def _top(self) -> Clause:
        return self._stack[-1]

    def _open(self, kind: ClauseKind, first: int, *, marker: str = "", antecedent: Phrase | None = None) -> Clause:
        parent = self._stack[-1] if self._stack else None
        before = self._before
        clause = Clause(
            kind, first, first + 1, marker, parent=parent, antecedent=antecedent,
            is_apart=before is not None and before.kind in (Kind.COMMA, Kind.DASH),
        )  # fmt: skip
        if parent is not None:
            parent.children.append(clause)
        self._stack.append(clause)
        self.parse.clauses.append(clause)
        return clause

    def _word(self, element: Element | None) -> str:
        return self._text.words[element.first] if element is not None else ""

    def _is_topic(self) -> bool:
        """Tell whether only phrases stand before a dash or colon, as in ``Soudan : trois morts``."""
        return (
            len(self.parse.clauses) == 1
            and self._top.verb is None
            and bool(self._top.before)
            and len(self._top.before) < 3
        )

    def _leave_topic(self) -> None:
        self.parse.topic = self._top.before
        self.parse.clauses = []
        self._stack = []
        self._last_phrase = None

    # ------------------------------------------------------------------ phrases

    def _phrase(self, element: Element) -> None:
        phrase = self._text.phrases[element.ref]
        before = self._before
        if before is not None and before.kind is Kind.COMMA and phrase.prep in _SCENE and self._is_last_verb():
            while len(self._stack) > 1 and self._top.kind in ("infinitive", "participle", "complement"):
                self._stack.pop()
        if self._last_phrase is not None and self._is_adjacent():
            phrase.of = self._last_phrase
        (self._top.before if self._top.verb is None else self._top.after).append(phrase)
        self._last_phrase = phrase
        for time in sorted({self._text.time_at[at] for at in range(phrase.first, phrase.last)} - {-1}):
            if time not in self._top.times:
                self._top.times.append(time)

    def _is_adjacent(self) -> bool:
        """Tell whether only adjectives, adverbs and quotation marks stand between the last phrase and this element."""
        last = self._last_phrase
        start = self._elements[self._at].first
        if last is None or any(self._text.verb_at[at] >= 0 for at in range(last.last, start)):
            return False
        for at in range(self._at - 1, -1, -1):
            kind = self._elements[at].kind
            if kind is Kind.PHRASE:
                return True
            if kind is Kind.OTHER and self._text.analysis.tokens[self._elements[at].first].word_class == "ADJ":
                continue
            if kind not in (Kind.QUOTE, Kind.ADVERB):
                return False
        return False

    def _is_last_verb(self) -> bool:
        """Tell whether no finite verb follows in the stretch."""
        return not any(
            e.kind is Kind.VERB and self._text.verb(e.ref).form == "finite" for e in self._elements[self._at + 1 :]
        )

    # ------------------------------------------------------------------ openers

    def _adversative(self, element: Element) -> None:
        """``mais les pourparlers …``: what follows a but with a subject of its own is a clause beside the one before."""
        if self._word(element) not in _ADVERSATIVE or not any(c.is_finite for c in self._stack):
            return
        following = self._elements[self._at + 1] if self._at + 1 < len(self._elements) else None
        if following is None or following.kind in (Kind.VERB, Kind.ADVERB, Kind.SUBORDINATOR, Kind.RELATIVE):
            return
        if self._is_last_verb():
            return
        keeps = next((c for c in reversed(self._stack) if c.kind == "complement" and c.is_finite), None)
        if keeps is not None and not self._is_after_comma(element.first):
            self._close(keeps)
            self._open("complement", element.last, marker=keeps.marker)
            return
        self._stack = []
        self._last_phrase = None
        self._open("main", element.last)

    def _is_conjunction(self, element: Element) -> bool:
        """Tell whether que or that opens what is said, though it passed for a relative: ``a affirmé mardi que``."""
        if self._word(element) not in ("que", "qu'", "that"):
            return False
        before, top = self._before, self._top
        following = self._elements[self._at + 1] if self._at + 1 < len(self._elements) else None
        is_subject = (
            following is not None and following.kind is Kind.VERB and self._text.verb(following.ref).form == "finite"
        )
        if self._word(element) == "that" and is_subject and before is not None and before.kind is Kind.PHRASE:
            return False
        if before is None or before.kind not in (Kind.PHRASE, Kind.COMMA, Kind.QUOTE, Kind.COORDINATOR):
            return True
        is_said = (
            top.verb is not None
            and top.verb.lemma in self._saying
            and not any(c.kind == "complement" for c in top.children)
        )
        return is_said and before.kind is Kind.PHRASE and not any(p.is_bare and not p.is_clitic for p in top.after)

    def _relative(self, element: Element) -> None:
        word = self._word(element)
        if word == "dont" and self._is_partitive():
            self._text.phrases[self._elements[self._at + 1].ref].prep = "including"
            return
        antecedent = self._nearest(element.first)
        before = self._before
        if before is not None and before.kind is Kind.COORDINATOR:
            earlier = next((c for c in reversed(self._stack) if c.kind == "relative" and c.verb is not None), None)
            if earlier is not None:
                antecedent = earlier.antecedent
                self._close(earlier)
        elif (
            before is not None
            and before.kind is Kind.PREPOSITION
            and word in ("qui", "which", "whom", "lequel", "laquelle")
        ):
            pass
        marker = word
        prep = ""
        if before is not None and before.kind is Kind.PREPOSITION:
            found = self._text.prepositions.get(before.first)
            prep = found.name if found else ""
        clause = self._open("relative", element.first, marker=marker, antecedent=antecedent)
        clause.gap_prep = prep or ("in" if word in ("où", "where") else "of" if word == "dont" else "")
        if word.startswith(("auquel", "auxquel")):
            clause.gap_prep = "to"

    def _is_partitive(self) -> bool:
        """Tell whether dont says who is among those told before: ``70 personnes, dont dix femmes, ont été tuées``."""
        rest = self._elements[self._at + 1 :]
        if not rest or rest[0].kind is not Kind.PHRASE or self._text.phrases[rest[0].ref].prep:
            return False
        end = next((e for e in rest if e.kind in (Kind.COMMA, Kind.VERB, Kind.END, Kind.BREAK, Kind.QUOTE)), None)
        return end is None or end.kind is not Kind.VERB

    def _nearest(self, token: int) -> Phrase | None:
        """The phrase right before a token in its sentence, also one in an attribution taken out; else the last phrase."""
        analysis = self._text.analysis
        opening = analysis.sentences[analysis.sentence_of(token)].first
        for at in (token - 1, token - 2, token - 3):
            if at >= opening and self._text.phrase_at[at] >= 0:
                return self._text.phrases[self._text.phrase_at[at]]
        return self._last_phrase

    def _subordinate(self, element: Element) -> None:
        word, before = self._word(element), self._before
        if before is not None and before.kind is Kind.COORDINATOR and word in _COMPLEMENT_MARKERS:
            earlier = next((c for c in reversed(self._stack) if c.kind == "complement"), None)
            if earlier is not None:
                self._close(earlier)
        elif (
            word in ("que", "qu'") and before is not None and before.kind in (Kind.ADVERB, Kind.PREPOSITION, Kind.OTHER)
        ):
            # alors que, après que, bien que: the word before it says which
            self._adverbial(before.first, f"{self._word(before)} que")
            return
        if word in ("que", "qu'") and self._follows_object():
            self._relative(element)
            return
        if word in ("that", "que", "qu'"):
            self._leave_reduced()
        if word in _COMPLEMENT_MARKERS and self._takes_complement(word):
            self._open("complement", element.first, marker=word)
        else:
            self._adverbial(element.first, word)

    def _follows_object(self) -> bool:
        """Tell whether a comma and an object stand before que: ``observent une trêve, que l'ONU juge fragile``."""
        before, top, last = self._before, self._top, self._last_phrase
        if before is None or before.kind is not Kind.COMMA or top.verb is None or last is None:
            return False
        said = any(c.kind == "complement" for c in top.children)
        return not said and last in top.after and last.is_bare and not last.is_clitic

    def _leave_reduced(self) -> None:
        """Close a passive participle where the verb of saying around it still waits for what is said.

        ``said in a report published on Thursday that the bridge was cut``.
        """
        top = self._top
        if top.kind != "participle" or top.marker or top.verb is None or top.verb.voice != "passive":
            return
        says = next(
            (c for c in reversed(self._stack) if c.is_finite and c.verb is not None and c.verb.lemma in self._saying),
            None,
        )
        if says is not None and not any(c.kind == "complement" for c in says.children):
            self._close_to(says)

    def _adverbial(self, first: int, marker: str) -> None:
        if self._before is not None and self._is_after_comma(first):
            # a clause apart by a comma hangs on the sentence, not on what was said last
            main = self._stack[0]
            root = next((c for c in self._stack if c.verb is not None and c.kind in ("main", "complement")), main)
            self._close_to(main if main.verb is not None else root)
        self._open("adverbial", first, marker=marker)

    def _is_after_comma(self, first: int) -> bool:
        return first > 0 and self._text.words[first - 1] in (",", "–", "—")

    def _takes_complement(self, word: str) -> bool:
        top = self._top
        if word in ("if", "si", "s'"):
            return top.verb is not None and top.verb.lemma in self._saying and not top.after
        if top.verb is not None:
            return True
        # le fait que, l'idée que: a noun takes the clause
        return self._last_phrase is not None and self._before is not None and self._before.kind is Kind.PHRASE

    def _comma(self, element: Element) -> None:
        top = self._top
        top.commas.append(element.first)
        if top.verb is None or len(self._stack) == 1:
            return
        following = self._elements[self._at + 1] if self._at + 1 < len(self._elements) else None
        if following is not None and following.kind in (Kind.COORDINATOR, Kind.RELATIVE) and top.kind == "relative":
            return
        is_initial = top.parent is not None and top.parent.verb is None
        if (
            (top.kind in ("relative", "participle") and (top.is_apart or is_initial))
            or (top.kind in ("adverbial", "infinitive") and is_initial)
            or (top.kind == "infinitive" and top.is_apart)
        ):
            self._close(top)

    def _close(self, clause: Clause) -> None:
        """Close a clause and all that is open in it."""
        while self._stack and self._stack.pop() is not clause:
            pass

    def _close_to(self, clause: Clause) -> None:
        """Close all that is open in a clause."""
        while self._stack and self._stack[-1] is not clause:
            self._stack.pop()

    # ------------------------------------------------------------------ verbs

    def _verb(self, element: Element) -> None:
        verb = self._forms.get(element.ref) or self._text.verb(element.ref)
        if self._is_past_tense(verb):
            verb = replace(verb, form="finite", voice="active", tense="past", mood="indicative")
        elif self._is_participle(verb):
            verb = replace(verb, form="participle", voice="passive", mood=None)
        if verb.form == "finite":
            self._finite(element, verb)
        elif verb.form == "infinitive":
            self._infinitive(element, verb)
        else:
            self._participle(element, verb)

    def _is_past_tense(self, verb: VerbGroup) -> bool:
        """Tell whether an English form that passed for a participle is a past tense: a bare object follows, a subject waits."""
        if self._text.is_french or verb.form != "participle" or verb.voice != "passive" or len(verb.words) > 1:
            return False
        top = self._top
        if self._kind_at(self._at - 1) is Kind.COORDINATOR and verb.lemma in self._saying and top.kind == "infinitive":
            return True  # "denied having ordered it and promised an inquiry"
        if self._before is not None and self._before.kind is Kind.COMMA and top.kind == "relative" and top.is_finite:
            # "Russia and China, which broker the talks, called on both parties"
            waiting = next((c for c in reversed(self._stack[:-1]) if c.verb is None), None)
            return waiting is not None and any(p.is_bare and not p.is_clitic for p in waiting.before)
        is_interrupted = self._before is not None and self._before.kind is Kind.COMMA and top.kind == "main"
        is_open = any(c.kind == "relative" for c in top.children) or verb.lemma in self._saying
        if is_interrupted and top.verb is None and is_open and not self._is_told_later():
            return any(p.is_bare and not p.is_clitic for p in top.before)
        following = self._elements[self._at + 1] if self._at + 1 < len(self._elements) else None
        if following is None or following.kind is not Kind.PHRASE or self._text.phrases[following.ref].prep:
            return False
        return top.kind in ("main", "adverbial") and top.verb is None and any(p.is_bare for p in top.before)

    def _is_told_later(self) -> bool:
        """Tell whether a finite verb that a subject may wait for follows before the next conjunction."""
        ends = (Kind.COORDINATOR, Kind.SUBORDINATOR, Kind.RELATIVE, Kind.BREAK, Kind.END)
        for element in self._elements[self._at + 1 :]:
            if element.kind in ends:
                return False
            if element.kind is Kind.VERB and self._text.verb(element.ref).form == "finite":
                return True
        return False

    def _is_participle(self, verb: VerbGroup) -> bool:
        """Tell whether a French form that passed for a subjunctive is a participle: ``la trêve conclue en avril``."""
        before = self._before
        is_bare = self._text.is_french and verb.mood == "subjunctive" and len(verb.words) == 1
        return is_bare and self._top.verb is not None and before is not None and before.kind is Kind.PHRASE

    def _finite(self, element: Element, verb: VerbGroup) -> None:
        top = self._top
        if top.verb is None:
            top.verb = verb
            return
        if self._says_bare(top):
            self._open("complement", top.after[-1].start)
            self._top.before, self._top.verb = [top.after.pop()], verb
            return
        waiting = next((c for c in reversed(self._stack[:-1]) if c.verb is None), None)
        before = self._before
        is_joined = before is not None and before.kind in (Kind.COORDINATOR, Kind.ADVERB) and self._joins(element)
        if waiting is not None and not (is_joined and top.is_finite):
            late = self._late(top)
            if not any(p.is_bare and not p.is_clitic for p in waiting.before):
                for phrase in late:
                    top.after.remove(phrase)
                    waiting.before.append(phrase)
                self._shrink(late, waiting)
            self._close_to(waiting)
            waiting.verb = verb
            return
        late = self._late(top)
        if not late and self._is_said_apart(top):
            late = [p for p in top.after if not p.is_clitic]
        subject = next((p for p in late if p.is_bare and not p.is_clitic), None)
        if late and late[-1].group is None and late[-1].is_bare and self._text.words[late[-1].head] in _NOMINATIVE:
            subject = late[-1]  # "31 of the 43 students they seized"
        opener = next((n for n in range(len(late) - 1, -1, -1) if late[n].prep in _ADVERBIAL_PREPOSITIONS), None)
        if opener is not None and not any(p.is_bare and not p.is_clitic for p in late[opener:]):
            self._prepositional(verb, late[opener:])
        elif (subject is None and is_joined) or (subject is None and before is not None and before.kind is Kind.COMMA):
            self._coordinate(element, verb)
        elif subject is not None:
            self._independent(verb, late, subject)
        else:
            self._coordinate(element, verb)

    def _says_bare(self, top: Clause) -> bool:
        """Tell whether a participle takes what is said without a conjunction: ``Israel, saying it was acting …, bombed``."""
        if (
            top.kind != "participle"
            or not self._takes_bare_clause(top)
            or any(c.kind == "complement" for c in top.children)
        ):
            return False
        before = self._before
        return before is not None and before.kind is Kind.PHRASE and len(top.after) == 1 and top.after[0].is_bare

    def _is_said_apart(self, top: Clause) -> bool:
        """Tell whether what stands after a verb of saying is the subject of what is said, apart by commas.

        ``said 12 people, including two children, were killed``.
        """
        if self._text.is_french or top.verb is None or top.verb.lemma not in self._saying or self._before is None:
            return False
        said = any(c.kind == "complement" for c in top.children)
        first = next((p for p in top.after if p.is_bare and not p.is_clitic), None)
        return self._before.kind is Kind.COMMA and not said and first is not None and first.start == top.verb.last

    def _joins(self, element: Element) -> bool:
        """Tell whether only a conjunction, adverbs and clitics stand between this verb and the clause before."""
        at = self._at - 1
        while at >= 0:
            kind = self._elements[at].kind
            if kind is Kind.COORDINATOR:
                return True
            if kind is Kind.PHRASE and self._text.phrases[self._elements[at].ref].is_clitic:
                at -= 1
                continue
            if kind not in (Kind.ADVERB, Kind.TIME, Kind.OTHER, Kind.PREPOSITION):
                return False
            at -= 1
        return False

    def _late(self, clause: Clause) -> list[Phrase]:
        """The phrases after the last comma, conjunction or mark since the verb of a clause."""
        start = joint = 0
        for at in range(self._at - 1, -1, -1):
            element = self._elements[at]
            if element.kind in (Kind.COMMA, Kind.COORDINATOR, Kind.DASH, Kind.QUOTE, Kind.VERB):
                start = element.last
                if element.kind is Kind.COORDINATOR and self._is_within_phrase(at):
                    after = self._text.phrases[self._elements[at + 1].ref]
                    joint = joint or (0 if after.prep else start)
                    continue
                if element.kind is Kind.VERB and joint and not self._takes_bare_clause(clause):
                    start = joint  # "a condamné l'attaque et plusieurs capitales ont demandé"
                break
        return [p for p in clause.after if p.first >= start]

    def _takes_bare_clause(self, clause: Clause) -> bool:
        return not self._text.is_french and clause.verb is not None and clause.verb.lemma in self._bare

    def _is_within_phrase(self, at: int) -> bool:
        """Tell whether a conjunction joins two phrases that are the subject together: "et X et Y ont dit"."""
        before, after = self._elements[at - 1] if at else None, self._elements[at + 1]
        if before is None or before.kind is not Kind.PHRASE or after.kind is not Kind.PHRASE:
            return False
        one, other = self._text.phrases[before.ref], self._text.phrases[after.ref]
        return one.prep == other.prep and self._is_plural_verb()

    def _is_plural_verb(self) -> bool:
        element = self._elements[self._at]
        verb = self._text.verb(element.ref)
        return verb.number != "Sing"

    def _prepositional(self, verb: VerbGroup, late: list[Phrase]) -> None:
        """``after the talks opened``: the preposition is a conjunction."""
        top = self._top
        phrase = late[0]
        for other in late:
            top.after.remove(other)
        clause = self._open("adverbial", phrase.start, marker=phrase.prep)
        phrase.prep, phrase.start = "", phrase.first
        clause.before, clause.verb = late, verb

    def _coordinate(self, element: Element, verb: VerbGroup) -> None:
        """A second verb of the same subject."""
        top = self._top
        partner = top
        if not top.is_finite or self._is_other_tense(top, verb):
            partner = next(
                (c for c in reversed(self._stack) if c.is_finite and not self._is_other_tense(c, verb)),
                next((c for c in reversed(self._stack) if c.is_finite), top),
            )
        self._close(partner)
        clause = Clause(
            partner.kind, element.first, element.last, partner.marker, parent=partner.parent,
            antecedent=partner.antecedent, shares=partner, is_apart=partner.is_apart, verb=verb,
        )  # fmt: skip
        clause.gap_prep = ""
        if partner.parent is not None:
            partner.parent.children.append(clause)
        # object clitics before the verb belong to it
        at = self._at - 1
        while at >= 0 and self._elements[at].kind in (Kind.PHRASE, Kind.ADVERB):
            ref = self._elements[at].ref
            if self._elements[at].kind is Kind.PHRASE:
                phrase = self._text.phrases[ref]
                if not phrase.is_clitic:
                    break
                for other in (partner, top):
                    if phrase in other.after:
                        other.after.remove(phrase)
                clause.before.append(phrase)
                clause.first = phrase.first
            at -= 1
        self._stack.append(clause)
        self.parse.clauses.append(clause)

    @staticmethod
    def _is_other_tense(clause: Clause, verb: VerbGroup) -> bool:
        one = clause.verb
        return one is not None and one.form == "finite" and (one.mood != verb.mood or one.number != verb.number)

    def _independent(self, verb: VerbGroup, late: list[Phrase], subject: Phrase) -> None:
        """A clause with a subject of its own: said without a conjunction, or side by side with the one before."""
        top = self._top
        moved = late[late.index(subject) :] if subject in late else late
        for phrase in moved:
            top.after.remove(phrase)
            _part(phrase, moved)
        self._shrink(moved, None)
        opener = self._opener(subject)
        if opener in (Kind.COMMA, Kind.COORDINATOR, Kind.DASH, Kind.QUOTE):
            keeps = (
                top.kind == "complement" and opener is Kind.COORDINATOR and not self._is_after_comma(subject.start - 1)
            )
            partner = top if keeps else next((c for c in self._stack if c.verb is not None), top)
            if partner.kind == "main" or keeps:
                self._close(partner)
                clause = Clause(
                    partner.kind, subject.start, subject.last, partner.marker, parent=partner.parent, verb=verb
                )
                if partner.parent is not None:
                    partner.parent.children.append(clause)
                clause.before = moved
                self._stack.append(clause)
                self.parse.clauses.append(clause)
                return
        kind: ClauseKind = "complement" if top.verb is not None and top.verb.lemma in self._saying else "relative"
        if kind == "relative":
            antecedent = next((p for p in reversed(top.after or top.before) if p.first < subject.first), None)
            clause = self._open("relative", subject.start, antecedent=antecedent)
            clause.is_gap = True
        else:
            clause = self._open("complement", subject.start)
        clause.before, clause.verb = moved, verb

    def _shrink(self, moved: list[Phrase], until: Clause | None) -> None:
        """End the open clauses before phrases that turned out to belong to the next one."""
        if not moved:
            return
        start = min(p.start for p in moved)
        while start > 0 and self._text.words[start - 1] in (",", "et", "and", "mais", "but", "ou", "or"):
            start -= 1
        for clause in reversed(self._stack):
            if clause is until:
                break
            clause.last = max(clause.first + 1, min(clause.last, start))

    def _opener(self, subject: Phrase) -> Kind | None:
        for at in range(self._at - 1, -1, -1):
            if self._elements[at].last <= subject.start:
                return self._elements[at].kind
        return None

    def _infinitive(self, element: Element, verb: VerbGroup) -> None:
        before = self._before
        marker, first = "", element.first
        at = self._at - 1
        while at >= 0 and (
            self._elements[at].kind is Kind.ADVERB
            or (self._elements[at].kind is Kind.PHRASE and self._text.phrases[self._elements[at].ref].is_clitic)
        ):
            at -= 1
        opener = self._elements[at] if at >= 0 else None
        if opener is not None and opener.kind is Kind.PREPOSITION:
            marker, first = self._preposition(opener)
        elif self._text.words[verb.words[0]] == "to":
            marker = "to"
        if (opener is not None and opener.kind is Kind.COORDINATOR) or (
            opener is not None and opener.kind is Kind.PREPOSITION and self._kind_at(at - 1) is Kind.COORDINATOR
        ):
            partner = next((c for c in reversed(self._stack) if c.kind == "infinitive" and c.verb is not None), None)
            if partner is not None:
                self._close(partner)
                marker = marker or partner.marker
        if marker in _APART and first > 0 and self._text.words[first - 1] == ",":
            root = next((c for c in self._stack if c.verb is not None), None)
            if root is not None:
                self._close_to(root)
        antecedent = None
        previous = self._elements[at - 1 if marker and marker != "to" else at] if at > 0 else opener
        if previous is not None and previous.kind is Kind.PHRASE:
            antecedent = self._text.phrases[previous.ref]
        clitics = [
            p for p in (self._top.after if self._top.verb else self._top.before) if p.is_clitic and p.first >= first
        ]
        clause = self._open("infinitive", first, marker=marker, antecedent=antecedent)
        clause.verb = verb
        for phrase in clitics:
            owner = clause.parent
            assert owner is not None  # noqa: S101 - it was opened within one
            (owner.after if owner.verb is not None else owner.before).remove(phrase)
            clause.before.append(phrase)
        del before

    def _kind_at(self, at: int) -> Kind | None:
        return self._elements[at].kind if at >= 0 else None

    def _preposition(self, element: Element) -> tuple[str, int]:
        found = self._text.prepositions.get(element.first)
        return (found.name if found else self._word(element)), element.first

    def _participle(self, element: Element, verb: VerbGroup) -> None:
        before = self._before
        marker, first = "", element.first
        is_joined = before is not None and before.kind is Kind.COORDINATOR
        if before is not None and before.kind is Kind.PREPOSITION:
            marker, first = self._preposition(before)
        if is_joined:
            partner = next((c for c in reversed(self._stack) if c.kind == "participle"), None)
            if partner is not None:
                self._close(partner)
                clause = self._open("participle", first, marker=partner.marker, antecedent=partner.antecedent)
                clause.verb, clause.shares = verb, partner
                return
            finite = next((c for c in reversed(self._stack) if c.is_finite), None)
            if finite is not None and finite.verb is not None and finite.verb.is_perfect and verb.form == "participle":
                # a second participle after one auxiliary: "a vu X puis présidé Y"
                self._coordinate(
                    element, replace(finite.verb, head=verb.head, lemma=verb.lemma, first=verb.first, last=verb.last)
                )
                return
        antecedent = None
        is_adjacent = before is not None and before.kind in (Kind.PHRASE, Kind.ADVERB, Kind.TIME)
        is_past = verb.voice == "passive"
        if not marker and self._last_phrase is not None and (is_adjacent or is_past):
            antecedent = self._last_phrase
        is_said = before is not None and before.kind is Kind.VERB and not marker and verb.voice == "active"
        clause = self._open("infinitive" if is_said else "participle", first, marker=marker, antecedent=antecedent)
        clause.verb = verb
        if verb.voice == "active" and not is_adjacent:
            clause.antecedent = None  # "…, killing three": the subject of the clause before

    # ------------------------------------------------------------------ at the end

    def _settle(self) -> None:
        """Give a sentence without a finite verb the participle of its first phrase, as in a headline."""
        for clause in self.parse.clauses:
            if clause.kind == "main" and clause.verb is None:
                child = next((c for c in clause.children if c.kind == "participle" and c.verb is not None), None)
                if child is not None and clause.before and child.antecedent in clause.before and not child.is_apart:
                    clause.verb, clause.after = child.verb, [*child.after, *clause.after]
                    clause.times += [t for t in child.times if t not in clause.times]
                    clause.last = max(clause.last, child.last)
                    for grandchild in child.children:
                        grandchild.parent = clause
                    self.parse.clauses = [c for c in self.parse.clauses if c is not child]
        for clause in self.parse.clauses:
            for phrase in (*clause.before, *clause.after):
                self.parse.of_phrase[phrase.first] = clause


def _part(phrase: Phrase, moved: list[Phrase]) -> None:
    """Take a phrase out of a series whose leader stays in the clause before."""
    leader = phrase.leader
    if leader is None or leader in moved:
        return
    leader.parts = [part for part in leader.parts if part is not phrase]
    phrase.leader = None
