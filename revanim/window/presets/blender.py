"""Keys like those of Blender."""

from revanim.window.shortcuts import Preset

blender = Preset(
    name="blender",
    title="Blender",
    keys={
        "play-reverse": ("Ctrl+Shift+Space", "Shift+Space"),
        "first-frame": ("Shift+Left",),
        "last-frame": ("Shift+Right",),
        "ten-back": ("Alt+Left",),
        "ten-on": ("Alt+Right",),
        "previous-frame": ("Left",),
        "next-frame": ("Right",),
        "frame-all": ("Home",),
        "frame-selected": (".",),
        "select-all": ("A",),
        "select-none": ("Alt+A",),
        "fit-timeline": ("Ctrl+Home",),
        "set-key": ("I",),
        "full-screen": ("Alt+F11", "F11"),
    },
)
