"""How large things become around home: what colours and arrows are scaled by, so that neither flickers."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np

from revanim.engine.alive.acting import acceleration
from revanim.engine.parameter import Floats
from revanim.engine.playhead import Playhead
from revanim.error import RevanimError
from revanim.scene.attribute import Instant, asked_for, attributes
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
    spans: Mapping[str, tuple[float, float]] = field(default_factory=dict)  # of all attributes the look goes by


def gauge(scene: Scene) -> Gauge:
    """Return what is found in the frames around home; the same scene gives the same numbers."""
    speeds, pushes, asked = [], [], asked_for(scene.look)
    found: dict[str, list[Floats]] = {each.name: [] for each in asked.values()}
    for playhead in _walked(scene):
        position, velocity = playhead.position, playhead.velocity
        speeds.append(_largest(velocity))
        if scene.look.accelerations:
            pushes.append(_largest(acceleration(playhead.system, playhead.live, playhead.frame)))
        for name in found:
            values = attributes()[name].values(scene, Instant(playhead.frame, position, velocity, playhead.erased))
            finite = values[np.isfinite(values)]
            found[name] += [np.percentile(finite, (LEAST, MOST))] if finite.size else []
    spans = {name: _span(ends) for name, ends in found.items()}
    return Gauge(*spans.get(scene.look.color_by, (0.0, 0.0)), max(speeds), max(pushes, default=0.0), spans)


def _span(ends: list[Floats]) -> tuple[float, float]:
    """Return the lowest and the highest of what was found; 0 and 0 where nothing was."""
    if not ends:
        return 0.0, 0.0
    low, high = float(np.min(ends)), float(np.max(ends))
    return low, high if high > low else low + (abs(low) or 1.0)


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
