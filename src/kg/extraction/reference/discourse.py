"""What has been told so far: the mentions before a place, which of them are subjects and which speak.

Candidates for reference are looked for from the nearest to the farthest, within a window of sentences; agreement in number
and gender excludes, being a subject or a speaker prefers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final

from kg.analysis import VerbGroup
from kg.extraction.mentions import Referent
from kg.extraction.names.scene import Draft, Scene

_SOURCES: Final = frozenset(("selon", "apres", "d'apres", "per"))
_CLOSERS: Final = frozenset((",", "»", "”", '"', "’", "?", "!"))
_REACH: Final = 6
"""How many tokens may stand between a subject and its verb."""

WINDOW: Final = 3
"""How many sentences back, besides its own, a pronoun may refer."""

_FAR: Final = 60
"""How many mentions back anything may refer: bounds the work, and what a reader keeps in mind."""

_MASCULINE_COUNTRIES: Final = ("mexique", "mozambique", "cambodge", "zimbabwe", "belize", "suriname")


@dataclass(slots=True)
class Discourse:
    """The resolved mentions so far, in order.

    `sentences` gives the sentence of each atom's token; `genders` what is known of the gender of who is named.
    """

    scene: Scene
    told: list[Draft] = field(default_factory=list)
    genders: dict[Referent, str] = field(default_factory=dict)
    _quotations: dict[int, int | None] = field(default_factory=dict)

    def tell(self, draft: Draft) -> None:
        """Note a mention, once it is known what it stands for."""
        self.told.append(draft)
        for referent in draft.referents:
            if draft.gender is not None and len(draft.referents) == 1:
                self.genders.setdefault(referent, draft.gender)

    def sentence(self, draft: Draft) -> int:
        """The index of the sentence that a mention stands in."""
        return self.scene.sentence_of[draft.head]

    def before(self, draft: Draft, window: int | None = WINDOW) -> Iterator[Draft]:
        """Yield the mentions before one, the nearest first, not those that it is part of or holds."""
        here = self.sentence(draft)
        for count, other in enumerate(reversed(self.told)):
            if count > _FAR:
                return
            if window is not None and self.sentence(other) < here - window:
                return
            if other.last <= draft.first and self._is_heard(draft, other):
                yield other

    def _is_heard(self, draft: Draft, other: Draft) -> bool:
        """Tell whether words can refer to a mention: not to what brackets add, and from outside not into a quotation."""
        if self.scene.key(other.first - 1) == "(" and self.scene.key(other.last) == ")":
            return False
        quotation = self.quotation(other)
        return quotation is None or quotation == self.quotation(draft) or other.kind in ("name", "capital")

    def quotation(self, draft: Draft) -> int | None:
        """The index of the quotation that a mention stands in."""
        start = self.scene.atoms.starts[draft.head]
        if start not in self._quotations:
            self._quotations[start] = self.scene.analysis.quotation_at(start)
        return self._quotations[start]

    def nearest(self, draft: Draft, fits: Callable[[Draft], bool], window: int | None = WINDOW) -> Draft | None:
        """Return the nearest mention before one that fits."""
        return next((other for other in self.before(draft, window) if fits(other)), None)

    def preferred(self, draft: Draft, fits: Callable[[Draft], bool], window: int | None = WINDOW) -> Draft | None:
        """Return the nearest subject that fits, sentence by sentence backwards, else the nearest mention that does."""
        found = [other for other in self.before(draft, window) if fits(other)]
        for other in found:
            if other.is_subject and self.sentence(other) >= self.sentence(draft) - 1:
                return other
        return found[0] if found else None

    def gender(self, draft: Draft) -> str:
        """The gender of what a mention stands for; empty where it is not known."""
        if draft.gender is not None:
            return draft.gender
        if not draft.referents:
            return ""
        known = self.genders.get(draft.referents[0])
        if known:
            return known
        if draft.type == "Person":
            return (
                self.scene.lexicon.forenames.get(self.scene.keys[draft.core], "") if draft.last - draft.core > 1 else ""
            )
        if self.scene.is_french and draft.type in ("State", "Place") and draft.kind == "name":
            return self._gender_of_country(draft)
        return ""

    def _gender_of_country(self, draft: Draft) -> str:
        before = self.scene.key(draft.first - 1)
        if before == "la":
            return "Fem"
        if before in ("le", "du", "au"):
            return "Masc"
        last = self.scene.keys[draft.last - 1]
        if draft.type == "Place" or last in _MASCULINE_COUNTRIES:
            return "Masc" if last in _MASCULINE_COUNTRIES else ""
        return "Fem" if last.endswith("e") else "Masc"


# --------------------------------------------------------------------------- subjects and speakers


def mark_roles(scene: Scene) -> None:
    """Mark the mentions that are subjects, and those that speak or are the source of what is said."""
    spans = {id(office.person): (office.first, office.last) for office in scene.offices}
    for draft in sorted(scene.drafts, key=lambda d: d.first):
        if draft.is_dropped or (draft.noun is not None and draft.noun.category == "place"):
            continue
        first, last = spans.get(id(draft), (draft.first, draft.last))
        _mark(scene, draft, (min(first, draft.first), max(last, draft.last)))
        if draft.is_subject:
            scene.subjects.setdefault(scene.sentence_of[draft.head], []).append(draft)
        if draft.is_speaker:
            scene.speakers.append(draft)


def _mark(scene: Scene, draft: Draft, span: tuple[int, int]) -> None:
    before = span[0] - 1
    if scene.is_word("definite", before):
        before -= 1
    key = scene.key(before)
    if key in _SOURCES or (key == "to" and scene.key(before - 1) == "according"):
        draft.is_speaker = True
        return
    if before >= 0:
        group = scene.verb_from(before)
        if group is not None and group.lemma in scene.lexicon.saying and _is_inverted(scene, before):
            draft.is_subject = draft.is_speaker = True
            return
        if scene.word_class(before) == "ADP" or scene.is_word("of", before) or scene.is_word("locative", before):
            return
    verb = _verb_after(scene, span[1])
    if verb is not None:
        draft.is_subject = True
        draft.is_speaker = verb.lemma in scene.lexicon.saying


def _is_inverted(scene: Scene, verb: int) -> bool:
    """Tell whether the verb of saying stands after what is said: after a comma or a closing mark, over its auxiliary."""
    for index in range(verb - 1, max(-1, verb - 5), -1):
        if scene.key(index) in _CLOSERS:
            return True
        if scene.word_class(index) in ("NOUN", "PROPN", "PUNCT") or scene.name_at[index] is not None:
            return False
    return False


def _verb_after(scene: Scene, last: int) -> VerbGroup | None:
    """The finite verb that follows a subject, over commas, brackets, adverbs and clitics."""
    tokens = scene.analysis.tokens
    first = scene.atoms.tokens[last - 1] + 1
    for index in range(first, min(first + _REACH, len(tokens))):
        if scene.sentence_starts(index):
            return None
        group = scene.verbs.get(index)
        if group is not None:
            is_said = index == first and group.form == "participle" and group.lemma in scene.lexicon.saying
            return group if group.form == "finite" or is_said else None
        if tokens[index].word_class not in ("ADV", "PRON", "PART") and tokens[index].text not in (",", ")", "("):
            return None
    return None
