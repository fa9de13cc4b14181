"""What belongs to a phrase beside its noun group: preposition, quantifier, genitive, apposition."""

from __future__ import annotations

from typing import Final

from kg.analysis import Analysis
from kg.extraction.mentions import Mention, Mentions
from kg.extraction.syntax.phrase_state import QUOTES, PhraseBuilder
from kg.extraction.syntax.phrases import Phrase
from kg.extraction.syntax.prepositions import Preposition

_ENDS: Final = frozenset((",", ".", "»", "”", '"', ")", ""))
_LONGEST_DATE: Final = 8
_GENITIVES: Final = frozenset(("'s", "'"))


def quantify(build: PhraseBuilder) -> None:
    """Put what says how much before its noun: ``controls most of Darfur``, ``l'essentiel de la ville``."""
    kept: list[Phrase] = []
    for phrase in build.phrases:
        at = phrase.start - 1
        if (
            phrase.prep != "of"
            or at < 0
            or build.words[at] not in build.lists["quantifier"]
            or build.words[at - 1] in ("as", "dans", "prend")
        ):
            kept.append(phrase)
            continue
        before = kept[-1] if kept and kept[-1].first <= at < kept[-1].last else None
        if before is not None:
            kept.pop()
            phrase.first, phrase.prep, phrase.start = before.first, before.prep, before.start
        else:
            while at > 0 and build.analysis.tokens[at - 1].word_class in ("DET", "NUM", "ADJ", "ADV"):
                at -= 1
            found = next((p for p in build.prepositions.values() if p.last == at), None)
            phrase.first, phrase.prep, phrase.start = at, "", at
            if found is not None:
                phrase.prep, phrase.start = found.name, found.first
        kept.append(phrase)
    build.phrases = kept


def join_owners(build: PhraseBuilder) -> None:
    """Put genitives into the phrases that they belong to: ``Israel's offensive`` is one phrase, ``Israel`` its owner."""
    kept: list[Phrase] = []
    for phrase in build.phrases:
        before = kept[-1] if kept else None
        gap = build.words[before.last : phrase.first] if before is not None else []
        ends = (
            before is not None
            and not gap
            and (build.words[before.last - 1] in _GENITIVES or build.words[phrase.first] in _GENITIVES)
        )
        is_dated = before is not None and _is_dated(build, before.last, phrase.first)
        if before is not None and (ends or is_dated or (len(gap) == 1 and gap[0] in _GENITIVES)) and not phrase.prep:
            kept.pop()
            phrase.owner, phrase.first = before, before.first
            phrase.prep, phrase.start = before.prep, before.start
        kept.append(phrase)
    build.phrases = kept


def _is_dated(build: PhraseBuilder, first: int, last: int) -> bool:
    """Tell whether a genitive and a date stand between two phrases: ``Hamas’s October 7, 2023, attacks``."""
    if first < last and build.words[first] in _GENITIVES:
        first += 1
    elif not first or build.words[first - 1] not in _GENITIVES:
        return False
    inside = range(first, last)
    return 0 < len(inside) < _LONGEST_DATE and all(build.in_time[at] >= 0 or build.words[at] == "," for at in inside)


def find_offices(analysis: Analysis, mentions: Mentions) -> dict[int, tuple[int, int]]:
    """The passages that name one person and the office held, by their first token: the token after them, the mention."""
    found: dict[int, tuple[int, int]] = {}
    for post in mentions.posts:
        tokens = analysis.tokens_in(*post.span)
        names = [i for i in mentions.within(tokens.start, tokens.stop) if _is_person_name(mentions[i])]
        if len(names) == 1 and names[0] == post.person:
            last = max(tokens.stop, found.get(tokens.start, (0, 0))[0])
            found[tokens.start] = last, post.person
    return found


def _is_person_name(mention: Mention) -> bool:
    return mention.type == "Person" and mention.kind == "name"


def govern(build: PhraseBuilder) -> None:
    """Give the phrases their prepositions."""
    by_last = {p.last: p for p in build.prepositions.values()}
    long = {at: p for p in build.prepositions.values() if p.last - p.first > 2 for at in range(p.first + 1, p.last)}
    for phrase in build.phrases:
        if phrase.is_clitic:
            continue
        start = phrase.first
        found = by_last.get(start)
        if found is not None and (_is_article(build, found) or _is_bound(build, found, phrase)):
            continue
        found = found or long.get(start)
        if found is None:
            # what the group does not hold may stand between: "dans plus de", "à tous les", "à un « accord »"
            at = start - 1
            while (
                at >= 0
                and at > start - 5
                and (build.analysis.tokens[at].word_class in ("DET", "NUM", "ADV", "ADJ") or build.words[at] in QUOTES)
            ):
                found = by_last.get(at)
                if found is not None:
                    break
                at -= 1
        if found is None and phrase.group is not None and phrase.group.preposition is not None:
            found = build.prepositions.get(phrase.group.preposition)
            if found is not None and (
                _is_article(build, found) or any(build.in_time[at] >= 0 for at in range(found.first, start))
            ):
                found = None
        if found is not None and found.first < phrase.first:
            phrase.prep, phrase.start = found.name, min(found.first, phrase.first)


def _is_bound(build: PhraseBuilder, found: Preposition, phrase: Phrase) -> bool:
    """Tell whether a preposition says that a number is a rough one: ``About 400,000 have crossed``."""
    return found.name == "about" and build.bounds.get(phrase.head, phrase.head) <= found.first


def _is_article(build: PhraseBuilder, found: Preposition) -> bool:
    """Tell whether a French de or des is an article: ``Dimanche, des combats``, ``accueille depuis mardi de nouvelles négociations``."""
    word, at = build.words[found.first], found.first
    if word not in ("de", "des", "d'") or build.analysis.language != "fr" or found.last - found.first > 1:
        return False
    before = build.analysis.tokens[at - 1] if at else None
    if before is None or before.word_class in ("PUNCT", "CCONJ", "SCONJ"):
        return word == "des" or before is None
    following = build.analysis.tokens[found.last] if found.last < len(build.words) else None
    is_plural_adjective = (
        following is not None and following.word_class == "ADJ" and following.features.number != "Sing"
    )
    after_time = build.in_time[at - 1] >= 0
    return is_plural_adjective and (after_time or before.word_class in ("VERB", "AUX", "ADV"))


def join_appositions(build: PhraseBuilder, offices: dict[int, tuple[int, int]]) -> list[Phrase]:
    """Join an office and the name that stands beside it."""
    joined: list[Phrase] = []
    end, office = 0, None
    for phrase in build.phrases:
        if office is not None and phrase.first < end:
            office.last = max(office.last, phrase.last)
            continue
        office = None
        for at in range(phrase.first, phrase.head + 1):
            if at in offices:
                end, phrase.mention = offices[at]
                if not any(at < g.head < end for g in build.analysis.verb_groups_in(at, end)):
                    phrase.last, office = max(phrase.last, end), phrase
                break
        before = joined[-1] if joined else None
        if before is not None and _is_apposition(build, before, phrase):
            one, other = _mention(build, before), _mention(build, phrase)
            before.last = phrase.last
            if other is not None and other.type == "Person" and (one is None or one.kind != "name"):
                before.mention = phrase.mention
            continue
        joined.append(phrase)
    return joined


def _mention(build: PhraseBuilder, phrase: Phrase) -> Mention | None:
    return build.mentions[phrase.mention] if phrase.mention is not None else None


def _is_apposition(build: PhraseBuilder, first: Phrase, second: Phrase) -> bool:
    """Tell whether two phrases side by side, or apart by a comma, mean the same person or party."""
    one, other = _mention(build, first), _mention(build, second)
    gap = build.words[first.last : second.first]
    if one is None and other is not None and gap == [","] and not second.prep and first.group is not None:
        # "leur avocat, X.": an office that no list knows
        after = build.words[second.last] if second.last < len(build.words) else ""
        is_name = other.type == "Person" and other.kind == "name"
        return (
            is_name
            and first.group.number != "Plur"
            and not first.group.is_proper
            and first.lemma in build.speaking
            and after in _ENDS
        )
    if one is None or other is None or second.prep or first.is_clitic:
        return False
    if gap == []:
        return other.kind == "name" and (other.type in (one.type, "Person")) and one.kind != "name"
    is_office = one.type in ("Person", "Group") and one.kind not in ("name", "pronoun") and one.number != "Plur"
    if gap == [","] and is_office and other.type == "Person" and other.kind == "name":
        after = build.words[second.last] if second.last < len(build.words) else ""
        return after in (",", ".", "»", "”", '"', ")", "") or build.analysis.tokens[second.last].word_class in (
            "VERB",
            "AUX",
        )
    if gap == [","] or (
        len(gap) == 2 and gap[0] == "," and gap[1] in ("the", "a", "an", "le", "la", "l'", "un", "une")
    ):
        after = build.words[second.last] if second.last < len(build.words) else ""
        same = bool(one.referents) and one.referents == other.referents
        named = one.kind == "name" or other.kind == "name"
        return same and named and after not in ("et", "and", "ou", "or")
    return False
