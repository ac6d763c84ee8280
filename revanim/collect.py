"""What a folder declares: every file in it ends in one item, and the listing is the menu."""

import importlib
import os
import pkgutil
from collections.abc import Mapping
from functools import cache
from importlib.metadata import entry_points
from itertools import pairwise
from typing import Protocol, TypeGuard, TypeVar

from revanim.error import RevanimError
from revanim.sentence import Sentence

SAFE_MODE = "REVANIM_SAFE_MODE"  # in the environment, so that processes of a farm are as safe


class Named(Protocol):
    """Anything that a folder can declare."""

    @property
    def name(self) -> str: ...


T = TypeVar("T", bound=Named)


@cache
def collect(package: str, kind: type[T], role: str | None = None) -> dict[str, T]:
    """Return the items of `kind` declared in the modules of `package`, by name in alphabetical order.

    Where items of one kind play different roles, those of one role are meant. Packages of third parties add theirs
    through the entry point group `revanim.items`.
    `pkgutil` asks the loader, so this also works inside a frozen bundle.
    """
    folder = importlib.import_module(package)
    modules = [importlib.import_module(f"{package}.{found.name}") for found in pkgutil.iter_modules(folder.__path__)]
    items = sorted(
        (item for module in modules for item in vars(module).values() if _belongs(item, kind, role)),
        key=lambda item: item.name,
    )
    for one, other in pairwise(items):
        if one.name == other.name and one is not other:
            raise RevanimError(
                "Two items of {package} are called {name!r}; every name may be given once.",
                package=package,
                name=one.name,
            )
    found = {item.name: item for item in items}
    for item in plugged_in():
        if not _belongs(item, kind, role):
            continue
        if found.setdefault(item.name, item) is not item:
            fault = "An installed package brings another {name}, which is left out: there is one already."
            _faults.append(Sentence(fault, name=item.name))
    return dict(sorted(found.items()))


def _belongs(item: object, kind: type[T], role: str | None) -> TypeGuard[T]:
    return isinstance(item, kind) and (role is None or getattr(item, "role", None) == role)


_faults: list[Sentence] = []


def faults() -> tuple[Sentence, ...]:
    """Return what was wrong with installed packages, each in one sentence."""
    return tuple(_faults)


@cache
def plugged_in() -> tuple[object, ...]:
    """Return the items that installed third-party packages declare; one that cannot be loaded is left out."""
    items: list[object] = []
    for point in () if in_safe_mode() else entry_points(group="revanim.items"):
        try:
            items.append(point.load())
        except Exception as error:  # it is somebody else's code that runs here
            why = f"{type(error).__name__}: {error}"
            fault = "{name} of an installed package cannot be loaded and is left out ({why})."
            _faults.append(Sentence(fault, name=point.name, why=why))
    return tuple(items)


def in_safe_mode() -> bool:
    """Tell whether everything that was added or chosen is left aside, to find out whether that is what is wrong."""
    return bool(os.environ.get(SAFE_MODE))


def choose(items: Mapping[str, T], name: str, what: Sentence) -> T:
    """Return the item called `name`, or refuse and list the names there are."""
    if not isinstance(name, str) or name not in items:
        raise RevanimError(
            "There is no {what} called {name!r}; there are {names}.",
            what=what,
            name=name,
            names=", ".join(items) or Sentence("none"),
        )
    return items[name]
