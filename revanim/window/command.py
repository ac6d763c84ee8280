"""A command is something a person can do, declared once: menu, toolbar, palette and keys follow."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from PySide6.QtGui import QIcon

from revanim.collect import collect

if TYPE_CHECKING:
    from revanim.window.window import Window


def always(window: Window) -> bool:
    """Whatever the window shows."""
    return True


@dataclass(frozen=True)
class Choice:
    """One line of a submenu that is made when it opens."""

    text: str
    run: Callable[[], object]
    checked: bool | None = None
    enabled: bool = True
    tip: str = ""
    icon: QIcon | None = None


@dataclass(frozen=True)
class Command:
    """`order` places it in its menu, where a separator parts the tens.

    With `choices` the command is a submenu and `run` is not used; with `checked` it is a switch.
    """

    name: str
    text: str
    menu: str
    order: int
    tip: str
    run: Callable[[Window], object] = always
    shortcuts: tuple[str, ...] = ()
    icon: str = ""
    icon_on: str = ""  # instead, while it is checked
    lit: str = "playhead"  # the token of its colour then
    on_canvas: bool = False  # its keys work in the viewport and the timeline only
    in_viewport: bool = False  # its keys work in the viewport only, and there before those of any other command
    on_strip: bool = False  # it stands on the strip beside the viewport
    enabled: Callable[[Window], bool] = always
    needs: str = ""  # why it cannot be done now, said while it is not enabled
    repeats: bool = True  # as long as its keys are held
    checked: Callable[[Window], bool] | None = None
    choices: Callable[[Window], Sequence[Choice]] | None = None


@cache
def commands() -> dict[str, Command]:
    """Return every command by name."""
    return collect("revanim.window.commands", Command)


def by_menu() -> dict[str, list[Command]]:
    """Return the commands of each menu in their order."""
    ordered = sorted(commands().values(), key=lambda command: command.order)
    return {menu: [command for command in ordered if command.menu == menu] for menu in MENUS}


MENUS = ("File", "Edit", "Bodies", "View", "Look", "Playback", "Timeline", "Keyframes", "Window", "Help")


def title(name: str) -> str:
    """Return a file-like name as one writes it in a menu."""
    return name.replace("_", " ").replace("-", " ").capitalize()
