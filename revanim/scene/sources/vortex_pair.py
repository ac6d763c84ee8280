"""Two vortices that turn against each other and so carry each other along, in the ink that travels with them.

The ink fills the oval that such a pair takes along for ever (Lamb 1932, section 155).
"""

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

APART, LONG = 0.216, 0.383  # half of the way between them, and half of the oval along their way, of its other side
CIRCULATION = of_flow(vortices, "circulation", 22.0)
CORE = of_flow(vortices, "core", 0.5)


def make(count: int, values: Mapping[str, Any], passed: Passed) -> Assembly:
    """Lay the pair so that it travels to the right."""
    size, place, turning = values["size"], np.zeros((count, 3)), np.zeros(count)
    place[:2, 1], turning[:2] = (APART, -APART), (1.0, -1.0)
    ink = seeds(count - 2)
    place[2:, :2] = ink * (LONG, 0.5)
    depth = np.concatenate([np.zeros(2), np.hypot(*ink.T)])
    return Assembly(
        position=place * size,
        mass=np.ones(count),
        radius=np.full(count, drop(np.pi * LONG * 0.5 * size * size, count)),
        share=inked(place[:, 1] < 0, depth),
        flows=(flow(vortices.name, circulation=turning * values["circulation"], core=values["core"]),),
    )


vortex_pair = SourceKind(
    name="vortex_pair",
    help="Two vortices that carry each other along, in ink of two colours.",
    parameters=(SIZE, CIRCULATION, CORE),
    make=make,
    least=2,
    usual=3000,
    words="fluid dipole smoke ink swirl whirl euler",
    flow=vortices,
    room=0.45,
    look=SHINING,
)
