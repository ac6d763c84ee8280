"""How a function becomes machine code: one decorator, explicit types, compiled on first use."""

import builtins
import importlib
import os
import re
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import cache, cached_property
from pathlib import Path
from threading import RLock
from types import FunctionType
from typing import Any

from revanim.engine.code import locators, precompiled
from revanim.engine.code.absent import without
from revanim.engine.code.dropped import is_dropped, is_dropped_in_numba
from revanim.engine.code.source import Function, digest, fingerprint, globals_of, text_of
from revanim.engine.code.stack import room, room_in_numba
from revanim.error import RevanimError

# Stand-ins for names that a kernel takes from numba: they are exchanged when it is compiled.
prange = builtins.range
List = builtins.list

COLORS = re.compile(r"\x1b\[[0-9;]*m")  # in which numba writes for a terminal
Signature = str | Callable[[], Any]

listeners: list[Callable[[str], object]] = []  # hear of each kernel that had to be compiled, in which file it stands

_one_at_a_time = RLock()  # several threads ask for the same kernels when a window opens
_importing = RLock()


class Kernel:
    """A function that numba compiles, or loads from its disk cache, when it is first needed.

    Importing a force must cost nothing, so neither does declaring its kernels: numba itself is imported late.
    """

    def __init__(self, function: Function, signature: Signature, parallel: bool, inline: bool = False) -> None:
        self.function = function
        self.signature = signature
        self.parallel = parallel
        self.inline = inline
        self.__doc__ = function.__doc__

    @cached_property
    def compiled(self) -> Any:
        """The numba dispatcher, with its one signature ready to run."""
        with _one_at_a_time:
            # `cached_property` knows no lock: whoever waited here finds what another thread has made.
            return self.__dict__.get("compiled") or self._compile()

    @cached_property
    def source(self) -> str:
        """A digest of all that the machine code is made from: this function and the kernels it calls, however far away.

        It is that of the code that was imported, also where somebody has changed the file since.
        """
        code, values = fingerprint(self.function.__code__), globals_of(self.function).values()
        named = [value.source if isinstance(value, Kernel) else text_of(value) for value in values]
        return digest(code, named, str(self._types()), self._options())

    def _types(self) -> Any:
        return self.signature if isinstance(self.signature, str) else self.signature()

    def _options(self) -> dict[str, Any]:
        # error_model="numpy" leaves out the branch on division by zero, so that loops vectorise. Never fastmath:
        # the bits would depend on the machine.
        options = {"nogil": True, "error_model": "numpy", "parallel": self.parallel}
        return options | {"inline": "always"} if self.inline else options

    def _compile(self) -> Any:
        compiler()  # before the signature names types of numba
        if self.parallel:
            threads()  # before numba decides for itself
        function, again = self._for_numba(), True
        while again:
            try:
                return self._compiled(function, cache=True)
            except Exception:  # a cache that a power cut has cut off, or a full disk, fails in many ways
                again = _forget_cache(function)
        try:
            return self._compiled(function, cache=False)
        except Exception as error:
            name, why = f"{self.function.__module__}.{self.function.__qualname__}", shortest(error)
            raise RevanimError(
                "{name} cannot be compiled, so nothing moves that needs it: {why}", name=name, why=why
            ) from error

    def _for_numba(self) -> Function:
        """Return the same function with the names that it uses put in terms of numba."""
        old = self.function
        names = old.__globals__ | {name: in_numba(value) for name, value in globals_of(old).items()}
        new = FunctionType(precompiled.code_to_compile(old), names, None, old.__defaults__, old.__closure__)
        return locators.stamped(new, self.source)

    def _compiled(self, function: Function, cache: bool) -> Any:
        compiled = compiler().njit(self._types(), cache=cache, **self._options())(function)
        if compiled.stats.cache_misses:
            if cache:
                locators.seal(function, Path(compiled.stats.cache_path))
            for listener in listeners:
                listener(self.function.__module__.rpartition(".")[2])
        return compiled

    def __call__(self, *arguments: Any) -> Any:
        return self.compiled(*arguments)


def kernel(signature: Signature, *, parallel: bool = False, inline: bool = False) -> Callable[[Function], Kernel]:
    """Declare a function as a kernel with one explicit numba signature; `inline`: it becomes a part of who calls it."""
    return lambda function: Kernel(function, signature, parallel, inline)


def kernel_from(
    template: Function, signature: Signature, home: Kernel, *, parallel: bool = False, **names: Kernel | int
) -> Kernel:
    """Return a kernel made from a function that leaves open what some of its names mean.

    numba keeps machine code under the file, the line and the name of a function, so that two kernels made from one
    function would be taken for each other: each gets the file and the line of a kernel at `home`. Functions that take
    other kernels as arguments or are made around them would not be found in the disk cache again.
    """
    place = home.function.__code__
    code = template.__code__.replace(co_filename=place.co_filename, co_firstlineno=place.co_firstlineno)
    meant = template.__globals__ | {"__name__": home.function.__module__} | names
    return kernel(signature, parallel=parallel)(FunctionType(code, meant))


def in_numba(value: object) -> Any:
    """Return what stands in numba for a value that a kernel names."""
    if isinstance(value, Kernel):
        return value.compiled
    if value is prange:
        return compiler().prange
    if value is is_dropped:
        return is_dropped_in_numba()
    if value is room:
        return room_in_numba()
    if value is List:
        from numba.typed import List as TypedList

        return TypedList
    return value


def _forget_cache(function: Function) -> bool:
    """Give up what the disk cache holds of a function, and return whether there is another place to ask."""
    with suppress(OSError, RuntimeError):  # numba finds no place for a cache, or nothing can be deleted there
        folder = Path(compiler().njit(cache=True)(function).stats.cache_path)
        return locators.forget(function, folder)
    return False


def shortest(error: Exception) -> str:
    """Return what is wrong in one line: numba's begin with where in the compiler it happened."""
    plain = COLORS.sub("", str(error))
    lines = [line.strip() for line in plain.splitlines() if line.strip()] or [type(error).__name__]
    return lines[min(1, len(lines) - 1)]


@cache
def compiler() -> Any:
    """Return numba, which is imported nowhere else, since it must be told where machine code lies before it compiles.

    Where a program has imported numba before, the places of its caches and its choice of processor stand.

    numba gets on without scipy, and no kernel here calls BLAS; yet numba loads `scipy.linalg` to see whether it could,
    which takes a third of the time until a first kernel is ready. A kernel that does call BLAS finds scipy.
    """
    with _importing, without("scipy"):
        taken = "numba" in sys.modules
        import numba
        from numba.core.registry import cpu_target

        numba.config.DISABLE_JIT = (
            0  # whoever looks for a fault in another function of theirs: lists of kernels need code
        )
        locators.settle(numba.config, first=not taken)
        cpu_target.target_context.refresh()  # as it is before any kernel is loaded
        return numba


@cache
def threads() -> int:
    """Return how many threads a kernel may use.

    It is 1 where numba has only its `workqueue` layer: that one aborts the process when two threads enter it at once,
    as a scrub and a solve do.
    """
    # A thread that waits must sleep, not spin: beside other work on the same cores, spinning took 20 times as long.
    os.environ.setdefault("OMP_WAIT_POLICY", "passive")
    config = compiler().config  # before anything of numba is loaded, or its caches are not settled
    for layer in ("omp", "tbb"):
        try:
            importlib.import_module(f"numba.np.ufunc.{layer}pool")
        except ImportError:
            continue
        config.THREADING_LAYER = layer
        return min(int(config.NUMBA_NUM_THREADS), os.cpu_count() or 1)
    return 1


def use_threads(count: int) -> None:
    """Let the kernels that this thread calls run on so many threads."""
    compiler().set_num_threads(count)
