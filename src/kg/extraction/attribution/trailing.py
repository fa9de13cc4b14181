"""A subject and its verb of saying at the end of what is said: ``, officials said Thursday``."""

from __future__ import annotations

from kg.extraction.attribution.speakers import COMPLEMENTS, LIGHT, Aside, is_saying, is_speaker, tokens_of
from kg.extraction.frames import Frames
from kg.extraction.syntax.elements import Element, Kind, Text
from kg.extraction.syntax.phrases import Phrase


def read_trailing(text: Text, elements: list[Element], at: int, frames: Frames) -> Aside | None:
    """Return the trailing attribution whose verb is element `at`, if there is one."""
    element = elements[at]
    is_past = _is_past_tense(text, elements, at, frames)
    if not is_past and not is_saying(text, element, frames):
        return None
    subject = _subject(text, elements, at)
    if subject is None:
        return None
    first, leader = subject
    marker = elements[first - 1]
    if text.words[marker.first] in frames.lists["as"]:
        first -= 1
        marker = elements[first - 1] if first else marker
        is_marked = True
    else:
        is_marked = marker.kind in (Kind.COMMA, Kind.QUOTE, Kind.DASH)
    is_led = is_marked and is_speaker(text, leader) and any(e.kind is Kind.VERB for e in elements[:first])
    if not is_led and not (is_marked and marker.kind is Kind.QUOTE and first > 1):
        return None
    quoted = _quoted(text, elements, at, frames)
    if quoted is not None:
        return Aside("trailing", first, *quoted, tokens_of(elements, first, quoted[0]))
    last = at + 1
    while last < len(elements):
        following = elements[last]
        if following.kind in COMPLEMENTS or (
            following.kind is Kind.PHRASE and _is_addressee(text, text.phrases[following.ref], frames)
        ):
            last += 1
        else:
            break
    after = elements[last] if last < len(elements) else None
    if is_past and after is not None and after.kind is not Kind.END:
        return None
    if after is not None and after.kind not in (Kind.END, Kind.COMMA, Kind.QUOTE, Kind.BREAK, Kind.DASH):
        return None
    if after is not None and after.kind is Kind.QUOTE and elements[last - 1].kind is not Kind.COMMA and last == at + 1:
        return None
    if after is not None and after.kind is Kind.COMMA and marker.kind is Kind.COMMA and _is_frame(elements, first):
        return None
    return Aside("trailing", first, last, element.ref, leader, tokens_of(elements, first, last))


def _quoted(text: Text, elements: list[Element], at: int, frames: Frames) -> tuple[int, int, Phrase] | None:
    """Where ``the channel quoted him as saying`` ends, its verb, and who is quoted."""
    verb = elements[at].ref
    if not any(saying.name == "quote" for _, saying in frames.said.get(text.verb(verb).lemma, ())):
        return None
    rest = elements[at + 1 :]
    if not rest or rest[0].kind is not Kind.PHRASE or text.phrases[rest[0].ref].prep:
        return None
    end = next((n for n, e in enumerate(rest) if e.kind in (Kind.COMMA, Kind.END, Kind.QUOTE, Kind.BREAK)), len(rest))
    return at + 1 + end, verb, text.phrases[rest[0].ref]


def _is_past_tense(text: Text, elements: list[Element], at: int, frames: Frames) -> bool:
    """Tell whether an English form that passed for a participle may end the sentence as its verb of saying."""
    verb = text.verb(elements[at].ref)
    is_alone = verb.form == "participle" and verb.voice == "passive" and len(verb.words) == 1
    return not text.is_french and is_alone and frames.is_plain_saying(verb)


def _subject(text: Text, elements: list[Element], at: int) -> tuple[int, Phrase] | None:
    """The element that the subject of a verb begins with, its complements and an apposition left behind, and its phrase."""
    end = at
    while end and elements[end - 1].kind in LIGHT:
        end -= 1
    is_apart = end > 0 and elements[end - 1].kind is Kind.COMMA
    if is_apart:  # behind an apposition: "a spokesman, X, told reporters"
        end = _before_relative(elements, end - 1)
    first = _bare(text, elements, end)
    if first and is_apart and elements[first - 1].kind is Kind.COMMA:
        first = _bare(text, elements, first - 1) or first
    if not first:
        return None
    phrase = text.phrases[elements[first].ref]
    leader = phrase.leader
    if leader is None or leader.prep:
        return first, phrase
    start = first
    while start > 1 and text.phrases[elements[start].ref] is not leader:
        start -= 1
        if elements[start].kind not in (Kind.PHRASE, Kind.COORDINATOR, Kind.COMMA):
            return first, phrase
    return start, leader


def _before_relative(elements: list[Element], end: int) -> int:
    """The comma before a relative clause that ends here: ``X, who led the team, told reporters``; else the end itself."""
    for at in range(end - 1, 0, -1):
        if elements[at].kind in (Kind.QUOTE, Kind.END, Kind.BREAK, Kind.COMMA):
            return end
        if elements[at].kind is Kind.RELATIVE:
            return at - 1 if elements[at - 1].kind is Kind.COMMA else end
    return end


def _bare(text: Text, elements: list[Element], end: int) -> int | None:
    """The last phrase without a preposition before an element, over those with one: ``an official in the group``."""
    at = end - 1
    while at >= 0 and elements[at].kind is Kind.PHRASE and text.phrases[elements[at].ref].prep not in ("", "comme"):
        at -= 1
    at = _before_restriction(text, elements, at)
    return at if at >= 0 and elements[at].kind is Kind.PHRASE else None


def _before_restriction(text: Text, elements: list[Element], at: int) -> int:
    """The phrase before a relative clause without commas: ``a resident who fled the town told the agency``; else `at`."""
    for opener in range(at, 0, -1):
        kind = elements[opener].kind
        if (
            kind is Kind.RELATIVE
            and elements[opener - 1].kind is Kind.PHRASE
            and not text.phrases[elements[opener - 1].ref].prep
        ):
            return opener - 1
        if kind not in (Kind.PHRASE, Kind.VERB, Kind.PREPOSITION, Kind.ADVERB, Kind.TIME, Kind.OTHER):
            return at
    return at


def _is_frame(elements: list[Element], first: int) -> bool:
    """Tell whether only an adverbial stands before the comma: ``On Monday, he said, …`` is still a trailing one."""
    return not any(e.kind in (Kind.VERB, Kind.PHRASE, Kind.QUOTE) for e in elements[:first])


def _is_addressee(text: Text, phrase: Phrase, frames: Frames) -> bool:
    if phrase.prep:
        return phrase.prep in ("to", "in", "during", "on", "at", "by", "via", "with", "from", "near", "after")
    return (phrase.mention is not None and text.mentions[phrase.mention].type in (
        "MediaOrganization", "Group", "Person", "GovernmentBody", "State", "InternationalOrganization", "Organization",
    )) or phrase.lemma in frames.lists["addressee"]  # fmt: skip
