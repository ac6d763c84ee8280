"""Ink and flat colours on paper."""

from dataclasses import replace

from revanim.draw.backgrounds.plain import plain
from revanim.draw.dress.preset import LookPreset
from revanim.draw.styles.inked import inked

drawing = LookPreset(
    name="drawing",
    title="Ink",
    help="A drawing on paper: flat colours in two tones, and a dark line around each body.",
    order=40,
    dress=lambda look: replace(
        look,
        style=inked.name,
        background=plain.name,
        plain=(244, 239, 228),
        size=1.0,
        surfaces=True,
        shadows=False,
        grid=False,
        axes=False,
    ),
)
