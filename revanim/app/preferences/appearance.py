"""How the window looks."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from revanim.app.preference import Preference, Value
from revanim.app.theme import SYSTEM, named, theme
from revanim.app.window import Window
from revanim.app.words import languages

EFFECTS = (
    Qt.UIEffect.UI_AnimateMenu,
    Qt.UIEffect.UI_FadeMenu,
    Qt.UIEffect.UI_AnimateCombo,
    Qt.UIEffect.UI_AnimateTooltip,
    Qt.UIEffect.UI_FadeTooltip,
    Qt.UIEffect.UI_AnimateToolBox,
)


def calm_down(window: Window, calm: Value) -> None:
    """Let nothing of the window move by itself, or let it."""
    window.setAnimated(not calm)
    window.toast.set_calm(bool(calm))
    window.welcome.set_calm(bool(calm))
    if calm:
        for effect in EFFECTS:
            QApplication.setEffectEnabled(effect, False)


colors = Preference(
    name="theme",
    text="Theme",
    group="Appearance",
    order=10,
    tip="The colours of the window; changes at once",
    default="dark",
    options={"dark": "Dark", "light": "Light", SYSTEM: "Follow system"},
    apply=lambda window, name: theme.wear(named(str(name))),
)

language = Preference(
    name="language",
    text="Language",
    group="Appearance",
    order=11,
    tip="What the window speaks; takes a restart, from which your scene comes back as it is",
    settled=True,
    default=SYSTEM,
    options={SYSTEM: "Follow system", **languages()},
)

scale = Preference(
    name="scale",
    text="Interface scale",
    group="Appearance",
    order=12,
    tip="How large everything in the window is; takes a restart, from which your scene comes back as it is",
    settled=True,
    default="100",
    options={str(percent): f"{percent} %" for percent in (75, 100, 125, 150, 175, 200)},
)

calm = Preference(
    name="reduced-motion",
    text="Reduced motion",
    group="Appearance",
    order=13,
    tip="Nothing fades, slides or plays by itself; scenes play when you ask them to",
    default=False,
    apply=calm_down,
)
