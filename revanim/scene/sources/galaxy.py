"""A disc galaxy: stars on circles around a heavy core."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from revanim.engine.forces.gravity import gravity
from revanim.engine.parameter import Parameter
from revanim.scene.part import force
from revanim.scene.passed import Passed
from revanim.scene.placing import SIZE
from revanim.scene.source import Assembly, SourceKind

MASS = Parameter("mass", 1.0, "mass", 0.0, 1e9, "Of the core.")
STARS = Parameter("stars", 0.1, "", 0.0, 10.0, "Mass of all stars, as a share of the core's.")
STRENGTH = Parameter("strength", 1.0, "length³/(mass s²)", 0.0, 1e9, "Of the gravity that holds them.")
SOFTENING = Parameter("softening", 0.05, "length", 0.0, 1e9, "Distance below which that gravity is blunted.")
HOLE, CORE, STAR = 0.08, 0.035, 0.009  # radii: of the empty middle, the core and a star, of the galaxy's own
ARMS, WINDING = 0.42, 3.2  # how strong and how tight two arms are


def make(count: int, values: Mapping[str, Any], passed: Passed) -> Assembly:
    """Let stars circle the first body, one way round."""
    random = np.random.default_rng(count)
    star, reach = np.arange(count) > 0, values["size"] / 2
    far = np.where(star, random.uniform(0.0, 1.0, count) ** 0.75, 0.0)
    radius = np.where(star, reach * (HOLE + (1 - HOLE) * far), 0.0)
    angle = random.uniform(0.0, 2 * np.pi, count)
    angle += ARMS * np.sin(2 * angle) - WINDING * far
    inside = values["mass"] * (1 + values["stars"] * far)
    pull = values["strength"] * inside * radius**2 / np.maximum(radius**2 + values["softening"] ** 2, 1e-300) ** 1.5
    out = np.stack([np.cos(angle), np.sin(angle), 0 * angle], axis=1)
    return Assembly(
        position=radius[:, None] * out,
        velocity=np.sqrt(pull)[:, None] * np.stack([-out[:, 1], out[:, 0], 0 * angle], axis=1),
        mass=np.where(star, values["mass"] * values["stars"] / max(count - 1, 1), values["mass"]),
        radius=reach * np.where(star, STAR, CORE),
        share=far,
        forces=(force(gravity.name, strength=values["strength"], softening=values["softening"]),),
    )


galaxy = SourceKind(
    name="galaxy",
    help="Stars that circle a heavy core.",
    parameters=(SIZE, MASS, STARS, STRENGTH, SOFTENING),
    make=make,
    usual=600,
    words="stars spiral planets",
    lies="ground",
)
