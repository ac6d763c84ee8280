"""Machine code that comes with the program, so that its first start compiles nothing.

An installed program carries numba's cache of every kernel in `resources/kernels`, for each class of processors. What is
missing there, or has lost a bit, is compiled once and kept in the user's cache folder. Folders are named after all that
the code depends on, so versions do not fight. A checkout carries none: there numba does what it always does.
"""

import hashlib
import importlib
import os
import platform
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import CodeType
from typing import Any

from revanim.engine.code import kept
from revanim.resources import resource

Function = Callable[..., Any]
FROZEN = bool(getattr(sys, "frozen", False))  # in a bundle, where numba's own ways lead astray
NUMBAS = ("UserProvidedCacheLocator", "InTreeCacheLocator", "UserWideCacheLocator", "IPythonCacheLocator")
ORDERS = ("NUMBA_CPU_FEATURES", "NUMBA_CACHE_LOCATOR_CLASSES")
CLASS = "NUMBA_CPU_NAME"  # may name one of the classes below, to try it


@dataclass(frozen=True)
class Processor:
    """A class of processors, in the words of LLVM."""

    name: str
    features: str = ""

    def includes(self, host: Mapping[str, bool]) -> bool:
        """Tell whether a processor with these features belongs to the class."""
        needed = [word[1:] for word in self.features.split(",") if word.startswith("+")]
        return all(host.get(feature, False) for feature in needed)


# Gravity among 1000 and 4000 bodies is as fast with v4 as when compiled for the processor itself (AMD Zen 4), a sixth
# slower with v3; v4 is no better than v3 unless it may use its full width. The bits are the same with each.
V3 = "+avx2,+fma,+bmi,+bmi2,+f16c,+lzcnt,+movbe"
V4 = f"{V3},+avx512f,+avx512bw,+avx512cd,+avx512dq,+avx512vl,-prefer-256-bit"
GENERIC = Processor("generic")
FAMILIES = dict.fromkeys(("x86_64", "AMD64"), (Processor("x86-64-v4", V4), Processor("x86-64-v3", V3), GENERIC))

_making: tuple[Processor, Path] | None = None
_damaged: set[Path] = set()  # what numba could not read though it is whole, by folder and function


def processors() -> tuple[Processor, ...]:
    """Return the classes that machine code is made for on this family of processors, the best first."""
    return FAMILIES.get(platform.machine(), (GENERIC,))


def make_for(processor: Processor, folder: Path) -> None:
    """Let this process, which has compiled nothing yet, put its machine code in a folder to be shipped."""
    global _making
    _making = processor, folder


def settle(config: Any) -> None:
    """Tell numba where machine code lies and which processors it is for, unless the environment says otherwise."""
    processor = processor_meant()
    ordered = any(name in os.environ for name in ORDERS) or (CLASS in os.environ and not processor)
    if ordered and not _making:
        return
    if processor:
        config.CPU_NAME, config.CPU_FEATURES = processor.name, processor.features
    if _making or FROZEN or resource("kernels").is_dir():
        config.CACHE_LOCATOR_CLASSES = ",".join([f"{__name__}.Locator", *(() if FROZEN else NUMBAS)])


@cache
def processor_meant() -> Processor | None:
    """Return the best class that this processor belongs to and machine code has come for; None where none has."""
    from llvmlite.binding import get_host_cpu_features

    if _making:
        return _making[0]
    there = (each for each in processors() if shipped(each).is_dir())
    if CLASS in os.environ:
        return next((each for each in there if each.name == os.environ[CLASS]), None)
    host = get_host_cpu_features()
    return next((each for each in there if each.includes(host)), None)


def ever_compiled() -> bool:
    """Tell whether machine code of any version lies where it is kept; it takes no numba, which is slow to load."""
    places = [resource("kernels"), Path(__file__).parent / "__pycache__"]
    with suppress(RuntimeError):  # there may be no home at all
        places.append(kept.caches() / "revanim" / "kernels")
    return any(next(place.rglob("*.nbi"), None) for place in places)


def shipped(processor: Processor) -> Path:
    """Return where machine code for a class of processors lies, if it has come with the program."""
    return resource("kernels").joinpath(*kind(processor))


def kind(processor: Processor | None) -> tuple[str, str]:
    """Return the names of the folders in which machine code of this numba lies, for these processors or just this."""
    import numba

    return f"numba-{numba.__version__}", processor.name if processor else "this"


def as_shipped(function: Function) -> Function:
    """Return a function to compile; machine code that is shipped does not tell in which folder it was made."""
    if _making:
        from numba.core.annotations.type_annotations import TypeAnnotation

        TypeAnnotation.__str__ = lambda annotation: ""  # notes for who debugs numba; they name the folder of numpy
        code, place = function.__code__, function.__module__.split(".")[:-1]
        function.__code__ = code.replace(co_filename="/".join([*place, Path(code.co_filename).name]))
    return function


def seal(function: Function, folder: Path) -> None:
    """Seal what numba has just written of a function, where a locator of ours will ask for the seal."""
    if folder.name.startswith(f"{function.__module__}-"):
        kept.seal(folder, name_of(function))


def forget(function: Function, folder: Path) -> bool:
    """Give up what a folder holds of a function, and return whether it can be read or made elsewhere.

    What has come with the program is left as it is, and not asked again.
    """
    if folder.is_relative_to(resource("kernels")):
        _damaged.add(folder / name_of(function))
        return True
    kept.clear(folder, name_of(function))
    return False


class Locator:
    """Where numba reads and writes the machine code of a kernel: what it asks of the classes that it calls locators."""

    def __init__(self, function: Function, folder: Path) -> None:
        self.function = function
        self.folder = folder / f"{function.__module__}-{self.get_source_stamp()}"

    @classmethod
    def from_function(cls, function: Function, file: str) -> "Locator | None":
        """Return the place for a function of revanim; None for others, and where nothing can be kept."""
        if not function.__module__.startswith("revanim."):
            return None
        if _making:
            return cls(function, _making[1].joinpath(*kind(_making[0])))
        places = [cls(function, folder) for folder in folders()]
        own = places[0] if own_folder() else None
        found = next((place for place in places if place.holds_it()), None)
        if own and not found:
            kept.clear(own.folder, name_of(function))
        elif own and found is own:
            kept.touch(own.folder)
        return found or own

    def holds_it(self) -> bool:
        """Tell whether machine code of the function lies here, whole and fit for this numba."""
        name = name_of(self.function)
        return self.folder / name not in _damaged and kept.is_whole(self.folder, name)

    def ensure_cache_path(self) -> None:
        """Make the folder."""
        self.folder.mkdir(parents=True, exist_ok=True)

    def get_cache_path(self) -> str:
        """Return the folder."""
        return str(self.folder)

    def get_source_stamp(self) -> str:
        """Return what another source would not have."""
        return stamp(self.function.__module__)

    def get_disambiguator(self) -> str:
        """Return what tells functions of one name in one file apart."""
        return str(self.function.__code__.co_firstlineno)


def name_of(function: Function) -> str:
    """Return how numba's cache calls a function, after the name of its file."""
    code, (major, minor) = function.__code__, sys.version_info[:2]
    return f"{code.co_qualname}-{code.co_firstlineno}.py{major}{minor}{getattr(sys, 'abiflags', '')}"


def folders() -> list[Path]:
    """Return where machine code may lie: what was compiled here, then what has come with the program."""
    own, processor = own_folder(), processor_meant()
    return [*([own] if own else []), *([shipped(processor)] if processor else [])]


@cache
def own_folder() -> Path | None:
    """Return the folder for what is compiled here; None where the user may not write."""
    return kept.make_folder(*kind(processor_meant()))


@cache
def stamp(module: str) -> str:
    """Return a digest of all the code of a module, wherever its file lies and whatever surrounds it."""
    loader = importlib.import_module(module).__loader__
    return fingerprint(loader.get_code(module))[:16]  # type: ignore[union-attr]


def fingerprint(code: CodeType) -> str:
    """Return a digest of what a code object does, which neither its path nor its comments change."""
    constants = [fingerprint(each) if isinstance(each, CodeType) else words(each) for each in code.co_consts]
    facts = code.co_name, code.co_firstlineno, code.co_code, code.co_names, code.co_varnames, constants
    return hashlib.sha256(repr(facts).encode()).hexdigest()


def words(constant: object) -> str:
    """Return a constant in words; a set has no order of its own."""
    return repr(sorted(map(repr, constant)) if isinstance(constant, frozenset) else constant)
