"""What a scene is called, how it is counted and computed, and how it looks."""

from dataclasses import replace
from typing import Any

from revanim.collect import choose
from revanim.engine.scheme import schemes
from revanim.scene.attribute import check_color_by
from revanim.scene.check import check
from revanim.scene.edits.rate import set_rate
from revanim.scene.given import record, sealed
from revanim.scene.looks.named import check_names
from revanim.scene.scene import Look, Scene, Timing
from revanim.sentence import Sentence


def rename(scene: Scene, name: str) -> Scene:
    """Give the scene another name."""
    return check(replace(scene, name=name))


def set_note(scene: Scene, note: str) -> Scene:
    """Say something else about the scene."""
    return check(replace(scene, note=note))


def set_planar(scene: Scene, planar: bool) -> Scene:
    """Lay the bodies into the plane z = 0, where they stay, or let them leave it."""
    state = scene.bodies.state
    if planar:
        state = state.copy()
        state[[2, 5]] = 0
    return check(replace(scene, planar=planar, bodies=replace(scene.bodies, state=sealed(state))))


def set_timing(scene: Scene, *, keep: str = "seconds", **changes: Any) -> Scene:
    """Change fields of the timing; the state at home stays what it is.

    Where the frame rate changes, `keep` says what else stays: the seconds of keyframes, curves, markers and the range
    ("seconds"), or the frames that they are at ("frames"; the motion then passes quicker or slower). A field that is
    given too is what it is given as.
    """
    timing = record(Timing, {**vars(scene.timing), **changes})
    if timing.fps != scene.timing.fps:
        scene = set_rate(scene, timing.fps, keep)
    given = {name: getattr(timing, name) for name in changes}
    return check(replace(scene, timing=replace(scene.timing, **given)))


def set_look(scene: Scene, **changes: Any) -> Scene:
    """Change fields of the look."""
    look = record(Look, {**vars(scene.look), **changes})
    check_color_by(look, scene.look)
    return check(replace(scene, look=check_names(look, scene.look)))


def set_scheme(scene: Scene, scheme: str) -> Scene:
    """Walk by another scheme."""
    return check(replace(scene, scheme=choose(schemes(), scheme, Sentence("scheme")).name))
