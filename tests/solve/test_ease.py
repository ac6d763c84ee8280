"""As physical as possible: the effort of pushes is lowered by its gradient, and the keyframes stay hit."""

from collections.abc import Sequence

import numpy as np
import pytest

import revanim as ra
from revanim.solve.sequence.ease import Ease, eased
from revanim.solve.sequence.plan import Plan

COUNT = 8
LOSSES = (
    ra.move("drag", rate=0.7, quadratic=0.3, wind=(0.5, 0.0, -0.2)), ra.move("turn", rate=(0.0, 1.0, 2.0)),
    ra.move("gusts", strength=0.6),
)  # fmt: skip


def fallen(
    forces: list[ra.Part], apart: float = 0.0, frames: tuple[int, ...] = (17, 33), moves: Sequence[ra.Part] = ()
) -> ra.Scene:
    """Return a cloud at rest that shall be, at some frames, where it falls by itself, or so far from there."""
    random = np.random.default_rng(2)
    place = random.normal(size=(COUNT, 3))
    scene = ra.make_scene(place, 0 * place, np.full(COUNT, 1 / COUNT), forces=forces, moves=moves, steps_per_frame=4)
    playhead = ra.Playhead(scene)
    for frame in frames:
        playhead.seek(frame)
        aim = playhead.position + apart * random.normal(size=place.shape)
        scene = ra.edits.add_keyframe(scene, frame=frame, bodies=range(COUNT), position=aim)
    return scene


def gravity() -> ra.Part:
    return ra.force("gravity", softening=0.3)


def springs() -> ra.Part:
    return ra.force("spring", links=[[0, 1], [1, 2], [4, 6]], stiffness=0.5, length=0.7)


def solved(scene: ra.Scene, physical: float) -> ra.Progress:
    """Return how a solve with launch and pushes ends."""
    *_, last = ra.solve(scene, ("velocity", "nudge"), physical=physical)
    return last


@pytest.mark.parametrize("share", [0.7, 1.0])
@pytest.mark.parametrize("smoothness", [0.0, 0.5])
@pytest.mark.parametrize("moves", [(), LOSSES], ids=["lossless", "lossy"])
def test_the_gradient_of_the_effort_is_that_of_differences(
    share: float, smoothness: float, moves: tuple[ra.Part, ...]
) -> None:
    scene = fallen([gravity(), springs()], apart=0.2, frames=(15, 30), moves=moves)
    nudge = ra.Control("nudge", bodies=(0, 1, 2, 4, 6), effort=2.0 * bool(smoothness), smoothness=smoothness)
    plan = Plan(ra.Objective(scene, ("velocity", nudge)))
    plan.turn()
    ease, random = Ease(plan, share), np.random.default_rng(3)
    here = 0.3 * random.normal(size=ease.ease.shape)
    gradient = ease.value_and_gradient(here)[1]
    for _ in range(3):
        way = random.normal(size=here.shape)
        above, below = (ease.value_and_gradient(here + step * way)[0] for step in (1e-4, -1e-4))
        assert (above - below) / 2e-4 == pytest.approx(np.sum(gradient * way), rel=1e-6)


def test_no_path_that_is_tried_misses_the_targets() -> None:
    plan = Plan(ra.Objective(fallen([gravity()], apart=0.2), ("velocity", "nudge")))
    plan.turn()
    costs, paths = zip(*eased(plan, 1.0), strict=True)
    assert len(costs) > 2
    assert list(costs) == sorted(costs, reverse=True)
    come = [np.tensordot(plan.levers.matrix, path, 1) for path in paths]
    np.testing.assert_allclose(come, np.broadcast_to(come[0], np.shape(come)), atol=1e-9)


def test_where_a_launch_alone_hits_nothing_is_pushed_in_the_end() -> None:
    last = solved(fallen([gravity()]), 1.0)
    assert last.miss < 1e-9
    assert last.effort < 1e-6


def test_the_slider_lowers_the_effort_all_along_and_every_key_stays_hit() -> None:
    ends = [solved(fallen([gravity()], apart=0.02), physical) for physical in (0.0, 0.4, 0.8, 1.0)]
    assert max(end.miss for end in ends) < 1e-9
    efforts = [end.effort for end in ends]
    assert efforts == sorted(efforts, reverse=True)
    assert efforts[-1] < 0.5 * efforts[0]


def test_a_motion_with_the_least_effort_cannot_be_pushed_less_nearby() -> None:
    """The first-order condition, on the path that was walked: no direction that keeps the targets lowers the effort."""
    last = solved(fallen([gravity()], apart=0.2), 1.0)
    plan = Plan(last.objective)
    plan.turn()
    before = np.abs(Ease(plan, 1.0).value_and_gradient(np.zeros_like(Ease(plan, 1.0).ease))[1]).max()
    for _, path in eased(plan, 1.0):
        plan.path = path
    plan.turn()
    ease = Ease(plan, 1.0)
    assert np.abs(ease.value_and_gradient(np.zeros_like(ease.ease))[1]).max() < 0.2 * before
