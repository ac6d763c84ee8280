"""Double pendulums on one pivot that set out a hair apart: chaos opens them like a fan."""

from dataclasses import replace

import numpy as np

from revanim.scene.gallery import Recipe, with_home
from revanim.scene.looks.gradient import gradient
from revanim.scene.looks.usual import NIGHT
from revanim.scene.make import make_scene
from revanim.scene.part import force
from revanim.scene.scene import Scene, View

COUNT = 60
HAIR = 0.002  # between the first and the last, in the tangent of half their angle
OPEN = 185  # the frame at which the fan is widest


def make() -> Scene:
    share = np.linspace(0.0, 1.0, COUNT)
    # Chaos would magnify the last bit of a sine, which differs between machines; a ratio does not.
    tangent = 0.36 + HAIR * (share - 0.5)
    across, up = 2 * tangent / (1 + tangent**2), (1 - tangent**2) / (1 + tangent**2)
    arm = np.stack([across, up, 0 * up], axis=1)
    position = np.vstack([np.zeros((1, 3)), arm, 2 * arm])
    body = np.arange(2 * COUNT + 1)
    inner, outer = body[1 : COUNT + 1], body[COUNT + 1 :]
    color = gradient("#3b4dff #22b8e8 #f6e27a #ff7a45 #e0315f", share)
    scene = make_scene(
        position,
        0 * position,
        mass=np.where(body == 0, 1e6, 1.0),  # rods to a heavy pivot are as stiff as rods can be
        forces=[
            force("uniform", acceleration=(0.0, -7.0, 0.0)),
            force("rod", links=np.vstack([np.stack([0 * inner, inner], 1), np.stack([inner, outer], 1)]), length=1.0),
        ],
        pinned=body == 0,
        steps_per_frame=32,
        planar=True,
        name="Fan",
        radius=np.where(body == 0, 0.02, 0.025),
        color=np.vstack([[(120, 120, 120)], color, color]),
        look=replace(NIGHT, exposure=0.8, trail=16, view=View(distance=6.9, flat=True)),
        note="Sixty pendulums set out a hair apart, and chaos opens them like a fan.",
    )
    return with_home(scene, OPEN)


recipe = Recipe("fan", make)
