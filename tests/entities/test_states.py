"""The states: complete, written from the tables, in agreement with CLDR."""

from __future__ import annotations

from pathlib import Path

import pytest
from babel import Locale
from training.states import CAPITALS, STATES, english_forms, french_forms, read_table, render

from kg.errors import DataError
from kg.linking import Registry, match_key
from kg.resources import ontology_dir
from kg.vocab import REFERENCE_BASE
from tests.entities.conftest import Described

UN_MEMBERS = (Path(__file__).parent / "un-members.txt").read_text(encoding="utf-8").split()
"""The ISO 3166-1 codes of the members of the United Nations."""
OBSERVERS = ["PS", "VA"]
ALSO_PARTIES = ["TW", "XK"]
CONTESTED_CAPITAL = {"agent/israel", "agent/palestine"}

DEFAULT_MEANING = {
    "américain": "united-states",
    "états-unien": "united-states",
    "American": "united-states",
    "azéri": "azerbaijan",
    "azerbaïdjanaises": "azerbaijan",
    "centrafricaine": "central-african-republic",
    "congolais": "democratic-republic-of-the-congo",
    "Congolese": "democratic-republic-of-the-congo",
    "rd-congolaise": "democratic-republic-of-the-congo",
    "coréen": "south-korea",
    "nord-coréennes": "north-korea",
    "sud-coréens": "south-korea",
    "dominicaine": "dominican-republic",
    "dominiquais": "dominica",
    "Dominican": "dominican-republic",
    "guinéen": "guinea",
    "bissau-guinéen": "guinea-bissau",
    "équato-guinéenne": "equatorial-guinea",
    "nigérian": "nigeria",
    "nigérien": "niger",
    "Nigerien": "niger",
    "Nigerian": "nigeria",
    "soudanais": "sudan",
    "sud-soudanaises": "south-sudan",
    "turques": "turkey",
    "grecque": "greece",
    "Frenchmen": "france",
    "Azerbaijanis": "azerbaijan",
}


def test_the_committed_file_is_what_the_tables_give() -> None:
    committed = (ontology_dir() / "entities" / "states.ttl").read_text(encoding="utf-8")
    assert render(read_table(STATES), read_table(CAPITALS)) == committed


def test_the_list_is_the_united_nations_their_observers_kosovo_and_taiwan(states: list[Described]) -> None:
    codes = [row["code"] for row in read_table(STATES)]
    assert len(UN_MEMBERS) == 193
    assert sorted(codes) == sorted([*UN_MEMBERS, *OBSERVERS, *ALSO_PARTIES])
    assert sorted(row["slug"] for row in read_table(STATES)) == sorted(str(s).removeprefix("agent/") for s in states)


def test_every_state_has_demonyms_in_both_languages_and_a_territory_of_its_names(
    states: list[Described], entities: dict[str, Described]
) -> None:
    country = {owner: place for place in entities.values() for owner in place.territory_of}
    assert [str(s) for s in states if {lang for _, lang in s.demonyms} != {"en", "fr"}] == []
    assert [str(s) for s in states if sorted(country[s.iri].labels) != sorted(s.labels)] == []


def test_every_state_has_one_capital_and_where_it_is_contested_only_seats(
    states: list[Described], entities: dict[str, Described]
) -> None:
    without = {str(state) for state in states if not state.capitals}
    assert without == CONTESTED_CAPITAL
    assert [
        str(s) for s in states if len(s.capitals) > 1 or {entities[c].types[0] for c in s.capitals} > {"Place"}
    ] == []
    seated = {str(e): {text for text, _ in e.seats} for e in entities.values()}
    assert seated["agent/israel"] == {"Jerusalem", "Tel Aviv", "Jérusalem", "Tel-Aviv"}
    assert seated["agent/palestinian-authority"] == {"Ramallah"}


def test_a_capital_is_written_in_both_languages_and_names_its_state_alone(states: list[Described]) -> None:
    capitals = [capital for state in states for capital in state.capitals]
    assert len(capitals) == len(set(capitals)) == len(states) - len(CONTESTED_CAPITAL)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_name_of_cldr_finds_its_state(language: str, registry: Registry) -> None:
    names = Locale(language).territories
    slugs = {row["code"]: f"{REFERENCE_BASE}id/agent/{row['slug']}" for row in read_table(STATES)}
    assert {code: names[code] for code, iri in slugs.items() if registry.find(names[code], "State") != iri} == {}


@pytest.mark.parametrize(("demonym", "slug"), DEFAULT_MEANING.items())
def test_a_shared_demonym_stands_on_the_state_that_newswire_means(
    demonym: str, slug: str, states: list[Described]
) -> None:
    meant = [str(s) for s in states if match_key(demonym) in {match_key(text) for text, _ in s.demonyms}]
    assert meant == [f"agent/{slug}"]


@pytest.mark.parametrize(
    ("masculine", "forms"),
    [
        ("russe", ("russe", "russes")),
        ("arménien", ("arménien", "arménienne", "arméniens", "arméniennes")),
        ("letton", ("letton", "lettonne", "lettons", "lettonnes")),
        ("azerbaïdjanais", ("azerbaïdjanais", "azerbaïdjanaise", "azerbaïdjanaises")),
        ("afghan", ("afghan", "afghane", "afghans", "afghanes")),
        ("qatari", ("qatari", "qatarie", "qataris", "qataries")),
        ("turc/turque/turcs/turques", ("turc", "turque", "turcs", "turques")),
        ("ni-vanuatu/ni-vanuatu", ("ni-vanuatu",)),
    ],
)
def test_a_french_demonym_takes_the_forms_of_the_general_rule_unless_all_are_given(
    masculine: str, forms: tuple[str, ...]
) -> None:
    assert french_forms(masculine) == forms


def test_an_english_demonym_takes_a_plural_where_the_table_asks_for_it() -> None:
    assert english_forms("Armenian+s") == ("Armenian", "Armenians")
    assert english_forms("French") == ("French",)


def test_a_line_with_a_missing_cell_is_refused_with_its_place(tmp_path: Path) -> None:
    table = tmp_path / "states.tsv"
    table.write_text("code\tslug\nAM\tarmenia\nAZ\n", encoding="utf-8")
    with pytest.raises(DataError) as caught:
        read_table(table)
    assert caught.value.where == "states.tsv:3"


def test_a_capital_of_an_unknown_state_is_refused_with_its_place() -> None:
    rows = read_table(CAPITALS)
    with pytest.raises(DataError) as caught:
        render([], rows)
    assert caught.value.where == "capitals.tsv:2"
