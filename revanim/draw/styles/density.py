"""Bodies by how many there are: for a million of them, where light that adds up would be one white spot."""

from revanim.draw.light.evenly import develop_evenly
from revanim.draw.light.exposure import Exposure
from revanim.draw.shapes import Image
from revanim.draw.style import Layers, Style

LINK_LIGHT, TRAIL_LIGHT, SKIN_LIGHT = 0.3, 0.5, 0.25  # of that of the bodies


def paint(image: Image, layers: Layers) -> None:
    """Add up what all layers shed into each pixel, and show the sum by even steps."""
    exposure = Exposure(image, layers.ratio, lens=False)
    exposure.add_lines(layers.links, LINK_LIGHT)
    for trail in layers.trails:
        exposure.add_lines(trail, TRAIL_LIGHT)
    exposure.add_spheres(layers.skins, SKIN_LIGHT)
    exposure.add_spheres(layers.bodies)
    develop_evenly(exposure, layers.behind, layers.look.exposure)


density = Style(
    name="density",
    title="Density of a crowd",
    help="Paint how many bodies there are: a crowd of a million keeps its shape and its colours.",
    order=24,
    paint=paint,
    adds_light=True,
    palette=(
        "#ffe9c4 #ff9a5c #d23b6b #4a2f9a",
        "#e4fbff #58c4f4 #3a62e0 #33248f",
        "#fff3c8 #f7b94a #d9573a #6a2352",
        "#e8ffd6 #5fd6a0 #1f8fae #27408f",
        "#ffe3f4 #c68cff #6a5cf0 #1f4fb0",
    ),
)
