"""Light in the dark: bodies that shine are painted small, or they would burn into each other."""

from dataclasses import replace

from revanim.draw.backgrounds.deep import deep
from revanim.draw.dress.preset import LookPreset
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
        size=0.5,
        exposure=0.6,
        halo=0.7,
        surfaces=False,
        shadows=False,
        grid=False,
        axes=False,
    ),
)
