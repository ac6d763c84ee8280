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
    palette=(
        "#ffffff #a8d0ff #5f9bf0",
        "#e8fff6 #9fe6dc #4fb4c8",
        "#fff3d0 #f0d08a #c8a050",
        "#f4ffe0 #c8e6a0 #80b478",
        "#fff0fa #dcc4f4 #9a8ae0",
    ),
)
