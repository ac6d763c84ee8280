"""Keys like those of editors of film: in and out, and the hand on J, K and L."""

from revanim.window.shortcuts import Preset

nle = Preset(
    name="nle",
    title="NLE",
    keys={
        "range-start": ("I", "["),
        "range-end": ("O", "]"),
        "clear-range": ("Alt+X", "Alt+P"),
        "set-key": ("S", "Ctrl+K"),
        "fit-timeline": ("\\",),
        "maximise": ("`", "Ctrl+Space"),
        "onion-skins": ("Shift+O",),
    },
)
