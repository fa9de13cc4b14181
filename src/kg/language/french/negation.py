"""French negation: which words negate a verb group, and whether it is negated."""

from __future__ import annotations

from dataclasses import dataclass

from kg.language.groups import FINITE, Draft, Words
from kg.language.readings import TAGS

NE = frozenset(("ne", "n'"))
_ADVERB, _PUNCTUATION = TAGS["ADV"], TAGS["PUNCT"]
_BOUNDARIES = frozenset(',;:.!?«»()“”"')
_RELATIVES = frozenset(("qui", "dont", "où", "lequel", "laquelle"))
_LONGEST_PARENTHESIS = 14
_FURTHEST = 4
"""How far after the verb its negation may stand: ne bouge presque plus."""


@dataclass(frozen=True, slots=True)
class Negation:
    """Finds negation; the sets are those of ``constructions.tsv``."""

    adverbs: frozenset[str]
    negated: frozenset[str]
    bare: frozenset[str]

    def attach(self, words: Words, group: Draft, ne: int | None) -> None:
        """Give a group the negation words that stand around it, and its polarity. `ne` is where its ne stands."""
        if ne is not None:
            group.take(ne)
            self._take_before(words, group, ne)
        self._take_after(words, group, ne)
        group.is_negated = self._negates(words, group, ne)

    def _take_before(self, words: Words, group: Draft, ne: int) -> None:
        if words.word(ne - 1) == "ni":
            group.take(ne - 1)
        at = ne - 1
        while at >= 0 and words.word(at) not in _BOUNDARIES and not words.is_verb(at, FINITE):
            if words.word(at) == "jamais" or (words.word(at) == "plus" and words.word(at + 1) == "jamais"):
                group.take(at)
            at -= 1

    def _take_after(self, words: Words, group: Draft, ne: int | None) -> None:
        """Take pas, plus, jamais … that follow the last word of the group, over other adverbs and clitics."""
        at = max(group.words) + 1
        for place in range(at, at + _FURTHEST):
            word = words.word(place)
            if word in self.adverbs and word != "ni":
                if (ne is not None and (word != "rien" or not words.is_verb(place + 1, FINITE))) or (
                    word == "pas" and ne is None and words.has(place, _ADVERB) and place == at
                ):
                    group.take(place)
            elif not (words.has(place, _ADVERB) or word.startswith("-")) or word in ("que", "qu'"):
                break

    def _negates(self, words: Words, group: Draft, ne: int | None) -> bool:
        inside = {words.words[at] for at in group.words}
        if ne is None:
            return "pas" in inside or (group.form == "infinitive" and self._follows_sans(words, group))
        if inside & self.adverbs:
            return True
        start, end = self._clause(words, group, ne)
        if any(words.words[at] in self.negated for at in (*range(start, ne), *range(max(group.words) + 1, end))):
            return True
        if self._is_subject_before_comma(words, start):
            return True
        follows = {words.words[at] for at in range(max(group.words) + 1, min(end, len(words)))}
        return (group.lemma in self.bare or group.modal in self.bare) and not follows & {"que", "qu'"}

    def _is_subject_before_comma(self, words: Words, start: int) -> bool:
        """Tell whether the subject stands before words in commas: Personne, à l'exception du maire, n'a pas."""
        if words.word(start - 1) != ",":
            return False
        for at in range(start - 2, max(start - _LONGEST_PARENTHESIS, 0), -1):
            if words.word(at) == ",":
                return words.word(at - 1) in self.negated
        return False

    def _follows_sans(self, words: Words, group: Draft) -> bool:
        """Tell whether sans stands before an infinitive, over its object pronouns."""
        at = min(group.words) - 1
        while at >= 0 and words.is_any(at, TAGS["Acc"] | TAGS["Dat"]):
            at -= 1
        return words.word(at) == "sans"

    def _clause(self, words: Words, group: Draft, ne: int) -> tuple[int, int]:
        """Return where the clause of a group begins and ends: at marks, other finite verbs and relative pronouns."""
        start = ne
        while start > 0 and words.word(start - 1) not in _BOUNDARIES and not words.is_verb(start - 1, FINITE):
            if words.word(start - 1) in _RELATIVES or words.word(start - 1) in ("que", "qu'"):
                break
            start -= 1
        end = max(group.words) + 1
        while end < len(words) and words.word(end) not in _BOUNDARIES and not words.is_verb(end, FINITE):
            if words.word(end) in _RELATIVES:
                break
            end += 1
        return start, end
