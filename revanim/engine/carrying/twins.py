"""Bodies that a flow carries, and their twins: motion by a velocity that depends on the place, and that can be undone.

A velocity at a place cannot be added to that place exactly: on the way back the place is another. So each body has a
twin, A + E where it is at A and its lead is E (0 at home), and each of the two is carried by the velocity at the other.
In the stages of a scheme

    drift  A += c u(A + E), E -= the same     the twin stays where it is, so that u is the same on the way back
    kick   E += c u(A)                        the body stays

which is the flow of a doubled Hamiltonian where u has one (Pihajoki 2015). What would grow is the lead, by the strain
of the flow. So after each step it is turned by a quarter about the mean of both, exactly: that swaps two lanes and
negates one. In a plane all leads turn about z, those of vortices that turn clockwise the other way; in space about x, y
and z in turn. Then strain averages to nothing, and the lead stays as small as the error of a step, for ever. Turns by
small angles inside the step do less (Tao 2016).

Below each of the two is what takes the gradient back through it. With a for the places and b for the leads

    drift undone  g = c J(A + E)' (a - b), a += g, b += g
    kick undone   g = c J(A)' b, a += g
"""

from typing import Any

from revanim.engine.code.function_list import list_type
from revanim.engine.code.kernel import kernel
from revanim.engine.code.rounding import to_count, to_float
from revanim.engine.force import APPLY, PULL
from revanim.engine.grid import Counts
from revanim.engine.parameter import Flags, Floats

LEAD = 6  # the first of the three lanes of the lead
LARGEST = 2.0**62  # no increment reaches it, so adding one to a count in range cannot wrap around


def carry_signature() -> Any:
    """Return the numba signature of `carry`."""
    from numba.core import types

    counts, floats, plane = types.int64[::1], types.float64[::1], types.float64[:, ::1]
    return types.int64(
        list_type(APPLY), counts, types.boolean, counts, counts, plane, plane, plane, floats,
        floats, floats, types.int64[:, :, ::1], counts, types.boolean[::1], types.float64, floats, types.int64,
    )  # fmt: skip


@kernel("void(int64[::1], int64[::1], float64[:,::1], float64)")
def show_twins(place: Counts, lead: Counts, y: Floats, unit: float) -> None:
    """Let the floats that flows see be the places of the twins."""
    y_ = y.reshape(y.size)
    for i in range(place.size):
        y_[i] = to_float(place[i] + lead[i]) * unit


@kernel("float64(boolean, float64, float64[::1])")
def seconds_of(drifts: bool, scale: float, units: Floats) -> float:
    """Return the seconds of a stage from what turns a speed, or an acceleration, into counts there."""
    return float(scale * units[0] / units[1] if drifts else scale * units[1])


@kernel(carry_signature)
def carry(
    flows: Any, streams: Counts, drifts: bool, place: Counts, lead: Counts, x: Floats, y: Floats, u: Floats,
    carried: Floats, m: Floats, theta: Floats, slot: Counts, who: Counts, wide: Flags, scale: float, units: Floats,
    way: int,
) -> int:  # fmt: skip
    """Let the flows act in a drift or a kick; the result is a body that is taken out of range, or -1.

    Even then the inverse undoes it. `scale` is that of the stage for those who are pushed. x are the places, and stay
    so; y and u are scratch, float64[3, n].
    """
    x_, u_ = x.reshape(x.size), u.reshape(u.size)
    if drifts:
        show_twins(place, lead, y, units[0])
    u_[:] = 0.0
    for k in range(streams.size):
        f = streams[k]
        flows[k](y if drifts else x, m, theta, slot, who, f, wide[f], u)
    lost, unit, per_count = -1, units[0], seconds_of(drifts, scale, units) / units[0]
    for i in range(place.size):
        if carried[i] != 0.0:
            stride = u_[i] * per_count
            fits = abs(stride) < LARGEST
            step = way * to_count(stride if fits else 0.0)
            if drifts:
                place[i] += step
                step = -step
                x_[i] = to_float(place[i]) * unit
            lead[i] += step
            out = (place[i] ^ (place[i] << 1)) < 0 or (lead[i] ^ (lead[i] << 1)) < 0
            if out or not fits:
                lost = i % m.size
    return lost


def carry_back_signature() -> Any:
    """Return the numba signature of `carry_back`."""
    from numba.core import types

    counts, floats, plane = types.int64[::1], types.float64[::1], types.float64[:, ::1]
    return types.void(
        list_type(PULL), counts, types.boolean, counts, counts, plane, plane, plane, floats,
        floats, floats, types.int64[:, :, ::1], counts, types.boolean[::1], types.float64, floats,
        floats, floats, plane, plane, floats, floats,
    )  # fmt: skip


@kernel(carry_back_signature)
def carry_back(
    pulls: Any, streams: Counts, drifts: bool, place: Counts, lead: Counts, x: Floats, y: Floats, u: Floats,
    carried: Floats, m: Floats, theta: Floats, slot: Counts, who: Counts, wide: Flags, scale: float, units: Floats,
    a: Floats, b: Floats, w: Floats, g: Floats, gm: Floats, gtheta: Floats,
) -> None:  # fmt: skip
    """Undo what flows did in a drift or a kick, and take a and b, the derivatives for places and leads, back.

    w and g are scratch, float64[3, n].
    """
    x_, u_, w_, g_ = x.reshape(x.size), u.reshape(u.size), w.reshape(w.size), g.reshape(g.size)
    unit, seconds = units[0], seconds_of(drifts, scale, units)
    if drifts:
        show_twins(place, lead, y, unit)
    for i in range(place.size):
        u_[i], g_[i] = 0.0, 0.0
        w_[i] = seconds * carried[i] * (a[i] - b[i] if drifts else b[i])
    for k in range(streams.size):
        f = streams[k]
        pulls[k](y if drifts else x, m, theta, slot, who, f, wide[f], w, u, g, gm, gtheta)
    per_count = seconds / unit
    for i in range(place.size):
        a[i] += g_[i]
        if carried[i] != 0.0:
            step = to_count(u_[i] * per_count)
            if drifts:
                place[i] -= step
                step = -step
                b[i] += g_[i]
                x_[i] = to_float(place[i]) * unit
            lead[i] -= step


@kernel("int64(int64)", inline=True)
def half(count: int) -> int:
    """Return half of a count, rounded to the nearest, half to even."""
    return (count >> 1) + (count & (count >> 1) & 1)


@kernel("UniTuple(int64, 2)(float64, int64)")
def plane_of(free: float, step: int) -> tuple[int, int]:
    """Return the two axes of the plane in which the lead of a body turns: x and y where it cannot leave those."""
    axis = 2 if free == 0.0 else step % 3
    return (axis + 1) % 3, (axis + 2) % 3


@kernel("void(int64[:,::1], float64[:,::1], int64[::1], float64[:,::1], float64, int64, int64)")
def turn_leads(state: Counts, x: Floats, sense: Counts, carried: Floats, unit: float, step: int, way: int) -> None:
    """Turn the leads by a quarter about the mean of body and twin; sense, int64[n], is 0 for who is not carried."""
    for i in range(sense.size):
        s = sense[i]
        if s != 0:
            p, q = plane_of(carried[2, i], step)
            e, f = state[LEAD + p, i], state[LEAD + q, i]
            if way < 0:
                e, f = s * f, -s * e
            state[p, i] += way * half(e + s * f)
            state[q, i] += way * half(f - s * e)
            state[LEAD + p, i], state[LEAD + q, i] = (-s * f, s * e) if way > 0 else (e, f)
            x[p, i], x[q, i] = to_float(state[p, i]) * unit, to_float(state[q, i]) * unit


@kernel("void(int64[:,::1], float64[:,::1], int64[::1], float64[:,::1], float64, int64, float64[:,::1])")
def turn_leads_back(
    state: Counts, x: Floats, sense: Counts, carried: Floats, unit: float, step: int, adj: Floats
) -> None:
    """Undo the turn of a step, and take the gradient, row by row as the state, back through it."""
    turn_leads(state, x, sense, carried, unit, step, -1)
    for i in range(sense.size):
        s = sense[i]
        if s != 0:
            p, q = plane_of(carried[2, i], step)
            a, b, e, f = adj[p, i], adj[q, i], adj[LEAD + p, i], adj[LEAD + q, i]
            adj[LEAD + p, i] = s * f + 0.5 * (a - s * b)
            adj[LEAD + q, i] = -s * e + 0.5 * (b + s * a)
