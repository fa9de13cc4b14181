"""Findings for people, for programs and for other SHACL tools."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from typing import Any, Final

from pyoxigraph import BlankNode, RdfFormat, parse

from kg.errors import DataError
from kg.iris import RDF_TYPE, Triple, boolean, digest, iri_term, language_string, quoted
from kg.records import Finding
from kg.vocab import DEFAULT_BASE, KGS, PREFIXES

_SH: Final = PREFIXES["sh"]
_LONGEST: Final = 300
_SEVERITIES: Final = {"violation": "Violation", "warning": "Warning", "info": "Info"}


def as_text(findings: Iterable[Finding], *, language: str = "en") -> Iterator[str]:
    """Yield one paragraph for each finding: severity, message, and where it is; `language` is ``en`` or ``fr``."""
    for finding in findings:
        message = finding.message_fr if language == "fr" else finding.message_en
        yield f"{finding.severity}: {message}"
        place = [f"document {finding.document}"] if finding.document else []
        if finding.passage:
            place.append(f"characters {finding.passage[0]}-{finding.passage[1]}")
        yield f"  at: {', '.join([*place, finding.focus])}"
        if finding.path:
            yield f"  path: {finding.path}"
        if finding.value is not None:
            yield f"  value: {_shortened(finding.value)}"
        if finding.claim and finding.claim not in finding.focus:
            yield f"  claim: {finding.claim}"
        yield f"  check: {finding.check}"


def _shortened(value: str) -> str:
    """A value for the eye; JSON and Turtle hold the whole."""
    return value if len(value) <= _LONGEST else f"{value[:_LONGEST]}… ({len(value):,} characters)"


def as_json(findings: Iterable[Finding]) -> list[dict[str, Any]]:
    """Return findings as JSON objects with the fields of `kg.records.Finding`."""
    return [asdict(finding) for finding in findings]


def as_triples(findings: Sequence[Finding]) -> list[Triple]:
    """Return findings as a SHACL validation report (https://www.w3.org/TR/shacl/#validation-report), without blank nodes.

    A path that is more than one property, or that is a field of a record, is told in the message.
    """
    report = f"<{DEFAULT_BASE}id/report/{digest(*map(repr, findings))}>"
    triples: list[Triple] = [
        (report, RDF_TYPE, f"<{_SH}ValidationReport>"),
        (report, f"<{_SH}conforms>", boolean(not findings)),
    ]
    for finding in findings:
        node = f"<{DEFAULT_BASE}id/finding/{digest(repr(finding), length=16)}>"
        triples += [(report, f"<{_SH}result>", node), *_result(node, finding)]
    return triples


def _result(node: str, finding: Finding) -> Iterator[Triple]:
    yield node, RDF_TYPE, f"<{_SH}ValidationResult>"
    yield node, f"<{_SH}focusNode>", _term(finding.focus)
    yield node, f"<{_SH}resultSeverity>", f"<{_SH}{_SEVERITIES[finding.severity]}>"
    yield node, f"<{_SH}sourceShape>", f"<{finding.check if _is_iri(finding.check) else KGS + finding.check}>"
    if finding.path and _is_iri(finding.path) and not set(finding.path) & set("^|()*+?"):
        yield node, f"<{_SH}resultPath>", f"<{finding.path}>"
    if finding.value is not None:
        yield node, f"<{_SH}value>", _term(finding.value)
    yield node, f"<{_SH}resultMessage>", language_string(finding.message_en, "en")
    yield node, f"<{_SH}resultMessage>", language_string(finding.message_fr, "fr")


def _term(text: str) -> str:
    """What is a term of a graph stays one; what stands in a record, or names a blank node of another graph, is a string."""
    try:
        (quad,) = parse(f"<a:s> <a:p> {text} .".encode("utf-8", "replace"), format=RdfFormat.N_TRIPLES)
    except (SyntaxError, ValueError):
        return quoted(text)
    is_term = not isinstance(quad.object, BlankNode) and str(quad) == f"<a:s> <a:p> {text}"
    return text if is_term else quoted(text)


def _is_iri(text: str) -> bool:
    try:
        iri_term(text)
    except DataError:
        return False
    return True
