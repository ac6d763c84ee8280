"""Mouse schemes: which button and key move the camera how, as in other programs."""

from PySide6.QtCore import Qt

Button, Modifier = Qt.MouseButton, Qt.KeyboardModifier

# A scheme says what each button does with which keys held; what it does not name draws a selection.
Scheme = dict[tuple[Qt.MouseButton, Qt.KeyboardModifier], str]
SCHEMES: dict[str, Scheme] = {
    "blender": {
        (Button.MiddleButton, Modifier.NoModifier): "orbit",
        (Button.MiddleButton, Modifier.ShiftModifier): "pan",
        (Button.MiddleButton, Modifier.ControlModifier): "zoom",
        (Button.RightButton, Modifier.NoModifier): "orbit",
        (Button.RightButton, Modifier.ShiftModifier): "pan",
        (Button.RightButton, Modifier.ControlModifier): "zoom",
        (Button.LeftButton, Modifier.AltModifier): "orbit",
    },
    "maya": {
        (Button.LeftButton, Modifier.AltModifier): "orbit",
        (Button.MiddleButton, Modifier.AltModifier): "pan",
        (Button.RightButton, Modifier.AltModifier): "zoom",
    },
}
