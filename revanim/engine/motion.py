"""Any number of steps, either way, in one call.

Each move adds to one part of the state an integer computed only from the rest; subtracting the same integer undoes it.

A drift adds to the places an integer computed from the speeds; a kick adds to the speeds an integer computed from the
places; the moves of `moves/` do the like with lanes of their own. The stages of a step are a palindrome, so a step back
is the same list once more, with every plus a minus.
"""

from typing import Any

import numpy as np

from revanim.engine.force import APPLY
from revanim.engine.function_list import list_type
from revanim.engine.grid import Counts
from revanim.engine.kernel import kernel
from revanim.engine.move import MOVE
from revanim.engine.parameter import Floats

DRIFT, KICK, MOVES = 0, 1, 2  # what a stage does; code MOVES + i is move i
DONE, LOST_PLACE, LOST_SPEED, NOT_FINITE, REFUSED = range(5)  # why a walk ended
LARGEST = 2.0**62  # no increment reaches it, so adding one to a count in range cannot wrap around


def walk_signature() -> Any:
    """Return the numba signature of `walk`."""
    from numba.core import types

    whole, counts, table = types.int64, types.int64[::1], types.int64[:, ::1]
    floats, plane = types.float64[::1], types.float64[:, ::1]
    return types.UniTuple(whole, 3)(
        table, plane, plane, whole, whole,
        whole, counts, floats, floats,
        floats, plane, floats, types.int64[:, :, ::1], counts, table,
        list_type(APPLY), list_type(MOVE), counts, types.boolean,
    )  # fmt: skip


@kernel(walk_signature)
def walk(
    state: Counts, x: Floats, a: Floats, step: int, count: int,
    steps_per_frame: int, codes: Counts, scales: Floats, units: Floats,
    m: Floats, free: Floats, theta: Floats, slot: Counts, who: Counts, curves: Counts,
    forces: Any, moves: Any, lanes: Counts, wide: bool,
) -> tuple[int, int, int]:  # fmt: skip
    """Walk `count` steps (back when negative) from `step`, and return how many were done, why it ended, and at whom.

    When a stage leads out of range, or meets a force that is not finite, that stage and the ones before it are undone:
    the state is left at the last whole step. The other arguments are fields of `System`; x and a are scratch.
    """
    n3 = 3 * m.size
    place, speed = state.reshape(state.size)[:n3], state.reshape(state.size)[n3 : 2 * n3]
    x_, a_, free_ = x.reshape(n3), a.reshape(n3), free.reshape(n3)
    for i in range(n3):
        x_[i] = place[i] * units[0]
    sign = 1 if count > 0 else -1
    force_count, stage_count = slot.shape[0] - lanes.size, codes.size
    frame, fresh = -(2**62), False
    done, why, body = 0, DONE, -1
    while done != count and why == DONE:
        now = step + done - (sign < 0)
        if now // steps_per_frame != frame:
            frame, fresh = now // steps_per_frame, False
            for c in range(curves.shape[0]):
                row = (frame - curves[c, 5]) // curves[c, 6]
                offset = curves[c, 2] + curves[c, 3] * min(max(row, 0), curves[c, 4] - 1)
                outside = curves[c, 7] >= 0 and (row < 0 or row >= curves[c, 4])
                slot[curves[c, 0], curves[c, 1], 0] = curves[c, 7] if outside else offset
        stage, way = 0, sign
        while 0 <= stage < stage_count:
            code, scale = codes[stage], scales[stage]
            trouble, over = DONE, 0
            if code == DRIFT:
                for i in range(n3):
                    new = place[i] + way * np.int64(np.rint(speed[i] * scale))
                    over |= new ^ (new << 1)  # negative when the top two bits differ: beyond 2^62
                    place[i] = new
                    x_[i] = new * units[0]
                fresh = False
                trouble = LOST_PLACE if over < 0 else DONE
            elif code == KICK:
                if not fresh:
                    for i in range(n3):
                        a_[i] = 0.0
                    for f in range(force_count):
                        forces[f](x, m, theta, slot, who, f, wide, a)
                    fresh = True
                finite = True
                for i in range(n3):
                    d = np.rint(a_[i] * free_[i] * scale)
                    fits = abs(d) < LARGEST
                    finite &= fits
                    new = speed[i] + way * np.int64(d if fits else 0.0)
                    over |= new ^ (new << 1)
                    speed[i] = new
                trouble = NOT_FINITE if not finite else LOST_SPEED if over < 0 else DONE
            else:
                f = code - MOVES
                refused = moves[f](state, m, free, theta, slot, who, force_count + f, lanes[f], units, scale, way)
                for i in range(n3):
                    x_[i] = place[i] * units[0]
                fresh = False
                trouble = DONE if refused < 0 else REFUSED
                body = max(body, refused)
            if trouble != DONE and why == DONE:
                why, way = trouble, -sign
                for i in range(n3):
                    lost = place[i] if why == LOST_PLACE else speed[i]
                    if body >= 0:
                        break
                    if why == NOT_FINITE:
                        if not abs(a_[i] * free_[i] * scale) < LARGEST:
                            body = i % m.size
                    elif why != REFUSED and lost ^ (lost << 1) < 0:
                        body = i % m.size
            else:
                stage += way * sign
        if why == DONE:
            done += sign
    return done, why, body
