"""Clauses from elements.

A shallow parse from left to right over a stack of open clauses. A finite verb goes to the innermost clause that still waits
for one; a relative pronoun, conjunction, infinitive or participle opens a clause; a comma closes what a comma has opened.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from kg.analysis import VerbGroup
from kg.extraction.syntax.clauses import Parse
from kg.extraction.syntax.elements import Element, Kind
from kg.extraction.syntax.finite import FiniteVerbs
from kg.extraction.syntax.openers import Openers

_MARKS: Final = frozenset((Kind.COMMA, Kind.DASH, Kind.QUOTE, Kind.END, Kind.COORDINATOR))
_SCENE: Final = frozenset(("after", "before", "during", "despite", "since", "auspices"))
_APART: Final = frozenset(("before", "after", "without", "instead", "for"))


class Parser(Openers, FiniteVerbs):
    """Parses the elements of one stretch of text: a sentence without its parenthetical attributions.

    Args:
        text: the text.
        elements: what is to be parsed.
        saying: the lemmas of verbs of saying.
        lists: the words of the language by list, as in ``wordlists.tsv``.
    """

    def run(self) -> Parse:
        """Return the clauses."""
        for at, element in enumerate(self._elements):
            self._at = at
            self._take(element)
            self._before = element
        self._settle()
        return self.parse

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

    def _is_participle(self, verb: VerbGroup) -> bool:
        """Tell whether a French form that passed for a subjunctive is a participle: ``la trêve conclue en avril``."""
        before = self._before
        is_bare = self._text.is_french and verb.mood == "subjunctive" and len(verb.words) == 1
        return is_bare and self._top.verb is not None and before is not None and before.kind is Kind.PHRASE

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
