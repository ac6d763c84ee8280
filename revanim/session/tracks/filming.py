"""The camera and captions under the hand: put, keyed, moved by itself, let go after bodies; each one undo step."""

from collections.abc import Callable

import numpy as np

from revanim.scene.cues.camera import camera_of
from revanim.scene.cues.caption import caption
from revanim.scene.edits.parts import add_part
from revanim.scene.edits.picture.camera import aim_camera, key_camera, move_camera, set_camera, without_camera
from revanim.scene.part import cue
from revanim.scene.parts.camera_move import CameraMove
from revanim.scene.scene import Scene
from revanim.sentence import N_, Sentence
from revanim.session.session import Session
from revanim.session.words import tr
from revanim.session.work.forces import Forces, Place
from revanim.session.work.viewing import Viewing

HERE = N_("The camera is where you look from. 0 looks through it.")
KEYED = N_("The camera has a key at frame {frame}. Look from elsewhere at another frame, and set the next.")
GOES = N_("The camera goes from frame {first} to frame {last}. 0 looks through it.")
FOLLOWS = N_("The camera looks at what is selected, wherever it goes. 0 looks through it.")


class Filming:
    """The camera of the session's scene."""

    def __init__(self, session: Session, viewing: Viewing, forces: Forces) -> None:
        self.session, self.viewing, self.forces = session, viewing, forces

    def put(self) -> None:
        """Put the camera where the artist looks from; what of it has keys gets one at this frame."""
        frame, view = self.session.frame, self.viewing.aim
        self._do(Sentence("Set camera"), lambda scene: set_camera(scene, view, frame), Sentence(HERE))

    def set_key(self) -> None:
        """Set a key of the camera at this frame, where the artist looks from."""
        frame, view = self.session.frame, self.viewing.aim
        done = Sentence(KEYED, frame=frame)
        self._do(Sentence("Set camera key"), lambda scene: key_camera(scene, view, frame), done)

    def go(self, move: CameraMove) -> None:
        """Let the camera go by itself over the frames that play."""
        (first, last), view = self.session.range, self.viewing.aim
        done = Sentence(GOES, first=first, last=last)
        name = Sentence(move.title)
        self._do(name, lambda scene: move_camera(scene, move.name, view, (first, last)), done)

    def follow(self) -> None:
        """Let the camera look at the selected bodies wherever they go."""
        who, view = np.flatnonzero(self.session.selection), self.viewing.aim
        self._do(Sentence("Follow with the camera"), lambda scene: aim_camera(scene, who, view), Sentence(FOLLOWS))

    def add_caption(self) -> None:
        """Write words into the picture."""
        place = Place("cues", len(self.session.scene.cues))
        said = tr(Sentence("Your words"))
        if self.session.attempt(Sentence("Add caption"), lambda scene: add_part(scene, cue(caption.name, text=said))):
            self.forces.look_at(place)

    def remove(self) -> None:
        """Let files be made from where the artist looks."""
        if self.viewing.through:
            self.viewing.look_through()
        self.session.edit(Sentence("Remove camera"), without_camera(self.session.scene))

    def _do(self, text: Sentence, change: Callable[[Scene], Scene], done: Sentence) -> None:
        """Change the camera, show its values, and say what was done."""
        if not self.session.attempt(text, change):
            return
        part = camera_of(self.session.scene)
        if part is not None:
            self.forces.look_at(Place("cues", [*map(id, self.session.scene.cues)].index(id(part))))
        self.session.told.emit(done)
