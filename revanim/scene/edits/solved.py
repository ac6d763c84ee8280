"""What a solve has found, taken into the scene that it was found for."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from revanim.scene.check import check
from revanim.scene.edits.keyframes import color_by_targets
from revanim.scene.scene import Colors, Index, Scene


def move_as(scene: Scene, candidate: Scene) -> Scene:
    """Let a scene move as a candidate that was solved for it; its looks stay as they are now."""
    found = candidate.bodies
    bodies = replace(scene.bodies, state=found.state, mass=found.mass, tapes=found.tapes)
    retimed = any(key.window for key in scene.keyframes)
    keys = candidate.keyframes if retimed else scene.keyframes
    forces, flows, moves = candidate.forces, candidate.flows, candidate.moves
    return check(replace(scene, bodies=bodies, forces=forces, flows=flows, moves=moves, keyframes=keys))


def recolor(scene: Scene, orders: Sequence[Index]) -> Scene:
    """Let bodies that wear the colours of a shape's targets wear those of the targets that they take now.

    `orders` has the target of each body for each keyframe, int64[k].
    """
    for index, (key, order) in enumerate(zip(scene.keyframes, orders, strict=True)):
        if key.color is not None and _same_colors(scene.bodies.color[key.bodies], key.color):
            scene = color_by_targets(scene, index, order)
    return scene


def _same_colors(some: Colors, others: Colors) -> bool:
    """Tell whether colours, uint8[k, 3], are the same in another order."""
    one, other = (np.sort(colors.astype(np.int64) @ (1 << 16, 1 << 8, 1)) for colors in (some, others))
    return np.array_equal(one, other)
