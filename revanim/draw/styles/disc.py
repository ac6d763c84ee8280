"""Solid spheres under a lamp: near ones hide those behind, and what is far fades into the haze."""

from functools import partial

from revanim.draw.solid.finish import Finish
from revanim.draw.solid.layers import paint
from revanim.draw.style import Style

disc = Style(
    name="disc",
    title="Shaded discs",
    help="Paint bodies as solid spheres under a lamp.",
    order=10,
    paint=partial(paint, finish=Finish()),
)
