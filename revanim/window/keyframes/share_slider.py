"""The slider from guided to physical."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QSlider

from revanim.session.words import tr
from revanim.session.work.solving import Solving

STEPS = 100
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
        self.setValue(round(STEPS * solving.physical))
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
