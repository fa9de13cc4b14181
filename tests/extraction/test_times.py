"""The times of realistic sentences: what is found, what it is resolved to, and what is left alone."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from edtf import parse_edtf
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import DataError, UsageError
from kg.extraction.grammar.cascade import Found
from kg.extraction.grammar.grammars import read_examples
from kg.extraction.times import Kind, Relation, TimeMention, Unit, find_mentions, find_times
from kg.extraction.times.grammar import read_grammar

DATA = Path(__file__).with_name("data")
WEDNESDAY = "2023-06-28"


@dataclass(frozen=True)
class Case:
    """A sentence with its time between brackets, or with none, and how it is to be read."""

    text: str
    span: tuple[int, int] | None
    published: str | None
    tense: Callable[[int], str] | None
    expected: tuple[str | None, str | None, str | None]
    is_alone: bool


def _always(tense: str) -> Callable[[int], str]:
    return lambda _: tense


def _cases(language: str) -> list[object]:
    cases: list[object] = []
    lines = (DATA / f"times-{language}.tsv").read_text(encoding="utf-8").splitlines()
    for line in [line for line in lines if not line.startswith("#")][1:]:
        sentence, published, tense, edtf, earliest, latest = line.split("\t")
        text = sentence.replace("⟦", "").replace("⟧", "")
        span = (sentence.index("⟦"), sentence.index("⟧") - 1) if "⟦" in sentence else None
        expected = tuple(None if field in ("-", "") else field for field in (edtf, earliest, latest))
        case = Case(
            text,
            span,
            None if published == "-" else published,
            None if tense == "-" else _always(tense),
            expected,  # type: ignore[arg-type]
            is_alone=";" not in text,
        )
        cases.append(pytest.param(case, id=f"{published} {tense} {sentence}"))
    return cases


def check(language: str, case: Case) -> None:
    times = find_times(case.text, language, published=case.published, tense_at=case.tense)
    found = [(t.span, (t.edtf, t.earliest, t.latest)) for t in times]
    if case.span is None:
        assert found == []
    elif case.is_alone:
        assert found == [(case.span, case.expected)]
    else:
        assert (case.span, case.expected) in found


FRENCH, ENGLISH = _cases("fr"), _cases("en")


@pytest.mark.parametrize("case", FRENCH)
def test_a_french_sentence_has_exactly_the_time_that_is_marked(case: Case) -> None:
    check("fr", case)


@pytest.mark.parametrize("case", ENGLISH)
def test_an_english_sentence_has_exactly_the_time_that_is_marked(case: Case) -> None:
    check("en", case)


def test_the_tables_hold_what_they_should() -> None:
    assert len(FRENCH) >= 250
    assert len(ENGLISH) >= 250


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_rule_fires_on_its_own_example(language: str) -> None:
    grammar, examples = read_grammar(language), read_examples(language, "time")
    assert len(examples) == len(grammar.rules) == len({rule.name for rule in grammar.rules})
    silent = []
    for rule, example in examples:
        fired = {r for token in grammar.read(example) if isinstance(token.value, Found) for r in token.value.rules}
        silent += [] if rule in fired else [(rule, example)]
    assert silent == []


# --------------------------------------------------------------------------- what a mention tells


def mention(text: str, language: str = "en", published: str | None = WEDNESDAY) -> TimeMention:
    found = find_mentions(text, language, published=published)
    assert len(found) == 1
    return found[0]


@pytest.mark.parametrize(
    ("text", "kind", "unit", "relation", "needs_tense"),
    [
        ("He left on Friday.", Kind.POINT, Unit.DAY, Relation.AT, True),
        ("He left last Friday.", Kind.POINT, Unit.DAY, Relation.AT, False),
        ("He left in May.", Kind.INTERVAL, Unit.MONTH, Relation.AT, True),
        ("He left in May 2020.", Kind.INTERVAL, Unit.MONTH, Relation.AT, False),
        ("He has been gone since May.", Kind.INTERVAL, None, Relation.SINCE, True),
        ("He stays until Friday.", Kind.INTERVAL, None, Relation.UNTIL, True),
        ("He left before 2014.", Kind.INTERVAL, None, Relation.BEFORE, False),
        ("He left after 2014.", Kind.INTERVAL, None, Relation.AFTER, False),
        ("He was gone for three days.", Kind.DURATION, None, Relation.AT, False),
        ("He comes every day.", Kind.REPEATED, None, Relation.AT, False),
    ],
)
def test_a_mention_tells_its_kind_its_unit_and_its_relation(
    text: str, kind: Kind, unit: Unit | None, relation: Relation, *, needs_tense: bool
) -> None:
    found = mention(text)
    assert (found.kind, found.unit, found.relation, found.needs_tense) == (kind, unit, relation, needs_tense)


def test_since_an_event_with_a_date_frames_the_clause() -> None:
    found = mention("Depuis son élection en 2015, le maire refuse tout.", "fr")
    assert (found.time.text, found.time.edtf) == ("en 2015", "2015")
    assert found.frame is not None
    assert (found.frame.text, found.frame.edtf) == ("Depuis son élection en 2015", "2015/..")
    assert (found.frame.earliest, found.frame.latest) == ("2015-01-01", None)


def test_a_comma_ends_the_frame() -> None:
    assert mention("After the storm, the mayor left in 2015.").frame is None


def test_since_frames_a_date_between_commas() -> None:
    found = mention("Depuis le début de la guerre, en février 2022, le pays se vide.", "fr")
    assert found.frame is not None
    assert (found.frame.text, found.frame.edtf) == ("Depuis le début de la guerre, en février 2022", "2022-02/..")


def test_a_weekday_of_the_month_narrows_what_is_told_from_the_report() -> None:
    """The report speaks of a past Wednesday of its month, so that it is not older than the first one."""
    found = find_times(
        "Un raid a eu lieu mercredi. La semaine dernière, le pont avait sauté.", "fr", published="2023-06"
    )
    assert [(t.edtf, t.earliest) for t in found] == [
        ("[2023-06-07,2023-06-14,2023-06-21,2023-06-28]", "2023-06-07"),
        ("[2023-05-29..2023-06-25]", "2023-05-29"),
    ]


def test_soon_counts_from_the_day_of_the_saying() -> None:
    found = find_times("He said on Monday that talks would resume soon.", "en", published=WEDNESDAY)
    assert [(t.text, t.edtf) for t in found] == [("on Monday", "2023-06-26"), ("soon", "2023-06-26/..")]


def test_a_paragraph_break_ends_an_expression() -> None:
    found = find_times("Le conseil siège en mai\n\n2020 tentes manquent.", "fr", published=WEDNESDAY)
    assert [(t.text, t.edtf) for t in found] == [("en mai", "2023-05")]


def test_the_typographic_apostrophe_reads_like_the_straight_one() -> None:
    straight, curly = (find_times(f"Jusqu{mark}à l{mark}automne 2020", "fr", published=None) for mark in "'’")
    assert [(t.span, t.edtf) for t in straight] == [(t.span, t.edtf) for t in curly] == [((0, 22), "../2020-23")]


# --------------------------------------------------------------------------- errors and properties


def test_a_language_that_is_not_read_is_refused() -> None:
    with pytest.raises(UsageError, match="does not read"):
        find_times("am Montag", "de", published=None)


@pytest.mark.parametrize("published", ["2023-02-30", "June 2023", "23-06", "2023-6", "", "2023-06-28T10:00"])
def test_a_date_of_publication_that_is_none_is_refused(published: str) -> None:
    with pytest.raises(DataError, match="no date"):
        find_times("hier", "fr", published=published)


WORDS = {
    "fr": "le la du au de à en et ou mardi lundi mercredi mai mars 5 12 2020 2023 dernier prochain semaine mois ans il y a "
    "trois deux depuis jusqu' avant après entre début mi - fin hier demain nuit dans ce cette matin 10h30 jours été "
    "automne hiver siècle XXIe années 1990 premier trimestre chaque plus tard veille lendemain d' l' , ( ) . 31 30".split(),
    "en": "the a of on in at from to until by before after since between and or Monday Tuesday May March June 5 12 31 2020 "
    "2023 last next this week month years ago two three later early mid - late end start night morning 10:30 days summer "
    "winter century 21st 1990s first quarter every day earlier previous following , ( ) . past recent within".split(),
}
DATES = st.sampled_from(
    [None, "0001", "0001-01-01", "2023", "2023-06", "2024-02-29", "2023-06-28", "9999-12", "9999-12-31"]
)
TENSES = st.sampled_from([None, "past", "present", "future"])


def texts(language: str) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(WORDS[language]), max_size=14).map(" ".join)


def check_properties(text: str, language: str, published: str | None, tense: str | None) -> None:
    mentions = find_mentions(text, language, published=published, tense_at=_always(tense) if tense else None)
    end = 0
    for found in mentions:
        spoken = found.time
        assert end <= spoken.span[0] < spoken.span[1]
        assert text[slice(*spoken.span)] == spoken.text
        end = spoken.span[1]
        for told in (spoken, *([found.frame] if found.frame else [])):
            assert text[slice(*told.span)] == told.text
            assert not (told.earliest and told.latest and told.earliest > told.latest)
            assert (told.edtf is None) == (told.earliest is None and told.latest is None)
            if told.edtf:
                check_edtf(told.edtf, told.earliest, told.latest)


def check_edtf(edtf: str, earliest: str | None, latest: str | None) -> None:
    """EDTF is valid and covers the bounds; of seasons the parser has its own idea."""
    parsed = parse_edtf(edtf)
    if any(f"-{season}" in edtf.replace("/", ",").replace("]", ",") + "," for season in ("21,", "22,", "23,", "24,")):
        return
    lower, upper = parsed.lower_strict(), parsed.upper_strict()
    assert earliest is None or not isinstance(lower, time.struct_time) or _day(lower) <= earliest
    assert latest is None or not isinstance(upper, time.struct_time) or latest <= _day(upper)
    assert (earliest is None) == edtf.startswith("..")
    assert (latest is None) == edtf.endswith("..")


def _day(moment: time.struct_time) -> str:
    return f"{moment.tm_year:04d}-{moment.tm_mon:02d}-{moment.tm_mday:02d}"


@settings(max_examples=300, deadline=None)
@given(data=st.data(), language=st.sampled_from(["fr", "en"]), published=DATES, tense=TENSES)
def test_words_of_time_in_any_order_give_times_in_order(
    data: st.DataObject, language: str, published: str | None, tense: str | None
) -> None:
    check_properties(data.draw(texts(language)), language, published, tense)


@settings(max_examples=200, deadline=None)
@given(text=st.text(max_size=200), language=st.sampled_from(["fr", "en"]), published=DATES)
def test_any_text_goes_in_and_no_error_comes_out(text: str, language: str, published: str | None) -> None:
    check_properties(text, language, published, None)


@pytest.mark.parametrize(
    "junk",
    ["1", "1.", "10:", "2023-", "l’", "le 5 mai et ", "mardi, ", "de du au ", "vingt et ", "(", "\n\n", "1 000 ", "a"],
)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_long_junk_is_read_to_its_end(junk: str, language: str) -> None:
    """Work that grew faster than the text would not come to its end here."""
    text = f"{junk * (40_000 // len(junk))}\n\n2020-05-06"
    assert find_times(text, language, published="2023-06")[-1].edtf == "2020-05-06"


def test_the_same_text_is_always_read_alike() -> None:
    text = "Mardi, puis du 5 au 9 mai, et depuis la semaine dernière, il y a eu des heurts."
    assert find_mentions(text, "fr", published="2023-06") == find_mentions(text, "fr", published="2023-06")
