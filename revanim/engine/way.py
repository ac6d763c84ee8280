"""The places that a walk goes through, and what acts along a way, all in one call of a kernel.

Python's lock is given back for a call and waited for after it: where a window paints meanwhile, that may take longer
than the walk from a frame to the next.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np

from revanim.engine.code.function_list import list_type
from revanim.engine.code.kernel import kernel
from revanim.engine.code.rounding import to_float
from revanim.engine.force import APPLY
from revanim.engine.grid import Counts
from revanim.engine.halt import HALTED, Halted
from revanim.engine.motion import DONE, set_rows, walk, walk_signature
from revanim.engine.parameter import Flags, Floats
from revanim.engine.system import System
from revanim.engine.tape import Words


def walk_by_signature() -> Any:
    """Return the numba signature of `walk_by`: what `walk` returns and takes, its count in many parts."""
    from numba.core import types

    one = walk_signature()
    return one.return_type(types.float64[:, ::1], types.int64[::1], *one.args[:5], *one.args[6:])


@kernel(walk_by_signature)
def walk_by(
    places: Floats, stops: Counts,
    state: Counts, words: Words, x: Floats, a: Floats, step: int,
    steps_per_frame: int, codes: Counts, scales: Floats, units: Floats,
    m: Floats, free: Floats, theta: Floats, slot: Counts, who: Counts, curves: Counts,
    forces: Any, moves: Any, drifted: Counts, kicked: Counts, lanes: Counts,
    wide: Flags, heavy: bool, signal: Counts, flows: Any, streams: Counts, carried: Floats, sense: Counts,
) -> tuple[int, int, int]:  # fmt: skip
    """Walk by stops, int64[s], in steps after `step`, and fill places, float64[s, 3 n], with where the bodies are then.

    The rest is that of `walk`; where that ends before the last stop, so does this, and what is behind stays as it was.
    """
    n3 = 3 * m.size
    place = state.reshape(state.size)[:n3]
    done, why, body = 0, DONE, -1
    for s in range(stops.size):
        some, why, body = walk(
            state, words, x, a, step + done, stops[s] - done,
            steps_per_frame, codes, scales, units, m, free, theta, slot, who, curves,
            forces, moves, drifted, kicked, lanes, wide, heavy, signal, flows, streams, carried, sense,
        )  # fmt: skip
        done += some
        if why != DONE or done != stops[s]:
            break
        for i in range(n3):
            places[s, i] = to_float(place[i]) * units[0]
    return done, why, body


def act_along_signature() -> Any:
    """Return the numba signature of `act_along`."""
    from numba.core import types

    counts, floats, plane, many = types.int64[::1], types.float64[::1], types.float64[:, ::1], types.float64[:, :, ::1]
    return types.void(
        many, many, counts, types.int64, floats, plane, floats, types.int64[:, :, ::1], counts, types.int64[:, ::1],
        list_type(APPLY), types.boolean[::1], counts,
    )  # fmt: skip


@kernel(act_along_signature)
def act_along(
    places: Floats, a: Floats, steps: Counts, steps_per_frame: int, m: Floats, free: Floats,
    theta: Floats, slot: Counts, who: Counts, curves: Counts, forces: Any, wide: Flags, signal: Counts,
) -> None:  # fmt: skip
    """Add to a, float64[t, 3, n], what all forces do at places, float64[t, 3, n], as they are in steps, int64[t].

    The other arguments are those of `walk`; where that would be halted, what this leaves is worth nothing.
    """
    for t in range(steps.size):
        if signal[HALTED] != 0:
            return
        set_rows(slot, theta, curves, steps[t], steps_per_frame)
        for f in range(wide.size):
            forces[f](places[t], m, theta, slot, who, f, wide[f], a[t])
        for c in range(3):
            for i in range(m.size):
                a[t, c, i] *= free[c, i]


def accelerations(system: System, places: Floats, frames: Sequence[int]) -> Floats:
    """Return float64[t, n, 3], what all forces together do to bodies at places of that shape, as frames begin.

    The others are as for `acceleration`. Raises Halted.
    """
    x, theta = np.ascontiguousarray(places.swapaxes(1, 2)), system.theta.copy() if system.keyed else system.theta
    a, steps = np.zeros_like(x), np.array(frames, np.int64) * system.steps_per_frame
    act_along(
        x, a, steps, system.steps_per_frame, system.m, system.free,
        theta, system.slot.copy(), system.who, system.curves, system.forces, system.wide, system.signal,
    )  # fmt: skip
    if system.signal[HALTED]:
        raise Halted
    return a.swapaxes(1, 2)
