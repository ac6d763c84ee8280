"""A technical drawing: things as deep as the paper, with a pale line around each."""

from functools import partial

from revanim.draw.solid.finish import Finish
from revanim.draw.solid.layers import paint
from revanim.draw.style import Style

blueprint = Style(
    name="blueprint",
    title="Blueprint",
    help="Paint bodies as a technical drawing: pale lines on the colour of the paper.",
    order=16,
    paint=partial(
        paint,
        finish=Finish(
            shadow=0.8, lamp=0.4, cool=0.0, gloss=0.0, rim=16.0, outline=1.3, ink=(224, 236, 255), paper=0.72
        ),
    ),
)
