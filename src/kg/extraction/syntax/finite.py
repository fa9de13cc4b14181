"""Finite verbs: which clause each belongs to, and where one begins that nothing has opened."""

from __future__ import annotations

from typing import Final

from kg.analysis import VerbGroup
from kg.extraction.syntax.clauses import Clause, ClauseKind
from kg.extraction.syntax.elements import Element, Kind
from kg.extraction.syntax.phrases import Phrase
from kg.extraction.syntax.stack import ClauseStack

_ADVERBIAL_PREPOSITIONS: Final = frozenset(("after", "before", "since", "until", "comme", "despite", "according"))


class FiniteVerbs(ClauseStack):
    """The clauses of finite verbs."""

    def _is_told_later(self) -> bool:
        """Tell whether a finite verb that a subject may wait for follows before the next conjunction."""
        ends = (Kind.COORDINATOR, Kind.SUBORDINATOR, Kind.RELATIVE, Kind.BREAK, Kind.END)
        for element in self._elements[self._at + 1 :]:
            if element.kind in ends:
                return False
            if element.kind is Kind.VERB and self._text.verb(element.ref).form == "finite":
                return True
        return False

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
        if (
            late
            and late[-1].group is None
            and late[-1].is_bare
            and self._text.words[late[-1].head] in self._lists["nominative"]
        ):
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
        return not self._text.is_french and clause.verb is not None and clause.verb.lemma in self._lists["bare_clause"]

    def _is_within_phrase(self, at: int) -> bool:
        """Tell whether a conjunction joins two phrases that are the subject together: "et X et Y ont dit"."""
        before, after = self._elements[at - 1] if at else None, self._elements[at + 1]
        if before is None or before.kind is not Kind.PHRASE or after.kind is not Kind.PHRASE:
            return False
        one, other = self._text.phrases[before.ref], self._text.phrases[after.ref]
        return one.prep == other.prep and self._is_plural_verb()

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


def _part(phrase: Phrase, moved: list[Phrase]) -> None:
    """Take a phrase out of a series whose leader stays in the clause before."""
    leader = phrase.leader
    if leader is None or leader in moved:
        return
    leader.parts = [part for part in leader.parts if part is not phrase]
    phrase.leader = None
