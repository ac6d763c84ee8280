"""Machine code that comes with the program, so that its first start compiles nothing.

An installed program carries numba's cache of every kernel in `resources/kernels`, for each class of processors. What is
missing there, or has lost a bit, is compiled once and kept in the user's cache folder. Folders are named after all that
the code is made from, so versions do not fight. A checkout carries none: there numba keeps code where it always does.
"""

import os
import platform
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import CodeType

from revanim.engine.code import user_cache
from revanim.engine.code.source import Function
from revanim.resources import resource

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


def processors() -> tuple[Processor, ...]:
    """Return the classes that machine code is made for on this family of processors, the best first."""
    return FAMILIES.get(platform.machine(), (GENERIC,))


def make_for(processor: Processor, folder: Path) -> None:
    """Let this process, which has compiled nothing yet, put its machine code in a folder to be shipped."""
    global _making
    _making = processor, folder


def folder_to_ship() -> Path | None:
    """Return the folder in which this process puts its machine code, to be shipped."""
    return _making[1].joinpath(*folder_names(_making[0])) if _making else None


def environment_decides() -> bool:
    """Tell whether the environment says where machine code lies, or for which processors that none was made for."""
    return any(name in os.environ for name in ORDERS) or (CLASS in os.environ and not chosen_processor())


@cache
def chosen_processor() -> Processor | None:
    """Return the best class that this processor belongs to and machine code has come for; None where none has."""
    from llvmlite.binding import get_host_cpu_features

    if _making:
        return _making[0]
    there = (each for each in processors() if shipped_folder(each).is_dir())
    if CLASS in os.environ:
        return next((each for each in there if each.name == os.environ[CLASS]), None)
    host = get_host_cpu_features()
    return next((each for each in there if each.includes(host)), None)


def ever_compiled() -> bool:
    """Tell whether machine code of any version lies where it is kept; it takes no numba, which is slow to load."""
    places = [resource("kernels"), Path(__file__).parent / "__pycache__"]
    with suppress(RuntimeError):  # there may be no home at all
        places.append(user_cache.caches() / "revanim" / "kernels")
    return any(next(place.rglob("*.nbi"), None) for place in places)


def shipped_folder(processor: Processor) -> Path:
    """Return where machine code for a class of processors lies, if it has come with the program."""
    return resource("kernels").joinpath(*folder_names(processor))


def folder_names(processor: Processor | None) -> tuple[str, str]:
    """Return the names of the folders in which machine code of this numba lies, for these processors or just this."""
    import numba

    return f"numba-{numba.__version__}", processor.name if processor else "this"


def code_to_compile(function: Function) -> CodeType:
    """Return the code to compile; machine code that is shipped does not tell in which folder it was made."""
    code = function.__code__
    if not _making:
        return code
    from numba.core.annotations.type_annotations import TypeAnnotation

    TypeAnnotation.__str__ = lambda annotation: ""  # notes for who debugs numba; they name the folder of numpy
    return code.replace(co_filename="/".join([*function.__module__.split(".")[:-1], Path(code.co_filename).name]))
