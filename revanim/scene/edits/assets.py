"""A force, a flow or a move by itself: kept in a file of its own, and added to other scenes."""

import numpy as np

from revanim.error import RevanimError
from revanim.scene.edits.parts import Among, add_part, part_at
from revanim.scene.make import make_scene
from revanim.scene.part import count_of, kind_of
from revanim.scene.scene import Scene
from revanim.scene.values import for_anyone
from revanim.sentence import Sentence


def part_alone(scene: Scene, among: Among, index: int) -> Scene:
    """Return a scene without bodies that holds one part, which acts on whatever bodies there will be.

    What each body has of its own becomes what the first one has. Raises RevanimError for what acts along links, or on
    nobody.
    """
    part = part_at(scene, among, index)
    if part.links is not None or not count_of(part, scene.bodies.count):
        raise RevanimError(
            "{kind} acts on {whom}, so it is nothing by itself; choose a part that acts on bodies.",
            kind=Sentence(part.kind),
            whom=Sentence("links") if part.links is not None else Sentence("nobody"),
        )
    timing, nobody = scene.timing, np.zeros((0, 3))
    blank = make_scene(nobody, nobody, 1.0, fps=timing.fps, scheme=scene.scheme, name=kind_of(part).title or part.kind)
    return add_part(blank, for_anyone(part))


def add_parts(scene: Scene, other: Scene) -> Scene:
    """Add the parts of another scene that act on all of its bodies; here they act on all, those added later too."""
    for part in other.parts:
        if part.links is None and part.bodies is None:
            scene = add_part(scene, part)
    return scene
