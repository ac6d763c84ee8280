"""Pushes that the solver adds to a scene, or goes on with."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from revanim.engine.forces.nudge import nudge
from revanim.engine.parameter import Curve
from revanim.error import RevanimError
from revanim.scene.curve import reaching, row_at
from revanim.scene.part import force
from revanim.scene.parts.carried import carried
from revanim.scene.scene import Part, Scene
from revanim.solve.controls.control import Control


def with_nudges(scene: Scene, controls: Sequence[Control], last: int) -> Scene:
    """Give the scene a nudge for its free bodies, where a control asks for one and there is none yet.

    One that is there and ends before `last` goes on until then.
    """
    asked = [control for control in controls if control.name == nudge.name]
    if not asked:
        return scene
    if any(part.kind == nudge.name for part in scene.forces):
        return replace(scene, forces=tuple(_lengthened(part, last) for part in scene.forces))
    loose = ~(scene.bodies.pinned | carried(scene))
    free = np.flatnonzero(loose) if asked[0].bodies is None else np.array(asked[0].bodies)
    first = scene.timing.home if asked[0].after is None else max(scene.timing.home, asked[0].after)
    if first >= last:
        raise RevanimError(
            "Pushes after frame {first} come too late for the last key, at frame {last}.", first=first, last=last
        )
    rows = -(-(last - first) // asked[0].every)
    push = Curve(first, asked[0].every, np.zeros((rows, free.size, 3)))
    return replace(scene, forces=(*scene.forces, force(nudge.name, bodies=free, push=push)))


def _lengthened(part: Part, last: int) -> Part:
    """Return a force, or the same with pushes up to a frame, if it is made of pushes."""
    push = part.values.get("push")
    if (
        part.kind != nudge.name
        or part.muted
        or not isinstance(push, Curve)
        or row_at(push, last - 1) < len(push.values)
    ):
        return part
    return replace(part, values={**part.values, "push": reaching(push, last - 1, "zero")})
