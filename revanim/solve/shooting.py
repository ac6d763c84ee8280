"""Multiple shooting: a long motion is aimed in windows, each from a state of its own, until these are one walk.

The states at the windows' starts (nodes) are unknowns beside the controls, and what is missed is the targets and the
gaps between the end of each window and the next node (Bock and Plitt 1984). No error grows beyond its window, so the
model of a step holds far further than over the whole walk, where chaos leaves it no room. Once the gaps are closed
every second node is dropped, and so on, until one window is left: then the gap is zero, for there is none.
"""

from collections.abc import Generator, Iterator
from itertools import pairwise

import numpy as np

from revanim.engine.parameter import Floats
from revanim.error import RevanimError
from revanim.solve.horizon import error_growth
from revanim.solve.objective import Objective
from revanim.solve.rods import Rods
from revanim.solve.windows import Path, Windows

TIMES = 1.0, 2.0, 4.0  # the usual number of windows: first so many, then so many
FOLDS, FEWEST = 0.5, 8  # e-foldings of an error in a window, and windows, usually
LOOSE, FIRM = 1.0, 10.0  # weights of the gaps, at first and then
MOST, PATIENCE, GAIN = 30, 4, 0.2  # iterations at one weight; a gain below this part in so many ends them
EXACT = 1e-24  # sum of squares over the size squared: nothing more to gain
DAMPING, FAINTEST, STRONGEST = 1e-2, 1e-12, 1e6  # where the columns of the Jacobian have the length 1
FAINT = 1e-6  # of its longest column: what is fainter is not brought to that length
KEEP, SLOWER = 1e-3, 0.2  # part of the promised gain that makes a step worth taking; of the damping, at best
AHEAD, BENT = 0.1, 0.75  # of a step, where its curvature is felt; of its length, how far it may be bent
LARGE = 48  # numbers in a state: each costs a walk back in every Jacobian
CHAOTIC = 2.0  # e-foldings of an error before the last keyframe


def shoot(objective: Objective, z: Floats) -> Iterator[Floats]:
    """Yield controls after each iteration on the way to a motion that hits the targets.

    It is tried with one number of windows after the other; each attempt ends with a single window, so without gaps.
    What is yielded before is seldom better than z: judge each by the walk that it makes. What the controls themselves
    cost is not looked at.
    """
    for times in TIMES:
        yield from _attempt(objective, cut(objective, z, times), z)


def worth_shooting(objective: Objective, z: Floats) -> bool:
    """Return whether windows are likely to hit what walks from home do not, for a motion like that of z.

    They are where there are pushes along the way to close the gaps, few bodies, and errors that grow well before the
    last keyframe. Measured on such motions as descent had missed: windows hit eight of eight of three to five bodies
    and three of seven of chains. A launch alone they aim less often than further starts do.
    """
    pushed = any(handle.rows > 1 for handle in objective.handles)
    small = 2 * int(np.count_nonzero(objective.playhead.system.free)) <= LARGE
    last = max(term.frame for term in objective.asked)
    return pushed and small and float(error_growth(objective, z, last).max(initial=0.0)) > CHAOTIC


def cut(objective: Objective, z: Floats, times: float = 1.0) -> tuple[int, ...]:
    """Return the frames between windows, with home and the last: all keyframes, and more where errors grow fast."""
    ends = {term.frame for term in objective.asked if term.after in (0, term.key.hold)}
    home, marks = objective.origin.timing.home, sorted(ends)
    growth = error_growth(objective, z, marks[-1])
    count, frames = times * max(FEWEST, growth.max(initial=0.0) / FOLDS), [home]
    for first, last in pairwise([home, *marks]):
        pieces = min(max(1, round(count * (last - first) / (marks[-1] - home))), last - first)
        frames += [first + (last - first) * piece // pieces for piece in range(1, pieces + 1)]
    return tuple(frames)


def _attempt(objective: Objective, frames: tuple[int, ...], z: Floats) -> Iterator[Floats]:
    """Close the gaps, let the rods ring, drop every second node, and close the gaps again until no node is left."""
    rods, bare = (Rods(objective.playhead.system, objective.origin.bodies.position, stiff) for stiff in (True, False))
    try:
        path = Windows(objective, frames, LOOSE, rods).follow(z)
        path = yield from _improve(Windows(objective, frames, LOOSE, rods), path)
        path = yield from _improve(Windows(objective, frames, FIRM, rods), path)
        ringing = Windows(objective, frames, FIRM, bare)
        path = yield from _improve(ringing, ringing.ends(path))
    except RevanimError:
        return
    while path.nodes:
        frames, path = (frames[0], *frames[2:-1:2], frames[-1]), Path(path.z, path.nodes[1::2])
        path = yield from _improve(Windows(objective, frames, FIRM, bare), path)


def _improve(windows: Windows, path: Path) -> Generator[Floats, None, Path]:
    """Yield the controls of paths that miss less and less, and return the last path.

    The damping is that of Levenberg and Marquardt, as Nielsen (1999) adapts it, where the columns of the Jacobian have
    the length 1: pushes early on move the end far more than late ones, and chaos makes that a matter of powers of ten.
    """
    missed, slope = windows.residuals(path), np.zeros((0, 0))
    costs, damping, stiffer = [float(missed @ missed)], DAMPING, 2.0
    for _ in range(MOST):
        stalled = len(costs) > PATIENCE and costs[-1] > (1 - GAIN) * costs[-1 - PATIENCE]
        if stalled or damping > STRONGEST or not EXACT * windows.objective.size**2 < costs[-1] < np.inf:
            break
        slope = slope if slope.size else windows.jacobian(path)
        there, promised = _step(windows, path, missed, slope, damping)
        new = windows.residuals(there)
        kept = (costs[-1] - float(new @ new)) / (costs[-1] - promised) if promised < costs[-1] else 0.0
        if kept > KEEP:
            path, missed, slope, stiffer = there, new, np.zeros((0, 0)), 2.0
            damping = max(damping * max(SLOWER, 1 - (2 * kept - 1) ** 3), FAINTEST)
            costs.append(float(new @ new))
            yield path.z
        else:
            damping, stiffer = damping * stiffer, stiffer * 2.0
    return path


def _step(windows: Windows, path: Path, missed: Floats, slope: Floats, damping: float) -> tuple[Path, float]:
    """Return the path a damped step further, bent by the curvature along it, and the cost the linear model promises.

    The bend is the geodesic acceleration of Transtrum and Sethna (2012).
    """
    length = np.linalg.norm(slope, axis=0)
    length = np.maximum(length, FAINT * length.max() or 1.0)
    slope = slope / length
    wide = slope.shape[0] < slope.shape[1]
    gram = slope @ slope.T if wide else slope.T @ slope
    gram[np.diag_indices_from(gram)] += damping

    def solve(r: Floats) -> Floats:
        return np.asarray(-slope.T @ np.linalg.solve(gram, r) if wide else -np.linalg.solve(gram, slope.T @ r))

    step = solve(missed)
    promised = missed + slope @ step
    ahead = windows.residuals(windows.move(path, AHEAD * step / length))
    if np.isfinite(ahead).all():
        bend = solve(ahead - missed - AHEAD * slope @ step) / AHEAD**2
        if np.linalg.norm(bend) < BENT * np.linalg.norm(step):
            step = step + bend
    return windows.move(path, step / length), float(promised @ promised)
