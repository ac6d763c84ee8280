"""How the scene is looked at: what is left of it, through which eye, and what is seen of the frames before and after.

None of this is in the scene, so none of it can be undone.
"""

from dataclasses import dataclass, replace

import numpy as np
from PySide6.QtCore import QObject, QRectF, Signal

from revanim.draw.eye import eye, eye_at, goes_along
from revanim.draw.overlay.marks import needs_gauge
from revanim.draw.overlay.safe import fit, frame_of
from revanim.draw.seen import Mask, seen
from revanim.draw.shot import Shot
from revanim.draw.trail import cut_short
from revanim.scene.edits.picture.camera import has_camera
from revanim.scene.gauge import Gauge
from revanim.scene.given import sealed
from revanim.scene.scene import Group, Scene, View
from revanim.sentence import Sentence
from revanim.session.session import Session
from revanim.session.threads.surroundings import Surroundings, SurroundingsWalker, measured
from revanim.session.threads.worker import close_workers
from revanim.session.work.groups import free_name

FORESIGHT = 48  # frames of the way ahead that are shown to a hand at work
LATE = 2  # frames that the surroundings may be behind the bodies and still be shown


@dataclass(frozen=True, eq=False)
class Scope:
    """What a picture has to know of all this."""

    only: Mask | None
    gauge: Gauge | None
    frame: QRectF | None  # of the camera that is looked through
    safe: bool


class Viewing(QObject):
    """What stands between the session's scene and the eye."""

    changed = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.session = session
        self.only: Mask | None = None  # the bodies that are left, bool[n]
        self.safe = True  # whether the camera's frame shows which parts are safe
        self.size = (16, 9)  # pixels of the viewport
        self.foreseeing = False  # whether a hand at work wants to see the way ahead, whatever the look says
        self._asked: Scene | None = None  # the scene whose surroundings were asked for last
        self._surroundings: Surroundings | None = None
        self._free: View | None = None  # where the artist looked from before looking through the camera
        self._eye: View | None = None  # the view through the camera
        self._fit = 1.0  # how far that is zoomed, so that the whole picture is seen
        self._walks = SurroundingsWalker(self, self._hear, session.closing)
        session.opened.connect(self._forget)
        session.frame_shown.connect(self._go_along)  # before anybody paints it
        session.frame_shown.connect(self._ask)
        session.scene_changed.connect(self._refresh)
        session.view_changed.connect(self._leave_camera)
        session.closing.connect(lambda: close_workers(self))  # of a hand that is at work

    @property
    def scope(self) -> Scope:
        """All of it, at this moment."""
        picture = self.session.scene.look.picture
        frame = frame_of(self.size, picture, fit(self.size, picture)) if self.through else None
        return Scope(self.only, self.gauge, frame, self.safe)

    # Before and after the frame

    @property
    def gauge(self) -> Gauge | None:
        """What colours and arrows are scaled by, once it is known."""
        return self._surroundings.gauge if self._surroundings else None

    def dress(self, shot: Shot) -> Shot:
        """Return a shot with what is known of the frames before and after it."""
        found, look = self._surroundings, self.session.scene.look
        if found is None or abs(found.frame - shot.frame) > LATE:
            return shot
        if found.scene.bodies.count != len(shot.position):
            return shot
        ahead = found.ahead if (look.ahead or self.foreseeing) and found.frame == shot.frame else None
        if ahead is not None and not look.ahead:
            ahead = np.where(self.session.selection[:, None], ahead, np.nan)  # which no picture shows
        return replace(shot, ahead=ahead, skins=found.skins if look.skins else ())

    def foresee(self, wanted: bool) -> None:
        """Show where the selected bodies will go while a hand is at work, or again only what the look asks for."""
        if wanted != self.foreseeing:
            self.foreseeing = wanted
            self._ask()
            self.changed.emit()

    def _ask(self) -> None:
        session, stand = self.session, self.session.stand
        look = session.scene.look
        ahead = look.ahead or FORESIGHT * self.foreseeing
        self._asked = session.scene if ahead == look.ahead else replace(session.scene, look=replace(look, ahead=ahead))
        if session.shot is not None and stand is not None and (look.skins or ahead or needs_gauge(session.scene)):
            self._walks.walk_from(self._asked, session.shot.frame, stand)

    def _hear(self, found: Surroundings) -> None:
        before = self._surroundings
        if found.scene is not self._asked:
            return
        if found.gauge is None and before is not None and measured(before.scene) == measured(found.scene):
            found = replace(found, gauge=before.gauge)  # the last one, until it is known how things are now
        self._surroundings = found
        self.changed.emit()

    # Who is left

    def isolate(self) -> None:
        """Leave only the selected bodies, or show all again."""
        chosen = self.session.selection
        if self.only is not None:
            self.only = None
        elif chosen.any():
            self.only = chosen.copy()
        else:
            self.session.failed.emit(Sentence("Nothing is selected; isolating leaves only the selected bodies."))
        self.changed.emit()

    def left_of(self, scene: Scene) -> Scene:
        """Return a scene in which the bodies that are not left are hidden."""
        if self.only is None or self.only.all():
            return scene
        gone = Group(free_name(scene), sealed(np.flatnonzero(~self.only)), hidden=True)
        return replace(scene, groups=(*scene.groups, gone))

    @property
    def shown(self) -> Mask:
        """bool[n], the bodies that are painted."""
        return seen(self.session.scene, self.only, self.session.frame)

    # The camera

    @property
    def through(self) -> bool:
        """Whether the artist looks through the camera of the scene."""
        return self._eye is not None and self.session.view is self._eye

    @property
    def free(self) -> View:
        """The view that is the artist's own."""
        return self._free if self.through and self._free is not None else self.session.view

    def look_through(self) -> None:
        """Look through the camera, or from where one looked before."""
        if self.through:
            self._go_back()
        elif not has_camera(self.session.scene):
            self.session.failed.emit(
                Sentence("There is no camera yet; “Set Camera from View” puts it where you look from.")
            )
            self.changed.emit()
        else:
            self._free = self.session.view
            self._enter_camera()

    @property
    def aim(self) -> View:
        """From where the artist looks, as a camera there would see it."""
        if self.through:
            return self.camera
        return replace(self.session.view, lens=self.session.view.lens / self._fit)

    @property
    def camera(self) -> View:
        """What the camera sees of the frame that is shown; without one, what the artist looks at."""
        session = self.session
        if not has_camera(session.scene):
            return self.free
        shot = session.shot
        if shot is None or len(shot.position) != session.scene.bodies.count:
            return eye_at(session.scene, session.frame)
        return eye(session.scene, shot)

    def set_safe(self, safe: bool) -> None:
        """Show which parts of the camera's frame are safe, or not."""
        self.safe = safe
        self.changed.emit()

    def set_size(self, width: int, height: int) -> None:
        """Know how large the viewport is."""
        self.size = (width, height)
        if self.through:
            self._enter_camera()

    def _enter_camera(self) -> None:
        if not has_camera(self.session.scene):
            self._go_back()
            return
        self._eye = self._fitted()
        self.session.look_from(self._eye)
        self.changed.emit()

    def _go_back(self) -> None:
        """Look from where the artist looked before."""
        self._fit = 1.0
        self.session.look_from(self.free)

    def _fitted(self) -> View:
        """Return what the camera sees, from so far away that its whole picture is seen."""
        seen, self._fit = self.camera, fit(self.size, self.session.scene.look.picture)
        return replace(seen, lens=seen.lens * self._fit)

    def _go_along(self) -> None:
        """Look through the camera as it is at the frame that has come."""
        if self.through and goes_along(self.session.scene):
            self._eye = self._fitted()
            self.session.ride(self._eye)

    def _leave_camera(self) -> None:
        if self._eye is not None and self.session.view is not self._eye:
            self._eye = self._free = None
            self.changed.emit()

    # The scene

    def to_save(self) -> Scene:
        """Return the scene as it goes into a file: seen from where the camera is, and at the frame that is shown."""
        session = self.session
        stands = None if session.frame == session.scene.timing.home else session.frame
        plays = session.range if session.has_play_range else None
        return replace(session.scene, look=replace(session.scene.look, view=self.free, stands=stands, plays=plays))

    def _refresh(self, before: Scene, scene: Scene) -> None:
        self._asked = None
        if self.only is not None and self.only.size != scene.bodies.count:
            self.only = None
        if self.through and (before.look is not scene.look or before.cues is not scene.cues):
            self._enter_camera()
        if before.look is not scene.look:
            self._ask()
            self.changed.emit()
            for sentence in cut_short(scene):
                self.session.told.emit(sentence)

    def _forget(self) -> None:
        self.only = self._surroundings = self._free = self._eye = None
        self._fit = 1.0
        self.changed.emit()
