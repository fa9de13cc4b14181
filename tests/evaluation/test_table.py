"""Scores as a table and as JSON."""

from __future__ import annotations

import json

from kg.evaluation import LAYERS, MEASURES, evaluate
from kg.evaluation.table import as_json, layer_table, type_table
from tests import invented
from tests.evaluation import cases
from tests.evaluation.test_scoring import case

CLAIMS = invented.claims()
TWO = evaluate([case(1, CLAIMS, CLAIMS[:1], "en"), case(2, CLAIMS[2:], CLAIMS[2:3], "fr")])


def test_the_table_has_a_row_for_each_measure_and_a_column_for_each_language() -> None:
    table = layer_table(TWO)
    assert table.columns == ("layer", "measure", "P", "R", "F1 or share", "matched", "gold", "system", "en", "fr")
    assert [row[:2] for row in table.rows] == list(MEASURES)
    rows = {row[:2]: row[2:] for row in table.rows}
    assert rows["claims", "aligned"] == ("100.0", "33.3", "50.0", "2", "6", "2", "40.0", "66.7")
    assert rows["posts", "same"] == ("100.0", "50.0", "66.7", "1", "2", "1", "0.0", "100.0")
    assert rows["polarity", "equal"] == ("", "", "100.0", "2", "2", "", "100.0", "100.0")
    assert rows["quotations", "at_0.3"] == ("–", "0.0", "0.0", "0", "1", "0", "0.0", "–")


def test_a_single_language_has_no_column_of_its_own() -> None:
    assert layer_table(cases.evaluation(CLAIMS, CLAIMS)).columns[-1] == "system"


def test_the_table_of_types_has_those_that_occur() -> None:
    table = type_table(TWO)
    assert table.columns == ("event type", "P", "R", "F1", "matched", "gold", "system", "en", "fr")
    assert table.rows == (("attack", "100.0", "100.0", "100.0", "1", "1", "1", "100.0", "–"),)


def test_the_json_has_the_names_of_the_layers_and_ratios_between_0_and_1() -> None:
    scores = json.loads(json.dumps(as_json(TWO)))
    assert list(scores["layers"]) == list(LAYERS) == [
        "events", "arguments", "claimant", "claimants", "polarity", "modality",
        "time", "casualties", "posts", "relations", "quotations", "claims",
    ]  # fmt: skip
    assert scores["layers"]["claims"]["aligned"] == {
        "matched": 2, "gold": 6, "system": 2, "precision": 1.0, "recall": 0.3333, "f1": 0.5,
    }  # fmt: skip
    assert scores["layers"]["polarity"]["equal"] == {"count": 2, "of": 2, "share": 1.0}
    assert scores["layers"]["quotations"]["at_0.3"]["precision"] is None
    assert (scores["documents"], scores["gold_claims"], scores["system_claims"]) == (2, 6, 2)
    assert scores["languages"]["fr"]["layers"]["posts"]["same"]["f1"] == 1.0
    assert scores["types"]["attack"]["f1"] == scores["languages"]["en"]["types"]["attack"]["f1"] == 1.0
    assert scores["fingerprint"] == TWO.fingerprint
