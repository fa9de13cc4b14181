"""What a bulk export says of itself: counted statistics and files, in VoID and DCAT.

VoID (https://www.w3.org/TR/void/) has the statistics and the partitions by class and property, DCAT 3
(https://www.w3.org/TR/vocab-dcat-3/) the files with their sizes and SPDX checksums. There are no blank nodes: whatever the
description names has an IRI below that of the dataset, and files are named relative to the description, so that the folder may
be published anywhere.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
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
_DIGEST: Final = 14
"""Bytes of the digest that stands for a term: no two of 10^16 are to be expected to meet."""
_SUBJECT, _OBJECT, _FIRST_CLASS = range(3)
_TYPE: Final = RDF_TYPE.encode()


@dataclass(frozen=True, slots=True)
class Shard:
    """A file of the export: its name, quads, bytes and SHA-256 (hexadecimal)."""

    name: str
    quads: int
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Statistics:
    """What was counted.

    `quads` are statements, each as often as there are graphs that make it; `subjects` and `objects` are distinct. `classes`
    says how many distinct things are of a class, `properties` how many statements have a property; both by term, sorted.
    """

    quads: int
    graphs: int
    subjects: int
    objects: int
    classes: Mapping[str, int]
    properties: Mapping[str, int]


class DistinctTerms:
    """Counts distinct terms exactly, by kind, in memory that does not grow with their number.

    The digests of the terms go to files by their first bits; at the end one file at a time is read. Use it as a context
    manager; the files go with it.

    Args:
        folder: where the files are written.
    """

    def __init__(self, folder: Path) -> None:
        self._paths = [folder / f".{number}.terms" for number in range(_BUCKETS)]
        self._files: list[IO[bytes]] = []
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        self._files = [self._stack.enter_context(path.open("w+b")) for path in self._paths]
        return self

    def add(self, term: bytes, kind: int) -> None:
        """Note one term as one of a kind (0 to 65,535)."""
        key = hashlib.blake2b(term, digest_size=_DIGEST).digest()
        self._files[key[0] % _BUCKETS].write(key + kind.to_bytes(2))

    def count(self) -> Counter[int]:
        """How many terms of each kind were noted, each once."""
        total: Counter[int] = Counter()
        for file in self._files:
            file.seek(0)
            keys = file.read()
            width = _DIGEST + 2
            noted = {keys[start : start + width] for start in range(0, len(keys), width)}
            total.update(int.from_bytes(key[_DIGEST:]) for key in noted)
        return total

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()
        for path in self._paths:
            path.unlink(missing_ok=True)


class Counting:
    """Counts the lines of N-Quads that are exported, one after the other. Use it as a context manager."""

    def __init__(self, folder: Path) -> None:
        self._terms = DistinctTerms(folder)
        self._quads = 0
        self._classes: dict[bytes, int] = {}
        self._properties: Counter[bytes] = Counter()

    def __enter__(self) -> Self:
        self._terms.__enter__()
        return self

    def add(self, line: bytes) -> None:
        """Count one line of canonical N-Quads: one space between terms, the graph named."""
        subject, predicate, rest = line.split(b" ", 2)
        value = rest[: rest.rindex(b" <")]
        self._quads += 1
        self._properties[predicate] += 1
        self._terms.add(subject, _SUBJECT)
        self._terms.add(value, _OBJECT)
        if predicate == _TYPE:
            kind = self._classes.setdefault(value, len(self._classes) + _FIRST_CLASS)
            self._terms.add(subject, kind)

    def close(self, graphs: int) -> Statistics:
        """Finish: what was counted, in so many graphs."""
        found = self._terms.count()
        return Statistics(
            quads=self._quads,
            graphs=graphs,
            subjects=found[_SUBJECT],
            objects=found[_OBJECT],
            classes={term.decode(): found[kind] for term, kind in sorted(self._classes.items())},
            properties={term.decode(): n for term, n in sorted(self._properties.items())},
        )

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._terms.__exit__(kind, error, trace)


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
    classes = [(f"class-{_name(term)}", term, n) for term, n in found.classes.items()]
    properties = [(f"property-{_name(term)}", term, n) for term, n in found.properties.items()]
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
