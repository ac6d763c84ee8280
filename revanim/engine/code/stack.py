"""Room for numbers that costs no time to get: on the stack, and gone when the kernel that asked for it returns."""

from functools import cache
from typing import Any

import numpy as np

from revanim.engine.parameter import Floats

LINE = 64  # bytes of a line of the cache


def room(size: int) -> Floats:
    """Return room for so many numbers, a constant, that starts where a line of the cache does."""
    return np.empty(size)


@cache
def room_in_numba() -> Any:
    """Return what stands in numba for `room`."""
    from llvmlite import ir
    from numba.core import types
    from numba.extending import intrinsic
    from numba.np.arrayobj import populate_array

    @intrinsic(prefer_literal=True)  # type: ignore[untyped-decorator]
    def stand(typing_context: Any, size: Any) -> Any:
        kind = types.Array(types.float64, 1, "C")

        def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
            with builder.goto_entry_block():  # numba's own way would fill it with zeros
                place = builder.alloca(ir.ArrayType(ir.DoubleType(), size.literal_value))
            place.align = LINE
            array = context.make_array(kind)(context, builder)
            count, width = (context.get_constant(types.intp, number) for number in (size.literal_value, 8))
            data = builder.bitcast(place, array.data.type)
            populate_array(array, data=data, shape=[count], strides=[width], itemsize=width, meminfo=None)
            return array._getvalue()

        return kind(size), generate

    return stand
