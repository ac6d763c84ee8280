"""A stirrer: a vortex that is pinned, and winds up the ink around it."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from revanim.engine.flows.vortices import vortices
from revanim.scene.part import flow
from revanim.scene.passed import Passed
from revanim.scene.placing import SIZE
from revanim.scene.poses.disc import seeds
from revanim.scene.shapes.ink import SHINING, drop, inked, of_flow
from revanim.scene.source import Assembly, SourceKind

CIRCULATION = of_flow(vortices, "circulation", 24.0)
CORE = of_flow(vortices, "core", 0.48)


def make(count: int, values: Mapping[str, Any], passed: Passed) -> Assembly:
    """Pin a vortex in the middle of a disc of ink, half of it in each colour."""
    size, place, turning = values["size"], np.zeros((count, 3)), np.zeros(count)
    turning[0] = values["circulation"]
    place[1:, :2] = seeds(count - 1) / 2
    return Assembly(
        position=place * size,
        mass=np.ones(count),
        radius=np.full(count, drop(np.pi / 4 * size * size, count)),
        pinned=(0,),
        share=inked(place[:, 0] < 0, 2 * np.hypot(place[:, 0], place[:, 1])),
        flows=(flow(vortices.name, circulation=turning, core=values["core"]),),
    )


stirrer = SourceKind(
    name="stirrer",
    help="A pinned vortex in a disc of ink; with a count of 1 it stirs alone.",
    parameters=(SIZE, CIRCULATION, CORE),
    make=make,
    usual=3000,
    words="fluid vortex whirl swirl spoon mixer ink smoke",
    flow=vortices,
    look=SHINING,
)
