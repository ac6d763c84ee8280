"""Appearance; read before there is a window, so it imports little."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication

from revanim.session.words import language_named, languages
from revanim.window.frame.scale import rescale
from revanim.window.kit.theme import SYSTEM, named, theme
from revanim.window.preference import Preference, Value

if TYPE_CHECKING:
    from revanim.window.window import Window

EFFECTS = (
    Qt.UIEffect.UI_AnimateMenu,
    Qt.UIEffect.UI_FadeMenu,
    Qt.UIEffect.UI_AnimateCombo,
    Qt.UIEffect.UI_AnimateTooltip,
    Qt.UIEffect.UI_FadeTooltip,
    Qt.UIEffect.UI_AnimateToolBox,
)
GONE = 50  # milliseconds: until the list in which something was chosen has left the screen


def calm_down(window: Window, calm: Value) -> None:
    """Turn animations off, or on."""
    window.setAnimated(not calm)
    window.toast.set_calm(bool(calm))
    window.welcome.set_calm(bool(calm))
    if calm:
        for effect in EFFECTS:
            QApplication.setEffectEnabled(effect, False)


def change_language(window: Window, chosen: Value) -> None:
    """Speak another language as soon as the list is closed in which that was chosen: it is rebuilt too."""
    from revanim.window.frame.rebuild import switch_language

    QTimer.singleShot(GONE, window, lambda: switch_language(window, language_named(str(chosen))))


def change_scale(window: Window, percent: Value) -> None:
    """Be larger or smaller as soon as the list in which that was chosen is closed: no window may be open then."""
    QTimer.singleShot(GONE, window, lambda: rescale(window, int(percent)))


colors: Preference[Window] = Preference(
    name="theme",
    text="Theme",
    group="Appearance",
    order=10,
    tip="The colours of the window; changes at once",
    default="dark",
    options={"dark": "Dark", "light": "Light", SYSTEM: "Follow system"},
    apply=lambda window, name: theme.wear(named(str(name))),
)

language: Preference[Window] = Preference(
    name="language",
    text="Language",
    group="Appearance",
    order=11,
    tip="What the window speaks; changes at once",
    early=True,
    default=SYSTEM,
    options={SYSTEM: "Follow system", **languages()},
    apply=change_language,
)

scale: Preference[Window] = Preference(
    name="scale",
    text="Interface scale",
    group="Appearance",
    order=12,
    tip="How large everything in the window is; changes at once",
    early=True,
    default="100",
    options={str(percent): f"{percent} %" for percent in (75, 100, 125, 150, 175, 200)},
    apply=change_scale,
)

calm: Preference[Window] = Preference(
    name="reduced-motion",
    text="Reduced motion",
    group="Appearance",
    order=13,
    tip="Nothing fades, slides or plays by itself; scenes play when you ask them to",
    default=False,
    apply=calm_down,
    worn=True,
)
