"""Which person, tense and mood a French verb form has where it could have several, by its clause."""

from __future__ import annotations

from dataclasses import dataclass

from kg.analysis import Morphology
from kg.language.groups import Draft, Words
from kg.language.readings import TAGS

_SUBJECTS = {
    "je": ("1", "Sing"), "j'": ("1", "Sing"), "-je": ("1", "Sing"), "tu": ("2", "Sing"), "-tu": ("2", "Sing"),
    "nous": ("1", "Plur"), "-nous": ("1", "Plur"), "vous": ("2", "Plur"), "-vous": ("2", "Plur"),
}  # fmt: skip
_THAT = frozenset(("que", "qu'"))
_BEGINNERS = frozenset(("et", "mais", "ou", "alors", "puis", "donc", "s'il", "et/ou"))
_LONGEST_REACH = 8
"""How many words may stand between a governing verb and its que: exige du gouvernement que …"""


@dataclass(frozen=True, slots=True)
class Moods:
    """Decides moods; the sets are those of ``constructions.tsv``."""

    expected: frozenset[str]
    judged: frozenset[str]
    believed: frozenset[str]
    conjunctions: frozenset[str]

    def choose(
        self, words: Words, verb: int, start: int, meanings: tuple[Morphology, ...], before: list[Draft]
    ) -> Morphology:
        """Return what the finite form at `verb` means.

        Args:
            words: the sentence.
            verb: the finite verb.
            start: the first word of its group, negation and clitics included.
            meanings: all that the form can mean.
            before: the groups found so far in the sentence.
        """
        finite = [m for m in meanings if m.verb_form == "Fin"] or [words.chosen[verb].features]
        subject = _SUBJECTS.get(words.word(start - 1)) or _SUBJECTS.get(words.word(verb + 1))
        imperative = next((m for m in finite if m.mood == "Imp"), None)
        if imperative and self._is_command(words, verb, start, imperative):
            return imperative
        finite = [m for m in finite if m.mood != "Imp"] or finite
        if subject:
            finite = [m for m in finite if (m.person, m.number) == subject] or finite
        else:
            finite = [m for m in finite if m.person == "3"] or finite
        moods = {m.mood for m in finite}
        if "Sub" in moods and len(moods) > 1:
            wanted = "Sub" if self._is_expected(words, start, before) else "Ind"
            finite = [m for m in finite if (m.mood == "Sub") == (wanted == "Sub")]
        return min(finite, key=lambda m: m.tense == "Past" and m.mood == "Ind")

    def _is_command(self, words: Words, verb: int, start: int, imperative: Morphology) -> bool:
        """Tell whether a verb at the beginning of its clause, without a subject, commands."""
        before = words.word(start - 1)
        begins = start == 0 or words.is_any(start - 1, TAGS["PUNCT"]) or before in _BEGINNERS
        following = words.word(verb + 1)
        if imperative.number == "Sing":
            return begins and following in ("-moi", "-toi", "-le", "-la", "-les", "-lui", "-leur")
        return begins and following not in ("-vous" if imperative.person == "1" else "-nous-", "-ils", "-on")

    def _is_expected(self, words: Words, start: int, before: list[Draft]) -> bool:
        """Tell whether a clause that begins with que before the verb is one of the subjunctive."""
        that = start - 1
        last = max((d.words[-1] for d in before if d.form == "finite" and d.words[-1] < start), default=-1)
        while that > last and words.word(that) not in _THAT:
            if words.word(that) in (";", ":", "qui", "où", "dont", "quoique", "quoiqu'"):
                return words.word(that).startswith("quoiq")
            that -= 1
        if that <= last:
            return False
        if (
            that == 0
            or words.word(that - 1) in self.conjunctions
            or (that == 1 and words.word(0) in ("mais", "«", '"'))
        ):
            return True
        governor = next((d for d in reversed(before) if d.head < that), None)
        if governor is None or that - governor.words[-1] > _LONGEST_REACH:
            return False
        if governor.lemma in self.expected or (governor.modal == "falloir"):
            return True
        if governor.lemma in self.believed and governor.is_negated:
            return True
        return governor.lemma in ("être", "sembler", "paraître") and any(
            words.chosen[at].lemma in self.judged for at in range(governor.head + 1, that)
        )
