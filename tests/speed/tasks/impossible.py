"""Tasks that cannot be had, on purpose: they shall be recognised within a second."""

from collections.abc import Iterator
from functools import partial

import numpy as np

import revanim as ra
from tasks.chains import LENGTH, chain
from tasks.swarms import swarm
from tasks.task import Task

SECONDS = 1.0


def impossible(random: np.random.Generator, small: bool) -> Iterator[Task]:
    """Yield one task of each sort."""
    for make, controls in (
        (launch_for_two, ("velocity",)),
        (beyond_the_chain, "auto"),
        (a_nail_against_a_key, "auto"),
        (nobody_free, "auto"),
        (out_of_sight, ("velocity",)),
    ):
        seed = int(random.integers(2**32))
        name = f"impossible: {make.__name__.replace('_', ' ')}"
        yield Task(name, partial(make, seed), 1e-6, SECONDS, controls=controls, possible=False)


def launch_for_two(seed: int) -> ra.Scene:
    """Return a cloud with two keyframes, of which a launch can hit one."""
    return swarm(seed, 30, "named", "gravity", 2)


def beyond_the_chain(seed: int) -> ra.Scene:
    """Return a chain whose end shall be where it cannot reach."""
    random = np.random.default_rng(seed)
    rods, angle = int(random.integers(2, 9)), random.uniform(0.0, 2 * np.pi)
    place = random.uniform(1.2, 3.0) * rods * LENGTH * np.array([[np.cos(angle), np.sin(angle), 0.0]])
    return ra.edits.add_keyframe(chain(rods, np.array([0.6, -0.8, 0.0])), 40, [rods], position=place)


def a_nail_against_a_key(seed: int) -> ra.Scene:
    """Return a cloud with a body that is nailed to a place when it is asked for at another."""
    scene, random = swarm(seed, 30, "named", "gravity", 1), np.random.default_rng(seed)
    hold, (place, other) = int(random.integers(6)), 2.0 * random.normal(size=(2, 1, 3))
    scene = ra.edits.add_keyframe(scene, 122, [3], position=place, nail=True, hold=hold)
    return ra.edits.add_keyframe(scene, 122 + hold, [3], position=other)


def nobody_free(seed: int) -> ra.Scene:
    """Return a cloud all of whose bodies are pinned, asked to move."""
    random = np.random.default_rng(seed)
    place = random.normal(size=(10, 3))
    scene = ra.make_scene(place, 0 * place, 1.0, [ra.force("uniform")], pinned=np.ones(10, bool))
    return ra.edits.add_keyframe(scene, 40, range(10), position=-place)


def out_of_sight(seed: int) -> ra.Scene:
    """Return three bodies that fall through each other, and shall meet a place long after any launch can aim."""
    random = np.random.default_rng(seed)
    place = random.normal(size=(3, 3))
    gravity = ra.force("gravity", strength=4.0, softening=0.05)
    scene = ra.make_scene(place, 0.3 * random.normal(size=(3, 3)), 1.0, [gravity], frames=(1, 2000))
    return ra.edits.add_keyframe(scene, 1500, range(3), position=random.normal(size=(3, 3)))
