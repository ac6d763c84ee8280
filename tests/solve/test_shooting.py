from collections.abc import Callable
from itertools import islice
from typing import Any

import numpy as np
import pytest

import revanim as ra
from revanim.engine.parameter import Floats
from revanim.solve.least_squares import polish
from revanim.solve.rods import Rods
from revanim.solve.shooting import cut, shoot, worth_shooting
from revanim.solve.windows import Path, Windows

Make = Callable[..., Any]

GOOD = 1e-6  # miss over size


def swarm(count: int = 3, seconds: float = 12.0, seed: int = 1, **given: Any) -> ra.Scene:
    """Return a few bodies in a plane that attract each other and shall stand still on a circle at the end."""
    random = np.random.default_rng(seed)
    place, speed = (scale * np.c_[random.normal(size=(count, 2)), np.zeros(count)] for scale in (1.0, 0.5))
    gravity = ra.force("gravity", strength=1.0, softening=0.1)
    scene = ra.make_scene(
        place, speed, 1 / count, [gravity], planar=True, scheme="leapfrog", steps_per_frame=16, **given
    )
    angle = np.linspace(0, 2 * np.pi, count, endpoint=False)
    ring = 1.5 * np.stack([np.cos(angle), np.sin(angle), 0 * angle], axis=1)
    return ra.edits.add_keyframe(scene, 1 + round(24 * seconds), range(count), position=ring, velocity=0 * ring)


def first_hit(objective: ra.Objective, most: int = 60) -> Floats:
    """Return the first controls that hit, of so many that shooting yields, or the last."""
    for z in islice(shoot(objective, objective.start), most):
        if max(objective.judge(z)[2]) < GOOD * objective.size:
            break
    return z


def polished(objective: ra.Objective, most: int = 20) -> float:
    """Return how far off, over the size, walks from home end that start with the same controls."""
    scale = objective.scale
    points = polish(
        lambda s: objective.residuals(s * scale),
        lambda s: objective.jacobian(s * scale) * scale,
        objective.start / scale,
        objective.low / scale,
        objective.high / scale,
    )
    *_, last = islice(points, most)
    return max(objective.misses(last.z * scale)) / objective.size


def cut_in_three(objective: ra.Objective, weight: float = 1.0, stiff: bool = True) -> tuple[Windows, Path]:
    """Return three windows, and the path along the walk as it is."""
    third = (objective.last - 1) // 3
    rods = Rods(objective.playhead.system, objective.origin.bodies.position, stiff)
    windows = Windows(objective, (1, 1 + third, 1 + 2 * third, objective.last), weight, rods)
    return windows, windows.follow(objective.start)


@pytest.fixture(scope="module")
def hit() -> tuple[ra.Objective, Floats]:
    """Return a long chaotic motion to aim, and the controls that shooting aims it with."""
    objective = ra.Objective(swarm(), ["nudge"])
    return objective, first_hit(objective)


def test_a_long_chaotic_motion_is_hit_that_walks_from_home_miss(hit: tuple[ra.Objective, Floats]) -> None:
    objective, z = hit
    assert polished(objective) > 0.1
    assert max(objective.misses(z)) < GOOD * objective.size


def test_the_result_is_one_true_walk(hit: tuple[ra.Objective, Floats]) -> None:
    objective, z = hit
    scene = objective.scene(z)
    playhead, key = ra.Playhead(scene), scene.keyframes[0]
    playhead.seek(key.frame)
    apart = (playhead.position - key.position) * np.array(key.axes)
    assert float(np.sqrt(np.mean(np.sum(apart**2, axis=1)))) == objective.misses(z)[0]
    playhead.seek(scene.timing.home)
    assert (playhead.state == scene.bodies.state).all()


def test_keyframes_in_two_windows_are_hit(chain: Make) -> None:
    scene, first = chain(rods=2, frame=25)
    _, second = chain(rods=2, frame=49)
    for frame, target in ((25, first), (49, second)):
        scene = ra.edits.add_keyframe(scene, frame, [1, 2], position=target)
    objective = ra.Objective(scene, ["velocity", "nudge"])
    z = first_hit(objective, most=60)
    assert max(objective.misses(z)) < 1e-3 * objective.size  # by then the rods ring with as much


def test_pinned_bodies_and_the_third_axis_of_a_plane_stay_as_they_are() -> None:
    objective = ra.Objective(swarm(pinned=[True, False, False], seconds=4.0), ["nudge"])
    home = objective.origin.bodies.state.copy()
    zs = list(islice(shoot(objective, objective.start), 12))
    assert np.abs(zs[-1] - objective.start).max() > 0
    state = objective.scene(zs[-1]).bodies.state
    assert (state == home).all()
    windows, path = cut_in_three(objective)
    moved = windows.move(path, 0.1 * np.ones(windows.jacobian(path).shape[1]))
    assert all(np.abs(after - before).min() > 0 for before, after in zip(path.nodes, moved.nodes, strict=True))
    for _ in windows.stops(moved):
        assert (objective.playhead.live[[2, 5]] == 0).all()
        assert (objective.playhead.live[:, 0] == home[:, 0]).all()


@pytest.mark.parametrize("stiff", [False, True])
@pytest.mark.parametrize("scene", ["chain", "cloud"])
def test_the_jacobian_agrees_with_differences(chain: Make, cloud: Make, scene: str, stiff: bool) -> None:
    if scene == "chain":
        made, target = chain(rods=2, frame=13)
        made = ra.edits.add_keyframe(made, 7, [2], position=target[1:])
        made = ra.edits.add_keyframe(made, 13, [1, 2], position=target, velocity=0 * target)
    else:
        made = ra.edits.add_keyframe(cloud(), 7, [0, 2], position=np.ones((2, 3)), axes=(True, False, True))
        made = ra.edits.add_keyframe(made, 13, [1, 3], position=np.ones((2, 3)), weights=[1.0, 2.0])
    objective = ra.Objective(made, ["velocity", "nudge"])
    windows, path = cut_in_three(objective, 3.0, stiff)
    random = np.random.default_rng(0)
    path = windows.move(path, 1e-3 * random.normal(size=windows.jacobian(path).shape[1]))
    slope = windows.jacobian(path)
    way, step = random.normal(size=slope.shape[1]), 1e-5
    ahead, behind = (windows.residuals(windows.move(path, s * way)) for s in (step, -step))
    slopes = (ahead - behind) / (2 * step)
    np.testing.assert_allclose(slope @ way, slopes, atol=2e-2 * np.abs(slopes).max())


def test_a_gap_is_what_lies_between_the_end_of_a_window_and_the_next() -> None:
    objective = ra.Objective(swarm(seconds=4.0), ["nudge"])
    windows, path = cut_in_three(objective, weight=10.0)
    before = windows.residuals(path)
    assert np.abs(before[:-12]).max() < 1e-12  # along the walk there is none; the last are the targets
    assert before @ before == pytest.approx(objective.value_and_gradient(objective.start)[0])
    shifted = Path(path.z, (path.nodes[0], path.nodes[1] + 1e-3))
    assert (
        np.abs(windows.residuals(shifted)[12:18] + 1e-2).max() < 1e-12
    )  # after the first gap, of as many places and speeds


def test_a_window_that_leaves_the_grid_counts_as_infinite(chain: Make) -> None:
    scene, target = chain(rods=2, frame=25)
    objective = ra.Objective(ra.edits.add_keyframe(scene, 25, [1, 2], position=target))
    windows, path = cut_in_three(objective, stiff=False)
    controls, nodes = np.split(np.ones(windows.jacobian(path).shape[1]), [path.z.size])
    for step in ((1e9 * controls, 0 * nodes), (0 * controls, 1e9 * nodes), (0 * controls, 1e30 * nodes)):
        assert windows.residuals(windows.move(path, np.concatenate(step))).tolist() == [np.inf]
    assert objective.playhead.now == objective.origin.timing.home * objective.origin.timing.steps_per_frame


def test_a_start_that_leaves_the_grid_leads_nowhere() -> None:
    objective = ra.Objective(swarm(seconds=4.0))
    assert list(shoot(objective, objective.start + 0.9 * objective.origin.bodies.grid.speed_range)) == []


def test_windows_end_at_all_keyframes_and_are_more_where_errors_grow() -> None:
    scene = swarm(seconds=8.0)
    for frame in (20, 50):
        scene = ra.edits.add_keyframe(scene, frame, [0], position=[[1.0, 0.0, 0.0]])
    objective = ra.Objective(scene, ["nudge"])
    frames = cut(objective, objective.start)
    assert (frames[0], frames[-1]) == (1, 193)
    assert {20, 50} < set(frames)
    assert sorted(set(frames)) == list(frames)
    assert len(cut(objective, objective.start, 2.0)) > 1.5 * len(frames)


def test_windows_are_worth_it_where_pushes_can_steer_a_few_chaotic_bodies() -> None:
    assert not worth_shooting(*asked(swarm(), "velocity"))  # nothing along the way
    assert worth_shooting(*asked(swarm(), "nudge"))
    assert not worth_shooting(*asked(swarm(seconds=0.25), "nudge"))  # short
    assert not worth_shooting(*asked(swarm(40), "nudge"))  # many


def asked(scene: ra.Scene, control: str) -> tuple[ra.Objective, Floats]:
    objective = ra.Objective(scene, [control])
    return objective, objective.start


def test_straightened_rods_are_as_long_as_at_rest_and_are_not_being_stretched(chain: Make) -> None:
    scene, rods, state = bent(chain)
    place, speed = np.swapaxes(rods.straighten(state).reshape(2, 2, 3), 1, 2)
    ends = np.diff(place, axis=0, prepend=scene.bodies.position[:1, :2])
    np.testing.assert_allclose(np.linalg.norm(ends, axis=1), 0.5, rtol=1e-10)
    along = np.sum(ends * np.diff(speed, axis=0, prepend=0.0), axis=1)
    np.testing.assert_allclose(along, 0.0, atol=1e-12)


def test_a_step_along_the_ways_leaves_rods_as_long_as_they_are_to_second_order(chain: Make) -> None:
    _, rods, state = bent(chain)
    state = rods.straighten(state)
    ways = rods.ways(state)
    assert ways.shape == (12, 6)  # each of three rods may turn
    for way in ways.T:
        off = [np.linalg.norm(rods.straighten(state + s * way) - state - s * way) for s in (1e-2, 1e-3)]
        assert off[1] < 0.02 * off[0] or off[0] < 1e-12


def bent(chain: Make) -> tuple[ra.Scene, Rods, Floats]:
    """Return a chain of three rods, its rods, and a state in which they are too long and growing."""
    scene, target = chain(rods=3, frame=7)
    objective = ra.Objective(ra.edits.add_keyframe(scene, 7, [1, 2, 3], position=target))
    rods = Rods(objective.playhead.system, scene.bodies.position)
    random = np.random.default_rng(0)
    place = scene.bodies.position[1:, :2] + 0.1 * random.normal(size=(3, 2))
    state = np.concatenate([place.T.ravel(), random.normal(size=6)])
    return scene, rods, state


def test_a_solve_cuts_a_long_chaotic_motion_up_by_itself() -> None:
    *_, progress = ra.solve(swarm(seed=2), ("nudge",), starts=1)
    assert progress.miss < GOOD * progress.objective.size
    playhead = ra.Playhead(progress.scene)
    (key,) = progress.scene.keyframes
    playhead.seek(key.frame)
    assert np.abs(playhead.position - key.position).max() < 1e-5
