"""The days of feasts, against published calendars."""

from __future__ import annotations

import pytest

from kg.extraction.times import Convention, Unit, find_times
from kg.extraction.times.feasts import FeastIn


@pytest.mark.parametrize(
    ("rule", "year", "first", "last"),
    [
        ("12-25", 2022, "2022-12-25", "2022-12-25"),
        ("easter", 2024, "2024-03-31", "2024-03-31"),
        ("easter+39", 2023, "2023-05-18", "2023-05-18"),
        ("easter-46*46", 2018, "2018-02-14", "2018-03-31"),
        ("orthodox", 2024, "2024-05-05", "2024-05-05"),
        ("nth:11/4/3", 2023, "2023-11-23", "2023-11-23"),
        ("nth:11/4/3+1", 2023, "2023-11-24", "2023-11-24"),
        ("workday:10-16", 2021, "2021-10-15", "2021-10-15"),
        ("not-sunday:04-27", 2014, "2014-04-26", "2014-04-26"),
        ("hebrew:7/10", 2023, "2023-09-24", "2023-09-25"),
        ("hebrew:1/15*9", 2018, "2018-03-30", "2018-04-07"),
        ("hebrew:12/14", 2024, "2024-03-23", "2024-03-24"),
        ("islamic:9", 2023, "2023-03-23", "2023-04-20"),
        ("islamic:10/1", 2018, "2018-06-15", "2018-06-15"),
        ("islamic:12/10", 2018, "2018-08-21", "2018-08-21"),
        ("islamic:10/1<4", 2018, "2018-06-08", "2018-06-08"),
        ("chinese", 2018, "2018-02-16", "2018-02-16"),
        ("hindu:7/30@18", 2019, "2019-10-27", "2019-10-27"),
        ("hindu:12/15@18+1", 2019, "2019-03-21", "2019-03-21"),
        ("sankranti:270", 2019, "2019-01-15", "2019-01-15"),
        ("wandering:2018-08-17", 2022, "2022-08-16", "2022-08-16"),
    ],
)
def test_a_rule_gives_the_days_of_a_year(rule: str, year: int, first: str, last: str) -> None:
    days = FeastIn(rule)(year)
    assert (days.first.isoformat(), days.last.isoformat()) == (first, last)


@pytest.mark.parametrize("rule", ["midsummer", "hindu", "02-30", "nth:11/9/3", ""])
def test_what_is_no_rule_or_no_day_is_refused(rule: str) -> None:
    with pytest.raises((ValueError, IndexError)):
        FeastIn(rule)(2023)


def test_a_feast_is_a_day_some_days_or_a_month() -> None:
    units = [FeastIn(rule).unit for rule in ("12-25", "hebrew:7/10", "hebrew:1/15*9", "islamic:9", "easter-46*46")]
    assert units == [Unit.DAY, Unit.DAY, Unit.WEEK, Unit.MONTH, Unit.MONTH]


@pytest.mark.parametrize(
    ("language", "text", "news", "agenda"),
    [
        ("en", "on Tuesday", "2023-06-27", "2023-07-04"),
        ("en", "on Wednesday", "2023-06-28", "2023-07-05"),
        ("fr", "mercredi", "2023-06-28", "2023-07-05"),
        ("en", "the past two weeks", "2023-06-14/2023-06-28", "2023-06-12/2023-06-25"),
        ("fr", "dans deux mois", "2023-08", "2023-08-28"),
        ("en", "two years ago", "2021", "2021-06"),
    ],
)
def test_news_look_back_and_an_agenda_looks_ahead(language: str, text: str, news: str, agenda: str) -> None:
    read = [
        find_times(text, language, published="2023-06-28", convention=convention)
        for convention in (Convention.NEWS, Convention.AGENDA)
    ]
    assert [[time.edtf for time in found] for found in read] == [[news], [agenda]]
