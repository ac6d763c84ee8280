"""Bodies as astronomers list them, made into a scene that an animator can watch."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import inf, log10, pi

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
from revanim.scene.tables.orbits import MOST as MOST_ORBITS
from revanim.scene.tables.orbits import Orbits, orbits
from revanim.sentence import visible

PACE = Parameter("pace", 0.0, "", 0.0, 1e30, "Units of time that pass in a second; 0 shows a usual turn in ten.")
SOFTENING = Parameter("softening", 0.0, "", 0.0, 1e30, "Below this distance gravity grows no more.")
GRAVITY = Parameter(gravity.name, 0.0, "", 0.0, 1e30, "The constant of gravitation; 0 takes it from the units, or 1.")
TURN = 10.0  # seconds of film in which what moves as usual comes round once
FPS, FINEST, COARSEST = 24.0, 64, 4  # steps of a frame
STEPS_PER_TURN = 60  # of the closest pair
EFFORT, MOST_STEPS = 3e5, 2048  # pairs that are looked at in a frame, and steps of one
BEYOND = 1e60  # no number of a table is larger: its square and its cube are numbers still
VAST, SPARE = 1e9, 1e3  # how large a scene may be, and how much stronger its gravity may be made
TINY = 1e-300
STRONGEST = max(float(each.high) for each in gravity.parameters if each.name == "strength")
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
    length: str = ""  # that of length
    names: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()  # what else a person would not expect


def scene_of(bodies: Bodies, name: str, pace: float = 0.0, softening: float = 0.0) -> Scene:
    """Return a scene in which `pace` units of time pass in a second, and gravity acts as in nature.

    Raises RevanimError where there are no bodies, where a mass is negative or a number has no measure, and where two
    bodies lie at one place.
    """
    _check(bodies, name)
    going = _orbits(bodies)
    pace = pace or _usual_pace(bodies, going)
    steps = _steps(going, pace, softening / _extent(bodies))
    bodies, softening, notes = _fitted(bodies, pace, softening)
    finest = int(np.clip(EFFORT / len(bodies.mass) ** 2, FINEST, MOST_STEPS))
    if steps > finest:
        notes.append("The steps are too coarse for how close some bodies come; a smaller pace makes them finer.")
    size = _size(bodies) or 1.0
    heavy = np.cbrt(bodies.mass / (bodies.mass.max() or 1.0))
    scene = make_scene(
        bodies.position,
        bodies.velocity * pace,
        bodies.mass,
        forces=[force(gravity.name, strength=bodies.gravity * pace**2, softening=softening)],
        fps=FPS,
        steps_per_frame=int(np.clip(np.ceil(min(steps, finest)), COARSEST, finest)),
        name=name,
        radius=size * (SMALL + (LARGE - SMALL) * heavy),
        color=gradient(COLORS, np.linspace(0, 1, len(bodies.mass))),
        look=replace(SPACE, trail=48, view=View(distance=SEEN * size)),
        note=" ".join([*([f"A second is {pace:.3g} {bodies.time}."] if bodies.time else []), *notes, *bodies.notes]),
    )
    if not softening:
        _check_apart(scene, bodies, name)
    return set_groups(scene, _groups(bodies.names))


def _check(bodies: Bodies, name: str) -> None:
    if not len(bodies.mass):
        raise RevanimError("{name} holds no bodies.", name=name)
    if (bodies.mass < 0).any():
        bad = int(np.argmax(bodies.mass < 0))
        raise RevanimError(
            "Body {body} of {name} has the mass {mass:g}; a mass is 0 or more.",
            body=bad,
            name=name,
            mass=bodies.mass[bad],
        )
    every = np.column_stack([bodies.position, bodies.velocity, bodies.mass])
    beyond = ~(np.abs(every) < BEYOND).all(axis=1)
    if beyond.any() or not abs(bodies.gravity) < BEYOND:
        raise RevanimError(
            "Body {body} of {name} has a number beyond {most:g}; give another unit.",
            body=int(np.argmax(beyond)),
            name=name,
            most=BEYOND,
        )
    if 0 < np.abs(bodies.position).max() < 1 / BEYOND:
        raise RevanimError("The bodies of {name} lie within {least:g}; give another unit.", name=name, least=1 / BEYOND)


def _check_apart(scene: Scene, bodies: Bodies, name: str) -> None:
    """Refuse bodies at one place of which one pulls: the pull would have no end."""
    _, first, which = np.unique(scene.bodies.state[:3], axis=1, return_index=True, return_inverse=True)
    pulling = np.bincount(which.ravel(), bodies.mass > 0) > 0
    again = np.flatnonzero((first[which.ravel()] != np.arange(which.size)) & pulling[which.ravel()])
    if again.size:
        one, other = (_called(bodies, int(each)) for each in (first[which.ravel()[again[0]]], again[0]))
        raise RevanimError(
            "The bodies {one} and {other} of {name} lie at one place, where one would pull the other without end; move"
            " one of them, or give a softening.",
            one=one,
            other=other,
            name=name,
        )


def _called(bodies: Bodies, body: int) -> str:
    named = bodies.names[body] if bodies.names else ""
    return f"{body} ({named})" if named else str(body)


def _groups(names: Sequence[str]) -> list[Group]:
    """Return a group for each name, where there are few of them; bodies that share a name share a group."""
    seen = list(map(visible, names))
    different = [name for name in dict.fromkeys(seen) if name][: NAMED + 1]
    every = np.array(seen)
    return [Group(name, np.flatnonzero(every == name)) for name in different] if len(different) <= NAMED else []


def _fitted(bodies: Bodies, pace: float, softening: float) -> tuple[Bodies, float, list[str]]:
    """Return bodies in such units that gravity and the camera can be set, and a sentence on a new unit of length."""
    limit, size = STRONGEST / SPARE, _size(bodies) or 1.0
    heaviest = float(bodies.mass.max()) or 1.0
    if bodies.gravity * pace**2 > limit:
        bodies = replace(bodies, mass=bodies.mass / heaviest, gravity=bodies.gravity * heaviest)
    if bodies.gravity * pace**2 <= limit and 1 / VAST < size < VAST:
        return bodies, softening, []
    unit = 10.0 ** round(log10(size))
    bodies = replace(
        bodies,
        position=bodies.position / unit,
        velocity=bodies.velocity / unit,
        gravity=bodies.gravity / unit**3,
    )
    return bodies, softening / unit, [f"A unit of length is {unit:g} {bodies.length}.".replace(" .", ".")]


def _size(bodies: Bodies) -> float:
    """Return how far most bodies are from the middle of their mass."""
    away = np.linalg.norm(bodies.position - _middle(bodies, bodies.position), axis=1)
    return float(np.percentile(away, 90)) or float(away.max())


def _middle(bodies: Bodies, of: Floats) -> Floats:
    return np.asarray(np.average(of, axis=0, weights=bodies.mass / bodies.mass.max() if bodies.mass.any() else None))


def _orbits(bodies: Bodies) -> Orbits | None:
    """Return how they go round, of bodies that are not too many; the unit of length is their extent.

    So no square is too large or too small for a number.
    """
    if not 2 <= len(bodies.mass) <= MOST_ORBITS:
        return None
    size = _extent(bodies)
    return orbits(bodies.position / size, bodies.velocity / size, bodies.gravity * bodies.mass / size**3)


def _extent(bodies: Bodies) -> float:
    return float(np.abs(bodies.position).max()) or 1.0


def _usual_pace(bodies: Bodies, going: Orbits | None) -> float:
    """Return units of time in a second, so that a body that moves as usual comes round in a TURN."""
    if going is not None and np.isfinite(going.period).any():
        usual = float(np.median(going.period[np.isfinite(going.period)]))
    else:
        away = np.linalg.norm(bodies.position - _middle(bodies, bodies.position), axis=1)
        fast = np.linalg.norm(bodies.velocity - _middle(bodies, bodies.velocity), axis=1)
        usual = 2 * pi * float(np.median(away)) / (float(np.median(fast)) or inf)
    return float(f"{usual / TURN:.2g}") or 1.0


def _steps(going: Orbits | None, pace: float, softening: float) -> float:
    """Return how many steps of a frame follow the closest pair round where it is closest."""
    if going is None:
        return COARSEST
    turn = going.turn(softening)
    known = turn[np.isfinite(turn)]
    return pace / FPS * STEPS_PER_TURN / max(float(known.min(initial=inf)), TINY)
