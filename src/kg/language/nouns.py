"""Noun groups: a noun with what determines and describes it; a name of several words is one group.

The rules are the same for languages whose determiners stand first; where the head stands (the first noun with adjectives
after it, the last of several nouns) is a setting. Names are runs of capitalised words, held together by the small words of
``names.tsv``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from kg.analysis import Determination, NounGroup
from kg.language.groups import Words
from kg.language.readings import TAGS, Reading
from kg.language.tables import read_kinds

KINDS: Final = ("particle", "link", "article", "institution", "title", "apart")

_NOUN, _NAME, _ADJECTIVE, _NUMERAL = TAGS["NOUN"], TAGS["PROPN"], TAGS["ADJ"], TAGS["NUM"]
_DETERMINER, _ADPOSITION, _ADVERB, _CONJUNCTION = TAGS["DET"], TAGS["ADP"], TAGS["ADV"], TAGS["CCONJ"]
_POSSESSIVE, _DEFINITE = TAGS["Poss"], TAGS["Def"]
_SINGULAR, _PLURAL, _TOTAL = TAGS["Sing"], TAGS["Plur"], TAGS["Tot"]
_KINDS_OF_DETERMINER: Final[tuple[tuple[int, Determination], ...]] = (
    (_POSSESSIVE, "possessive"),
    (TAGS["Dem"], "demonstrative"),
    (TAGS["Int"], "interrogative"),
    (_DEFINITE, "definite"),
    (TAGS["Indef"], "indefinite"),
)
_MODIFIER: Final = _ADJECTIVE | _NOUN | _NAME
_BEFORE_NOUN: Final = _ADJECTIVE | _NUMERAL | _ADVERB | _CONJUNCTION
_BEGINS: Final = _DETERMINER | _NOUN | _NAME | _ADJECTIVE | _NUMERAL | _POSSESSIVE
_QUOTES: Final = frozenset('«“"‘')
_ONE: Final = frozenset(("un", "une", "one", "1"))


@dataclass(frozen=True, slots=True)
class _Sentence:
    """The words of a sentence, their readings and masks; groups count tokens from `offset`."""

    words: Sequence[str]
    keys: Sequence[str]
    chosen: Sequence[Reading]
    masks: list[int]
    offset: int
    name: Callable[[int, int], str]


@dataclass(slots=True)
class _Group:
    """A noun group in the making, over the words of its sentence."""

    first: int
    determiner: int | None = None
    determination: Determination = "none"
    numeral: int | None = None
    preposition: int | None = None
    is_plural: bool | None = None

    @property
    def is_bare(self) -> bool:
        """Whether neither determiner nor numeral has been read."""
        return self.determiner is None and self.numeral is None


class NounGrammar:
    """Finds noun groups; `path` is the language's ``names.tsv``, `is_head_last` whether the last of several nouns is it.

    Raises:
        DataError: the table is wrong; says where.
    """

    def __init__(self, path: Path, *, is_head_last: bool) -> None:
        sets = read_kinds(path, KINDS)
        self._is_head_last = is_head_last
        self._particles, self._links = frozenset(sets["particle"]), frozenset(sets["link"])
        self._articles, self._titles = frozenset(sets["article"]), frozenset(sets["title"])
        self._apart = frozenset(sets["apart"])
        self._institutions = frozenset(sets["institution"])

    def find(self, words: Words, offset: int, name: Callable[[int, int], str]) -> list[NounGroup]:
        """Return the noun groups of a sentence in order.

        Args:
            words: the sentence.
            offset: the index of its first token; the groups count from there.
            name: gives the text between two tokens, counted as in the groups, as it is written.
        """
        masks = [reading.mask for reading in words.chosen]
        sentence = _Sentence(words.words, words.keys, words.chosen, masks, offset, name)
        found: list[NounGroup] = []
        at, last = 0, len(masks)
        while at < last:
            if masks[at] & _BEGINS:
                group, end = self._read(sentence, at)
                if group is not None:
                    found.append(group)
                at = max(end, at + 1)
            else:
                at += 1
        return found

    # ----------------------------------------------------------------------- one group

    def _read(self, sentence: _Sentence, at: int) -> tuple[NounGroup | None, int]:
        """Read a group that begins at `at`; return it, if there is one, and where to go on."""
        words, masks = sentence.words, sentence.masks
        group = _Group(at)
        self._look_before(masks, group, at)
        start = place = self._determine(words, masks, group, at)
        while place < len(words) and masks[place] & _BEFORE_NOUN:
            if not self._leads_on(masks, place, start):
                return None, max(place, at + 1)
            if masks[place] & _NUMERAL and group.numeral is None:
                group.numeral = place
            place += 1
        if place < len(words) and masks[place] & (_NOUN | _NAME):
            head, end = self._head(sentence, place)
        elif place > start and masks[place - 1] & _ADJECTIVE and not group.is_bare:
            head, end = place - 1, place  # an adjective that stands for a noun: un humanitaire, the wounded
        else:
            return None, max(place, at + 1)
        return self._finish(sentence, group, (start, place, head, end)), end

    def _finish(self, sentence: _Sentence, group: _Group, places: tuple[int, int, int, int]) -> NounGroup:
        """Make the group of which description, nouns, head and end are found."""
        start, place, head, end = places
        masks, offset = sentence.masks, sentence.offset
        first = last = head
        is_proper = bool(masks[head] & _NAME)
        if is_proper:
            first = self._name_start(sentence.words, head, place)
            last = self._name_end(masks, head, end)
        beside = [p for p in range(start, end) if masks[p] & _MODIFIER and not first <= p <= last]
        return NounGroup(
            first=offset + group.first,
            last=offset + end,
            head=offset + last,
            lemma=sentence.name(offset + first, offset + last + 1) if is_proper else sentence.chosen[head].lemma,
            number=self._number(sentence.words, masks, group, head),
            determination=self._kind(group),
            determiner=None if group.determiner is None else offset + group.determiner,
            numeral=None if group.numeral is None else offset + group.numeral,
            preposition=None if group.preposition is None else offset + group.preposition,
            modifiers=tuple(offset + p for p in beside) if beside else (),
            is_proper=is_proper,
        )

    def _look_before(self, masks: list[int], group: _Group, at: int) -> None:
        """Find the preposition that governs a group, and the determiner that it may hold (du, aux) or a possessive 's."""
        before = at - 1
        if before < 0:
            return
        if masks[before] & _ADPOSITION:
            group.preposition = before
            if masks[before] & _DEFINITE:
                group.determiner, group.determination = before, "definite"
                group.is_plural = bool(masks[before] & _PLURAL)
        elif masks[before] & TAGS["PART"] and masks[before] & TAGS["Poss"]:
            group.determiner, group.determination = before, "possessive"

    def _determine(self, words: Sequence[str], masks: list[int], group: _Group, at: int) -> int:
        """Read determiners and opening quotation marks; return the word after them."""
        place = at
        while place < len(words) and (
            masks[place] & _DETERMINER or (masks[place] & _POSSESSIVE and not masks[place] & TAGS["PART"])
        ):
            if group.determination in ("none", "quantifier") or group.determiner == group.preposition:
                group.determiner = place
                group.determination = next(
                    (kind for tag, kind in _KINDS_OF_DETERMINER if masks[place] & tag), "quantifier"
                )
            if masks[place] & (_SINGULAR | _PLURAL) and not masks[place] & _TOTAL:
                group.is_plural = bool(masks[place] & _PLURAL)
            place += 1
        if place > at and place < len(words) and words[place] in _QUOTES:
            place += 1
        return place

    def _leads_on(self, masks: list[int], place: int, start: int) -> bool:
        """Tell whether an adverb or conjunction before the noun belongs to the group: très grande, arméniens et russes."""
        following = masks[place + 1] if place + 1 < len(masks) else 0
        if masks[place] & _CONJUNCTION:
            return place > start and bool(masks[place - 1] & _ADJECTIVE and following & _ADJECTIVE)
        if masks[place] & _ADVERB:
            return bool(following & (_ADJECTIVE | _NUMERAL))
        return True

    def _kind(self, group: _Group) -> Determination:
        return "numeral" if group.determination == "none" and group.numeral is not None else group.determination

    def _number(
        self, words: Sequence[str], masks: list[int], group: _Group, head: int
    ) -> Literal["Sing", "Plur"] | None:
        if group.numeral is not None:
            return "Sing" if words[group.numeral] in _ONE else "Plur"
        if masks[head] & _PLURAL:
            return "Plur"
        if group.is_plural is not None:
            return "Plur" if group.is_plural else "Sing"
        return "Sing" if masks[head] & _SINGULAR else None

    # ----------------------------------------------------------------------- head and name

    def _head(self, sentence: _Sentence, place: int) -> tuple[int, int]:
        """Return the head among the nouns from `place`, and the end of the group."""
        words, masks = sentence.words, sentence.masks
        if masks[place] & _NAME or words[place] in self._titles:
            end = self._run(sentence, place)
            if self._is_head_last and end < len(words) and masks[end] & _NOUN and words[end] not in self._apart:
                return self._last_noun(words, masks, end)
            head = end - 1
            while head > place and not masks[head] & _NAME:
                head -= 1
            return head, end if self._is_head_last else self._after(masks, end)
        if self._is_head_last:
            return self._last_noun(words, masks, place)
        return place, self._after(masks, place + 1)

    def _last_noun(self, words: Sequence[str], masks: list[int], place: int) -> tuple[int, int]:
        """Return the last of several nouns in a row; a name after a noun begins a group of its own."""
        end = place + 1
        while end < len(masks) and masks[end] & _NOUN and words[end] not in self._apart:
            end += 1
        return end - 1, end

    def _after(self, masks: list[int], end: int) -> int:
        """Return the end of the adjectives after a noun: éthiopiennes et érythréennes."""
        while end < len(masks):
            if masks[end] & _ADJECTIVE:
                end += 1
            elif (masks[end] & _ADVERB and end + 1 < len(masks) and masks[end + 1] & _ADJECTIVE) or (
                masks[end] & _CONJUNCTION
                and masks[end - 1] & _ADJECTIVE
                and end + 1 < len(masks)
                and masks[end + 1] & _ADJECTIVE
                and not (end + 2 < len(masks) and masks[end + 2] & _NOUN)
            ):
                end += 2
            else:
                break
        return end

    def _run(self, sentence: _Sentence, place: int) -> int:
        """Return the end of a run of names, with titles before and small words inside."""
        words, masks = sentence.words, sentence.masks
        end, start = place, place
        while end < len(masks):
            if masks[end] & _NAME or words[end] in self._titles or (end == place):
                end += 1
                if self._ends_in_acronym(sentence, start, end):
                    break
                continue
            inner = end
            if (words[inner] in self._particles and self._may_join(words, masks, start, inner)) or (
                words[inner] in self._links and self._is_institution(words, start, inner)
            ):
                inner += 1
            else:
                break
            if inner < len(masks) and words[inner] in self._articles and self._is_institution(words, start, end):
                inner += 1
            if inner >= len(masks) or not masks[inner] & _NAME:
                break
            end = inner + 1
        return end

    def _ends_in_acronym(self, sentence: _Sentence, start: int, end: int) -> bool:
        """Tell whether a name so far is an acronym after an article and another name follows: l'ONU António Guterres."""
        if self._is_head_last or end - start > 1 or start == 0 or end >= len(sentence.keys):
            return False
        is_definite = sentence.masks[start - 1] & (_DETERMINER | _DEFINITE)
        return bool(is_definite) and sentence.keys[start].isupper() and sentence.keys[end].istitle()

    def _may_join(self, words: Sequence[str], masks: list[int], start: int, particle: int) -> bool:
        """Tell whether a particle joins two names: Charles de Gaulle, but not la Serbie du Kosovo."""
        if self._is_institution(words, start, particle) or not masks[particle] & _ADPOSITION:
            return True
        return not (start > 0 and masks[start - 1] & (_DETERMINER | _DEFINITE))

    def _is_institution(self, words: Sequence[str], start: int, end: int) -> bool:
        """Tell whether the name so far ends (or, where heads come first, begins) in the noun of an institution."""
        return words[end - 1 if self._is_head_last else start] in self._institutions

    def _name_start(self, words: Sequence[str], head: int, place: int) -> int:
        """Return where the name itself begins, without its title and what describes it."""
        start = place
        while start < head and words[start] in self._titles:
            start += 1
        return start

    def _name_end(self, masks: list[int], head: int, end: int) -> int:
        """Return the last word of the name, without the adjectives after it."""
        return head if end == head + 1 else max(p for p in range(head, end) if p == head or masks[p] & _NAME)
