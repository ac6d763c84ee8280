"""The camera through which pictures are made: it stands around its target, and each of its numbers may have keys."""

from typing import Any

import numpy as np

from revanim.engine.parameter import Animated, Floats, Parameter
from revanim.scene.keys import value_at
from revanim.scene.part import cue
from revanim.scene.parts.cue import cue_kind
from revanim.scene.scene import Part, Scene, View

CLOSEST, FARTHEST = 1e-9, 1e15  # scene units
TURNS = 3.6e6  # degrees: ten thousand times round

camera = cue_kind(
    name="camera",
    title="camera",
    help="Makes pictures from where it stands, turned by two angles around what it looks at.",
    order=10,
    parameters=(
        Parameter("target", View.target, "length", -FARTHEST, FARTHEST, "What it looks at.", axes=3),
        Parameter("yaw", View.yaw, "°", -TURNS, TURNS, "How far round it it stands; 360 is once."),
        Parameter("pitch", View.pitch, "°", -90.0, 90.0, "How high above it it stands."),
        Parameter("distance", View.distance, "length", CLOSEST, FARTHEST, "How far away."),
        Parameter("lens", View.lens, "×", 0.01, 100.0, "How many times it magnifies."),
        Parameter("follow", 0.0, "", 0.0, 1.0, "How far it looks at the middle of its bodies, not at the target."),
        Parameter("flat", 0.0, "", 0.0, 1.0, "Straight down, without depth.", choices=("no", "yes"), steady=True),
    ),
)


def camera_of(scene: Scene) -> Part | None:
    """Return the camera that makes the pictures: the first that does not rest."""
    return next((part for part in scene.cues if part.kind == camera.name and not part.muted), None)


def camera_from(view: View) -> Part:
    """Return a camera that sees what a view shows."""
    return cue(camera.name, **as_values(view))


def as_values(view: View) -> dict[str, Any]:
    """Return the values that a camera has for a view."""
    return {name: float(value) if isinstance(value, bool) else value for name, value in vars(view).items()}


def values_of(part: Part, frame: float) -> dict[str, Floats]:
    """Return the values of a camera at a frame."""
    given = ((each, part.values[each.name]) for each in camera.parameters)
    return {e.name: value_at(v, e, frame) if isinstance(v, Animated) else np.asarray(v) for e, v in given}


def view_of(part: Part, frame: float, position: Floats | None = None) -> View:
    """Return what a camera sees at a frame, whole or not; given all bodies, float64[n, 3], it follows its own."""
    at = values_of(part, frame)
    target, share = at["target"], float(at["follow"])
    if position is not None and share:
        target = (1 - share) * target + share * _middle(part, position, target)
    x, y, z = map(float, target)
    yaw, pitch, distance, lens = (float(at[name]) for name in ("yaw", "pitch", "distance", "lens"))
    return View((x, y, z), yaw, pitch, distance, bool(at["flat"]), lens)


def moves(part: Part) -> bool:
    """Whether a camera sees from elsewhere at other frames: by keys, or because it follows bodies."""
    keyed = any(isinstance(value, Animated) for value in part.values.values())
    return keyed or bool(values_of(part, 0)["follow"])


def _middle(part: Part, position: Floats, otherwise: Floats) -> Floats:
    """Return the mean place of those whom a camera follows; somewhere else where there are none."""
    place = position if part.bodies is None else position[part.bodies]
    place = place[np.isfinite(place).all(axis=1)]
    return np.asarray(place.mean(axis=0)) if len(place) else otherwise
