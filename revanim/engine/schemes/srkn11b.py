"""Eleven optimised stages: for accuracy."""

from revanim.engine.scheme import Scheme, splitting

scheme = Scheme(
    name="srkn11b",
    order=6,
    stages=splitting(
        first="kick",
        drifts=[
            0.123229775946271,
            0.290553797799558,
            -0.127049212625417,
            -0.246331761062075,
            0.357208872795928,
            0.2047770542914700,
        ],
        kicks=[
            0.0414649985182624,
            0.198128671918067,
            -0.0400061921041533,
            0.0752539843015807,
            -0.0115113874206879,
            0.2366699247869311,
        ],
    ),
    source="Blanes and Moan 2002, J. Comput. Appl. Math. 142:313",
)
