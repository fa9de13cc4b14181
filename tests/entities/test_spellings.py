"""Spellings of reports, in either language, meet in one IRI: the cases stand in ``spellings.tsv``."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.iris import Minter
from kg.linking import Linker, Registry
from kg.records import Entity
from kg.vocab import REFERENCE_BASE, EntityType

_LINES = (Path(__file__).parent / "spellings.tsv").read_text(encoding="utf-8").splitlines()
CASES = [line.split("\t") for line in _LINES if not line.startswith("#")]


def test_there_are_enough_cases() -> None:
    assert len(CASES) >= 100
    assert all(len(case) >= 4 for case in CASES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case[1])
def test_spellings_meet_in_one_iri(case: list[str], registry: Registry) -> None:
    entity_type, iri, *spellings = case
    found = {spelling: registry.find(spelling, entity_type) for spelling in spellings}
    assert found == dict.fromkeys(spellings, f"{REFERENCE_BASE}id/{iri}")


@pytest.mark.parametrize(
    ("name", "entity_type", "territory"),
    [
        ("Arménie", "State", "armenia"),
        ("Mexique", "State", "mexico"),
        ("Republic of Artsakh", "DeFactoAuthority", "nagorno-karabakh"),
        ("République d'Abkhazie", "DeFactoAuthority", "abkhazia"),
        ("RTCN", "DeFactoAuthority", "northern-cyprus"),
    ],
)
def test_the_name_of_a_party_that_stands_for_a_place_means_its_territory(
    name: str, entity_type: EntityType, territory: str, registry: Registry
) -> None:
    linker = Linker(registry, Minter("https://example.org/"))
    mention = Entity(text=name, span=(0, len(name)), name=name, type=entity_type)
    assert linker.place(mention, "0" * 16).iri == f"{REFERENCE_BASE}id/place/{territory}"


@pytest.mark.parametrize(
    ("name", "entity_type"),
    [
        ("Paris", "Person"),
        ("Vladimir Putin", "State"),
        ("Kremlin", "State"),
        ("arménien", "State"),
        ("Milan R.", "Person"),
    ],
)
def test_what_is_no_name_of_this_kind_finds_nothing(name: str, entity_type: str, registry: Registry) -> None:
    assert registry.find(name, entity_type) is None
