"""Bodies as astronomers list them, made into a scene that an animator can watch."""

from dataclasses import dataclass, replace
from math import pi

import numpy as np

from revanim.engine.forces.gravity import gravity
from revanim.engine.parameter import Floats, Parameter
from revanim.error import RevanimError
from revanim.scene.edits.groups import set_groups
from revanim.scene.looks.gradient import gradient
from revanim.scene.looks.usual import SPACE
from revanim.scene.make import make_scene
from revanim.scene.part import force
from revanim.scene.scene import Group, Scene, View

PACE = Parameter("pace", 0.0, "", 0.0, 1e30, "Units of time that pass in a second; 0 shows a usual turn in ten.")
SOFTENING = Parameter("softening", 0.0, "", 0.0, 1e30, "Below this distance gravity grows no more.")
GRAVITY = Parameter(gravity.name, 1.0, "", 0.0, 1e30, "The constant of gravitation, where units do not say it.")
TURN = 10.0  # seconds of film in which what moves as usual comes round once
FPS, FINEST, COARSEST = 24.0, 64, 4  # steps of a frame
STEPS_PER_TURN = 60  # of the closest pair
NAMED = 64  # bodies, of which each has a group with its name
LARGE, SMALL = 0.02, 0.004  # radius for the eye, of the size of the scene
COLORS = "#ffd68c #ff9d6b #e86f9a #9a7bff #5aa0ff #66e0d0"
SEEN = 2.4  # times the usual distance from the middle that the camera stands away


@dataclass(frozen=True, eq=False)
class Bodies:
    """n bodies in units of their own, whose constant of gravitation is `gravity`."""

    mass: Floats  # float64[n]
    position: Floats  # float64[n, 3]
    velocity: Floats  # float64[n, 3], lengths in a unit of time
    gravity: float
    time: str = ""  # the unit of time, if it has a name
    names: tuple[str, ...] = ()


def scene_of(bodies: Bodies, name: str, pace: float = 0.0, softening: float = 0.0) -> Scene:
    """Return a scene in which `pace` units of time pass in a second, and gravity acts as in nature."""
    if not len(bodies.mass):
        raise RevanimError("{name} holds no bodies.", name=name)
    pace = pace or _usual_pace(bodies)
    away = np.linalg.norm(bodies.position - np.average(bodies.position, axis=0, weights=_weights(bodies.mass)), axis=1)
    size = float(np.percentile(away, 90)) or float(away.max()) or 1.0
    heavy = np.cbrt(bodies.mass / (bodies.mass.max() or 1.0))
    named = bodies.names if len(bodies.names) <= NAMED else ()
    scene = make_scene(
        bodies.position,
        bodies.velocity * pace,
        bodies.mass,
        forces=[force(gravity.name, strength=bodies.gravity * pace**2, softening=softening)],
        fps=FPS,
        steps_per_frame=_steps(bodies, pace),
        name=name,
        radius=size * (SMALL + (LARGE - SMALL) * heavy),
        color=gradient(COLORS, np.linspace(0, 1, len(bodies.mass))),
        look=replace(SPACE, trail=48, view=View(distance=SEEN * size)),
        note=f"A second is {pace:.3g} {bodies.time}." if bodies.time else "",
    )
    return set_groups(scene, [Group(each, np.array([index])) for index, each in enumerate(named) if each])


def _weights(mass: Floats) -> Floats | None:
    return mass if mass.any() else None


def _usual_pace(bodies: Bodies) -> float:
    """Return units of time in a second, so that a body at the usual distance and speed comes round in a TURN."""
    middle = np.average(bodies.position, axis=0, weights=_weights(bodies.mass))
    drift = np.average(bodies.velocity, axis=0, weights=_weights(bodies.mass))
    away = float(np.median(np.linalg.norm(bodies.position - middle, axis=1)))
    fast = float(np.median(np.linalg.norm(bodies.velocity - drift, axis=1)))
    return float(f"{2 * pi * away / fast / TURN:.2g}") if away and fast else 1.0


def _steps(bodies: Bodies, pace: float) -> int:
    """Return steps of a frame that follow the closest pair round, as far as that is affordable."""
    if not 2 <= len(bodies.mass) <= 2000:
        return COARSEST
    from scipy.spatial import cKDTree  # only who imports pays for it

    gaps, near = cKDTree(bodies.position).query(bodies.position, 2)
    pull = bodies.gravity * (bodies.mass + bodies.mass[near[:, 1]])
    turns = 2 * pi * np.sqrt(gaps[:, 1] ** 3 / np.maximum(pull, 1e-300))
    wanted = pace / FPS * STEPS_PER_TURN / max(float(turns.min()), 1e-300)
    return int(np.clip(np.ceil(min(wanted, FINEST)), COARSEST, FINEST))
