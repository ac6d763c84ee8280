"""Velocity Verlet: half a kick, a drift, half a kick."""

from revanim.engine.scheme import Scheme, splitting

scheme = Scheme(
    name="leapfrog",
    order=2,
    stages=splitting(
        first="kick",
        drifts=[1.0],
        kicks=[0.5],
    ),
    source="Verlet 1967; Stam 2022",
)
