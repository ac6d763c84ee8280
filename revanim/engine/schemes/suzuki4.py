"""Five Verlet steps, one of them backward."""

from revanim.engine.scheme import Scheme, composition

scheme = Scheme(
    name="suzuki4",
    order=4,
    stages=composition([0.41449077179437573714, 0.41449077179437573714, -0.65796308717750294857]),
    source="Suzuki 1990 (S5; the fourth order of JANUS)",
)
