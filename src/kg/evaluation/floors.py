"""A quality floor that cannot sink by accident: the least figure of each layer, tied to the gold that it was measured on.

A floor file is TOML::

    fingerprint = "4f1c…"   # of the gold records, 64 hex digits: other gold, other figures
    events = 0.6127         # the first measure of the layer
    arguments = 0.5

Figures are rounded down to four decimals. `raise_floors` only ever raises; to lower one, edit the file: the diff shows it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

from kg.errors import DataError
from kg.evaluation.figures import LAYERS
from kg.evaluation.scoring import Evaluation

_FINGERPRINT = "fingerprint"
_DIGITS = 10_000
_HEADER = """\
# The least that `kg eval` must reach, layer by layer, on the gold of this fingerprint.
# Written by `kg eval --write-floor`, which only raises; lower by hand, so that the diff shows it.
"""


@dataclass(frozen=True, slots=True)
class Floors:
    """The least figure of each layer that has one (0 to 1), and the fingerprint of the gold that they belong to."""

    fingerprint: str
    layers: Mapping[str, Fraction]


def read_floors(path: Path) -> Floors:
    """Read a floor file.

    Raises:
        DataError: it is no TOML, a layer is unknown, a figure is not between 0 and 1, or there is no figure at all.
        OSError: it cannot be read.
    """
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DataError(f"not valid TOML: {error}", code="floor.toml", where=str(path)) from error
    fingerprint = table.pop(_FINGERPRINT, None)
    if not isinstance(fingerprint, str):
        raise DataError("the fingerprint of the gold is missing", code="floor.fingerprint", where=str(path))
    if not table:
        raise DataError("no layer has a floor", code="floor.empty", where=str(path), hint="one line for each layer")
    return Floors(fingerprint, {layer: _figure(layer, value, path) for layer, value in table.items()})


def check_floors(evaluation: Evaluation, floors: Floors) -> list[str]:
    """Say which layers are below their floor; a layer that examined nothing is.

    Raises:
        DataError: the gold is not the gold that the floors were measured on.
    """
    if floors.fingerprint != evaluation.fingerprint:
        raise DataError(
            "the floors were measured on other gold: the fingerprints differ",
            code="floor.fingerprint",
            hint=f'where the gold was changed on purpose, set fingerprint = "{evaluation.fingerprint}" and look at each floor',
        )
    below = []
    for layer, floor in floors.layers.items():
        value = evaluation.scores.layer(layer).value
        if value is None:
            below.append(f"{layer} has nothing to score")
        elif value < floor:
            below.append(f"{layer} {float(value):.4f} < {_decimal(floor)}")
    return below


def raise_floors(evaluation: Evaluation, floors: Floors | None) -> Floors:
    """Raise floors to the present figures, and add those of layers that have none.

    Raises:
        DataError: a figure is lower than its floor, none is higher, or the gold is not the same.
    """
    present = present_figures(evaluation)
    if floors is None:
        return Floors(evaluation.fingerprint, present)
    below = check_floors(evaluation, floors)
    if below:
        raise DataError(f"a floor is never lowered: {', '.join(below)}", code="floor.lower")
    raised = {
        **floors.layers,
        **{layer: max(value, floors.layers.get(layer, value)) for layer, value in present.items()},
    }
    if raised == floors.layers:
        raise DataError("no figure is higher than its floor: there is nothing to raise", code="floor.equal")
    return Floors(evaluation.fingerprint, raised)


def write_floors(floors: Floors, path: Path) -> None:
    """Write a floor file; the old one stays until the new one is complete."""
    lines = [f'{_FINGERPRINT} = "{floors.fingerprint}"']
    lines += [f"{layer} = {_decimal(floors.layers[layer])}" for layer in LAYERS if layer in floors.layers]
    temporary = path.with_name(path.name + ".tmp")
    temporary.write_text(_HEADER + "\n".join(lines) + "\n", encoding="utf-8", newline="\n")
    temporary.replace(path)


def present_figures(evaluation: Evaluation) -> dict[str, Fraction]:
    """The figure of each layer that has examined something, rounded down to four decimals."""
    found = {layer: evaluation.scores.layer(layer).value for layer in LAYERS}
    return {layer: Fraction(int(value * _DIGITS), _DIGITS) for layer, value in found.items() if value is not None}


def _figure(layer: str, value: Any, path: Path) -> Fraction:
    where = f"{path}:{layer}"
    if layer not in LAYERS:
        raise DataError(
            f"unknown layer {layer!r}", code="floor.layer", where=where, hint=f"layers: {', '.join(LAYERS)}"
        )
    is_number = isinstance(value, int | Decimal) and not isinstance(value, bool)
    if not is_number or not Decimal(value).is_finite() or not 0 <= value <= 1:
        raise DataError(f"a floor is a number from 0 to 1, not {value!r}", code="floor.figure", where=where)
    return Fraction(value)


def _decimal(figure: Fraction) -> str:
    """A figure as it is written: exactly, since it is decimal."""
    text = f"{Decimal(figure.numerator) / Decimal(figure.denominator):f}"
    return text if "." in text else f"{text}.0"
