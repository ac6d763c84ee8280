"""Balls that were thrown from a tower so that each bounces into a cup of its own: found by walking back from there."""

from dataclasses import replace

import numpy as np

from revanim.engine.parameter import Floats
from revanim.scene.build import make_playhead
from revanim.scene.edits import add_keyframe
from revanim.scene.gallery import Recipe
from revanim.scene.looks.gradient import gradient
from revanim.scene.looks.usual import STUDIO
from revanim.scene.make import make_scene
from revanim.scene.part import force, move
from revanim.scene.scene import Scene, View

COUNT, RADIUS = 12, 0.14
CUP, AWAY = 0.34, 3.0  # radius of a cup, and how far from the tower it stands
G, RESTITUTION, BOUNCES = 9.81, 0.8, 2
POSE = 77  # the frame at which all balls are in the mouths of their cups
SECONDS = (POSE - 1) / 24


def make() -> Scene:
    angle = np.radians(np.linspace(10, -190, COUNT))
    mouths = np.stack([AWAY * np.cos(angle), AWAY * np.sin(angle), np.full(COUNT, CUP * 1.05)], axis=1)
    down = [landing(height) for height in np.linspace(0.4, 3.1, COUNT)]
    landed = thrown(mouths, mouths * (1, 1, 0) / SECONDS - np.outer(down, (0, 0, 1)), mouths, POSE)
    playhead = make_playhead(landed)
    playhead.seek(1)  # what comes before an end is found by walking back
    scene = thrown(playhead.position, playhead.velocity, mouths, 1)
    return add_keyframe(scene, POSE, np.arange(COUNT), position=mouths)


def thrown(place: Floats, speed: Floats, mouths: Floats, home: int) -> Scene:
    """Return the scene with balls that are at some places at a frame, and so fast."""
    cups = [
        move("bowl", bodies=[which], center=mouth, size=CUP, height=CUP, restitution=0.2, friction=0.3, radius=RADIUS)
        for which, mouth in enumerate(mouths)
    ]
    return make_scene(
        place,
        speed,
        mass=1.0,
        forces=[force("uniform", acceleration=(0.0, 0.0, -G))],
        moves=[move("floor", restitution=RESTITUTION, friction=0.0, radius=RADIUS), *cups],
        steps_per_frame=32,
        scheme="leapfrog",
        frames=(1, 108),
        home=home,
        name="Cups",
        radius=RADIUS,
        color=gradient("#ff5c6c #ffb347 #ffe27a #5fd6a0 #3fa7ff #8a6cff", np.linspace(0, 1, COUNT)),
        look=replace(STUDIO, shadows=True, trail=20, view=View((0.0, -0.6, 1.05), yaw=0.0, pitch=25.0, distance=8.2)),
        note="Each ball bounces into its cup; run it backward and they leap out and form a tower.",
    )


def landing(height: float) -> float:
    """Return how fast a ball comes down into its cup that is thrown up from a height, and bounces before."""
    up = np.linspace(0.0, 12.0, 2000)
    falls = np.sqrt(up**2 + 2 * G * (height - RADIUS))
    rises = RESTITUTION ** np.arange(1, BOUNCES + 1)[:, None] * falls
    lands = np.sqrt(np.maximum(rises[-1] ** 2 - 2 * G * (1.05 * CUP - RADIUS), 0.0))
    passed = (up + falls + 2 * rises[:-1].sum(axis=0) + rises[-1] + lands) / G
    return float(np.interp(SECONDS, passed, lands))


recipe = Recipe("cups", make)
