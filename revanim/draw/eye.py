"""From where a picture of a scene is made: as its camera is at that moment, wherever the bodies are."""

from dataclasses import replace

from revanim.draw.shot import Shot
from revanim.engine.parameter import Floats
from revanim.scene.cues.camera import camera, camera_of, moves, view_of
from revanim.scene.scene import Scene, Timing, View


def moment(timing: Timing, seconds: float) -> float:
    """Return the frame, whole or not, that is shown so many seconds after frame 0: a sub-step of the motion."""
    return round(seconds / timing.step_seconds) / timing.steps_per_frame


def eye(scene: Scene, shot: Shot) -> View:
    """Return what the camera sees in a shot; without one, what the artist looks at."""
    return eye_at(scene, moment(scene.timing, shot.seconds), shot.position)


def eye_at(scene: Scene, frame: float, position: Floats | None = None) -> View:
    """Return what the camera sees at a frame, whole or not, at which the bodies are at float64[n, 3]."""
    part = camera_of(scene)
    return scene.look.camera or scene.look.view if part is None else view_of(part, frame, position)


def goes_along(scene: Scene) -> bool:
    """Whether the camera sees from elsewhere at other frames."""
    part = camera_of(scene)
    return part is not None and moves(part)


def seen_from(scene: Scene, view: View) -> Scene:
    """Return a scene whose pictures are made from a view, whatever camera it has."""
    left = tuple(part for part in scene.cues if part.kind != camera.name)
    return replace(scene, cues=left, look=replace(scene.look, camera=None, view=view))
