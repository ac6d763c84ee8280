"""Transfers: a probe beside the Earth that shall meet Mars."""

from collections.abc import Iterator
from functools import partial

import numpy as np

import revanim as ra
from revanim.engine.parameter import Floats
from revanim.scene.gallery.solar_system import planets
from tasks.task import Task

YEAR = 365.25  # days


def transfers(random: np.random.Generator, small: bool) -> Iterator[Task]:
    """Yield probes that leave on a random day and fly for 150 to 300."""
    probe = ra.Control("velocity", bodies=(11,))
    for _ in range(1 if small else 3):
        leaves, flies = int(random.integers(1, 700)), int(random.integers(150, 300))
        yield Task("a probe meets Mars", partial(transfer, leaves, flies), 1e-6, 2.0, controls=(probe,))


def transfer(leaves: int, flies: int) -> ra.Scene:
    """Return the planets so many days after 1 January 2000, with the probe; a second is a year, a frame a day."""
    names, attraction, place, speed = planets()
    playhead = ra.Playhead(orbits(attraction, place, speed * YEAR))
    playhead.seek(leaves)
    place, speed = playhead.position, playhead.velocity
    playhead.seek(leaves + flies)
    earth, mars = names.index("earth"), names.index("mars")
    beside = place[earth] + 0.01 * (place[earth] - place[0])
    scene = orbits(np.r_[attraction, 0.0], np.vstack([place, beside]), np.vstack([speed, speed[earth]]))
    return ra.edits.add_keyframe(scene, flies, [len(names)], position=playhead.position[[mars]])


def orbits(attraction: Floats, place: Floats, speed: Floats) -> ra.Scene:
    """Return bodies under their gravity, from G m in au³ / day², au and au / year."""
    gravity = ra.force("gravity", strength=attraction[0] * YEAR**2, softening=0.0)
    mass = attraction / attraction[0]
    return ra.make_scene(place, speed, mass, [gravity], fps=YEAR, steps_per_frame=4, frames=(0, 1000), home=0)
