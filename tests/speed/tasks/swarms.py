"""Swarms: clouds that shall become one shape after the other."""

from collections.abc import Iterator
from functools import partial

import numpy as np

import revanim as ra
from revanim.engine.parameter import Floats
from revanim.scene.poses.text import text_points
from tasks.task import Task

LAWS = "gravity", "springs", "lennard-jones"
GOAL = 1e-6  # miss over size
SORTS = "named", "shapes", "words"
HOLDS, HELD = 0.4, 16  # the share of keyframes that hold, and for so many frames
SPACING = 32, 56  # frames from one keyframe to the next
ALPHABET = np.array(list("ABCDEFGHIJKLMNOPRSTUVWXYZ"))


def swarms(random: np.random.Generator, small: bool) -> Iterator[Task]:
    """Yield swarms of every size: each sort of target, 2 to 5 keyframes, the forces in turn."""
    for count in (30,) if small else (30, 300):
        for sort in SORTS:
            for law in LAWS[:1] if small else LAWS:
                keys, seed = int(random.integers(2, 6)), int(random.integers(2**32))
                make = partial(swarm, seed, count, sort, law, keys)
                yield Task(f"{count} bodies, {sort}", make, GOAL, 1.0, median=True, sort=f"{law}, {keys} keys")
    for sort in () if small else SORTS:
        seed = int(random.integers(2**32))
        yield Task(f"2000 bodies, {sort}", partial(swarm, seed, 2000, sort, "gravity", 2), GOAL, 20.0)


def others(random: np.random.Generator, small: bool) -> Iterator[Task]:
    """Yield named swarms of which something else is asked: some axes, some bodies, speeds, another home."""
    for wish in ("partial", "velocity", "home"):
        for _ in range(1 if small else 3):
            keys, seed = int(random.integers(2, 4)), int(random.integers(2**32))
            make = partial(swarm, seed, 30, "named", "gravity", keys, wish)
            yield Task(f"30 bodies, {wish}", make, GOAL, 1.0, median=True, sort=f"{keys} keys")


def swarm(seed: int, count: int, sort: str, law: str, keys: int, wish: str = "") -> ra.Scene:
    """Return a random cloud, at rest or nearly, with its sequence of targets."""
    random = np.random.default_rng(seed)
    place = cloud(count, law, random)
    speed = random.normal(0.0, random.choice([0.0, 0.1]), size=(count, 3))
    home = int(random.integers(2, 60)) if wish == "home" else 1
    scene = ra.make_scene(
        place,
        random.normal(0.0, 0.3, size=3) + speed if wish == "home" else speed,
        1 / count,
        [force_of(law, count, random)],
        scheme=str(random.choice(["verlet", "leapfrog"])),
        steps_per_frame=4,
        frames=(1, 400),
        home=home,
    )
    frame = home
    for _ in range(keys):
        frame += int(random.integers(*SPACING))
        scene = ask(scene, frame, target(sort, count, law, random), sort, wish, random)
        if wish != "velocity" and random.random() < HOLDS:
            scene = ra.edits.replace_keyframe(scene, len(scene.keyframes) - 1, hold=HELD)
            frame += HELD
    return scene


def ask(scene: ra.Scene, frame: int, place: Floats, sort: str, wish: str, random: np.random.Generator) -> ra.Scene:
    """Return the scene with one more keyframe."""
    who = np.arange(len(place))
    if wish == "partial":
        some = random.permutation(who)[: len(who) // 2]
        axes = tuple(bool(axis) for axis in random.permutation([True, True, False]))
        return ra.edits.add_keyframe(scene, frame, some, position=place[some], axes=axes)
    if wish == "velocity":
        speed = random.normal(0.0, 0.5, size=place.shape)
        return ra.edits.add_keyframe(scene, frame, who, position=place, velocity=speed)
    return ra.edits.add_keyframe(scene, frame, who, position=place, shape=sort != "named")


def cloud(count: int, law: str, random: np.random.Generator) -> Floats:
    """Return float64[count, 3], places around the origin; atoms keep their distance."""
    if law != "lennard-jones":
        return random.normal(size=(count, 3))
    side = int(np.ceil(count ** (1 / 3)))
    cells = np.indices((side, side, side)).reshape(3, -1).T[random.permutation(side**3)[:count]]
    return 4.0 / side * (cells - (side - 1) / 2 + random.uniform(-0.2, 0.2, size=(count, 3)))


def force_of(law: str, count: int, random: np.random.Generator) -> ra.Part:
    """Return a force that the cloud feels, of random strength."""
    if law == "gravity":
        return ra.force("gravity", strength=random.uniform(0.2, 1.0), softening=0.2)
    if law == "springs":
        links = [random.choice(count, 2, replace=False) for _ in range(count)]
        return ra.force("spring", links=links, stiffness=random.uniform(1.0, 5.0) / count, length=1.0)
    return ra.force("lennard_jones", depth=1e-3 / count, size=1.0 / count)


def target(sort: str, count: int, law: str, random: np.random.Generator) -> Floats:
    """Return float64[count, 3]: a cloud, a ring, square or sphere, or a word of two to five letters."""
    if sort == "named":
        return random.uniform(0.7, 1.3) * cloud(count, law, random)
    if sort == "words":
        word = "".join(random.choice(ALPHABET, int(random.integers(2, 6))))
        return np.column_stack([text_points(word, count, random.uniform(1.0, 2.0)), np.zeros(count)])
    angle = np.linspace(0.0, 2 * np.pi, count, endpoint=False)
    ring = np.stack([np.cos(angle), np.sin(angle), 0 * angle], axis=1)
    square = ring / np.abs(ring).max(axis=1, keepdims=True)
    ball = random.normal(size=(count, 3))
    shapes = ring, square, ball / np.linalg.norm(ball, axis=1, keepdims=True)
    return random.uniform(1.0, 2.0) * shapes[int(random.integers(3))] + random.normal(0.0, 0.3, size=3)
