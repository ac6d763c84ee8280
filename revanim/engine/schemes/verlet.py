"""Position Verlet: half a drift, a kick, half a drift."""

from revanim.engine.scheme import Scheme, composition

scheme = Scheme(
    name="verlet",
    order=2,
    stages=composition([1.0]),
    source="Tuckerman, Berne, Martyna 1992; Stam 2022, eq. 9",
)
