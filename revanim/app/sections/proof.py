"""The proof that a scene walks back: it walks the range there and back, and counts the bits that differ."""

from PySide6.QtWidgets import QProgressBar, QWidget

from revanim.app.session import Session
from revanim.app.theme import theme
from revanim.app.widgets import column, label, push_button
from revanim.app.words import said, tr
from revanim.app.worker import Report, Worker
from revanim.engine.verify import Verdict, verify
from revanim.scene.build import make_playhead

VERIFY = "Verify there and back"


class Proof(QWidget):
    """A button that starts it, or stops it while it runs, and the verdict."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.worker: Worker | None = None
        self.button = push_button(
            tr(VERIFY), self._press, "verify", tr("Walk the range there and back; compare every bit")
        )
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setMaximum(1000)
        self.verdict = label(name="name", wrap=True)
        self.setLayout(column(self.button, self.progress, self.verdict, spacing=8, margins=(0, 4, 4, 0)))
        self.progress.hide()
        self.verdict.hide()
        session.scene_changed.connect(self._stop)
        session.closing.connect(self._close)

    def _press(self) -> None:
        if self.worker:
            self._stop()
            return
        scene = self.session.scene

        def work(report: Report) -> Verdict:
            return verify(make_playhead(scene), scene.timing.first, scene.timing.last, report)

        self.worker = Worker(self, work)
        self.worker.reported.connect(lambda part: self.progress.setValue(round(1000 * part)))
        self.worker.done.connect(self._judge)
        self.worker.failed.connect(self.session.failed)
        self.worker.ended.connect(self._finish)
        self.button.setText(tr("Stop"))
        self.verdict.hide()
        self.progress.setValue(0)
        self.progress.show()

    def _judge(self, verdict: Verdict) -> None:
        color = theme.tokens.error if verdict.bits_different else theme.tokens.ok
        self.verdict.show()
        self.verdict.setText(f'<span style="color: {color}">●</span>&nbsp; {said(str(verdict))}')

    def _finish(self) -> None:
        self.worker = None
        self.button.setText(tr(VERIFY))
        self.progress.hide()

    def _stop(self) -> None:
        self.verdict.hide()
        if self.worker:
            self.worker.leave()
            self._finish()

    def _close(self) -> None:
        for worker in self.findChildren(Worker):
            worker.close()
