"""Bodies on rods, as physical as possible: the least pushes are found without a walk, and the keyframes stay hit."""

import numpy as np
import pytest

import revanim as ra
from revanim.solve.sequence.linkage import linkage_of
from revanim.solve.sequence.linked_ease import LinkedEase, linked_eased
from revanim.solve.sequence.linked_plan import LinkedPlan
from revanim.solve.sequence.planned import corrected


def hanging(
    *forces: ra.Part, tips: dict[int, tuple[float, float]], speed: tuple[float, float] | None = None
) -> ra.Scene:
    """Return a chain of two rods at rest whose tip shall be somewhere at some frames, perhaps with a speed."""
    place = np.array([[0.0, 0.0, 0.0], [0.3, -0.4, 0.0], [0.3, -0.9, 0.0]])
    rods = ra.force("rod", links=[[0, 1], [1, 2]], length=0.5)
    weight = ra.force("uniform", acceleration=(0.0, -4.5, 0.0))
    scene = ra.make_scene(
        place, 0 * place, 1.0, [weight, rods, *forces], pinned=[True, False, False], planar=True, steps_per_frame=32
    )
    for frame, tip in tips.items():
        velocity = None if speed is None else [[*speed, 0.0]]
        scene = ra.edits.add_keyframe(scene, frame, [2], position=[[*tip, 0.0]], velocity=velocity)
    return scene


TIPS = {17: (0.7, -0.4), 33: (-0.5, -0.6)}


def walked(scene: ra.Scene) -> LinkedPlan:
    objective = ra.Objective(scene, ("velocity", ra.Control("nudge", every=2)))
    linkage = linkage_of(objective)
    assert linkage is not None
    plan = LinkedPlan(objective, linkage, "natural")
    for _ in corrected(plan):
        pass
    return plan.finer(6)


@pytest.mark.parametrize("share", [0.0, 0.6, 1.0])
@pytest.mark.parametrize("forces", [(), (ra.force("gravity", strength=2.0, softening=0.3),)], ids=["alike", "curved"])
def test_the_slopes_of_the_pushes_are_those_of_differences(forces: tuple[ra.Part, ...], share: float) -> None:
    plan = walked(hanging(*forces, tips=TIPS))
    ease, random = LinkedEase(plan, share), np.random.default_rng(1)
    here = plan.turns.ravel() + 0.1 * random.normal(size=plan.turns.size)
    slopes, way = ease.slopes(here), random.normal(size=here.size)
    ahead, behind = (ease.residuals(here + step * way) for step in (1e-4, -1e-4))
    expected = (ahead - behind) / 2e-4
    assert np.abs(slopes @ way - expected).max() < 2e-3 * np.abs(expected).max()


def test_every_path_that_is_tried_pushes_less_and_goes_by_the_targets() -> None:
    plan = walked(hanging(tips=TIPS))
    costs, paths = zip(*linked_eased(plan, 1.0), strict=True)
    assert len(costs) > 2
    assert list(costs) == sorted(costs, reverse=True)
    assert costs[-1] < 0.8 * costs[0]
    for frame, tip in TIPS.items():
        turned = plan.linkage.turned(plan.base[plan.step_at(frame)], paths[-1][plan.frames.index(frame)])
        assert np.abs(turned[2, :2] - tip).max() < 1e-2


def test_the_more_physical_a_chain_is_the_less_it_is_pushed_and_every_key_is_hit() -> None:
    ends = [[*ra.solve(hanging(tips=TIPS), physical=share)][-1] for share in (0.0, 0.5, 1.0)]
    assert all(end.miss < 1e-9 for end in ends)
    efforts = [end.effort for end in ends]
    assert efforts == sorted(efforts, reverse=True)
    assert efforts[-1] < 0.8 * efforts[0]


def test_a_launch_alone_is_the_physical_end_where_it_can_hit() -> None:
    once = hanging(tips={21: (0.6, -0.5)})
    *_, free = ra.solve(once)
    *_, guided = ra.solve(once, physical=0.0)
    assert free.effort == 0.0
    assert guided.effort > 0.1
    assert max(free.miss, guided.miss) < 1e-9


def test_a_chain_comes_to_its_targets_as_fast_as_it_is_asked_to() -> None:
    *_, last = ra.solve(hanging(tips=TIPS, speed=(0.5, 1.0)))
    assert last.miss < 1e-9
    playhead = ra.Playhead(last.scene)
    for frame, tip in TIPS.items():
        playhead.seek(frame)
        np.testing.assert_allclose(playhead.position[2, :2], tip, atol=1e-8)
        np.testing.assert_allclose(playhead.velocity[2, :2], (0.5, 1.0), atol=1e-7)
    assert last.evaluations < 100


def test_a_chain_without_a_launch_begins_at_rest() -> None:
    *_, last = ra.solve(hanging(tips=TIPS), (ra.Control("nudge", every=2),))
    assert last.miss < 1e-6
    assert not last.scene.bodies.velocity.any()
