"""A ball filled with bodies, at random."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from revanim.scene.passed import Passed
from revanim.scene.placing import SIZE
from revanim.scene.shapes.cloud import in_ball
from revanim.scene.source import CLOUD, Assembly, SourceKind, cloud


def make(count: int, values: Mapping[str, Any], passed: Passed) -> Assembly:
    """Draw the places; the colours go from the middle out."""
    place = in_ball(count, round(values["seed"]))
    return replace(cloud(place, values), share=np.linalg.norm(place, axis=1).clip(0, 1))


ball_cloud = SourceKind(
    name="ball_cloud",
    help="A ball filled with bodies, at random.",
    words="planet sphere cluster particles random",
    parameters=(SIZE, *CLOUD),
    make=make,
    stands=True,
    loose=True,
)
