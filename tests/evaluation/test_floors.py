"""Floors hold, and only rise."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from kg.errors import DataError
from kg.evaluation import LAYERS, Evaluation
from kg.evaluation.floors import Floors, check_floors, raise_floors, read_floors, write_floors
from tests import invented
from tests.evaluation import cases
from tests.evaluation.test_layers import EVENT, planted

GOLD = invented.claims()
PERFECT = cases.evaluation(GOLD, GOLD)
WORSE = cases.evaluation(GOLD, planted(EVENT, {"location": []}))  # arguments: 1 of 2 and 1 of 1, F1 2/3


def floors(**layers: float) -> Floors:
    return Floors(PERFECT.fingerprint, {layer: Fraction(str(value)) for layer, value in layers.items()})


def written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("evaluation", [PERFECT, WORSE])
def test_what_is_written_is_what_is_read_and_holds(evaluation: Evaluation, tmp_path: Path) -> None:
    path = tmp_path / "floor.toml"
    write_floors(raise_floors(evaluation, None), path)
    read = read_floors(path)
    assert list(read.layers) == list(LAYERS)
    assert check_floors(evaluation, read) == []
    assert [file.name for file in tmp_path.iterdir()] == ["floor.toml"]


def test_figures_are_rounded_down() -> None:
    assert raise_floors(WORSE, None).layers["arguments"] == Fraction("0.6666")


def test_a_layer_below_its_floor_is_named() -> None:
    assert check_floors(WORSE, floors(events=1, arguments=0.7)) == ["arguments 0.6667 < 0.7"]
    assert check_floors(WORSE, floors(events=1, arguments=0.6666)) == []


def test_a_layer_that_examined_nothing_is_below_any_floor() -> None:
    posts = cases.evaluation(GOLD[2:3], GOLD[2:3])
    nothing = Floors(posts.fingerprint, {"events": Fraction(0)})
    assert check_floors(posts, nothing) == ["events has nothing to score"]


def test_other_gold_is_an_error_that_names_its_fingerprint() -> None:
    other = cases.evaluation(GOLD[:2], GOLD[:2])
    for hold in (check_floors, raise_floors):
        with pytest.raises(DataError, match="measured on other gold") as caught:
            hold(other, floors(events=0.1))
        assert other.fingerprint in str(caught.value.hint)


def test_floors_rise_to_the_present_figures_and_new_layers_get_one() -> None:
    raised = raise_floors(PERFECT, floors(events=0.5, arguments=1))
    assert raised.layers == dict.fromkeys(LAYERS, Fraction(1))


def test_no_floor_is_ever_lowered() -> None:
    with pytest.raises(DataError, match=r"never lowered: arguments 0\.6667 < 1\.0") as caught:
        raise_floors(WORSE, floors(arguments=1, events=0.5))
    assert caught.value.exit_status == 1


def test_a_floor_finer_than_the_figure_written_stays() -> None:
    raised = raise_floors(WORSE, floors(arguments=0.66665, events=0.5))
    assert raised.layers["arguments"] == Fraction("0.66665")


def test_raising_floors_that_no_figure_is_above_is_an_error() -> None:
    with pytest.raises(DataError, match="nothing to raise"):
        raise_floors(PERFECT, raise_floors(PERFECT, None))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("events = ", "floor.toml"),
        ("events = 0.5", "floor.fingerprint"),
        ("fingerprint = 3\nevents = 0.5", "floor.fingerprint"),
        ('fingerprint = "f"', "floor.empty"),
        ('fingerprint = "f"\nevent = 0.5', "floor.layer"),
        ('fingerprint = "f"\nevents = 1.5', "floor.figure"),
        ('fingerprint = "f"\nevents = nan', "floor.figure"),
        ('fingerprint = "f"\nevents = true', "floor.figure"),
        ('fingerprint = "f"\nevents = "0.5"', "floor.figure"),
    ],
)
def test_a_faulty_floor_file_is_an_error(text: str, code: str, tmp_path: Path) -> None:
    with pytest.raises(DataError) as caught:
        read_floors(written(tmp_path / "floor.toml", text))
    assert caught.value.code == code


def test_a_floor_may_be_a_whole_number(tmp_path: Path) -> None:
    read = read_floors(written(tmp_path / "floor.toml", 'fingerprint = "f"\nevents = 1\nclaims = 0'))
    assert read.layers == {"events": Fraction(1), "claims": Fraction(0)}
