"""Fireworks: shells rise, burst into spheres of sparks, and the air slows these while they fall and end.

How a shell has to set out is found by walking it back from where it bursts. The ground is z = 0.
"""

from dataclasses import dataclass, replace

import numpy as np

from revanim.engine.parameter import Floats
from revanim.scene.build import make_playhead
from revanim.scene.gallery import Recipe, chance, in_ball, with_home
from revanim.scene.looks.gradient import gradient
from revanim.scene.looks.usual import NIGHT
from revanim.scene.make import make_scene
from revanim.scene.part import force, move
from revanim.scene.scene import Colors, Index, Ramp, Scene, View

SPARKS, SKETCHED = 340, 12  # of a shell
G = 1.1
RISE = 34  # frames from the ground to the burst
SLOW = 1.9  # 1/s, of sparks in the air
SINK = 0.5  # that of the sparks of a willow, which fly longer
SHELL_SLOW = 0.25
FADE = Ramp((0.0, 0.55, 1.0), ((1.0,), (0.8,), (0.05,)), (0.0, 1.0))  # of a spark, over its life
BEST = 160  # the frame at which most is seen


@dataclass(frozen=True)
class Shell:
    """A shell: when and where it bursts, how far its sparks fly, their colours, and for how many frames they last."""

    frame: int
    place: tuple[float, float, float]
    reach: float
    stops: str
    life: int = 44
    willow: bool = False


SHOW = (
    Shell(14, (-1.9, 0.2, 3.0), 1.0, "#fff3d6 #ff5a36 #ff2d55"),
    Shell(30, (1.6, -0.3, 3.5), 1.15, "#ffffff #57d0ff #2b6bff"),
    Shell(48, (-0.2, 0.4, 2.5), 0.85, "#f3ffd9 #7dff6b #13c47f"),
    Shell(60, (-2.7, -0.2, 3.7), 1.0, "#ffe9ff #d070ff #7a3bff"),
    Shell(74, (2.6, 0.3, 2.7), 0.95, "#fff3d6 #ffb02e #ff6a1f"),
    Shell(88, (0.3, 0.0, 4.0), 1.5, "#fff6dc #ffd27a #ffa23a", 96, True),
    Shell(112, (-1.5, 0.3, 2.8), 0.9, "#ffffff #ff8ad0 #ff3f86"),
    Shell(120, (1.9, -0.2, 3.1), 0.95, "#eaffff #5ff3e0 #12b8c9"),
    Shell(140, (-2.9, 0.2, 3.2), 1.0, "#fff3d6 #ff5a36 #ff2d55"),
    Shell(148, (2.9, 0.0, 3.6), 1.05, "#ffffff #7ea2ff #4a4dff"),
    Shell(156, (-0.9, -0.3, 3.9), 1.1, "#fff9df #ffe04a #ffab1a"),
    Shell(162, (0.9, 0.3, 2.7), 0.9, "#ffe9ff #e07bff #a23bff"),
    Shell(176, (-1.7, 0.1, 3.3), 1.5, "#fff6dc #ffd27a #ffa23a", 90, True),
    Shell(182, (1.7, -0.1, 3.7), 1.5, "#fff6dc #ffd27a #ffa23a", 90, True),
    Shell(196, (0.0, 0.0, 3.1), 1.25, "#ffffff #ff6b8a #ff2d55", 52),
)


def make(sparks: int = SPARKS) -> Scene:
    shells = len(SHOW)
    which = np.repeat(np.arange(shells), sparks)
    begin, launch = risen()
    place, speed, life, color = (
        np.concatenate(each) for each in zip(*map(burst, range(shells), [sparks] * shells), strict=True)
    )
    frame, slow = np.array([one.frame for one in SHOW]), np.array([SINK if one.willow else SLOW for one in SHOW])
    few = 2.0 if sparks < SPARKS else 1.0
    scene = make_scene(
        np.vstack([begin, place]),
        np.vstack([launch, speed]),
        mass=0.01,
        forces=[force("uniform", acceleration=(0.0, 0.0, -G))],
        moves=[move("drag", rate=np.r_[np.full(shells, SHELL_SLOW), slow[which]])],
        steps_per_frame=2,
        scheme="leapfrog",
        name="Fireworks",
        radius=few * np.r_[np.full(shells, 0.022), np.full(which.size, 0.012)],
        color=np.vstack([np.tile(np.array([255, 214, 150], np.uint8), (shells, 1)), color]),
        born=np.r_[frame - RISE, frame[which]],
        dies=np.r_[frame - 1, frame[which] + life],
        look=replace(
            NIGHT,
            exposure=1.5,
            trail=12,
            opacity_by="lived",
            opacity_ramp=FADE,
            view=View((0.0, 0.0, 2.35), 0.0, 3.0, 7.6),
        ),
        note="Five thousand sparks, and only those that burn are computed; in reverse they are shells again.",
    )
    return with_home(scene, BEST)


def risen() -> tuple[Floats, Floats]:
    """Return where shells set out, and how fast, float64[shells, 3] each, to be nearly at rest where they burst."""
    place = np.array([one.place for one in SHOW])
    drift = 0.18 * chance(7, len(SHOW), 3) + np.array([0.0, 0.0, 0.35])
    air = [move("drag", rate=SHELL_SLOW)]
    fall = [force("uniform", acceleration=(0.0, 0.0, -G))]
    play = make_playhead(make_scene(place, drift, 1.0, fall, air, steps_per_frame=2, scheme="leapfrog", home=RISE))
    play.seek(0)
    return play.position, play.velocity


def burst(number: int, sparks: int) -> tuple[Floats, Floats, Index, Colors]:
    """Return where the sparks of a shell begin, and how fast, how long they last, and in which colours."""
    shell, out = SHOW[number], in_ball(sparks, 20 + number)
    far = np.sqrt((out * out).sum(axis=1, keepdims=True))
    even = out / np.maximum(far, 1e-9)  # on the sphere
    draws = chance(60 + number, 2, sparks)
    inner = (np.arange(sparks) % 4 == 0) & (not shell.willow)  # a sphere in a sphere
    fast = shell.reach * (SINK if shell.willow else SLOW) * (1.0 + 0.09 * draws[0]) * np.where(inner, 0.5, 1.0)
    life = np.rint(shell.life * (0.78 + 0.22 * draws[1])).astype(np.int64)
    shade = np.where(inner, 0.12, np.clip(0.62 + 0.38 * draws[0], 0.0, 1.0))
    return np.array(shell.place) + 0.02 * out, fast[:, None] * even, life, gradient(shell.stops, shade)


recipe = Recipe("fireworks", lambda: make(SKETCHED), whole=make, count=5115)
