"""The only place that mints an IRI, and the only place that writes an RDF term.

A term is an N-Triples string (``<iri>``, ``"text"@fr``, ``"4"^^<xsd:integer>``): the one form that sorts, hashes and joins
without a library, and that every serialisation of `kg.outputs` starts from. No IRI depends on the order of input, on a run
or on a clock: each is made from the document's digest and from what the thing is.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import lru_cache
from urllib.parse import quote

from pyoxigraph import Literal, NamedNode

from kg.errors import DataError
from kg.vocab import KG, KGT

XSD = "http://www.w3.org/2001/XMLSchema#"
RDF_TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"

Triple = tuple[str, str, str]
"""Subject, predicate and object as N-Triples terms."""

# --------------------------------------------------------------------------- terms

_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}
_ESCAPES |= {chr(c): f"\\u{c:04X}" for c in (*range(0x20), 0x7F, 0xFFFE, 0xFFFF) if chr(c) not in _ESCAPES}
_TO_ESCAPE = re.compile(r'["\\\x00-\x1f\x7f\ufffe\uffff]')
_LANGUAGE = re.compile(r"[a-z]{2,8}(-[a-z0-9]{1,8})*")


def iri_term(iri: str) -> str:
    """Write an absolute IRI as a term.

    Raises:
        DataError: the string is not an absolute IRI (RFC 3987).
    """
    try:
        NamedNode(iri)
    except ValueError as error:
        raise DataError(
            f"not an absolute IRI: {iri!r}", code="iri", hint="percent-encode spaces, quotes and braces"
        ) from error
    return f"<{iri}>"


def quoted(text: str) -> str:
    """Write a string in quotes, on one line, with the escapes of canonical N-Triples (RDF 1.2 N-Triples, section 4)."""
    return f'"{_TO_ESCAPE.sub(lambda m: _ESCAPES[m[0]], text)}"'


def language_string(text: str, language: str) -> str:
    """Write a string with a language tag (lower case, BCP 47 form).

    Raises:
        DataError: it is no such tag.
    """
    if not _is_language(language):
        raise DataError(f"not a language tag: {language!r}", code="language", hint="use a tag such as fr or en-gb")
    return f"{quoted(text)}@{language}"


@lru_cache(maxsize=512)
def _is_language(tag: str) -> bool:
    try:
        return bool(_LANGUAGE.fullmatch(tag)) and Literal("", language=tag).language == tag
    except ValueError:
        return False


def integer(number: int) -> str:
    """Write a canonical xsd:integer."""
    return f'"{number}"^^<{XSD}integer>'


def boolean(value: bool) -> str:  # noqa: FBT001 - the value is the argument
    """Write an xsd:boolean."""
    return f'"{str(value).lower()}"^^<{XSD}boolean>'


def decimal(value: float) -> str:
    """Write a canonical xsd:decimal with at most four fraction digits."""
    digits = f"{value:.4f}".rstrip("0")
    return f'"{digits + "0" if digits.endswith(".") else digits}"^^<{XSD}decimal>'


def day_start(day: str) -> str:
    """Write the first second of a day (YYYY-MM-DD) as xsd:dateTime in UTC."""
    return f'"{day}T00:00:00Z"^^<{XSD}dateTime>'


def day_end(day: str) -> str:
    """Write the last second of a day (YYYY-MM-DD) as xsd:dateTime in UTC."""
    return f'"{day}T23:59:59Z"^^<{XSD}dateTime>'


@lru_cache(maxsize=512)
def ontology_term(local_name: str) -> str:
    """Return the class or property ``kg:local_name`` as a term."""
    return f"<{KG}{local_name}>"


@lru_cache(maxsize=1024)
def concept_term(notation: str) -> str:
    """Return the concept ``kgt:notation`` as a term."""
    return f"<{KGT}{notation}>"


# --------------------------------------------------------------------------- names


@lru_cache(maxsize=65536)
def slug(text: str, limit: int = 48) -> str:
    """Return a readable ASCII piece of an IRI: lower case, accents dropped, words joined by hyphens; may be empty."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:limit].rstrip("-")


@lru_cache(maxsize=65536)
def digest(*parts: str, length: int = 12) -> str:
    """Return the first `length` hex digits of the SHA-256 of the parts, which are joined so that no two lists meet."""
    apart = (part.replace("\x1e", "\x1e\x1e").replace("\x1f", "\x1e\x1f") for part in parts)
    return hashlib.sha256("\x1f".join(apart).encode("utf-8")).hexdigest()[:length]


def _named(*identity: str) -> str:
    """A slug for the eye and a hash for identity: slugs alone collide and are empty for other scripts."""
    readable = slug(identity[-1])
    return f"{readable}-{digest(*identity, length=6)}" if readable else digest(*identity)


class Minter:
    """Mints the IRIs of one project, below its base IRI (which ends in ``/``: a passage needs the fragment)."""

    def __init__(self, base: str) -> None:
        self.base = base

    def document(self, key: str) -> str:
        """The document with this digest key (16 hex digits)."""
        return f"{self.base}id/doc/{key}"

    def span(self, key: str, start: int, end: int) -> str:
        """A passage, with the fragment of RFC 5147."""
        return f"{self.base}id/doc/{key}#char={start},{end}"

    def claim(self, key: str, content: str) -> str:
        """A claim, by the canonical form of its content: no run, no confidence, no time stamp goes in."""
        return f"{self.base}id/claim/{key}/{digest(content)}"

    def event(self, key: str, event: str) -> str:
        """The anchor of a happening that a document numbers `event`."""
        return f"{self.base}id/event/{key}/{event}"

    def time(self, key: str, content: str) -> str:
        """A time span: relative words mean nothing outside their document."""
        return f"{self.base}id/time/{key}/{digest(content)}"

    def extraction(self, key: str, method: str) -> str:
        """The reading of a document by a person or a program."""
        return f"{self.base}id/extraction/{key}/{quote(method, safe='')}"

    def agent(self, name: str, entity_type: str) -> str:
        """An agent that no registry knows; its type is part of its identity, so nothing is merged on a name alone."""
        return f"{self.base}id/agent/{_named(entity_type, name)}"

    def group(self, key: str, name: str) -> str:
        """People known only by a description, which identifies them in their document alone."""
        return f"{self.base}id/agent/{key}/{_named(name)}"

    def place(self, name: str) -> str:
        """A place that no registry knows."""
        return f"{self.base}id/place/{_named('Place', name)}"

    def post(self, organization: str | None, words: str) -> str:
        """A post in an organization (its IRI); without one, the words alone."""
        return f"{self.base}id/post/{_named(organization or '', words.casefold())}"

    def graph(self, name: str) -> str:
        """A named graph: a document's key, ``entities``, ``vocabulary`` or ``direct``."""
        return f"{self.base}graph/{name}"

    def dataset(self) -> str:
        """All the graphs of the project together."""
        return f"{self.base}dataset"
