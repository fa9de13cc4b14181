"""Two engines, one meaning: the fast engine against pyshacl on random graphs."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from kg.iris import RDF_TYPE, Triple
from kg.resources import shape_files
from kg.validation import ShapesValidator
from kg.validation.engines import Engine, load_engine
from kg.validation.shacl.constraints import BUILDERS
from kg.validation.shacl.graph import SUBCLASS_OF, Graph
from kg.validation.shapes import read_shapes
from kg.vocab import DEFAULT_BASE, KGT, PREFIXES
from tests.validation.base import HERE

SH, XSD = PREFIXES["sh"], PREFIXES["xsd"]
QUIETLY = settings(max_examples=40, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
pytestmark = [
    pytest.mark.filterwarnings("ignore:Parsing weird boolean"),  # rdflib's word for a literal that is a finding
    pytest.mark.filterwarnings("ignore:NotImplemented should not be used:DeprecationWarning"),  # within rdflib
]

# --------------------------------------------------------------------------- the shapes of kg

SHAPES = Graph(read_shapes(shape_files()))
CLASSES = sorted(
    {cls for b in SHAPES.out.values() for p in ("targetClass", "class") for cls in b.get(f"<{SH}{p}>", ())}
)
PATHS = sorted({path for block in SHAPES.out.values() for path in block.get(f"<{SH}path>", ()) if path[0] == "<"})
DOC = f"{DEFAULT_BASE}id/doc/0123456789abcdef"
NODES = [f"<{DOC}>", f"<{DOC}#char=0,9>", f"<{DOC}#char=0,9;selector>", "<http://e/x>", "<http://e/y>", "_:b"]
CONCEPTS = [
    f"<{KGT}{name}>" for name in ("affirmed", "factual", "attack", "controls", "holds-post", "drone", "instruments")
]
NUMBERS = [
    *(f'"{n}"^^<{XSD}integer>' for n in ("-1", "0", "1", "01", "11", "12")),
    *(f'"{n}"^^<{XSD}decimal>' for n in ("0.0", "0.5", "10.5", "10.50", "-1.0")),
    *(f'"{n}"^^<{XSD}double>' for n in ("1e0", "1.1e1", "INF", "-INF")),
]
DAYS = [f'"2024-05-{n}Z"^^<{XSD}dateTime>' for n in ("10T00:00:00", "09T23:59:59", "10T23:59:59", "11T00:00:00")]
LITERALS = [
    *(
        '""',
        '"a"',
        '"a\\n"',
        '"a"@en',
        '"b"@en',
        '""@fr',
        '"2024-05-10"',
        '"0123456789abcdef"',
        '"en"',
        f'"{"0" * 64}"',
    ),
    *(f'"{n}"^^<{XSD}boolean>' for n in ("true", "0", "yes")),
    *(f'"{n}"^^<{XSD}dateTime>' for n in ("2024-05-32T00:00:00Z", "2024-05-10T00:00:00")),
    f'"x"^^<{XSD}integer>',
]
COMPARED = ("deaths", "injured", "confidence", "start>", "end>", "earliest", "latest")
"""What SPARQL does not compare, pyshacl orders all the same, or gives up: numbers stand beside numbers here, and so on."""


def _values(path: str) -> st.SearchStrategy[str]:
    if path.endswith(("earliest>", "latest>")):
        return st.sampled_from(DAYS)
    if any(name in path for name in COMPARED):
        return st.sampled_from(NUMBERS)
    return st.sampled_from([*NODES, *CONCEPTS, *LITERALS, *NUMBERS, *DAYS])


TYPED = st.tuples(st.sampled_from(NODES), st.just(RDF_TYPE), st.sampled_from(CLASSES))
SAID = st.sampled_from(PATHS).flatmap(lambda path: st.tuples(st.sampled_from(NODES), st.just(path), _values(path)))


OURS = st.tuples(st.lists(TYPED, min_size=5, max_size=12), st.lists(SAID, min_size=20, max_size=50)).map(
    lambda t: t[0] + t[1]
)


def test_random_graphs_of_our_vocabulary_give_the_same_findings(
    fast: ShapesValidator, reference: ShapesValidator
) -> None:
    checks: set[str] = set()

    @QUIETLY
    @given(graph=OURS)
    def compare(graph: list[Triple]) -> None:
        found = fast.validate(graph, document="x")
        assert found == reference.validate(graph, document="x")
        checks.update(finding.check for finding in found)

    compare()
    assert len(checks) > 50, "the graphs are about something"


# --------------------------------------------------------------------------- the whole of SHACL Core

E = "http://e/"
PLACES = [f"<{E}n1>", f"<{E}n2>", f"<{E}n3>", "_:n4"]
WORDS = [
    '"a"',
    '"a"@en',
    '"B"@fr',
    '"bad"@en-gb',
    '"abcdef"',
    '"a\\n"',
    '"1"@en',
    '"a"@de',
    '""',
    '"b\\nd"',
    f'"x"^^<{E}d>',
]
MOMENTS = [
    f'"{n}"^^<{XSD}dateTime>'
    for n in ("2024-01-01T00:00:00Z", "2024-01-01T01:00:00+02:00", "2024-12-31T23:59:59.5Z", "2025-01-01T00:00:00Z")
]
OTHERS = [f'"x"^^<{XSD}integer>', f'"true"^^<{XSD}boolean>', f'"2024-02-30"^^<{XSD}date>', f'"1"^^<{XSD}boolean>']


@pytest.fixture(scope="module")
def engines() -> tuple[Engine, Engine]:
    shapes = read_shapes([HERE / "core.ttl"])
    taxonomy = [
        (f"<{E}{sub}>", SUBCLASS_OF, f"<{E}{sup}>") for sub, sup in (("AA", "A"), ("BB", "B"), ("B", "C"), ("C", "B"))
    ]
    return load_engine("fast", shapes, taxonomy), load_engine("pyshacl", shapes, taxonomy)


MEMBER = st.tuples(
    st.sampled_from(PLACES), st.just(RDF_TYPE), st.sampled_from([f"<{E}{c}>" for c in ("A", "AA", "B", "BB", "C", "D")])
)


def links(predicates: str, values: list[str]) -> st.SearchStrategy[Triple]:
    names = [f"<{E}{name}>" for name in predicates.split()]
    return st.tuples(st.sampled_from(PLACES), st.sampled_from(names), st.sampled_from(values))


LINK = st.one_of(
    links("p q", PLACES),
    links("p q s u", [*WORDS, *OTHERS, *NUMBERS, *PLACES]),
    links("s", ['"a"@en', '"b"@en', '"c"@en', '"d"@fr', *WORDS]),
    links("r r1 r2", NUMBERS),
    links("t t1 t2", MOMENTS),
)


ANY = st.tuples(st.lists(MEMBER, min_size=2, max_size=8), st.lists(LINK, min_size=10, max_size=25)).map(
    lambda t: t[0] + t[1]
)


FULL = [
    *((place, RDF_TYPE, f"<{E}{cls}>") for place, cls in zip(PLACES, ("A", "B", "D", "BB"), strict=True)),
    *((PLACES[0], f"<{E}{name}>", value) for name in "su" for value in WORDS),
    *((PLACES[0], f"<{E}r>", value) for value in NUMBERS),
    *((PLACES[0], f"<{E}{name}>", value) for name in ("t", "t1", "t2") for value in MOMENTS),
    *((PLACES[0], f"<{E}{name}>", NUMBERS[0]) for name in ("r1", "r2")),
    *((PLACES[1], f"<{E}p>", value) for value in PLACES),
    *((PLACES[0], f"<{E}q>", value) for value in PLACES),
    (PLACES[2], f"<{E}p>", PLACES[2]),
    (PLACES[2], f"<{E}u>", PLACES[2]),
    ("<http://e/lone>", RDF_TYPE, f"<{E}A>"),
    ("<http://e/lone>", f"<{E}p>", "<http://e/lone>"),
    ("<http://e/lone>", f"<{E}r>", "<http://e/lone>"),
    ("<http://e/bare>", RDF_TYPE, f"<{E}B>"),
]
"""A graph that breaks every component."""


def test_random_graphs_give_the_same_results_for_every_component(engines: tuple[Engine, Engine]) -> None:
    fast, reference = engines
    components: set[str] = set()

    @settings(QUIETLY, max_examples=100)
    @given(graph=ANY)
    @example(graph=FULL)
    def compare(graph: list[Triple]) -> None:
        found = set(fast.results(graph))
        assert found == set(reference.results(graph))
        components.update(result.component for result in found)

    compare()
    assert BUILDERS.keys() - components == set()
