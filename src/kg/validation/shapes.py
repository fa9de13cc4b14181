"""Step 1: the shapes. One document at a time, with the reference entities it names, so cost grows with the document."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import parse

from kg.errors import DataError
from kg.iris import RDF_TYPE, Triple
from kg.records import Finding
from kg.resources import shape_files
from kg.validation.engines import Engine, load_engine
from kg.validation.shacl.graph import SUBCLASS_OF, Graph
from kg.validation.shacl.paths import SH
from kg.validation.shacl.terms import literal
from kg.validation.usage import Usage
from kg.vocab import PREFIXES

_CONCEPT = f"<{PREFIXES['skos']}Concept>"
_IN_SCHEME = f"<{PREFIXES['skos']}inScheme>"
_MESSAGE = f"<{SH}message>"
_SEVERITIES = {f"<{SH}{name.title()}>": name for name in ("violation", "warning", "info")}
"""A severity of a user's own counts as a violation: who made it wanted to be heard."""


@dataclass(frozen=True, slots=True)
class Message:
    """What a shape says when it is not met, in both languages."""

    en: str
    fr: str


class ShapesValidator:
    """The shapes, read and prepared once, for any number of documents.

    Args:
        engine: ``auto``, ``fast`` or ``pyshacl``; all give the same findings.
        context: the vocabulary, of which the subclass axioms and the schemes of concepts are used.
        files: the shapes; by default those of kg.

    Raises:
        DataError: a file of shapes is not Turtle or a shape is malformed.
        UsageError: there is no such engine.
    """

    def __init__(
        self, engine: str = "auto", *, context: Iterable[Triple] = (), files: Sequence[Path] | None = None
    ) -> None:
        shapes = read_shapes(shape_files() if files is None else files)
        self.messages = _messages(Graph(shapes))
        self.engine: Engine = load_engine(engine, shapes, [t for t in context if _is_needed(t)])

    def validate(self, triples: Iterable[Triple], *, document: str) -> tuple[Finding, ...]:
        """Validate one document: its triples and the descriptions of the reference entities that it names.

        Args:
            triples: the document's graph; a description that is missing is a finding where a class is asked for.
            document: what the findings call the document, e.g. its key.

        Returns:
            The findings, sorted, each once.
        """
        triples = triples if isinstance(triples, list | tuple) else list(triples)
        results = self.engine.results(triples)
        if not results:
            return ()
        usage = Usage(triples)
        findings = set()
        for result in results:
            message = self.messages.get(result.shape) or Message(result.component, result.component)
            claims = usage.claims_behind(result.focus)
            findings.add(
                Finding(
                    document=document,
                    focus=result.focus,
                    check=result.shape.strip("<>"),
                    path=None if result.path is None else bare(result.path),
                    value=result.value,
                    severity=_SEVERITIES.get(result.severity, "violation"),
                    message_en=message.en,
                    message_fr=message.fr,
                    passage=usage.passage(result.focus),
                    claim=bare(next(iter(claims))) if len(claims) == 1 else None,
                )
            )
        return tuple(sorted(findings, key=sort_key))


def read_shapes(files: Sequence[Path]) -> tuple[Triple, ...]:
    """Read shapes graphs in Turtle.

    Raises:
        DataError: a file is not Turtle; says where.
    """
    triples: list[Triple] = []
    for path in files:
        try:
            triples += [(str(q.subject), str(q.predicate), str(q.object)) for q in parse(path=str(path))]
        except SyntaxError as error:
            raise DataError(
                str(error.msg), code="shapes.syntax", where=f"{path}:{error.lineno}:{error.offset}"
            ) from error
    return tuple(triples)


def bare(term: str) -> str:
    """Return an IRI without its angle brackets; anything else as it is."""
    return term[1:-1] if term[0] == "<" and term.find(">") == len(term) - 1 else term


def sort_key(finding: Finding) -> tuple[str, ...]:
    """An order of findings that minds neither absent values nor the engine."""
    return (
        finding.document,
        finding.focus,
        finding.check,
        finding.path or "",
        finding.value or "",
        finding.severity,
        finding.message_en,
    )


def _messages(shapes: Graph) -> dict[str, Message]:
    messages = {}
    for node, block in shapes.out.items():
        texts = {value.language: value.lexical for value in map(literal, block.get(_MESSAGE, ()))}
        if texts:
            english = texts.get("en") or next(iter(texts.values()))
            messages[node] = Message(english, texts.get("fr") or english)
    return messages


def _is_needed(triple: Triple) -> bool:
    _, predicate, value = triple
    if predicate == SUBCLASS_OF:
        return value[0] == "<"
    return predicate == _IN_SCHEME or (predicate == RDF_TYPE and value == _CONCEPT)
