"""Fourteen optimised stages: the closest of the sixth order."""

from revanim.engine.scheme import Scheme, splitting

scheme = Scheme(
    name="srkn14a",
    order=6,
    stages=splitting(
        first="drift",
        drifts=[
            0.0378593198406116,
            0.102635633102435,
            -0.0258678882665587,
            0.314241403071447,
            -0.130144459517415,
            0.106417700369543,
            -0.00879424312851058,
            0.2073050690568954,
        ],
        kicks=[
            0.09171915262446165,
            0.183983170005006,
            -0.05653436583288827,
            0.004914688774712854,
            0.143761127168358,
            0.328567693746804,
            -0.19641146648645423,
        ],
    ),
    source="Blanes and Moan 2002, J. Comput. Appl. Math. 142:313",
)
