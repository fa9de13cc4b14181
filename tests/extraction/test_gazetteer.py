"""Names of reference entities: read from Turtle, matched whatever their spelling, with what each stands for."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import DataError
from kg.extraction.grammar.trie import Trie
from kg.extraction.names.atoms import CAPITALS, INITIAL, LOWER, atom_key, label_keys, read_atoms
from kg.extraction.names.gazetteer import Gazetteer, Known, load_gazetteer
from kg.language import analyze

ENTITIES = Path(__file__).with_name("data") / "entities.ttl"


def find(text: str, language: str = "fr", files: tuple[Path, ...] = (ENTITIES,)) -> list[tuple[str, Known]]:
    atoms = read_atoms(analyze(text, language))
    gazetteer = Gazetteer(files)
    found = ((index, gazetteer.find(atoms, index)) for index in range(len(atoms)))
    return [(atoms.text(index, match[0]), match[1]) for index, match in found if match is not None]


@pytest.mark.parametrize(
    ("word", "key"),
    [
        ("Égypte", "egypte"),
        ("U.S.", "us"),
        ("l’", "l'"),
        ("N’Djamena", "ndjamena"),
        ("’s", "'s"),
        ("«", "«"),
        ("’", "'"),
    ],
)
def test_a_key_forgets_spelling(word: str, key: str) -> None:
    assert atom_key(word) == key


def test_the_parts_of_a_token_keep_their_offsets_and_case() -> None:
    text = "Haut-Fen dit l’ONU : -t-il"
    atoms = read_atoms(analyze(text, "fr"))
    assert [text[start:end] for start, end in zip(atoms.starts[:2], atoms.ends[:2], strict=True)] == ["Haut", "Fen"]
    assert atoms.tokens[0] == atoms.tokens[1]
    assert [atoms.cases[atoms.keys.index(key)] for key in ("haut", "dit", "onu")] == [INITIAL, LOWER, CAPITALS]


def test_a_label_with_an_elision_is_found_in_one_token_or_in_two() -> None:
    assert [keys for keys, _ in label_keys("Côte d’Ivoire")] == [("cote", "divoire"), ("cote", "d'", "ivoire")]


def test_the_longest_of_nested_sequences_comes_last() -> None:
    trie: Trie[str] = Trie()
    trie.add(["a"], "short")
    trie.add(["a", "b", "c"], "long")
    assert list(trie.matches(["x", "a", "b", "c", "d"], 1)) == [(2, ["short"]), (4, ["long"])]
    assert list(trie.matches(["a", "b"], 0)) == [(1, ["short"])]


def test_accents_hyphens_and_apostrophes_do_not_count() -> None:
    for spelling in ("Haut-Fen", "Haut Fen", "HAUT-FEN"):
        assert [known.referent.name for _, known in find(spelling)] == ["Upper Fen"]


def test_capitals_count_where_the_name_has_them() -> None:
    assert find("They ate turkey.", "en") == []
    assert [words for words, _ in find("Des soldats Norlandais et norlandais.")] == ["Norlandais", "norlandais"]
    assert find("An nl plate.", "en") == []


def test_a_demonym_is_one_in_its_own_language_only() -> None:
    assert [known.kind for _, known in find("Sudmarkers left.", "en")] == ["demonym"]
    assert find("Les Sudmarkers.", "fr") == []


def test_a_name_has_its_readings_as_place_and_as_party() -> None:
    ((_, state),) = find("Norland", "en")
    ((_, capital),) = find("Elmport", "en")
    ((_, seat),) = find("Admiralty House", "en")
    ((_, territory),) = find("Upper Fen", "en")
    ((_, ruled),) = find("Marlow", "en")
    names = [
        (known.kind, known.referent.name, known.place and known.place.name, known.party and known.party.name)
        for known in (state, capital, seat, territory, ruled)
    ]
    assert names == [
        ("name", "Norland", "Norland", "Norland"),
        ("capital", "Elmport", "Elmport", "Norland"),
        ("seat", "Norland", "Admiralty House", "Norland"),
        ("name", "Upper Fen", "Upper Fen", "Fen Council"),
        ("capital", "Marlow", "Marlow", "Fen Council"),
    ]


def test_a_name_ends_with_its_sentence() -> None:
    assert [words for words, _ in find("Il quitte Haut\n\nFen reste.")] == []


def test_where_two_entities_claim_a_name_the_earlier_file_keeps_it(tmp_path: Path) -> None:
    own = tmp_path / "own.ttl"
    prefixes = "\n".join(
        line for line in ENTITIES.read_text(encoding="utf-8").splitlines() if line.startswith("@prefix")
    )
    own.write_text(f'{prefixes}\nagent:other a kg:ArmedGroup ; skos:prefLabel "Norland"@en , "Tern Guard"@en .\n')
    found = find("Norland and Tern Guard", "en", (ENTITIES, own))
    assert [(words, known.referent.type) for words, known in found] == [
        ("Norland", "State"),
        ("Tern Guard", "ArmedGroup"),
    ]


def test_a_file_that_is_not_turtle_is_named_in_the_error(tmp_path: Path) -> None:
    broken = tmp_path / "broken.ttl"
    broken.write_text("agent:norland a")
    with pytest.raises(DataError, match=r"broken\.ttl"):
        Gazetteer([broken])


def test_the_shipped_entities_are_read_once_and_found() -> None:
    gazetteer = load_gazetteer()
    assert gazetteer is load_gazetteer()
    atoms = read_atoms(analyze("Yerevan", "en"))
    match = gazetteer.find(atoms, 0)
    assert match is not None
    assert match[1].party is not None
    assert (match[1].kind, match[1].party.name) == ("capital", "Armenia")
