"""The house: who may import whom, and where each outside package lives."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import kg

SOURCE = Path(kg.__file__).parent
LAYERS = (
    ("errors",),
    ("vocab",),
    ("iris", "records", "analysis", "resources", "project"),
    ("rdf", "web"),
    ("ontology",),
    (
        "sources",
        "language",
        "extraction",
        "claims",
        "linking",
        "coreference",
        "graph",
        "direct",
        "guard",
        "validation",
        "outputs",
        "store",
        "queries",
        "stores",
        "evaluation",
    ),
    ("inputs", "language_model"),
    ("explanation", "remote_queries", "retractions"),
    ("drafting",),
    ("pipeline",),
    ("cli",),
    ("__main__",),
)
"""From the bottom up; a module imports from lower layers and from its own family only."""

USES_WITHIN_LAYER = {("queries", "guard")}
HOMES = {
    "click": "cli",
    "rich": "cli",
    "pyshacl": "validation",
    "shifty": "validation",
    "owlready2": "ontology",
    "pylode": "ontology",
    "httpx": "web",
}


def _level(family: str) -> int:
    return next(level for level, names in enumerate(LAYERS) if family in names)


def _imports() -> list[tuple[str, str]]:
    found = []
    for path in sorted(SOURCE.rglob("*.py")):
        family = path.relative_to(SOURCE).parts[0].removesuffix(".py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                found += [(family, alias.name) for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and node.module:
                found += [
                    (family, f"{node.module}.{alias.name}" if node.module == "kg" else node.module)
                    for alias in node.names
                ]
    return found


def test_every_module_has_its_layer() -> None:
    families = {
        path.name.removesuffix(".py")
        for path in SOURCE.iterdir()
        if path.suffix == ".py" or (path / "__init__.py").exists()
    }
    assert families - {"__init__", "__pycache__", "py"} <= {name for layer in LAYERS for name in layer}


def test_imports_go_down_only() -> None:
    ours = [
        (family, name.split(".")[1])
        for family, name in _imports()
        if name.startswith("kg.") and name != "kg.__version__"
    ]
    assert len(ours) > 50
    wrong = {
        (family, imported)
        for family, imported in ours
        if family not in ("__init__", imported)
        and (family, imported) not in USES_WITHIN_LAYER
        and _level(imported) >= _level(family)
    }
    assert wrong == set()


@pytest.mark.parametrize(("package", "home"), HOMES.items())
def test_an_outside_package_has_one_home(package: str, home: str) -> None:
    assert {family for family, name in _imports() if name.split(".")[0] == package} <= {home}
