"""Rods: links as stiff as the sub-step allows; the formula is that of `spring`.

By default the stiffness of rod l between i and j is k = (SWING / h)^2 / (n_i / m_i + n_j / m_j), for n_i rods at body i
and a sub-step of h seconds. By Gershgorin's theorem no mode of the whole network then swings faster than SWING radians
a sub-step, and all schemes stay stable.
"""

import numpy as np

from revanim.engine.force import ForceKind
from revanim.engine.forces.spring import spring
from revanim.engine.grid import Counts
from revanim.engine.kind import Values
from revanim.engine.parameter import Floats, Parameter

SWING = 0.5  # about twelve sub-steps for the fastest swing


def stiffest(mass: Floats, values: Values, links: Counts, seconds: float) -> Floats:
    """Return float64[links], the stiffness of each rod, mass / s²."""
    give = np.bincount(links.ravel(), minlength=mass.size)[links] / mass[links]
    return (SWING / seconds) ** 2 / (give[:, 0] + give[:, 1])


rod = ForceKind(
    name="rod",
    help="Stiff links that keep two bodies at a distance, as in a chain or a pendulum.",
    title="Rods",
    words="stiff link chain rope bone constraint joint",
    order=20,
    parameters=(
        Parameter(
            "stiffness", "derived", "mass/s²", 0.0, 1e15, "By default as stiff as the sub-step allows.", per="link"
        ),
        Parameter("length", "drawn", "length", 0.0, 1e12, "By default as long as it is drawn.", per="link"),
    ),
    kernels=spring.kernels,
    linked=True,
    divides_by_mass=True,
    derive=stiffest,
    keeps="length",
)
