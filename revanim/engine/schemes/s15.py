"""Fifteen Verlet steps."""

from revanim.engine.scheme import Scheme, composition

scheme = Scheme(
    name="s15",
    order=8,
    stages=composition(
        [
            0.74167036435061295344822780,
            -0.40910082580003159399730010,
            0.19075471029623837995387626,
            -0.57386247111608226665638773,
            0.29906418130365592384446354,
            0.33462491824529818378495798,
            0.31529309239676659663205666,
            -0.79688793935291635401978884,
        ]
    ),
    source="Suzuki and Umeno 1993; McLachlan 1995 (the eighth order of JANUS)",
)
