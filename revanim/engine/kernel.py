"""How a function becomes machine code: one decorator, explicit types, compiled on first use."""

import builtins
import importlib
import os
from collections.abc import Callable
from functools import cache, cached_property
from typing import Any

# Stand-ins for names that a kernel takes from numba: they are exchanged when it is compiled.
prange = builtins.range
List = builtins.list

Signature = str | Callable[[], Any]


class Kernel:
    """A function that numba compiles, or loads from its disk cache, when it is first needed.

    Importing a force must cost nothing, so neither does declaring its kernels: numba itself is imported late.
    """

    def __init__(self, function: Callable[..., Any], signature: Signature, parallel: bool) -> None:
        self.function = function
        self.signature = signature
        self.parallel = parallel
        self.__doc__ = function.__doc__

    @cached_property
    def compiled(self) -> Any:
        """The numba dispatcher, with its one signature ready to run."""
        import numba

        if self.parallel:
            threads()  # before numba decides for itself
        self._resolve_names()
        signature = self.signature if isinstance(self.signature, str) else self.signature()
        # error_model="numpy" leaves out the branch on division by zero, so that loops vectorise. Never fastmath:
        # the bits would depend on the machine.
        compile_ = numba.njit(signature, cache=True, nogil=True, error_model="numpy", parallel=self.parallel)
        return compile_(self.function)

    def _resolve_names(self) -> None:
        """Put what the function means by its names where numba will look: its own file's globals."""
        import numba
        from numba.typed import List as TypedList

        names = self.function.__globals__
        for name in self.function.__code__.co_names:
            value = names.get(name)
            if isinstance(value, Kernel):
                names[name] = value.compiled
            elif value is prange:
                names[name] = numba.prange
            elif value is List:
                names[name] = TypedList

    def __call__(self, *arguments: Any) -> Any:
        return self.compiled(*arguments)


def kernel(signature: Signature, *, parallel: bool = False) -> Callable[[Callable[..., Any]], Kernel]:
    """Declare a function as a kernel with one explicit numba signature."""
    return lambda function: Kernel(function, signature, parallel)


@cache
def threads() -> int:
    """Return how many threads a kernel may use.

    It is 1 where numba has only its `workqueue` layer: that one aborts the process when two threads enter it at once,
    as a scrub and a solve do.
    """
    import numba

    # A thread that waits must sleep, not spin: beside other work on the same cores, spinning took 20 times as long.
    os.environ.setdefault("OMP_WAIT_POLICY", "passive")
    for layer in ("omp", "tbb"):
        try:
            importlib.import_module(f"numba.np.ufunc.{layer}pool")
        except ImportError:
            continue
        numba.config.THREADING_LAYER = layer
        return min(int(numba.config.NUMBA_NUM_THREADS), os.cpu_count() or 1)
    return 1
