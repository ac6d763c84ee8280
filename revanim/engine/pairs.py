"""Forces between all pairs of bodies: one loop over the pairs, and one for the gradient, for all their laws.

a_i = alpha_i F_i with F_i = sum_j c(|d|^2, q_i, q_j, s) d and d = x_j - x_i. A force says what c is, its law, which is
the same for i and j exchanged; q is what a body brings along, such as its mass, and s a length that serves all. The
gradient is that of S = sum_i v_i . F_i with v_i = alpha_i w_i; with t = v_i - v_j that is the sum of c (t . d) over the
pairs. A body without mass feels the others, and they do not feel it.

Each pair is met once, and both its bodies get their part. Bodies are taken BLOCK at a time, and two blocks meet as
`meeting.py` says. Pairs of blocks are dealt out to at most PARTS sums, one after the other, and the sums are added in
their order. So the order of all sums is that of the bodies, whatever the width of vectors or the number of threads.
"""

from typing import Any, cast

import numpy as np

from revanim.engine.code.dropped import is_dropped
from revanim.engine.code.kernel import Kernel, kernel, kernel_from, prange
from revanim.engine.code.stack import room
from revanim.engine.force import APPLY, PULL
from revanim.engine.grid import Counts
from revanim.engine.meeting import (
    ALPHA,
    BLOCK,
    E0,
    E1,
    E2,
    F0,
    F1,
    F2,
    G0,
    GQ,
    GQI,
    GS,
    GSI,
    H0,
    QI,
    QJ,
    ROOM,
    SPAN,
    V0,
    W0,
    WIDE,
    X0,
    X1,
    X2,
    Y0,
    Y1,
    Y2,
    C,
    F,
    G,
    Q,
    V,
    X,
    add,
    clear,
    lay,
    meetings,
)  # fmt: skip
from revanim.engine.parameter import Floats

# values(m, theta, slot, who, f, q, alpha): fills q and alpha of these bodies, float64[k] each, and returns s.
VALUES = "float64(float64[::1], float64[::1], int64[:,:,::1], int64[::1], int64, float64[::1], float64[::1])"

# credit(m, theta, slot, who, f, q, wf, gq, gs, gtheta): adds the derivatives for the parameters to gtheta; for each
# body wf is w . F, and gq and gs are the derivatives of S for q and for s.
CREDIT = (
    "void(float64[::1], float64[::1], int64[:,:,::1], int64[::1], int64,"
    " float64[::1], float64[::1], float64[::1], float64[::1], float64[::1])"
)

# What the functions below leave open: `pair_kernels` makes kernels of them in which these names mean a law's.
values = credit = meet = meet_itself = some = few = cast(Any, None)
rows = sums = 0

PARTS = 16  # sums, and so the most threads that are of use

FEW = "float64[:,::1], float64[::1], float64[::1], int64[:,:,::1], int64[::1], int64"
APPLY_FEW = f"void({FEW}, float64[:,::1])"
PULL_FEW = f"void({FEW}, float64[:,::1], float64[:,::1], float64[:,::1], float64[::1], float64[::1])"
SOME = "void(int64, int64, int64, float64, float64[:,::1], int64[::1], float64[:,::1])"


def pair_kernels(
    values: Kernel, law: Kernel, slope: Kernel, credit: Kernel, varied: bool = True
) -> tuple[Kernel, Kernel]:
    """Return the kernels that apply and pull a force, made for its law; `varied`: whether q has a derivative."""
    push, push_itself, draw, draw_itself = meetings(law, slope, varied)
    push_some = kernel_from(meet_some, SOME, law, meet=push, rows=Q + 1, sums=F + 3, meet_itself=push_itself)
    pull_some = kernel_from(meet_some, SOME, slope, meet=draw, rows=V + 3, sums=GS + 1, meet_itself=draw_itself)
    push_few = kernel_from(apply_few, APPLY_FEW, law, values=values, meet_itself=push_itself)
    draw_few = kernel_from(pull_few, PULL_FEW, slope, values=values, meet_itself=draw_itself, credit=credit)
    return (
        kernel_from(apply, APPLY, law, parallel=True, values=values, some=push_some, few=push_few),
        kernel_from(pull, PULL, slope, parallel=True, values=values, some=pull_some, credit=credit, few=draw_few),
    )


@kernel("UniTuple(int64, 2)(int64, int64, int64)")
def ends(block: int, actors: int, n: int) -> tuple[int, int]:
    """Return where a block begins and ends: none has both bodies with mass and bodies without."""
    full = (actors + BLOCK - 1) // BLOCK
    if block < full:
        return block * BLOCK, min((block + 1) * BLOCK, actors)
    start = actors + (block - full) * BLOCK
    return start, min(start + BLOCK, n)


def meet_some(part: int, parts: int, actors: int, s: float, table: Floats, who: Counts, total: Floats) -> None:
    """Let each pair of blocks meet whose number leaves `part` when divided by `parts`, and add what comes of it."""
    t, n, number = room(ROOM), table.shape[1], 0
    full = (actors + BLOCK - 1) // BLOCK
    for i in range(full + (n - actors + BLOCK - 1) // BLOCK):
        start, stop = ends(i, actors, n)
        for j in range(min(i + 1, full)):
            number += 1
            if number % parts != part or is_dropped(who):
                continue
            begin, end = ends(j, actors, n)
            width, size = stop - start, end - begin
            clear(sums, width, t, F0, WIDE)
            clear(F0 // WIDE - V + sums, width + size, t, W0, SPAN)  # a body without mass feels nobody's v but its own
            lay(table, 0, rows, start, stop, width, t, X0, WIDE)
            lay(table, 0, min(rows, V) if i >= full else rows, begin, end, width + size, t, Y0, SPAN)
            if i != j:
                meet(0, size, width, s, t)
            else:
                meet_itself(size, s, t)
            add(total, 0, sums, start, stop, width, t, F0, WIDE)
            add(total, 3 if i >= full else 0, sums, begin, end, width + size, t, E0, SPAN)


@kernel("Tuple((int64[::1], int64, int64))(float64[::1], int64[::1])")
def seats(m: Floats, who: Counts) -> tuple[Counts, int, int]:
    """Return where each body stands in the tables, how many have mass and come first, and how many sums there are."""
    seat, actors = np.empty_like(who), 0
    for p in who:
        actors += m[p] != 0.0
    actor, other = 0, actors
    for i in range(who.size):
        seat[i] = actor if m[who[i]] != 0.0 else other
        actor += m[who[i]] != 0.0
        other += m[who[i]] == 0.0
    full, more = (actors + BLOCK - 1) // BLOCK, (who.size - actors + BLOCK - 1) // BLOCK
    return seat, actors, max(1, min(PARTS, full * (full + 1) // 2 + full * more))


@kernel("float64[:,:,::1](int64, int64, int64)")
def nothing(parts: int, count: int, n: int) -> Floats:
    """Return sums that are zero; in a kernel that may use threads, they would be woken for that."""
    return np.zeros((parts, count, n))


@kernel("void(float64[:,:,::1])")
def sum_up(total: Floats) -> None:
    """Add all sums to the first, in their order."""
    for part in range(1, total.shape[0]):
        for row in range(total.shape[1]):
            for k in range(total.shape[2]):
                total[0, row, k] += total[part, row, k]


@kernel("boolean(float64[::1], int64[::1])")
def are_few(m: Floats, who: Counts) -> bool:
    """Tell whether bodies are one block and have mass: then they need no other table."""
    light = 0
    for p in who[:BLOCK]:
        light += m[p] == 0.0
    return who.size <= BLOCK and light == 0


@kernel("void(float64[:,::1], int64[::1], float64[::1])")
def lay_few(x: Floats, who: Counts, t: Floats) -> None:
    """Lay the places and q of a block into a table in which it meets itself, with sums that are zero."""
    n = who.size
    for i in range(n):
        p, j = who[i], n + i
        t[X0 + i], t[X1 + i], t[X2 + i] = x[0, p], x[1, p], x[2, p]
        t[Y0 + i], t[Y1 + i], t[Y2 + i], t[QJ + i] = x[0, p], x[1, p], x[2, p], t[QI + i]
        t[Y0 + j], t[Y1 + j], t[Y2 + j], t[QJ + j] = x[0, p], x[1, p], x[2, p], t[QI + i]
        t[F0 + i], t[F1 + i], t[F2 + i] = 0.0, 0.0, 0.0
        t[E0 + i], t[E1 + i], t[E2 + i], t[E0 + j], t[E1 + j], t[E2 + j] = 0.0, 0.0, 0.0, 0.0, 0.0, 0.0


def apply_few(x: Floats, m: Floats, theta: Floats, slot: Counts, who: Counts, f: int, a: Floats) -> None:
    """Add the accelerations of a single block: the same bits as if it were one of many."""
    n, t = who.size, room(ROOM)
    s = values(m, theta, slot, who, f, t[QI : QI + n], t[ALPHA : ALPHA + n])
    lay_few(x, who, t)
    meet_itself(n, s, t)
    for i in range(n):
        p, j, alpha = who[i], n + i, t[ALPHA + i]
        a[0, p] += alpha * (t[F0 + i] + t[E0 + i] + t[E0 + j])
        a[1, p] += alpha * (t[F1 + i] + t[E1 + i] + t[E1 + j])
        a[2, p] += alpha * (t[F2 + i] + t[E2 + i] + t[E2 + j])


def pull_few(
    x: Floats, m: Floats, theta: Floats, slot: Counts, who: Counts, f: int,
    w: Floats, a: Floats, gx: Floats, gm: Floats, gtheta: Floats,
) -> None:  # fmt: skip
    """Add the same accelerations of a single block, and the gradients."""
    n, t = who.size, room(ROOM)
    q, alpha, gq, gs, wf = t[QI : QI + n], t[ALPHA : ALPHA + n], t[GQI : GQI + n], t[GSI : GSI + n], t[C : C + n]
    s = values(m, theta, slot, who, f, q, alpha)
    lay_few(x, who, t)
    clear(GS - F - 2, n, t, G0, WIDE)
    clear(GS - F - 3, 2 * n, t, H0, SPAN)
    for c in range(3):
        for i in range(n):
            v = alpha[i] * w[c, who[i]]
            t[V0 + c * WIDE + i], t[W0 + c * SPAN + i], t[W0 + c * SPAN + n + i] = v, v, v
    meet_itself(n, s, t)
    for row in range(GS):
        for i in range(n):
            t[F0 + row * WIDE + i] = t[F0 + row * WIDE + i] + t[E0 + row * SPAN + i] + t[E0 + row * SPAN + n + i]
    for i in range(n):
        p, wf[i] = who[i], 0.0
        for c in range(3):
            a[c, p] += alpha[i] * t[F0 + c * WIDE + i]
            gx[c, p] += t[G0 + c * WIDE + i]
            wf[i] += w[c, p] * t[F0 + c * WIDE + i]
        if gm.size > 0:
            gm[p] -= alpha[i] * wf[i] / m[p]
    credit(m, theta, slot, who, f, q, wf, gq, gs, gtheta)


def apply(x: Floats, m: Floats, theta: Floats, slot: Counts, who: Counts, f: int, wide: bool, a: Floats) -> None:
    """Add the accelerations."""
    whole, who = who, who[slot[f, 0, 0] : slot[f, 0, 1]]
    if are_few(m, who):
        few(x, m, theta, slot, who, f, a)
        return
    n, (seat, actors, parts) = who.size, seats(m, who)
    q, alpha, table, total = np.empty(n), np.empty(n), np.empty((Q + 1, n)), nothing(parts, F + 3, n)
    s = values(m, theta, slot, who, f, q, alpha)
    for i in range(n):
        p, k = who[i], seat[i]
        table[X, k], table[X + 1, k], table[X + 2, k], table[Q, k] = x[0, p], x[1, p], x[2, p], q[i]
    if wide:
        for part in prange(parts):
            some(part, parts, actors, s, table, whole, total[part])
    else:
        for part in range(parts):
            some(part, parts, actors, s, table, whole, total[part])
    sum_up(total)
    for i in range(n):
        p, k = who[i], seat[i]
        for c in range(3):
            a[c, p] += alpha[i] * total[0, F + c, k]


def pull(
    x: Floats, m: Floats, theta: Floats, slot: Counts, who: Counts, f: int, wide: bool,
    w: Floats, a: Floats, gx: Floats, gm: Floats, gtheta: Floats,
) -> None:  # fmt: skip
    """Add the same accelerations, and the gradients."""
    whole, who = who, who[slot[f, 0, 0] : slot[f, 0, 1]]
    if are_few(m, who):
        few(x, m, theta, slot, who, f, w, a, gx, gm, gtheta)
        return
    n, (seat, actors, parts) = who.size, seats(m, who)
    q, alpha, table, total = np.empty(n), np.empty(n), np.empty((V + 3, n)), nothing(parts, GS + 1, n)
    s = values(m, theta, slot, who, f, q, alpha)
    for i in range(n):
        p, k = who[i], seat[i]
        table[X, k], table[X + 1, k], table[X + 2, k], table[Q, k] = x[0, p], x[1, p], x[2, p], q[i]
        for c in range(3):
            table[V + c, k] = alpha[i] * w[c, p]
    if wide:
        for part in prange(parts):
            some(part, parts, actors, s, table, whole, total[part])
    else:
        for part in range(parts):
            some(part, parts, actors, s, table, whole, total[part])
    sum_up(total)
    wf, gq, gs = np.empty(n), np.empty(n), np.empty(n)
    for i in range(n):
        p, k = who[i], seat[i]
        wf[i], gq[i], gs[i] = 0.0, total[0, GQ, k], total[0, GS, k]
        for c in range(3):
            a[c, p] += alpha[i] * total[0, F + c, k]
            gx[c, p] += total[0, G + c, k]
            wf[i] += w[c, p] * total[0, F + c, k]
        if gm.size > 0:
            gm[p] -= alpha[i] * wf[i] / m[p]
    credit(m, theta, slot, who, f, q, wf, gq, gs, gtheta)
