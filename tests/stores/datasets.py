"""Invented datasets of named graphs, as ``kg build`` writes them: one run of sorted N-Quads for each graph."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from kg.vocab import DEFAULT_BASE

Graphs = dict[str, list[str]]
"""N-Triples lines (without line end) by the IRI of the graph."""

ONTOLOGY: Final = f"{DEFAULT_BASE}ontology/"
_XSD: Final = "http://www.w3.org/2001/XMLSchema#"
_TYPE: Final = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"


def dice(seed: int) -> random.Random:
    """Random numbers that are the same for the same seed."""
    return random.Random(seed)  # noqa: S311 - no secret is drawn


def document_graph(number: int, base: str = DEFAULT_BASE) -> str:
    """The IRI of the graph of the n-th document."""
    return f"{base}graph/" + hashlib.sha256(f"document {number}".encode()).hexdigest()[:16]


def make_graphs(draw: random.Random, documents: int, claims: int = 6, base: str = DEFAULT_BASE) -> Graphs:
    """Documents with so many claims each, and the graph of entities."""
    graphs = {document_graph(n, base): make_document(draw, document_graph(n, base), claims) for n in range(documents)}
    places = [f"<{base}id/place/{n}>" for n in range(5)]
    graphs[f"{base}graph/entities"] = sorted(
        line
        for n, place in enumerate(places)
        for line in (f"{place} {_TYPE} <{ONTOLOGY}Place> .", f'{place} <{ONTOLOGY}name> "Place {n}"@en .')
    )
    return graphs


def make_document(draw: random.Random, graph: str, claims: int) -> list[str]:
    """The lines of one document, by its graph; each draw tells other things of it."""
    base, key = graph.removesuffix("/").rsplit("graph/", 1)
    lines = [f"<{base}id/document/{key}> {_TYPE} <{ONTOLOGY}Document> ."]
    for index in range(claims):
        claim = f"<{base}id/claim/{key}/c{index}>"
        words = ox.Literal("".join(draw.choices('abcdé "\\\n\t', k=12)), language=draw.choice(["en", "fr"]))
        lines += [
            f"{claim} {_TYPE} <{ONTOLOGY}Claim> .",
            f"{claim} <{ONTOLOGY}text> {words} .",
            f'{claim} <{ONTOLOGY}start> "{draw.randint(0, 5000)}"^^<{_XSD}integer> .',
            f"{claim} <{ONTOLOGY}place> <{base}id/place/{draw.randint(0, 4)}> .",
        ]
    return sorted(set(lines))


def change(draw: random.Random, graphs: Mapping[str, list[str]], share: float) -> Graphs:
    """The next version: a share of the documents tells something else, in one line only or in all."""
    changed = {name: list(lines) for name, lines in graphs.items()}
    documents = [name for name in graphs if not name.endswith("entities")]
    for name in draw.sample(documents, max(1, round(share * len(documents)))):
        if draw.random() < 0.5:
            changed[name] = make_document(draw, name, len(graphs[name]) // 4)
        else:
            spot = draw.randrange(len(changed[name]))
            subject = changed[name][spot].split(" ", 1)[0]
            changed[name][spot] = f'{subject} <{ONTOLOGY}note> "{draw.randint(0, 10**9)}" .'
            changed[name].sort()
    return changed


def write_nquads(path: Path, graphs: Mapping[str, list[str]]) -> Path:
    """Write a dataset as ``kg build`` does."""
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = (f"{line[:-2]} <{name}> .\n" for name, triples in graphs.items() for line in triples)
    path.write_text("".join(lines), encoding="utf-8", newline="\n")
    return path


def write_project(folder: Path, graphs: Mapping[str, list[str]], base: str = DEFAULT_BASE, stores: str = "") -> Path:
    """A project whose build is the dataset: a kg.toml and out/kg.nq."""
    write_nquads(folder / "out" / "kg.nq", graphs)
    (folder / "kg.toml").write_text(f'[project]\nbase = "{base}"\n{stores}', encoding="utf-8")
    return folder


def quads(graphs: Mapping[str, list[str]]) -> set[ox.Quad]:
    """The dataset as quads."""
    return {
        ox.Quad(quad.subject, quad.predicate, quad.object, ox.NamedNode(name))
        for name, lines in graphs.items()
        for quad in ox.parse("\n".join(lines).encode(), format=ox.RdfFormat.N_TRIPLES)
    }
