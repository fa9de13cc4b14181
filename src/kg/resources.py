"""The only place that knows where the ontology, the shapes and the questions lie.

In an installed package they travel as ``kg/data``; in the repository they lie at its top, where people look for them.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from kg.errors import WorldError


@lru_cache(maxsize=1)
def _root() -> Path:
    here = Path(__file__).resolve().parent
    for candidate in (here / "data", here.parents[1]):
        if (candidate / "ontology").is_dir() and (candidate / "shapes").is_dir():
            return candidate
    raise WorldError(
        "the ontology of kg is not installed", where=str(here), hint="reinstall kg: pip install --force-reinstall kg"
    )


def ontology_dir() -> Path:
    """The folder of the ontology's modules."""
    return _root() / "ontology"


def shapes_dir() -> Path:
    """The folder of the SHACL shapes and, below ``verify/``, of the rules over the whole graph."""
    return _root() / "shapes"


def ontology_files(*, alignments: bool = False) -> tuple[Path, ...]:
    """The ontology's modules in reading order: header, modules, and on request the alignments to other vocabularies."""
    folders = [ontology_dir(), *([ontology_dir() / "alignments"] if alignments else [])]
    return tuple(path for folder in folders for path in sorted(folder.glob("*.ttl")))


def term_files() -> tuple[Path, ...]:
    """The SKOS schemes."""
    return tuple(sorted((ontology_dir() / "terms").glob("*.ttl")))


def entity_files() -> tuple[Path, ...]:
    """The reference entities."""
    return tuple(sorted((ontology_dir() / "entities").glob("*.ttl")))


def question_files() -> tuple[Path, ...]:
    """The shipped competency questions."""
    return tuple(sorted((ontology_dir() / "questions").glob("*.rq")))


def direct_files() -> tuple[Path, ...]:
    """The rules that give the direct view, as CONSTRUCT queries."""
    return tuple(sorted((ontology_dir() / "direct").glob("*.rq")))


def conflict_files() -> tuple[Path, ...]:
    """The rules that find claims which cannot both hold, as SELECT queries."""
    return tuple(sorted((ontology_dir() / "conflicts").glob("*.rq")))


def corroboration_files() -> tuple[Path, ...]:
    """The rules that find claims which corroborate one another, as SELECT queries."""
    return tuple(sorted((ontology_dir() / "corroborations").glob("*.rq")))


def shape_files() -> tuple[Path, ...]:
    """The shapes of the claim graph: one file per class, and the recommendations."""
    return tuple(path for path in sorted(shapes_dir().glob("*.ttl")) if path.name != "ontology-style.ttl")


def verify_files() -> tuple[Path, ...]:
    """The rules over the whole graph."""
    return tuple(sorted((shapes_dir() / "verify").glob("*.rq")))
