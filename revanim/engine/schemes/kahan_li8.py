"""Seventeen Verlet steps: the eighth order with small errors."""

from revanim.engine.scheme import Scheme, composition

scheme = Scheme(
    name="kahan_li8",
    order=8,
    stages=composition(
        [
            0.13020248308889008087881763,
            0.56116298177510838456196441,
            -0.38947496264484728640807860,
            0.15884190655515560089621075,
            -0.39590389413323757733623154,
            0.18453964097831570709183254,
            0.25837438768632204729397911,
            0.29501172360931029887096624,
            -0.60550853383003451169892108,
        ]
    ),
    source="Kahan and Li 1997, Math. Comp. 66:1089",
)
