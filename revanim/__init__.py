"""revanim: physics that an animator scrubs like a flipbook. Its public names stand in `contents.py`.

They are fetched when one is first asked for, so that a window, or a line of help, is there before all rooms are loaded.

`export` and `solve` are functions here, and rooms as well: `from revanim.export.film import Film` finds what lies in
one, while `revanim.export.film` would ask the function for it.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from revanim.contents import *  # noqa: F403

for _room in ("export", "solve"):  # loaded now, a room leaves its name to the function for good
    import_module(f"revanim.{_room}")
    del globals()[_room]


def __getattr__(name: str) -> Any:
    if name != "__all__" and name.startswith("__"):
        raise AttributeError(name)
    contents = vars(import_module("revanim.contents"))  # which brings the rooms along, by their names
    if name not in contents and name not in globals():
        raise AttributeError(f"revanim has nothing called {name!r}", name=name)
    return globals().setdefault(name, contents.get(name))


def __dir__() -> list[str]:
    return sorted({*globals(), *__getattr__("__all__")})
