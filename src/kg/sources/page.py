"""What a web page says about itself: schema.org, OpenGraph, Dublin Core, and plain HTML, in this order of trust."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from html import unescape
from typing import TYPE_CHECKING, Any, Final

from kg.sources.metadata import Metadata, read_foreign

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_ARTICLES: Final = frozenset(
    [
        "NewsArticle",
        "AnalysisNewsArticle",
        "AskPublicNewsArticle",
        "BackgroundNewsArticle",
        "OpinionNewsArticle",
        "ReportageNewsArticle",
        "ReviewNewsArticle",
        "Article",
        "BlogPosting",
        "LiveBlogPosting",
        "Report",
    ]
)
"""schema.org's NewsArticle with its subclasses, and what else sites call an article."""
_OPEN_GRAPH: Final = {
    "title": ("og:title",),
    "publisher": ("og:site_name",),
    "author": ("article:author", "og:article:author"),
    "date": ("article:published_time", "og:article:published_time", "og:published_time"),
    "language": ("og:locale",),
    "url": ("og:url",),
}
_DUBLIN_CORE: Final = {
    "title": ("dc.title", "dcterms.title"),
    "publisher": ("dc.publisher", "dcterms.publisher"),
    "author": ("dc.creator", "dcterms.creator"),
    "date": ("dcterms.issued", "dc.date.issued", "dc.date", "dcterms.date", "dcterms.created"),
    "language": ("dc.language", "dcterms.language"),
}


def page_metadata(tree: HtmlElement) -> tuple[Metadata, tuple[str, ...]]:
    """Return what a page says about itself, and what of that could not be read."""
    properties = _properties(tree)
    schema, notes = _schema_org(tree)
    sayings = (
        (schema, "schema.org"),
        (_chosen(properties, _OPEN_GRAPH), "OpenGraph"),
        (_chosen(properties, _DUBLIN_CORE), "Dublin Core"),
        (_plain(tree, properties), "the page"),
    )
    known = Metadata()
    for values, said_by in sayings:
        told, doubts = read_foreign(values, said_by)
        known, notes = known.or_else(told), (*notes, *doubts)
    return known, notes


def _properties(tree: HtmlElement) -> dict[str, str]:
    """The contents of the ``meta`` elements by name or property in lower case; of two the first."""
    properties: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = (meta.get("property") or meta.get("name") or meta.get("http-equiv") or "").strip().lower()
        content = (meta.get("content") or "").strip()
        if name and content:
            properties.setdefault(name, content)
    return properties


def _chosen(properties: Mapping[str, str], names: Mapping[str, tuple[str, ...]]) -> dict[str, str | None]:
    values = {
        field: next((properties[key] for key in keys if key in properties), None) for field, keys in names.items()
    }
    if (values.get("author") or "").startswith(("http://", "https://")):  # OpenGraph has profiles for authors
        values["author"] = None
    return values


def _plain(tree: HtmlElement, properties: Mapping[str, str]) -> dict[str, str | None]:
    root = tree.getroottree().getroot()
    link = next((link for link in tree.iter("link") if (link.get("rel") or "").lower() == "canonical"), None)
    return {
        "title": tree.findtext(".//title"),
        "author": properties.get("author"),
        "date": properties.get("date"),
        "language": root.get("lang") or root.get("xml:lang") or properties.get("content-language"),
        "url": link.get("href") if link is not None else None,
    }


# --------------------------------------------------------------------------- schema.org


def _schema_org(tree: HtmlElement) -> tuple[dict[str, str | None], tuple[str, ...]]:
    nodes: list[dict[str, Any]] = []
    notes: tuple[str, ...] = ()
    for script in tree.iter("script"):
        if (script.get("type") or "").strip().lower() == "application/ld+json":
            try:
                nodes += _nodes(json.loads(script.text or "null", strict=False))
            except (ValueError, RecursionError):
                notes = ("schema.org: the page's JSON-LD is not valid JSON; left out",)
    by_id = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and len(node) > 1}
    article = next((node for node in nodes if _types(node) & _ARTICLES), None)
    return (_article(article, by_id) if article else {}), notes


def _nodes(document: object) -> Iterator[dict[str, Any]]:
    """The objects of a JSON-LD document: at its top, in a list, in a graph, or as what a page is about."""
    waiting = [document]
    while waiting:
        value = waiting.pop()
        if isinstance(value, list):
            waiting += reversed(value)
        elif isinstance(value, dict):
            yield value
            waiting += [value[key] for key in ("mainEntity", "@graph") if key in value]


def _types(node: Mapping[str, Any]) -> set[str]:
    types = node.get("@type", [])
    return {str(each).rpartition("/")[2] for each in (types if isinstance(types, list) else [types])}


def _article(node: Mapping[str, Any], by_id: Mapping[str, Any]) -> dict[str, str | None]:
    return {
        "title": _text(node.get("headline"), by_id) or _text(node.get("name"), by_id),
        "publisher": _text(node.get("publisher"), by_id),
        "author": _text(node.get("author"), by_id),
        "date": _text(node.get("datePublished"), by_id),
        "language": _text(node.get("inLanguage"), by_id, ("alternateName", "name")),
        "url": _text(node.get("url"), by_id) or _text(node.get("mainEntityOfPage"), by_id, ("@id", "url")),
    }


def _text(value: object, by_id: Mapping[str, Any], keys: tuple[str, ...] = ("name",)) -> str | None:
    """The words of a value: itself, its name where it is an object, that of the object it refers to, or of several."""
    if isinstance(value, str):
        return unescape(value)
    if isinstance(value, list):
        flat = (item for item in value if not isinstance(item, list))  # JSON-LD has no lists in lists
        return ", ".join(text for item in flat if (text := _text(item, by_id, keys))) or None
    if isinstance(value, dict):
        named = next((value[key] for key in keys if isinstance(value.get(key), str)), None)
        if named is None and isinstance(value.get("@id"), str):
            return _text(dict(by_id.get(value["@id"], {}), **{"@id": None}), by_id, keys)
        return unescape(named) if named else None
    return None
