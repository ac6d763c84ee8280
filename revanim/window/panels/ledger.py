"""The ledger: how many bits losses have erased since home, and what else it could have been."""

import numpy as np
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QWidget

from revanim.draw.overlay.text import grouped, number_text
from revanim.sentence import N_
from revanim.session.studio import Studio
from revanim.session.words import figures, tr
from revanim.window.kit.fields.form import Details
from revanim.window.kit.page import Beat, teach
from revanim.window.kit.widgets import holder, label, row
from revanim.window.panel import Panel

SIZE, NARROWEST = (304, 320), 240
FEWEST = 8  # bits that the plot has room for
TEACH = N_(
    "Nothing that acts here erases anything: every frame leads to every other. Add drag or a floor, and this page shows"
    " what they erase."
)
LINES = {
    "bits": (N_("Erased"), N_("Bits on the tapes of all bodies since home: all that is kept besides one state")),
    "rate": (N_("Per second"), N_("Bits erased in the last second of the motion")),
    "frames": (N_("As frames"), N_("Bits that it would take to keep every frame since home instead")),
    "energy": (
        N_("Heat"), N_("Energy that erasing so many bits turns into heat at 300 K at least: k T ln 2 each (Landauer)"),
    ),
}  # fmt: skip


class Book(QWidget):
    """A plot of the bits over the frames, and the account at the playhead."""

    def __init__(self, studio: Studio) -> None:
        from revanim.window.kit.frame_plot import lay_over_frames  # only who looks at a plot pays for pyqtgraph
        from revanim.window.kit.plot import Plot

        super().__init__()
        self.studio, self.ledger = studio, studio.ledger
        self.setMinimumWidth(NARROWEST)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.plot = Plot(title=tr("Erased bits"))
        self.playhead = lay_over_frames(self.plot, studio)
        self.curve = self.plot.curve("key_selected")
        self.values = {name: label("", "value") for name in LINES}
        lines = Details(8, 8)
        for name, (text, tip) in LINES.items():
            lines.add(tr(text), row(self.values[name]), tr(tip))
        self.teach, self._stack = teach(self, tr(TEACH), self.plot, holder(row(8, lines)))
        beat = Beat(self, self._draw)
        self.ledger.changed.connect(beat.wait)
        beat.wait()

    def sizeHint(self) -> QSize:
        return QSize(*SIZE)

    def _draw(self) -> None:
        from revanim.window.kit.frame_plot import follow

        shot, bits = self.studio.session.shot, self.ledger.bits
        if not self.isVisible() or shot is None:
            return
        self._stack.setCurrentIndex(bool(bits))
        frames = np.array(sorted(bits), float)
        erased = np.array([bits[int(frame)] for frame in frames])
        self.curve.setData(frames, erased)
        self.plot.setYRange(min(erased.min(initial=0), 0), max(erased.max(initial=0), FEWEST), padding=0.05)
        follow(self.plot, self.playhead, self.studio, shot.frame)
        self._tell(shot.frame)

    def _tell(self, frame: int) -> None:
        account = self.ledger.account(frame)
        if account is None:
            return
        rate = "" if account.rate is None else tr("{count} bits / s", count=grouped(account.rate))
        told = {
            "bits": tr("{count} bits", count=grouped(account.bits)),
            "rate": rate,
            "frames": tr("{count} bits", count=grouped(account.frames)),
            "energy": f"{figures(number_text(account.energy, 3))} J",
        }
        for name, text in told.items():
            self.values[name].setText(text)


ledger = Panel(
    name="ledger", title="Ledger", order=21, build=Book, beside="outliner", loads="revanim.window.kit.frame_plot"
)
