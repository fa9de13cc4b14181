"""RSS 2.0 and Atom (RFC 4287): each item is a report.

Its text is the fullest that the feed gives: ``content:encoded`` or Atom's ``content``, else the description or summary;
HTML in it becomes text. The feed's title is the publisher, unless the item names its source.
"""

from __future__ import annotations

from collections.abc import Iterator
from email.utils import parsedate_tz
from typing import Final
from xml.etree.ElementTree import Element

from kg.errors import DataError
from kg.records import Report
from kg.sources.metadata import make_report, read_foreign
from kg.sources.paragraphs import element_text, html_text
from kg.sources.source import Source
from kg.sources.trees import XML_LANG, attribute, local_name, read_tree, root_name, words

_DUBLIN_CORE: Final = "{http://purl.org/dc/elements/1.1/}"
_ENCODED: Final = "{http://purl.org/rss/1.0/modules/content/}encoded"
_EMPTY: Final = Element("channel")


def is_feed(source: Source) -> bool:
    """By the name of the root element."""
    return root_name(source.head) in ("rss", "feed")


def read_feed(source: Source) -> Iterator[Report]:
    """Read the items of a feed one by one; one without text is a fault of the source, and the next one is read."""
    root, notes = read_tree(source)
    items = _rss_items(root) if local_name(root) == "rss" else _atom_items(root)
    for number, (values, text, kind) in enumerate(items, start=1):
        told, doubts = read_foreign(values, "the feed")
        said = (*notes, *doubts, f"the text is the {kind} of a feed's item")
        try:
            yield make_report(text, source, told, notes=said, item=number)
        except DataError as fault:
            source.on_fault(fault)


_Item = tuple[dict[str, str | None], str, str]
"""What an item says of itself, its text, and which part of it that is."""


# --------------------------------------------------------------------------- RSS


def _rss_items(root: Element) -> Iterator[_Item]:
    channel = root.find("channel")
    channel = _EMPTY if channel is None else channel
    for item in channel.findall("item"):
        text, kind = _rss_text(item)
        yield _rss_values(item, channel), text, kind


def _rss_values(item: Element, channel: Element) -> dict[str, str | None]:
    published = words(item.find("pubDate"))
    return {
        "title": html_text(words(item.find("title")) or ""),
        "publisher": words(item.find("source")) or words(channel.find("title")),
        "author": words(item.find(f"{_DUBLIN_CORE}creator")) or words(item.find("author")),
        "date": _mail_date(published) if published else words(item.find(f"{_DUBLIN_CORE}date")),
        "language": words(channel.find("language")),
        "url": words(item.find("link")),
        "identifier": words(item.find("guid")) or words(item.find("link")),
    }


def _rss_text(item: Element) -> tuple[str, str]:
    for name, kind in ((_ENCODED, "content"), ("description", "description")):
        text = html_text(item.findtext(name) or "")
        if text:
            return text, kind
    return "", "content"


def _mail_date(value: str) -> str:
    """A date as in mail (RFC 822, which RSS uses), as YYYY-MM-DD; anything else as it stands."""
    parts = parsedate_tz(value)
    return f"{parts[0]:04}-{parts[1]:02}-{parts[2]:02}" if parts else value


# --------------------------------------------------------------------------- Atom


def _atom_items(feed: Element) -> Iterator[_Item]:
    space = str(feed.tag).removesuffix("feed")  # Atom's namespace in braces: Media RSS has a title and a content too
    for entry in feed.findall(f"{space}entry"):
        text, kind = _atom_text(entry, space)
        yield _atom_values(entry, feed, space), text, kind


def _atom_values(entry: Element, feed: Element, space: str) -> dict[str, str | None]:
    links = [link for link in entry.findall(f"{space}link") if link.get("rel", "alternate") == "alternate"]
    authors = entry.findall(f"{space}author") or feed.findall(f"{space}author")
    names = [name for author in authors if (name := words(author.find(f"{space}name")))]
    origin = entry.find(f"{space}source/{space}title")
    return {
        "title": _construct(entry.find(f"{space}title")),
        "publisher": _construct(origin) or _construct(feed.find(f"{space}title")),
        "author": ", ".join(names),
        "date": words(entry.find(f"{space}published")) or words(entry.find(f"{space}updated")),
        "language": attribute(entry, XML_LANG) or attribute(feed, XML_LANG),
        "url": links[0].get("href") if links else None,
        "identifier": words(entry.find(f"{space}id")),
    }


def _atom_text(entry: Element, space: str) -> tuple[str, str]:
    for name in ("content", "summary"):
        text = _construct(entry.find(space + name))
        if text:
            return text, name
    return "", "content"


def _construct(element: Element | None) -> str:
    """The text of an Atom text construct (RFC 4287, 3.1): plain, escaped HTML, or XHTML in place."""
    if element is None:
        return ""
    kind = element.get("type", "text")
    if kind in ("xhtml", "application/xhtml+xml"):
        return element_text(element)
    if kind in ("html", "text/html"):
        return html_text(element.text or "")
    return (element.text or "").strip() if kind in ("text", "text/plain") else ""
