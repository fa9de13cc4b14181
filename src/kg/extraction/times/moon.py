"""Where sun and moon stand, as far as the days of lunar and lunisolar calendars hang on it.

The longitudes follow Meeus, Astronomical Algorithms, chapters 25 and 47, cut to the terms above 0.03 degrees: good to some
minutes of time between 1800 and 2200. Moments are days of the proleptic Gregorian calendar as `date.toordinal` counts them,
with the part of the day in Universal Time.
"""

from __future__ import annotations

import math
from typing import Final

_J2000: Final = 730120.5
"""The noon of 1 January 2000."""
_CENTURY: Final = 36525.0
MONTH: Final = 29.530588853
"""The mean length from new moon to new moon, in days."""
# multiples of the moon's elongation, the sun's anomaly, the moon's anomaly, its distance from the node; degrees
_TERMS: Final = (
    (0, 0, 1, 0, 6.289), (2, 0, -1, 0, 1.274), (2, 0, 0, 0, 0.658), (0, 0, 2, 0, 0.214), (0, 1, 0, 0, -0.185),
    (0, 0, 0, 2, -0.114), (2, 0, -2, 0, 0.059), (2, -1, -1, 0, 0.057), (2, 0, 1, 0, 0.053), (2, -1, 0, 0, 0.046),
    (0, 1, -1, 0, -0.041), (1, 0, 0, 0, -0.035), (0, 1, 1, 0, -0.030),
)  # fmt: skip


def sun_longitude(moment: float) -> float:
    """The sun's ecliptic longitude in degrees."""
    t = (moment - _J2000) / _CENTURY
    anomaly = math.radians(357.529 + 35999.050 * t)
    return (280.466 + 36000.770 * t + 1.915 * math.sin(anomaly) + 0.020 * math.sin(2 * anomaly) - 0.006) % 360


def moon_longitude(moment: float) -> float:
    """The moon's ecliptic longitude in degrees."""
    t = (moment - _J2000) / _CENTURY
    elongation, sun = 297.850 + 445267.111 * t, 357.529 + 35999.050 * t
    moon, node = 134.963 + 477198.868 * t, 93.272 + 483202.018 * t
    longitude = 218.316 + 481267.881 * t
    for d, s, m, f, size in _TERMS:
        longitude += size * math.sin(math.radians(d * elongation + s * sun + m * moon + f * node))
    return longitude % 360


def moment_of_phase(near: float, degrees: float) -> float:
    """The moment nearest to another when the moon is so far ahead of the sun: 0 is new, 180 full."""
    moment = near
    for _ in range(8):
        ahead = (degrees - moon_longitude(moment) + sun_longitude(moment) + 180) % 360 - 180
        moment += ahead / 360 * MONTH
    return moment


def new_moons(first: float, last: float) -> list[float]:
    """The new moons from one moment to another."""
    found = [moment_of_phase(first - MONTH / 2, 0)]
    while found[-1] < last:
        found.append(moment_of_phase(found[-1] + MONTH, 0))
    return [moment for moment in found if first <= moment <= last]
