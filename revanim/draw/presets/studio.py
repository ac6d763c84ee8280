"""Solid things on a floor, before a wall in the colours of the window."""

from dataclasses import replace

from revanim.draw.backgrounds.gradient import gradient
from revanim.draw.dress.preset import LookPreset
from revanim.draw.styles.disc import disc

studio = LookPreset(
    name="studio",
    title="Studio",
    help="Solid bodies with soft shadows, before a wall that follows the theme.",
    order=10,
    dress=lambda look: replace(
        look,
        style=disc.name,
        background=gradient.name,
        size=1.0,
        surfaces=True,
        shadows=True,
        grid=True,
        axes=False,
    ),
)
