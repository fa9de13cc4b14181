"""What a bulk export says of itself: counted statistics and files, in VoID and DCAT.

VoID (https://www.w3.org/TR/void/) has the statistics and the partitions by class and property, DCAT 3
(https://www.w3.org/TR/vocab-dcat-3/) the files with their sizes and SPDX checksums. There are no blank nodes: whatever the
description names has an IRI below that of the dataset, and files are named relative to the description, so that the folder may
be published anywhere.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import IO, Final, Self

from kg.iris import RDF_TYPE, XSD, digest, integer, iri_term, language_string, quoted, slug
from kg.vocab import KG

_PREFIXES: Final = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "spdx": "http://spdx.org/rdf/terms#",
    "void": "http://rdfs.org/ns/void#",
    "xsd": XSD,
}
_N_QUADS: Final = "<http://www.w3.org/ns/formats/N-Quads>"
_MEDIA: Final = "<https://www.iana.org/assignments/media-types/application/{}>"
_BUCKETS: Final = 64
_KEY: Final = 16
"""Bytes of a digest that stands for a term: two terms in 10^18 might meet."""
_TYPE: Final = RDF_TYPE.encode()


@dataclass(frozen=True, slots=True)
class Shard:
    """A file of the export: its name, quads, bytes and SHA-256 (hexadecimal)."""

    name: str
    quads: int
    size: int
    sha256: str


@dataclass(slots=True)
class Statistics:
    """What was counted: statements (of all graphs), graphs, distinct subjects and objects, statements by class and property."""

    quads: int = 0
    graphs: int = 0
    subjects: int = 0
    objects: int = 0
    classes: Counter[str] = field(default_factory=Counter)
    properties: Counter[str] = field(default_factory=Counter)


class DistinctTerms:
    """Counts distinct terms exactly, in memory that does not grow with their number.

    The 128-bit digests of the terms go to files by their first bits; at the end one file at a time is read. Use it as a context
    manager; the files go with it.

    Args:
        folder: where the files are written.
        name: what their names begin with.
    """

    def __init__(self, folder: Path, name: str) -> None:
        self._paths = [folder / f".{name}-{number}.terms" for number in range(_BUCKETS)]
        self._files: list[IO[bytes]] = []
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        self._files = [self._stack.enter_context(path.open("w+b")) for path in self._paths]
        return self

    def add(self, term: bytes) -> None:
        """Note one term."""
        key = hashlib.blake2b(term, digest_size=_KEY).digest()
        self._files[key[0] % _BUCKETS].write(key)

    def count(self) -> int:
        """How many terms were noted, each once."""
        total = 0
        for file in self._files:
            file.seek(0)
            keys = file.read()
            total += len({keys[start : start + _KEY] for start in range(0, len(keys), _KEY)})
        return total

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()
        for path in self._paths:
            path.unlink(missing_ok=True)


class Counting:
    """Counts the lines of N-Quads that are exported, one after the other."""

    def __init__(self, folder: Path) -> None:
        self.statistics = Statistics()
        self._subjects, self._objects = DistinctTerms(folder, "subjects"), DistinctTerms(folder, "objects")
        self._stack = ExitStack()
        self._last = b""
        self._classes: Counter[bytes] = Counter()
        self._properties: Counter[bytes] = Counter()

    def __enter__(self) -> Self:
        self._stack.enter_context(self._subjects)
        self._stack.enter_context(self._objects)
        return self

    def add(self, line: bytes) -> None:
        """Count one line of canonical N-Quads: one space between terms, the graph named."""
        subject, predicate, rest = line.split(b" ", 2)
        value = rest[: rest.rindex(b" <")]
        self.statistics.quads += 1
        self._properties[predicate] += 1
        if predicate == _TYPE:
            self._classes[value] += 1
        if subject != self._last:  # lines are sorted: a subject comes once for all of its statements in a graph
            self._subjects.add(subject)
            self._last = subject
        self._objects.add(value)

    def close(self, graphs: int) -> Statistics:
        """Finish: what was counted, in so many graphs."""
        found = self.statistics
        found.graphs, found.subjects, found.objects = graphs, self._subjects.count(), self._objects.count()
        for counted, words in ((self._classes, found.classes), (self._properties, found.properties)):
            words.update({term.decode(): n for term, n in counted.items()})
        return found

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()


# --------------------------------------------------------------------------- the description


def describe_export(dataset: str, base: str, shards: Sequence[Shard], statistics: Statistics) -> str:
    """Write the description as Turtle.

    Args:
        dataset: the IRI of the dataset.
        base: what the project mints below; the uriSpace of its own terms.
        shards: the files.
        statistics: what was counted.
    """
    lines = [f"@prefix {prefix}: <{namespace}> ." for prefix, namespace in _PREFIXES.items()]
    for block in _blocks(dataset, base, shards, statistics):
        subject, *facts = block
        lines += ["", f"{subject} " + " ;\n    ".join(facts) + " ."]
    return "\n".join(lines) + "\n"


def _blocks(dataset: str, base: str, shards: Sequence[Shard], found: Statistics) -> Iterator[list[str]]:
    """Yield the subject and the facts (predicate and objects) of each thing."""
    classes = [(f"class-{_name(term)}", term, n) for term, n in sorted(found.classes.items())]
    properties = [(f"property-{_name(term)}", term, n) for term, n in sorted(found.properties.items())]
    about = f"{found.quads:,} {{}} {found.graphs:,} {{}}"
    yield [
        iri_term(dataset),
        "a void:Dataset, dcat:Dataset",
        f"dcterms:title {language_string('Attributed claims of news reports', 'en')}, "
        f"{language_string('Affirmations attribuées de dépêches', 'fr')}",
        f"dcterms:description {language_string(about.format('statements in', 'named graphs'), 'en')}, "
        f"{language_string(about.format('énoncés dans', 'graphes nommés'), 'fr')}",
        f"dcterms:conformsTo {iri_term(KG.rstrip('#'))}",
        f"void:feature {_N_QUADS}",
        f"void:uriSpace {quoted(base)}",
        *(f"void:vocabulary {iri_term(space)}" for space in _namespaces(found)),
        f"void:triples {integer(found.quads)}",
        f"void:classes {integer(len(classes))}",
        f"void:properties {integer(len(properties))}",
        f"void:distinctSubjects {integer(found.subjects)}",
        f"void:distinctObjects {integer(found.objects)}",
        *(f"void:classPartition {iri_term(f'{dataset}#{name}')}" for name, _, _ in classes),
        *(f"void:propertyPartition {iri_term(f'{dataset}#{name}')}" for name, _, _ in properties),
        *(f"void:dataDump <{shard.name}>" for shard in shards),
        *(f"dcat:distribution {iri_term(f'{dataset}#{shard.name}')}" for shard in shards),
    ]
    for name, term, count in classes:
        yield [iri_term(f"{dataset}#{name}"), "a void:Dataset", f"void:class {term}", f"void:entities {integer(count)}"]
    for name, term, count in properties:
        yield [
            iri_term(f"{dataset}#{name}"),
            "a void:Dataset",
            f"void:property {term}",
            f"void:triples {integer(count)}",
        ]
    for shard in shards:
        node = f"{dataset}#{shard.name}"
        yield [
            iri_term(node),
            "a dcat:Distribution",
            f"dcat:downloadURL <{shard.name}>",
            f"dcat:mediaType {_MEDIA.format('n-quads')}",
            f"dcat:compressFormat {_MEDIA.format('gzip')}",
            f'dcat:byteSize "{shard.size}"^^xsd:nonNegativeInteger',
            f"void:triples {integer(shard.quads)}",
            f"spdx:checksum {iri_term(f'{node}-checksum')}",
        ]
        yield [
            iri_term(f"{node}-checksum"),
            "a spdx:Checksum",
            "spdx:algorithm spdx:checksumAlgorithm_sha256",
            f'spdx:checksumValue "{shard.sha256}"^^xsd:hexBinary',
        ]


def _name(term: str) -> str:
    """A short name for a class or property in the IRI of its partition: its local name and what tells it from others."""
    iri = term[1:-1]
    return f"{slug(iri[max(iri.rfind('#'), iri.rfind('/')) + 1 :])}-{digest(iri, length=6)}"


def _namespaces(found: Statistics) -> list[str]:
    terms = {term[1:-1] for term in (*found.classes, *found.properties)}
    return sorted({iri[: max(iri.rfind("#"), iri.rfind("/")) + 1] for iri in terms})
