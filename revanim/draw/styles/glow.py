"""Bodies that shine: their light adds up, spreads in the lens, and is developed like film."""

from revanim.draw.light.exposure import Exposure
from revanim.draw.shapes import Image
from revanim.draw.style import Layers, Style

LINK_LIGHT, TRAIL_LIGHT, SKIN_LIGHT = 0.3, 0.6, 0.25  # of that of the bodies


def paint(image: Image, layers: Layers) -> None:
    """Let all layers shine into one exposure, and develop it over the background."""
    exposure = Exposure(image, layers.ratio)
    exposure.add_lines(layers.links, LINK_LIGHT)
    for trail in layers.trails:
        exposure.add_lines(trail, TRAIL_LIGHT)
    exposure.add_spheres(layers.skins, SKIN_LIGHT)
    exposure.add_spheres(layers.bodies)
    exposure.develop(layers.behind, layers.look.exposure, layers.look.halo)


glow = Style(
    name="glow",
    title="Light that glows",
    help="Paint bodies as light that adds up.",
    order=20,
    paint=paint,
    adds_light=True,
)
