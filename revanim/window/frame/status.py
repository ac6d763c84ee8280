"""The status bar: what the mouse does, how fast the engine walks, and that it is exact."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QStatusBar, QWidget

from revanim.engine.code import kernel
from revanim.sentence import N_, NOTHING, Sentence
from revanim.session.counts import bodies, number
from revanim.session.studio import Studio
from revanim.session.words import tr
from revanim.window.frame.job_line import JobLine
from revanim.window.frame.nameplate import PREPARING
from revanim.window.kit.theme import theme

NOTED = 8000  # milliseconds: what was of interest for a moment
BEAT = 250  # milliseconds: figures that change faster cannot be read
CAMERA = {
    "blender": N_("Middle-drag or right-drag to orbit  ·  with Shift to pan"),
    "maya": N_("Alt-drag to orbit  ·  Alt-middle-drag to pan"),
}
RULER = N_("Drag to scrub  ·  wheel to zoom  ·  middle-drag to slide  ·  drag a key to move it, Ctrl-drag to copy it")
HINT = Sentence("{camera}  ·  wheel to zoom  ·  drag the ruler to scrub  ·  F1 shows all keys")


class Hint(QLabel):
    """A sentence that is cut off with dots where there is no room for it."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, room = QPainter(self), self.contentsRect()
        painter.setPen(self.palette().color(self.foregroundRole()))
        text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, text)


class Status(QStatusBar):
    """Hints at the left, figures at the right."""

    compiled = Signal(str)  # from whichever thread compiles

    def __init__(self, studio: Studio) -> None:
        super().__init__()
        self.studio = studio
        self.setSizeGripEnabled(False)
        self.hint, self.bodies, self.speed, self.exact = Hint(), QLabel(), QLabel(), QLabel()
        self.speed.setToolTip(tr("How many frames the engine walks in a second"))
        self.addWidget(self.hint, 1)
        self.work = JobLine(studio.jobs)
        self.addPermanentWidget(self.work)
        for label in (self.bodies, self.speed, self.exact):
            self.addPermanentWidget(label)
        self._hint = self._over = self._tip = ""
        self._told = self._noted = NOTHING
        self._begun = False  # whether the engine has shown anything yet
        self._places: dict[QObject, str] = {}
        self._figures = 0.0, 0
        self._timer = QTimer(self, interval=BEAT, singleShot=True)
        self._timer.timeout.connect(self._show)
        self._noting = QTimer(self, interval=NOTED, singleShot=True)
        self._noting.timeout.connect(lambda: self._note(NOTHING))
        studio.session.scene_changed.connect(self._count)
        studio.session.frame_shown.connect(self._count)
        studio.working.changed.connect(self._show)
        studio.session.noted.connect(self._note)
        studio.session.opened.connect(self._forget)
        studio.session.walked.connect(self._measure)
        studio.session.frame_shown.connect(self._begin)
        self._part, self._tell = "", self.compiled.emit
        self.compiled.connect(self._prepare)
        kernel.listeners.append(self._tell)
        studio.session.parting.connect(self._hear_no_more)
        studio.session.hinted.connect(self._hint_at)
        theme.changed.connect(self._show)
        self._count()
        self._show()
        if studio.session.shot is not None:
            self._begin()

    def inherit(self, before: "Status") -> None:
        """Show the same figures, and the same hint in the language of now."""
        self._figures, self._told = before._figures, before._told
        self._show()
        self._show_hint()

    def explain(self, mouse_scheme: str) -> None:
        """Say what the mouse does, once there is something to do."""
        self._hint = tr(HINT, camera=tr(CAMERA[mouse_scheme]))
        self._show_hint()

    def watch(self, place: QWidget, hint: str) -> None:
        """Say what the mouse does over a widget, while it is there."""
        self._places[place] = tr(hint)
        place.installEventFilter(self)

    def explain_at(self, tip: str) -> None:
        """Say what is under the mouse, an entry of a menu or a place of the timeline."""
        self._tip = tip
        self._show_hint()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Enter, QEvent.Type.Leave) and watched in self._places:
            self._over = self._places[watched] if event.type() == QEvent.Type.Enter else ""
            self._show_hint()
        return False

    def _hint_at(self, sentence: Sentence) -> None:
        self._told = sentence
        self._note(NOTHING) if sentence else self._show_hint()

    def _note(self, sentence: Sentence) -> None:
        """Show a sentence before all others, for a while."""
        self._noted = sentence
        self._noting.stop() if not sentence else self._noting.start()
        self._show_hint()

    def _forget(self) -> None:
        """Forget what was said about another scene."""
        self._told = NOTHING
        self._note(NOTHING)

    def _begin(self) -> None:
        self.studio.session.frame_shown.disconnect(self._begin)
        self._begun = True
        self._hear_no_more()
        self._show_hint()

    def _prepare(self, name: str) -> None:
        """Name what was compiled last: that shows that it goes on."""
        self._part = name.replace("_", " ")
        self._show_hint()

    def _hear_no_more(self) -> None:
        if self._tell in kernel.listeners:
            kernel.listeners.remove(self._tell)

    def _show_hint(self) -> None:
        """Show the hint of the tool, else that of the widget under the mouse, else how to move the camera."""
        preparing = f"{tr(PREPARING)}  {self._part}" if self._part else ""
        told = tr(self._noted) or tr(self._told) or self._tip or self._over or self._hint
        self.hint.setText(told if self._begun else preparing)

    def _count(self) -> None:
        """Say how many bodies the picture shows."""
        self.bodies.setText(bodies(self.studio.session.shown.bodies.count))

    def _measure(self, speed: float, returns: int) -> None:
        self._figures = speed, returns
        if not self._timer.isActive():
            self._timer.start()

    def _show(self) -> None:
        speed, returns = self._figures
        known = speed and not self.studio.working.late  # while the walk is under way, nobody knows how fast it is
        self.speed.setText(tr("{count} frames/s", count=number(float(f"{speed:.2g}"))) if known else "")
        color = theme.tokens.ok if returns else theme.tokens.dim
        self.exact.setText(f'<span style="color: {color}">●</span> {tr("exact")}')
        times = tr("once") if returns == 1 else tr("{count} times", count=returns)
        self.exact.setToolTip(
            tr("The walk came back to the home frame {times}, with every bit as it left.", times=times)
            if returns
            else tr("Lights up when the walk comes back to the home frame with every bit as it left.")
        )
