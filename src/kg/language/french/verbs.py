"""French verb groups: what belongs together around each verb, and what it says.

A chain grows from its first verb to the right: avoir or être take a participle, modals, aller, venir de, être en train de
and faire an infinitive, and each of those may go on. To the left stand ne and object pronouns. Then participles that share
an auxiliary get a group of their own.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from kg.analysis import Morphology
from kg.language.french.chains import Chains
from kg.language.french.conjugation import Conjugation
from kg.language.french.moods import Moods
from kg.language.french.negation import NE, Negation
from kg.language.french.seeking import Seeker
from kg.language.french.sharing import Sharing
from kg.language.groups import FINITE, INFINITIVE, PARTICIPLE, PAST, PRESENT, VERBAL, Draft, Words
from kg.language.readings import TAGS, reading
from kg.language.tables import read_kinds

KINDS: Final = (
    "modal", "phrase", "frozen", "negation", "negated", "bare", "expected", "judged", "believed", "conjunction",
)  # fmt: skip
_PAST_PARTICIPLE: Final = PARTICIPLE | PAST
_CLITIC: Final = TAGS["Acc"] | TAGS["Dat"]
_ADVERB, _PRONOUN = TAGS["ADV"], TAGS["PRON"]
_OF_PERSONS: Final = {"me": "je", "m'": "je", "te": "tu", "t'": "tu", "nous": "nous", "vous": "vous"}
_MOODS: Final = {"Ind": "indicative", "Cnd": "conditional", "Sub": "subjunctive", "Imp": "imperative"}
_TENSES: Final = {"Pres": "present", "Imp": "past", "Past": "past", "Fut": "future"}


class FrenchVerbs:
    """Finds the verb groups of sentences; `path` is ``constructions.tsv``.

    Raises:
        DataError: the table is wrong; says where.
    """

    def __init__(self, path: Path, conjugation: Conjugation) -> None:
        rows = read_kinds(path, KINDS)
        sets = {kind: frozenset(texts) for kind, texts in rows.items()}
        self._conjugation = conjugation
        self._frozen = _by_each_word([_cut(phrase) for phrase in rows["frozen"]])
        self._negation = Negation(sets["negation"], sets["negated"], sets["bare"])
        self._moods = Moods(sets["expected"], sets["judged"], sets["believed"], sets["conjunction"])
        seeker = Seeker([_cut(phrase) for phrase in rows["phrase"]], sets["negation"])
        self._chains = Chains(sets["modal"], conjugation, seeker)
        self._sharing = Sharing(conjugation)

    def find(self, words: Words) -> list[Draft]:
        """Return the groups of a sentence in order, and refine the chosen readings of their words."""
        found: list[Draft] = []
        used: set[int] = set()
        chosen = words.chosen
        for at in range(len(chosen)):
            if not chosen[at].mask & VERBAL or at in used or self._is_frozen(words, at):
                continue
            group = self._grow(words, at, found)
            found.append(group)
            used.update(group.words)
            for shared in self._sharing.share(words, group):
                found.append(shared)
                used.add(shared.head)
        found.sort(key=lambda group: group.head)
        return found

    def _is_frozen(self, words: Words, at: int) -> bool:
        """Tell whether a verb form belongs to a fixed phrase: est-ce que, à partir de."""
        return any(
            at >= place and words.words[at - place : at - place + len(phrase)] == phrase
            for place, phrase in self._frozen.get(words.words[at], ())
        )

    def _grow(self, words: Words, at: int, before: list[Draft]) -> Draft:
        verb = words.chosen[at]
        group = Draft([at], at, verb.lemma, "finite")
        start, ne = self._look_left(words, group, at)
        if words.has(at, FINITE):
            meaning = self._moods.choose(words, at, start, self._meanings(words, at), before)
            words.chosen[at] = verb = reading(verb.word_class, verb.lemma, meaning)
            self._describe(group, meaning)
            group.is_inverted = words.word(at + 1).startswith("-") and words.is_any(at + 1, TAGS["Nom"] | _PRONOUN)
            group.is_inverted = group.is_inverted and group.mood != "imperative"
            if group.mood == "imperative" and words.word(at + 1) in ("-nous", "-vous") and verb.features.person in "12":
                is_same = (words.word(at + 1) == "-nous") == (verb.features.person == "1")
                group.is_reflexive = is_same
        elif words.has(at, INFINITIVE):
            group.form = "infinitive"
        else:
            group.form = "gerund" if words.word(start - 1) == "en" and words.has(at, PRESENT) else "participle"
        if words.has(at, _PAST_PARTICIPLE) and group.form == "participle":
            is_active = self._conjugation.auxiliary(verb.lemma) == "être" or group.is_reflexive
            group.voice = "active" if is_active else "passive"
        else:
            self._chains.extend(words, group, at)
        if group.form != "finite" and group.is_perfect:
            group.tense = "past"
        self._negation.attach(words, group, ne)
        group.words.sort()
        return group

    def _look_left(self, words: Words, group: Draft, at: int) -> tuple[int, int | None]:
        """Return where the clitics of a verb begin, and where its ne stands; take what belongs to the group."""
        start = at
        ne = None
        while start > 0:
            word = words.word(start - 1)
            if word in NE:
                ne = start = start - 1
                break
            if words.has(at, INFINITIVE) and word in self._negation.adverbs and word not in ("ni", "rien"):
                place = start - 1
                while place > 0 and words.word(place) not in NE and words.has(place, _ADVERB):
                    place -= 1
                if words.word(place) in NE:
                    group.take(*(p for p in range(place, start) if words.word(p) in self._negation.adverbs))
                    ne = start = place
                break
            if words.is_any(start - 1, _CLITIC) or self._is_object(words, start - 1, at):
                start -= 1
                self._take_reflexive(words, group, start)
            else:
                break
        return start, ne

    def _is_object(self, words: Words, place: int, verb: int) -> bool:
        """Tell whether nous or vous (or lui) before a verb is its object: the verb has another subject."""
        word = words.word(place)
        if word not in ("nous", "vous", "lui") or not words.has(place, _PRONOUN):
            return False
        if word == "lui":
            return True
        before = words.word(place - 1)
        if before in NE or before == word or words.is_any(place - 1, TAGS["Nom"] | TAGS["Rel"]):
            return True
        features = words.chosen[verb].features
        forms = self._meanings(words, verb)
        is_subject = any(f.number == "Plur" and f.person == ("1" if word == "nous" else "2") for f in forms)
        return features.verb_form != "Fin" or not is_subject

    def _take_reflexive(self, words: Words, group: Draft, place: int) -> None:
        word = words.word(place)
        before = words.word(place - 1)
        subject = words.word(place - 2) if before in NE else before
        is_same = word in _OF_PERSONS and subject == _OF_PERSONS[word].replace("je", "j'" if subject == "j'" else "je")
        if words.has(place, TAGS["Reflex"]) or is_same or (word in ("nous", "vous") and self._is_own(words, place)):
            group.take(place)
            group.is_reflexive = True

    def _is_own(self, words: Words, place: int) -> bool:
        """Tell whether nous or vous before an imperative of that person means the same: ne nous trompons pas."""
        wanted = "1" if words.word(place) == "nous" else "2"
        begins = place == 0 or (words.word(place - 1) in NE and place < 3)
        forms = self._meanings(words, place + 1)
        return begins and any(f.mood == "Imp" and f.person == wanted and f.number == "Plur" for f in forms)

    def _meanings(self, words: Words, at: int) -> tuple[Morphology, ...]:
        """Return all that a verb form can mean."""
        if not 0 <= at < len(words):
            return ()
        return self._conjugation.forms(words.chosen[at].lemma).get(words.words[at], (words.chosen[at].features,))

    def _describe(self, group: Draft, meaning: Morphology) -> None:
        group.mood = _MOODS.get(meaning.mood, "indicative")  # type: ignore[assignment] # the table's values are moods
        group.tense = _TENSES.get(meaning.tense, "present")  # type: ignore[assignment] # and tenses
        group.is_imperfect = meaning.mood == "Ind" and meaning.tense == "Imp"
        group.person, group.number = meaning.person or None, meaning.number or None


def _cut(phrase: str) -> list[str]:
    """Cut a phrase as tokens are: an elision keeps its apostrophe."""
    return phrase.replace("'", "' ").split()


def _by_each_word(phrases: list[list[str]]) -> dict[str, list[tuple[int, list[str]]]]:
    """Sort phrases by each of their words, with its place."""
    found: dict[str, list[tuple[int, list[str]]]] = {}
    for phrase in phrases:
        for place, word in enumerate(phrase):
            found.setdefault(word, []).append((place, phrase))
    return found
