"""From a text to its times: the grammar's matches, read against the report's date one after the other."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import cast

from kg.errors import DataError
from kg.extraction.grammar.cascade import Found
from kg.extraction.grammar.tokens import Token
from kg.extraction.tables import read_table, remembered
from kg.extraction.times.calendar import Days, Unit, Value, stretch
from kg.extraction.times.combinations import Boundless
from kg.extraction.times.expressions import Bounds, Direction, Expression, Fixed, Reference, Resolved, Weekday
from kg.extraction.times.grammar import read_grammar
from kg.extraction.times.mentions import Convention, Kind, TimeMention
from kg.extraction.times.relations import Counterpart, Related, Relation
from kg.records import Time

_NEAR = 500
"""How far back, in characters, the day may stand that "in the night" or "at dawn" belongs to."""
_CUE_REACH = 60
_SHORT = (Unit.DAY, Unit.WEEKEND, Unit.WEEK, Unit.MONTH)
_FRAME_REACH = 200
_SENTENCE_END = re.compile(r"[.!?]['\"»”’]?\s|\n")
_CLAUSE_END = re.compile(r"(?<![A-Z])\.|[,;:!?()\n–—«»“”\"]")


def read_published(published: str | None) -> Days | None:
    """The days on which the report can have appeared: YYYY, YYYY-MM or YYYY-MM-DD.

    Raises:
        DataError: it is none of these, or no day of the calendar.
    """
    if published is None:
        return None
    parts = published.split("-")
    if [len(part) for part in parts] in ([4], [4, 2], [4, 2, 2]) and published.replace("-", "").isdecimal():
        try:
            numbers = [int(part) for part in parts]
            first = date(*[*numbers, 1, 1][:3])
            year, month = first.year, first.month if len(parts) > 1 else 12
            last = date(year, month, numbers[2] if len(parts) == 3 else calendar.monthrange(year, month)[1])
        except ValueError:
            pass
        else:
            return stretch(first, last)
    raise DataError(
        f"{published!r} is no date",
        code="extraction.published",
        hint="a report's date is YYYY, YYYY-MM or YYYY-MM-DD",
    )


@dataclass
class _History:
    """What the text has spoken of so far."""

    text: str
    places: list[tuple[int, Value]] = field(default_factory=list)
    days: list[tuple[int, Value]] = field(default_factory=list)

    def reference(self, ref: Reference, start: int) -> Reference:
        """The reference for a mention that starts at an offset."""
        if not self.places:
            return ref
        anchor = self.places[-1][1]
        short = next((v for _, v in reversed(self.places) if v.unit in _SHORT), None)
        day = next(((e, v) for e, v in reversed(self.places) if v.unit is Unit.DAY and start - e <= _NEAR), None)
        near = day[1] if day else None
        said = day[1] if day and not _SENTENCE_END.search(self.text, day[0], start) else None
        return replace(ref, anchor=anchor, day=short, near=near, said=said)

    def last_day(self, ref: Reference, start: int) -> Value | None:
        """The last day on which the text told something, neither ahead of the report nor far before an offset."""
        for end, value in reversed(self.days):
            if start - end > _NEAR:
                return None
            if ref.report is None or value.last <= ref.report.last:
                return value
        return None

    def add(self, end: int, value: Value, *, is_at: bool) -> None:
        """Remember what a mention that ends at an offset spoke of; `is_at` where something was told to be at it."""
        self.places.append((end, value))
        if is_at and value.unit is Unit.DAY:
            self.days.append((end, value))


@remembered
def _cues(language: str) -> dict[str, re.Pattern[str]]:
    return {
        row["cue"]: re.compile(rf"(?<!\w)(?:{row['pattern']})(?![\w-])", re.IGNORECASE)
        for row in read_table(language, "time-cues")
    }


def read_mentions(
    text: str,
    language: str,
    *,
    published: str | None,
    tense_at: Callable[[int], str] | None = None,
    tokens: Sequence[Token] | None = None,
    convention: Convention = Convention.NEWS,
) -> tuple[TimeMention, ...]:
    """Find the times of a text, in order; see `kg.extraction.times.find_mentions`."""
    tokens = [token for token in (read_grammar(language).read(text) if tokens is None else tokens) if _is_time(token)]
    if tense_at is None and convention is Convention.AGENDA:
        tense_at = _ahead
    tenses, history, issued = _Tenses(text, language, tense_at), _History(text), read_published(published)
    told = _told(tokens)
    is_agenda = convention is Convention.AGENDA
    ref = Reference(
        _narrowed(issued, tokens, tenses), issued, told=told, is_next_of_next_week=language == "en", is_agenda=is_agenda
    )
    mentions: list[TimeMention] = []
    last_end = 0
    for number, token in enumerate(tokens):
        expression = _expression(_found(token))
        here = replace(history.reference(ref, token.start), tense=tenses.at(token.start))
        if isinstance(expression, Counterpart):
            day = here.said or _day_ahead(text, tokens[number:], ref, tenses) or history.last_day(ref, token.start)
            if day is None and tense_at is not None and tense_at(token.start) == "present":
                day = ref.report_value  # "Neuf jours après l'attaque, les deux camps s'accusent"
            here = replace(here, said=day)
        resolved = expression.resolve(here)
        if resolved is None and expression.is_context_needed:
            continue  # nothing is known to count from
        mention = _mention(text, token, resolved)
        mentions.append(replace(mention, frame=_frame(text, language, mention, resolved, last_end)))
        last_end = token.end if resolved else last_end
        inner = expression.resolve_inner(here) if isinstance(expression, Related) else resolved
        is_ahead = mention.relation in (Relation.UNTIL, Relation.BEFORE, Relation.COUNTERPART)
        if isinstance(inner, Value) and not is_ahead:
            history.add(token.end, inner, is_at=mention.relation is Relation.AT)
    return tuple(mentions)


def _ahead(_: int) -> str:
    """The tense of an agenda."""
    return "future"


def _day_ahead(text: str, tokens: Sequence[Token], ref: Reference, tenses: _Tenses) -> Value | None:
    """The day behind a comma later in the sentence of the first token: "a day after the army left, rebels on Friday …"."""
    here = tokens[0]
    for token in tokens[1:]:
        if _SENTENCE_END.search(text, here.end, token.start):
            return None
        if "," in text[here.end : token.start]:
            value = _expression(_found(token)).resolve(replace(ref, tense=tenses.at(token.start)))
            return value if isinstance(value, Value) and value.unit is Unit.DAY else None
    return None


def _is_time(token: Token) -> bool:
    return isinstance(token.value, Found) and token.value.is_strong and token.value.kind != "none"


def _found(token: Token) -> Found:
    assert isinstance(token.value, Found)  # noqa: S101 - `_is_time` has looked
    return token.value


def _expression(found: Found) -> Expression:
    return cast(Expression, found.meaning)


@dataclass(frozen=True, slots=True)
class _Tenses:
    """What the tense says at an offset, and failing that the words before it."""

    text: str
    language: str
    tense_at: Callable[[int], str] | None

    def at(self, start: int) -> Direction | None:
        """Past or future, where tense or a word such as "scheduled" tells."""
        tense = self.tense_at(start) if self.tense_at else None
        if tense in ("past", "future"):
            return cast(Direction, tense)
        cues = _cues(self.language)
        before = _CLAUSE_END.split(self.text[max(0, start - _CUE_REACH) : start])[-1]
        if cues["planned"].search(before) and not cues["past"].search(before):
            return "future"
        if tense is None and cues["future"].search(before):
            return "future"
        return None


def _told(tokens: list[Token]) -> dict[tuple[int, int], Days]:
    """The days that the text gives with their year, by month and day; the first of two years wins."""
    told: dict[tuple[int, int], Days] = {}
    for token in tokens:
        expression = _expression(_found(token))
        inner = expression.inner if isinstance(expression, Related) else expression
        if isinstance(inner, Fixed) and inner.value.unit is Unit.DAY and len(inner.value.choices) == 1:
            days = inner.value.choices[0]
            told.setdefault((days.first.month, days.first.day), days)
    return told


def _narrowed(report: Days | None, tokens: list[Token], tenses: _Tenses) -> Days | None:
    """Where only the month is known, a weekday that is past and of that month puts the report on or after its first one."""
    if report is None or report.first == report.last or report.first.month != report.last.month:
        return report
    first = report.first
    for token in tokens:
        expression = _expression(_found(token))
        is_bare = isinstance(expression, Weekday) and expression.direction is None and expression.week is None
        if is_bare and tenses.at(token.start) != "future":
            value = expression.resolve(Reference(report))
            first = max(first, value.first) if isinstance(value, Value) else first
    return report if first == report.first else Days(first, report.last, report.edtf)


def _mention(text: str, token: Token, resolved: Resolved) -> TimeMention:
    found = _found(token)
    expression = _expression(found)
    return TimeMention(
        time=_time(text, (token.start, token.end), resolved),
        kind=_kind(found, resolved),
        unit=resolved.unit if isinstance(resolved, Value) else None,
        relation=_relation(expression),
        needs_tense=expression.is_relative,
        rules=found.rules,
        length=expression.length if isinstance(expression, Boundless) else None,
    )


def _relation(expression: Expression) -> Relation:
    if isinstance(expression, Counterpart):
        return Relation.COUNTERPART
    return expression.relation if isinstance(expression, Related) else Relation.AT


def _time(text: str, span: tuple[int, int], resolved: Resolved) -> Time:
    first, last = (resolved.first, resolved.last) if resolved else (None, None)
    return Time(
        text=text[slice(*span)],
        span=span,
        edtf=resolved.edtf if resolved else None,
        earliest=first.isoformat() if first else None,
        latest=last.isoformat() if last else None,
    )


def _kind(found: Found, resolved: Resolved) -> Kind:
    if found.kind in ("duration", "repeated"):
        return Kind(found.kind)
    is_day = (
        isinstance(resolved, Value) and resolved.unit is Unit.DAY and all(d.first == d.last for d in resolved.choices)
    )
    return Kind.POINT if is_day else Kind.INTERVAL


def _frame(text: str, language: str, mention: TimeMention, resolved: Resolved, reach: int) -> Time | None:
    """The time that a "since" or "after" earlier in the clause makes of a mention and the event that stands between.

    `reach` is where the last time before it ends.
    """
    start, end = mention.time.span
    if mention.relation is not Relation.AT or not isinstance(resolved, Value):
        return None
    reach = max(reach, start - _FRAME_REACH)
    cues, name = _cues(language), "frame"
    before = text[reach:start].rstrip()
    if before.endswith(",") and text[end : end + 1] == ",":
        before, name = before[:-1], "lasting"  # "depuis le début de la guerre, en février 2022, …"
    clause = reach + len(before) - len(_CLAUSE_END.split(before)[-1])
    cue = next(reversed([*cues[name].finditer(text, clause, start)]), None)
    bounds = Related(Relation.AFTER, Fixed(resolved)).resolve(Reference(None))
    if cue is None or not isinstance(bounds, Bounds):
        return None
    return _time(text, (cue.start(), end), bounds)
