"""Ink and flat colours on paper."""

from revanim.draw.backgrounds.plain import plain
from revanim.draw.preset import LookPreset
from revanim.draw.styles.inked import inked

drawing = LookPreset(
    name="drawing",
    title="Ink",
    help="A drawing on paper: flat colours in two tones, and a dark line around each body.",
    order=40,
    fields={
        "style": inked.name,
        "background": plain.name,
        "plain": (244, 239, 228),
        "surfaces": True,
        "shadows": False,
        "grid": False,
        "axes": False,
    },
)
