"""A report as the rules read it: its text, the clauses of its sentences, and of what classes its phrases are."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import Final

from kg.extraction.frame_tables import load_frames
from kg.extraction.frames import Frames, Trigger
from kg.extraction.mentions import Mention
from kg.extraction.syntax.arguments import ArgumentFinder, Arguments
from kg.extraction.syntax.clauses import Clause, Parse
from kg.extraction.syntax.elements import Text
from kg.extraction.syntax.phrases import Phrase
from kg.extraction.tables import remembered

_CLASSES: Final[dict[str, frozenset[str]]] = {
    "State": frozenset(("state", "party")),
    "DeFactoAuthority": frozenset(("state", "party", "body")),
    "GovernmentBody": frozenset(("body", "party", "organization")),
    "ArmedForce": frozenset(("armed", "party", "force")),
    "ArmedGroup": frozenset(("armed", "party", "force")),
    "InternationalOrganization": frozenset(("organization", "party", "body")),
    "Organization": frozenset(("organization", "party")),
    "MediaOrganization": frozenset(("organization", "media", "party")),
    "Person": frozenset(("person",)),
    "Group": frozenset(("group", "people")),
    "Place": frozenset(("place",)),
}
_OPEN: Final = frozenset(("pronoun", "person", "people", "group", "party", "armed", "force", "state", "body"))
"""Of what classes a pronoun may be that nothing resolves."""

_SPEAKERS: Final = frozenset("je j' me m' moi tu te toi vous on i me you us".split())
_PERSONAL: Final = frozenset(("pronoun", "person"))
_NO_CLASSES: Final = frozenset(("place", "state"))
"""Nouns that have the name of a class of mentions."""

_COUNTED: Final = frozenset(("number", "people", "group"))
_NOTHING: Final[frozenset[str]] = frozenset()


@dataclass(slots=True)
class Reading:
    """One report while it is read.

    Attributes:
        text: the text by token.
        frames: the tables of its language.
        parses: the clauses of each stretch, in order.
        finder: gives the arguments of a clause.
        sayings: the clauses whose verb is one of saying, by identity.
    """

    text: Text
    frames: Frames
    parses: list[Parse]
    finder: ArgumentFinder
    sayings: set[int] = field(default_factory=set)
    _classes: dict[int, tuple[Phrase, frozenset[str]]] = field(default_factory=dict)
    _starts: list[int] = field(default_factory=list)
    _phrases_from: dict[int, list[Phrase]] = field(default_factory=dict)

    def arguments(self, clause: Clause) -> Arguments:
        """Return the arguments of a clause."""
        return self.finder.arguments(clause)

    def mention(self, phrase: Phrase) -> Mention | None:
        """Return the mention that a phrase stands for."""
        return self.text.mentions[phrase.mention] if phrase.mention is not None else None

    def phrases_among(self, first: int, last: int) -> list[Phrase]:
        """Return the phrases that begin among the tokens from `first` to `last`."""
        if not self._phrases_from:
            for phrase in self.text.phrases:
                self._phrases_from.setdefault(phrase.first, []).append(phrase)
        return [phrase for at in range(first, last) for phrase in self._phrases_from.get(at, ())]

    def clause_of(self, phrase: Phrase) -> Clause | None:
        """Return the clause that holds a phrase."""
        parse = self.parse_at(phrase.first)
        return parse.of_phrase.get(phrase.first) if parse is not None else None

    def parse_at(self, token: int) -> Parse | None:
        """Return the parse whose stretch holds a token."""
        if not self._starts:
            self._starts.extend(parse.first for parse in self.parses)
        index = bisect_right(self._starts, token) - 1
        while index >= 0:
            parse = self.parses[index]
            if token < parse.last:
                return parse
            if token - parse.first > 2000:
                return None
            index -= 1
        return None

    def classes(self, phrase: Phrase) -> frozenset[str]:
        """Return the classes of a phrase: those of its mention and of its noun, and the noun itself."""
        known = self._classes.get(id(phrase))
        if known is None:  # the phrase is kept with its classes: an identity is only unique while it lives
            known = self._classes[id(phrase)] = phrase, self._find_classes(phrase)
        return known[1]

    def _find_classes(self, phrase: Phrase) -> frozenset[str]:
        mention = self.mention(phrase)
        lemma = phrase.lemma.lower()
        word = self.text.words[phrase.head]
        things = self.frames.things
        found = set(things.get(lemma) or things.get(word) or things.get(word.removesuffix("s"), _NOTHING)) | {lemma}
        if lemma in _NO_CLASSES and mention is None:
            found.discard(lemma)  # "took place" is about no place
        if "pact" in found and self._is_about_truce(phrase):
            found.add("truce")
        if "number" in found and mention is None:
            counted = self._counted(phrase)
            if counted is not None:
                return self.classes(counted)
        if mention is None and "measure" in found:
            counted = self._counted(phrase)
            if counted is not None:
                found |= self.classes(counted)
        if mention is None and lemma not in self.frames.nouns and self._is_thing(phrase, found):
            found.add("thing")
        elif mention is not None and found & {"measure", "number"}:
            found |= self._counted_within(phrase)
        for words, classes in self.frames.compounds.get(lemma, ()):
            if self.text.words[phrase.head : phrase.head + len(words)] == list(words):
                found |= classes
        found |= self._compound_classes(phrase)
        if mention is not None:
            found |= self.mention_classes(mention)
            if "official" in found and mention.number != "Plur":
                found = (found - {"group", "people"}) | {"person"}
            if mention.type == "Place" and mention.kind == "name":
                for at in range(mention.first, mention.last):
                    found |= self.frames.things.get(self.text.words[at], _NOTHING)
        token = self.text.analysis.tokens[phrase.head]
        after = self.text.words[phrase.last] if phrase.last < len(self.text.words) else ""
        if self.text.words[phrase.head] in self.frames.lists["ordinal"] and mention is None:
            found |= {"attack", "war"}
        if (
            token.word_class == "NUM"
            and self.text.words[phrase.head] not in self.frames.lists["ordinal"]
            and (mention is None or mention.type == "Group")
        ):
            found = found - {"group", "people"} if after in ("%", "percent", "pour") else found | _COUNTED
        elif self.text.words[phrase.head] in _SPEAKERS:
            found |= _PERSONAL
        elif token.word_class == "PRON" and (mention is None or not mention.referents):
            found |= _OPEN
        return frozenset(found)

    def _compound_classes(self, phrase: Phrase) -> frozenset[str]:
        """The classes of an English noun of several words, which end with the head: ``crossing point``."""
        words = self.text.words
        for start in range(max(0, phrase.head - 2), phrase.head):
            for compound, classes in self.frames.compounds.get(words[start], ()):
                beside = [*words[start : phrase.head], phrase.lemma.lower()]
                if beside == list(compound):
                    return classes
        return _NOTHING

    def _is_about_truce(self, phrase: Phrase) -> bool:
        """Tell whether an agreement is one on a truce: ``ceasefire agreement``, ``accord de cessez-le-feu``."""
        words, things = self.text.words, self.frames.things
        beside = words[phrase.head + 1 : phrase.head + 3] if self.text.is_french else words[phrase.first : phrase.head]
        return any("truce" in things.get(word, _NOTHING) for word in beside)

    def _counted(self, phrase: Phrase) -> Phrase | None:
        """What a number noun counts: ``des milliers de voitures``."""
        at = self.text.phrase_at[phrase.last + 1] if phrase.last + 1 < len(self.text.words) else -1
        other = self.text.phrases[at] if at >= 0 else None
        return other if other is not None and other is not phrase and other.prep == "of" else None

    def _counted_within(self, phrase: Phrase) -> frozenset[str]:
        """The classes of what a number noun counts within its own mention: ``un millier de policiers``."""
        tokens = self.text.analysis.tokens
        for at in range(phrase.head + 2, phrase.last):
            if tokens[at].word_class == "NOUN":
                return self.frames.things.get(tokens[at].lemma.lower(), _NOTHING)
        return _NOTHING

    def _is_thing(self, phrase: Phrase, classes: set[str]) -> bool:
        """Tell whether a phrase names some thing that no list knows, and not a mere quality: ``la guerre des prix``."""
        group = phrase.group
        if group is None or len(classes) > 1 or group.is_proper:
            return False
        return group.determination in ("definite", "possessive") or group.number == "Plur"

    def mention_classes(self, mention: Mention) -> frozenset[str]:
        """Return the classes of what a mention stands for."""
        found = set(_CLASSES[mention.type])
        if mention.kind != "pronoun" and mention.as_place():
            found.add("place")
        party = mention.party
        if party is not None:
            found |= _CLASSES[party.type]
        for referent in mention.referents:
            found |= _CLASSES[referent.type]
        if mention.kind == "pronoun" and not mention.referents:
            found |= _OPEN
        return frozenset(found)

    def word_classes(self, token: int) -> frozenset[str]:
        """Return the classes of a single word, and its lemma."""
        lemma = self.text.analysis.tokens[token].lemma.lower()
        word = self.text.words[token]
        found = self.frames.things.get(lemma, _NOTHING) | self.frames.things.get(word, _NOTHING)
        return found | {lemma, word}


@remembered
def subject_classes(language: str) -> dict[str, frozenset[str]]:
    """Return of what classes the subject of each verb has to be, as far as the frames of a language ask for any."""
    frames = load_frames(language)
    found: dict[str, set[str]] = {}
    for lemma, pairs in frames.verbs.items():
        for _, frame in pairs:
            for need in frame.needs:
                for term in need.terms:
                    if term.slot == "subj" and not need.is_negated and not term.is_negated:
                        found.setdefault(lemma, set()).update(term.classes)
    for lemma, supports in frames.supports.items():
        if any(kind == "cause" for _, kind in supports):
            found.setdefault(lemma, set()).update(("attack", "war", "clash"))
    for lemma in ("tuer", "blesser", "kill", "wound", "injure"):
        found.setdefault(lemma, set()).update(("attack", "war", "clash", "armed", "force", "weapon", "person"))
    return {lemma: frozenset(classes) for lemma, classes in found.items()}


def frames_of(language: str) -> Frames:
    """Return the frames of a language; see `load_frames`."""
    return load_frames(language)


__all__ = ["Reading", "Trigger", "frames_of"]
