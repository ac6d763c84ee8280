"""Every scheme is what it says: a palindrome of the order it declares, that shares the force it can share."""

import math
from itertools import pairwise

import numpy as np
import pytest

import revanim as ra
from revanim.engine.binding.bind import bind
from revanim.engine.code.kernel import kernel
from revanim.engine.force import APPLY, ENERGY, PULL, ForceKernels, ForceKind
from revanim.engine.grid import Counts, fit_grid
from revanim.engine.parameter import Floats, Parameter
from revanim.engine.playhead import Playhead
from revanim.engine.scheme import Scheme, composition, splitting
from revanim.engine.system import Item

ECCENTRICITY = 0.5
PERIOD = 2 * math.pi


def test_a_scheme_reads_the_same_backward(scheme: Scheme) -> None:
    assert scheme.stages == scheme.stages[::-1]


def test_drifts_and_kicks_take_turns(scheme: Scheme) -> None:
    assert all(one != other for (one, _), (other, _) in pairwise(scheme.stages))


@pytest.mark.parametrize("kind", ["drift", "kick"])
def test_the_parts_of_a_step_add_up_to_one(scheme: Scheme, kind: str) -> None:
    assert math.fsum(part for stage, part in scheme.stages if stage == kind) == pytest.approx(1.0, rel=0, abs=2e-15)


def test_a_scheme_names_its_source(scheme: Scheme) -> None:
    assert any(map(str.isdigit, scheme.source))


def miss(scheme: str, steps: int) -> float:
    """Return by how much a body misses its start after one orbit in so many steps."""
    start = [[1 - ECCENTRICITY, 0, 0]]
    speed = [[0, math.sqrt((1 + ECCENTRICITY) / (1 - ECCENTRICITY)), 0]]
    attractor = ra.force("attractor", strength=1.0, softening=0.0)
    timing = {"fps": 1 / PERIOD, "steps_per_frame": steps, "scheme": scheme}
    playhead = ra.Playhead(ra.make_scene(start, speed, 1.0, forces=[attractor], **timing))
    playhead.seek(playhead.frame + 1)
    return float(np.abs(playhead.position - start).max())


def test_the_error_falls_as_the_order_says(scheme: Scheme) -> None:
    steps = [int(20 * 2 ** (k / 2)) for k in range(20)]
    errors = [(count, error) for count in steps if 1e-11 < (error := miss(scheme.name, count)) < 1e-3][-4:]
    assert len(errors) == 4
    slope, _ = np.polyfit(*np.log(errors).T, 1)
    assert -slope == pytest.approx(scheme.order, abs=0.35)


@kernel(APPLY)
def count_apply(x: Floats, m: Floats, theta: Floats, slot: Counts, who: Counts, f: int, wide: bool, a: Floats) -> None:
    theta[slot[f, 1, 0]] += 1.0
    for i in range(m.size):
        a[0, i] -= x[0, i]


@kernel(PULL)
def count_pull(
    x: Floats, m: Floats, theta: Floats, slot: Counts, who: Counts, f: int, wide: bool,
    w: Floats, a: Floats, gx: Floats, gm: Floats, gtheta: Floats,
) -> None:  # fmt: skip
    for i in range(m.size):
        a[0, i] -= x[0, i]
        gx[0, i] -= w[0, i]


@kernel(ENERGY)
def count_energy(x: Floats, m: Floats, theta: Floats, slot: Counts, who: Counts, f: int, wide: bool) -> float:
    return 0.5 * float((m * x[0] * x[0]).sum())


counter = ForceKind(
    name="counter",
    help="A spring to the plane x = 0 that counts how often it is asked.",
    parameters=(Parameter("count", 0.0, "", 0.0, 1e9, "How often it was asked."),),
    kernels=ForceKernels(count_apply, count_pull, count_energy, rows={"count": 1}),
)


@pytest.mark.parametrize("way", [1, -1])
@pytest.mark.parametrize("steps_per_frame", [1, 8])
def test_a_kick_that_ends_a_step_shares_its_force_with_the_next(scheme: Scheme, steps_per_frame: int, way: int) -> None:
    item = Item(counter, {"count": np.zeros(())}, np.arange(2))
    driven = {"seconds": 1 / 64, "steps_per_frame": steps_per_frame}
    system = bind(fit_grid(1.0, 24), np.ones(2), np.zeros(2, bool), scheme, [item], **driven)
    state = np.zeros((6, 2), np.int64)
    state[0] = 2**50
    Playhead(system, state, 1).step(way * 100)
    first = scheme.stages[0][0] == "kick"  # the very first kick has nobody to share with
    assert system.theta[0] == 100 * scheme.evaluations + first


def test_a_splitting_is_written_by_its_first_half() -> None:
    assert splitting("drift", [0.5], [1.0]) == (("drift", 0.5), ("kick", 1.0), ("drift", 0.5))
    assert splitting("kick", [1.0], [0.5]) == (("kick", 0.5), ("drift", 1.0), ("kick", 0.5))


def test_a_composition_joins_the_drifts_of_neighbours() -> None:
    parts = composition([0.25, 0.5])
    assert parts == (
        ("drift", 0.125), ("kick", 0.25), ("drift", 0.375), ("kick", 0.5),
        ("drift", 0.375), ("kick", 0.25), ("drift", 0.125),
    )  # fmt: skip
