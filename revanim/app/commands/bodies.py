"""The Bodies menu: the tools, and what is done to the selected bodies at the frame that is shown."""

from collections.abc import Callable

from revanim.app import clipboard, editing, grouping
from revanim.app.command import Command
from revanim.app.viewport.source_card import toggle_card
from revanim.app.viewport.subject import SelectedBodies
from revanim.app.viewport.transform import Transform
from revanim.app.window import Window
from revanim.app.words import tr


def tool(name: str) -> Callable[[Window], object]:
    """Return a run that takes a tool into the hand, or lays it down."""
    return lambda window: window.viewport.take("select" if window.viewport.tool == name else name)


def holds(name: str) -> Callable[[Window], bool]:
    """Return whether a tool is in the hand."""
    return lambda window: window.viewport.tool == name


def something(window: Window) -> bool:
    """Whether a body is selected."""
    return bool(window.session.selection.any())


def movable(window: Window) -> bool:
    """Whether a body is selected, or a target."""
    return something(window) or bool(window.session.keys.selected)


def transform(kind: str) -> Callable[[Window], object]:
    """Return a run that lets what is selected follow the pointer."""
    return lambda window: window.viewport.transform(kind)


def cut(window: Window) -> None:
    """Copy, then delete."""
    if clipboard.copy(window.session):
        editing.remove(window.session)


def duplicate_and_move(window: Window) -> None:
    """Duplicate, and let the copies follow the pointer; both are one undo step."""
    session, step = window.session, object()
    before = session.scene, session.selection
    if editing.duplicate(session, gesture=step):
        copies = SelectedBodies(session, session.scene, gesture=step, before=before)
        window.viewport.hold(Transform(window.viewport, "move", copies, window.viewport.pointer, free=True))


def pin(window: Window) -> None:
    """Pin the selected bodies, or let them go if all are pinned."""
    session = window.session
    pinned = not session.scene.bodies.pinned[session.selection].all()
    editing.set_bodies(session, text=tr("Pin") if pinned else tr("Unpin"), pinned=pinned)


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

add_from = Command(
    name="add-bodies-from",
    text="Add Bodies From…",
    menu="Bodies",
    order=7,
    tip="Add a word, a drawing, a mesh, a ring, a chain, a cloth or a galaxy",
    shortcuts=("Shift+A",),
    icon="bodies",
    in_viewport=True,
    on_strip=True,
    run=lambda window: toggle_card(window.viewport, window.session.adding),
)

move = Command(
    name="move",
    text="Move",
    menu="Bodies",
    order=20,
    tip="Let what is selected follow the pointer; X, Y, Z lock an axis, digits give a value",
    shortcuts=("G",),
    in_viewport=True,
    enabled=movable,
    needs="Select bodies or targets first",
    run=transform("move"),
)

rotate = Command(
    name="rotate",
    text="Rotate",
    menu="Bodies",
    order=21,
    tip="Turn what is selected with the pointer; X, Y, Z lock an axis, digits give degrees",
    shortcuts=("R",),
    in_viewport=True,
    enabled=movable,
    needs="Select bodies or targets first",
    run=transform("rotate"),
)

scale = Command(
    name="scale",
    text="Scale",
    menu="Bodies",
    order=22,
    tip="Spread what is selected with the pointer; X, Y, Z lock an axis, digits give a factor",
    shortcuts=("S",),
    in_viewport=True,
    enabled=movable,
    needs="Select bodies or targets first",
    run=transform("scale"),
)

cut_bodies = Command(
    name="cut",
    text="Cut",
    menu="Edit",
    order=12,
    tip="Move the selected bodies to the clipboard",
    shortcuts=("Ctrl+X",),
    enabled=something,
    needs="Select bodies first",
    run=cut,
)

copy_bodies = Command(
    name="copy",
    text="Copy",
    menu="Edit",
    order=13,
    tip="Copy the selected bodies, as they are shown, to the clipboard",
    shortcuts=("Ctrl+C",),
    enabled=something,
    needs="Select bodies first",
    run=lambda window: clipboard.copy(window.session),
)

paste_bodies = Command(
    name="paste",
    text="Paste",
    menu="Edit",
    order=14,
    tip="Put the bodies of the clipboard into the scene",
    shortcuts=("Ctrl+V",),
    run=lambda window: clipboard.paste(window.session),
)

duplicate_bodies = Command(
    name="duplicate",
    text="Duplicate",
    menu="Edit",
    order=15,
    tip="Put copies of the selected bodies beside them, with copies of their links",
    shortcuts=("Ctrl+D",),
    enabled=something,
    needs="Select bodies first",
    run=lambda window: editing.duplicate(window.session),
)

duplicate_moving = Command(
    name="duplicate-and-move",
    text="Duplicate and Move",
    menu="Edit",
    order=16,
    tip="Let copies of the selected bodies follow the pointer",
    shortcuts=("Shift+D",),
    in_viewport=True,
    enabled=something,
    needs="Select bodies first",
    run=duplicate_and_move,
)

delete_bodies = Command(
    name="delete-bodies",
    text="Delete Bodies",
    menu="Edit",
    order=17,
    tip="Take the selected bodies out of the scene",
    shortcuts=("Del", "X"),
    in_viewport=True,
    enabled=something,
    needs="Select bodies first",
    run=lambda window: editing.remove(window.session),
)

pin_bodies = Command(
    name="pin",
    text="Pin",
    menu="Bodies",
    order=30,
    tip="Let the selected bodies stay where they are, or let them go again",
    shortcuts=("Shift+P",),
    icon="nail",
    enabled=something,
    needs="Select bodies first",
    run=pin,
)

group_bodies = Command(
    name="group",
    text="Group",
    menu="Bodies",
    order=31,
    tip="Give the selected bodies a name together",
    shortcuts=("Ctrl+G",),
    enabled=something,
    needs="Select bodies first",
    run=lambda window: grouping.group(window.session),
)

ungroup_bodies = Command(
    name="ungroup",
    text="Ungroup",
    menu="Bodies",
    order=32,
    tip="Dissolve the groups that hold a selected body",
    shortcuts=("Ctrl+Shift+G",),
    enabled=something,
    needs="Select bodies first",
    run=lambda window: grouping.ungroup(window.session),
)
