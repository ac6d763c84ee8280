"""Whatever a scene may need is compiled before somebody waits for it, and comes with the program."""

from collections import Counter

import pytest

from revanim.cli.verbs.prepare import all_kernels, called_by
from revanim.engine.code.kernel import Kernel
from revanim.engine.force import force_kinds
from revanim.engine.kind import AnyKind
from revanim.engine.move import move_kinds

KINDS: list[AnyKind] = [*force_kinds().values(), *move_kinds().values()]


@pytest.fixture(scope="module")
def prepared() -> set[int]:
    """Return who is prepared."""
    return set(map(id, all_kernels()))


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_what_a_force_or_move_is_made_of_is_prepared(kind: AnyKind, prepared: set[int]) -> None:
    made_of = [kind.kernels, getattr(kind.kernels, "push", None)]
    kernels = [each for part in made_of if part for each in vars(part).values() if isinstance(each, Kernel)]
    assert kernels
    assert {id(each) for each in kernels} <= prepared


def test_nothing_is_prepared_twice() -> None:
    kernels = list(all_kernels())
    assert len(kernels) == len(set(map(id, kernels)))


def test_no_two_kernels_take_the_place_of_each_other_on_disk() -> None:
    codes = [kernel.function.__code__ for kernel in all_kernels()]
    places = Counter((code.co_filename, code.co_firstlineno, code.co_qualname) for code in codes)
    assert not [place for place, count in places.items() if count > 1]


def test_a_kernel_is_prepared_after_those_that_it_calls() -> None:
    done: set[int] = set()
    for each in all_kernels():
        assert {id(called) for called in called_by(each)} <= done
        done.add(id(each))
