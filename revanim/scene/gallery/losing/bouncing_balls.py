"""A crown of balls of steel, rubber and felt, which leap up, bounce on the floor and come to rest in three rings."""

from dataclasses import replace

import numpy as np

from revanim.scene.gallery import Recipe, with_home
from revanim.scene.looks.gradient import gradient
from revanim.scene.looks.usual import STUDIO
from revanim.scene.make import make_scene
from revanim.scene.part import force, move
from revanim.scene.scene import Scene, View

COUNT, RADIUS, RING = 84, 0.078, 1.3
RESTITUTION = (0.93, 0.82, 0.66)  # of steel, rubber and felt
OUTWARD = np.array((0.75, 0.5, 0.25))  # length/s: what bounces higher goes farther, so that each has its ring
HIGH = 20  # the frame at which the crown is seen best


def make() -> Scene:
    share, made_of = np.arange(COUNT) / COUNT, np.arange(COUNT) % 3
    angle = 2 * np.pi * share
    outward = np.stack([np.cos(angle), np.sin(angle), 0 * angle], axis=1)
    along = np.stack([-np.sin(angle), np.cos(angle), 0 * angle], axis=1)
    up = np.outer(4.6 + 0.8 * np.cos(3 * angle), (0, 0, 1))  # three waves around the crown
    floors = [
        move("floor", bodies=np.flatnonzero(made_of == which), restitution=kept, friction=0.035, radius=RADIUS)
        for which, kept in enumerate(RESTITUTION)
    ]
    scene = make_scene(
        RING * outward + (0, 0, 1.001 * RADIUS),
        OUTWARD[made_of, None] * outward + 0.6 * along + up,
        mass=1.0,
        forces=[force("uniform", acceleration=(0.0, 0.0, -9.81))],
        moves=floors,
        scheme="leapfrog",
        name="Bouncing balls",
        radius=RADIUS,
        color=gradient("#ff5c6c #ffb347 #ffe27a #5fd6a0 #3fa7ff #8a6cff #ff5c6c", share),
        look=replace(STUDIO, shadows=True, trail=16, view=View((0.0, 0.0, 0.4), yaw=20.0, pitch=20.0, distance=7.6)),
        note="Balls bounce, rub and come to rest; run it backward and they leap out of their rest.",
    )
    return with_home(scene, HIGH)


recipe = Recipe("bouncing-balls", make)
