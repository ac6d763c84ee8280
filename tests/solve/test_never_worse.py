"""No result is worse than the start, whatever is asked, whatever may change, and wherever it is cancelled."""

from itertools import islice
from typing import Any

import numpy as np
import pytest

import revanim as ra
from revanim.solve.settling import settle

Random = np.random.Generator


def drawn(random: Random) -> ra.Scene:
    """Return a few bodies under some force, with keys of every sort."""
    count = int(random.integers(2, 6))
    links = [[body, body + 1] for body in range(count - 1)]
    force = (
        ra.force("gravity", strength=random.uniform(0.2, 3.0), softening=0.1),
        ra.force("spring", links=links, stiffness=random.uniform(1.0, 30.0), length=1.0),
        ra.force("uniform", acceleration=(0.0, -4.0, 0.0)),
    )[int(random.integers(3))]
    place, speed = random.normal(size=(2, count, 3))
    home = int(random.integers(1, 9))
    pinned = random.random(count) < 0.2
    scene = ra.make_scene(place, speed, 1.0, [force], pinned=pinned, steps_per_frame=4, home=home)
    frame = home
    for _ in range(int(random.integers(1, 4))):
        frame += int(random.integers(3, 16))
        scene = ra.edits.add_keyframe(scene, frame, **wanted(random, frame, random.permutation(count)))
    return scene


def wanted(random: Random, frame: int, who: np.ndarray) -> dict[str, Any]:
    """Return what a key asks of some of the bodies."""
    who = who[: int(random.integers(1, who.size + 1))]
    key: dict[str, Any] = {"bodies": who, "position": 2.0 * random.normal(size=(who.size, 3))}
    sort = int(random.integers(6))
    if sort == 0:
        key["velocity"] = random.normal(size=(who.size, 3))
    elif sort == 1:
        key["hold"] = int(random.integers(1, 6))
    elif sort == 2:
        key |= {"nail": True, "tolerance": 1e-3}
    elif sort == 3:
        key["window"] = (frame - 2, frame + 3)
    elif sort == 4:
        key["shape"] = True
    return key


def allowed(random: Random) -> dict[str, Any]:
    """Return what may change, and how far a solve may go."""
    every = int(random.integers(1, 9))
    controls = (
        "auto",
        ("velocity",),
        ("velocity", ra.Control("nudge", every=every)),
        ("velocity", ra.Control("nudge", every=every, effort=float(10.0 ** random.uniform(-4, 1)))),
        (ra.Control("nudge", every=every, low=-2.0, high=2.0),),
        (ra.Control("velocity", low=-1.0, high=1.0), "position"),
        ("mass",),
    )[int(random.integers(7))]
    return {
        "controls": controls,
        "iterations": int(random.integers(1, 9)),
        "physical": float(random.choice([0, 0.6, 1])),
    }


def judged(scene: ra.Scene) -> tuple[float, float]:
    """Return how far nails stick out, and the cost, of a scene as it walks, whatever a solver says of it."""
    objective = ra.Objective(scene)
    settle(objective, objective.start)
    return objective.judge(objective.start)[:2]


@pytest.mark.parametrize("seed", range(16))
def test_no_result_is_worse_than_the_start(seed: int) -> None:
    random = np.random.default_rng(seed)
    scene, how = drawn(random), allowed(random)
    ends = int(random.integers(1, 12)) if seed % 2 else None  # of every second the artist has enough early on
    *_, last = islice(ra.solve(scene, starts=1, **how), ends)
    (excess, cost), (stuck, before) = judged(last.scene), judged(scene)
    assert (excess, cost) <= (stuck * (1 + 1e-9) + 1e-12, before * (1 + 1e-9) + 1e-12)
