"""The forces along a way and how they change with it, each all in one call of a kernel.

Python's lock is given back for a call and waited for after it: beside a window that paints, a call for each place takes
longer than the forces do.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np

from revanim.engine.adjoint import Adjoint, pull_all
from revanim.engine.code.function_list import list_type
from revanim.engine.code.kernel import kernel
from revanim.engine.force import APPLY, PULL
from revanim.engine.grid import Counts
from revanim.engine.halt import HALTED, Halted
from revanim.engine.motion import set_rows
from revanim.engine.parameter import Flags, Floats
from revanim.engine.system import System


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


def accelerations(system: System, places: Floats, frames: Sequence[int] | Counts) -> Floats:
    """Return float64[t, n, 3], what all forces together do to bodies at places of that shape, as frames begin.

    The others are as for `acceleration`. Raises Halted.
    """
    x, theta = np.ascontiguousarray(places.swapaxes(1, 2)), system.theta.copy() if system.keyed else system.theta
    a, steps = np.zeros_like(x), np.asarray(frames, np.int64) * system.steps_per_frame
    act_along(
        x, a, steps, system.steps_per_frame, system.m, system.free,
        theta, system.slot.copy(), system.who, system.curves, system.forces, system.wide, system.signal,
    )  # fmt: skip
    if system.signal[HALTED]:
        raise Halted
    return a.swapaxes(1, 2)


def pull_along_signature() -> Any:
    """Return the numba signature of `pull_along`."""
    from numba.core import types

    counts, floats, plane, many = types.int64[::1], types.float64[::1], types.float64[:, ::1], types.float64[:, :, ::1]
    return types.void(
        many, many, many, counts, types.int64, floats, plane, floats, types.int64[:, :, ::1], counts,
        types.int64[:, ::1], list_type(PULL), types.boolean[::1], counts,
    )  # fmt: skip


@kernel(pull_along_signature)
def pull_along(
    places: Floats, weights: Floats, gx: Floats, steps: Counts, steps_per_frame: int, m: Floats, free: Floats,
    theta: Floats, slot: Counts, who: Counts, curves: Counts, pulls: Any, wide: Flags, signal: Counts,
) -> None:  # fmt: skip
    """Fill gx, float64[t, 3, n], with the derivatives of the sum of weights * what `act_along` finds for the places."""
    a, scaled, gm, gtheta = np.empty_like(free), np.empty_like(free), np.zeros(0), np.zeros(theta.size)
    for t in range(steps.size):
        if signal[HALTED] != 0:
            return
        set_rows(slot, theta, curves, steps[t], steps_per_frame)
        pull_all(
            pulls, places[t], m, theta, slot, who, wide, 1.0, free.reshape(free.size), weights[t].reshape(free.size),
            scaled, a, gx[t], gm, gtheta,
        )  # fmt: skip
        for c in range(3):
            for i in range(m.size):
                gx[t, c, i] *= free[c, i]


def pulled_along(adjoint: Adjoint, places: Floats, frames: Sequence[int] | Counts, weights: Floats) -> Floats:
    """Return float64[t, n, 3], the derivatives of the sum of weights * `accelerations` for the places; raises Halted.

    Bodies that cannot be pushed have none.
    """
    system, x, w = adjoint.playhead.system, *(np.ascontiguousarray(v.swapaxes(1, 2)) for v in (places, weights))
    theta = system.theta.copy() if system.keyed else system.theta
    gx, steps = np.empty_like(x), np.asarray(frames, np.int64) * system.steps_per_frame
    pull_along(
        x, w, gx, steps, system.steps_per_frame, system.m, system.free,
        theta, system.slot.copy(), system.who, system.curves, adjoint.pulls, system.wide, system.signal,
    )  # fmt: skip
    if system.signal[HALTED]:
        raise Halted
    return gx.swapaxes(1, 2)
