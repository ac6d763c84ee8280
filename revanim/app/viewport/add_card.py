"""A card at the foot of the picture that asks what bodies to add; it stays until it is closed, and stops nothing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QLineEdit, QWidget

from revanim.app.adding import Kind, Wish, asked, kinds, suggested
from revanim.app.arithmetic import Change
from revanim.app.command import title
from revanim.app.drag import Drag, Limits
from revanim.app.form import Choice, Form
from revanim.app.number_field import NumberField
from revanim.app.widgets import column, icon_button, label, push_button, row
from revanim.app.words import capital, tr
from revanim.engine.parameter import Parameter
from revanim.scene.pose import MOST, PoseKind, kinds_reading
from revanim.scene.source import SourceKind

if TYPE_CHECKING:
    from revanim.app.viewport.viewport import Viewport

WIDTH, MARGIN = 296, 12
COUNTS = {"chain": 12, "cloth": 399, "galaxy": 600, "ring": 48, "grid": 144, "text": 400}
USUAL = 300


class AddCard(QFrame):
    """Asks for a source, how many bodies, and what else the source knows."""

    def __init__(self, viewport: Viewport) -> None:
        super().__init__(viewport)
        self.viewport, self.session = viewport, viewport.session
        self.path: Path | None = None
        self.values: dict[str, float] = {}
        self.setObjectName("sheet")
        self.setAccessibleName(tr("Add bodies"))
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAcceptDrops(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.kind = Choice("source", tr("Where the bodies come from"), list(map(called, kinds())))
        self.kind.setMaxVisibleItems(len(kinds()))
        self.kind.currentIndexChanged.connect(self._ask)
        self.form = Form()
        self.add = push_button(
            tr("Add"), self._add, "primary", tr("Put the bodies in the middle of the picture (Return)")
        )
        close = icon_button("close", self.close, tr("Close (Esc)"))
        self._box = column(
            row(label(tr("Add Bodies"), "title"), None, close), 4, self.kind, self.form, 4, row(None, self.add),
            spacing=6, margins=(16, 10, 12, 14),
        )  # fmt: skip
        self.setLayout(self._box)
        self.session.adding.changed.connect(self._refresh)
        viewport.installEventFilter(self)
        self._ask()
        self.show()
        self.raise_()
        self.kind.setFocus()

    @property
    def chosen(self) -> Kind:
        """The source that is chosen."""
        return list(kinds().values())[self.kind.currentIndex()]

    def choose(self, name: str) -> None:
        """Choose a source by its name."""
        self.kind.setCurrentIndex(list(kinds()).index(name))

    def take(self, path: Path) -> None:
        """Take a file, and the source that reads it."""
        found = kinds_reading(path)
        if found:
            self.path = path
            self.choose(found[0].name)
            self._ask()
        else:
            self.session.failed.emit(
                f"{path.name} holds no bodies; choose an SVG, an image, a mesh or a file of points."
            )

    # What it asks

    def _ask(self) -> None:
        """Ask what the chosen source wants to know."""
        fresh, kind = Form(), self.chosen
        self.values = {}
        if isinstance(kind, PoseKind) and kind.source == "text":
            self.word = line_edit()
            fresh.add(tr("Text"), self.word, tr("What the bodies shall write"))
        elif isinstance(kind, PoseKind) and kind.source == "file":
            held = self.path is not None and kind in kinds_reading(self.path)
            self.path = self.path if held else None
            file = push_button(tr("Choose…"), self._choose_file, "small")
            if self.path:
                file.setText(file.fontMetrics().elidedText(self.path.name, Qt.TextElideMode.ElideMiddle, 150))
            fresh.add(tr("File"), file, tr("The file to read; it can be dropped here too"))
        least = kind.least if isinstance(kind, SourceKind) else 1
        count = Parameter("count", COUNTS.get(kind.name, USUAL), "", least, MOST, "How many bodies")
        for parameter in (count, *asked(kind)):
            fresh.add(capital(tr(parameter.name)), self._control(parameter), tr(parameter.help))
        self._box.replaceWidget(self.form, fresh)
        self.form.hide()
        self.form.deleteLater()
        self.form = fresh
        fresh.show()
        self.add.setText(tr("Add {name}", name=called(kind.name)))
        self._refresh()
        self._place()

    def _control(self, parameter: Parameter) -> QWidget:
        name = parameter.name
        if parameter.choices:
            box = Choice(name, tr(parameter.help), [tr(title(text)) for text in parameter.choices])
            box.setCurrentIndex(int(np.asarray(parameter.default)))
            box.activated.connect(lambda index: self.values.update({name: index}))
            self.values[name] = box.currentIndex()
            return box
        self.values[name] = suggested(self.session, parameter)

        def run(change: Change, drag: Drag | None) -> None:
            self.values[name] = float(limits.hold(change(np.array([self.values[name]])))[0])
            field.display(np.array([self.values[name]]))

        limits = Limits(parameter.low, parameter.high, whole=name == "count")
        field = NumberField(tr(name), tr(parameter.help), run, self.session.hinted.emit, lambda drag: None, "", limits)
        field.setObjectName(name)
        field.display(np.array([self.values[name]]))
        return field

    def _choose_file(self) -> None:
        kind = self.chosen
        suffixes = " ".join(f"*{suffix}" for suffix in (kind.suffixes if isinstance(kind, PoseKind) else ()))
        dialog = QFileDialog(self, tr("Choose a file"), "", f"{called(kind.name)} ({suffixes})")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda name: self.take(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _add(self) -> None:
        kind = self.chosen
        values: dict[str, Any] = {
            p.name: p.choices[int(self.values[p.name])] if p.choices else self.values[p.name] for p in asked(kind)
        }
        source = self.word.text() if isinstance(kind, PoseKind) and kind.source == "text" else self.path
        if isinstance(kind, PoseKind) and kind.source == "file" and self.path is None:
            self._choose_file()
        else:
            self.session.adding.add(Wish(kind, int(self.values["count"]), source, values))

    def _refresh(self) -> None:
        self.add.setEnabled(not self.session.adding.busy)

    # Where it stands

    def _place(self) -> None:
        self._box.invalidate()
        self._box.activate()
        height = min(self.sizeHint().height(), self.viewport.height() - 2 * MARGIN)
        self.setGeometry(MARGIN, self.viewport.height() - MARGIN - height, WIDTH, height)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place()
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
            self.viewport.setFocus()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.add.isEnabled():
            self._add()
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self.take(Path(event.mimeData().urls()[0].toLocalFile()))


def called(name: str) -> str:
    """Return the name of a source as one writes it."""
    return name.upper() if name == "svg" else capital(tr(name))


def line_edit() -> QLineEdit:
    """Return a line to type a text into."""
    made = QLineEdit()
    made.setObjectName("text")
    made.setAccessibleName(tr("text"))
    made.setPlaceholderText(tr("Type a word"))
    return made


def show_add_card(viewport: Viewport) -> None:
    """Show the card, or close it where it is open."""
    open_now = viewport.findChild(AddCard)
    if open_now is not None:
        open_now.close()
    else:
        AddCard(viewport)
