"""Clay on a warm table."""

from dataclasses import replace

from revanim.draw.backgrounds.plain import plain
from revanim.draw.preset import LookPreset
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
        surfaces=True,
        shadows=True,
        grid=False,
        axes=False,
    ),
)
