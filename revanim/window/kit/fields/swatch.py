"""A colour: a swatch that opens a few good ones, and a field for any other."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QGridLayout, QMenu, QToolButton, QWidget, QWidgetAction

from revanim.error import RevanimError
from revanim.scene.scene import Colors
from revanim.sentence import N_
from revanim.session.studio import Studio
from revanim.session.words import tr
from revanim.window.kit.fields.field import Field, field
from revanim.window.kit.theme import theme
from revanim.window.kit.widgets import row

Rgb = tuple[int, int, int]
# Four rows: calm, bright, warm, grey; none is lost on either backdrop.
COLORS = (
    "#7eace8", "#6fd0c0", "#9bd67a", "#e8d27e", "#e8a37e", "#d98ab8",
    "#2f80ff", "#00c2d1", "#3ccf4e", "#ffd23f", "#ff7a2f", "#ff3f6e",
    "#f2e3c6", "#e0b27a", "#c97b4a", "#a34f3a", "#7a3b52", "#4b3a6b",
    "#ffffff", "#d0d0d0", "#a0a0a0", "#707070", "#404040", "#151515",
)  # fmt: skip
ACROSS = 6
SIDE = 18  # pixels of a swatch
FEW = 1000  # colours that tell of very many whether they are alike, mostly


class Swatch(QWidget):
    """Shows the colour that some bodies have in common; `run(color)` gives them another."""

    def __init__(self, studio: Studio, run: Callable[[Rgb], object]) -> None:
        super().__init__()
        self.button = QToolButton()
        self.button.setObjectName("swatch")
        self.button.setAccessibleName(tr("Colour"))
        self.button.setToolTip(tr("Choose a colour"))
        self.button.setIconSize(QSize(SIDE, SIDE))
        self.button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.button.setMenu(color_menu(self.button, run))
        self.text: Field = field(
            typed_color, N_("color"), tr("A colour such as #7eace8 or orange"), run, studio.session.hinted, None
        )
        self.setLayout(row(self.button, self.text, spacing=4))

    def display(self, colors: Colors) -> None:
        """Show colours, uint8[k, 3]: the one that they are, or a dash."""
        alike = len(colors) > 0 and all((some == colors[0]).all() for some in (colors[:FEW], colors))
        name = QColor(*map(int, colors[0])).name() if alike else ""
        self.text.display(name)
        self.text.setPlaceholderText("—")
        self.button.setIcon(tile_of(name))


def color_menu(parent: QWidget, run: Callable[[Rgb], object]) -> QMenu:
    """Return a menu of good colours, of which one is taken with a click."""
    menu, sheet = QMenu(parent), QWidget()
    grid = QGridLayout(sheet)
    grid.setSpacing(2)
    for number, color in enumerate(COLORS):
        tile = QToolButton()
        tile.setObjectName(f"tile-{color}")
        tile.setToolTip(color)
        tile.setAccessibleName(color)
        tile.setIcon(tile_of(color))
        tile.clicked.connect(partial(_choose, menu, color, run))
        grid.addWidget(tile, number // ACROSS, number % ACROSS)
    action = QWidgetAction(menu)
    action.setDefaultWidget(sheet)
    menu.addAction(action)
    return menu


def _choose(menu: QMenu, color: str, run: Callable[[Rgb], object]) -> None:
    menu.close()
    run(typed_color(color))


def tile_of(color: str) -> QIcon:
    """Return a tile in a colour, or an empty one."""
    pixmap = QPixmap(4 * SIDE, 4 * SIDE)
    pixmap.fill(QColor(0, 0, 0, 0))
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(theme.tokens.hover), 4))
    painter.setBrush(QColor(color) if color else QColor(0, 0, 0, 0))
    painter.drawRoundedRect(pixmap.rect().adjusted(2, 2, -3, -3), 12, 12)
    painter.end()
    return QIcon(pixmap)


def typed_color(text: str) -> Rgb:
    """Return red, green and blue, 0 to 255, of `#7eace8`, `7eace8` or `orange`."""
    text = text.strip()
    color = QColor.fromString(text if QColor.isValidColorName(text) else f"#{text}")
    if not color.isValid():
        raise RevanimError("{text!r} is not a colour; type one such as #7eace8 or orange.", text=text)
    return color.red(), color.green(), color.blue()
