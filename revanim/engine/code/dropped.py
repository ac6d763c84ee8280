"""How a kernel in the midst of its work sees that nobody waits for it any more."""

from functools import cache
from typing import Any

from revanim.engine.grid import Counts


def is_dropped(who: Counts) -> bool:
    """Tell whether the last number of `who` (force.py) is not 0; in a kernel it is read anew at every call."""
    return bool(who[-1] != 0)


@cache
def is_dropped_in_numba() -> Any:
    """Return what stands in numba for `is_dropped`.

    A plain read would be taken out of a loop that writes nothing there itself; an atomic one is not.
    """
    from numba.core import types
    from numba.extending import intrinsic

    @intrinsic  # type: ignore[untyped-decorator]
    def read(typing_context: Any, who: Any) -> Any:
        def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
            array = context.make_array(who)(context, builder, arguments[0])
            last = builder.sub(array.nitems, array.nitems.type(1))
            value = builder.load_atomic(builder.gep(array.data, [last]), "monotonic", 8)
            return builder.icmp_signed("!=", value, value.type(0))

        return types.boolean(who), generate

    return read
