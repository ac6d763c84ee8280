"""Clay on a warm table."""

from dataclasses import replace

from revanim.draw.backgrounds.plain import plain
from revanim.draw.dress.preset import LookPreset
from revanim.draw.styles.clay import clay

pottery = LookPreset(
    name="pottery",
    title="Clay",
    help="Matte bodies with soft shadows on a warm, pale ground.",
    order=30,
    dress=lambda look: replace(
        look,
        style=clay.name,
        background=plain.name,
        plain=(226, 221, 212),
        size=1.0,
        surfaces=True,
        shadows=True,
        grid=False,
        axes=False,
    ),
)
