"""Motion that loses energy: swarms and chains under drag, a ball that bounces into a cup, and a leaf in the wind."""

from collections.abc import Iterator
from functools import partial

import numpy as np

import revanim as ra
from revanim.engine.parameter import Floats
from tasks.chains import chain_poses
from tasks.swarms import swarm
from tasks.task import Task

BOUNCES = 3
CUP, SPOT = 1e-4, 1e-3  # miss over size
DOWN = ra.force("uniform", acceleration=(0.0, 0.0, -9.81))


def losses(random: np.random.Generator, small: bool) -> Iterator[Task]:
    """Yield a few tasks of each sort."""
    for make, goal, seconds in (
        (swarm_with_drag, 1e-6, 1.0),
        (swarm_with_turns, 1e-6, 1.0),
        (swarm_with_heat, 1e-6, 1.0),
        (chain_with_drag, 1e-4, 5.0),
        (ball_into_a_cup, CUP, 5.0),
        (leaf_onto_a_spot, SPOT, 5.0),
    ):
        for seed in random.integers(2**32, size=1 if small else 5):
            name, is_swarm = make.__name__.replace("_", " "), make.__name__.startswith("swarm")
            yield Task(name, partial(make, int(seed)), goal, seconds, share=1.0 if is_swarm else 0.8, median=is_swarm)


def swarm_with_drag(seed: int) -> ra.Scene:
    """Return a cloud that the air slows down, far above the ground, with a sequence of targets."""
    random = np.random.default_rng(seed)
    return swarm_with(seed, random, air(random), *[ra.move("floor", height=-40.0)] * int(random.integers(2)))


def swarm_with_turns(seed: int) -> ra.Scene:
    """Return a cloud in a magnetic field, or in a frame that turns, with a sequence of targets."""
    random = np.random.default_rng(seed)
    return swarm_with(seed, random, ra.move("turn", rate=random.normal(0.0, 1.0, 3)))


def swarm_with_heat(seed: int) -> ra.Scene:
    """Return a cloud that is cooled or heated evenly, or by a bath, with a sequence of targets."""
    random = np.random.default_rng(seed)
    bath = ra.move("thermostat", temperature=random.uniform(0.02, 0.1), relaxation=random.uniform(0.3, 1.0))
    return swarm_with(seed, random, bath if random.random() < 0.4 else ra.move("cool", rate=random.uniform(-0.5, 1.5)))


def swarm_with(seed: int, random: np.random.Generator, *moves: ra.Part) -> ra.Scene:
    """Return a cloud with some moves and a sequence of targets."""
    scene = swarm(seed, 30, "named", "gravity", int(random.integers(2, 5)))
    for move in moves:
        scene = ra.edits.add_part(scene, move)
    return scene


def air(random: np.random.Generator) -> ra.Part:
    """Return drag of random strength, with a wind."""
    rate, quadratic = random.uniform(0.1, 1.5), random.choice([0.0, 0.3])
    return ra.move("drag", rate=rate, quadratic=quadratic, wind=random.normal(0.0, 0.3, 3))


def chain_with_drag(seed: int) -> ra.Scene:
    """Return a chain in air that shall take a pose to which another launch brings it."""
    random = np.random.default_rng(seed)
    rods, frame = int(random.integers(2, 5)), int(random.integers(24, 49))
    drag = ra.move("drag", rate=random.uniform(0.1, 1.5))
    scene = ra.edits.set_keyframes(chain_poses(seed, rods, 1, tip=False), [])
    along = scene.bodies.position[1] / np.linalg.norm(scene.bodies.position[1])
    spins = np.cumsum(np.r_[0.0, random.normal(size=rods)])
    scene = ra.edits.add_part(scene, drag)
    return hit_by(scene, np.outer(spins, (-along[1], along[0], 0.0)), frame)


def hit_by(scene: ra.Scene, velocity: Floats, frame: int) -> ra.Scene:
    """Return the scene, whose free bodies shall be at a frame where a launch that nobody knows brings them."""
    launched = ra.edits.set_motion(scene, range(scene.bodies.count), velocity=velocity)
    playhead, free = ra.Playhead(launched), np.flatnonzero(~scene.bodies.pinned)
    playhead.seek(frame)
    return ra.edits.add_keyframe(scene, frame, free, position=playhead.position[free])


def ball_into_a_cup(seed: int) -> ra.Scene:
    """Return a ball that shall be in a cup after three bounces, where another throw brings it."""
    random = np.random.default_rng(seed)
    floor = ra.move("floor", restitution=random.uniform(0.6, 0.9), friction=random.uniform(0.0, 0.3))
    place = np.array([[0.0, 0.0, random.uniform(1.0, 2.0)]])
    scene = ra.make_scene(
        place, [thrown(random)], 1.0, [DOWN], moves=[floor], scheme="leapfrog", steps_per_frame=8, frames=(1, 400)
    )
    good = thrown(random)
    launched = ra.edits.set_motion(scene, [0], velocity=[good])
    playhead, bounces, rising = ra.Playhead(launched), 0, good[2] > 0
    while bounces < BOUNCES or playhead.velocity[0, 2] > 0:
        playhead.seek(playhead.frame + 1)
        bounces += not rising and playhead.velocity[0, 2] > 0
        rising = playhead.velocity[0, 2] > 0
    return hit_by(scene, np.array([good]), playhead.frame)


def thrown(random: np.random.Generator) -> Floats:
    """Return the speed of a ball that is thrown forward, up or down."""
    return np.array([random.uniform(1.0, 3.0), random.uniform(-1.0, 1.0), random.uniform(-1.0, 3.0)])


def leaf_onto_a_spot(seed: int) -> ra.Scene:
    """Return a leaf that gusts carry, and that shall lie at a spot on the ground where another throw brings it."""
    random = np.random.default_rng(seed)
    gusts = ra.force("turbulence", strength=random.uniform(1.0, 4.0), size=random.uniform(1.0, 3.0), seed=seed % 1000)
    drag = ra.move("drag", rate=random.uniform(1.0, 3.0), quadratic=0.5, wind=(random.uniform(0.5, 2.0), 0.0, 0.0))
    floor = ra.move("floor", restitution=0.1, friction=0.8)
    scene = ra.make_scene(
        [[0.0, 0.0, 2.0]], [thrown(random)], 1.0, [DOWN, gusts], moves=[drag, floor], scheme="leapfrog",
        steps_per_frame=8, frames=(1, 400),
    )  # fmt: skip
    return hit_by(scene, np.array([thrown(random)]), int(random.integers(24, 60)))
