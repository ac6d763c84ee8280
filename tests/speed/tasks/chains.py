"""Chains of rods: tips and whole poses, where random launches bring them."""

from collections.abc import Iterator
from functools import partial

import numpy as np

import revanim as ra
from revanim.engine.parameter import Floats
from tasks.task import Task

LENGTH, GRAVITY = 0.5, 4.5
SPIN = 2.0  # rad/s, of each rod at a launch
GOAL, SECONDS = 1e-4, 5.0
SHARES = {8: 0.8}  # of the poses that should be hit; 0.95 of those with fewer rods


def chains(random: np.random.Generator, small: bool) -> Iterator[Task]:
    """Yield tips and whole poses of chains: one where a launch brings it in the same time, and sequences."""
    for rods in (2,) if small else (2, 3, 4, 5, 8):
        for sort in ("tip", "pose"):
            for _ in range(1 if small else 3):
                for keys in (1,) if small else (1, 2, 3):
                    seed = int(random.integers(2**32))
                    name = f"{sort} of {rods} rods, {keys} keys" if keys > 1 else f"{sort} of {rods} rods"
                    make = partial(chain_poses, seed, rods, keys, sort == "tip")
                    yield Task(name, make, GOAL, SECONDS * keys, SHARES.get(rods, 0.95))


def bridges(random: np.random.Generator, small: bool) -> Iterator[Task]:
    """Yield chains between two pins that shall come where launches bring them."""
    for rods in (4,) if small else (4, 6, 8):
        for keys in (1, 2):
            for _ in range(1 if small else 3):
                make = partial(bridge_poses, int(random.integers(2**32)), rods, keys)
                yield Task(f"bridge of {rods} rods, {keys} keys", make, GOAL, SECONDS * keys, SHARES.get(rods, 0.95))


def bridge(rods: int, bend: float, velocity: Floats | None = None) -> ra.Scene:
    """Return an arc of rods between two pins, each turned by so much against the one before."""
    angle, body = bend * (np.arange(rods) - (rods - 1) / 2), np.arange(rods + 1)
    along = LENGTH * np.stack([np.cos(angle), np.sin(angle), 0 * angle], axis=1)
    place = np.vstack([np.zeros(3), np.cumsum(along, axis=0)])
    forces = [
        ra.force("uniform", acceleration=(0.0, -GRAVITY, 0.0)),
        ra.force("rod", links=np.stack([body[:-1], body[1:]], axis=1), length=LENGTH),
    ]
    speed, pinned = 0 * place if velocity is None else velocity, (body == 0) | (body == rods)
    return ra.make_scene(place, speed, 1.0, forces, pinned=pinned, planar=True, scheme="leapfrog", steps_per_frame=64)


def bridge_poses(seed: int, rods: int, keys: int) -> ra.Scene:
    """Return an arc at rest that shall come, one after the other, where launches nobody knows have brought it.

    A launch changes no length of a rod, to first order: the speeds are drawn, and what would is taken off.
    """
    random = np.random.default_rng(seed)
    bend, frame = random.uniform(1.6, 3.6) / rods, 1
    scene, who = bridge(rods, bend), list(range(1, rods))
    across = np.diff(scene.bodies.position, axis=0) / LENGTH
    slope = np.zeros((rods, rods + 1, 3))
    slope[np.arange(rods), np.arange(rods)], slope[np.arange(rods), np.arange(rods) + 1] = -across, across
    held = slope[:, 1:-1, :2].reshape(rods, -1)
    for key in range(keys):
        frame += int(random.integers(24, 40))
        drawn = SPIN * LENGTH * np.sqrt(rods) / 2 * random.normal(size=held.shape[1])
        velocity = np.zeros((rods + 1, 3))
        velocity[1:-1, :2] = (drawn - np.linalg.pinv(held) @ (held @ drawn)).reshape(-1, 2)
        playhead = ra.Playhead(bridge(rods, bend, velocity))
        playhead.seek(frame if key == 0 else int(random.integers(15, 49)))
        scene = ra.edits.add_keyframe(scene, frame, who, position=playhead.position[who])
    return scene


def chain(rods: int, along: Floats, velocity: Floats | None = None) -> ra.Scene:
    """Return a straight chain that is let go from rest, or with the given velocity."""
    body = np.arange(rods + 1)
    place = np.outer(LENGTH * body, along)
    forces = [
        ra.force("uniform", acceleration=(0.0, -GRAVITY, 0.0)),
        ra.force("rod", links=np.stack([body[:-1], body[1:]], axis=1), length=LENGTH),
    ]
    speed = 0 * place if velocity is None else velocity
    return ra.make_scene(
        place, speed, 1.0, forces, pinned=body == 0, planar=True, scheme="leapfrog", steps_per_frame=64
    )


def chain_poses(seed: int, rods: int, keys: int, tip: bool) -> ra.Scene:
    """Return a chain at rest that shall come, one after the other, where launches nobody knows have brought it.

    The first key is 1 to 2 seconds after home and can be had by a launch alone; each other one lies 0.7 to 1.3 seconds
    after the one before, and where some other launch has brought the chain after 0.6 to 2 seconds.
    """
    random = np.random.default_rng(seed)
    angle = random.uniform(-np.pi, 0.0)
    along, across = np.array([np.cos(angle), np.sin(angle), 0.0]), np.array([-np.sin(angle), np.cos(angle), 0.0])
    scene, frame = chain(rods, along), 1
    who = [rods] if tip else list(range(1, rods + 1))
    for key in range(keys):
        frame += int(random.integers(24, 49) if key == 0 else random.integers(17, 32))
        spins = np.cumsum(LENGTH * SPIN * random.normal(size=rods))
        playhead = ra.Playhead(chain(rods, along, np.outer(np.r_[0.0, spins], across)))
        playhead.seek(frame if key == 0 else int(random.integers(15, 49)))
        scene = ra.edits.add_keyframe(scene, frame, who, position=playhead.position[who])
    return scene
