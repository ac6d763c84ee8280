"""The log, as a report to send to somebody who helps."""

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from revanim.sentence import N_, Sentence
from revanim.session.files.log import report
from revanim.session.words import tr
from revanim.window.kit.theme import font
from revanim.window.kit.widgets import column, label, push_button, row
from revanim.window.window import Window

NOTE = N_("Versions, this machine and the last lines of the log. Folders are left out; read it before you send it.")


class LogPage(QWidget):
    """The report, to be read and copied."""

    title = N_("Log")
    room = (800, 560)

    def __init__(self, window: Window) -> None:
        super().__init__()
        self.text = QPlainTextEdit(report(), readOnly=True)
        self.text.setAccessibleName(tr("Report"))
        self.text.setFont(font(11))
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.text.verticalScrollBar().setValue(self.text.verticalScrollBar().maximum())
        copy = push_button(
            tr("Copy Report"), lambda: copy_report(window), "primary", tr("Copy all of it to the clipboard")
        )
        self.setLayout(column(label(tr(NOTE), "name", wrap=True), self.text, row(None, copy), spacing=8))
        self.first: QWidget | None = self.text


def copy_report(window: Window) -> None:
    """Put the report on the clipboard, and say so."""
    QGuiApplication.clipboard().setText(report())
    window.studio.session.told.emit(Sentence("The report is on the clipboard."))
