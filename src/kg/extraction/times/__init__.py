"""The times of a text, in French and English, read against the report's date.

    text ─▶ tokens ─cascade of rules (data/<language>/time-rules.tsv)─▶ expressions ─report's date, tense─▶ mentions

`find_times` gives the `kg.records.Time` of each mention, `find_mentions` the same with what else is known. README.md holds
the conventions as a table. The ones that decide most:

* A bare weekday is the last one on or before the report's day, the next one on or after it where tense or a word such as
  "prévu" says future, any such day of the month where the report gives no day. "Dernier", "last" and "prochain" exclude the
  report's day; the English "next Friday" is that of the next calendar week.
* A date or month without year is the last one that had begun by the report's day, or the first not yet over where tense says
  future; a day that the text gives elsewhere with its year is that day; a weekday that fits one year only decides.
* Relative words resolve against the report's date. Where it lacks the day, the bounds are the outermost days that can
  belong to the time; without any date there are none. The date of publication is never a time by default.
* "Since" and "after" are open to the right, "until" and "before" to the left; "after" includes the day or year itself,
  "before" ends the day before it. "By", "d'ici" and "until" look ahead; "since" looks back.
* EDTF holds the calendar's unit that is named (``2023-05`` for early May, with the bounds of its first ten days), an
  interval where all days are meant, a set where one of several is meant.
* A span holds the words with their preposition and article: "depuis décembre", "en 2020", "on Friday".
* Lengths without an anchor and repetitions are mentions without bounds.
* "Two days after the attack" tells when the attack was, counted from the day that the sentence or the text before it gives
  (`Relation.COUNTERPART`); where it gives none, there is no mention.
* A feast is the day that `kg.extraction.times.feasts` computes; a number without its month ("le 7") is a day only where the
  text has told a month.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from kg.extraction.grammar.tokens import Token
from kg.extraction.times.calendar import ONE_DAY, Unit, in_calendar, one_day, shift
from kg.extraction.times.mentions import Convention, Kind, TimeMention
from kg.extraction.times.reading import read_mentions
from kg.extraction.times.relations import Relation
from kg.records import Time

__all__ = ["Convention", "Kind", "Relation", "TimeMention", "Unit", "find_mentions", "find_times", "last_day_of"]


def find_mentions(
    text: str,
    language: str,
    *,
    published: str | None,
    tense_at: Callable[[int], str] | None = None,
    tokens: Sequence[Token] | None = None,
    convention: Convention = Convention.NEWS,
) -> tuple[TimeMention, ...]:
    """Find the times of a text, from left to right; they do not overlap.

    Args:
        text: any text; spans count its code points.
        language: a language of the extractor.
        published: the report's date, YYYY, YYYY-MM or YYYY-MM-DD, or `None` if it has none.
        tense_at: tells ``past``, ``present`` or ``future`` of the clause around an offset; without it, the words before a
            time are looked through for a future verb or a word of planning.
        tokens: the text as `read_grammar` leaves it, where that has read it already.
        convention: how news or an agenda mean their words; see `Convention`.

    Raises:
        UsageError: the language is not one that the extractor reads.
        DataError: `published` is no date.
    """
    return read_mentions(text, language, published=published, tense_at=tense_at, tokens=tokens, convention=convention)


def last_day_of(first: date, length: tuple[int, Unit]) -> date | None:
    """Return the last day of what lasts so long from its first day on; `None` beyond the calendar or below a day."""
    count, unit = length
    if unit is Unit.HOUR:
        return None
    end = in_calendar(lambda: one_day(shift(first, unit, count) - ONE_DAY))
    return end.first if end is not None else None


def find_times(
    text: str,
    language: str,
    *,
    published: str | None,
    tense_at: Callable[[int], str] | None = None,
    convention: Convention = Convention.NEWS,
) -> tuple[Time, ...]:
    """Find the times of a text as claim records hold them; arguments and errors are those of `find_mentions`.

    Lengths and repetitions are among them, without EDTF and bounds; `TimeMention.kind` tells them apart.
    """
    found = find_mentions(text, language, published=published, tense_at=tense_at, convention=convention)
    return tuple(mention.time for mention in found)
