"""The camera of a scene in a USD stage."""

from typing import Any

import numpy as np

from revanim.draw.camera import NEAR, axes, unit
from revanim.scene.scene import Look

FAR = 1000.0  # times the distance


def make_camera(stage: Any, place: Any, look: Look) -> None:
    """Declare what pictures of the scene are made through."""
    from pxr import Gf, UsdGeom

    view, (width, height) = look.camera or look.view, look.picture
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
    UsdGeom.Camera.Define(stage, place).SetFromCamera(camera)
