"""A flock: bodies keep some room for themselves, and stay near those that they see.

    F_i = sum_j (k w(|d|, R_i + R_j) - s w(|d|, r_i + r_j)) d,   a_i = F_i / m_i,   d = x_j - x_i

with the cohesion k among bodies that see each other, where their spheres of sight R meet, and the separation s where
those of the room r do; w is in flocking/sight.py. Both have a potential, so they depend on places alone. That bodies
fly the way of the others depends on speeds, so no force can do it: the move `alignment` does. However many they are,
they do not fall into one point where s r^5 > k R^5.
"""

from revanim.engine.code.kernel import kernel
from revanim.engine.flocking.sight import law, potential, slope
from revanim.engine.force import APPLY, ENERGY, PULL, ForceKernels, ForceKind, pairs_for
from revanim.engine.grid import Counts
from revanim.engine.neighbours import WORK, neighbour_kernels
from revanim.engine.pairs import CREDIT, VALUES
from revanim.engine.parameter import Floats, Parameter

SEPARATION, SPACE, COHESION, SIGHT = range(1, 5)  # the rows of its parameters


@kernel(
    "void(float64[::1], float64[::1], int64[:,:,::1], int64[::1], int64, int64, float64, float64[::1], float64[::1])"
)
def fill(
    m: Floats, theta: Floats, slot: Counts, who: Counts, f: int, row: int, strength: float, q: Floats, alpha: Floats
) -> None:  # fmt: skip
    """Let q be the radii that are in a row, and alpha a strength over the masses."""
    for i in range(who.size):
        q[i] = theta[slot[f, row, 0] + slot[f, row, 1] * i]
        alpha[i] = strength / m[who[i]]


@kernel(VALUES)
def space(m: Floats, theta: Floats, slot: Counts, who: Counts, f: int, radius: Floats, alpha: Floats) -> float:
    fill(m, theta, slot, who, f, SPACE, -theta[slot[f, SEPARATION, 0]], radius, alpha)
    return 0.0


@kernel(VALUES)
def sight(m: Floats, theta: Floats, slot: Counts, who: Counts, f: int, radius: Floats, alpha: Floats) -> float:
    fill(m, theta, slot, who, f, SIGHT, theta[slot[f, COHESION, 0]], radius, alpha)
    return 0.0


@kernel(CREDIT)
def credit_space(
    m: Floats, theta: Floats, slot: Counts, who: Counts, f: int,
    radius: Floats, wf: Floats, gr: Floats, gs: Floats, gtheta: Floats,
) -> None:  # fmt: skip
    for i in range(who.size):
        gtheta[slot[f, SPACE, 0] + slot[f, SPACE, 1] * i] += gr[i]
        gtheta[slot[f, SEPARATION, 0]] -= wf[i] / m[who[i]]


@kernel(CREDIT)
def credit_sight(
    m: Floats, theta: Floats, slot: Counts, who: Counts, f: int,
    radius: Floats, wf: Floats, gr: Floats, gs: Floats, gtheta: Floats,
) -> None:  # fmt: skip
    for i in range(who.size):
        gtheta[slot[f, SIGHT, 0] + slot[f, SIGHT, 1] * i] += gr[i]
        gtheta[slot[f, COHESION, 0]] += wf[i] / m[who[i]]


separate, pull_apart, energy_apart = neighbour_kernels(space, law, slope, credit_space, potential)
gather, pull_together, energy_together = neighbour_kernels(sight, law, slope, credit_sight, potential)


@kernel(APPLY)
def apply(x: Floats, m: Floats, theta: Floats, slot: Counts, who: Counts, f: int, wide: bool, a: Floats) -> None:
    separate(x, m, theta, slot, who, f, wide, a)
    gather(x, m, theta, slot, who, f, wide, a)


@kernel(PULL)
def pull(
    x: Floats, m: Floats, theta: Floats, slot: Counts, who: Counts, f: int, wide: bool,
    w: Floats, a: Floats, gx: Floats, gm: Floats, gtheta: Floats,
) -> None:  # fmt: skip
    pull_apart(x, m, theta, slot, who, f, wide, w, a, gx, gm, gtheta)
    pull_together(x, m, theta, slot, who, f, wide, w, a, gx, gm, gtheta)


@kernel(ENERGY)
def energy(x: Floats, m: Floats, theta: Floats, slot: Counts, who: Counts, f: int, wide: bool) -> float:
    return float(energy_apart(x, m, theta, slot, who, f, wide) + energy_together(x, m, theta, slot, who, f, wide))


flock = ForceKind(
    name="flock",
    help="Bodies keep some room for themselves, and stay near those that they see.",
    title="Flock",
    words="boids birds fish swarm school starlings murmuration separation cohesion crowd neighbours",
    order=33,
    parameters=(
        Parameter("separation", 40.0, "mass/s²", 0.0, 1e12, "How firmly those that are too near push each other away."),
        Parameter("space", 0.1, "length", 0.0, 1e12, "Radius of the room that a body wants for itself.", per="body"),
        Parameter("cohesion", 1.0, "mass/s²", 0.0, 1e12, "How firmly bodies draw those nearer that they see."),
        Parameter(
            "sight", 0.2, "length", 0.0, 1e12, "Two see each other where spheres of this radius meet.", per="body"
        ),
    ),
    kernels=ForceKernels(
        apply,
        pull,
        energy,
        rows={"separation": SEPARATION, "space": SPACE, "cohesion": COHESION, "sight": SIGHT},
        pairs=lambda mass: pairs_for(mass.size, WORK),
    ),
    divides_by_mass=True,
    presets={
        "Starlings": {"separation": 40.0, "cohesion": 1.0},
        "Fish": {"separation": 200.0, "cohesion": 5.0},
        "Midges": {"separation": 8.0, "cohesion": 0.2},
    },
)  # fmt: skip
