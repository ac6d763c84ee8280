"""The place in the status bar for work in the background: its name, a thin bar, and a cross that ends it."""

from time import perf_counter

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QProgressBar, QSizePolicy, QWidget

from revanim.sentence import Sentence
from revanim.session.threads.jobs import Job, Jobs
from revanim.session.words import tr
from revanim.window.kit.widgets import icon_button, label, row

SOON = 0.3  # seconds: what is over by then is not worth a glance
BAR = 96  # pixels
WHOLE = 1000  # of the bar


class JobLine(QWidget):
    """Shows the work that was begun last, and says how much else is under way; nothing where there is none."""

    def __init__(self, jobs: Jobs) -> None:
        super().__init__()
        self.jobs = jobs
        self.job: Job | None = None
        self.name, self.others = label(), label()
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(BAR)
        self.cancel = icon_button("close", self._cancel, tr("Cancel; nothing is left behind"))
        self.setLayout(row(self.name, self.bar, 2, self.cancel, self.others))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self.hide()
        self._soon = QTimer(self, singleShot=True)
        self._soon.timeout.connect(self._refresh)
        jobs.changed.connect(self._refresh)
        jobs.progressed.connect(self._advance)

    def _refresh(self) -> None:
        """Show what has lasted long enough, and look again when the next will have."""
        now = perf_counter()
        worth = [job for job in self.jobs.running if now - job.began >= SOON]
        young = [job.began + SOON - now for job in self.jobs.running if job not in worth]
        if young:
            self._soon.start(int(1000 * min(young)) + 1)
        else:
            self._soon.stop()
        self.job = worth[-1] if worth else None
        self.setVisible(self.job is not None)
        if self.job is not None:
            self._show(self.job, [job.name for job in worth[:-1]])

    def _show(self, job: Job, others: list[Sentence]) -> None:
        self.name.setText(tr(job.name))
        self.setAccessibleName(tr(job.name))
        self.cancel.setVisible(job.cancel is not None)
        self.others.setVisible(bool(others))
        self.others.setText(tr("and {count} more", count=len(others)))
        self.others.setToolTip("\n".join(map(tr, others)))
        self._advance(job)

    def _advance(self, job: Job) -> None:
        """Let the bar follow; it runs to and fro where nobody knows how far the work is."""
        if job is self.job:
            self.bar.setMaximum(0 if job.fraction is None else WHOLE)
            self.bar.setValue(round(WHOLE * (job.fraction or 0.0)))

    def _cancel(self) -> None:
        if self.job is not None and self.job.cancel is not None:
            self.job.cancel()
