"""Solve, look at the ghost, accept or discard; what may change is chosen by itself, or ticked."""

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QCheckBox, QDockWidget, QWidget

from revanim.scene.scene import Scene
from revanim.session.studio import Studio
from revanim.session.words import tr
from revanim.window.keyframes.findings import Findings
from revanim.window.keyframes.may_change import MayChange
from revanim.window.keyframes.share_slider import Effort, ShareSlider
from revanim.window.kit.widgets import column, label, push_button, row, scrolled
from revanim.window.panel import Panel
from revanim.window.sections.fold import fold_button

SIZE = (304, 360)


class SolverPanel(QWidget):
    """Nothing here stops the rest of the window."""

    def __init__(self, studio: Studio) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.studio, self.solving = studio, studio.solving
        self._dock: QDockWidget | None = None  # in which it is
        self._unseen = False  # whether news have come that may lie below what is shown
        choices = studio.solving.choices
        self.automatic = QCheckBox(tr("Automatic"))
        self.automatic.setToolTip(
            tr("Launches where they suffice, pushes where they do not, as few and soft as can be")
        )
        self.automatic.clicked.connect(choices.choose)
        self.only_range = QCheckBox(tr("Only the frames that play"))
        self.only_range.setToolTip(
            tr("Push bodies in the play range alone, and let the motion before and after it stay as it is")
        )
        self.only_range.clicked.connect(choices.set_only_range)
        self.physical, self.effort = ShareSlider(self.solving), Effort()
        self.may_change, self.findings = MayChange(studio), Findings(studio)
        self.chosen = fold_button(tr("May change"), self.may_change, tr("Choose yourself what the solver may change"))
        self.button = push_button(
            tr("Solve"), self._press, "solve", tr("Change the motion until the keyframes are hit")
        )
        self.accept = push_button(tr("Accept"), self.solving.accept, "primary", tr("Let the scene move like the ghost"))
        self.discard = push_button(tr("Discard"), self.solving.discard, tip=tr("Forget the ghost"))
        self._lay_out()
        studio.session.scene_changed.connect(self._compare)
        self.solving.changed.connect(self._refresh)
        self._refresh()

    def sizeHint(self) -> QSize:
        return QSize(*SIZE)

    def _lay_out(self) -> None:
        first = row(self.automatic, None, self.chosen, spacing=8)
        ends = row(label(tr("guided"), "name"), None, label(tr("physical"), "name"))
        share = row(column(self.physical, ends, spacing=2), self.effort, spacing=16)
        contents = column(
            first, self.may_change, self.only_range, share, self.findings, None, spacing=8, margins=(12, 8, 12, 8)
        )
        self._area = scrolled(contents)
        self._area.verticalScrollBar().rangeChanged.connect(self._reveal)
        foot = row(self.button, None, self.accept, self.discard, spacing=8, margins=(12, 8, 12, 12))
        self.setLayout(column(self._area, foot))

    def showEvent(self, event: QShowEvent) -> None:
        """Let the ruler show how far a launch can aim while this is in front; a dock behind a tab is not hidden."""
        dock = self.parentWidget()
        if isinstance(dock, QDockWidget) and self._dock is not dock:
            self._dock = dock
            dock.visibilityChanged.connect(self.studio.horizon.watch)
        self.studio.horizon.watch(True)

    def _compare(self, before: Scene, scene: Scene) -> None:
        if before.keyframes is not scene.keyframes:
            self._refresh()

    def _press(self) -> None:
        if self.solving.running:
            self.solving.cancel()
        else:
            self.solving.start()

    def _refresh(self) -> None:
        solving, choices, progress = self.solving, self.solving.choices, self.solving.progress
        self.automatic.setChecked(choices.automatic)
        self.automatic.setEnabled(not choices.only_range)
        self.only_range.setChecked(choices.only_range)
        self.physical.setEnabled(choices.can_push)
        self.effort.show_effort(progress.effort if progress else 0.0)
        self.button.setText(tr("Cancel") if solving.running else tr("Solve"))
        self._unseen = progress is not None and (self._unseen or self.findings.plot.isHidden())
        self.findings.refresh()
        for widget in (self.accept, self.discard):
            widget.setVisible(progress is not None)
        self.accept.setEnabled(solving.acceptable)
        self._step_back(solving.acceptable)

    def _reveal(self) -> None:
        """Scroll to the news once they have made room for themselves."""
        if self._unseen:
            self._unseen = False
            QTimer.singleShot(0, self, lambda: self._area.ensureVisible(0, self.findings.geometry().bottom(), 0, 8))

    def _step_back(self, calm: bool) -> None:
        """Do not highlight the button while another is the one to press."""
        if self.button.property("calm") != calm:
            self.button.setProperty("calm", calm)
            self.button.style().polish(self.button)


solver = Panel(
    name="solver",
    title="Solver",
    order=40,
    build=SolverPanel,
    beside="outliner",
    in_front=lambda scene: bool(scene.keyframes),
)
