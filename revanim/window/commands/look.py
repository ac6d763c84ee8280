"""The Look menu: how bodies and the rest of the picture are painted; every choice is one undo step."""

from collections.abc import Callable, Iterable
from typing import Any

from revanim.draw.background import backgrounds
from revanim.draw.dress.palette import with_look
from revanim.draw.style import Style, style_of, styles
from revanim.scene.attribute import attributes
from revanim.sentence import Sentence
from revanim.session.words import figures, tr
from revanim.window.command import Choice, Command
from revanim.window.window import Window

SIZES = (0.25, 0.5, 0.75, 1.0, 1.5, 2.0, 4.0)
HALOS = (0.0, 0.5, 1.0, 1.5, 2.0, 4.0)
LIGHTS = [2.0**stop for stop in range(-3, 4)]


def look(window: Window, text: Sentence, **changes: Any) -> None:
    """Change the look, as one undo step."""
    window.studio.session.edit(text, with_look(window.studio.session.scene, **changes))


def shows(field: str) -> Callable[[Window], bool]:
    """Return whether the look shows something, by the name of its field."""
    return lambda window: bool(getattr(window.studio.session.scene.look, field))


def switch(field: str, what: Sentence, on: object = True, off: object = False) -> Callable[[Window], None]:
    """Return a run that shows something of the picture, or hides it."""

    def run(window: Window) -> None:
        shown = bool(getattr(window.studio.session.scene.look, field))
        text = Sentence("Hide {part}" if shown else "Show {part}", part=what)
        look(window, text, **{field: off if shown else on})

    return run


def pick(
    text: Sentence, field: str, values: Iterable[Any], name: Callable[[Any], str]
) -> Callable[[Window], list[Choice]]:
    """Return the choices of a submenu that gives a field of the look one of some values."""

    def choose(window: Window, value: Any) -> Callable[[], None]:
        return lambda: look(window, text, **{field: value})

    def choices(window: Window) -> list[Choice]:
        now = getattr(window.studio.session.scene.look, field)
        return [Choice(name(value), choose(window, value), value == now) for value in sorted({*values, now})]

    return choices


def glows(window: Window) -> bool:
    """Whether bodies are painted as light that adds up."""
    return style_of(window.studio.session.scene.look).adds_light


def toggle_glow(window: Window) -> None:
    """Paint the first style that adds up light, or the first that does not."""
    wanted = not glows(window)
    style = next(style for style in styles().values() if style.adds_light == wanted)
    look(window, Sentence(style.title), style=style.name)


def style_choices(window: Window) -> list[Choice]:
    """Return how bodies can be painted."""
    now = window.studio.session.scene.look.style

    def choose(style: Style) -> Choice:
        return Choice(tr(style.title), lambda: look(window, Sentence(style.title), style=style.name), now == style.name)

    return [choose(style) for style in styles().values()]


def color_choices(window: Window) -> list[Choice]:
    """Return what the bodies can be coloured by."""
    now = window.studio.session.scene.look.color_by

    def choose(name: str, title: Sentence) -> Callable[[], None]:
        return lambda: look(window, Sentence("Colour by {attribute}", attribute=title), color_by=name)

    own = Choice(tr("Own Colours"), lambda: look(window, Sentence("Own colours"), color_by=""), now == "")
    ordered = sorted(attributes().values(), key=lambda attribute: attribute.order)
    titles = {each.name: Sentence(each.title) for each in ordered}
    return [own, *(Choice(tr(title), choose(name, title), now == name) for name, title in titles.items())]


def background_choices(window: Window) -> list[Choice]:
    """Return what can lie behind the bodies, and each colour of what has one."""
    now = vars(window.studio.session.scene.look)

    def choose(name: str, **changes: Any) -> Choice:
        chosen = all(now[field] == value for field, value in changes.items())
        return Choice(tr(name), lambda: look(window, Sentence("Background"), **changes), chosen)

    choices = []
    for each in backgrounds().values():
        colors = [choose(name, background=each.name, plain=color) for name, color in each.colors]
        choices += colors or [choose(each.title, background=each.name)]
    return choices


color_by = Command[Window](
    name="color-by",
    text="Colour By",
    menu="Look",
    order=30,
    tip="Colour the bodies by what they do",
    choices=color_choices,
)

velocities = Command[Window](
    name="velocities",
    text="Velocities",
    menu="Look",
    order=31,
    tip="Draw arrows of the selected bodies, or of all, that say how fast they are",
    icon="arrow",
    checked=shows("velocities"),
    run=switch("velocities", Sentence("velocities")),
)

accelerations = Command[Window](
    name="accelerations",
    text="Accelerations",
    menu="Look",
    order=32,
    tip="Draw arrows that say how all forces together drive the bodies",
    checked=shows("accelerations"),
    run=switch("accelerations", Sentence("accelerations")),
)

centre = Command[Window](
    name="centre-of-mass",
    text="Centre of Mass",
    menu="Look",
    order=33,
    tip="Mark the centre of all mass, and its way where trails are drawn",
    icon="centre",
    checked=shows("centre"),
    run=switch("centre", Sentence("the centre of mass")),
)

style = Command[Window](
    name="style",
    text="Style",
    menu="Look",
    order=39,
    tip="How bodies are painted",
    choices=style_choices,
)

glow = Command[Window](
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

size = Command[Window](
    name="body-size",
    text="Body Size",
    menu="Look",
    order=41,
    tip="How large bodies are painted",
    choices=pick(Sentence("Body size"), "size", SIZES, lambda size: figures(f"{100 * size:g} %")),
)

halo = Command[Window](
    name="halo",
    text="Halo",
    menu="Look",
    order=42,
    tip="How much light the lens spreads in a glowing picture",
    choices=pick(Sentence("Halo"), "halo", HALOS, lambda halo: figures(f"{100 * halo:g} %")),
)

exposure = Command[Window](
    name="exposure",
    text="Exposure",
    menu="Look",
    order=43,
    tip="How bright a glowing picture is",
    choices=pick(Sentence("Exposure"), "exposure", LIGHTS, lambda light: figures(f"× {light:g}")),
)

background = Command[Window](
    name="background",
    text="Background",
    menu="Look",
    order=50,
    tip="What lies behind the bodies",
    choices=background_choices,
)

links = Command[Window](
    name="links",
    text="Links",
    menu="Look",
    order=51,
    tip="Draw springs and rods",
    icon="links",
    on_strip=True,
    checked=shows("links"),
    run=switch("links", Sentence("links")),
)

grid = Command[Window](
    name="grid",
    text="Grid",
    menu="Look",
    order=52,
    tip="Draw the floor",
    icon="grid",
    on_strip=True,
    checked=shows("grid"),
    run=switch("grid", Sentence("grid")),
)

axes = Command[Window](
    name="axes",
    text="Axes",
    menu="Look",
    order=53,
    tip="Draw the axes of the scene",
    icon="axes",
    on_strip=True,
    checked=shows("axes"),
    run=switch("axes", Sentence("axes")),
)
