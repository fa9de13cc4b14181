"""RSS and Atom."""

from __future__ import annotations

from tests.sources.conftest import DATA, Write, read_one, read_sample


def test_an_rss_item_is_a_report_of_its_fullest_text() -> None:
    (bridge, _), _ = read_sample("feed.rss")
    assert bridge.text == (
        "The bridge at Kalvar reopened on Sunday\u00a0– after three weeks.\n\nLorries may cross it\nfrom Monday on."
    )
    assert bridge.title == "Bridge & road reopen"
    assert (bridge.publisher, bridge.author) == ("Example Press", "Ada Lorne")
    assert (bridge.date, bridge.language) == ("2024-05-12", "en")
    assert (bridge.url, bridge.identifier) == ("https://press.example/bridge", "press-1")
    assert bridge.notes == ("the text is the content of a feed's item",)


def test_an_rss_item_may_name_its_source_and_what_it_says_wrongly_is_left_out() -> None:
    (_, talks), _ = read_sample("feed.rss")
    assert talks.publisher == "Agency ABC"
    assert (talks.date, talks.url) == (None, None)
    assert talks.notes == (
        "the feed: date is YYYY, YYYY-MM or YYYY-MM-DD, not 'yesterday'; left out",
        "the feed: url is an http address, not 'not an address'; left out",
        "the text is the description of a feed's item",
    )


def test_an_item_without_text_is_a_fault_and_the_next_one_is_read() -> None:
    reports, faults = read_sample("feed.rss")
    assert [report.path for report in reports] == [f"{DATA / 'feed.rss'}#{number}" for number in (1, 3)]
    assert [(fault.code, fault.where) for fault in faults] == [("source.empty", f"{DATA / 'feed.rss'}#2")]


def test_atom_entries_are_reports() -> None:
    (flood, bridge), faults = read_sample("feed.atom")
    assert faults == []
    assert flood.text == "Deux hameaux ont été évacués.\n\nLa digue a tenu."
    assert (flood.title, flood.publisher, flood.author) == ("Crue de l’Orve", "Le Courrier de Velm", "La rédaction")
    assert (flood.date, flood.language) == ("2024-03-12", "fr")
    assert (flood.url, flood.identifier) == ("https://courrier.example/orve/crue", "tag:courrier.example,2024:1")
    assert bridge.text == "The bridge at Kalvar reopened, 2 < 3 lorries crossed it."
    assert (bridge.publisher, bridge.author) == ("Example Press", "Ada Lorne, Jan Miro")
    assert (bridge.date, bridge.language, bridge.url) == ("2024-05-12", "en", None)


def test_an_entry_whose_content_is_no_text_is_read_from_its_summary(write: Write) -> None:
    content = '<content type="image/png" src="a.png">iVBORw0K</content>'
    entry = f'<entry>{content}<summary type="html">&lt;p>One.&lt;p>Two.</summary></entry>'
    assert read_one(write("a.atom", f"<feed xmlns='http://www.w3.org/2005/Atom'>{entry}</feed>")).text == "One.\n\nTwo."


def test_the_day_of_a_mail_date_is_the_one_that_is_written(write: Write) -> None:
    item = "<item><description>x</description><pubDate>{}</pubDate></item>"
    dates = {"Sat, 07 Sep 02 23:59:59 -1200": "2002-09-07", "2024-03-12T23:00:00Z": "2024-03-12", "7 ²² 2002": None}
    for written, date in dates.items():
        feed = write("a.rss", f"<rss><channel>{item.format(written)}</channel></rss>")
        assert read_one(feed).date == date
