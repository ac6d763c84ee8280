"""Rows, columns, labels and buttons, each in one expression."""

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import TypeVar

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QLabel,
    QLayout,
    QLineEdit,
    QMenu,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from revanim.session.words import tr
from revanim.window.kit.icons import icon

Content = QWidget | QLayout | int | None  # a number is a gap in pixels, None takes the room that is left
Margins = tuple[int, int, int, int]  # left, top, right, bottom
Box = TypeVar("Box", bound=QBoxLayout)


def row(*contents: Content, spacing: int = 0, margins: Margins = (0, 0, 0, 0)) -> QHBoxLayout:
    """Return widgets side by side."""
    return _fill(QHBoxLayout(), contents, spacing, margins)


def column(*contents: Content, spacing: int = 0, margins: Margins = (0, 0, 0, 0)) -> QVBoxLayout:
    """Return widgets below each other."""
    return _fill(QVBoxLayout(), contents, spacing, margins)


def _fill(box: Box, contents: tuple[Content, ...], spacing: int, margins: Margins) -> Box:
    box.setSpacing(spacing)
    box.setContentsMargins(*margins)
    for content in contents:
        if isinstance(content, QWidget):
            box.addWidget(content)
        elif isinstance(content, QLayout):
            box.addLayout(content)
        elif content is None:
            box.addStretch()
        else:
            box.addSpacing(content)
    return box


def holder(layout: QLayout, name: str = "") -> QWidget:
    """Return a widget that holds a layout, in the colours of the style sheet."""
    made = QWidget()
    made.setObjectName(name)
    made.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    made.setLayout(layout)
    return made


def scrolled(layout: QLayout) -> QScrollArea:
    """Return a layout that can be longer than its place."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(holder(layout))
    return area


def label(text: str = "", name: str = "", tip: str = "", wrap: bool = False) -> QLabel:
    """Return a label; the style sheet knows its name."""
    made = QLabel(text)
    made.setIndent(0)
    made.setObjectName(name)
    made.setToolTip(tip)
    made.setWordWrap(wrap)
    return made


def push_button(text: str, run: Callable[[], object], name: str = "", tip: str = "", command: str = "") -> QPushButton:
    """Return a button with a word on it; one that stands for a command has its tip and its keys.

    A click leaves the keyboard where it is; Tab reaches the button, and Space presses it then.
    """
    made = QPushButton(text)
    made.setObjectName(name)
    made.setToolTip(tip)
    made.setProperty("command", command)
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    made.clicked.connect(lambda: run())
    return made


def icon_button(drawing: str, run: Callable[[], object], tip: str) -> QToolButton:
    """Return a small button that leaves the keyboard where it is."""
    made = QToolButton()
    made.setIcon(icon(drawing, color="dim"))
    made.setToolTip(tip)
    made.setAccessibleName(tip.partition(";")[0].partition(" (")[0])
    made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    made.clicked.connect(lambda: run())
    return made


def let_search(line: QLineEdit) -> None:
    """Put a cross into a line to search with, which takes its text away; Qt seeks 40 ms for the picture of its own."""
    line.setProperty("search", True)
    cross = line.addAction(icon("close", color="dim"), QLineEdit.ActionPosition.TrailingPosition)
    cross.setToolTip(tr("Clear"))
    cross.setVisible(False)
    cross.triggered.connect(line.clear)
    line.textChanged.connect(lambda text: cross.setVisible(bool(text)))


def action_button(action: QAction) -> QToolButton:
    """Return the button of an action, which leaves the keyboard where it is."""
    made = QToolButton()
    made.setDefaultAction(action)
    made.setAccessibleName(action.text().rstrip("…"))
    made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return made


def pop_up(widget: QWidget, actions: Sequence[QAction], place: QPoint) -> QMenu:
    """Open a menu of actions at a place of the screen; it goes with its last use."""
    menu = QMenu(widget)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    menu.addActions(list(actions))
    menu.popup(place)
    return menu


def hand_back(field: QWidget) -> None:
    """Give the keyboard of a field to the card or the page that it stands on, or to nobody."""
    place = field.parentWidget()
    while place is not None and place.focusPolicy() != Qt.FocusPolicy.StrongFocus:
        place = place.parentWidget()
    if place is None:
        field.clearFocus()
    else:
        place.setFocus()


def in_turn(*widgets: QWidget) -> None:
    """Let Tab go through these widgets one after the other, and through what is in each; not into lists that unfold."""
    places = [
        each
        for widget in widgets
        for each in (widget, *widget.findChildren(QWidget))
        if each.window() is widget.window()
    ]
    reached = [each for each in places if each.focusPolicy() & Qt.FocusPolicy.TabFocus]
    for one, following in pairwise(reached):
        QWidget.setTabOrder(one, following)
