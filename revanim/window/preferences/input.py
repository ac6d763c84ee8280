"""What the mouse does."""

from revanim.window.preference import Preference
from revanim.window.viewport.schemes import SCHEMES

mouse = Preference(
    name="mouse",
    text="Mouse",
    group="Input",
    order=20,
    tip="Move the camera like the tool you come from; changes at once",
    default="blender",
    options={name: name.capitalize() for name in SCHEMES},
    apply=lambda window, name: window.follow_mouse_scheme(str(name)),
    worn=True,
)
