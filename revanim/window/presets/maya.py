"""Keys like those of Maya."""

from revanim.window.shortcuts import Preset

maya = Preset(
    name="maya",
    title="Maya",
    keys={
        "undo": ("Z", "Ctrl+Z"),
        "redo": ("Shift+Z", "Ctrl+Y", "Ctrl+Shift+Z"),
        "play": ("Alt+V", "Space"),
        "first-frame": ("Alt+Shift+V", "Home"),
        "previous-frame": ("Alt+,", "Left"),
        "next-frame": ("Alt+.", "Right"),
        "previous-key": (",", "Up"),
        "next-key": (".", "Down"),
        "set-key": ("S",),
    },
)
