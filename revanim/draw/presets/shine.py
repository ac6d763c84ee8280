"""Light in the dark."""

from dataclasses import replace

from revanim.draw.backgrounds.deep import deep
from revanim.draw.preset import LookPreset
from revanim.draw.styles.glow import glow

shine = LookPreset(
    name="shine",
    title="Glow",
    help="Bodies that shine in the dark, with a halo around them.",
    order=20,
    dress=lambda look: replace(
        look,
        style=glow.name,
        background=deep.name,
        surfaces=False,
        shadows=False,
        grid=False,
        axes=False,
    ),
)
