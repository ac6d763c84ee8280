"""A command is something a person can do, declared once: menu, toolbar, palette and keys follow."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Generic, TypeVar

from PySide6.QtGui import QIcon

from revanim.collect import collect

W = TypeVar("W", contravariant=True)


def always(window: object) -> bool:
    """Whatever the window shows."""
    return True


@dataclass(frozen=True)
class Choice:
    """One line of a submenu; the lines are made when it opens."""

    text: str
    run: Callable[[], object]
    checked: bool | None = None
    enabled: bool = True
    tip: str = ""
    icon: QIcon | None = None


@dataclass(frozen=True)
class Command(Generic[W]):
    """Something that can be done in a window of type W; the window runs it, and knows no command by name.

    `order` places it in its menu, with a separator between the tens.
    With `choices` the command is a submenu and `run` is not used; with `checked` it is a switch.
    """

    name: str
    text: str
    menu: str
    order: int
    tip: str
    run: Callable[[W], object] = always
    shortcuts: tuple[str, ...] = ()
    icon: str = ""
    icon_on: str = ""  # instead, while it is checked
    lit: str = "playhead"  # the token of its colour then
    on_canvas: bool = False  # its keys work in the viewport and the timeline only
    in_viewport: bool = False  # its keys work in the viewport only, and there before those of any other command
    on_strip: bool = False  # it stands on the strip beside the viewport
    is_tool: bool = False  # there as one of those of which one is in the hand, not as a switch
    enabled: Callable[[W], bool] = always
    words: str = ""  # what else it is looked for by
    needs: str = ""  # why it cannot be done now, said while it is not enabled
    repeats: bool = True  # as long as its keys are held
    checked: Callable[[W], bool] | None = None
    choices: Callable[[W], Sequence[Choice]] | None = None


@cache
def commands() -> dict[str, Command[Any]]:
    """Return every command by name."""
    return collect("revanim.window.commands", Command)


def by_menu() -> dict[str, list[Command[Any]]]:
    """Return the commands of each menu in their order."""
    ordered = sorted(commands().values(), key=lambda command: command.order)
    return {menu: [command for command in ordered if command.menu == menu] for menu in MENUS}


MENUS = ("File", "Edit", "Bodies", "View", "Look", "Playback", "Timeline", "Keyframes", "Window", "Help")
