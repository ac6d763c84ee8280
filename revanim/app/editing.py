"""Edits of the bodies as they are shown: the home frame follows, so what is edited is what is seen.

Every function acts on the selected bodies at the shown frame, is one undo step (the calls of one `gesture` are one
together), says in a sentence why where it cannot be, and returns whether it could.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from revanim.app.session import Session
from revanim.engine.parameter import Floats
from revanim.error import RevanimError
from revanim.scene import edits
from revanim.scene.placing import turn
from revanim.scene.scene import Index, Scene

Change = Callable[[Scene], Scene]
LOOK_ALONE = {"radius", "color"}  # do not change how bodies move, so home may stay where it is


def chosen(session: Session) -> Index:
    """Return the selected bodies."""
    return np.flatnonzero(session.selection)


def centre(place: Floats) -> Floats:
    """Return the middle of some places, float64[3]."""
    middle: Floats = (place.min(axis=0) + place.max(axis=0)) / 2
    return middle


def scene_here(session: Session) -> Scene | None:
    """Return the scene at home in the frame that is shown, or None while nothing of it is shown yet.

    Where the walk is still on its way, the frame that it has reached is the one that was asked for.
    """
    scene, shot, state = session.scene, session.shot, session.state
    if shot is not None and state is not None:
        if shot.frame != session.frame:
            session.show(shot.frame)
        return scene if shot.frame == scene.timing.home else edits.rehome(scene, state, shot.frame)
    return scene if session.frame == scene.timing.home else None


def edit(session: Session, text: str, change: Change, gesture: object = None) -> bool:
    """Make one undo step of a change of the bodies as they are shown."""
    session.playback.stop()
    before = session.scene.timing.home
    try:
        scene = scene_here(session)
        if scene is None:
            session.failed.emit(f"The walk is still on its way to frame {session.frame}; try again in a moment.")
            return False
        session.edit(text, change(scene), gesture)
    except RevanimError as error:
        session.failed.emit(str(error))
        return False
    say_home(session, before)
    return True


def say_home(session: Session, before: int) -> None:
    """Say where home is, if it has moved."""
    home = session.scene.timing.home
    session.hinted.emit("" if home == before else f"Home is now frame {home}")


def set_motion(
    session: Session,
    *,
    position: ArrayLike | None = None,
    velocity: ArrayLike | None = None,
    text: str = "",
    gesture: object = None,
) -> bool:
    """Give the selected bodies places or velocities, float64[k, 3] in the order of `chosen`."""
    who = chosen(session)
    text = text or ("Set velocity" if position is None else "Set position")
    return edit(
        session, text, lambda scene: edits.set_motion(scene, who, position=position, velocity=velocity), gesture
    )


def set_bodies(session: Session, *, text: str = "", gesture: object = None, **values: ArrayLike) -> bool:
    """Give the selected bodies another mass, pinned, radius or color: a row for each, or one for all."""
    who = chosen(session)
    text = text or f"Set {' and '.join(values)}"
    if set(values) <= LOOK_ALONE:
        try:
            session.edit(text, edits.set_bodies(session.scene, who, **values), gesture)
        except RevanimError as error:
            session.failed.emit(str(error))
            return False
        return True
    return edit(session, text, lambda scene: edits.set_bodies(scene, who, **values), gesture)


def move(session: Session, by: ArrayLike, gesture: object = None) -> bool:
    """Move the selected bodies by float64[3]."""
    who = chosen(session)
    return edit(session, "Move", lambda scene: moved(scene, who, np.asarray(by, np.float64)), gesture)


def rotate(session: Session, degrees: float, axis: ArrayLike = (0, 0, 1), gesture: object = None) -> bool:
    """Turn the selected bodies around their middle, and their velocities along."""
    who = chosen(session)
    turning = rotation(np.asarray(axis, np.float64), degrees)
    return edit(session, "Rotate", lambda scene: turned(scene, who, turning), gesture)


def scale(session: Session, factor: ArrayLike, gesture: object = None) -> bool:
    """Spread the selected bodies from their middle by a factor, or by one for each axis."""
    who = chosen(session)
    return edit(session, "Scale", lambda scene: spread(scene, who, np.asarray(factor, np.float64)), gesture)


def moved(scene: Scene, who: Index, by: Floats) -> Scene:
    """Return the scene with some bodies moved by float64[3]."""
    return edits.set_motion(scene, who, position=scene.bodies.position[who] + by)


def turned(scene: Scene, who: Index, turning: Floats) -> Scene:
    """Return the scene with some bodies, and their velocities, turned around their middle by float64[3, 3]."""
    place, velocity = scene.bodies.position[who], scene.bodies.velocity[who]
    middle = centre(place)
    return edits.set_motion(scene, who, position=middle + (place - middle) @ turning.T, velocity=velocity @ turning.T)


def spread(scene: Scene, who: Index, factor: Floats) -> Scene:
    """Return the scene with some bodies spread from their middle by a factor, or one for each axis."""
    place = scene.bodies.position[who]
    middle = centre(place)
    return edits.set_motion(scene, who, position=middle + (place - middle) * factor)


def rotation(axis: Floats, degrees: float) -> Floats:
    """Return the matrix, float64[3, 3], that turns columns about an axis (Rodrigues)."""
    x, y, z = axis / np.linalg.norm(axis)
    cosine, sine = turn(degrees)
    across = np.array([[0.0, -z, y], [z, 0.0, -x], [-y, x, 0.0]])
    matrix: Floats = np.eye(3) + sine * across + (1 - cosine) * across @ across
    return matrix
