"""The slider from guided to physical, and the effort beside it."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QSlider

from revanim.session.words import figures, tr
from revanim.session.work.solving.solve import Solving

STEPS = 100
WIDEST = "0.0034"  # an effort that takes the most room
Key = Qt.Key
OWN = {
    Key.Key_Left,
    Key.Key_Right,
    Key.Key_Up,
    Key.Key_Down,
    Key.Key_Home,
    Key.Key_End,
    Key.Key_PageUp,
    Key.Key_PageDown,
}


class ShareSlider(QSlider):
    """Says how much of the forces is kept in what is solved; while it moves, the ghost follows."""

    def __init__(self, solving: Solving) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setRange(0, STEPS)
        self.setSingleStep(STEPS // 20)
        self.setPageStep(STEPS // 4)
        self.setValue(round(STEPS * solving.choices.physical))
        self.setAccessibleName(tr("Guided to physical"))
        self.setToolTip(
            tr("How much of the forces stays in the motion: guided takes bodies by the hand, physical lets go")
        )
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.valueChanged.connect(lambda share: solving.set_physical(share / STEPS))

    def event(self, event: QEvent) -> bool:
        """Keep the keys that move it, which would step through the frames elsewhere."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.key() in OWN:
            event.accept()
            return True
        return super().event(event)


class Effort(QLabel):
    """The mean push over the mean force; it takes the same room whatever it says: no slider moves under a hand."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("value")
        self.setIndent(0)
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)  # beside the slider, above its ends
        self.setContentsMargins(0, 3, 0, 0)
        self.setToolTip(tr("The mean push over the mean force"))
        self.show_effort(0.0)

    def show_effort(self, effort: float) -> None:
        """Show an effort; 0 where nothing pushes, or nothing is known yet."""
        self.setText(effort_words(figures(f"{effort:.2g}") if effort else "—"))
        self.setMinimumWidth(self.fontMetrics().horizontalAdvance(effort_words(WIDEST)))


def effort_words(effort: str) -> str:
    """Return an effort with its name."""
    return tr("effort {effort}", effort=effort)
