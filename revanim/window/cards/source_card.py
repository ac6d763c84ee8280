"""A card at the foot of the picture: where bodies or a pose come from; the scene plays on until it is closed."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import Qt, SignalInstance
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QFrame, QLineEdit

from revanim.engine.parameter import Parameter
from revanim.scene.pose import PoseKind, kinds_reading
from revanim.sentence import N_, Sentence
from revanim.session.words import called, capital, tr
from revanim.session.work.fluids import Kind
from revanim.session.work.poses import Placed
from revanim.session.work.sources import Wish
from revanim.window.cards.keys import Keys
from revanim.window.cards.preview import MOST, Laid, Preview
from revanim.window.cards.standing import Standing
from revanim.window.kit.dropped import dropped_file
from revanim.window.kit.fields.form import ABBREVIATIONS, Choice, Form
from revanim.window.kit.fields.number_field import NumberField
from revanim.window.kit.fields.options import OptionsForm
from revanim.window.kit.widgets import column, icon_button, in_turn, label, push_button, row
from revanim.window.viewport.viewport import Viewport


class Maker(Protocol):
    """What the card asks for: bodies, or a pose."""

    title: str
    verb: str
    tip: str
    changed: SignalInstance

    @property
    def busy(self) -> bool: ...

    @property
    def placed(self) -> Placed | None: ...

    def kinds(self) -> Mapping[str, Kind]: ...

    def asked(self, kind: Kind) -> list[Parameter]: ...

    def make(self, wish: Wish) -> None: ...

    @property
    def laid(self) -> Callable[[Wish], Laid] | None: ...  # makes a wish for a preview


class SourceCard(QFrame):
    """Asks for a source, for the number of points, and for the other parameters of the source."""

    def __init__(self, viewport: Viewport, maker: Maker) -> None:
        super().__init__(viewport)
        self.viewport, self.studio, self.maker = viewport, viewport.studio, maker
        self.path: Path | None = None
        self._followed = False
        self.setObjectName("source-card")
        self.setAccessibleName(tr(maker.title))
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAcceptDrops(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.kind = Choice(N_("source"), tr("Where it comes from"), list(map(source_name, maker.kinds())))
        self.kind.setMaxVisibleItems(len(maker.kinds()))
        self.options = OptionsForm(self.studio, (), {})
        self.preview = Preview(self.studio)
        self.add = push_button("", self._press, "primary", tr(maker.tip))
        close = icon_button("close", self.close, tr("Close (Esc)"))
        self._box = column(
            row(label(tr(maker.title), "title"), None, close), 4, self.preview, self.kind, self.options, 4,
            row(None, self.add),
            spacing=6, margins=(16, 10, 12, 14),
        )  # fmt: skip
        self.setLayout(self._box)
        self._take_over()
        self.kind.currentIndexChanged.connect(self._ask)
        self.maker.changed.connect(self._refresh)
        self._standing = Standing(self, viewport, self.preview, maker.laid is not None)
        self._keys = Keys(self, viewport, self.kind, self.add.click, self._count)
        self._ask()
        self._standing.choose_side()
        self.show()
        self.raise_()

    @property
    def chosen(self) -> Kind:
        """The source that is chosen."""
        return list(self.maker.kinds().values())[self.kind.currentIndex()]

    def choose(self, name: str) -> None:
        """Choose a source by its name."""
        self.kind.setCurrentIndex(list(self.maker.kinds()).index(name))

    def take(self, path: Path) -> None:
        """Take a file, and the source that reads it."""
        found = kinds_reading(path)
        if found:
            self.path = path
            self.choose(found[0].name)
            self._ask()
        else:
            self.studio.session.failed.emit(
                Sentence("{name} holds no points; choose an SVG, an image, a mesh or a file of points.", name=path.name)
            )

    def _take_over(self) -> None:
        """Begin with what has been placed."""
        if self.maker.placed is not None:
            recipe = self.maker.placed.recipe
            self.path = recipe.source if isinstance(recipe.source, Path) else None
            self.choose(recipe.kinds[0].name)

    def inherit(self, before: "SourceCard") -> None:
        """Ask for the same source, with what has been typed."""
        self.path = before.path
        self.kind.setCurrentIndex(before.kind.currentIndex())
        self._ask()
        if isinstance(before.source, str):
            self.word.setText(before.source)

    # What it asks

    def _ask(self) -> None:
        """Show the fields that the chosen source needs."""
        form, kind = Form(), self.chosen
        if isinstance(kind, PoseKind) and kind.source == "text":
            self.word = self._line()
            form.add(tr("Text"), self.word, tr("What the bodies shall write"))
        elif isinstance(kind, PoseKind) and kind.source == "file":
            held = self.path is not None and kind in kinds_reading(self.path)
            self.path = self.path if held else None
            file = push_button(tr("Choose…"), self._choose_file, "small")
            if self.path:
                file.setText(file.fontMetrics().elidedText(self.path.name, Qt.TextElideMode.ElideMiddle, 150))
            form.add(tr("File"), file, tr("The file to read; it can be dropped here too"))
        # With their units, three numbers side by side would have no room here.
        asked = [replace(parameter, unit="") for parameter in self.maker.asked(kind)]
        fresh = OptionsForm(self.studio, asked, {}, form)
        fresh.changed.connect(self._follow)
        self._box.replaceWidget(self.options, fresh)
        self.options.hide()
        self.options.deleteLater()
        self.options = fresh
        fresh.show()
        in_turn(self.kind, fresh, self.add)
        self._refresh()
        self._box.invalidate()
        self._standing.place()
        self._follow()

    def _line(self) -> QLineEdit:
        """Return a line to type the text into."""
        placed, made = self.maker.placed, QLineEdit()
        made.setObjectName("text")
        made.setAccessibleName(tr("text"))
        made.setPlaceholderText(tr("Type a word"))
        if placed is not None and isinstance(placed.recipe.source, str):
            made.setText(placed.recipe.source)
        made.textEdited.connect(self._follow)
        return made

    def _follow(self) -> None:
        """Make what has been placed again, once there is what it comes from; or show what would be added."""
        if self.maker.laid is not None:
            wish = self._wish()
            self.preview.show_wish(self.maker.laid(replace(wish, count=min(wish.count, MOST))))
        elif self.maker.placed is not None and (self.source or not self._needs_source):
            self.maker.make(self._wish())

    @property
    def source(self) -> str | Path | None:
        """The text that is typed, or the file that is chosen."""
        kind = self.chosen
        text = isinstance(kind, PoseKind) and kind.source == "text"
        return (self.word.text() if text else self.path) if self._needs_source else None

    @property
    def _needs_source(self) -> bool:
        kind = self.chosen
        return isinstance(kind, PoseKind) and kind.source != "nothing"

    def _wish(self) -> Wish:
        values = dict(self.options.values)
        return Wish(self.chosen, int(values.pop("count")), self.source, values)

    def _count(self, digit: str) -> bool:
        """Begin the number of bodies with a digit, where it is asked for."""
        field = self.options.findChild(NumberField, "count")
        if field:
            field.type_over(digit)
        return bool(field)

    def _choose_file(self) -> None:
        kind = self.chosen
        suffixes = " ".join(f"*{suffix}" for suffix in (kind.suffixes if isinstance(kind, PoseKind) else ()))
        dialog = QFileDialog(self, tr("Choose a file"), "", f"{source_name(kind.name)} ({suffixes})")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda name: self.take(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _press(self) -> None:
        if isinstance(self.chosen, PoseKind) and self.chosen.source == "file" and self.path is None:
            self._choose_file()
        elif self.maker.placed is not None:
            self.close()
        else:
            self.maker.make(self._wish())

    def _refresh(self) -> None:
        """Follow what has been placed, and go when that has been left as it is."""
        placed = self.maker.placed is not None
        if self._followed and not placed:
            self.close()
        self._followed = placed
        self.add.setText(tr("Done") if placed else tr(self.maker.verb, name=source_name(self.chosen.name)))
        self.add.setEnabled(placed or not self.maker.busy)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Hand the keyboard back to the picture."""
        self.preview.leave()
        if self.isAncestorOf(QApplication.focusWidget() or self.viewport):
            self.viewport.setFocus()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        path = dropped_file(event.mimeData(), self.viewport.studio)
        if path is not None:
            self.take(path)


def source_name(name: str) -> str:
    """Return the name of a source as one writes it."""
    return name.upper() if name in ABBREVIATIONS else capital(called(name))


def open_card(viewport: Viewport) -> SourceCard | None:
    """Return the card that is open."""
    return next((card for card in viewport.findChildren(SourceCard) if not card.isHidden()), None)


def show_card(viewport: Viewport, maker: Maker) -> SourceCard:
    """Show the card for bodies or for a pose, in the place of one that is open."""
    if before := open_card(viewport):
        before.close()
    return SourceCard(viewport, maker)


def toggle_card(viewport: Viewport, maker: Maker) -> None:
    """Show the card, or close it where it is open."""
    before = open_card(viewport)
    if before is not None and before.maker is maker:
        before.close()
    else:
        show_card(viewport, maker).kind.setFocus()


def show_card_of_pose(viewport: Viewport) -> None:
    """Show what a pose that was just placed can be made of instead."""
    maker, before = viewport.studio.poses, open_card(viewport)
    if maker.placed is not None and (before is None or before.maker is not maker):
        show_card(viewport, maker)
