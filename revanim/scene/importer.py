"""An importer is a file in `imports/`: it makes a scene of another tool's file."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from revanim.collect import choose, collect
from revanim.engine.parameter import Parameter
from revanim.error import RevanimError
from revanim.scene.check import check
from revanim.scene.parts.settings import plain_settings
from revanim.scene.passed import Passed, silent
from revanim.scene.pose import existing
from revanim.scene.scene import Scene
from revanim.sentence import N_, Sentence

LARGEST = 2 << 30

Read = Callable[[Path, Mapping[str, Any], Passed], Scene]


def anything(path: Path) -> bool:
    """Take whatever has the right suffix."""
    return True


@dataclass(frozen=True)
class Importer:
    """`read(path, values, passed)` makes the scene; `takes` looks whether a file is one of these at all."""

    name: str
    title: str
    help: str
    suffixes: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    read: Read
    takes: Callable[[Path], bool] = anything


@cache
def importers() -> dict[str, Importer]:
    """Return every importer by name."""
    return collect("revanim.scene.imports", Importer)


def importer_for(path: Path) -> Importer | None:
    """Return the importer that makes a scene of this file, if there is one; nothing is read from a pipe or a device."""
    for importer in importers().values():
        if path.suffix.lower() in importer.suffixes and path.is_file() and importer.takes(path):
            return importer
    return None


def importer_called_for(path: Path) -> Importer | None:
    """Return the importer of a file, and of one that none takes the one for its suffix, which says what is wrong."""
    alike = (importer for importer in importers().values() if path.suffix.lower() in importer.suffixes)
    return importer_for(path) or next(alike, None)


def import_scene(path: str | os.PathLike[str], importer: str = "", *, passed: Passed = silent, **options: Any) -> Scene:
    """Return the scene that is in a file of another tool; other arguments are parameters of the importer.

    Raises RevanimError with one sentence. `passed` hears which part is done, and may raise to end the work.
    """
    place = existing(path, N_("scene"), LARGEST)
    chosen = choose(importers(), importer, Sentence("importer")) if importer else importer_called_for(place)
    if chosen is None:
        known = sorted({suffix for one in importers().values() for suffix in one.suffixes})
        raise RevanimError(
            "{name} is no scene of another tool; those end in {endings}.", name=place.name, endings=", ".join(known)
        )
    return check(chosen.read(place, plain_settings(chosen.name, chosen.parameters, options), passed))
