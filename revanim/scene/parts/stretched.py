"""Links of a flow that are longer than its vortices are wide: from there on the fluid is no longer resolved."""

import numpy as np

from revanim.engine.flow import flow_kinds
from revanim.engine.parameter import Flags, Floats
from revanim.scene.part import values_at
from revanim.scene.scene import Part


def stretched(part: Part, position: Floats, frame: int) -> Flags:
    """Return bool[k], which links of a flow are so long where the bodies are at float64[n, 3]; none of one that rests.

    Nothing is lost by it: the way back is exact all the same.
    """
    width = "" if part.muted else flow_kinds()[part.kind].kernels.width
    if part.links is None or not width:
        return np.zeros(0 if part.links is None else len(part.links), np.bool_)
    core = float(np.max(values_at(part, frame)[width]))
    way = position[part.links[:, 1]] - position[part.links[:, 0]]
    return np.asarray((way * way).sum(axis=1) > core * core)
