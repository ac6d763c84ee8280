"""Three steps for whoever is new: scrub, edit, solve. Each is over when it has been done, or skipped."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, SignalInstance
from PySide6.QtWidgets import QFrame, QWidget

from revanim.sentence import N_
from revanim.session.files import settings
from revanim.session.words import tr
from revanim.window.kit.widgets import column, label, push_button, row
from revanim.window.window import Window

WIDTH, AIR = 320, 16
DONE = "tour"


@dataclass(frozen=True)
class Step:
    """What to do; `beside` is the widget it is about, and `signal` tells that it was done."""

    title: str
    text: str
    beside: Callable[[Window], QWidget]
    signal: Callable[[Window], SignalInstance]


STEPS = (
    Step(
        N_("Scrub"),
        N_("Drag along the ruler, both ways. Going back is walking back: nothing is cached, and no bit is lost."),
        lambda window: window.timeline,
        lambda window: window.studio.session.frame_changed,
    ),
    Step(
        "Edit",
        N_(
            "Choose bodies with a click or a box. What you change at this frame holds at every frame, before and after."
        ),
        lambda window: window.viewport,
        lambda window: window.studio.session.selection_changed,
    ),
    Step(
        "Solve",
        N_(
            "Go to another frame, press V, and drag a body to where it shall be then. "
            "Solve finds the motion that takes it there; the ghost shows it before you accept."
        ),
        lambda window: window.viewport,
        lambda window: window.studio.solving.changed,
    ),
)


class Tour(QFrame):
    """A note beside the widget it speaks of; it stops nothing, and comes by itself only once."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self.window_ = window
        self.setObjectName("tour")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFixedWidth(WIDTH)
        self.index = -1
        self._title, self._text, self._count = label(name="title"), label(wrap=True), label(name="name")
        self.next = push_button(tr("Next"), self.go_on, "primary", tr("Go on"))
        self.skip = push_button(tr("Skip"), self.end, tip=tr("Close the tour; Help > Take the Tour brings it back"))
        foot = row(self._count, None, self.skip, self.next, spacing=8)
        self.setLayout(column(self._title, self._text, 4, foot, spacing=6, margins=(16, 12, 16, 12)))
        window.installEventFilter(self)
        settings.remember(DONE, "done")
        self.go_on()

    def inherit(self, before: "Tour") -> None:
        """Come to the same step."""
        while self.index < before.index:
            self.go_on()

    @property
    def step(self) -> Step:
        """The step that is shown."""
        return STEPS[self.index]

    def go_on(self) -> None:
        """Show the next step, or end after the last."""
        if self.index >= 0:
            self.step.signal(self.window_).disconnect(self._did)
        self.index += 1
        if self.index == len(STEPS):
            self.index = -1
            self.end()
            return
        self.step.signal(self.window_).connect(self._did)
        self._title.setText(tr(self.step.title))
        self._text.setText(tr(self.step.text))
        self._count.setText(tr("{number} of {count}", number=self.index + 1, count=len(STEPS)))
        self.next.setText(tr("Next") if self.index + 1 < len(STEPS) else tr("Done"))
        self.setAccessibleName(tr("Tour: {title}", title=tr(self.step.title)))
        self.show()
        self._place()
        self.raise_()

    def _did(self) -> None:
        """Say that it was done, if not by the playback; going on is up to the person."""
        if not self.window_.studio.playback.direction:
            self._count.setText(tr("{number} of {count}", number=self.index + 1, count=len(STEPS)) + "  ·  ✓")

    def end(self) -> None:
        """Close for good."""
        if self.index >= 0:
            self.step.signal(self.window_).disconnect(self._did)
            self.index = -1
        self.close()

    def _place(self) -> None:
        """Stand over the widget, at its upper edge where it is low and inside it where it is high."""
        if self.index < 0:
            return
        self.resize(WIDTH, self.heightForWidth(WIDTH))  # adjustSize asks for that of a wider one
        widget = self.step.beside(self.window_)
        corner = widget.mapTo(self.window_, QPoint(0, 0))
        inside = widget.height() > 2 * self.height()
        y = corner.y() + AIR if inside else corner.y() - self.height() - AIR
        self.move(corner.x() + (widget.width() - WIDTH) // 2, max(y, 0))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place()
        return False


def start_tour_once(window: Window) -> None:
    """Begin the tour if nobody on this machine has seen it."""
    if not settings.remembered(DONE):
        start_tour(window)


def start_tour(window: Window) -> None:
    """Begin the tour, from the first step."""
    for other in window.findChildren(Tour):
        other.end()
    window.welcome.hide()
    Tour(window)
