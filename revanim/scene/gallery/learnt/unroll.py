"""Two spirals that open into two lines: a field has learnt to lead them, and rolls them up again on the way back."""

from dataclasses import replace

import numpy as np

from revanim.engine.parameter import Floats
from revanim.scene.edits import add_keyframe
from revanim.scene.gallery import Recipe
from revanim.scene.looks.gradient import gradient
from revanim.scene.looks.usual import NIGHT
from revanim.scene.make import make_scene
from revanim.scene.part import force
from revanim.scene.scene import Scene, View

EACH = 130
POSE, HOLD = 97, 6
TURNS = 1.75  # from the inner end of a spiral to the outer one
APART, TALL = 0.8, 1.8


def make() -> Scene:
    along = np.arange(EACH) / (EACH - 1)
    line = np.column_stack([np.full(EACH, -APART), TALL * (along - 0.5), 0 * along])
    place, target = np.vstack([spiral(), -spiral()]), np.vstack([line, -line])
    scene = make_scene(
        place,
        0 * place,
        mass=1.0,
        forces=[force("field", units=16, layers=4, begin=1 / 24, seconds=(POSE + HOLD - 1) / 24)],
        steps_per_frame=1,
        scheme="leapfrog",
        frames=(1, POSE + HOLD + 7),
        planar=True,
        name="Unroll",
        radius=0.014,
        color=np.vstack(
            [gradient("#5ff0d8 #38b6ff #5b6cff #a45cff", along), gradient("#ffe08a #ff9e57 #ff5a72 #e04fb8", along)]
        ),
        look=replace(NIGHT, exposure=0.9, trail=16, view=View(distance=4.2, flat=True)),
        note="A field has learnt to open two spirals; backward it rolls them up to the last bit.",
    )
    return add_keyframe(scene, POSE, np.arange(len(place)), position=target, hold=HOLD)


def spiral() -> Floats:
    """Return places on a spiral, float64[n, 3], as far from each other all along it."""
    way = np.linspace(0, 1, 4000)
    angle, radius = 2 * np.pi * TURNS * way, 0.12 + 0.88 * way
    x, y = radius * np.cos(angle), radius * np.sin(angle)
    far = np.concatenate([[0.0], np.cumsum(np.hypot(np.diff(x), np.diff(y)))])
    at = np.linspace(0, far[-1], EACH)
    return np.column_stack([np.interp(at, far, x), np.interp(at, far, y), 0 * at])


recipe = Recipe("unroll", make, solve_for=("field.weights",), iterations=900)
