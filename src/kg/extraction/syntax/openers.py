"""What opens and closes a clause without a verb: relative pronouns, conjunctions, commas."""

from __future__ import annotations

from kg.extraction.syntax.elements import Element, Kind
from kg.extraction.syntax.stack import ClauseStack


class Openers(ClauseStack):
    """The clauses that a word opens before its verb is known."""

    def _adversative(self, element: Element) -> None:
        """``mais les pourparlers …``: what follows a but with a subject of its own is a clause beside the one before."""
        if self._word(element) not in self._lists["adversative"] or not any(c.is_finite for c in self._stack):
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

    def _subordinate(self, element: Element) -> None:
        word, before = self._word(element), self._before
        if before is not None and before.kind is Kind.COORDINATOR and word in self._lists["complement_marker"]:
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
        if word in self._lists["complement_marker"] and self._takes_complement(word):
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
