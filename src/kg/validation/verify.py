"""Step 2: rules that cross nodes and documents, as SPARQL.

A rule is a file: comment lines (``# title-en:``, ``# title-fr:``, ``# severity:``, and ``# scope: document`` where one
document alone decides it) and a SELECT whose rows are its findings: ``?focus``, and where they are known ``?document``,
``?path`` and ``?value``. Rules are asked of a whole document or of the whole graph, never once for each node.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from kg.errors import DataError
from kg.iris import Triple
from kg.records import Finding
from kg.resources import verify_files
from kg.validation.shapes import bare, sort_key
from kg.validation.usage import offsets
from kg.vocab import KGS

if TYPE_CHECKING:
    from pyoxigraph import QuerySolution

SEVERITIES: Final = ("violation", "warning", "info")
_HEADER: Final = ("title-en", "title-fr", "severity")


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: its name (of the file), its sentence in both languages, its severity, its query."""

    name: str
    title_en: str
    title_fr: str
    severity: str
    scope: str
    query: str


class DocumentRules:
    """The rules whose answer lies within one document, for any number of documents.

    Asking them of one document at a time, in memory, costs the same for each document; the same joins over a large graph
    on disk cost more the larger it is.
    """

    def __init__(self) -> None:
        self._rules = tuple(rule for rule in map(read_rule, verify_files()) if rule.scope == "document")

    def validate(self, triples: Iterable[Triple]) -> tuple[Finding, ...]:
        """Return what is wrong with one document: its triples and the descriptions of the entities that it names."""
        store = ox.Store()
        lines = "".join(f"{s} {p} {o} .\n" for s, p, o in dict.fromkeys(triples))
        store.bulk_load(lines.encode("utf-8"), ox.RdfFormat.N_TRIPLES)
        return _ask(store, self._rules)


def verify(store: ox.Store, files: Sequence[Path] | None = None, *, scope: str | None = None) -> tuple[Finding, ...]:
    """Ask rules over a whole graph.

    Args:
        store: what to verify; its default graph is the union of all graphs, as in `kg.store`, which is many times quicker
            to ask than a union that the engine makes of the named graphs.
        files: the rules; by default those of kg.
        scope: ask only the rules of this scope, ``document`` or ``graph``.

    Returns:
        The findings, sorted, each once.

    Raises:
        DataError: a rule is malformed.
    """
    rules = map(read_rule, verify_files() if files is None else files)
    return _ask(store, (rule for rule in rules if scope in (None, rule.scope)))


def _ask(store: ox.Store, rules: Iterable[Rule]) -> tuple[Finding, ...]:
    findings: set[Finding] = set()
    for rule in rules:
        try:
            rows = store.query(rule.query)
        except SyntaxError as error:
            raise DataError(str(error), code="rule.syntax", where=rule.name) from error
        findings.update(_finding(rule, row) for row in rows)  # type: ignore[union-attr]  # a SELECT has rows
    return tuple(sorted(findings, key=sort_key))


def read_rule(path: Path) -> Rule:
    """Read a rule.

    Raises:
        DataError: a line of the header is missing, or the severity is unknown.
    """
    text = path.read_text(encoding="utf-8")
    header = {name: re.search(rf"^# {name}: (.+)$", text, re.MULTILINE) for name in _HEADER}
    for name, found in header.items():
        if found is None:
            raise DataError(
                f"a rule says its {name}", code="rule.header", where=str(path), hint=f"add a line # {name}: …"
            )
    title_en, title_fr, severity = (found[1].strip() for found in header.values() if found)
    if severity not in SEVERITIES:
        raise DataError(
            f"unknown severity {severity!r}", code="rule.severity", where=str(path), hint=", ".join(SEVERITIES)
        )
    scope = re.search(r"^# scope: (document|graph)$", text, re.MULTILINE)
    return Rule(path.stem, title_en, title_fr, severity, scope[1] if scope else "graph", text)


def _finding(rule: Rule, row: QuerySolution) -> Finding:
    def term(name: str) -> str | None:
        try:
            found = row[name]
        except KeyError:  # the rule does not select it
            return None
        return None if found is None else str(found)

    focus = term("focus") or ""
    document, path = term("document"), term("path")
    return Finding(
        document="" if document is None else document_name(document),
        focus=focus,
        check=f"{KGS}verify-{rule.name}",
        path=None if path is None else bare(path),
        value=term("value"),
        severity=rule.severity,
        message_en=rule.title_en,
        message_fr=rule.title_fr,
        passage=offsets(focus) or offsets(term("value") or ""),
        claim=bare(focus) if "/id/claim/" in focus else None,
    )


def document_name(term: str) -> str:
    """Return the key at the end of a document's or a graph's IRI; another IRI as it is."""
    found = re.search(r"/(?:id/doc|graph)/([^/#>]+)>?$", term)
    return found[1] if found else bare(term)
