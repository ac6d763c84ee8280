"""The camera of a scene in a USD stage, with a sample for each frame where it moves."""

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np

from revanim.draw.camera import NEAR, axes, unit
from revanim.draw.eye import goes_along
from revanim.export.points import PointFrame
from revanim.export.usd_prims import Lane
from revanim.scene.scene import Scene, View

FAR = 1000.0  # times the distance
VALUES: dict[str, Callable[[Any], Any]] = {  # of a camera that moves, by the attributes that have them
    "xformOp:transform": lambda camera: camera.transform,
    "focalLength": lambda camera: camera.focalLength,
    "horizontalAperture": lambda camera: camera.horizontalAperture,
    "verticalAperture": lambda camera: camera.verticalAperture,
    "clippingRange": lambda camera: _pair(camera.clippingRange),
    "focusDistance": lambda camera: camera.focusDistance,
}


def make_camera(stage: Any, place: Any, scene: Scene, view: View) -> list[Lane]:
    """Declare what pictures of the scene are made through, and return what of it changes."""
    from pxr import UsdGeom

    prim = UsdGeom.Camera.Define(stage, place)
    prim.SetFromCamera(_camera(view, scene.look.picture))
    if not goes_along(scene):
        return []

    def sample(value: Callable[[Any], Any], now: PointFrame) -> Any:
        return value(_camera(now.view, scene.look.picture))

    return [(prim.GetPrim().GetAttribute(name), partial(sample, value)) for name, value in VALUES.items()]


def _camera(view: View, picture: tuple[int, int]) -> Any:
    """Return a camera of USD that sees what a view shows in a picture of so many pixels."""
    from pxr import Gf

    width, height = picture
    right, up, forward = axes(view)
    eye = np.asarray(view.target) - view.distance * forward
    matrix = np.eye(4)
    matrix[:3, :3], matrix[3, :3] = (right, up, -forward), eye
    seen = unit(view, width, height) * height  # scene units from the bottom to the top, at the target
    camera, vertical = Gf.Camera(), Gf.Camera.FOVVertical
    if view.flat:
        camera.SetOrthographicFromAspectRatioAndSize(width / height, seen, vertical)
    else:
        angle = np.degrees(2 * np.arctan(seen / 2 / view.distance))
        camera.SetPerspectiveFromAspectRatioAndFieldOfView(width / height, float(angle), vertical)
    camera.transform = Gf.Matrix4d(matrix.tolist())
    camera.clippingRange = Gf.Range1f(NEAR * view.distance, FAR * view.distance)
    camera.focusDistance = view.distance
    return camera


def _pair(range_: Any) -> Any:
    from pxr import Gf

    return Gf.Vec2f(range_.min, range_.max)
