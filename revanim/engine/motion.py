"""Any number of steps, either way, in one call.

Each move adds to one part of the state an integer computed only from the rest; subtracting the same integer undoes it.

A drift adds to the places an integer computed from the speeds; a kick adds to the speeds an integer computed from the
places; the moves of `moves/` do the like with lanes and tapes of their own. The stages of a step are a palindrome, so a
step back is the same list once more, with every plus a minus.
"""

from typing import Any

import numpy as np

from revanim.engine.carrying.twins import LARGEST, carry, seconds_of, turn_leads
from revanim.engine.code.function_list import list_type
from revanim.engine.code.kernel import kernel
from revanim.engine.code.rounding import to_count, to_float
from revanim.engine.code.sharing import in_shares
from revanim.engine.force import APPLY
from revanim.engine.grid import Counts
from revanim.engine.halt import DROPPED, HALTED, STAGES
from revanim.engine.keyed import set_change, set_value
from revanim.engine.move import MOVE
from revanim.engine.parameter import Flags, Floats
from revanim.engine.tape import Words, is_full

DRIFT, KICK, MOVES = 0, 1, 2  # what a stage does; code MOVES + i is move i
DONE, LOST_PLACE, LOST_SPEED, NOT_FINITE, REFUSED, FULL = range(6)  # why a walk ended
KEYED, CHANGE = 0, -1  # in place of the frames that a row holds: a value with keys, and how quickly one changes
OUT = -(2**63)  # added in place of a longer one: whoever was in range is not, and is again when it is undone


def walk_signature() -> Any:
    """Return the numba signature of `walk`."""
    from numba.core import types

    whole, counts, table = types.int64, types.int64[::1], types.int64[:, ::1]
    floats, plane = types.float64[::1], types.float64[:, ::1]
    return types.UniTuple(whole, 3)(
        table, types.uint32[:, :, ::1], plane, plane, whole, whole,
        whole, counts, floats, floats,
        floats, plane, floats, types.int64[:, :, ::1], counts, table,
        list_type(APPLY), list_type(MOVE), counts, counts, counts,
        types.boolean[::1], types.boolean[::1], types.boolean, counts, list_type(APPLY), counts, plane, counts,
    )  # fmt: skip


@kernel("void(int64[::1], float64[::1], float64)")
def show(place: Counts, x: Floats, unit: float) -> None:
    """Let the floats that forces see be the places."""
    for i in range(place.size):
        x[i] = to_float(place[i]) * unit


def follow_signature() -> Any:
    """Return the numba signature of `follow`."""
    from numba.core import types

    whole, counts, floats, plane = types.int64, types.int64[::1], types.float64[::1], types.float64[:, ::1]
    return types.int64(
        list_type(MOVE), counts, counts, types.boolean[::1], whole, types.float64, types.int64[:, ::1],
        types.uint32[:, :, ::1], plane, plane, floats, plane, floats, types.int64[:, :, ::1], counts, counts, floats,
        whole, whole,
    )  # fmt: skip


@kernel(follow_signature)
def follow(
    moves: Any, drifted: Counts, kicked: Counts, shared: Flags, code: int, scale: float, state: Counts, words: Words,
    a: Floats, unpushed: Floats, m: Floats, free: Floats, theta: Floats, slot: Counts, who: Counts,
    lanes: Counts, units: Floats, tick: int, way: int,
) -> int:  # fmt: skip
    """Let the moves of a stage act, those that follow a drift or a kick or the one that it is; return whom they refuse.

    Where way is -1 the last is the first.
    """
    refused, count = -1, 1 if code >= MOVES else drifted.size if code == DRIFT else kicked.size
    seconds = scale if code >= MOVES else seconds_of(code == DRIFT, scale, units)
    for turn in range(count):
        at = turn if way > 0 else count - 1 - turn
        move = code - MOVES if code >= MOVES else drifted[at] if code == DRIFT else kicked[at]
        place = move if code >= MOVES else move + (1 + (code == KICK)) * lanes.size
        f, pushed = slot.shape[0] - lanes.size + move, unpushed if code >= MOVES else a
        if shared[move]:
            one = in_shares(moves, place, state, words[move], pushed, m, free, theta, slot, who, f, lanes[move], units,
                            seconds, tick, way)  # fmt: skip
        else:
            one = moves[place](state, words[move], pushed, m, free, theta, slot, who, f, lanes[move], units, seconds,
                               tick, way)  # fmt: skip
        refused = max(refused, one)
    return refused


@kernel("int64(int64[::1], int64[::1], float64[::1], float64, float64)", inline=True)
def drift(place: Counts, speed: Counts, x: Floats, scale: float, unit: float) -> int:
    """Add to the places what the speeds say; the result is LOST_PLACE when one is out of range now, else DONE."""
    over = 0
    for i in range(place.size):
        stride = to_float(speed[i]) * scale
        fits = abs(stride) < LARGEST
        new = place[i] + (to_count(stride if fits else 0.0) if fits else OUT)
        over |= new ^ (new << 1)  # negative when the top two bits differ: beyond 2^62
        place[i] = new
        x[i] = to_float(new) * unit
    return LOST_PLACE if over < 0 else DONE


@kernel("int64(int64[::1], float64[::1], float64[::1], float64)", inline=True)
def kick(speed: Counts, a: Floats, free: Floats, scale: float) -> int:
    """Add to the speeds what the accelerations say; the result is NOT_FINITE, LOST_SPEED or DONE."""
    over, lost = 0, 0
    for i in range(speed.size):
        push = a[i] * free[i] * scale
        fits = abs(push) < LARGEST
        lost |= not fits
        new = speed[i] + to_count(push if fits else 0.0)
        over |= new ^ (new << 1)
        speed[i] = new
    return NOT_FINITE if lost else LOST_SPEED if over < 0 else DONE


@kernel("int64(int64, int64[::1], int64[::1], float64[::1], float64[::1], float64)")
def culprit(why: int, place: Counts, speed: Counts, a: Floats, free: Floats, scale: float) -> int:
    """Return the first body that ended a walk."""
    for i in range(place.size):
        lost = place[i] if why == LOST_PLACE else speed[i]
        if lost ^ (lost << 1) < 0 if why != NOT_FINITE else not abs(a[i] * free[i] * scale) < LARGEST:
            return i % (place.size // 3)
    return -1


@kernel("boolean(int64[:,::1])")
def any_keyed(curves: Counts) -> bool:
    """Tell whether any parameter has keys, and so may be another in every step."""
    found = False
    for c in range(curves.shape[0]):
        found |= curves[c, 6] == KEYED
    return found


@kernel("void(int64[:,:,::1], float64[::1], int64[:,::1], int64, int64)")
def set_rows(slot: Counts, theta: Floats, curves: Counts, step: int, steps_per_frame: int) -> None:
    """Let the parameters that change over frames be as they are in a step; `curves` is a field of `System`.

    Those with rows are pointed at the one for its frame; of those with keys, the value in its middle is written down,
    and where it is asked for, how quickly it changes.
    """
    for c in range(curves.shape[0]):
        if curves[c, 6] == KEYED:
            middle = (step + 0.5) / steps_per_frame
            set_value(theta, curves[c, 2], curves[c, 3], curves[c, 4], curves[c, 5], curves[c, 7], middle)
            continue
        if curves[c, 6] == CHANGE:
            begin, end = step / steps_per_frame, (step + 1) / steps_per_frame
            set_change(theta, curves[c, 2], curves[c, 3], curves[c, 4], curves[c, 5], curves[c, 7], begin, end)
            continue
        row = (step // steps_per_frame - curves[c, 5]) // curves[c, 6]
        outside = curves[c, 7] >= 0 and (row < 0 or row >= curves[c, 4])
        held = curves[c, 2] + curves[c, 3] * min(max(row, 0), curves[c, 4] - 1)
        slot[curves[c, 0], curves[c, 1], 0] = curves[c, 7] if outside else held


@kernel(walk_signature)
def walk(
    state: Counts, words: Words, x: Floats, a: Floats, step: int, count: int,
    steps_per_frame: int, codes: Counts, scales: Floats, units: Floats,
    m: Floats, free: Floats, theta: Floats, slot: Counts, who: Counts, curves: Counts,
    forces: Any, moves: Any, drifted: Counts, kicked: Counts, lanes: Counts, wide: Flags, shared: Flags,
    heavy: bool, signal: Counts, flows: Any, streams: Counts, carried: Floats, sense: Counts,
) -> tuple[int, int, int]:  # fmt: skip
    """Walk `count` steps (back when negative) from `step`, and return how many were done, why it ended, and at whom.

    When a stage leads out of range, or meets a force that is not finite, that stage and the ones before it are undone:
    the state is left at the last whole step. So it is where the walk is halted by `signal`: a heavy one in the midst of
    a step, whose beginning is kept, since to undo the stages would take as long as they did. words is uint32[moves, n,
    c], the tapes of the moves; where one of them is full, what this leaves is worth nothing. The other arguments are
    fields of `System`; x and a are scratch, and so is what `theta` holds of parameters with keys.
    """
    n3 = 3 * m.size
    place, speed = state.reshape(state.size)[:n3], state.reshape(state.size)[n3 : 2 * n3]
    x_, a_, free_ = x.reshape(n3), a.reshape(n3), free.reshape(n3)
    lead, carried_ = state.reshape(state.size)[2 * n3 : 3 * n3], carried.reshape(n3)
    y, u = np.empty_like(x), np.empty_like(x)
    sign = 1 if count > 0 else -1
    frame, fresh = -(2**62), False  # the frame that `slot` stands at, and whether `a` holds the forces at `x`
    keyed = any_keyed(curves)
    done, why, body = 0, DONE, -1
    # There is always one, if only the one that does nothing: taking it from the list takes time.
    first, first_wide = forces[0], wide.size > 0 and wide[0]
    unpushed = np.zeros((3, m.size if lanes.size > 0 else 0))  # what a move in the outer halves knows of a kick
    kept = np.empty((state.shape[0] if heavy else 0, state.shape[1]), np.int64)
    kept_words = np.empty((words.shape[0] if heavy else 0, words.shape[1], words.shape[2]), np.uint32)
    show(place, x_, units[0])
    while done != count and why == DONE and signal[HALTED] == 0:
        if heavy:
            kept[:], kept_words[:] = state, words
        now = step + done - (sign < 0)
        if keyed or now // steps_per_frame != frame:
            frame, fresh = now // steps_per_frame, fresh and curves.size == 0
            set_rows(slot, theta, curves, now, steps_per_frame)
        if streams.size > 0 and sign < 0:
            turn_leads(state, x, sense, carried, units[0], now, sign)
            fresh = False
        stage, way = 0, sign
        while 0 <= stage < codes.size and signal[DROPPED] == 0:
            signal[STAGES] += 1
            code, scale = codes[stage], scales[stage]
            acts = code >= MOVES or (drifted.size > 0 if code == DRIFT else kicked.size > 0)
            tick = 2 * now + ((2 * stage >= codes.size) == (sign > 0)) if acts else 0
            if code == KICK and not fresh:
                a_[:] = 0.0
                first(x, m, theta, slot, who, 0, first_wide, a)
                for f in range(1, wide.size):
                    forces[f](x, m, theta, slot, who, f, wide[f], a)
                fresh = True
            # All that acts in a stage stands here: arrays that were handed on to it took longer than the stage itself.
            trouble, refused = DONE, -1
            if acts and way < 0:
                refused = follow(moves, drifted, kicked, shared, code, scale, state, words, a, unpushed, m, free,
                                 theta, slot, who, lanes, units, tick, way)  # fmt: skip
            if code == DRIFT:
                trouble = drift(place, speed, x_, way * scale, units[0])
            elif code == KICK:
                trouble = kick(speed, a_, free_, way * scale)
            if streams.size > 0 and code < MOVES:
                refused = max(refused, carry(flows, streams, code == DRIFT, place, lead, x, y, u, carried_, m, theta,
                                             slot, who, wide, scale, units, way))  # fmt: skip
            if acts and way > 0:
                refused = max(refused, follow(moves, drifted, kicked, shared, code, scale, state, words, a, unpushed,
                                              m, free, theta, slot, who, lanes, units, tick, way))  # fmt: skip
            if acts and code != KICK:
                show(place, x_, units[0])
            trouble = REFUSED if trouble == DONE and refused >= 0 else trouble
            fresh = fresh and code == KICK
            body = max(body, refused)
            if trouble != DONE and why == DONE:  # turn around: undo this stage, then the ones before it
                why, way = trouble, -sign
                body = body if why == REFUSED else culprit(why, place, speed, a_, free_, scale)
            else:
                stage += way * sign
        if streams.size > 0 and (why == DONE) == (sign > 0):
            turn_leads(state, x, sense, carried, units[0], now, 1)
            fresh = False
        if signal[DROPPED] != 0:  # what the forces have given since is not whole
            state[:], words[:] = kept, kept_words
            break
        if words.size > 0 and is_full(words):
            why = FULL
        if why == DONE:
            done += sign
    return done, why, body


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
    forces: Any, moves: Any, drifted: Counts, kicked: Counts, lanes: Counts, wide: Flags, shared: Flags,
    heavy: bool, signal: Counts, flows: Any, streams: Counts, carried: Floats, sense: Counts,
) -> tuple[int, int, int]:  # fmt: skip
    """Walk by stops, int64[s], in steps after `step`, and fill places, float64[s, 3 n], with where the bodies are then.

    Python's lock is given back for a call and waited for after it: beside a window that paints, a call for each frame
    takes longer than the walk. The rest is that of `walk`; where that ends before the last stop, so does this.
    """
    n3 = 3 * m.size
    place = state.reshape(state.size)[:n3]
    done, why, body = 0, DONE, -1
    for s in range(stops.size):
        some, why, body = walk(
            state, words, x, a, step + done, stops[s] - done,
            steps_per_frame, codes, scales, units, m, free, theta, slot, who, curves,
            forces, moves, drifted, kicked, lanes, wide, shared, heavy, signal, flows, streams, carried, sense,
        )  # fmt: skip
        done += some
        if why != DONE or done != stops[s]:
            break
        for i in range(n3):
            places[s, i] = to_float(place[i]) * units[0]
    return done, why, body
