"""Bodies as meshes: each wears the figure of its scene, or a dart."""

from functools import partial

import numpy as np

from revanim.draw.camera import axes
from revanim.draw.solid.depth_image import DepthImage
from revanim.draw.solid.figures import add_figures
from revanim.draw.solid.finish import Finish
from revanim.draw.solid.layers import paint
from revanim.draw.style import Layers, Style
from revanim.draw.worn.figure import prepared, usual_figure
from revanim.draw.worn.turned import in_space


def wear(solid: DepthImage, layers: Layers) -> None:
    """Paint the figure of each body."""
    bodies, figure = layers.bodies, prepared(layers.figure or usual_figure())
    p, turns = bodies.points, np.ascontiguousarray(axes(layers.view) @ in_space(layers.look, layers.shot))
    place = (p.x, p.y, p.depth, p.scale, bodies.radius, bodies.opacity, bodies.color, turns, layers.view.flat)
    shape = (figure.corners, figure.faces, figure.beside, figure.normals, solid.fog, solid.finish)
    add_figures(solid.image, solid.nearest, bodies.seen_in(solid.image), *place, *shape)


figures = Style(
    name="figures",
    title="Figures",
    help="Paint each body as a mesh under a lamp: one of yours, or a dart.",
    order=18,
    paint=partial(paint, finish=Finish(), bodies=wear),
)
