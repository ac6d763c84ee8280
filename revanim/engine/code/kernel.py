"""How a function becomes machine code: one decorator, explicit types, compiled on first use."""

import builtins
import dis
import importlib
import os
import re
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import cache, cached_property
from pathlib import Path
from threading import RLock
from typing import Any

from revanim.engine.code import precompiled
from revanim.engine.code.absent import without
from revanim.error import RevanimError

# Stand-ins for names that a kernel takes from numba: they are exchanged when it is compiled.
prange = builtins.range
List = builtins.list

COLORS = re.compile(r"\x1b\[[0-9;]*m")  # in which numba writes for a terminal
Signature = str | Callable[[], Any]
Stamp = tuple[int, int] | None  # when a file was written, and how long it is

listeners: list[Callable[[str], object]] = []  # hear of each kernel that had to be compiled, in which file it stands

_one_at_a_time = RLock()  # several threads ask for the same kernels when a window opens
_importing = RLock()


class Kernel:
    """A function that numba compiles, or loads from its disk cache, when it is first needed.

    Importing a force must cost nothing, so neither does declaring its kernels: numba itself is imported late.
    """

    def __init__(self, function: Callable[..., Any], signature: Signature, parallel: bool) -> None:
        self.function = function
        self.signature = signature
        self.parallel = parallel
        self.stamp = stamp(function)  # of the source that was read
        self.__doc__ = function.__doc__

    @cached_property
    def compiled(self) -> Any:
        """The numba dispatcher, with its one signature ready to run."""
        with _one_at_a_time:
            # `cached_property` knows no lock: whoever waited here finds what another thread has made.
            return self.__dict__.get("compiled") or self._compile()

    def _compile(self) -> Any:
        compiler()  # before the signature names types of numba
        if self.parallel:
            threads()  # before numba decides for itself
        self._resolve_names()
        signature = self.signature if isinstance(self.signature, str) else self.signature()
        again = stamp(self.function) == self.stamp
        while again:
            try:
                return self._compiled(signature, cache=True)
            except Exception:  # a cache that a power cut has cut off, or a full disk, fails in many ways
                again = self._forget_cache()
        try:
            return self._compiled(signature, cache=False)
        except Exception as error:
            name, why = f"{self.function.__module__}.{self.function.__qualname__}", shortest(error)
            raise RevanimError(
                "{name} cannot be compiled, so nothing moves that needs it: {why}", name=name, why=why
            ) from error

    def _compiled(self, signature: Any, cache: bool) -> Any:
        # error_model="numpy" leaves out the branch on division by zero, so that loops vectorise. Never fastmath:
        # the bits would depend on the machine.
        options = {"cache": cache, "nogil": True, "error_model": "numpy", "parallel": self.parallel}
        compiled = compiler().njit(signature, **options)(precompiled.as_shipped(self.function))
        if compiled.stats.cache_misses:
            if cache:
                precompiled.seal(self.function, Path(compiled.stats.cache_path))
            for listener in listeners:
                listener(self.function.__module__.rpartition(".")[2])
        return compiled

    def _forget_cache(self) -> bool:
        """Give up what the disk cache holds of this kernel, and return whether there is another place to ask."""
        with suppress(OSError, RuntimeError):  # numba finds no place for a cache, or nothing can be deleted there
            folder = Path(compiler().njit(cache=True)(self.function).stats.cache_path)
            return precompiled.forget(self.function, folder)
        return False

    def _resolve_names(self) -> None:
        """Put what the function means by its names where numba will look: its own file's globals."""
        from numba.typed import List as TypedList

        names = self.function.__globals__
        for name in global_names(self.function):
            value = names.get(name)
            if isinstance(value, Kernel):
                names[name] = value.compiled
            elif value is prange:
                names[name] = compiler().prange
            elif value is List:
                names[name] = TypedList

    def __call__(self, *arguments: Any) -> Any:
        return self.compiled(*arguments)


def kernel(signature: Signature, *, parallel: bool = False) -> Callable[[Callable[..., Any]], Kernel]:
    """Declare a function as a kernel with one explicit numba signature."""
    return lambda function: Kernel(function, signature, parallel)


def global_names(function: Callable[..., Any]) -> set[str]:
    """Return the names of its file that a function uses; not those of attributes, which may be called the same."""
    return {step.argval for step in dis.get_instructions(function) if step.opname == "LOAD_GLOBAL"}


def stamp(function: Callable[..., Any]) -> Stamp:
    """Return when the file of a function was written; None where it has none.

    Machine code is kept under the stamp that its file has when it is compiled. Where somebody has changed the file
    since it was imported, the old code would be kept for that of the new.
    """
    try:
        facts = Path(function.__code__.co_filename).stat()
    except OSError:
        return None
    return facts.st_mtime_ns, facts.st_size


def shortest(error: Exception) -> str:
    """Return what is wrong in one line: numba's begin with where in the compiler it happened."""
    plain = COLORS.sub("", str(error))
    lines = [line.strip() for line in plain.splitlines() if line.strip()] or [type(error).__name__]
    return lines[min(1, len(lines) - 1)]


@cache
def compiler() -> Any:
    """Return numba, which is imported nowhere else, since it must be told where machine code lies before it compiles.

    Where a program has imported numba before, its caches and its choice of processor stand.

    numba gets on without scipy, and no kernel here calls BLAS; yet numba loads `scipy.linalg` to see whether it could,
    which takes a third of the time until a first kernel is ready. A kernel that does call BLAS finds scipy.
    """
    with _importing, without("scipy"):
        taken = "numba" in sys.modules
        import numba
        from numba.core.registry import cpu_target

        if not taken:
            precompiled.settle(numba.config)
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
