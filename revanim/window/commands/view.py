"""The View menu: from where one looks, and which bodies are shown."""

from collections.abc import Callable
from dataclasses import replace

from revanim.draw.camera import axis_view
from revanim.window.command import Command
from revanim.window.window import Window


def toggle_flat(window: Window) -> None:
    """Look straight down the z axis, or freely."""
    view = window.studio.session.view
    window.studio.session.look_from(replace(view, flat=not view.flat))


def look_along(axis: int, side: int) -> Callable[[Window], None]:
    """Return a run that looks along an axis (0 x, 1 y, 2 z) from its positive side (+1) or its negative one (-1)."""
    return lambda window: window.studio.session.look_from(axis_view(window.studio.session.view, axis, side))


frame_all = Command[Window](
    name="frame-all",
    text="Frame All",
    menu="View",
    order=10,
    tip="Bring all bodies into view",
    shortcuts=("A",),
    icon="frame-all",
    on_strip=True,
    run=lambda window: window.viewport.canvas.frame_bodies(),
)

frame_selected = Command[Window](
    name="frame-selected",
    text="Frame Selected",
    menu="View",
    order=11,
    tip="Bring the selected bodies into view",
    shortcuts=("F",),
    icon="frame-selected",
    run=lambda window: window.viewport.canvas.frame_bodies(selected=True),
)

isolate = Command[Window](
    name="isolate",
    text="Isolate",
    menu="View",
    order=12,
    tip="Leave only the selected bodies, or show all again",
    shortcuts=("/",),
    icon="isolate",
    checked=lambda window: window.studio.viewing.only is not None,
    run=lambda window: window.studio.viewing.isolate(),
)

flat = Command[Window](
    name="flat",
    text="Flat View",
    menu="View",
    order=20,
    tip="Look straight down the z axis, locked to the plane",
    shortcuts=("D",),
    icon="flat",
    on_strip=True,
    checked=lambda window: window.studio.session.view.flat,
    run=toggle_flat,
)

front, back, right, left, top, bottom = (
    Command[Window](
        name=f"view-{name}",
        text=text,
        menu="View",
        order=21 + place,
        tip=tip,
        shortcuts=(keys,),
        run=look_along(axis, side),
    )
    for place, (name, text, tip, keys, axis, side) in enumerate(
        (
            ("front", "Front", "Look along y, with x to the right", "Num+1", 1, -1),
            ("back", "Back", "Look along y from behind", "Ctrl+Num+1", 1, 1),
            ("right", "Right", "Look along x from its positive side", "Num+3", 0, 1),
            ("left", "Left", "Look along x from its negative side", "Ctrl+Num+3", 0, -1),
            ("top", "Top", "Look along z, from above", "Num+7", 2, 1),
            ("bottom", "Bottom", "Look along z, from below", "Ctrl+Num+7", 2, -1),
        )
    )
)
