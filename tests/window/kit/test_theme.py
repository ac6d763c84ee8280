"""The colours change while everything is open; nothing is left behind in the old ones."""

import re
from dataclasses import asdict
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QIcon, QImage, QPalette
from PySide6.QtWidgets import QApplication, QLabel, QToolButton
from pytestqt.qtbot import QtBot

import revanim.window
from revanim.draw.look import DARK, LIGHT, rgb
from revanim.resources import resource
from revanim.window.kit.icons import icon
from revanim.window.kit.theme import dress, named, style_sheet, theme
from revanim.window.window import Window


@pytest.fixture(autouse=True)
def dark_again(qapp: QApplication):
    yield
    dress(qapp)


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours (WCAG 2.1)."""
    lights = []
    for token in (one, other):
        parts = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (v / 255 for v in rgb(token))]
        lights.append(float(np.dot(parts, (0.2126, 0.7152, 0.0722))))
    return (max(lights) + 0.05) / (min(lights) + 0.05)


def color_of(drawing: QIcon, state: QIcon.State = QIcon.State.Off) -> set[str]:
    """Return the colours of the opaque pixels of an icon."""
    image = drawing.pixmap(QSize(16, 16), 2.0, QIcon.Mode.Normal, state).toImage()
    image = image.convertToFormat(QImage.Format.Format_ARGB32)
    pixels = [image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())]
    return {pixel.name() for pixel in pixels if pixel.alpha() == 255}


def test_every_word_of_the_style_sheet_is_a_token(qapp: QApplication) -> None:
    for tokens in (DARK, LIGHT):
        assert "@" not in style_sheet(tokens)


def test_no_colour_is_written_beside_the_table() -> None:
    sheet = resource("theme", "style.qss").read_text(encoding="utf-8")
    assert not re.findall(r"#[0-9a-fA-F]{6}\b", sheet)
    for path in Path(revanim.window.__file__).parent.rglob("*.py"):
        if path.name != "theme.py":
            assert not re.findall(r"\b(DARK|LIGHT)\b", path.read_text(encoding="utf-8")), path.name


def test_icons_take_the_colours_of_the_theme_while_they_are_shown(qapp: QApplication) -> None:
    drawing = icon("play", "pause")
    dress(qapp, DARK)
    assert color_of(drawing) == {DARK.text}
    assert color_of(drawing, QIcon.State.On) == {DARK.playhead}
    dress(qapp, LIGHT)
    assert color_of(drawing) == {LIGHT.text}
    assert color_of(drawing, QIcon.State.On) == {LIGHT.playhead}


def test_a_button_is_painted_anew_when_the_theme_changes(qtbot: QtBot, qapp: QApplication) -> None:
    dress(qapp, DARK)
    button = QToolButton()
    qtbot.addWidget(button)
    button.setIcon(icon("play"))
    button.show()
    before = button.grab().toImage()
    dress(qapp, LIGHT)
    assert button.grab().toImage() != before


def test_the_whole_window_changes_without_a_restart(qtbot: QtBot, qapp: QApplication, window: Window) -> None:
    qtbot.waitUntil(lambda: not window.viewport.image.isNull())
    dark = window.viewport.image.copy()
    theme.wear(LIGHT)
    assert qapp.palette().color(QPalette.ColorRole.Window).name() == LIGHT.panel
    qtbot.waitUntil(lambda: window.viewport.image != dark)
    ruler = window.timeline.ruler.grab().toImage()
    assert ruler.pixelColor(2, 4).name() == LIGHT.surface
    plot = window.dock("energy").widget().plots["Momentum"]
    assert plot.backgroundBrush().color().name() == LIGHT.panel


def test_the_system_decides_where_it_says_what_it_likes(qapp: QApplication) -> None:
    assert named("dark") is DARK
    assert named("light") is LIGHT
    assert named("system") in (DARK, LIGHT)
    assert named("no such theme") is DARK


@pytest.mark.parametrize("tokens", [DARK, LIGHT])
def test_words_can_be_read_on_everything_they_stand_on(tokens) -> None:
    for surface in ("background", "surface", "panel", "header", "raised", "control"):
        assert contrast(tokens.text, getattr(tokens, surface)) >= 4.5, surface
        assert contrast(tokens.dim, getattr(tokens, surface)) >= 3.0, surface
    assert contrast(tokens.on_accent, tokens.accent) >= 4.5
    assert contrast(tokens.disabled, tokens.panel) >= 2.0


def test_both_themes_have_the_same_words(qapp: QApplication) -> None:
    assert asdict(DARK).keys() == asdict(LIGHT).keys()


@pytest.mark.parametrize("tokens", [DARK, LIGHT])
def test_words_can_be_read_on_the_veil_of_the_welcome_page(qapp: QApplication, window: Window, tokens) -> None:
    theme.wear(tokens)
    window.welcome.show()
    QApplication.processEvents()
    words = [each for each in window.welcome.findChildren(QLabel) if each.text() and each.isVisible()]
    assert words
    for each in words:
        assert contrast(each.palette().color(QPalette.ColorRole.WindowText).name(), "#101010") >= 4.5, each.text()
