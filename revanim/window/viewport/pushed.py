"""The velocities of bodies behind a push over one frame, drawn by their tips: what was before stays."""

from functools import partial

from revanim.engine.parameter import Floats
from revanim.scene import edits
from revanim.scene.driven import has_tapes
from revanim.scene.scene import Scene
from revanim.sentence import NOTHING, Sentence
from revanim.session.session import Session
from revanim.session.studio import Studio
from revanim.session.work import bodies as editing

INSTEAD = Sentence("Edit here instead")


def is_pushed(session: Session) -> bool:
    """Whether a throw at this frame had better be a push: losses make the past of an edit absurd."""
    return has_tapes(session.scene) and session.frame > session.scene.timing.home


class PushedBodies:
    """The selected bodies at a frame behind home; `place` are the tips of their arrows."""

    loose = False
    links = NOTHING

    def __init__(self, studio: Studio, seconds: float) -> None:
        session, self.studio, self.seconds = studio.session, studio, seconds
        assert session.shot is not None
        self.scene, self.frame, self.stand, self.who = (
            session.scene,
            session.frame,
            session.stand,
            editing.chosen(session),
        )
        self._start, self._velocity = session.shot.position[self.who], session.shot.velocity[self.who]
        self.place = self._start + self._velocity * seconds
        self._wanted = self._velocity

    def put(self, text: Sentence, place: Floats, turning: Floats | None) -> None:
        self._wanted = (place - self._start) / self.seconds
        by = self._wanted - self._velocity
        self.studio.viewing.foresee(True)
        self.studio.session.attempt(
            Sentence("Push"), lambda _: edits.push_at(self.scene, self.frame, self.who, by), self
        )

    def keep(self) -> None:
        self.studio.viewing.foresee(False)
        session = self.studio.session
        session.hinted.emit(NOTHING)
        told = Sentence("Pushed at frame {frame}; what was before stays.", frame=self.frame)
        session.offered.emit(told, INSTEAD, partial(self._edit_instead, session.scene))

    def _edit_instead(self, pushed: Scene) -> None:
        """Let the bodies be so fast at this frame, whatever past that needs, unless something has been done since."""
        session, stand = self.studio.session, self.stand
        if session.scene is not pushed or stand is None:
            return
        session.history.undo()
        here = edits.rehome(self.scene, stand.state, self.frame, stand.tapes)
        session.attempt(Sentence("Throw"), lambda _: edits.set_motion(here, self.who, velocity=self._wanted))

    def drop(self) -> None:
        self.studio.viewing.foresee(False)
        if self.studio.session.scene is not self.scene:
            self.studio.session.edit(Sentence("Take back"), self.scene, self)
        self.studio.session.hinted.emit(NOTHING)
