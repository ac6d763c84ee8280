"""A style is one way to paint bodies and lines; each file of `styles/` declares one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

from revanim.collect import collect
from revanim.draw.look import Rgb
from revanim.draw.shapes import Image, Lines, Spheres, Surface
from revanim.draw.shot import Shot
from revanim.scene.scene import Figure, Look, Sprite, View

PALETTE = (  # for solid things under a lamp, before a grey wall
    "#ffc27a #e0626f #6a4fb8",
    "#8fe6d2 #3fa3dc #3d56b4",
    "#ffe08a #f28a4c #bd3f48",
    "#d3ea90 #55b482 #23707c",
    "#f4c6ea #a97fe2 #5a55c6",
)


@dataclass(frozen=True, eq=False)
class Layers:
    """All that there is to paint of a frame; the style finds out what lies before what."""

    bodies: Spheres
    surface: Surface | None  # cloths, where the look wants them
    obstacles: tuple[Surface, ...]  # the same as long as they and the camera stand still
    links: Lines  # those that are not woven into the surface
    trails: Sequence[Lines]  # behind the bodies, and of their way ahead
    skins: Spheres  # those of all onion skins together, none where there are no skins
    behind: Image  # uint32[h, w], the background; all 0 in a transparent picture
    haze: Rgb  # the colour into which what is far away fades
    look: Look
    view: View
    shot: Shot
    sprite: Sprite | None  # what bodies wear, in a style that asks for it
    figure: Figure | None
    ratio: float  # real pixels for each that the artist counts


@dataclass(frozen=True)
class Style:
    """What a file of `styles/` declares.

    `paint(image, layers)` fills the whole of an image, uint32[h, w] of premultiplied 0xAARRGGBB, whatever it held.
    `palette` holds gradients for new bodies, one for each addition in turn.
    """

    name: str
    title: str  # in menus
    help: str
    order: int  # in menus
    paint: Callable[[Image, Layers], None]
    adds_light: bool = False  # needs the dark: what lies behind is deep unless the artist asks for another background
    palette: tuple[str, ...] = PALETTE  # of gradients, as `looks.gradient` reads them


@cache
def styles() -> dict[str, Style]:
    """Return every style by name, in the order of menus."""
    found = collect("revanim.draw.styles", Style).values()
    return {style.name: style for style in sorted(found, key=lambda style: style.order)}


def style_of(look: Look) -> Style:
    """Return the style of a look, or that of a new scene where it is not installed."""
    return styles().get(look.style) or styles()[Look().style]
