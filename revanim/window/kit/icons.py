"""Icons: single-colour drawings of `resources/icons`, tinted like the text beside them, in every theme."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from revanim.resources import resource
from revanim.window.kit.theme import theme

SIZE = 16
MODES = {QIcon.Mode.Disabled: "disabled", QIcon.Mode.Selected: "on_accent"}


@cache
def icon(name: str, name_on: str = "", color: str = "text", lit: str = "playhead") -> QIcon:
    """Return a drawing by the name of its file; `name_on` is what it turns into when checked.

    `color`, and `lit` when checked, are names of tokens: the icon looks them up whenever it is painted.
    """
    return QIcon(Drawing(name, name_on or name, color, lit))


class Drawing(QIconEngine):
    """Paints a drawing in the colours that the window wears at that moment."""

    def __init__(self, off: str, on: str, color: str, lit: str) -> None:
        super().__init__()
        self._off, self._on, self._color, self._lit = off, on, color, lit

    def clone(self) -> QIconEngine:
        return Drawing(self._off, self._on, self._color, self._lit)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        ratio = painter.device().devicePixelRatioF()
        painter.drawPixmap(rect, self.pixmap(rect.size() * ratio, mode, state))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        on = state == QIcon.State.On
        token = MODES.get(mode, self._lit if on else self._color)
        return tinted(self._on if on else self._off, getattr(theme.tokens, token), size.width(), size.height())


@cache
def tinted(name: str, color: str, width: int, height: int) -> QPixmap:
    """Return a drawing in one colour, so many real pixels wide and high."""
    pixmap = QPixmap(width, height)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    drawing = resource("icons", f"{name}.svg").read_text(encoding="utf-8").replace("currentColor", color)
    QSvgRenderer(QByteArray(drawing.encode())).render(painter, QRectF(0, 0, width, height))
    painter.end()
    return pixmap


def mark(size: int, ratio: int = 3) -> QPixmap:
    """Return the mark of the program."""
    return QIcon(str(resource("icons", "revanim.svg"))).pixmap(QSize(size, size), float(ratio))
