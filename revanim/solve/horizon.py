"""How far a launch can aim: tiny errors at home grow, and beyond some frame no launch is fine enough."""

from collections.abc import Callable, Iterator

import numpy as np

from revanim.engine.parameter import Floats
from revanim.engine.playhead import Playhead
from revanim.error import RevanimError
from revanim.scene.build import make_playhead
from revanim.scene.scene import Scene
from revanim.solve.objective import Objective
from revanim.solve.scale import extent, nonlinear

LOST = 9.0  # e-foldings of an error that a launch can still aim through
TINY = 1e-7  # of the size of the scene: the error whose growth is measured


def growth(playhead: Playhead, size: float) -> Iterator[float]:
    """Yield, frame by frame, the logarithm of how much a tiny error has grown; it ends where the motion does.

    The playhead walks along, with another one beside it that begins a little off.
    """
    unit = playhead.system.grid.length_unit
    beside = playhead.twin()
    off = TINY * size / unit * np.random.default_rng(0).uniform(-1, 1, beside.live[:3].shape)
    beside.live[:3] += np.rint(off * playhead.system.free).astype(np.int64)
    while True:
        try:
            for one in (playhead, beside):
                one.seek(one.frame + 1)
        except RevanimError:
            return
        apart = float(np.abs(playhead.position - beside.position).max(initial=0.0))
        yield float(np.log(max(apart, 1e-300) / (TINY * size)))


def error_growth(objective: Objective, z: Floats, last: int) -> Floats:
    """Return float64[frames], the logarithm of how much a tiny error at home has grown, frame by frame up to `last`."""
    playhead = objective.at_home(z)
    with objective.coming_home():
        steps = growth(playhead, objective.size)
        return np.array([value for _, value in zip(range(last - playhead.frame), steps, strict=False)])


def aim_of(objective: Objective, z: Floats, last: int, off: float = 1.0) -> int | None:
    """Return the first frame up to `last` by which a tiny error at home has grown beyond aim; None where there is none.

    A motion that is `off` by many sizes of the scene is beyond aim sooner: it must be led so much farther. Two walks,
    which end there.
    """
    lost = LOST - np.log(max(off, 1.0))
    playhead = objective.at_home(z)
    with objective.coming_home():
        for value in growth(playhead, objective.size):
            if value > lost:
                return playhead.frame
            if playhead.frame >= last:
                break
    return None


def launch_horizon(scene: Scene, last: int, stopped: Callable[[], bool]) -> int | None:
    """Return the first frame up to `last` at which a launch can aim no more; None where there is none, or if stopped.

    Two walks, which end there.
    """
    if not nonlinear(scene):
        return None
    playhead = make_playhead(scene)
    for value in growth(playhead, extent(scene)):
        if value > LOST:
            return playhead.frame
        if playhead.frame >= last or stopped():
            break
    return None
