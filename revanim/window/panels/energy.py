"""Energy and momentum against frames, drawn as the frames pass."""

import numpy as np
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QWidget

from revanim.sentence import N_
from revanim.session.studio import Studio
from revanim.session.words import tr
from revanim.window.kit.page import Beat, teach
from revanim.window.panel import Panel

SIZE, NARROWEST = (304, 320), 240
DRIFT, WORK = "Energy drift", N_("Work since home")
NAMES = ("drift", "x", "y", "z")
TEACH = N_("Play or scrub: energy and momentum are drawn here as the frames pass.")


class Energy(QWidget):
    """Two plots over the same frames; a click goes to a frame."""

    def __init__(self, studio: Studio) -> None:
        from revanim.window.kit.frame_plot import lay_over_frames  # only who looks at a plot pays for pyqtgraph
        from revanim.window.kit.plot import Plot

        super().__init__()
        self.studio = studio
        self.setMinimumWidth(NARROWEST)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.conserved = studio.readings.conserved
        self.plots = {title: Plot(title=tr(title)) for title in (DRIFT, N_("Momentum"))}
        self.teach, self._stack = teach(self, tr(TEACH), *self.plots.values())
        drift, momentum = self.plots.values()
        momentum.setXLink(drift)
        self._curves = {"drift": drift.curve("key_selected")}
        self._curves |= {axis: momentum.curve(f"axis_{axis}") for axis in "xyz"}
        self._lines = [lay_over_frames(plot, studio) for plot in self.plots.values()]
        beat = Beat(self, self._draw)
        studio.readings.changed.connect(beat.wait)
        beat.wait()

    def sizeHint(self) -> QSize:
        return QSize(*SIZE)

    def _draw(self) -> None:
        from revanim.window.kit.frame_plot import follow

        if not self.isVisible() or self.studio.session.shot is None:
            return
        self._stack.setCurrentIndex(len(self.conserved) > 1)
        frames = np.array(sorted(self.conserved), float)
        values = np.array([self.conserved[int(frame)] for frame in frames]).reshape(-1, len(NAMES)).T
        values[0] /= 1.0 if self.studio.readings.driven else self.studio.readings.exchanged
        for name, row in zip(NAMES, values, strict=True):
            self._curves[name].setData(frames, row)
        self.plots[DRIFT].entitle(tr(WORK) if self.studio.readings.driven else tr(DRIFT))
        for plot, line in zip(self.plots.values(), self._lines, strict=True):
            follow(plot, line, self.studio, self.studio.session.shot.frame)


energy = Panel(
    name="energy", title="Energy", order=20, build=Energy, beside="outliner", loads="revanim.window.kit.frame_plot"
)
