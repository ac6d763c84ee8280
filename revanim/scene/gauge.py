"""How large things become around home: what colours and arrows are scaled by, so that neither flickers."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from revanim.engine.alive.acting import acceleration
from revanim.engine.parameter import Floats
from revanim.engine.playhead import Playhead
from revanim.error import RevanimError
from revanim.scene.attribute import Instant, attributes
from revanim.scene.build import make_playhead
from revanim.scene.scene import Scene

FRAMES = 24  # that are walked to either side of home at most
WORK = 2e8  # pairs of bodies that may be computed for it
LEAST, MOST = 1, 99  # percentiles: a few strays shall not take all the colours


@dataclass(frozen=True)
class Gauge:
    """The span of the attribute that colours the bodies, and how fast and how hard driven the liveliest are.

    What the look does not draw is not looked for: then `low` and `high`, or `acceleration`, are 0.
    """

    low: float
    high: float
    speed: float
    acceleration: float


def gauge(scene: Scene) -> Gauge:
    """Return what is found in the frames around home; the same scene gives the same numbers."""
    spans, speeds, pushes = [], [], []
    attribute = attributes().get(scene.look.color_by)
    for playhead in _walked(scene):
        position, velocity = playhead.position, playhead.velocity
        speeds.append(_largest(velocity))
        if scene.look.accelerations:
            pushes.append(_largest(acceleration(playhead.system, playhead.live, playhead.frame)))
        if attribute:
            values = attribute.values(scene, Instant(playhead.frame, position, velocity, playhead.erased))
            finite = values[np.isfinite(values)]
            spans += [np.percentile(finite, (LEAST, MOST))] if finite.size else []
    low, high = (float(np.min(spans)), float(np.max(spans))) if spans else (0.0, 0.0)
    if spans and low == high:
        high = low + (abs(low) or 1.0)
    return Gauge(low, high, max(speeds), max(pushes, default=0.0))


def _walked(scene: Scene) -> Iterator[Playhead]:
    """Yield a playhead at home, and then at frames to either side of it."""
    playhead = make_playhead(scene)
    yield playhead
    reach = _reach(scene)
    for direction in (1, -1):
        try:
            playhead.seek(scene.timing.home)
            for frame in range(1, reach + 1):
                playhead.seek(scene.timing.home + direction * frame)
                yield playhead
        except RevanimError:
            playhead = make_playhead(scene)  # the motion ends there


def _reach(scene: Scene) -> int:
    """Return how many frames may be walked; for very many bodies there are few."""
    mass, timing = scene.bodies.mass, scene.timing
    pairs = mass.size * (int(np.count_nonzero(mass)) + 50) * timing.steps_per_frame * 8
    return FRAMES if pairs * FRAMES < WORK else int(WORK / pairs)


def _largest(vectors: Floats) -> float:
    return float(np.percentile(np.linalg.norm(vectors, axis=1), MOST)) if len(vectors) else 0.0
