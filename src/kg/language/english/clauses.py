"""What English leaves to the clause: whether -ed is past or participle, and what a bare verb form is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from kg.language.groups import FINITE, INFINITIVE, PARTICIPLE, PAST, VERBAL, Draft, Words
from kg.language.readings import TAGS

Base = Literal["infinitive", "indicative", "subjunctive", "imperative"]

_PAST_PARTICIPLE: Final = PARTICIPLE | PAST
_NOUNS: Final = TAGS["NOUN"] | TAGS["PROPN"]
_OBJECTS: Final = TAGS["DET"] | TAGS["PRON"] | TAGS["NUM"] | TAGS["PROPN"]
_CLAUSE_WORDS: Final = frozenset(
    "that who which when where why how what while because if although after before since as".split()
)
_STOPS: Final = frozenset('.!?…"”»')
_QUOTES: Final = frozenset("«“\"‘'")
_OPEN: Final = frozenset(("to", "“", "‘", "'", '"', "«"))
_PARTICLES: Final = frozenset("out up off down over away back".split())
_CLAUSE_PREPOSITIONS: Final = frozenset("after before since until till as than like".split())
_AUXILIARIES: Final = frozenset(("have", "be", "do"))
_PEOPLE: Final = frozenset("those anyone someone everyone everything anything something some many others".split())
_ENDS: Final = frozenset('.;:!?“”"«»')
_CLAUSE_ENDS: Final = _ENDS | _CLAUSE_WORDS | {","}
_PERFECT_OR_PASSIVE: Final = frozenset(
    "be am is are was were been being 'm 're have has had having 've 's get gets got getting 'd".split()
)


@dataclass(frozen=True, slots=True)
class Clauses:
    """Decides by the clause; the sets are those of ``constructions.tsv``."""

    expected: frozenset[str]
    judged: frozenset[str]
    bare: frozenset[str]
    reporting: frozenset[str]
    intransitive: frozenset[str]

    def settle_pasts(self, words: Words) -> None:
        """Choose between past tense and participle for forms that are both, where the sentence tells.

        After a noun, the form is a participle when an adverbial and another finite verb follow (*soldiers killed in the
        raid were buried*) or when its clause has a finite verb already (*saw the bodies left behind*), else a past tense.
        """
        for at in range(len(words)):
            if not words.chosen[at].mask & VERBAL or len(words.options[at]) == 1:
                continue
            past, participle = words.option(at, FINITE | PAST), words.option(at, _PAST_PARTICIPLE)
            if past is None or participle is None or past.lemma in _AUXILIARIES or self._has_auxiliary(words, at):
                continue
            if words.is_any(at - 1, _NOUNS) or words.word(at - 1) in _PEOPLE:
                words.chosen[at] = participle if self._is_reduced(words, at) else past
            elif self._joins_participle(words, at) or self._is_apposed(words, at):
                words.chosen[at] = participle
            elif words.word(at - 1) in ("and", "but") and words.is_any(at + 1, _OBJECTS):
                words.chosen[at] = past if self._last_verb_is_past(words, at) else words.chosen[at]
        self._settle_main(words)

    def _settle_main(self, words: Words) -> None:
        """Let the last form that can be finite be so in a sentence that has no finite verb."""
        if words.word(len(words) - 1) not in _STOPS or any(self._is_main(words, at) for at in range(len(words))):
            return
        for at in range(len(words) - 1, 0, -1):
            past = words.option(at, FINITE | PAST) if words.chosen[at].mask & VERBAL else None
            if past and words.word(at + 1) != "by" and not words.is_any(at - 1, TAGS["ADP"] | TAGS["DET"] | VERBAL):
                words.chosen[at] = past
                return

    def _is_main(self, words: Words, at: int) -> bool:
        """Tell whether a word is a finite verb, or a base form that can be the present of a plural."""
        if words.has(at, FINITE):
            return True
        return words.is_verb(at, INFINITIVE) and not words.is_any(at - 1, TAGS["PART"] | TAGS["AUX"] | TAGS["ADV"])

    def _is_apposed(self, words: Words, at: int) -> bool:
        """Tell whether a form between commas describes the noun before them: residents, cut off from water, fled."""
        if words.word(at - 1) != "," or not words.is_any(at - 2, _NOUNS) or words.is_any(at + 1, _OBJECTS):
            return False
        return self._finite_follows(words, at)

    def _is_reduced(self, words: Words, at: int) -> bool:
        """Tell whether a form after a noun is a participle that describes it."""
        if words.word(at + 1) == "by":
            return self._can_lack_verb(words, at)
        if words.word(at) == "used" and words.word(at + 1) == "to":
            return False
        if words.is_any(at + 1, _OBJECTS | TAGS["ADJ"]) or (
            words.is_any(at + 1, _NOUNS) and not words.is_any(at + 1, TAGS["Sing"])
        ):
            return False
        if words.word(at + 1) in _PARTICLES and words.is_any(at + 2, _OBJECTS | _NOUNS | TAGS["ADJ"]):
            return False
        if self._finite_follows(words, at):
            return True
        if words.word(len(words) - 1) not in _STOPS and not any(
            words.is_verb(p, FINITE) for p in range(len(words)) if p != at
        ):
            return words.chosen[at].lemma not in self.intransitive  # a headline leaves were out
        first = at - 1
        while words.is_any(first - 1, _NOUNS | TAGS["DET"] | TAGS["ADJ"] | TAGS["NUM"] | TAGS["PART"] | TAGS["Poss"]):
            first -= 1
        finite = self._finite_before(words, at)
        if words.is_any(first - 1, TAGS["ADP"]) and words.word(first - 1) not in _CLAUSE_PREPOSITIONS:
            return finite is not None or words.is_any(at + 1, TAGS["ADP"])
        return finite is not None and words.chosen[finite].lemma not in self.reporting

    def settle_verbless(self, words: Words) -> None:
        """Let a word that can be a noun or a finite verb be the verb of a clause that has no other: usage increases."""
        has_stop = words.word(len(words) - 1) in _STOPS
        start, last = 0, len(words)
        for end, word in enumerate([*words.words, "."]):
            if end == last or word in _CLAUSE_ENDS:
                if end - start > 1 and words.word(start - 1) != ",":
                    self._give_verb(words, start, end, least=1 if has_stop else 3)
                start = end + 1

    def _give_verb(self, words: Words, start: int, end: int, *, least: int) -> None:
        if any(reading.mask & VERBAL for reading in words.chosen[start:end]):
            return
        best, at = least - 1, -1
        for place in range(start + 1, end):
            verb = words.option(place, FINITE) or words.option(place, INFINITIVE)
            if verb is None or not verb.mask & VERBAL or not words.has(place, TAGS["NOUN"]):
                continue
            score = self._verb_score(words, place)
            if score > best:
                best, at = score, place
        if at >= 0:
            words.chosen[at] = words.option(at, FINITE) or words.option(at, INFINITIVE) or words.chosen[at]

    def _verb_score(self, words: Words, place: int) -> int:
        """Rate a noun as the verb of its clause, by its neighbours; nothing where it cannot be."""
        if not words.is_any(place - 1, _NOUNS | TAGS["PRON"] | TAGS["ADV"]) or words.is_any(place - 1, TAGS["Poss"]):
            return 0
        is_third = words.has(place, TAGS["Plur"])
        if (
            words.is_any(place - 1, _NOUNS)
            and words.is_any(place - 1, TAGS["Plur"]) == is_third
            and not words.has(place - 1, TAGS["PROPN"])
        ):
            return 0
        following = words.word(place + 1)
        if is_third and words.is_any(place + 1, _NOUNS):
            return 2
        if words.is_any(place + 1, _OBJECTS | TAGS["SCONJ"] | TAGS["SYM"]) or following in _OPEN:
            return 3
        return (
            2
            if words.is_any(place + 1, TAGS["ADP"] | TAGS["ADV"] | TAGS["ADJ"] | TAGS["PUNCT"]) or not following
            else 1
        )

    def _has_auxiliary(self, words: Words, at: int) -> bool:
        before = at - 1
        while before >= 0 and words.is_any(before, TAGS["ADV"] | TAGS["PART"]):
            before -= 1
        return words.word(before) in _PERFECT_OR_PASSIVE

    def _finite_follows(self, words: Words, at: int) -> bool:
        """Tell whether a verb that can only be finite follows, without a conjunction or a subject of its own."""
        joined = False
        for place in range(at + 1, len(words)):
            word = words.word(place)
            if word in _ENDS or word in _CLAUSE_WORDS or words.is_any(place, TAGS["Nom"]):
                return False
            if words.is_verb(place, FINITE):
                return not joined and self._is_surely_finite(words, place)
            if words.is_any(place, TAGS["CCONJ"]):
                if not words.is_any(place + 1, _NOUNS):
                    return False
                joined = True  # a second noun, or the subject of a second clause
            if word == ",":
                return words.is_verb(place + 1, FINITE) and words.option(place + 1, _PAST_PARTICIPLE) is None
        return False

    def _is_surely_finite(self, words: Words, at: int) -> bool:
        return words.option(at, _PAST_PARTICIPLE) is None or words.is_any(at + 1, _OBJECTS)

    def _can_lack_verb(self, words: Words, at: int) -> bool:
        """Tell whether a form need not be finite: another verb of the sentence is, or it is a headline without a stop."""
        others = any(words.is_verb(p, FINITE) for p in range(len(words)) if p != at)
        return others or words.word(len(words) - 1) not in (".", "!", "?")

    def _finite_before(self, words: Words, at: int) -> int | None:
        """Return the finite verb (or auxiliary) that stands before `at` in its clause."""
        place = at - 1
        while place >= 0:
            word = words.word(place)
            if word in _ENDS or word in _CLAUSE_WORDS or word == ",":
                return None
            if words.is_verb(place, FINITE) or (
                words.word(place) in _PERFECT_OR_PASSIVE and words.is_any(place, VERBAL)
            ):
                return place
            place -= 1
        return None

    def _last_verb_is_past(self, words: Words, at: int) -> bool:
        place = next((p for p in range(at - 1, -1, -1) if words.is_any(p, VERBAL)), None)
        return place is not None and words.has(place, FINITE | PAST)

    def _joins_participle(self, words: Words, at: int) -> bool:
        """Tell whether a conjunction joins a form to a participle after a noun: signed but never published."""
        before = at - 1
        while words.is_any(before, TAGS["ADV"] | TAGS["PART"]):
            before -= 1
        if not words.is_any(before, TAGS["CCONJ"]):
            return False
        first = next((p for p in range(before - 1, -1, -1) if words.is_any(p, VERBAL)), None)
        if first is None or not words.has(first, _PAST_PARTICIPLE) or self._has_auxiliary(words, first):
            return False
        return first == before - 1 or self._finite_follows(words, at) or words.word(at + 1) == "by"

    def is_bare(self, words: Words, at: int, before: list[Draft]) -> bool:
        """Tell whether a verb form is the infinitive after let, see, help … and its object."""
        governor = next((d for d in reversed(before) if d.head < at), None)
        if governor is None or governor.lemma not in self.bare or words.option(at, INFINITIVE) is None:
            return False
        return governor.voice == "active" and governor.lemma != "have" and self._is_object(words, governor, at)

    def base(self, words: Words, at: int, before: list[Draft]) -> Base:
        """Tell what a bare verb form is: help the convoy *pass*, rebels *hold*, demanded that he *go*, *leave* now."""
        if self._is_subjunctive(words, at, before):
            return "subjunctive"
        governor = next((d for d in reversed(before) if d.head < at), None)
        if (
            governor
            and governor.lemma in self.bare
            and governor.voice == "active"
            and self._is_object(words, governor, at)
        ):
            return "infinitive"
        start = at
        if words.word(at - 1) in _QUOTES and words.is_any(at - 2, _NOUNS | TAGS["PRON"]):
            return "indicative"
        while words.word(start - 1) in ("never", "not", "always", "just", "please", "n't", "do", "then"):
            start -= 1
        if start == 0 or (
            words.is_any(start - 1, TAGS["PUNCT"]) and words.word(start - 1) not in (",", ")", "-", "–", "—")
        ):
            return "imperative"
        if (
            words.is_any(start - 1, TAGS["PUNCT"])
            and words.chosen[at].lemma == words.word(at)
            and not self._has_subject(words, at)
        ):
            return "imperative"
        if words.is_any(at - 1, TAGS["CCONJ"]) and governor and governor.form == "infinitive":
            return "infinitive"
        return "indicative"

    def _has_subject(self, words: Words, at: int) -> bool:
        return any(words.is_any(p, _NOUNS | TAGS["PRON"]) for p in range(max(0, at - 12), at))

    def _is_object(self, words: Words, governor: Draft, at: int) -> bool:
        """Tell whether only a noun group stands between a verb like let and a base form."""
        between = range(governor.words[-1] + 1, at)
        allowed = (
            _NOUNS | TAGS["PRON"] | TAGS["DET"] | TAGS["ADJ"] | TAGS["NUM"] | TAGS["ADV"] | TAGS["PART"] | TAGS["ADP"]
        )
        return (
            len(between) < 8
            and all(words.is_any(p, allowed) for p in between)
            and (len(between) > 0 or governor.lemma in ("help", "let"))
        )

    def _is_subjunctive(self, words: Words, at: int, before: list[Draft]) -> bool:
        """Tell whether the base form stands in a that-clause of a verb or adjective that demands."""
        that = next((p for p in range(at - 1, max(-1, at - 12), -1) if words.word(p) == "that"), None)
        if that is None:
            governor = before[-1] if before else None
            return (
                governor is not None and governor.lemma in self.expected and words.has(at - 1, TAGS["Nom"])
                and words.word(at - 1) in ("he", "she", "it") and at - governor.words[-1] == 2
            )  # fmt: skip
        if any(words.is_verb(p, FINITE) for p in range(that + 1, at)):
            return False
        governor = next((d for d in reversed(before) if d.head < that), None)
        if governor is None:
            return False
        if governor.lemma in self.expected:
            return True
        return governor.lemma == "be" and any(words.word(p) in self.judged for p in range(governor.head + 1, that))
