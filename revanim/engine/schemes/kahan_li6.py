"""Nine Verlet steps."""

from revanim.engine.scheme import Scheme, composition

scheme = Scheme(
    name="kahan_li6",
    order=6,
    stages=composition(
        [
            0.39216144400731413927925056,
            0.33259913678935943859974864,
            -0.70624617255763935980996482,
            0.08221359629355080023149045,
            0.79854399093482996339895035,
        ]
    ),
    source="Kahan and Li 1997, Math. Comp. 66:1089 (the sixth order of JANUS)",
)
