"""Shapes that need more than SHACL Core: the fast engine refuses them, and ``auto`` takes pyshacl."""

from __future__ import annotations

import pytest

from kg.errors import DataError
from kg.iris import RDF_TYPE, Triple
from kg.validation.engines import load_engine
from kg.validation.shacl.graph import SUBCLASS_OF
from kg.vocab import PREFIXES

SH = PREFIXES["sh"]
E = "http://e/"
CONSTRAINT: list[Triple] = [
    (f"<{E}shape>", f"<{SH}targetNode>", f"<{E}focus>"),
    (f"<{E}shape>", f"<{SH}sparql>", "_:constraint"),
    ("_:constraint", f"<{SH}select>", f'"SELECT $this WHERE {{ $this <{E}p> ?value }}"'),
]


def component(*classes: Triple, kind: str) -> list[Triple]:
    """A component with one parameter, ``e:least``, whose value may not be the focus node's ``e:p``."""
    return [
        *classes,
        (f"<{E}component>", RDF_TYPE, kind),
        (f"<{E}component>", f"<{SH}parameter>", f"<{E}parameter>"),
        (f"<{E}component>", f"<{SH}nodeValidator>", "_:validator"),
        (f"<{E}parameter>", f"<{SH}path>", f"<{E}least>"),
        ("_:validator", RDF_TYPE, f"<{SH}SPARQLSelectValidator>"),
        ("_:validator", f"<{SH}select>", f'"SELECT $this WHERE {{ $this <{E}p> $least }}"'),
        (f"<{E}shape>", RDF_TYPE, f"<{SH}NodeShape>"),
        (f"<{E}shape>", f"<{SH}targetNode>", f"<{E}focus>"),
        (f"<{E}shape>", f"<{E}least>", '"a"'),
    ]


SHAPES = {
    "constraint": CONSTRAINT,
    "component": component(kind=f"<{SH}ConstraintComponent>"),
    "component of a subclass": component(
        (f"<{E}Component>", SUBCLASS_OF, f"<{SH}ConstraintComponent>"), kind=f"<{E}Component>"
    ),
}


@pytest.mark.parametrize("shapes", SHAPES.values(), ids=SHAPES)
def test_the_fast_engine_refuses_what_it_would_not_check(shapes: list[Triple]) -> None:
    with pytest.raises(DataError) as caught:
        load_engine("fast", shapes, ())
    assert caught.value.code == "shapes.core"


@pytest.mark.parametrize("shapes", SHAPES.values(), ids=SHAPES)
def test_such_shapes_are_checked_all_the_same(shapes: list[Triple]) -> None:
    engine = load_engine("auto", shapes, ())
    assert [result.focus for result in engine.results([(f"<{E}focus>", f"<{E}p>", '"a"')])] == [f"<{E}focus>"]
    assert list(engine.results([(f"<{E}focus>", f"<{E}q>", '"a"')])) == []


def test_a_result_names_the_parameter_of_a_component_of_shacl_and_any_other_component() -> None:
    focus: list[Triple] = [(f"<{E}focus>", f"<{E}p>", '"a"')]
    found = [
        result.component for shapes in SHAPES.values() for result in load_engine("auto", shapes, ()).results(focus)
    ]
    assert found == [f"<{SH}sparql>", f"<{E}component>", f"<{E}component>"]


def test_prefixes_are_known_by_way_of_imports() -> None:
    owl = PREFIXES["owl"]
    shapes: list[Triple] = [
        (f"<{E}shape>", f"<{SH}targetNode>", f"<{E}focus>"),
        (f"<{E}shape>", f"<{SH}sparql>", "_:constraint"),
        ("_:constraint", f"<{SH}select>", '"SELECT $this WHERE { $this far:p ?value }"'),
        ("_:constraint", f"<{SH}prefixes>", f"<{E}near>"),
        (f"<{E}near>", f"<{owl}imports>", f"<{E}far>"),
        (f"<{E}far>", f"<{owl}imports>", f"<{E}near>"),
        (f"<{E}far>", f"<{SH}declare>", "_:prefix"),
        ("_:prefix", f"<{SH}prefix>", '"far"'),
        ("_:prefix", f"<{SH}namespace>", f'"{E}"^^<{PREFIXES["xsd"]}anyURI>'),
    ]
    results = load_engine("pyshacl", shapes, ()).results([(f"<{E}focus>", f"<{E}p>", '"a"')])
    assert [result.focus for result in results] == [f"<{E}focus>"]


@pytest.mark.parametrize(
    "query", ["SELECT $this WHERE { $this far:p ?v }", "SELECT $this {", "ASK { GRAPH $shapesGraph {} }"]
)
def test_a_constraint_that_pyshacl_cannot_run_is_an_error_of_kg(query: str) -> None:
    shapes = [(s, p, f'"{query}"' if p == f"<{SH}select>" else o) for s, p, o in CONSTRAINT]
    with pytest.raises(DataError):
        list(load_engine("pyshacl", shapes, ()).results([(f"<{E}focus>", f"<{E}p>", '"a"')]))
