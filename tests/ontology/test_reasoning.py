"""The ontology under a real reasoner: consistent, satisfiable, in OWL 2 DL, and able to contradict.

Without Java these tests are skipped, unless KG_REASONER=required says that Java must be there, as it does in CI.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterable
from pathlib import Path

import owlready2
import pytest

from kg import ontology
from kg.cli import run
from kg.errors import DataError, WorldError
from kg.iris import Triple
from kg.resources import ontology_files, term_files
from kg.vocab import PREFIXES

if shutil.which("java") is None and os.environ.get("KG_REASONER") != "required":
    pytest.skip("the reasoner needs Java", allow_module_level=True)

BASE = Path(__file__).parents[1] / "validation" / "base.trig"
PREFIX = (
    "".join(f"@prefix {name}: <{iri}> . " for name, iri in PREFIXES.items()) + "@prefix : <https://example.org/> . "
)
CLAIM = (
    ":c a kg:EventClaim ; kg:about :e ; kg:claimant :a ; kg:polarity kgt:affirmed . :e a kg:Event . :a a kg:State . "
)


def triples(turtle: str) -> list[Triple]:
    """Read Turtle with our prefixes."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "data.ttl"
        path.write_text(PREFIX + turtle, encoding="utf-8")
        return list(ontology.read_triples([path]))


def test_the_ontology_is_consistent_and_every_class_can_have_a_member() -> None:
    verdict = ontology.reason()
    assert verdict == ontology.Verdict(is_consistent=True)


def test_it_stays_so_with_the_alignments_and_a_whole_graph_which_then_has_types_of_its_own() -> None:
    verdict = ontology.reason(ontology.read_triples([BASE]), alignments=True)
    assert verdict.is_consistent
    assert verdict.unsatisfiable == ()
    inferred = {cls.rpartition("#")[2].rstrip(">") for _, _, cls in verdict.types}
    assert {"RelayedClaim", "ContestedClaim"} <= inferred


CONTRADICTIONS = {
    "an agent that is a place": ":a a kg:State , kg:Place .",
    "a person that is an organization": ":a a kg:Person , kg:GovernmentBody .",
    "a state that is a newspaper": ":a a kg:State , kg:MediaOrganization .",
    "an event claim about a place": f"{CLAIM} :e a kg:Place .",
    "an event claim about two events": f"{CLAIM} :c kg:about :f . :f a kg:Event . :e owl:differentFrom :f .",
    "a claim of two kinds": f"{CLAIM} :c a kg:StanceClaim .",
    "a claim that contradicts itself": f"{CLAIM} :c kg:contradicts :c .",
    "content on an event": ":e a kg:Event ; kg:actor :a .",
    "a claim by a place": f"{CLAIM} :c kg:claimant :p . :p a kg:Place .",
    "a claim affirmed and denied": f"{CLAIM} :c kg:polarity kgt:denied .",
    "two tolls in one claim": f"{CLAIM} :c kg:deathsBest 3 , 4 .",
    "a post held by an organization": ":c a kg:PostHoldingClaim ; kg:subject :o . :o a kg:GovernmentBody .",
    "an organization held as a post": ":c a kg:PostHoldingClaim ; kg:object :o . :o a kg:GovernmentBody .",
    "a passage of two documents": ":s a kg:Span ; oa:hasSource :d , :e . :d a kg:Document . :e a kg:Document . "
    ":d owl:differentFrom :e .",
    "a passage that is a claim": f"{CLAIM} :c a kg:Span .",
}


@pytest.mark.parametrize("turtle", CONTRADICTIONS.values(), ids=CONTRADICTIONS.keys())
def test_a_planted_contradiction_is_found(turtle: str) -> None:
    assert not ontology.reason(triples(turtle), explain=False).is_consistent


def test_two_claims_that_contradict_each_other_are_no_contradiction() -> None:
    rival = ":d a kg:EventClaim ; kg:about :e ; kg:claimant :b ; kg:polarity kgt:denied ; kg:contradicts :c . :b a kg:State ."
    assert ontology.reason(triples(CLAIM + rival)).is_consistent


def test_the_conflict_is_a_smallest_set_of_assertions() -> None:
    steps: list[int] = []
    verdict = ontology.reason(triples(f"{CLAIM} :x a kg:Place . :y a kg:Group . :y a kg:Place ."), step=steps.append)
    kinds = {(subject, value.rpartition("#")[2].rstrip(">")) for subject, _, value in verdict.conflict}
    assert kinds == {("<https://example.org/y>", "Group"), ("<https://example.org/y>", "Place")}
    assert len(steps) > 2


def profile_violations(files: Iterable[Path], folder: Path) -> tuple[int, list[str]]:
    """How many axioms there are, and what in them is not OWL 2 DL."""
    document = folder / "ontology.nt"
    document.write_text("".join(f"{s} {p} {o} .\n" for s, p, o in ontology.read_triples(files)), encoding="utf-8")
    jar = Path(owlready2.__file__).parent / "hermit" / "HermiT.jar"
    source = Path(__file__).with_name("Owl2DlProfile.java")
    done = subprocess.run(
        ["java", "-cp", str(jar), str(source), str(document)], capture_output=True, text=True, check=True
    )
    first, *rest = done.stdout.splitlines()
    return int(first.split()[1]), rest


def test_the_ontology_and_its_alignments_are_owl_2_dl(tmp_path: Path) -> None:
    axioms, violations = profile_violations((*ontology_files(alignments=True), *term_files()), tmp_path)
    assert axioms > 1000
    assert violations == []


def test_the_profile_check_finds_what_is_not_owl_2_dl(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.ttl"
    wrong.write_text(f"{PREFIX} kg:actor a owl:DatatypeProperty . :x kg:actor :y .", encoding="utf-8")
    assert profile_violations((*ontology_files(), wrong), tmp_path)[1] != []


# --------------------------------------------------------------------------- what may go wrong


def test_an_ill_formed_literal_is_the_datas_fault() -> None:
    with pytest.raises(DataError, match="cannot read a literal") as caught:
        ontology.reason(triples(f'{CLAIM} :c kg:deathsBest "many"^^xsd:integer .'))
    assert "kg validate" in str(caught.value.hint)


def test_without_java_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(WorldError, match="needs Java") as caught:
        ontology.reason()
    assert "apt install" in str(caught.value.hint)


def test_no_python_module_is_imported_and_nothing_is_fetched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    witness = tmp_path / "witness"
    (tmp_path / "evil_module.py").write_text(f"open({str(witness)!r}, 'w').close()\n", encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.chdir(tmp_path)
    owlready = "http://www.lesfleursdunormal.fr/static/_downloads/owlready_ontology.owl#"
    turtle = (
        f'<https://w3id.org/kg-news/ontology> <{owlready}python_module> "evil_module" ; '
        "owl:imports <http://127.0.0.1:9/none.owl> ."
    )
    assert ontology.reason(triples(turtle)).is_consistent
    assert not witness.exists()


def test_the_command_tells_the_verdict_and_writes_the_types(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    types = tmp_path / "types.nt"
    assert run(["reason", str(BASE), "--types", str(types)]) == 0
    assert "consistent; " in capsys.readouterr().out
    assert "RelayedClaim" in types.read_text(encoding="utf-8")
    bad = tmp_path / "bad.ttl"
    bad.write_text(f"{PREFIX} :a a kg:State , kg:Place .", encoding="utf-8")
    assert run(["reason", str(bad), "--format", "json"]) == 1
    assert '"consistent": false' in capsys.readouterr().out
