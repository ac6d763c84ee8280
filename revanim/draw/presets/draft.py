"""Pale lines on blue paper."""

from dataclasses import replace

from revanim.draw.backgrounds.plain import plain
from revanim.draw.dress.preset import LookPreset
from revanim.draw.styles.blueprint import blueprint

draft = LookPreset(
    name="draft",
    title="Blueprint",
    help="A technical drawing: pale lines on blue paper.",
    order=50,
    dress=lambda look: replace(
        look,
        style=blueprint.name,
        background=plain.name,
        plain=(28, 58, 110),
        size=1.0,
        surfaces=True,
        shadows=False,
        grid=True,
        axes=False,
    ),
)
