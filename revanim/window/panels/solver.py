"""What the solver may change, how far it is, and whether to take what it found."""

from functools import cached_property, partial
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QCheckBox, QDockWidget, QGridLayout, QWidget

from revanim.engine.forces.nudge import nudge
from revanim.engine.parameter import Floats
from revanim.scene.scene import Scene
from revanim.sentence import N_, Sentence
from revanim.session.studio import Studio
from revanim.session.words import called, tr
from revanim.solve.controls import names
from revanim.window.keyframes.control_details import ControlDetails
from revanim.window.keyframes.key_row import miss_words
from revanim.window.keyframes.share_slider import ShareSlider
from revanim.window.kit.fields.field import field
from revanim.window.kit.fields.numbers import counted
from revanim.window.kit.widgets import column, holder, label, push_button, row, scrolled
from revanim.window.panel import Panel
from revanim.window.sections.fold import fold_button

if TYPE_CHECKING:
    from pyqtgraph import PlotDataItem

    from revanim.window.kit.plot import Plot

SIZE = (304, 360)
PLOT_HEIGHT = 104
MOST_ITERATIONS = 100_000
DECADES = 2  # of cost that are shown at least
LINES = 3  # of the grid, about
LOWEST = 1e-30  # cost: a logarithm needs more than nothing
WORSE = N_("The ghost moves no better than the scene as it is.")
FAR = 6  # keyframes whose misses are told one by one
READY = N_("Solve finds the motion that hits the keyframes and shows it as a ghost, to accept or to discard.")
UNASKED = N_("There is nothing to hit yet: set a keyframe first.")
# The controls that every scene has, as an artist calls them.
PLAIN = {
    "velocity": (N_("Velocities at home"), N_("How fast the bodies start")),
    "position": (N_("Positions at home"), N_("Where the bodies start")),
    nudge.name: (N_("Nudges later"), N_("Small pushes between the start and the last keyframe")),
    "mass": (N_("Masses"), N_("How heavy the bodies are")),
}


class SolverPanel(QWidget):
    """Solve, look at the ghost, accept or discard; what may change is chosen by itself, or ticked.

    Nothing here stops the rest of the window.
    """

    def __init__(self, studio: Studio) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.studio, self.solving = studio, studio.solving
        self.boxes: dict[str, QCheckBox] = {}
        self.details: dict[str, ControlDetails] = {}  # of what is ticked
        self._dock: QDockWidget | None = None  # in which it is
        self._unseen = False  # whether news have come that may lie below what is shown
        most = partial(counted, MOST_ITERATIONS, Sentence("iterations"))
        tip = tr("After so many steps downhill it stops, if it has not hit before")
        self.iterations = field(most, N_("iterations"), tip, self._set_iterations, studio.session.failed)
        self.automatic = QCheckBox(tr("Automatic"))
        self.automatic.setToolTip(
            tr("Launches where they suffice, pushes where they do not, as few and soft as can be")
        )
        self.automatic.clicked.connect(self.solving.choose)
        self.physical = ShareSlider(self.solving)
        self.effort = label(name="value", tip=tr("The mean push over the mean force"))
        self.remedy = push_button("", self.solving.follow_advice, "remedy")
        self.button = push_button(
            tr("Solve"), self._press, "solve", tr("Change the motion until the keyframes are hit")
        )
        self.facts, self.used, self.why = (
            label(name="value"),
            label(name="name", wrap=True),
            label(name="why", wrap=True),
        )
        self.misses, self.teach = label(name="name", wrap=True), label(name="name", wrap=True)
        self.plot = Costs()
        self.accept = push_button(tr("Accept"), self.solving.accept, "primary", tr("Let the scene move like the ghost"))
        self.discard = push_button(tr("Discard"), self.solving.discard, tip=tr("Forget the ghost"))
        self.only_range = QCheckBox(tr("Only the frames that play"))
        self.only_range.setToolTip(
            tr("Push bodies in the play range alone, and let the motion before and after it stay as it is")
        )
        self.only_range.clicked.connect(self.solving.set_only_range)
        self._lay_out()
        studio.session.scene_changed.connect(self._compare)
        self.solving.changed.connect(self._refresh)
        self._make_boxes()

    def sizeHint(self) -> QSize:
        return QSize(*SIZE)

    def _lay_out(self) -> None:
        self._plain, self._forces, self._limits = QGridLayout(), column(spacing=4), column(spacing=4)
        forces, limits = holder(self._forces), holder(self._limits)
        self.forces = fold_button(tr("Forces"), forces, tr("Let the solver change what the forces are made of"))
        self.limits = fold_button(
            tr("Limits"), limits, tr("Of whom, within which bounds and at what price things may change")
        )
        more = row(self.forces, self.limits, None, label(tr("Iterations"), "name"), self.iterations, spacing=8)
        chosen = holder(column(self._plain, more, forces, limits, spacing=8))
        self.chosen = fold_button(tr("May change"), chosen, tr("Choose yourself what the solver may change"))
        first = row(self.automatic, None, self.chosen, spacing=8)
        share = row(
            label(tr("guided"), "name"), self.physical, label(tr("physical"), "name"), 4, self.effort, spacing=8
        )
        advice = column(self.why, row(self.remedy, None), spacing=6)
        news = column(self.teach, self.facts, self.used, self.misses, advice, self.plot, spacing=6)
        contents = column(first, chosen, self.only_range, share, news, None, spacing=8, margins=(12, 8, 12, 8))
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

    # What may change

    def _compare(self, before: Scene, scene: Scene) -> None:
        if before.forces is not scene.forces:
            self._make_boxes()
        elif before.keyframes is not scene.keyframes:
            self._refresh()

    def _make_boxes(self) -> None:
        """Make a box for everything that the scene lets a solver change."""
        for box in self.boxes.values():
            box.hide()
            box.deleteLater()
        known = names(self.studio.session.scene)
        self.boxes = {name: self._box(name) for name in known}
        self.forces.setVisible(len(known) > len(PLAIN))
        self._refresh()

    def _box(self, name: str) -> QCheckBox:
        box = QCheckBox(title(name))
        box.setObjectName(name)
        box.setToolTip(tr(PLAIN[name][1]) if name in PLAIN else tr("The parameter {name}", name=title(name)))
        box.clicked.connect(lambda ticked: self.solving.allow(name, ticked))
        if name in PLAIN:
            self._plain.addWidget(box, *divmod(list(PLAIN).index(name), 2))
        else:
            self._forces.addWidget(box)
        return box

    def _show_limits(self) -> None:
        """Show details of everything that is ticked, and of nothing else."""
        for name in set(self.details) - set(self.solving.controls):
            gone = self.details.pop(name)
            gone.hide()
            gone.deleteLater()
        for name in self.solving.controls:
            if name not in self.details:
                self.details[name] = ControlDetails(self.studio, name, title(name))
                self._limits.addWidget(self.details[name])
                self.details[name].show()
            self.details[name].refresh()
        self.limits.setEnabled(bool(self.solving.controls))

    def _set_iterations(self, count: int) -> None:
        self.solving.iterations = count
        self._refresh()

    # The solve

    def _press(self) -> None:
        if self.solving.running:
            self.solving.cancel()
        else:
            self.solving.start()

    def _refresh(self) -> None:
        solving, progress = self.solving, self.solving.progress
        self._show_choice()
        self._show_limits()
        self.iterations.display(str(solving.iterations))
        self.button.setText(tr("Cancel") if solving.running else tr("Solve"))
        self._unseen = progress is not None and (self._unseen or self.plot.isHidden())
        for widget in (self.plot, self.misses, self.used, self.accept, self.discard):
            widget.setVisible(progress is not None)
        self.facts.setVisible(progress is not None or solving.running)
        self._show_advice()
        self.accept.setEnabled(solving.acceptable)
        self._step_back(solving.acceptable)
        pushed = progress is not None and progress.effort
        self.effort.setText(tr("effort {effort}", effort=f"{progress.effort:.2g}") if progress and pushed else "")
        if progress is None:
            self.facts.setText(tr("Preparing the solver…"))
            return
        cost = f"{progress.cost:.2g}".replace("e-", "e−")
        self.facts.setText(
            tr(
                "Iteration {iteration}  ·  {seconds} s  ·  cost {cost}",
                iteration=progress.iteration,
                seconds=f"{progress.seconds:.1f}",
                cost=cost,
            )
        )
        self.plot.draw(np.maximum(solving.costs, LOWEST))
        worse = not (solving.better or solving.running)
        said = [WORSE] if worse else [progress.used, *([progress.seam] if progress.seam else [])]
        self.used.setText("\n".join(map(tr, said)))
        self.misses.setText("\n".join(self._missed()))

    def _show_choice(self) -> None:
        solving = self.solving
        self.automatic.setChecked(solving.automatic)
        self.automatic.setEnabled(not solving.only_range)
        for name, box in self.boxes.items():
            box.setChecked(name in solving.controls)
            box.setProperty("dim", solving.automatic)
            box.setEnabled(not solving.only_range)
        self.only_range.setChecked(solving.only_range)
        self.physical.setEnabled(solving.can_push)

    def _show_advice(self) -> None:
        """Show what stands in the way with its one button; where there is nothing to tell, what Solve would do."""
        advice = self.solving.advice
        self.why.setVisible(advice is not None)
        self.remedy.setVisible(advice is not None and advice.remedy is not None)
        self.teach.setVisible(self.facts.isHidden() and advice is None)
        self.teach.setText(tr(READY if self.studio.session.scene.keyframes else UNASKED))
        if advice is not None:
            self.why.setText(tr(advice.sentence))
            self.remedy.setText(tr(advice.remedy.title) if advice.remedy else "")

    def _reveal(self) -> None:
        """Scroll to the news once they have made room for themselves."""
        if self._unseen:
            self._unseen = False
            QTimer.singleShot(0, self, lambda: self._area.ensureVisible(0, self.plot.geometry().bottom(), 0, 8))

    def _step_back(self, calm: bool) -> None:
        """Do not highlight the button while another is the one to press."""
        if self.button.property("calm") != calm:
            self.button.setProperty("calm", calm)
            self.button.style().polish(self.button)

    def _missed(self) -> list[str]:
        """Return a line for each keyframe; of many, for those that are missed most."""
        misses = self.solving.misses
        worst = sorted(misses, key=lambda key: -misses[key])[:FAR]
        return [
            tr("Frame {frame}:  {miss}", frame=key.frame, miss=miss_words(key, misses[key], self.solving.size))
            for key in sorted(worst, key=lambda key: key.frame)
        ]


def title(name: str) -> str:
    """Return the name of a control as an artist reads it."""
    return tr(PLAIN[name][0]) if name in PLAIN else " · ".join(map(called, name.split(".")))


class Costs(QWidget):
    """A plot of the cost, by powers of ten, against the iterations; it is made when there is one."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(PLOT_HEIGHT)
        self._place = column()
        self.setLayout(self._place)

    def draw(self, costs: Floats) -> None:
        """Show the costs, with a line for every few powers of ten."""
        self._curve.setData(costs)
        self._plot.setXRange(0, max(costs.size - 1, 1), padding=0)  # there is no iteration before the first
        span = max(float(np.log10(costs.max() / costs.min())), DECADES) if costs.size else DECADES
        self._plot.getAxis("left").setTickSpacing(levels=[(max(round(span / LINES), 1), 0)])

    @cached_property
    def _curve(self) -> "PlotDataItem":
        return self._plot.curve("future")

    @cached_property
    def _plot(self) -> "Plot":
        from revanim.window.kit.plot import Plot  # only who looks at a plot pays for pyqtgraph

        plot = Plot("surface")
        plot.setLogMode(y=True)
        plot.getViewBox().setLimits(minYRange=DECADES)
        plot.rule(frames=False)
        for axis in plot.axes():
            axis.setStyle(maxTextLevel=0, maxTickLevel=0)
        plot.getAxis("left").setWidth(44)
        self._place.addWidget(plot)
        return plot


solver = Panel(
    name="solver",
    title="Solver",
    order=40,
    build=SolverPanel,
    beside="outliner",
    in_front=lambda scene: bool(scene.keyframes),
)
