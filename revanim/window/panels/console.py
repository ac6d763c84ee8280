"""Python over the scene that is open: a line, or some lines, are one undo step."""

from itertools import takewhile

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFontDatabase, QKeyEvent, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from revanim.sentence import N_
from revanim.session.console.console import Console as Lines
from revanim.session.studio import Studio
from revanim.session.words import tr
from revanim.window.kit.widgets import column, icon_button, label, row
from revanim.window.panel import Panel

TEACH = N_(
    "`scene` is the scene, `frame` the frame that is shown, `selected` the selected bodies; `ra` and `np` are there."
    " Give `scene` another value to edit it:  scene = ra.edits.rename(scene, 'Mine')"
)
TIP = N_("Return runs, Shift+Return begins a line; Up and Down bring earlier lines back, Tab completes, Esc stops")
SIZE = (320, 200)
MOST_LINES, PROMPT_LINES = 5000, 3
RETURN = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
OWN_KEYS = (*RETURN, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Tab, Qt.Key.Key_Escape)


class Prompt(QPlainTextEdit):
    """Where lines are typed."""

    entered = Signal(str)
    told = Signal(str)  # how a name may go on

    def __init__(self, lines: Lines) -> None:
        super().__init__()
        self.lines = lines
        self._back = 0  # how many lines ago the one that is shown was run
        self.setObjectName("prompt")
        self.setAccessibleName(tr("Line of Python"))
        self.setPlaceholderText(">>>")
        self.setToolTip(tr(TIP))
        self.setFixedHeight(PROMPT_LINES * self.fontMetrics().lineSpacing() + 12)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.key() in OWN_KEYS:
            event.accept()
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, text = event.key(), self.toPlainText()
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if key in RETURN and plain and (self.lines.interpreter.whole(text) or text.endswith("\n")):
            self._enter(text)
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down) and "\n" not in text:
            self._recall(1 if key == Qt.Key.Key_Up else -1)
        elif key == Qt.Key.Key_Tab and text[: self.textCursor().position()].strip():
            self._complete()
        elif key == Qt.Key.Key_Escape and self.lines.running:
            self.lines.stop()
        else:
            super().keyPressEvent(event)

    def _enter(self, text: str) -> None:
        if not text.strip() or self.lines.running:
            return
        self._back = 0
        self.clear()
        self.entered.emit(text)

    def _recall(self, step: int) -> None:
        history = self.lines.history
        self._back = min(max(self._back + step, 0), len(history))
        self.setPlainText(history[-self._back] if self._back else "")
        self.moveCursor(QTextCursor.MoveOperation.End)

    def _complete(self) -> None:
        """Complete the name before the cursor as far as there is one way; else tell the ways."""
        before = self.toPlainText()[: self.textCursor().position()]
        name = before[max(before.rfind(mark) for mark in " \n()[]{},=+-*/%<>:") + 1 :]
        found = self.lines.interpreter.completions(name) if name else []
        longest = "".join(each[0] for each in takewhile(lambda each: len(set(each)) == 1, zip(*found, strict=False)))
        if len(longest) > len(name):
            self.insertPlainText(longest[len(name) :])
        elif found:
            self.told.emit("  ".join(each.rpartition(".")[2] for each in found) + "\n")


class Console(QWidget):
    """What was written above what is typed."""

    def __init__(self, studio: Studio) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.lines = studio.console
        self.output = QPlainTextEdit(readOnly=True)
        self.output.setObjectName("console")
        self.output.setAccessibleName(tr("What lines have written"))
        self.output.setMaximumBlockCount(MOST_LINES)
        self.prompt = Prompt(self.lines)
        self.stop = icon_button("close", self.lines.stop, tr("Stop what runs (Esc)"))
        fixed = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        for each in (self.output, self.prompt):
            each.setFont(fixed)
        teach, below = label(tr(TEACH), "name", wrap=True), row(self.prompt, self.stop, spacing=4)
        self.setLayout(column(teach, self.output, below, spacing=6, margins=(8, 6, 8, 8)))
        self.prompt.entered.connect(self._run)
        self.prompt.told.connect(self._write)
        self.lines.written.connect(self._write)
        self.lines.changed.connect(self._refresh)
        self._refresh()

    def sizeHint(self) -> QSize:
        return QSize(*SIZE)

    def inherit(self, before: "Console") -> None:
        """Show what was written, and what is being typed."""
        self.output.setPlainText(before.output.toPlainText())
        self.prompt.setPlainText(before.prompt.toPlainText())

    def _run(self, text: str) -> None:
        first, *more = text.rstrip().splitlines()
        self._write("\n".join([f">>> {first}", *(f"... {line}" for line in more)]) + "\n")
        self.lines.run(text)

    def _write(self, text: str) -> None:
        self.output.moveCursor(QTextCursor.MoveOperation.End)
        self.output.insertPlainText(text)
        self.output.ensureCursorVisible()

    def _refresh(self) -> None:
        self.stop.setEnabled(self.lines.running)


console = Panel(name="console", title="Console", order=70, build=Console, beside="outliner")
