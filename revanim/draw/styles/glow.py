"""Bodies that shine: their light adds up, spreads in the lens, and is developed like film."""

from revanim.draw.light.exposure import Exposure
from revanim.draw.shapes import Image
from revanim.draw.solid.finish import Finish
from revanim.draw.solid.layers import with_obstacles
from revanim.draw.style import Layers, Style

DIM = Finish(shadow=0.3, lamp=0.4, gloss=14.0, rim=16.0)  # of obstacles, which do not shine
LINK_LIGHT, TRAIL_LIGHT, SKIN_LIGHT = 0.3, 0.6, 0.25  # of that of the bodies


def paint(image: Image, layers: Layers) -> None:
    """Let all layers shine into one exposure, and develop it over the background."""
    exposure = Exposure(image, layers.ratio)
    exposure.add_lines(layers.links, LINK_LIGHT)
    for trail in layers.trails:
        exposure.add_lines(trail, TRAIL_LIGHT)
    exposure.add_spheres(layers.skins, SKIN_LIGHT)
    exposure.add_spheres(layers.bodies)
    exposure.develop(with_obstacles(layers, DIM), layers.look.exposure, layers.look.halo)


glow = Style(
    name="glow",
    title="Light that glows",
    help="Paint bodies as light that adds up.",
    order=20,
    paint=paint,
    adds_light=True,
    palette=(
        "#ffe0ae #ff7d6b #c2458f #5a4ad0",
        "#b4f0ff #35b8f0 #4f6bff #8a4fe0",
        "#fff1c9 #ffa45c #f2386b #a02fa8",
        "#d8ffc4 #3fe0a4 #1fa6c8 #3f5fe0",
        "#ffd6f2 #d078ff #6d5dfc #2f8cf0",
    ),
)
