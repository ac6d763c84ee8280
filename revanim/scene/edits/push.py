"""A push over one frame: bodies are faster behind it, and what was before stays."""

import numpy as np
from numpy.typing import ArrayLike

from revanim.engine.forces.nudge import nudge
from revanim.engine.parameter import Curve
from revanim.scene.edits.bodies import existing, way_of
from revanim.scene.edits.parts import add_part, replace_part
from revanim.scene.given import sealed, whole
from revanim.scene.part import force
from revanim.scene.scene import Part, Scene
from revanim.sentence import Sentence


def push_at(scene: Scene, frame: int, bodies: ArrayLike, by: ArrayLike) -> Scene:
    """Push some bodies from a frame to the next, so that float64[3] or [k, 3] (length/s) is added to their speeds.

    Another push of the same bodies at that frame gives way to it. The motion before stays bit for bit where home lies
    before it. An edit of the bodies changes their past instead, which losses make absurd: whoever is slowed down must
    have come from far away, and fast.
    """
    who, at = existing(scene, bodies), whole(frame, Sentence("The frame"))
    speeds = np.broadcast_to(way_of(by, who.size, "The velocity to add"), (who.size, 3))
    order = np.argsort(who)
    push = Curve(at, 1, sealed(speeds[order][None] * scene.timing.fps))
    part = force(nudge.name, bodies=who[order], push=push)
    before = next((index for index, other in enumerate(scene.forces) if _is_there(other, part)), None)
    return add_part(scene, part) if before is None else replace_part(scene, "forces", before, part)


def _is_there(other: Part, part: Part) -> bool:
    """Whether another part pushes the same bodies over the same frame."""
    if other.kind != part.kind or other.bodies is None or part.bodies is None:
        return False
    if not np.array_equal(other.bodies, part.bodies):
        return False
    one, new = other.values["push"], part.values["push"]
    return isinstance(one, Curve) and isinstance(new, Curve) and (one.first, len(one.values)) == (new.first, 1)
