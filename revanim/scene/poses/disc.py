"""Places all over a disc, evenly: the seeds of a sunflower (Vogel 1979)."""

from collections.abc import Mapping
from math import sqrt
from typing import Any

import numpy as np

from revanim.engine.parameter import Floats
from revanim.scene.passed import Passed
from revanim.scene.placing import PLACING, turn
from revanim.scene.pose import Points, PoseKind

GOLDEN = 180.0 * (3 - sqrt(5))  # degrees from one seed to the next


def make(source: Any, count: int, values: Mapping[str, Any], passed: Passed) -> Points:
    """Set seeds all over the disc."""
    place = seeds(count)
    passed(1.0)
    return Points(place, np.full(2, -1.0), np.full(2, 1.0), "disc")


def seeds(count: int) -> Floats:
    """Return places in the disc of radius 1, float64[count, 2], from the middle outward, each with the same room."""
    seed = np.arange(count)
    way = np.array([turn(GOLDEN * one % 360.0) for one in seed]).reshape(count, 2)
    return np.asarray(np.sqrt((seed + 0.5) / max(count, 1))[:, None] * way)


disc = PoseKind(
    name="disc",
    help="A disc, evenly filled.",
    parameters=PLACING,
    make=make,
    source="nothing",
    words="circle plate",
    lies="ground",
)
