"""A drawing: flat colours in two tones, with a dark line around each thing."""

from functools import partial

from revanim.draw.solid.finish import Finish
from revanim.draw.solid.layers import paint
from revanim.draw.style import Style

inked = Style(
    name="inked",
    title="Ink",
    help="Paint bodies as a drawing: flat colours, and a dark line around each.",
    order=14,
    paint=partial(
        paint,
        finish=Finish(
            shadow=0.78, lamp=0.24, cool=0.03, gloss=0.0, rim=0.0, terrace=0.8, outline=1.6, ink=(26, 24, 32)
        ),
    ),
    palette=(
        "#f6c25a #e8603c #a83246",
        "#a5d8c6 #3f9aa0 #245a78",
        "#f7dfa2 #e79a4a #b0542e",
        "#dbe3a0 #86ac5a #3c6e50",
        "#f0c3c9 #c0708f #6a4478",
    ),
)
