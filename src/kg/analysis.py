"""What the language stage hands on: the analysis of one text, as frozen data over offsets.

Offsets (`start`, `end`) count Unicode code points of the untouched text, end excluded: ``text[x.start:x.end]`` are the
words. Groups count tokens, sentences and paragraphs by their index in the analysis, end excluded as well: ``first`` is the
first, ``last`` the one after the last, as in ``tokens[group.first:group.last]``. Word classes and the values of
`Morphology` are those of Universal Dependencies (universaldependencies.org, version 2).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, fields
from operator import attrgetter
from typing import Literal, NamedTuple, Protocol, TypeAlias, TypeVar

Span: TypeAlias = tuple[int, int]

WordClass = Literal[
    "ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM",
    "PART", "PRON", "PROPN", "PUNCT", "SCONJ", "SYM", "VERB", "X",
]  # fmt: skip
ParagraphKind = Literal[
    "headline", "standfirst", "byline", "body", "heading", "caption", "credit", "boilerplate"
]  # fmt: skip
Form = Literal["finite", "infinitive", "participle", "gerund"]
Tense = Literal["present", "past", "future"]
Mood = Literal["indicative", "conditional", "subjunctive", "imperative"]
Voice = Literal["active", "passive"]
Determination = Literal[
    "definite", "indefinite", "possessive", "demonstrative", "numeral", "quantifier", "interrogative", "none"
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Morphology:
    """What a word's form says, in the names and values of Universal Dependencies; empty where it says nothing.

    ``str()`` gives the usual notation, e.g. ``Gender=Masc|Number=Plur``.
    """

    gender: str = ""
    mood: str = ""
    number: str = ""
    person: str = ""
    tense: str = ""
    verb_form: str = ""
    pron_type: str = ""
    definite: str = ""
    poss: str = ""
    polarity: str = ""
    num_type: str = ""
    degree: str = ""
    reflex: str = ""
    case: str = ""

    def __str__(self) -> str:
        pairs = ((f.name.title().replace("_", ""), getattr(self, f.name)) for f in fields(self))
        return "|".join(sorted(f"{name}={value}" for name, value in pairs if value))


class Token(NamedTuple):
    """One word, number or mark. `text` is as written, `lemma` as a dictionary has it.

    A named tuple, since a text has more of them than of all else: it is made in a third of the time of a dataclass.
    """

    start: int
    end: int
    text: str
    lemma: str
    word_class: WordClass
    features: Morphology


@dataclass(frozen=True, slots=True)
class Sentence:
    """The tokens from `first` to `last`; it never crosses a paragraph."""

    start: int
    end: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """The sentences from `first` to `last`: a unit of the layout, of one kind.

    A heading, caption or credit on a line of its own is a paragraph of its own. ``boilerplate`` is said only of what is
    surely not part of the report (the line of an agency's initials at its end).
    """

    start: int
    end: int
    kind: ParagraphKind
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Dateline:
    """Where, when and through whom a report was filed, before its first sentence: ``RIYADH, 6 mai (Reuters) -``."""

    start: int
    end: int
    place: Span | None
    date: Span | None
    agency: Span | None


@dataclass(frozen=True, slots=True)
class Quotation:
    """A direct quotation with its marks; `inner` is the span without them.

    `parent` is the index of the quotation around it. `marks` are its opening and closing mark; where `is_closed` is false
    the closing mark is missing and the quotation ends with its paragraph.
    """

    start: int
    end: int
    inner: Span
    parent: int | None
    is_closed: bool
    marks: str


@dataclass(frozen=True, slots=True)
class VerbGroup:
    """A verb with its auxiliaries, modals and negation: ``n'ont pas été tués``, ``would have been fired``.

    `words` are the tokens that belong to it, in order; what else stands between `first` and `last` does not. `head` is the
    token of the main verb, `lemma` its infinitive; where an auxiliary stands alone (``did``) it is the main verb.

    `tense` is the time that the whole group speaks of: past for *a tué*, *tuait*, *had fled*, *vient de fuir*; future also
    for *va fuir*, *is to flee*; of other forms than the finite it is past where they are perfect (*ayant fui*), else None.
    `mood` is that of the finite verb, else None; *would flee*, *could have fled* are conditional. `form` is gerund after
    a preposition (*en fuyant*, *by fleeing*).

    `modal` is the lemma of a modal (``devoir``, ``may``). `periphrasis` names what other verbs add: ``near-future`` (*va
    tirer*, *is due to fire*), ``recent-past`` (*vient de tirer*), ``progressive`` (*est en train de tirer*), ``causative``
    (*fait tirer*, *se fait tuer*), ``not-yet`` (*has yet to reply*), ``habitual`` (*used to reply*). `is_imperfect`: a
    French imperfect. `is_inverted`: the subject follows the finite verb (*a-t-il dit*, *did they say*). `is_negated` does
    not count negation in a noun (*nobody came*), but does French *ne* with *personne*, *aucun*, *nul*; *ne … que* is no
    negation. `person` (1, 2, 3) and `number` (Sing, Plur) are those of the finite verb, where its form tells.
    """

    first: int
    last: int
    words: tuple[int, ...]
    head: int
    lemma: str
    form: Form
    tense: Tense | None
    mood: Mood | None
    voice: Voice
    is_negated: bool = False
    is_perfect: bool = False
    is_progressive: bool = False
    is_imperfect: bool = False
    is_reflexive: bool = False
    is_inverted: bool = False
    modal: str | None = None
    periphrasis: str | None = None
    person: str | None = None
    number: str | None = None


@dataclass(frozen=True, slots=True)
class NounGroup:
    """A noun with its determiner, numeral and adjectives: ``quatre soldats arméniens``; a name is one group.

    `lemma` is that of the head; of a name (`is_proper`) it is the name as written, without what describes it. `number` is
    what determiner, numeral or head say, None where none does. `determiner` is the token that makes it definite …, also a
    possessive ’s; `numeral` the first figure or number word. `preposition` is the token before the group that governs it;
    ``du`` and ``aux`` hold a determiner as well: they are both `preposition` and `determiner`, and the group begins after
    them. `modifiers` are the adjectives and nouns beside the head.
    """

    first: int
    last: int
    head: int
    lemma: str
    number: Literal["Sing", "Plur"] | None
    determination: Determination
    determiner: int | None
    numeral: int | None
    preposition: int | None
    modifiers: tuple[int, ...]
    is_proper: bool


class _Group(Protocol):
    @property
    def first(self) -> int: ...
    @property
    def last(self) -> int: ...


class _Stretch(Protocol):
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


_G = TypeVar("_G", bound=_Group)
_start, _end, _first = attrgetter("start"), attrgetter("end"), attrgetter("first")


@dataclass(frozen=True, slots=True)
class Analysis:
    """A text, cut and classified. All tuples are in the order of the text; the look-ups cost a binary search."""

    text: str
    language: str
    paragraphs: tuple[Paragraph, ...]
    sentences: tuple[Sentence, ...]
    tokens: tuple[Token, ...]
    quotations: tuple[Quotation, ...]
    verb_groups: tuple[VerbGroup, ...]
    noun_groups: tuple[NounGroup, ...]
    dateline: Dateline | None = None

    def span(self, group: _Group) -> Span:
        """Return the offsets of the tokens from ``group.first`` to ``group.last``."""
        return self.tokens[group.first].start, self.tokens[group.last - 1].end

    def words(self, group: _Group) -> str:
        """Return the text from ``group.first`` to ``group.last``."""
        start, end = self.span(group)
        return self.text[start:end]

    def token_at(self, offset: int) -> int | None:
        """Return the index of the token that covers `offset`, if one does."""
        return _covering(self.tokens, offset)

    def tokens_in(self, start: int, end: int) -> range:
        """Return the indices of the tokens that lie in the span or reach into it."""
        return range(bisect_right(self.tokens, start, key=_end), bisect_left(self.tokens, end, key=_start))

    def sentence_at(self, offset: int) -> int | None:
        """Return the index of the sentence that covers `offset`, if one does."""
        return _covering(self.sentences, offset)

    def sentence_of(self, token: int) -> int:
        """Return the index of the sentence that holds a token."""
        return bisect_right(self.sentences, token, key=_first) - 1

    def paragraph_at(self, offset: int) -> int | None:
        """Return the index of the paragraph that covers `offset`, if one does."""
        return _covering(self.paragraphs, offset)

    def paragraph_of(self, sentence: int) -> int:
        """Return the index of the paragraph that holds a sentence."""
        return bisect_right(self.paragraphs, sentence, key=_first) - 1

    def verb_groups_in(self, first: int, last: int) -> tuple[VerbGroup, ...]:
        """Return the verb groups that begin among the tokens from `first` to `last`, e.g. those of a sentence."""
        return _between(self.verb_groups, first, last)

    def noun_groups_in(self, first: int, last: int) -> tuple[NounGroup, ...]:
        """Return the noun groups that begin among the tokens from `first` to `last`."""
        return _between(self.noun_groups, first, last)

    def quotation_at(self, offset: int) -> int | None:
        """Return the index of the innermost quotation around `offset`, marks included, if there is one."""
        found: int | None = bisect_right(self.quotations, offset, key=_start) - 1
        if found == -1:
            return None
        while found is not None and self.quotations[found].end <= offset:
            found = self.quotations[found].parent
        return found


def _covering(stretches: Sequence[_Stretch], offset: int) -> int | None:
    index = bisect_right(stretches, offset, key=_start) - 1
    return index if index >= 0 and offset < stretches[index].end else None


def _between(groups: tuple[_G, ...], first: int, last: int) -> tuple[_G, ...]:
    return groups[bisect_left(groups, first, key=_first) : bisect_left(groups, last, key=_first)]
