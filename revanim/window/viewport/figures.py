"""Numbers that are typed during a gesture: one for each free axis; Tab goes on to the next, Shift+Tab back."""

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from revanim.engine.parameter import Floats
from revanim.window.viewport.axes import Axes

DIGITS = "0123456789.-"
HERE = "▏"
FORWARD = {Qt.Key.Key_Tab: 1, Qt.Key.Key_Backtab: -1}


class Figures:
    """The numbers as they are being typed."""

    def __init__(self) -> None:
        self.texts = [""]
        self.at = 0

    def type(self, event: QKeyEvent, count: int) -> None:
        """Hear a key, where there are `count` numbers to type."""
        self.texts = (self.texts + [""] * count)[:count]
        self.at = min(self.at, count - 1)
        letter = event.text().replace(",", ".")
        if event.key() in FORWARD:
            self.at = (self.at + FORWARD[Qt.Key(event.key())]) % count
        elif event.key() == Qt.Key.Key_Backspace:
            self.texts[self.at] = self.texts[self.at][:-1]
        elif letter and letter in DIGITS:
            self.texts[self.at] = retyped(self.texts[self.at], letter)

    def clear(self) -> None:
        """Forget what was typed."""
        self.texts, self.at = [""], 0

    def along(self, axes: Axes, otherwise: Floats) -> Floats | None:
        """Return float64[3] with what is typed for the free axes, one after the other; None where nothing is."""
        values, found = list(map(number, self.texts)), otherwise.copy()
        if all(value is None for value in values):
            return None
        for axis, value in zip(np.flatnonzero(axes), values, strict=False):
            found[axis] = found[axis] if value is None else value
        return found

    @property
    def one(self) -> float | None:
        """The number where only the first is typed."""
        return None if any(self.texts[1:]) else number(self.texts[0])

    def __str__(self) -> str:
        if not any(self.texts):
            return ""
        written = [f"{text}{HERE}" if place == self.at else text or "·" for place, text in enumerate(self.texts)]
        return "  ".join(written)


def number(text: str) -> float | None:
    """Return the number that is typed, if it is one yet."""
    try:
        return float(text)
    except ValueError:
        return None


def retyped(typed: str, key: str) -> str:
    """Return what is typed after one more key; a minus turns the sign."""
    if key == "-":
        return typed[1:] if typed.startswith("-") else f"-{typed}"
    return typed if key == "." and "." in typed else typed + key
