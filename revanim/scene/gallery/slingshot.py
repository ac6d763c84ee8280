"""A probe that shall meet the outer planet: only by way of the inner one can it get there in time."""

from dataclasses import replace

import numpy as np

from revanim.scene.build import make_playhead
from revanim.scene.edits import add_keyframe
from revanim.scene.gallery import Recipe
from revanim.scene.looks.usual import NIGHT
from revanim.scene.make import make_scene
from revanim.scene.part import force
from revanim.scene.scene import Scene, View

SUN, INNER, OUTER, PROBE = range(4)
STRENGTH = 2.0
MEETING = 145


def make() -> Scene:
    position = np.array([(0.0, 0.0, 0.0), (1.0, 0.0, 0.0), (-1.2, 1.6, 0.0), (0.55, -0.55, 0.0)])
    mass = np.array([1.0, 0.012, 0.02, 0.0])
    away = np.linalg.norm(position, axis=1, keepdims=True)
    round_ = np.sqrt(STRENGTH / np.maximum(away, 0.5)) / np.maximum(away, 0.5)
    velocity = round_ * np.stack([-position[:, 1], position[:, 0], 0 * position[:, 0]], axis=1)
    velocity[PROBE] *= 1.22
    scene = make_scene(
        position,
        velocity - mass @ velocity / mass.sum(),
        mass,
        forces=[force("gravity", strength=STRENGTH, softening=0.02)],
        steps_per_frame=16,
        frames=(1, 168),
        planar=True,
        name="Slingshot",
        radius=[0.16, 0.07, 0.09, 0.035],
        color=[(255, 214, 130), (96, 190, 255), (255, 138, 92), (240, 240, 255)],
        look=replace(NIGHT, exposure=1.2, trail=90, view=View(distance=7.6, flat=True)),
        note="Press Solve: a probe finds the launch that meets the outer planet at frame 145.",
    )
    playhead = make_playhead(scene)
    playhead.seek(MEETING)
    there = playhead.position[[INNER, OUTER, PROBE]]
    there[2] = there[1] + 0.12 * (there[1] / np.linalg.norm(there[1]))  # just beyond it; the planets stay on their way
    return add_keyframe(scene, MEETING, [INNER, OUTER, PROBE], position=there)


recipe = Recipe("slingshot", make)
