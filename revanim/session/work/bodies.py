"""Edits of the bodies as they are shown: the home frame follows, so what is edited is what is seen.

Every function acts on the selected bodies at the shown frame, is one undo step (the calls of one `gesture` are one
together), says in a sentence why where it cannot be, and returns whether it could.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import numpy as np
from numpy.typing import ArrayLike

from revanim.draw import camera
from revanim.engine.parameter import Floats
from revanim.engine.playhead import FARTHEST_FRAME
from revanim.error import RevanimError
from revanim.scene import edits
from revanim.scene.edits.paths import led
from revanim.scene.scene import Index, Scene
from revanim.sentence import NOTHING, Sentence, listed, named
from revanim.session.session import Session

Change = Callable[[Scene], Scene]
ASIDE = 0.02  # of the distance of the camera
LOOK_ALONE = {"radius", "color"}  # do not change how bodies move, so home may stay where it is


def chosen(session: Session) -> Index:
    """Return the selected bodies."""
    return np.flatnonzero(session.selection)


def scene_here(session: Session) -> Scene | None:
    """Return the scene at home in the frame that was asked for, or say that the walk is still on its way there."""
    stand = way_here(session)
    if stand is None:
        session.failed.emit(still_walking(session))
    return stand() if stand else None


def scene_seen(session: Session) -> Scene | None:
    """Return the same for a hand that works on the picture: that must show the frame."""
    if session.there:
        return scene_here(session)
    session.failed.emit(still_walking(session))
    return None


def way_here(session: Session) -> Callable[[], Scene] | None:
    """Return what makes that scene, in any thread, or None while nobody knows how the bodies stand in that frame.

    At home that is known at once; elsewhere when the walk has come there.
    """
    scene, frame, stand = session.scene, session.frame, session.stand
    if frame == scene.timing.home:
        return lambda: scene
    if session.there and stand is not None:
        return partial(edits.rehome, scene, stand.state, frame, stand.tapes)
    return None


def still_walking(session: Session) -> Sentence:
    """Return why nothing can be edited yet."""
    return Sentence("The walk is still on its way to frame {frame}; try again in a moment.", frame=session.frame)


def edit(session: Session, text: Sentence, change: Change, gesture: object = None) -> bool:
    """Make one undo step of a change of the bodies as they are shown."""
    session.pause()
    before = session.scene
    try:
        scene = scene_here(session)
        if scene is None:
            return False
        session.edit(text, change(scene), gesture)
    except RevanimError as error:
        session.failed.emit(error.sentence)
        return False
    say_home(session, before, partial(edit_from, session, text, change))
    return True


def edit_from(session: Session, text: Sentence, change: Change, before: Scene) -> None:
    """Make a change of a scene where that stands, and select the bodies that it brings."""
    if session.attempt(text, lambda _: change(before)):
        session.select(np.arange(session.scene.bodies.count) >= before.bodies.count)


def say_home(session: Session, before: Scene, again: Callable[[Scene], object] | None = None) -> None:
    """Say where home is, if it has moved since a scene was edited.

    Where bodies have been added, `again(before)` adds them to that scene instead, if the person would rather have that.
    """
    after, home = session.scene, session.scene.timing.home
    session.hinted.emit(NOTHING)
    if home == before.timing.home:
        session.noted.emit(NOTHING)
    elif again is None or after.bodies.count <= before.bodies.count:
        session.noted.emit(Sentence("Home is now frame {home}", home=home))
    else:
        told = Sentence("What you added stands so at frame {home}, and moves before it too.", home=home)
        verb = Sentence("Start at frame {frame} instead", frame=before.timing.home)
        session.offered.emit(told, verb, partial(_start_earlier, session, before, after, again))


def _start_earlier(session: Session, before: Scene, after: Scene, again: Callable[[Scene], object]) -> None:
    """Take the last step back and make it where the scene stood before, unless something else has been done since."""
    if session.scene is after:
        session.history.undo()
        session.show(before.timing.home)
        again(before)


def set_motion(
    session: Session,
    *,
    position: ArrayLike | None = None,
    velocity: ArrayLike | None = None,
    text: Sentence = NOTHING,
    gesture: object = None,
) -> bool:
    """Give the selected bodies places or velocities, float64[k, 3] in the order of `chosen`."""
    who = chosen(session)
    text = text or Sentence("Set velocity" if position is None else "Set position")
    return edit(
        session, text, lambda scene: edits.set_motion(scene, who, position=position, velocity=velocity), gesture
    )


def set_bodies(session: Session, *, text: Sentence = NOTHING, gesture: object = None, **values: ArrayLike) -> bool:
    """Give the selected bodies another mass, pinned, radius or color: a row for each, or one for all."""
    who = chosen(session)
    *most, last = map(named, values)
    name = Sentence("{names} and {last}", names=listed(most, ", "), last=last) if most else last
    text = text or Sentence("Set {name}", name=name)
    if set(values) <= LOOK_ALONE:
        return session.attempt(text, lambda scene: edits.set_bodies(scene, who, **values), gesture)
    return edit(session, text, lambda scene: edits.set_bodies(scene, who, **values), gesture)


def follow_paths(session: Session) -> bool:
    """Let the selected bodies follow paths, each with a first key where it is now; those that do already go on.

    Pinned bodies are where they are at every frame, so home stays where it is for them.
    """
    who = np.setdiff1d(chosen(session), led(session.scene, chosen(session)))
    frame, text = session.frame, Sentence("Follow a path")
    if session.scene.bodies.pinned[who].all():
        return session.attempt(text, lambda scene: edits.begin_paths(scene, who, frame))
    return edit(session, text, lambda scene: edits.begin_paths(scene, who, frame))


def let_go_here(session: Session) -> bool:
    """Let the selected bodies leave their paths at the shown frame, with the velocity that they have there."""
    who, frame = chosen(session), session.frame
    return session.attempt(Sentence("Let go here"), lambda scene: edits.let_go(scene, who, frame))


def catch_here(session: Session) -> bool:
    """Hold the selected bodies from the shown frame on, on their paths or where they come to rest."""
    who, frame = chosen(session), session.frame
    return session.attempt(Sentence("Catch here"), lambda scene: edits.catch(scene, who, frame))


def follow_leader(session: Session) -> bool:
    """Let the selected bodies go along with the one among them that follows a path."""
    who = chosen(session)
    leaders = led(session.scene, who)
    if leaders.size != 1:
        session.failed.emit(Sentence("Select one body that follows a path, and those that shall go along with it."))
        return False
    return session.attempt(Sentence("Go along"), lambda scene: edits.follow_body(scene, who, int(leaders[0])))


def live_from_here(session: Session) -> bool:
    """Let the selected bodies be born at the shown frame, as they are there."""
    who, frame = chosen(session), session.frame
    return edit(session, Sentence("Born here"), lambda scene: edits.set_bodies(scene, who, born=frame))


def end_here(session: Session) -> bool:
    """Let the shown frame be the last of the selected bodies; where they end is no matter of where home is."""
    who, frame = chosen(session), session.frame
    return session.attempt(Sentence("End here"), lambda scene: edits.set_bodies(scene, who, dies=frame))


def live_always(session: Session) -> bool:
    """Let the selected bodies be there at every frame."""
    who = chosen(session)
    ever = {"born": -FARTHEST_FRAME, "dies": FARTHEST_FRAME}
    return session.attempt(Sentence("Always there"), lambda scene: edits.set_bodies(scene, who, **ever))


def move(session: Session, by: ArrayLike, gesture: object = None) -> bool:
    """Move the selected bodies by float64[3]."""
    who = chosen(session)
    return edit(session, Sentence("Move"), lambda scene: edits.move_bodies(scene, who, by), gesture)


def rotate(session: Session, degrees: float, axis: ArrayLike = (0, 0, 1), gesture: object = None) -> bool:
    """Turn the selected bodies around their middle, and their velocities along."""
    who = chosen(session)
    return edit(session, Sentence("Rotate"), lambda scene: edits.turn_bodies(scene, who, degrees, axis), gesture)


def scale(session: Session, factor: ArrayLike, gesture: object = None) -> bool:
    """Spread the selected bodies from their middle by a factor, or by one for each axis."""
    who = chosen(session)
    return edit(session, Sentence("Scale"), lambda scene: edits.spread_bodies(scene, who, factor), gesture)


def remove(session: Session) -> bool:
    """Take the selected bodies out of the scene."""
    who = chosen(session)
    return edit(session, Sentence("Delete"), lambda scene: edits.remove_bodies(scene, who))


def duplicate(session: Session, gesture: object = None) -> bool:
    """Put copies of the selected bodies a little aside, with copies of their links, and select the copies."""
    who, offset = chosen(session), step_aside(session)
    return edit_and_select(session, Sentence("Duplicate"), lambda scene: edits.duplicate(scene, who, offset), gesture)


def add(session: Session, text: Sentence, other: Scene, gesture: object = None) -> bool:
    """Put the bodies of another scene into this one as it is shown, and select them."""
    return edit_and_select(session, text, lambda scene: edits.join(scene, other), gesture)


def edit_and_select(session: Session, text: Sentence, change: Change, gesture: object = None) -> bool:
    """Make one undo step of a change that puts bodies behind the others, and select those."""
    before = session.scene.bodies.count
    done = edit(session, text, change, gesture)
    if done:
        session.select(np.arange(session.scene.bodies.count) >= before)
    return done


def step_aside(session: Session) -> Floats:
    """Return a small way on the picture, float64[3]: copies that lie on their originals would tear at each other."""
    right, up, _ = camera.axes(session.view)
    way = (right - up) * (ASIDE * session.view.distance)
    return np.where([True, True, not session.scene.planar], way, 0.0)


def aside(session: Session, other: Scene) -> Scene:
    """Return another scene a small way aside."""
    who, free = np.arange(other.bodies.count), replace(other, planar=other.planar and session.scene.planar)
    return edits.set_motion(free, who, position=other.bodies.position + step_aside(session))


def reverse_here(session: Session) -> bool:
    """Let all bodies turn around at the shown frame, and go back the way they came."""
    frame = session.frame
    return edit(session, Sentence("Reverse from frame {frame}", frame=frame), partial(edits.reverse_from, frame=frame))
