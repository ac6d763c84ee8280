"""Tasks that cannot be had, on purpose: they shall be recognised within a second."""

from collections.abc import Iterator
from functools import partial

import numpy as np

import revanim as ra
from tasks.chains import LENGTH, chain, chain_poses
from tasks.swarms import swarm
from tasks.task import Task

SECONDS = 1.0


def impossible(random: np.random.Generator, small: bool) -> Iterator[Task]:
    """Yield a few tasks of each sort."""
    launch, seldom = ("velocity",), ("velocity", ra.Control("nudge", every=60))
    for make, controls in (
        (launch_for_two, launch),
        (launch_for_a_hold, launch),
        (out_of_sight, launch),
        (beyond_the_chain, "auto"),
        (rods_torn_apart, "auto"),
        (at_two_places, "auto"),
        (nobody_free, "auto"),
        (too_seldom, seldom),
    ):
        for seed in random.integers(2**32, size=1 if small else 4):
            name = f"impossible: {make.__name__.replace('_', ' ')}"
            yield Task(name, partial(make, int(seed)), 1e-6, SECONDS, controls=controls, possible=False)


def launch_for_two(seed: int) -> ra.Scene:
    """Return a cloud with two keyframes, of which a launch can hit one."""
    return swarm(seed, 30, "named", "gravity", 2)


def beyond_the_chain(seed: int) -> ra.Scene:
    """Return a chain whose end shall be where it cannot reach."""
    random = np.random.default_rng(seed)
    rods, angle = int(random.integers(2, 9)), random.uniform(0.0, 2 * np.pi)
    place = random.uniform(1.2, 3.0) * rods * LENGTH * np.array([[np.cos(angle), np.sin(angle), 0.0]])
    return ra.edits.add_keyframe(chain(rods, np.array([0.6, -0.8, 0.0])), 40, [rods], position=place)


def launch_for_a_hold(seed: int) -> ra.Scene:
    """Return a cloud that shall rest at its places, which nothing but pushes can make it do."""
    return ra.edits.replace_keyframe(swarm(seed, 30, "named", "gravity", 1), 0, hold=12)


def rods_torn_apart(seed: int) -> ra.Scene:
    """Return a chain of which a whole pose is asked that pulls one of its rods out or presses it."""
    random = np.random.default_rng(seed)
    rods = int(random.integers(3, 9))
    scene = chain_poses(seed, rods, 1, tip=False)
    place = np.array(scene.keyframes[0].position)
    rod = int(random.integers(1, rods))
    place[rod:] += random.uniform(-0.6, -0.2) * (place[rod] - place[rod - 1])
    return ra.edits.replace_keyframe(scene, 0, position=place)


def at_two_places(seed: int) -> ra.Scene:
    """Return a cloud with a body that is nailed to one place, and asked to another at once, or while the nail holds."""
    scene, random = swarm(seed, 30, "named", "gravity", 1), np.random.default_rng(seed)
    held = int(random.integers(2)) * int(random.integers(2, 12))
    for frame, hold, nail in ((80, held, True), (80 + held, 0, False)):
        place = 2.0 * random.normal(size=(1, 3))
        scene = ra.edits.add_keyframe(scene, frame, [3], position=place, nail=nail, hold=hold)
    return scene


def too_seldom(seed: int) -> ra.Scene:
    """Return a cloud with four keys before the third push begins."""
    scene, random = swarm(seed, 30, "named", "gravity", 1), np.random.default_rng(seed)
    first = scene.keyframes[0].end
    for frame in range(first + 6, first + 24, 6):
        scene = ra.edits.add_keyframe(scene, frame, range(30), position=random.normal(size=(30, 3)))
    return scene


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
