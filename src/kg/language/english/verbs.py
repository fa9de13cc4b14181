"""English verb groups: what belongs together around each verb, and what it says.

A chain grows from its first verb to the right: a modal takes a base form, have a participle, be a participle or -ing form,
do a base form, and each of those may go on; have to, be to, be due to, used to and the like take their to and a base form.
In questions and after never, nor … the subject stands inside. Participles that share an auxiliary get groups of their own.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from kg.language.english.chains import Chains
from kg.language.english.clauses import Clauses
from kg.language.english.seeking import Seeker
from kg.language.english.sharing import Sharing
from kg.language.groups import INFINITIVE, VERBAL, Draft, Words
from kg.language.readings import TAGS, morphology, reading
from kg.language.tables import read_kinds

KINDS: Final = (
    "modal", "due", "phrase", "negation", "intransitive", "expected", "judged", "bare", "reporting", "aim",
)  # fmt: skip
_NOMINAL: Final = TAGS["NOUN"] | TAGS["PROPN"] | TAGS["PRON"] | TAGS["DET"] | TAGS["ADJ"] | TAGS["NUM"]
_ADVERB, _PARTICLE = TAGS["ADV"], TAGS["PART"]
_ALONE: Final = {"could": "can", "might": "may", "would": "will"}
"""The lemmas of modals that stand alone."""
_CONDITIONAL: Final = frozenset(("could", "might"))


class EnglishVerbs:
    """Finds the verb groups of sentences; `path` is ``constructions.tsv``.

    Raises:
        DataError: the table is wrong; says where.
    """

    def __init__(self, path: Path) -> None:
        rows = read_kinds(path, KINDS)
        sets = {kind: frozenset(texts) for kind, texts in rows.items()}
        self._intransitive, self._negation = sets["intransitive"], sets["negation"]
        self._clauses = Clauses(sets["expected"], sets["judged"], sets["bare"], sets["reporting"], self._intransitive)
        self._seeker = Seeker(rows["phrase"], self._negation)
        self._chains = Chains(sets, self._seeker)
        self._sharing = Sharing(self._negation)

    def find(self, words: Words) -> list[Draft]:
        """Return the groups of a sentence in order, and refine the chosen readings of their words."""
        self._clauses.settle_pasts(words)
        self._clauses.settle_verbless(words)
        found: list[Draft] = []
        used: set[int] = set()
        chosen = words.chosen
        for at in range(len(chosen)):
            if not chosen[at].mask & VERBAL or at in used or self._is_possessive(words, at):
                continue
            group = self._grow(words, at, found)
            found.append(group)
            used.update(group.words)
            for shared in self._sharing.share(words, group):
                found.append(shared)
                used.add(shared.head)
        found.sort(key=lambda group: group.head)
        return found

    def _is_possessive(self, words: Words, at: int) -> bool:
        return words.word(at) in ("'s", "'") and words.has(at, _PARTICLE)

    def _grow(self, words: Words, at: int, before: list[Draft]) -> Draft:
        verb = words.chosen[at]
        group = Draft([at], at, verb.lemma, "finite")
        is_inverted = self._seeker.is_inverted(words, at)
        self._begin(words, group, before, is_inverted=is_inverted)
        self._chains.extend(words, group, at, is_inverted=is_inverted)
        group.is_inverted = is_inverted and group.form == "finite" and group.head != at
        self._negate(words, group)
        if group.form == "finite":
            self._finish_tense(words, group)
        elif group.is_perfect:
            group.tense = "past"
        group.words.sort()
        return group

    def _begin(self, words: Words, group: Draft, before: list[Draft], *, is_inverted: bool) -> None:
        """Decide the form of a group by its first verb."""
        at = group.head
        verb = words.chosen[at]
        form = verb.features.verb_form
        if form == "Fin" and self._clauses.is_bare(words, at, before):
            verb = words.chosen[at] = words.option(at, INFINITIVE) or verb
            form = "Inf"
        if form == "Fin" or (is_inverted and form == "Inf"):
            group.mood = "indicative"
            group.tense = "past" if verb.features.tense == "Past" else "present"
            if verb.lemma == "would":
                group.mood = "conditional"
            group.person, group.number = verb.features.person or None, verb.features.number or None
        elif form == "Part":
            group.form = "participle"
            if verb.features.tense == "Past":
                group.voice = "passive" if verb.lemma not in self._intransitive or verb.lemma == "leave" else "active"
            elif words.is_any(at - 1, TAGS["ADP"] | TAGS["SCONJ"]) and words.word(at - 1) != "than":
                group.form = "gerund"
        else:
            self._begin_base(words, group, before)

    def _begin_base(self, words: Words, group: Draft, before: list[Draft]) -> None:
        """Tell infinitive, present, subjunctive and imperative apart, which look alike."""
        at = group.head
        to = self._to_before(words, at)
        if to is not None and not any(to in draft.words for draft in before):
            group.form = "infinitive"
            group.take(to)
            self._take_negation_before(words, group, to)
            return
        kind = self._clauses.base(words, at, before)
        if kind == "infinitive":
            group.form = "infinitive"
            return
        group.mood, group.tense = kind, "present"
        if kind == "imperative":
            self._take_negation_before(words, group, at)
            if words.word(at) == "let" and words.word(at + 1) in ("'s", "us"):
                self._exhort(words, group, at)
        elif kind == "subjunctive":
            self._take_negation_before(words, group, at)
        if kind == "indicative":
            verb = words.chosen[at]
            features = morphology("Mood=Ind|Tense=Pres|VerbForm=Fin")
            words.chosen[at] = reading(verb.word_class, verb.lemma, features)

    def _exhort(self, words: Words, group: Draft, at: int) -> None:
        """Read let's go as one imperative."""
        place = at + 2
        taken = [at + 1] if words.word(at + 1) == "'s" else []
        while words.word(place) in self._negation or words.has(place, _ADVERB):
            if words.word(place) in self._negation:
                taken.append(place)
            place += 1
        verb = words.option(place, INFINITIVE)
        if verb is None or not verb.mask & VERBAL:
            return
        words.chosen[place] = verb
        group.take(place, *(t for t in taken if words.word(t) != "'s"))
        group.auxiliaries += [at]
        group.head, group.lemma = place, verb.lemma

    def _to_before(self, words: Words, at: int) -> int | None:
        """Return the place of the to of an infinitive, over adverbs: to quickly leave."""
        place = at - 1
        while place >= 0 and words.has(place, _ADVERB) and words.word(place) != "to":
            place -= 1
        return place if words.word(place) == "to" and words.has(place, _PARTICLE) else None

    def _take_negation_before(self, words: Words, group: Draft, at: int) -> None:
        if words.word(at - 1) in self._negation:
            group.take(at - 1)

    def _negate(self, words: Words, group: Draft) -> None:
        """Give a group the negation words around it, and its polarity."""
        first, last = min(group.words), max(group.words)
        before = first - 1
        while before >= 0 and words.has(before, _ADVERB) and words.word(before) not in self._negation:
            if words.word(before) == "longer" and words.word(before - 1) == "no":
                group.take(before - 1, before)
            before -= 1
        if words.word(before) in ("never", "neither", "not", "nor") and not (
            words.word(before) == "not" and group.form == "finite"
        ):
            group.take(before)
        for place in (last + 1, last + 2):
            word = words.word(place)
            if word in ("not", "n't") and (words.is_any(last, TAGS["AUX"]) or group.lemma in ("have", "do")):
                group.take(place)
            elif word == "no" and words.word(place + 1) == "longer":
                group.take(place, place + 1)
            elif word == "never" and words.is_any(last, TAGS["AUX"]):
                group.take(place)
            elif not words.has(place, _ADVERB):
                break
        inside = {words.word(at) for at in group.words}
        if inside & self._negation or {"no", "longer"} <= inside or "cannot" in inside:
            group.is_negated = True
        if group.form in ("gerund", "participle") and words.word(first - 1) == "without":
            group.is_negated = True
        if group.auxiliaries and words.word(group.head - 1) == "longer" and words.word(group.head - 2) == "no":
            group.take(group.head - 1, group.head - 2)
            group.is_negated = True

    def _finish_tense(self, words: Words, group: Draft) -> None:
        first = words.word(min(group.words))
        modal = group.modal
        group.lemma = _ALONE.get(group.lemma, group.lemma)
        if (
            group.lemma == "have"
            and group.is_negated
            and len(group.words) == 2
            and not words.is_any(max(group.words) + 1, _NOMINAL)
        ):
            group.is_perfect = True  # has n't, of a verb said before
            group.tense = "past"
        if modal in _CONDITIONAL and group.is_perfect:
            group.mood = "conditional"
        if group.is_perfect and (modal or group.mood == "conditional") and group.tense == "present":
            group.tense = "past"
        if modal == "could" and group.is_negated and not group.is_perfect:
            group.tense = "past"
        if modal == "ought" and group.is_perfect:
            group.tense = "past"
        if first == "would" and group.is_perfect:
            group.tense = "past"
