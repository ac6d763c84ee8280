"""Forces, moves and their pulls as lists of function pointers.

One loop that calls its forces through such a list serves every scene: nothing is compiled when a force is added.
numba would compile the methods of a typed list in every session (0.7 s), so cached kernels make and extend the lists.
Each list ends in a function that does nothing, since a typed list cannot start empty without being told its type.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any

from revanim.engine.code.kernel import Kernel, List, kernel
from revanim.engine.force import APPLY, PULL, no_force, no_pull
from revanim.engine.grid import Counts
from revanim.engine.move import MOVE, MOVE_PULL
from revanim.engine.parameter import Floats
from revanim.engine.tape import Words
from revanim.error import RevanimError


def function_type(signature: str) -> Any:
    """Return numba's type for a pointer to a compiled function of this signature."""
    from numba.core import types
    from numba.core.sigutils import normalize_signature

    arguments, returned = normalize_signature(signature)
    return types.FunctionType(returned(*arguments))


def list_type(signature: str) -> Any:
    """Return numba's type for a list of such pointers."""
    from numba.core import types

    return types.ListType(function_type(signature))


def adding(signature: str) -> Any:
    """Return the numba signature of a function that puts one more pointer into a list."""
    from numba.core import types

    return types.void(list_type(signature), function_type(signature))


@kernel(lambda: list_type(APPLY)(function_type(APPLY)))
def start_forces(force: Any) -> Any:
    """Return a list of one force."""
    forces = List()
    forces.append(force)
    return forces


@kernel(lambda: adding(APPLY))
def add_force(forces: Any, force: Any) -> None:
    """Put a force in front."""
    forces.insert(0, force)


@kernel(lambda: list_type(PULL)(function_type(PULL)))
def start_pulls(pull: Any) -> Any:
    """Return a list of one pull."""
    pulls = List()
    pulls.append(pull)
    return pulls


@kernel(lambda: adding(PULL))
def add_pull(pulls: Any, pull: Any) -> None:
    """Put a pull in front."""
    pulls.insert(0, pull)


@kernel(MOVE)
def no_move(
    state: Counts, words: Words, a: Floats, m: Floats, free: Floats, theta: Floats, slot: Counts, who: Counts,
    f: int, lane: int, units: Floats, h: float, tick: int, way: int,
) -> int:  # fmt: skip
    """Do nothing."""
    return -1


@kernel(lambda: list_type(MOVE)(function_type(MOVE)))
def start_moves(move: Any) -> Any:
    """Return a list of one move."""
    moves = List()
    moves.append(move)
    return moves


@kernel(lambda: adding(MOVE))
def add_move(moves: Any, move: Any) -> None:
    """Put a move in front."""
    moves.insert(0, move)


@kernel(MOVE_PULL)
def no_move_pull(
    state: Counts, words: Words, a: Floats, m: Floats, free: Floats, theta: Floats, slot: Counts, who: Counts,
    f: int, lane: int, units: Floats, h: float, tick: int, adj: Floats, gm: Floats, gtheta: Floats,
) -> None:  # fmt: skip
    """Do nothing."""


@kernel(lambda: list_type(MOVE_PULL)(function_type(MOVE_PULL)))
def start_move_pulls(pull: Any) -> Any:
    """Return a list of one pull of a move."""
    pulls = List()
    pulls.append(pull)
    return pulls


@kernel(lambda: adding(MOVE_PULL))
def add_move_pull(pulls: Any, pull: Any) -> None:
    """Put a pull of a move in front."""
    pulls.insert(0, pull)


def force_list(kernels: Sequence[Kernel]) -> Any:
    """Return numba's list of these compiled forces."""
    return _listed(tuple(kernels), start_forces, add_force, no_force)


def pull_list(kernels: Sequence[Kernel]) -> Any:
    """Return numba's list of these compiled pulls."""
    return _listed(tuple(kernels), start_pulls, add_pull, no_pull)


def move_list(kernels: Sequence[Kernel]) -> Any:
    """Return numba's list of these compiled moves."""
    return _listed(tuple(kernels), start_moves, add_move, no_move)


def move_pull_list(kernels: Sequence[Kernel]) -> Any:
    """Return numba's list of the compiled pulls of these moves."""
    return _listed(tuple(kernels), start_move_pulls, add_move_pull, no_move_pull)


@cache
def _listed(kernels: tuple[Kernel, ...], start: Kernel, add: Kernel, nothing: Kernel) -> Any:
    """Return a list that is only read from then on, so that all who bind the same kernels may share it."""
    functions = start(nothing.compiled)
    for one in reversed(kernels):
        compiled = one.compiled
        try:
            add(functions, compiled)
        except TypeError:  # numba knows functions by their arguments
            name = f"{one.function.__module__}.{one.function.__qualname__}"
            raise RevanimError(
                "{name} takes other arguments than a kernel of its kind has to take.", name=name
            ) from None
    return functions
