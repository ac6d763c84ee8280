"""Ink: bodies without circulation, so many and so small that one sees where the fluid goes; in two colours."""

from dataclasses import replace

import numpy as np

from revanim.engine.flow import FlowKind
from revanim.engine.parameter import Flags, Floats, Parameter
from revanim.scene.scene import Ramp

SHINING = {"style": "glow", "grid": False, "axes": False}  # of a look: light in the dark
FADING = {  # the like of bodies that end: they fade before
    **SHINING,
    "trail": 5,
    "opacity_by": "lived",
    "opacity_ramp": Ramp((0.0, 0.5, 1.0), ((1.0,), (0.85,), (0.05,)), (0.0, 1.0)),
}
FINE = 0.32  # radius of a body, of the distance to the next
FIRST, SECOND = (0.08, 0.34), (0.95, 0.72)  # along a gradient of colours, from the middle of the ink to its rim


def inked(second: Flags, depth: Floats) -> Floats:
    """Return where bodies lie along a gradient, float64[n], by whether each has the second ink, and how far out it is,
    0 to 1.
    """
    (a, b), (c, d) = FIRST, SECOND
    return np.where(second, c + (d - c) * depth, a + (b - a) * depth)


def drop(area: float, count: int) -> float:
    """Return the radius of each of so many bodies that fill an area."""
    return FINE * float(np.sqrt(area / max(count, 1)))


def of_flow(kind: FlowKind, name: str, default: float) -> Parameter:
    """Return what a source asks for of the flow that it brings: one value for all, in place of what the flow has."""
    parameter = next(each for each in kind.parameters if each.name == name)
    return replace(parameter, default=default, per="scene", faint=0.0)
