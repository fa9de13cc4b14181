"""Tense around a place of the text: whether a bare weekday there is past or to come."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from kg.analysis import Analysis


def tenses_of(analysis: Analysis, lists: Mapping[str, frozenset[str]]) -> Callable[[int], str]:
    """Return the function that tells the tense around an offset: that of the nearest finite verb of its sentence.

    Args:
        analysis: the text.
        lists: the word lists of its language: after verbs of ``forward`` a bare weekday is to come, and so it is after an
            infinitive that hangs on a verb of ``asking``.
    """

    def tense_at(offset: int) -> str:
        number = analysis.sentence_at(offset)
        token = analysis.token_at(offset)
        if number is None or token is None:
            return ""
        sentence = analysis.sentences[number]
        around = analysis.verb_groups_in(sentence.first, sentence.last)
        groups = [g for g in around if g.form == "finite"]
        before = [g for g in around if g.head < token]
        if (
            len(before) > 1
            and before[-1].form == "infinitive"
            and not before[-1].is_perfect
            and before[-2].lemma in lists["asking"]
        ):
            return "future"  # "has invited the parties to hold talks on Sept. 6"
        last = before[-1] if before else None
        is_told = last is not None and last.form == "participle" and last.voice == "passive" and token - last.last < 2
        if is_told and last is not None:
            return (
                "future" if last.lemma in lists["forward"] else "past"
            )  # "The truce, extended on Monday, is due to …"
        nearest = min(groups, key=lambda g: (abs(g.head - token), g.head), default=None)
        if nearest is None:
            return ""
        is_own = nearest.voice == "active" and nearest.last == token  # "a appelé dimanche les parties à …"
        if nearest.mood == "conditional" or (nearest.lemma in lists["forward"] and nearest.head < token and not is_own):
            return "future"
        if nearest.tense == "past" and last is not None and last.form == "infinitive" and nearest.head < last.head:
            return ""  # "managed to leave on Friday": the infinitive tells no tense
        return nearest.tense or ""

    return tense_at
