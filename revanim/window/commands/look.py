"""The Look menu: how bodies and what lies around them are painted; each choice is in the scene, and an undo step."""

from collections.abc import Callable, Iterable
from typing import Any

from revanim.draw.background import backgrounds
from revanim.draw.style import Style, style_of, styles
from revanim.scene.attribute import attributes
from revanim.scene.edits import set_look
from revanim.session.words import tr
from revanim.window.command import Choice, Command
from revanim.window.window import Window

SIZES = (0.25, 0.5, 0.75, 1.0, 1.5, 2.0, 4.0)
HALOS = (0.0, 0.5, 1.0, 1.5, 2.0, 4.0)
STOPS = (-3, -2, -1, 0, 1, 2, 3)


def look(window: Window, text: str, **changes: Any) -> None:
    """Change the look, as one undo step."""
    window.studio.session.edit(text, set_look(window.studio.session.scene, **changes))


def shows(part: str) -> Callable[[Window], bool]:
    """Return whether a part of the picture is on."""
    return lambda window: bool(getattr(window.studio.session.scene.look, part))


def switch(part: str, what: str, on: object = True, off: object = False) -> Callable[[Window], None]:
    """Return a run that turns a part of the picture on or off."""

    def run(window: Window) -> None:
        shown = bool(getattr(window.studio.session.scene.look, part))
        text = tr("Hide {part}", part=tr(what)) if shown else tr("Show {part}", part=tr(what))
        look(window, text, **{part: off if shown else on})

    return run


def pick(text: str, part: str, values: Iterable[Any], name: Callable[[Any], str]) -> Callable[[Window], list[Choice]]:
    """Return the choices of a submenu that gives a part of the look one of some values."""

    def choose(window: Window, value: Any) -> Callable[[], None]:
        return lambda: look(window, tr(text), **{part: value})

    def choices(window: Window) -> list[Choice]:
        now = getattr(window.studio.session.scene.look, part)
        return [Choice(name(value), choose(window, value), value == now) for value in sorted({*values, now})]

    return choices


def glows(window: Window) -> bool:
    """Whether bodies are painted as light that adds up."""
    return style_of(window.studio.session.scene.look).adds_light


def toggle_glow(window: Window) -> None:
    """Paint the first style that adds up light, or the first that does not."""
    wanted = not glows(window)
    style = next(style for style in styles().values() if style.adds_light == wanted)
    look(window, tr(style.title), style=style.name)


def style_choices(window: Window) -> list[Choice]:
    """Return how bodies can be painted."""
    now = window.studio.session.scene.look.style

    def choose(style: Style) -> Choice:
        title = tr(style.title)
        return Choice(title, lambda: look(window, title, style=style.name), now == style.name)

    return [choose(style) for style in styles().values()]


def color_choices(window: Window) -> list[Choice]:
    """Return what the bodies can be coloured by."""
    now = window.studio.session.scene.look.color_by

    def choose(name: str, title: str) -> Callable[[], None]:
        return lambda: look(window, tr("Colour by {attribute}", attribute=title), color_by=name)

    own = Choice(tr("Own Colours"), lambda: look(window, tr("Own colours"), color_by=""), now == "")
    ordered = sorted(attributes().values(), key=lambda attribute: attribute.order)
    return [own, *(Choice(tr(each.title), choose(each.name, tr(each.title)), now == each.name) for each in ordered)]


def background_choices(window: Window) -> list[Choice]:
    """Return what can lie behind the bodies, and each colour of what has one."""
    now = vars(window.studio.session.scene.look)

    def choose(name: str, **changes: Any) -> Choice:
        chosen = all(now[part] == value for part, value in changes.items())
        return Choice(tr(name), lambda: look(window, tr("Background"), **changes), chosen)

    choices = []
    for each in backgrounds().values():
        colors = [choose(name, background=each.name, plain=color) for name, color in each.colors]
        choices += colors or [choose(each.title, background=each.name)]
    return choices


color_by = Command(
    name="color-by",
    text="Colour By",
    menu="Look",
    order=30,
    tip="Colour the bodies by what they do",
    choices=color_choices,
)

velocities = Command(
    name="velocities",
    text="Velocities",
    menu="Look",
    order=31,
    tip="Draw arrows of the selected bodies, or of all, that say how fast they are",
    icon="arrow",
    checked=shows("velocities"),
    run=switch("velocities", "velocities"),
)

accelerations = Command(
    name="accelerations",
    text="Accelerations",
    menu="Look",
    order=32,
    tip="Draw arrows that say how all forces together drive the bodies",
    checked=shows("accelerations"),
    run=switch("accelerations", "accelerations"),
)

centre = Command(
    name="centre-of-mass",
    text="Centre of Mass",
    menu="Look",
    order=33,
    tip="Mark the centre of all mass, and its way where trails are drawn",
    icon="centre",
    checked=shows("centre"),
    run=switch("centre", "the centre of mass"),
)

style = Command(
    name="style",
    text="Style",
    menu="Look",
    order=39,
    tip="How bodies are painted",
    choices=style_choices,
)

glow = Command(
    name="glow",
    text="Glow",
    menu="Look",
    order=40,
    tip="Paint bodies as light that adds up",
    shortcuts=("Shift+T",),
    icon="glow",
    on_strip=True,
    checked=glows,
    run=toggle_glow,
)

size = Command(
    name="body-size",
    text="Body Size",
    menu="Look",
    order=41,
    tip="How large bodies are painted",
    choices=pick("Body size", "size", SIZES, lambda size: f"{100 * size:g} %"),
)

halo = Command(
    name="halo",
    text="Halo",
    menu="Look",
    order=42,
    tip="How much light the lens spreads in a glowing picture",
    choices=pick("Halo", "halo", HALOS, lambda halo: f"{100 * halo:g} %"),
)

exposure = Command(
    name="exposure",
    text="Exposure",
    menu="Look",
    order=43,
    tip="How bright a glowing picture is",
    choices=pick("Exposure", "exposure", [2.0**stop for stop in STOPS], lambda light: f"× {light:g}"),
)

background = Command(
    name="background",
    text="Background",
    menu="Look",
    order=50,
    tip="What lies behind the bodies",
    choices=background_choices,
)

links = Command(
    name="links",
    text="Links",
    menu="Look",
    order=51,
    tip="Draw springs and rods",
    icon="links",
    on_strip=True,
    checked=shows("links"),
    run=switch("links", "links"),
)

grid = Command(
    name="grid",
    text="Grid",
    menu="Look",
    order=52,
    tip="Draw the floor",
    icon="grid",
    on_strip=True,
    checked=shows("grid"),
    run=switch("grid", "grid"),
)

axes = Command(
    name="axes",
    text="Axes",
    menu="Look",
    order=53,
    tip="Draw the axes of the scene",
    icon="axes",
    on_strip=True,
    checked=shows("axes"),
    run=switch("axes", "axes"),
)
