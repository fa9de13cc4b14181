"""What fills the slots of a verb: subject and object as in the active voice, and the phrases after each preposition."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from kg.extraction.syntax.clauses import Clause
from kg.extraction.syntax.elements import Text
from kg.extraction.syntax.phrases import Phrase

_OBJECT_CLITICS: Final = frozenset("le la les l' se s' me m' te t'".split())
_DATIVE_CLITICS: Final = frozenset("lui leur".split())
_PLACE_CLITICS: Final = frozenset("y".split())
_SUBJECT_RELATIVES: Final = frozenset("qui who which that lequel laquelle lesquels lesquelles".split())
_UNACCUSATIVE: Final = frozenset(("exploser", "sauter"))
"""Verbs that have no passive: who ``s'est fait exploser`` did it."""

_GIVING: Final = frozenset(
    "give bring send promise offer deny supply hand lend pledge sell show grant pay owe tell teach".split()
)
_LONGEST_CHAIN: Final = 12
"""How many clauses back a shared subject is looked for."""


@dataclass(slots=True)
class Arguments:
    """The slots of a clause.

    Attributes:
        subject: who does it, also where the verb is passive (then after ``par``, ``by``).
        object: whom or what is done to, also where it is the subject of a passive.
        others: bare phrases after the verb that are neither.
        slots: the other phrases by the name of their preposition.
    """

    subject: list[Phrase] = field(default_factory=list)
    object: list[Phrase] = field(default_factory=list)
    others: list[Phrase] = field(default_factory=list)
    slots: dict[str, list[Phrase]] = field(default_factory=dict)

    def slot(self, name: str) -> list[Phrase]:
        """Return what fills a slot, by its name in the frames."""
        if name == "subj":
            return self.subject
        return self.object if name == "obj" else self.slots.get(name, [])


class ArgumentFinder:
    """Finds the arguments of the clauses of a text; each clause is looked at once.

    Args:
        text: the text.
        is_object_control: whether the one addressed by a verb does what its infinitive says (ask, accuse, force).
        fits: whether a phrase can be the subject of a clause, by its meaning.
    """

    def __init__(
        self,
        text: Text,
        is_object_control: Callable[[Clause], bool],
        fits: Callable[[Clause, Phrase], bool] | None = None,
    ) -> None:
        self._text = text
        self._fits = fits
        self._is_object_control = is_object_control
        self._known: dict[int, Arguments] = {}
        self._surface: dict[int, list[Phrase]] = {}

    def arguments(self, clause: Clause) -> Arguments:
        """Return the arguments of a clause."""
        known = self._known.get(id(clause))
        if known is None:
            known = self._known[id(clause)] = self._find(clause)
        return known

    def surface_subject(self, clause: Clause, depth: int = 0) -> list[Phrase]:
        """Return the subject as the sentence has it: of a passive the one that suffers."""
        known = self._surface.get(id(clause))
        if known is None:
            known = self._surface[id(clause)] = self._find_subject(clause, depth)
        return known

    def _find(self, clause: Clause) -> Arguments:
        found = Arguments()
        verb = clause.verb
        if verb is None:
            return found
        subject = self.surface_subject(clause)
        taken = {id(p) for p in subject}
        for phrase in (*clause.before, *clause.after):
            if id(phrase) in taken:
                continue
            self._place(found, clause, phrase)
        if clause.kind == "relative" and clause.antecedent is not None and clause.shares is None:
            self._place_antecedent(found, clause, taken)
        if verb.voice == "passive" and not (verb.periphrasis == "causative" and verb.lemma in _UNACCUSATIVE):
            found.object = subject or found.object
            found.subject = found.slots.get("by", [])
        else:
            found.subject = subject
        return found

    def _place(self, found: Arguments, clause: Clause, phrase: Phrase) -> None:
        word = self._text.words[phrase.head]
        if phrase.is_clitic and phrase in clause.before:
            if word in _DATIVE_CLITICS:
                found.slots.setdefault("to", []).append(phrase)
            elif word in _PLACE_CLITICS:
                found.slots.setdefault("in", []).append(phrase)
            elif word in _OBJECT_CLITICS and not (clause.verb and clause.verb.is_reflexive):
                found.object.append(phrase)
            return
        if phrase.prep:
            found.slots.setdefault(phrase.prep, []).append(phrase)
        elif phrase in clause.after and (not found.object or phrase.leader in found.object):
            found.object.append(phrase)
        elif phrase in clause.after and self._is_second_object(clause, found.object[-1], phrase):
            found.slots.setdefault("to", []).extend(found.object)
            found.object = [phrase]
        elif phrase in clause.after and phrase.leader is None and len(found.object) == 1 and phrase.of is None:
            found.others.append(phrase)

    def _place_antecedent(self, found: Arguments, clause: Clause, taken: set[int]) -> None:
        antecedent = clause.antecedent
        assert antecedent is not None  # noqa: S101 - the caller has looked
        if any(id(p) in taken for p in antecedent.all):
            return
        if clause.gap_prep:
            found.slots.setdefault(clause.gap_prep, []).extend(antecedent.all)
        elif not found.object and (clause.marker in ("que", "qu'", "whom", "that", "which", "who") or clause.is_gap):
            found.object = list(antecedent.all)

    def _is_second_object(self, clause: Clause, first: Phrase, second: Phrase) -> bool:
        """``is bringing them tents``, ``promised Velmar missiles``: the first object is the receiver."""
        if self._text.is_french or clause.verb is None or clause.verb.lemma not in _GIVING or first.parts:
            return False
        return first.last == second.first and first.mention is not None

    # ------------------------------------------------------------------ subjects

    def _find_subject(self, clause: Clause, depth: int) -> list[Phrase]:
        if depth > _LONGEST_CHAIN or clause.verb is None:
            return []
        bare = [p for p in clause.before if p.is_bare and not p.is_clitic and p.leader is None]
        if clause.verb.form == "finite":
            return self._finite_subject(clause, bare, depth)
        if clause.kind == "main":
            return self._series(clause, bare[0]) if bare else []
        if clause.shares is not None:
            return self.surface_subject(clause.shares, depth + 1)
        if clause.kind == "participle" and clause.marker and clause.antecedent is None:
            return self._controller(clause, depth)
        if clause.kind == "participle":
            if clause.antecedent is not None:
                return list(self._about(clause))
            if clause.verb.voice == "passive" and clause.parent is not None and clause.parent.verb is None:
                return []
            return self._parent_subject(clause, depth)
        return self._controller(clause, depth)

    def _about(self, clause: Clause) -> list[Phrase]:
        """The phrase that a participle is about: the nearest before it that agrees in number and gender."""
        antecedent = clause.antecedent
        assert antecedent is not None and clause.verb is not None  # noqa: S101, PT018 - the caller has looked
        head = self._text.analysis.tokens[clause.verb.head].features
        if self._text.is_french and head.number and clause.verb.voice == "passive":
            chain = antecedent.chain
            for phrase in reversed(chain) if clause.is_apart else chain:
                noun = self._text.analysis.tokens[phrase.head].features
                number = phrase.group.number if phrase.group else noun.number
                if len(phrase.all) > 1:
                    number = "Plur"
                agrees = (not number or number == head.number) and (
                    not noun.gender or not head.gender or noun.gender == head.gender
                )
                if agrees and not self._is_mere_owner(phrase, head.number):
                    return phrase.all
        return (antecedent.leader or antecedent).all

    @staticmethod
    def _is_mere_owner(phrase: Phrase, number: str) -> bool:
        """Tell whether a name only says whose the noun before it is: ``un convoi de l'ONU chargé de farine``."""
        outer, group = phrase.of, phrase.group
        is_name = phrase.prep == "of" and group is not None and group.is_proper
        if not is_name or outer is None or outer.group is None or outer.group.is_proper:
            return False
        return outer.group.number in (None, number)

    def _finite_subject(self, clause: Clause, bare: list[Phrase], depth: int) -> list[Phrase]:
        if bare:
            return self._series(clause, bare[0])
        if clause.shares is not None:
            return self.surface_subject(clause.shares, depth + 1)
        is_relative = clause.kind == "relative" and clause.antecedent is not None
        if is_relative and clause.marker in _SUBJECT_RELATIVES and not clause.gap_prep:
            antecedent = self._fitting(clause)
            return list((antecedent.leader or antecedent).all)
        if (
            self._text.is_french
            or is_relative
            or (clause.verb and clause.verb.is_inverted)
            or self._is_presentative(clause)
        ):
            after = [p for p in clause.after if p.is_bare and not p.is_clitic and p.leader is None]
            if after and (clause.verb is None or clause.verb.mood != "imperative"):
                return self._series(clause, after[0])
        return []

    def _fitting(self, clause: Clause) -> Phrase:
        """The phrase that a relative is about: the nearest before it, or one that it is a complement of and that fits better."""
        antecedent = clause.antecedent
        assert antecedent is not None  # noqa: S101 - the caller has looked
        fits = self._fits
        if fits is None or fits(clause, antecedent):
            return antecedent
        number = clause.verb.number if clause.verb is not None else None
        for phrase in antecedent.chain[1:]:
            agrees = not number or phrase.group is None or phrase.group.number in (None, number)
            if agrees and fits(clause, phrase):
                return phrase
        return antecedent

    def _is_presentative(self, clause: Clause) -> bool:
        return clause.verb is not None and clause.verb.lemma == "be" and bool(clause.before)

    @staticmethod
    def _series(clause: Clause, phrase: Phrase) -> list[Phrase]:
        """A phrase and those coordinated with it on the same side of the verb."""
        side = clause.before if phrase in clause.before else clause.after
        return [p for p in phrase.all if p is phrase or p in side]

    def _parent_subject(self, clause: Clause, depth: int) -> list[Phrase]:
        parent = clause.parent
        return self.surface_subject(parent, depth + 1) if parent is not None else []

    def _controller(self, clause: Clause, depth: int) -> list[Phrase]:
        parent = clause.parent
        if parent is None or parent.verb is None:
            return []
        if self._is_object_control(parent):
            addressed = self.addressed(parent)
            if addressed:
                return addressed
        return self._parent_subject(clause, depth)

    def addressed(self, clause: Clause) -> list[Phrase]:
        """Return who is addressed by a verb: its object, or the phrase with to, on or against; of a passive its subject."""
        if clause.verb is not None and clause.verb.voice == "passive":
            return self.surface_subject(clause)
        found = self.arguments(clause)
        for name in ("obj", "to", "on", "with", "against"):
            phrases = found.slot(name)
            if phrases:
                return phrases
        return []
