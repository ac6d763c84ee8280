"""Starlings above their roost at dusk: they keep apart, keep together, and turn to fly one way.

What flies out is called back by a harmonic pull, and gusts stir it. The birds that feel a turn first hand it on, so
that it runs through the flock as a wave.
"""

from dataclasses import replace

import numpy as np

from revanim.scene.gallery import Recipe, in_ball
from revanim.scene.looks.usual import DAY
from revanim.scene.make import make_scene
from revanim.scene.part import force, move
from revanim.scene.scene import Scene, View

COUNT, SKETCHED = 5000, 600
SIZE = np.array([1.7, 0.75, 0.5])  # half axes of the flock at the start
ROOST = np.array([0.0, 0.0, 1.6])  # which it flies around
FAR = np.array([0.0, -1.5, 0.0])  # from there
TURN = 0.9  # radians a second
ROOM = 0.04  # of a bird
SEES = 1.7  # rooms


def make(count: int = COUNT) -> Scene:
    sparse = 2.0 if count <= SKETCHED else 1.0  # about the third root of how many times fewer they are
    room = sparse * ROOM
    place = FAR + SIZE * in_ball(count, 1)
    along = TURN * np.stack([-place[:, 1], place[:, 0], 0.0 * place[:, 2]], axis=1)
    return make_scene(
        ROOST + place,
        along + 0.3 * in_ball(count, 2),
        mass=1.0,
        forces=[
            force("flock", separation=30.0, space=room, cohesion=0.6, sight=SEES * room),
            force("attractor", strength=TURN * TURN, point=tuple(ROOST), law="harmonic"),
            force("turbulence", strength=0.5, size=1.6, speed=0.4, seed=5),
        ],
        moves=[move("alignment", strength=6.0, sight=SEES * room, damping=0.8)],
        steps_per_frame=1,
        scheme="leapfrog",
        name="Murmuration",
        color=(38, 36, 56),
        radius=sparse * 0.013,
        look=replace(
            DAY,
            background="plain",
            plain=(236, 190, 150),
            view=View(target=(0.0, 0.0, 1.6), yaw=0.0, pitch=8.0, distance=5.6),
        ),
        note="Starlings gather above their roost, and each of their turns runs through the flock as a wave.",
    )


recipe = Recipe("murmuration", lambda: make(SKETCHED), whole=make, count=5000)
