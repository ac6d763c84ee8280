"""The proof that a scene walks back: a button that starts it, or stops it while it runs, and the verdict."""

from PySide6.QtWidgets import QProgressBar, QWidget

from revanim.sentence import N_
from revanim.session.studio import Studio
from revanim.session.words import tr
from revanim.window.kit.theme import theme
from revanim.window.kit.widgets import column, label, push_button

VERIFY = N_("Verify there and back")
WHOLE = 1000  # of the bar


class Proof(QWidget):
    """The button and the verdict, in a line or two."""

    def __init__(self, studio: Studio) -> None:
        super().__init__()
        self.proving = studio.proof
        self.button = push_button(
            tr(VERIFY), self._press, "verify", tr("Walk the range there and back; compare every bit")
        )
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setMaximum(WHOLE)
        self.verdict = label(name="name", wrap=True)
        self.setLayout(column(self.button, self.progress, self.verdict, spacing=8, margins=(0, 4, 4, 0)))
        self.proving.changed.connect(self._refresh)
        self.proving.progressed.connect(self._advance)
        self._refresh()

    def _press(self) -> None:
        if self.proving.worker is not None:
            self.proving.stop()
        else:
            self.proving.start()

    def _advance(self, part: float) -> None:
        self.progress.setValue(round(WHOLE * part))

    def _refresh(self) -> None:
        runs, verdict = self.proving.worker is not None, self.proving.verdict
        self.button.setText(tr("Stop") if runs else tr(VERIFY))
        if runs and self.progress.isHidden():
            self.progress.setValue(0)
        self.progress.setVisible(runs)
        self.verdict.setVisible(verdict is not None)
        if verdict is not None:
            color = theme.tokens.error if verdict.bits_different else theme.tokens.ok
            text = f'<span style="color: {color}">●</span>&nbsp; {tr(verdict.sentence)}'
            rounded = self.proving.rounded
            self.verdict.setText(f"{text}<br>{tr(rounded.sentence)}" if rounded else text)
