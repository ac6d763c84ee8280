"""The View menu."""

from collections.abc import Callable
from dataclasses import replace

from revanim.app.command import Choice, Command
from revanim.app.window import Window
from revanim.scene.edits import set_look

TRAIL = 24  # frames: one second at the usual rate


def switch(part: str) -> Callable[[Window], None]:
    """Return a run that turns a part of the picture on or off."""

    def run(window: Window) -> None:
        scene = window.session.scene
        shown = not getattr(scene.look, part)
        window.session.edit(f"{'Show' if shown else 'Hide'} {part}", set_look(scene, **{part: shown}))

    return run


def toggle_trails(window: Window) -> None:
    """Draw trails behind the bodies, or none."""
    scene = window.session.scene
    edited = set_look(scene, trail=0 if scene.look.trail else TRAIL)
    window.session.edit("Hide trails" if scene.look.trail else "Show trails", edited)


def toggle_glow(window: Window) -> None:
    """Paint light that adds up, or shaded discs."""
    scene = window.session.scene
    style = "disc" if scene.look.style == "glow" else "glow"
    window.session.edit("Paint glow" if style == "glow" else "Paint discs", set_look(scene, style=style))


def toggle_flat(window: Window) -> None:
    """Look straight down the z axis, or freely."""
    view = window.session.view
    window.session.look_from(replace(view, flat=not view.flat))


def panel_choices(window: Window) -> list[Choice]:
    """Return the panels, each to show or to hide."""
    docks = [dock.toggleViewAction() for dock in window.docks]
    return [Choice(action.text(), action.trigger, action.isChecked()) for action in docks]


def toggle_full_screen(window: Window) -> None:
    """Fill the screen, or stand in a window again."""
    if window.isFullScreen():
        window.showNormal()
    else:
        window.showFullScreen()


frame_all = Command(
    name="frame-all",
    text="Frame All",
    menu="View",
    order=10,
    tip="Bring all bodies into view",
    shortcuts=("A",),
    icon="frame-all",
    on_strip=True,
    run=lambda window: window.viewport.frame_bodies(),
)

frame_selected = Command(
    name="frame-selected",
    text="Frame Selected",
    menu="View",
    order=11,
    tip="Bring the selected bodies into view",
    shortcuts=("F",),
    icon="frame-selected",
    on_strip=True,
    run=lambda window: window.viewport.frame_bodies(selected=True),
)

flat = Command(
    name="flat",
    text="Flat View",
    menu="View",
    order=12,
    tip="Look straight down the z axis",
    shortcuts=("D",),
    icon="flat",
    on_strip=True,
    checked=lambda window: window.session.view.flat,
    run=toggle_flat,
)

trails = Command(
    name="trails",
    text="Trails",
    menu="View",
    order=20,
    tip="Draw where the bodies were",
    shortcuts=("T",),
    icon="trails",
    on_strip=True,
    checked=lambda window: window.session.scene.look.trail > 0,
    run=toggle_trails,
)

glow = Command(
    name="glow",
    text="Glow",
    menu="View",
    order=21,
    tip="Paint bodies as light that adds up",
    shortcuts=("Shift+T",),
    icon="glow",
    on_strip=True,
    checked=lambda window: window.session.scene.look.style == "glow",
    run=toggle_glow,
)

links = Command(
    name="links",
    text="Links",
    menu="View",
    order=22,
    tip="Draw springs and rods",
    icon="links",
    on_strip=True,
    checked=lambda window: window.session.scene.look.links,
    run=switch("links"),
)

grid = Command(
    name="grid",
    text="Grid",
    menu="View",
    order=23,
    tip="Draw the floor",
    icon="grid",
    on_strip=True,
    checked=lambda window: window.session.scene.look.grid,
    run=switch("grid"),
)

axes = Command(
    name="axes",
    text="Axes",
    menu="View",
    order=24,
    tip="Draw the axes of the scene",
    icon="axes",
    on_strip=True,
    checked=lambda window: window.session.scene.look.axes,
    run=switch("axes"),
)

hide_panels = Command(
    name="hide-panels",
    text="Hide Panels",
    menu="View",
    order=30,
    tip="Leave only the viewport and the timeline",
    shortcuts=("Tab",),
    on_canvas=True,
    run=lambda window: window.toggle_panels(),
)

maximise = Command(
    name="maximise",
    text="Maximise Viewport",
    menu="View",
    order=31,
    tip="Leave only the viewport",
    shortcuts=("Ctrl+Space",),
    run=lambda window: window.toggle_panels(timeline=True),
)

full_screen = Command(
    name="full-screen",
    text="Full Screen",
    menu="View",
    order=32,
    tip="Fill the screen",
    shortcuts=("F11",),
    checked=lambda window: window.isFullScreen(),
    run=toggle_full_screen,
)

panels = Command(
    name="panels",
    text="Panels",
    menu="View",
    order=33,
    tip="Show or hide a panel",
    choices=panel_choices,
)

reset_layout = Command(
    name="reset-layout",
    text="Reset Layout",
    menu="View",
    order=34,
    tip="Put every panel back in its place",
    run=lambda window: window.reset_layout(),
)
