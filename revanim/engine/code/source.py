"""What machine code is made from, as digests: they tell whether code that was kept still fits its source."""

import dis
import hashlib
from collections.abc import Callable, Iterator
from types import CodeType
from typing import Any

Function = Callable[..., Any]


def globals_of(function: Function) -> dict[str, object]:
    """Return what a function means by the names of its file that it uses; not by attributes, which may be called so."""
    steps = (step for code in codes_in(function.__code__) for step in dis.get_instructions(code))
    names = sorted({step.argval for step in steps if step.opname == "LOAD_GLOBAL"})
    return {name: function.__globals__[name] for name in names if name in function.__globals__}


def codes_in(code: CodeType) -> Iterator[CodeType]:
    """Yield a code object and those of the functions inside it."""
    yield code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from codes_in(constant)


def fingerprint(code: CodeType) -> str:
    """Return a digest of what a code object does, which neither its path nor its comments change."""
    constants = [text_of(each) for each in code.co_consts]
    return digest(code.co_name, code.co_firstlineno, code.co_code, code.co_names, code.co_varnames, constants)


def digest(*facts: object) -> str:
    """Return a digest of facts whose `repr` says all there is to them."""
    return hashlib.sha256(repr(facts).encode()).hexdigest()


def text_of(value: object) -> str:
    """Return a value in words that are the same in every process.

    Numbers and tables become part of machine code, so every bit of them counts; of everything else, the name.
    """
    if isinstance(value, bool | int | float | complex | str | bytes | None):
        return repr(value)
    if isinstance(value, CodeType):
        return fingerprint(value)
    if isinstance(value, tuple):
        return repr([text_of(each) for each in value])
    if isinstance(value, frozenset):  # it has no order of its own
        return repr(sorted(text_of(each) for each in value))
    if hasattr(value, "tobytes"):  # of numpy
        return digest(str(value.dtype), value.shape, value.tobytes())  # type: ignore[attr-defined]
    name = getattr(value, "__qualname__", None) or getattr(value, "__name__", type(value).__qualname__)
    return f"{getattr(value, '__module__', '')}.{name}"
