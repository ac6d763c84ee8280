"""The Bodies menu: the tools that a hand takes to the picture."""

from collections.abc import Callable

from revanim.window.command import Command
from revanim.window.window import Window


def tool(name: str) -> Callable[[Window], object]:
    """Return a run that takes a tool into the hand, or lays it down."""
    return lambda window: window.viewport.take("select" if window.viewport.tool == name else name)


def holds(name: str) -> Callable[[Window], bool]:
    """Return whether a tool is in the hand."""
    return lambda window: window.viewport.tool == name


select_tool = Command(
    name="select-tool",
    text="Select Tool",
    menu="Bodies",
    order=0,
    tip="Click or draw a box to select",
    shortcuts=("Q",),
    icon="tool-select",
    on_strip=True,
    checked=holds("select"),
    run=lambda window: window.viewport.take("select"),
)

lasso_tool = Command(
    name="lasso-tool",
    text="Lasso Tool",
    menu="Bodies",
    order=1,
    tip="Draw around bodies to select them; Ctrl+Alt-drag does so with any tool",
    shortcuts=("Shift+Q",),
    icon="tool-lasso",
    on_strip=True,
    checked=holds("lasso"),
    run=tool("lasso"),
)

move_tool = Command(
    name="move-tool",
    text="Move Tool",
    menu="Bodies",
    order=2,
    tip="Drag what is selected along an axis",
    shortcuts=("W",),
    icon="tool-move",
    on_strip=True,
    checked=holds("move"),
    run=tool("move"),
)

rotate_tool = Command(
    name="rotate-tool",
    text="Rotate Tool",
    menu="Bodies",
    order=3,
    tip="Turn what is selected about an axis",
    shortcuts=("E",),
    icon="tool-rotate",
    on_strip=True,
    checked=holds("rotate"),
    run=tool("rotate"),
)

scale_tool = Command(
    name="scale-tool",
    text="Scale Tool",
    menu="Bodies",
    order=4,
    tip="Spread what is selected along an axis",
    shortcuts=("Shift+R",),
    icon="tool-scale",
    on_strip=True,
    checked=holds("scale"),
    run=tool("scale"),
)

throw_tool = Command(
    name="throw-tool",
    text="Throw Tool",
    menu="Bodies",
    order=5,
    tip="Drag a velocity: from a body, or by the tip of its arrow",
    shortcuts=("Y",),
    icon="tool-throw",
    on_strip=True,
    checked=holds("throw"),
    run=tool("throw"),
)

add_tool = Command(
    name="add-tool",
    text="Add Tool",
    menu="Bodies",
    order=6,
    tip="Click to add a body, drag to spray some",
    shortcuts=("B",),
    icon="tool-add",
    on_strip=True,
    checked=holds("add"),
    run=tool("add"),
)
