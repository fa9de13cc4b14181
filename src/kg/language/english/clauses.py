"""What English leaves to the clause: whether -ed is past or participle, and what a bare verb form is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from kg.language.groups import FINITE, PARTICIPLE, PAST, VERBAL, Draft, Words
from kg.language.readings import TAGS

Base = Literal["infinitive", "indicative", "subjunctive", "imperative"]

_PAST_PARTICIPLE: Final = PARTICIPLE | PAST
_NOUNS: Final = TAGS["NOUN"] | TAGS["PROPN"]
_OBJECTS: Final = TAGS["DET"] | TAGS["PRON"] | TAGS["NUM"] | TAGS["PROPN"]
_CLAUSE_WORDS: Final = frozenset("that who which when where while because if although after before since as".split())
_ENDS: Final = frozenset(".;:!?“”\"«»")
_PERFECT_OR_PASSIVE: Final = frozenset(
    "be am is are was were been being 'm 're have has had having 've 's get gets got getting 'd".split()
)


@dataclass(frozen=True, slots=True)
class Clauses:
    """Decides by the clause; the sets are those of ``constructions.tsv``."""

    expected: frozenset[str]
    judged: frozenset[str]
    bare: frozenset[str]

    def settle_pasts(self, words: Words) -> None:
        """Choose between past tense and participle for forms that are both, where the sentence tells.

        After a noun, the form is a participle when another finite verb follows without a subject or conjunction of its
        own (*soldiers killed in the raid were buried*), and a past tense when its clause has no other finite verb.
        """
        for at in range(len(words)):
            if not words.is_any(at, VERBAL):
                continue
            past, participle = words.option(at, FINITE | PAST), words.option(at, _PAST_PARTICIPLE)
            if past is None or participle is None or self._has_auxiliary(words, at):
                continue
            if words.is_any(at - 1, _NOUNS) or (words.word(at - 1) == ")" ):
                is_reduced = self._finite_follows(words, at) and not words.is_any(at + 1, _OBJECTS)
                if is_reduced or words.word(at + 1) == "by":
                    words.chosen[at] = participle
                elif words.has(at, _PAST_PARTICIPLE) and not self._finite_before(words, at):
                    words.chosen[at] = past
            elif words.has(at, _PAST_PARTICIPLE) and words.is_any(at + 1, _OBJECTS) and words.word(at - 1) in ("and", "but"):
                if self._last_verb_is_past(words, at):
                    words.chosen[at] = past

    def _has_auxiliary(self, words: Words, at: int) -> bool:
        before = at - 1
        while before >= 0 and words.is_any(before, TAGS["ADV"] | TAGS["PART"]):
            before -= 1
        return words.word(before) in _PERFECT_OR_PASSIVE

    def _finite_follows(self, words: Words, at: int) -> bool:
        """Tell whether the next finite verb has no subject of its own between it and `at`."""
        place = at + 1
        while place < len(words):
            word = words.word(place)
            if word in _ENDS or word in _CLAUSE_WORDS or words.is_any(place, TAGS["CCONJ"] | TAGS["Nom"]):
                return False
            if words.is_verb(place, FINITE):
                return place > at + 1
            if word == ",":
                return words.is_verb(place + 1, FINITE) and place > at + 1
            place += 1
        return False

    def _finite_before(self, words: Words, at: int) -> bool:
        """Tell whether the clause of `at` has a finite verb before it."""
        place = at - 1
        while place >= 0:
            word = words.word(place)
            if word in _ENDS or word in _CLAUSE_WORDS:
                return False
            if words.is_verb(place, FINITE) or words.word(place) in _PERFECT_OR_PASSIVE:
                return True
            place -= 1
        return False

    def _last_verb_is_past(self, words: Words, at: int) -> bool:
        place = next((p for p in range(at - 1, -1, -1) if words.is_any(p, VERBAL)), None)
        return place is not None and words.has(place, FINITE | PAST)

    def base(self, words: Words, at: int, before: list[Draft]) -> Base:
        """Tell what a bare verb form is: help the convoy *pass*, rebels *hold*, demanded that he *go*, *leave* now."""
        if self._is_subjunctive(words, at, before):
            return "subjunctive"
        governor = next((d for d in reversed(before) if d.head < at), None)
        if governor and governor.lemma in self.bare and governor.voice == "active" and self._is_object(words, governor, at):
            return "infinitive"
        start = at
        while words.word(start - 1) in ("never", "not", "always", "just", "please", "n't", "do", "then"):
            start -= 1
        if start == 0 or (words.is_any(start - 1, TAGS["PUNCT"]) and words.word(start - 1) not in (",", ")", "-", "–", "—")):
            return "imperative"
        if words.is_any(start - 1, TAGS["PUNCT"]) and words.chosen[at].lemma == words.word(at) and not self._has_subject(words, at):
            return "imperative"
        if words.is_any(at - 1, TAGS["CCONJ"]) and governor and governor.form == "infinitive":
            return "infinitive"
        return "indicative"

    def _has_subject(self, words: Words, at: int) -> bool:
        return any(words.is_any(p, _NOUNS | TAGS["PRON"]) for p in range(max(0, at - 12), at))

    def _is_object(self, words: Words, governor: Draft, at: int) -> bool:
        """Tell whether only a noun group stands between a verb like let and a base form."""
        between = range(governor.words[-1] + 1, at)
        allowed = _NOUNS | TAGS["PRON"] | TAGS["DET"] | TAGS["ADJ"] | TAGS["NUM"] | TAGS["ADV"] | TAGS["PART"] | TAGS["ADP"]
        return len(between) < 8 and all(words.is_any(p, allowed) for p in between) and (len(between) > 0 or governor.lemma in ("help", "let"))

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
