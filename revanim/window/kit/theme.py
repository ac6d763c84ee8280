"""The look of every widget: one table of colours feeds the palette, the style sheet, the icons and what is painted."""

import re
from dataclasses import asdict
from functools import cache

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from revanim.draw.look import DARK, LIGHT, Tokens
from revanim.draw.overlay.fonts import family
from revanim.resources import resource

FONT_PIXELS = 12
THEMES = {"dark": DARK, "light": LIGHT}
SYSTEM = "system"
Role = QPalette.ColorRole


class Theme(QObject):
    """The colours that are worn now; whoever paints reads `tokens`, whoever keeps a colour listens to `changed`."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.tokens = DARK

    def color(self, token: str) -> QColor:
        """Return a colour by the name of its token."""
        return QColor(getattr(self.tokens, token))

    def wear(self, tokens: Tokens) -> None:
        """Change the colours of everything that is open, at once."""
        application = QApplication.instance()
        if tokens is self.tokens and application and application.property("worn"):
            return
        self.tokens = tokens
        assert isinstance(application, QApplication)
        application.setPalette(palette(tokens))
        application.setStyleSheet(style_sheet(tokens))
        application.setProperty("worn", True)
        self.changed.emit()


theme = Theme()


def dress(application: QApplication, tokens: Tokens = DARK) -> None:
    """Give the application its style, fonts and colours."""
    if not application.property("worn"):  # it polishes all that is open anew
        application.setStyle("Fusion")
        application.setFont(font())
    theme.wear(tokens)


def named(name: str) -> Tokens:
    """Return the colours of a theme by its name; "system" is light only where the desktop says that it is."""
    if name == SYSTEM:
        light = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Light
        return LIGHT if light else DARK
    return THEMES.get(name, DARK)


@cache
def font(pixels: int = FONT_PIXELS, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """Return the interface font; its digits are all equally wide, so that running numbers stand still."""
    chosen = QFont(family())
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
        (Role.HighlightedText, tokens.on_accent),
        (Role.Link, tokens.playhead),
        (Role.LinkVisited, tokens.playhead),
    ):
        colors.setColor(role, QColor(token))
    for role in (Role.WindowText, Role.Text, Role.ButtonText):
        colors.setColor(QPalette.ColorGroup.Disabled, role, QColor(tokens.disabled))
    return colors


def style_sheet(tokens: Tokens) -> str:
    """Return `resources/theme/style.qss` with its @words filled in."""
    words = asdict(tokens) | {
        "hairline": "rgba(255, 255, 255, 7%)" if tokens is DARK else "rgba(0, 0, 0, 12%)",
        "accentlight": QColor(tokens.accent).lighter(115).name(),
        "veil": "rgba(29, 29, 29, 80%)" if tokens is DARK else "rgba(244, 244, 244, 85%)",
        "on_veil": DARK.text,  # the welcome page is dark in every theme: its scenes glow
        "dim_on_veil": DARK.dim,
        "icons": resource("icons").as_posix(),
    }
    return re.sub(r"@(\w+)", lambda word: words[word[1]], resource("theme", "style.qss").read_text(encoding="utf-8"))
