"""The camera: put where somebody looks from, keyed there, moved by itself, and let go after bodies."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from revanim.collect import choose
from revanim.engine.parameter import Animated, Floats
from revanim.scene.cues.camera import as_values, camera, camera_from, camera_of, view_of
from revanim.scene.edits.bodies import existing
from revanim.scene.edits.parts import add_part, set_cues
from revanim.scene.edits.settings import set_look
from revanim.scene.given import sealed
from revanim.scene.keys import keyed, with_value
from revanim.scene.parts.camera_move import camera_moves
from revanim.scene.scene import Part, Scene, Value, View
from revanim.sentence import Sentence

KEYED = tuple(each for each in camera.parameters if each.name not in ("follow", "flat"))  # with the camera's own keys


def set_camera(scene: Scene, view: View, frame: int) -> Scene:
    """Let the camera see what a view shows; what of it changes over the frames does so at this one."""
    part = camera_of(scene)
    if part is None:
        return set_look(scene, camera=view)
    values = _from(part, view, frame)
    changes = {name: _written(part, name, sheet, frame) for name, sheet in values.items()}
    return _with_camera(scene, replace(part, values={**part.values, **changes}))


def key_camera(scene: Scene, view: View, frame: int) -> Scene:
    """Set a key of all that the camera is at a frame, where it sees what a view shows."""
    part = _camera(scene, view)
    values = _from(part, view, frame)
    changes = {
        each.name: value if isinstance(value, Animated) else keyed([frame], np.asarray(value)[None])
        for each in KEYED
        for value in (part.values[each.name],)
    }
    begun = replace(part, values={**part.values, **changes})
    made = {name: _written(begun, name, sheet, frame) for name, sheet in values.items()}
    return _with_camera(scene, replace(begun, values={**begun.values, **made}))


def move_camera(scene: Scene, move: str, view: View, frames: tuple[int, int]) -> Scene:
    """Let the camera go by one of the files of `filming/` from a frame to another; it begins where it is then.

    Where there is no camera it begins with the view.
    """
    chosen, part = choose(camera_moves(), move, Sentence("camera move")), _camera(scene, view)
    curves = chosen.curves(view_of(part, frames[0]), *frames)
    return _with_camera(scene, replace(part, values={**part.values, **curves}))


def aim_camera(scene: Scene, bodies: ArrayLike, view: View) -> Scene:
    """Let the camera look at the middle of some bodies, int64[k], wherever they go."""
    part, who = _camera(scene, view), existing(scene, bodies)
    return _with_camera(scene, replace(part, bodies=who, values={**part.values, "follow": sealed(np.array(1.0))}))


def without_camera(scene: Scene) -> Scene:
    """Let pictures show what the artist looks at."""
    return set_look(set_cues(scene, [part for part in scene.cues if part.kind != camera.name]), camera=None)


def has_camera(scene: Scene) -> bool:
    """Whether pictures are made through a camera."""
    return scene.look.camera is not None or camera_of(scene) is not None


def _camera(scene: Scene, view: View) -> Part:
    """Return the camera, or a new one: where the look has it, or where somebody looks from."""
    return camera_of(scene) or camera_from(scene.look.camera or view)


def _with_camera(scene: Scene, part: Part) -> Scene:
    """Return a scene with another camera in the place of the one that makes the pictures."""
    before = camera_of(scene)
    if before is None:
        return add_part(scene, part)
    return set_cues(scene, [part if one is before else one for one in scene.cues])


def _from(part: Part, view: View, frame: int) -> Mapping[str, Any]:
    """Return the values for a view; it is turned by as many times 360° as brings it nearest to what the camera is."""
    now = view_of(part, frame)
    return as_values(replace(view, yaw=view.yaw + 360.0 * round((now.yaw - view.yaw) / 360.0)))


def _written(part: Part, name: str, sheet: Any, frame: int) -> Value:
    """Return a value of the camera that is so at a frame: one that has keys has one there."""
    value, parameter = part.values[name], next(each for each in camera.parameters if each.name == name)
    new: Floats = np.asarray(sheet, np.float64)
    return with_value(value, parameter, frame, new) if isinstance(value, Animated) else sealed(new)
