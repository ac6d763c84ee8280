"""The camera of a scene in glTF: y points up, and it looks along -z."""

from math import atan, cos, radians, sin
from typing import Any

import numpy as np

from revanim.draw.camera import NEAR, axes, unit
from revanim.export.points import upright
from revanim.export.usd_camera import FAR
from revanim.scene.scene import Look, View

POSE = 7  # numbers: a place and a quaternion


def camera_entry(view: View, look: Look) -> dict[str, Any]:
    """Return what kind of camera sees what a view shows."""
    width, height = look.picture
    tall = unit(view, width, height) * height / 2  # scene units from the middle to the top, at the target
    range_ = {"znear": NEAR * view.distance, "zfar": FAR * view.distance}
    if view.flat:
        return {"type": "orthographic", "orthographic": {"xmag": tall * width / height, "ymag": tall, **range_}}
    wide = {"yfov": 2 * atan(tall / view.distance), "aspectRatio": width / height}
    return {"type": "perspective", "perspective": {**wide, **range_}}


def camera_pose(view: View) -> list[float]:
    """Return where a camera is, and how it is turned: x, y, z, and a quaternion that goes on evenly as it turns."""
    place = upright((np.asarray(view.target) - view.distance * axes(view)[2])[None])[0]
    yaw, pitch = (0.0, 90.0) if view.flat else (view.yaw, view.pitch)
    turn, tilt = radians(yaw) / 2, -radians(pitch) / 2
    turned = (cos(turn) * sin(tilt), sin(turn) * cos(tilt), -sin(turn) * sin(tilt), cos(turn) * cos(tilt))
    return [*place.tolist(), *turned]
