"""Places on a circle, at equal distances."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from revanim.scene.passed import Passed
from revanim.scene.placing import PLACING, turn
from revanim.scene.pose import Points, PoseKind


def make(source: Any, count: int, values: Mapping[str, Any], passed: Passed) -> Points:
    """Go once around, from the right."""
    place = np.array([turn(360.0 * point / count) for point in range(count)])
    passed(1.0)
    return Points(place, np.full(2, -1.0), np.full(2, 1.0), "ring")


ring = PoseKind(
    name="ring",
    help="A circle, at equal distances.",
    parameters=PLACING,
    make=make,
    source="nothing",
    usual=48,
    words="circle loop",
    lies="ground",
)
