"""What is open: one scene and one frame, each behind one door; the parts that work on them are in `work`."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from revanim.draw.shot import Shot
from revanim.engine.playhead import Stand
from revanim.error import RevanimError
from revanim.scene.scene import Scene, View
from revanim.sentence import NOTHING, Sentence
from revanim.session.threads.motion import same_motion
from revanim.session.threads.walk import Walker, WalkNews
from revanim.session.words import tr

Selection = NDArray[np.bool_]


class Session(QObject):
    """What is open, where it stands and how it is looked at; widgets listen here, and never to each other.

    `edit` is the door to the scene and `show` the door to the frame.
    """

    opened = Signal()  # another scene altogether
    scene_changed = Signal(object, object)  # before, after
    frame_changed = Signal(int)  # what was asked for
    frame_shown = Signal(object)  # the Shot that the walk has reached
    range_changed = Signal()
    view_changed = Signal()
    selection_changed = Signal()
    walked = Signal(float, int)  # frames in a second; how often home was met again, every bit equal
    failed = Signal(object)  # a Sentence
    told = Signal(object)  # a Sentence on what went well, but not as one would expect
    stopped = Signal(int)  # the frame at which the motion breaks off
    offered = Signal(object, object, object)  # the like, and what might be done about it: a Sentence, and what does it
    paused = Signal()  # whatever plays stands still now
    asked = Signal(object, object)  # a Sentence, or nothing any more; and answers: a Sentence and what does it, each
    noted = Signal(object)  # a Sentence that is of interest for a moment
    hinted = Signal(object)  # a Sentence: what the next press does, or nothing out of the ordinary
    finishing = Signal()  # the window closes: whoever writes a file ends that well
    parting = Signal()  # whoever shows the session goes: a widget that has a thread ends it
    closing = Signal()  # whoever else has a thread ends it

    def __init__(self, scene: Scene) -> None:
        super().__init__()
        self.closed = False
        self.history = QUndoStack(self)
        self.walker = Walker(self, self._hear)
        self.scene = scene
        self._begin(scene)

    def _begin(self, scene: Scene) -> None:
        self.frame = scene.timing.home if scene.look.stands is None else scene.look.stands
        self.shot: Shot | None = None
        self._shown: Scene | None = None  # whose shot that is
        self._stand: Stand | None = None  # of that shot
        self.under_way = False  # whether the walk has an order that it has not come to the end of
        self.view = scene.look.view
        self.selection: Selection = np.zeros(scene.bodies.count, np.bool_)
        self._play_range = scene.look.plays

    def open(self, scene: Scene) -> None:
        """Begin with another scene, at the frame where it stands and with nothing to undo."""
        self.pause()
        before, self.scene = self.scene, scene
        self._begin(scene)
        self.history.clear()
        self.opened.emit()
        self.scene_changed.emit(before, scene)
        self.show(self.frame)

    def edit(self, text: Sentence, scene: Scene, gesture: object = None) -> None:
        """Change the scene as one undo step named `text`; the edits of one gesture are one step together."""
        self.history.push(Edit(self, text, scene, gesture))

    def attempt(self, text: Sentence, change: Callable[[Scene], Scene], gesture: object = None) -> bool:
        """Edit what a change makes of the scene, or say why it cannot be made; return whether it could."""
        try:
            scene = change(self.scene)
        except RevanimError as error:
            self.failed.emit(error.sentence)
            return False
        self.edit(text, scene, gesture)
        return True

    @property
    def last_step(self) -> Sentence:
        """What was done last."""
        step = self.history.command(self.history.index() - 1)
        return step.sentence if isinstance(step, Edit) else NOTHING

    def name_steps(self) -> None:
        """Call every undo step in the language of the window as it is now."""
        for step in map(self.history.command, range(self.history.count())):
            if isinstance(step, Edit):
                step.entitle(step.sentence)

    def show(self, frame: int) -> None:
        """Ask for a frame; the walk goes there and shows what it passes."""
        if frame != self.frame:
            self.frame = frame
            self.frame_changed.emit(frame)
        self.under_way = True
        self.walker.show(self.scene, frame)

    def stay(self) -> None:
        """Ask for the frame that the walk has come to instead; for home where it has not come anywhere."""
        here = self.shot.frame if self.shot is not None and self.stand is not None else self.scene.timing.home
        if here != self.frame or self.under_way:
            self.show(here)

    def pause(self) -> None:
        """Let whatever plays stand still: what is shown is about to be changed."""
        self.paused.emit()

    @property
    def arrived(self) -> bool:
        """Whether what is shown is the frame that was asked for, of the scene as it is now."""
        return self.shot is not None and self.shot.frame == self.frame and self._shown is self.scene

    @property
    def there(self) -> bool:
        """Whether the bodies are shown as they move now, at the frame that was asked for."""
        return self.shot is not None and self.shot.frame == self.frame and self.stand is not None

    @property
    def shown(self) -> Scene:
        """The scene of the picture; the one that is open before there is any."""
        return self._shown or self.scene

    @property
    def stand(self) -> Stand | None:
        """Where the bodies stand as they are shown; None until the walk shows the scene as it moves now."""
        return self._stand if self._shown is not None and same_motion(self._shown, self.scene) else None

    @property
    def range(self) -> tuple[int, int]:
        """The first and the last frame that play."""
        return self._play_range or (self.scene.timing.first, self.scene.timing.last)

    @property
    def has_play_range(self) -> bool:
        """Whether only a part of the scene's frames plays."""
        return self._play_range is not None

    def set_play_range(self, play_range: tuple[int, int] | None) -> None:
        """Play from one frame to another, either way round, or all frames of the scene again."""
        self._play_range = (min(play_range), max(play_range)) if play_range else None
        self.range_changed.emit()

    def look_from(self, view: View) -> None:
        """Move the camera; no undo step, but the file remembers it."""
        self.view = view
        self.view_changed.emit()

    def ride(self, view: View) -> None:
        """Look from where a camera is that goes along with the frames; whoever shows the frame shows it so."""
        self.view = view

    def select(self, selection: Selection) -> None:
        """Make these the selected bodies."""
        self.selection = selection
        self.selection_changed.emit()

    def close(self) -> None:
        """End the walk and its thread; whoever has a thread too ends it now. Once is enough."""
        if self.closed:
            return
        self.closed = True
        self.finishing.emit()
        self.parting.emit()
        self.closing.emit()
        self.pause()
        self.history.blockSignals(True)  # QUndoStack speaks while it is being destroyed
        self.walker.close()

    def _put(self, scene: Scene) -> None:
        before, self.scene = self.scene, scene
        others = scene.bodies.count != before.bodies.count
        if others:
            self.shot = None  # it shows other bodies
            self.selection = np.zeros(scene.bodies.count, np.bool_)
        self.scene_changed.emit(before, scene)
        if others:
            self.selection_changed.emit()
        self.show(self.frame)

    def _hear(self, news: WalkNews) -> None:
        if news.scene is not self.scene:
            return
        arrived = news.shot is not None and news.shot.frame == self.frame
        self.under_way = self.under_way and not (arrived or news.stopped)
        self.walked.emit(news.speed, news.returns)
        if news.stopped:
            self.pause()
            self.failed.emit(news.stopped)
        if news.shot is not None:
            self.shot, self._stand, self._shown = news.shot, news.stand, news.scene
            if news.stopped:
                self.frame = news.shot.frame
                self.frame_changed.emit(self.frame)
                self.stopped.emit(self.frame)
            self.frame_shown.emit(news.shot)


class Edit(QUndoCommand):
    """Every edit there is: undo is the scene before."""

    def __init__(self, session: Session, text: Sentence, scene: Scene, gesture: object) -> None:
        super().__init__()
        self.entitle(text)
        self.session = session
        self.before, self.after = session.scene, scene
        self.gesture = gesture

    def entitle(self, sentence: Sentence) -> None:
        """Call it so, in the language of the window as it is now."""
        self.sentence = sentence
        self.setText(tr(sentence))

    def id(self) -> int:
        return 1  # so that Qt asks `mergeWith`

    def mergeWith(self, other: QUndoCommand) -> bool:
        if not isinstance(other, Edit) or self.gesture is None or other.gesture is not self.gesture:
            return False
        self.after = other.after
        self.entitle(other.sentence)
        self.setObsolete(self.after is self.before)  # a gesture that was taken back is no step
        return True

    def redo(self) -> None:
        self.session._put(self.after)

    def undo(self) -> None:
        self.session._put(self.before)
