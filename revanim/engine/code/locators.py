"""Where numba reads and writes the machine code of kernels: its locators, each of which names a place and a stamp.

numba stamps code with the file of its function alone, and so would keep what was made from another file's kernel after
that one has changed. Here the stamp is a digest of all that the code was made from (source.py).
"""

import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from revanim.engine.code import user_cache
from revanim.engine.code.precompiled import (
    chosen_processor,
    environment_decides,
    folder_names,
    folder_to_ship,
    shipped_folder,
)
from revanim.engine.code.source import Function
from revanim.resources import resource

FROZEN = bool(getattr(sys, "frozen", False))  # in a bundle, where numba's own ways lead astray

_damaged: set[Path] = set()  # what numba could not read though it is whole, by folder and function


def settle(config: Any, first: bool) -> None:
    """Tell numba, before it compiles, where machine code lies and which processors it is for.

    The environment may say otherwise, and so may a program that has imported numba before.
    """
    from numba.core.caching import CacheImpl

    # numba can also be told by NUMBA_CACHE_LOCATOR_CLASSES, but not by every version, nor for our functions only.
    places = CacheImpl._locator_classes
    places.insert(0, NumbaLocator)
    if first and (folder_to_ship() or not environment_decides()):
        if processor := chosen_processor():
            config.CPU_NAME, config.CPU_FEATURES = processor.name, processor.features
        if folder_to_ship() or FROZEN or resource("kernels").is_dir():
            config.CACHE_LOCATOR_CLASSES = ""
            places[:] = [RevanimLocator] if FROZEN else [RevanimLocator, *places]


def stamped(function: Function, source: str) -> Function:
    """Return a function that its places will find stamped with a digest of its source."""
    function.__dict__["source"] = source
    return function


def is_stamped(function: Function) -> bool:
    """Tell whether a function is that of a kernel."""
    return "source" in function.__dict__


def seal(function: Function, folder: Path) -> None:
    """Seal what numba has just written of a function, where a locator of ours will ask for the seal."""
    if folder.name.startswith(f"{function.__module__}-"):
        user_cache.seal(folder, name_of(function))


def forget(function: Function, folder: Path) -> bool:
    """Give up what a folder holds of a function, and return whether it can be read or made elsewhere.

    What has come with the program is left as it is, and not asked again.
    """
    if folder.is_relative_to(resource("kernels")):
        _damaged.add(folder / name_of(function))
        return True
    user_cache.clear(folder, name_of(function))
    return False


class RevanimLocator:
    """The place of a kernel in the folders of revanim; each holds the code of one version of one kernel."""

    def __init__(self, function: Function, folder: Path) -> None:
        self.function = function
        self.folder = folder / f"{function.__module__}-{self.get_source_stamp()[:16]}"

    @classmethod
    def from_function(cls, function: Function, file: str) -> "RevanimLocator | None":
        """Return the place for a kernel of revanim; None for other functions, and where nothing can be kept."""
        if not (is_stamped(function) and function.__module__.startswith("revanim.")):
            return None
        if folder := folder_to_ship():
            return cls(function, folder)
        places = [cls(function, folder) for folder in folders()]
        own = places[0] if own_folder() else None
        found = next((place for place in places if place.holds_it()), None)
        if own and not found:
            user_cache.clear(own.folder, name_of(function))
        elif own and found is own:
            user_cache.touch(own.folder)
        return found or own

    def holds_it(self) -> bool:
        """Tell whether machine code of the function lies here, whole and fit for this numba."""
        name = name_of(self.function)
        return self.folder / name not in _damaged and user_cache.is_whole(self.folder, name)

    def ensure_cache_path(self) -> None:
        """Make the folder."""
        self.folder.mkdir(parents=True, exist_ok=True)

    def get_cache_path(self) -> str:
        """Return the folder."""
        return str(self.folder)

    def get_source_stamp(self) -> str:
        """Return the digest of its source."""
        return str(self.function.__dict__["source"])

    def get_disambiguator(self) -> str:
        """Return what tells functions of one name in one file apart."""
        return str(self.function.__code__.co_firstlineno)


@dataclass(frozen=True)
class NumbaLocator:
    """The place in which numba keeps any function, with a better stamp for a kernel."""

    place: Any
    source: str

    @classmethod
    def from_function(cls, function: Function, file: str) -> "NumbaLocator | None":
        """Return the place for a kernel; None for other functions, and where numba has none."""
        if not is_stamped(function):
            return None
        from numba.core.caching import CacheImpl

        others = (each for each in CacheImpl._locator_classes if each not in (RevanimLocator, NumbaLocator))
        places = (each.from_function(function, file) for each in others)
        return next((cls(place, function.__dict__["source"]) for place in places if place), None)

    def ensure_cache_path(self) -> None:
        """Make the folder."""
        self.place.ensure_cache_path()

    def get_cache_path(self) -> str:
        """Return the folder."""
        return str(self.place.get_cache_path())

    def get_source_stamp(self) -> tuple[object, str]:
        """Return what numba asks about the file, with the digest of all of its source."""
        return self.place.get_source_stamp(), self.source

    def get_disambiguator(self) -> str:
        """Return what tells functions of one name in one file apart."""
        return str(self.place.get_disambiguator())


def name_of(function: Function) -> str:
    """Return how numba's cache calls a function, after the name of its file."""
    code, (major, minor) = function.__code__, sys.version_info[:2]
    return f"{code.co_qualname}-{code.co_firstlineno}.py{major}{minor}{getattr(sys, 'abiflags', '')}"


def folders() -> list[Path]:
    """Return where machine code may lie: what was compiled here, then what has come with the program."""
    own, processor = own_folder(), chosen_processor()
    return [*([own] if own else []), *([shipped_folder(processor)] if processor else [])]


@cache
def own_folder() -> Path | None:
    """Return the folder for what is compiled here; None where the user may not write."""
    return user_cache.make_folder(*folder_names(chosen_processor()))
