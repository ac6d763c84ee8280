"""What was done, step by step; a click goes there."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QUndoView, QWidget

from revanim.session.studio import Studio
from revanim.session.words import tr
from revanim.window.panel import Panel


def build(studio: Studio) -> QWidget:
    """Return the list of edits; the step that stands is marked."""
    view = QUndoView(studio.session.history)
    view.setObjectName("history")
    view.setEmptyLabel(tr("As it was opened"))
    view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    view.setAccessibleName(tr("History"))
    view.setToolTip(tr("Click a step to go back to it, or onward"))
    return view


history = Panel(name="history", title="History", order=40, build=build, beside="properties")
