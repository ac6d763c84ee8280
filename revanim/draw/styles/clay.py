"""Matte bodies as if of clay: no gloss, and shadows that are soft and cool."""

from functools import partial

from revanim.draw.solid.finish import Finish
from revanim.draw.solid.layers import paint
from revanim.draw.style import Style

clay = Style(
    name="clay",
    title="Clay",
    help="Paint bodies as matte things in soft light.",
    order=12,
    paint=partial(paint, finish=Finish(shadow=0.46, lamp=0.66, cool=0.09, gloss=0.0, rim=26.0)),
    palette=(
        "#efc39c #cf7f5c #93503f",
        "#dfe0c0 #9bb08c #566f60",
        "#f3dfae #dcaa60 #a56c3a",
        "#d3dde0 #8ea7b8 #4f6880",
        "#f1d6cc #cf9c9c #8a5f72",
    ),
)
