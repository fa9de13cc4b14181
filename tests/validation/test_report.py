"""Findings as text, as JSON and as a SHACL validation report that other tools read."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import fields, replace

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import example, given
from hypothesis import strategies as st
from rdflib.namespace import RDF, Namespace

from kg.iris import boolean, quoted
from kg.records import Finding
from kg.validation import ShapesValidator
from kg.validation.report import as_json, as_text, as_triples
from kg.vocab import KGS, PREFIXES
from tests.validation.base import base_triples, mutations, triples

pytestmark = pytest.mark.filterwarnings("ignore:Parsing weird boolean")  # rdflib's word for a literal that is a finding
SH = PREFIXES["sh"]
PASSAGE = Finding(
    document="0123456789abcdef",
    focus="c1",
    check=f"{KGS}passage-entity",
    path="location.0.text",
    value="Kalvar\n",
    severity="violation",
    message_en="The words of an entity are what stands at its span.",
    message_fr="Les mots d'une entité sont ce qui se trouve à son passage.",
    passage=(3, 9),
)
SHAPE = Finding(
    document="",
    focus="<http://e/c>",
    check=f"{KGS}Claim-polarity",
    path="https://w3id.org/kg-news/ontology#polarity",
    value="<http://e/doubted>",
    severity="warning",
    message_en="A claim has exactly one polarity: affirmed or denied.",
    message_fr="Une affirmation a exactement une polarité : affirmée ou niée.",
    claim="http://e/c",
)
RULE = Finding("", "_:b", f"{KGS}verify-own-voice", None, None, "info", "en", "fr", claim="http://e/d")


@pytest.fixture(scope="module")
def many(fast: ShapesValidator) -> tuple[Finding, ...]:
    """Findings of every kind that the shapes give."""
    added = triples(quad for mutation in mutations() for quad in mutation.added)
    return fast.validate([*base_triples(), *added], document="0123456789abcdef")


Report = dict[str, dict[str, list[str]]]


def report(findings: Sequence[Finding]) -> Report:
    """The report of findings, read back: what is said of each node."""
    written = as_triples(findings)
    read: Report = {}
    text = "".join(f"{s} {p} {o} .\n" for s, p, o in written)
    for quad in ox.parse(text.encode(), format=ox.RdfFormat.N_TRIPLES):
        assert not isinstance(quad.subject, ox.BlankNode)
        assert not isinstance(quad.object, ox.BlankNode)
        value = str(quad).removeprefix(f"{quad.subject} {quad.predicate} ")  # a triple term, too, as it is written
        read.setdefault(str(quad.subject), {}).setdefault(quad.predicate.value.removeprefix(SH), []).append(value)
    assert sum(len(values) for block in read.values() for values in block.values()) == len(set(written))
    return read


def of_class(read: Report, name: str) -> list[dict[str, list[str]]]:
    return [block for block in read.values() if block[f"{PREFIXES['rdf']}type"] == [f"<{SH}{name}>"]]


def values(read: Report, name: str) -> list[str]:
    """The values of a property in all results."""
    return sorted(value for block in of_class(read, "ValidationResult") for value in block.get(name, []))


# --------------------------------------------------------------------------- text


def test_a_finding_is_told_in_a_paragraph() -> None:
    assert list(as_text([PASSAGE])) == [
        "violation: The words of an entity are what stands at its span.",
        "  at: document 0123456789abcdef, characters 3-9, c1",
        "  path: location.0.text",
        "  value: Kalvar\n",
        f"  check: {KGS}passage-entity",
    ]


def test_a_finding_is_told_in_french_on_request() -> None:
    assert next(as_text([PASSAGE], language="fr")) == f"violation: {PASSAGE.message_fr}"


def test_what_is_not_known_is_left_out_and_the_claim_is_named_where_it_is_not_the_focus() -> None:
    assert list(as_text([SHAPE])) == [
        f"warning: {SHAPE.message_en}",
        "  at: <http://e/c>",
        "  path: https://w3id.org/kg-news/ontology#polarity",
        "  value: <http://e/doubted>",
        f"  check: {KGS}Claim-polarity",
    ]
    assert list(as_text([RULE])) == ["info: en", "  at: _:b", "  claim: http://e/d", f"  check: {KGS}verify-own-voice"]


def test_no_finding_is_no_text() -> None:
    assert list(as_text([])) == []


# --------------------------------------------------------------------------- JSON


def test_json_has_every_field_and_reads_back(many: tuple[Finding, ...]) -> None:
    assert len(many) > 100
    back = json.loads(json.dumps(as_json(many)))
    assert {frozenset(entry) for entry in back} == {frozenset(field.name for field in fields(Finding))}
    for entry in back:
        entry["passage"] = tuple(entry["passage"]) if entry["passage"] else None
    assert [Finding(**entry) for entry in back] == list(many)


# --------------------------------------------------------------------------- SHACL


def test_a_report_says_what_the_findings_say(many: tuple[Finding, ...]) -> None:
    found = [
        (
            *(block[name] for name in ("focusNode", "resultSeverity", "sourceShape", "resultMessage")),
            block.get("value", []),
        )
        for block in of_class(report(many), "ValidationResult")
    ]
    # a blank node is told by its name: its own graph is not at hand
    expected = [
        (
            [f.focus if f.focus[0] == "<" else quoted(f.focus)],
            [f"<{SH}{f.severity.capitalize()}>"],
            [f"<{f.check}>"],
            [f"{quoted(f.message_en)}@en", f"{quoted(f.message_fr)}@fr"],
            [] if f.value is None else [f.value if f.value[0] in '<"' else quoted(f.value)],
        )
        for f in many
    ]
    assert found == expected


def test_a_path_that_is_one_property_is_named_and_another_is_not(many: tuple[Finding, ...]) -> None:
    assert values(report(many), "resultPath") == sorted(f"<{f.path}>" for f in many if f.path)
    paths = ("^<http://e/p>", "(<http://e/p>/<http://e/q>)", "<http://e/p>*", "roles.actor.0", "a: b", "http://[")
    others = [
        Finding("", "<http://e/x>", f"{KGS}x{n}", path, None, "violation", "en", "fr") for n, path in enumerate(paths)
    ]
    assert values(report([SHAPE, PASSAGE, RULE, *others]), "resultPath") == [f"<{SHAPE.path}>"]


@pytest.mark.parametrize("findings", [[], [RULE], [SHAPE], [PASSAGE], [SHAPE, RULE]])
def test_a_report_conforms_exactly_where_it_has_no_result_of_whatever_severity(findings: list[Finding]) -> None:
    # https://www.w3.org/TR/shacl/#conforms: a warning, too, is a result
    (whole,) = of_class(report(findings), "ValidationReport")
    assert whole["conforms"] == [boolean(not findings)]


def test_a_report_has_as_many_results_as_findings(many: tuple[Finding, ...]) -> None:
    read = report(many)
    (whole,) = of_class(read, "ValidationReport")
    assert len(whole["result"]) == len(many) == len(of_class(read, "ValidationResult"))
    assert set(whole["result"]) | {next(iter(read))} == set(read)


def test_another_shacl_tool_reads_a_report(many: tuple[Finding, ...]) -> None:
    text = "".join(f"{s} {p} {o} .\n" for s, p, o in as_triples(many))
    graph = rdflib.Graph().parse(data=text, format="nt")
    sh = Namespace(SH)
    (whole,) = graph.subjects(RDF.type, sh.ValidationReport)
    assert graph.value(whole, sh.conforms) == rdflib.Literal(False)
    assert {
        str(focus) for result in graph.objects(whole, sh.result) for focus in graph.objects(result, sh.focusNode)
    } == {f.focus.strip("<>") for f in many}


def test_the_same_findings_give_the_same_report_and_others_another(many: tuple[Finding, ...]) -> None:
    assert as_triples(many) == as_triples(list(many))
    assert as_triples(many)[0][0] != as_triples(many[:-1])[0][0]


def test_a_check_without_an_iri_is_one_of_ours() -> None:
    assert values(report([replace(PASSAGE, check="record")]), "sourceShape") == [f"<{KGS}record>"]


TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))


@given(focus=TEXT, value=TEXT, path=TEXT)
@example(focus='<a:x> . <a:y> <a:z> "', value='"', path='http://e/> "')
@example(focus="", value="", path="")
@example(focus="_:b", value="_:b", path="_:b")
@example(focus='"x" <a:g>', value='"x"@en .', path="a:b")
def test_any_words_of_a_record_make_a_report_that_reads(focus: str, value: str, path: str) -> None:
    # the focus of a check of records is an id or a file and a line, the value what stands there, the path a name in it
    read = report([replace(PASSAGE, focus=focus, value=value, path=path)])
    assert len(read) == 2
    for name, text in (("focusNode", focus), ("value", value)):
        assert values(read, name) in ([quoted(text)], [text])
    assert values(read, "resultPath") in ([], [f"<{path}>"])


@pytest.mark.parametrize(
    "text",
    [
        "<http://e/x>",
        '"x"',
        '"x"@en',
        f'"1"^^<{PREFIXES["xsd"]}integer>',
        '<<( <a:x> <a:y> <<( <a:x> <a:y> "z" )>> )>>',
    ],
)
def test_a_term_stays_a_term(text: str) -> None:
    assert values(report([replace(SHAPE, value=text)]), "value") == [text]
