"""Bodies in a row, each held to the next by a rod."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from revanim.engine.forces.rod import rod
from revanim.engine.parameter import Parameter
from revanim.scene.part import force
from revanim.scene.passed import Passed
from revanim.scene.placing import SIZE
from revanim.scene.source import Assembly, SourceKind

MASS = Parameter("mass", 1.0, "mass", 0.0, 1e9, "Of each body.")
HELD = Parameter("held", 0.0, "", 0.0, 2.0, "Which ends are pinned.", choices=("one end", "both ends", "no end"))
THICK = 0.3  # radius, of the distance between two


def make(count: int, values: Mapping[str, Any], passed: Passed) -> Assembly:
    """Lay a chain from the left to the right."""
    body = np.arange(count)
    along = np.linspace(-0.5, 0.5, count) * values["size"]
    ends = {"one end": (0,), "both ends": (0, count - 1), "no end": ()}
    gap = values["size"] / (count - 1)
    return Assembly(
        position=np.stack([along, 0 * along, 0 * along], axis=1),
        mass=np.full(count, values["mass"]),
        radius=np.full(count, THICK * gap),
        pinned=ends[values["held"]],
        forces=(force(rod.name, links=np.stack([body[:-1], body[1:]], axis=1)),),
    )


chain = SourceKind(
    name="chain",
    help="Bodies in a row, held together by rods.",
    parameters=(SIZE, MASS, HELD),
    make=make,
    least=2,
    usual=12,
    words="rope string hair links necklace",
)
