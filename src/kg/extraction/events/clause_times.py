"""The times of clauses: those that a clause tells itself, and failing them those of the clause that it hangs on."""

from __future__ import annotations

from collections.abc import Iterable

from kg.extraction.attribution.attributions import Attribution, Attributions
from kg.extraction.events.acts import is_of_verb
from kg.extraction.events.happenings import Happening
from kg.extraction.events.time_neighbours import (
    is_aside,
    is_compared,
    is_of_another_object,
    is_of_medium,
    is_since_of_all,
)
from kg.extraction.reading import Reading
from kg.extraction.syntax.clauses import Clause, Parse
from kg.extraction.times import Relation, Unit

_DEPTH = 4
"""Over how many clauses a time is passed on."""


class ClauseTimes:
    """Tells the times of clauses.

    Args:
        reading: the report.
        happenings: what happens in it; a clause that tells an event of its own keeps its time.
        attributions: who says what; the time of a saying is not passed to what is said.
        of_nouns: the happening of each time that stands within or right after its noun, by index.
    """

    def __init__(
        self,
        reading: Reading,
        happenings: Iterable[Happening],
        attributions: Attributions,
        of_nouns: dict[int, Happening],
    ) -> None:
        self._reading = reading
        self._lists = reading.frames.lists
        self._sayings: dict[int, Attribution] = {id(a.clause): a for a in attributions if a.clause is not None}
        self._telling = {id(h.clause) for h in happenings if h.noun is None and h.clause is not None}
        self._of_nouns = of_nouns
        self._added: dict[int, list[int]] = {}
        self._removed: dict[int, set[int]] = {}
        for parse in reading.parses:
            if any(clause.times for clause in parse.clauses):
                self._hand_over(parse)
                self._add_frames(parse)

    def tells(self, clause: Clause) -> bool:
        """Whether a clause tells an event by its verb, or says something."""
        return id(clause) in self._telling or id(clause) in self._sayings

    def all_of(self, clause: Clause) -> list[int]:
        """Return the times that stand in a clause, its own first."""
        removed = self._removed.get(id(clause), ())
        return [i for i in (*clause.times, *self._added.get(id(clause), ())) if i not in removed]

    def of_happening(self, happening: Happening) -> list[int]:
        """Return the times of the clause of a happening that may be its own, or those that the clause continues."""
        return [] if happening.clause is None else self._times(happening.clause, happening)

    def occasion(self, clause: Clause | None) -> list[int]:
        """Return the times of the occasion on which a clause is said or done: ``Speaking on Thursday in Paris, …``."""
        if clause is None:
            return []
        for child in clause.children:
            if child.kind != "participle" or child.verb is None:
                continue
            is_beside = child.is_apart or child.first == clause.first
            if is_beside and child.verb.lemma in self._lists["occasion"] and child.times:
                return list(child.times)
        return []

    def published(self, clause: Clause | None) -> list[int]:
        """Return the day on which the medium of a saying came out: ``dit-il dans une vidéo diffusée vendredi``."""
        for child in clause.children if clause is not None else ():
            is_about = (
                child.kind == "participle" and child.verb is not None and child.verb.lemma in self._lists["issued"]
            )
            if is_about and child.times and is_of_medium(self._reading, child.first):
                return list(child.times)
        return []

    def cleft(self, clause: Clause | None) -> list[int]:
        """Return the times that a cleft brings out for the clause within it: ``C'est lundi qu'il a annoncé …``."""
        if clause is None or clause.parent is None or not self._is_cleft(clause, clause.parent):
            return []
        return self.all_of(clause.parent)

    # ------------------------------------------------------------------ which clause holds a time

    def _hand_over(self, parse: Parse) -> None:
        """Give times between two clauses to the one that they stand with.

        ``… announced on Friday, but only hours later one of them accused the army``: the second clause; ``qui a blessé, le
        3 mai, un douanier et qui …``: the relative clause.
        """
        words, breaks = self._reading.text.words, self._lists["break"]
        for holder in parse.clauses:
            for index in holder.times:
                first, last = self.tokens(index)
                before = words[first - 1] if first > 0 else ""
                taker = None
                if is_compared(self._reading, first) or is_of_another_object(
                    self._reading, parse, holder, range(first, last)
                ):
                    self._removed.setdefault(id(holder), set()).add(index)
                    continue
                if is_since_of_all(self._reading, holder, index, range(first, last)):
                    self._added.setdefault(id(next(c for c in holder.ancestors() if c.is_finite)), []).append(index)
                if holder.verb is not None and holder.verb.last <= first and (before == "," or before in breaks):
                    starts = (last, last + 1) if words[last : last + 1] == [","] else (last,)
                    taker = next((c for c in parse.clauses if c.first in starts and c.is_finite and not c.marker), None)
                if taker is None and before == ",":
                    taker = next((c for c in holder.children if self._ends_with_verb(c, first - 1)), None)
                if taker is not None and taker is not holder:
                    self._removed.setdefault(id(holder), set()).add(index)
                    self._added.setdefault(id(taker), []).append(index)

    @staticmethod
    def _ends_with_verb(clause: Clause, token: int) -> bool:
        return clause.kind == "relative" and clause.verb is not None and clause.verb.last == clause.last == token

    def _add_frames(self, parse: Parse) -> None:
        """Give what "since" and "after" make of a time to the clause around them.

        ``ont fui depuis l'attaque menée jeudi``: the flight is since Thursday.
        """
        analysis = self._reading.text.analysis
        for holder in parse.clauses:
            for index in self.all_of(holder):
                frame = self._reading.text.times[index].frame
                tokens = analysis.tokens_in(*frame.span) if frame is not None else ()
                if not tokens:
                    continue
                taker = parse.clause_at(tokens[0])
                while taker is not None and taker.first >= tokens[0]:
                    taker = taker.parent
                if taker is not None and taker is not holder and taker in holder.ancestors():
                    self._added.setdefault(id(taker), []).append(index)

    # ------------------------------------------------------------------ what is passed on

    def _times(self, clause: Clause, happening: Happening, depth: int = 0) -> list[int]:
        found = self._own(clause, happening)
        if depth and clause.verb is not None:
            found = [] if is_aside(self._reading, clause) else self._outside_subject(clause, found)
        if found or depth > _DEPTH:
            return found
        if clause.shares is not None:
            return self._times(clause.shares, happening, depth + 1)
        framing = (
            (id(clause) not in self._sayings and self.occasion(clause))
            or (not depth and self._of_infinitive(clause))
            or self._framing(clause)
            or (not depth and self._shared_end(clause))
        )
        if framing:
            return framing
        clause = self._first_of_series(clause)
        parent = clause.parent
        if parent is None or parent.verb is None or not self._is_passed(clause, parent, happening):
            return []
        return self._times(parent, happening, depth + 1)

    @staticmethod
    def _first_of_series(clause: Clause) -> Clause:
        """The gerund that another continues: ``of breaking a truce that … and of occupying homes``."""
        if clause.kind != "participle" or not clause.marker:
            return clause
        alike = (c for c in clause.ancestors() if c.kind == clause.kind and c.marker == clause.marker)
        return next(alike, clause)

    def _own(self, clause: Clause, happening: Happening) -> list[int]:
        saying = self._sayings.get(id(clause))
        is_said = saying is not None and saying.mode != "charge" and saying.covers(happening.trigger)
        found = []
        for index in self.all_of(clause):
            first, _ = self.tokens(index)
            if saying is not None and is_said != saying.covers(first):
                continue  # what is said has the times of the content, the saying has the others
            if is_said and is_of_verb(self._reading, clause, index):
                continue
            owner = self._of_nouns.get(index)
            is_noun_of = owner is not None and owner is not happening and not self._is_scene(owner, index)
            if is_noun_of and self._reading.text.times[index].frame is None:
                continue
            found.append(index)
        return found or self._scenes(clause)

    def _scenes(self, clause: Clause) -> list[int]:
        """The years by which scenes are named: ``killed in the 2014 war``."""
        mentions, time_at = self._reading.text.times, self._reading.text.time_at
        scenes = [p for p in (*clause.before, *clause.after) if p.prep in ("in", "during")]
        found = dict.fromkeys(time_at[at] for p in scenes for at in range(p.first, p.last) if time_at[at] >= 0)
        return [i for i in found if mentions[i].unit is Unit.YEAR and mentions[i].relation is Relation.AT]

    def _is_scene(self, owner: Happening, index: int) -> bool:
        """Whether the time of a noun is also that of its clause, as of one named by its year: ``killed in the 2014 war``."""
        noun, mention = owner.noun, self._reading.text.times[index]
        is_named = mention.unit is Unit.YEAR and mention.relation is Relation.AT
        is_within = noun is not None and noun.phrase.prep in ("in", "during")
        return is_supported(owner) or (is_named and is_within)

    def _outside_subject(self, clause: Clause, found: list[int]) -> list[int]:
        """Leave out what stands between subject and verb: ``La guerre, dans les années 1990, a …``."""
        subject = self._reading.finder.surface_subject(clause)
        if not subject or clause.verb is None:
            return found
        inside = range(subject[-1].last, clause.verb.first)
        return [i for i in found if not any(at in inside for at in range(*self.tokens(i)))]

    def _of_infinitive(self, clause: Clause) -> list[int]:
        """The time of an infinitive that tells no event itself: ``avait tenté de normaliser leurs relations en juillet``."""
        children = (c for c in clause.children if c.kind == "infinitive" and not c.is_apart and not self.tells(c))
        return next((list(c.times) for c in children if c.times), [])

    def _is_passed(self, clause: Clause, parent: Clause, happening: Happening) -> bool:
        """Whether the time of a clause is also that of a clause within it."""
        if clause.kind == "adverbial":
            return clause.marker in self._lists["when"]
        if clause.kind not in ("infinitive", "participle", "complement"):
            return False
        if clause.kind == "participle" and clause.antecedent is not None and not clause.is_apart:
            return False  # "prisoners held by Israel": no date passes to what tells who is meant
        words, order = self._reading.text.words, self._lists["order"]
        if clause.marker in order or words[clause.first] in order or words[max(clause.first - 1, 0)] in order:
            return False  # "avant de s'en retirer"
        is_open = happening.meant in ("planned", "possible")
        if is_open and clause.kind == "infinitive" and parent.verb is not None and parent.verb.tense == "past":
            return False  # "s'étaient engagés lundi à négocier"
        saying = self._sayings.get(id(parent))
        if clause.kind == "complement" and self._is_cleft(clause, parent):
            return True
        if clause.kind == "complement":
            return saying is not None and saying.mode == "charge"
        return saying is None or saying.mode == "charge"

    def _framing(self, clause: Clause) -> list[int]:
        """The time at the head of the sentence, for the clauses side by side with the first one."""
        parse = self._reading.parse_at(clause.first)
        if parse is None or clause.kind != "main":
            return []
        first = next((c for c in parse.clauses if c.kind == "main" and c.verb is not None), None)
        if first is None or first is clause or first.verb is None:
            return []
        if clause.verb is not None and clause.verb.tense != first.verb.tense:
            return []  # "Lundi, le Conseil a adopté …, mais les deux camps continuent de …"
        words, order = self._reading.text.words, self._lists["order"]
        if any(word in order for word in words[max(clause.first - 2, 0) : clause.first + 1]):
            return []  # "Lundi, l'accord a été signé par Paris, et avant, il l'avait été par Londres"
        start = min([p.first for p in first.before if p.is_bare], default=first.verb.first)
        return [i for i in first.times if self.tokens(i)[1] <= start]

    def _shared_end(self, clause: Clause) -> list[int]:
        """The time at the end of the last of several predicates: ``killed 12 people and seized 20 on Monday``."""
        parse, words = self._reading.parse_at(clause.first), self._reading.text.words
        if parse is None or clause.verb is None or id(clause) in self._sayings:
            return []
        sharing = [c for c in parse.clauses if c.shares is clause and c.verb is not None]
        if not sharing or any(c.verb is None or c.verb.tense != clause.verb.tense for c in sharing):
            return []
        last = sharing[-1]
        if id(last) in self._sayings or words[max(last.first - 2, 0)] == ",":
            return []
        mentions = self._reading.text.times
        own = [i for i in self.all_of(last) if mentions[i].relation is Relation.AT and i not in self._of_nouns]
        return [i for i in own if self.tokens(i)[1] == last.last]

    def _is_cleft(self, clause: Clause, parent: Clause) -> bool:
        """Whether a clause is the rest of a cleft that brings out its time: ``C'est début mai que la trêve a été rompue``."""
        words, verb = self._reading.text.words, parent.verb
        if verb is None or verb.lemma not in self._lists["copula"] or words[parent.first] not in self._lists["cleft"]:
            return False
        return any(
            verb.last <= self.tokens(i)[0] and self.tokens(i)[1] >= clause.first - 1 for i in self.all_of(parent)
        )

    def tokens(self, index: int) -> tuple[int, int]:
        """Return the first token of a time and the one after its last."""
        at = self._reading.text.analysis.tokens_in(*self._reading.text.times[index].time.span)
        return at.start, at.stop


def is_supported(happening: Happening) -> bool:
    """Tell whether the clause around a noun tells of its event, so that the clause's time is the event's."""
    noun = happening.noun
    if noun is None:
        return False
    is_scene = noun.phrase.prep in ("in", "during") and happening.type != "war"
    return noun.support is not None or bool(happening.toll) or noun.is_subject or is_scene
