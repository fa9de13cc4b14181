"""NewsML-G2 (IPTC, 2.x): news items with NITF, XHTML or plain text inside; and NITF (IPTC, 3.x) by itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final
from xml.etree.ElementTree import Element

from kg.errors import DataError
from kg.records import Report
from kg.sources.metadata import make_report, read_foreign
from kg.sources.paragraphs import element_text, html_text
from kg.sources.source import Source
from kg.sources.trees import XML_LANG, attribute, children, find, local_name, read_tree, root_name, words

_ROOTS: Final = ("newsMessage", "newsItem", "nitf")
_WITHDRAWN: Final = ("canceled", "withheld")


def is_newsml(source: Source) -> bool:
    """By the name of the root element."""
    return root_name(source.head) in _ROOTS


def read_newsml(source: Source) -> Iterator[Report]:
    """Read the news items of a message one by one; one without text is a fault of the source, and the next one is read."""
    root, notes = read_tree(source)
    if local_name(root) == "nitf":
        told, doubts = read_foreign(_nitf_values(root), "NITF")
        yield make_report(_nitf_text(root), source, told, notes=(*notes, *doubts))
        return
    items = [element for element in root.iter() if local_name(element) == "newsItem"]
    for number, item in enumerate(items, start=1):
        try:
            yield _read_item(item, source, notes, number)
        except DataError as fault:
            source.on_fault(fault)


# --------------------------------------------------------------------------- NewsML-G2


def _read_item(item: Element, source: Source, notes: tuple[str, ...], number: int) -> Report:
    told, doubts = read_foreign(_item_values(item), "NewsML-G2")
    nitf = next((element for element in item.iter() if local_name(element) == "nitf"), None)
    if nitf is not None:
        inside, more = read_foreign(_nitf_values(nitf), "NITF")
        told, doubts = told.or_else(inside), (*doubts, *more)
    status = _code(find(item, "itemMeta", "pubStatus"))
    if status in _WITHDRAWN:
        doubts = (*doubts, f"the publisher has marked this item as {status}")
    return make_report(_item_text(item), source, told, notes=(*notes, *doubts), item=number)


def _item_values(item: Element) -> dict[str, str | None]:
    meta, content = find(item, "itemMeta"), find(item, "contentMeta")
    creators = [name for creator in children(content, "creator") if (name := _name(creator))]
    return {
        "title": words(find(content, "headline")) or words(find(meta, "title")),
        "publisher": _name(find(meta, "provider")),
        "author": ", ".join(creators) or words(find(content, "by")),
        "date": words(find(content, "contentCreated")) or words(find(meta, "versionCreated")),
        "language": attribute(find(content, "language"), "tag") or item.get(XML_LANG),
        "identifier": item.get("guid"),
    }


def _item_text(item: Element) -> str:
    texts = [_part_text(part) for content in children(item, "contentSet") for part in content]
    return "\n\n".join(text for text in texts if text.strip())


def _part_text(part: Element) -> str:
    """The text of one part of the content: markup in place, or text that may be HTML; what lies elsewhere has none."""
    if local_name(part) == "inlineXML":
        return "\n\n".join(_nitf_text(inner) if local_name(inner) == "nitf" else element_text(inner) for inner in part)
    if local_name(part) == "inlineData":
        is_html = "html" in part.get("contenttype", "")
        return html_text(part.text or "") if is_html else (part.text or "")
    return ""


def _name(party: Element | None) -> str | None:
    """The name of a party: its name, its literal, else the code that it has in a scheme (``nprov:AFP``)."""
    return words(find(party, "name")) or attribute(party, "literal") or _code(party)


def _code(element: Element | None) -> str | None:
    return (attribute(element, "qcode") or "").rpartition(":")[2] or None


# --------------------------------------------------------------------------- NITF


def _nitf_values(nitf: Element) -> dict[str, str | None]:
    head, opening = find(nitf, "head"), find(nitf, "body", "body.head")
    publication = find(head, "pubdata")
    byline = find(opening, "byline")
    issued = attribute(find(head, "docdata", "date.issue"), "norm")
    return {
        "title": words(find(opening, "hedline", "hl1")) or words(find(head, "title")),
        "publisher": attribute(publication, "name") or words(find(opening, "distributor")),
        "author": words(find(byline, "person")) or words(byline),
        "date": issued or attribute(publication, "date.publication"),
        "language": nitf.get(XML_LANG),
        "identifier": attribute(find(head, "docdata", "doc-id"), "id-string"),
    }


def _nitf_text(nitf: Element) -> str:
    """The text of ``body.content``; headline, byline and dateline stand before it and are metadata."""
    content = find(nitf, "body", "body.content")
    return element_text(content) if content is not None else ""
