"""The look of every widget: one table of colours feeds the palette and the style sheet."""

import re
from dataclasses import asdict
from functools import cache

from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from revanim.draw.look import DARK, Tokens
from revanim.resources import resource

FONT_PIXELS = 12
Role = QPalette.ColorRole


def dress(application: QApplication, tokens: Tokens = DARK) -> None:
    """Give the application its style, fonts and colours."""
    application.setStyle("Fusion")
    application.setPalette(palette(tokens))
    application.setFont(font())
    application.setStyleSheet(style_sheet(tokens))


@cache
def font(pixels: int = FONT_PIXELS, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """Return the interface font; its digits are all equally wide, so that running numbers stand still."""
    family = _family()
    chosen = QFont(family)
    chosen.setPixelSize(pixels)
    chosen.setWeight(weight)
    chosen.setFeature(QFont.Tag("tnum"), 1)
    return chosen


def palette(tokens: Tokens) -> QPalette:
    """Return the colours of the widgets that no style sheet reaches."""
    colors = QPalette()
    for role, token in (
        (Role.Window, tokens.panel),
        (Role.Base, tokens.surface),
        (Role.AlternateBase, tokens.panel),
        (Role.Button, tokens.control),
        (Role.WindowText, tokens.text),
        (Role.Text, tokens.text),
        (Role.ButtonText, tokens.text),
        (Role.PlaceholderText, tokens.dim),
        (Role.ToolTipBase, tokens.raised),
        (Role.ToolTipText, tokens.text),
        (Role.Highlight, tokens.accent),
        (Role.HighlightedText, "#ffffff"),
        (Role.Link, tokens.playhead),
    ):
        colors.setColor(role, QColor(token))
    for role in (Role.WindowText, Role.Text, Role.ButtonText):
        colors.setColor(QPalette.ColorGroup.Disabled, role, QColor(tokens.hover))
    return colors


def style_sheet(tokens: Tokens) -> str:
    """Return `resources/theme/style.qss` with its @words filled in."""
    words = asdict(tokens) | {
        "hairline": "rgba(255, 255, 255, 7%)" if tokens is DARK else "rgba(0, 0, 0, 12%)",
        "accentlight": QColor(tokens.accent).lighter(115).name(),
        "icons": resource("icons").as_posix(),
    }
    return re.sub(r"@(\w+)", lambda word: words[word[1]], resource("theme", "style.qss").read_text())


def _family() -> str:
    if "Inter" not in QFontDatabase.families():
        for file in resource("fonts").glob("*.ttf"):
            QFontDatabase.addApplicationFont(str(file))
    return "Inter"
