from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import revanim as ra
from revanim.solve.advice import foresight
from revanim.solve.advice.foresight import beyond_aim, foreseen
from revanim.solve.advice.hindsight import advise
from revanim.solve.horizon import aim_of

Make = Callable[..., Any]


def why(scene: ra.Scene, controls: Any = ("velocity",), **how: Any) -> str:
    *_, progress = ra.solve(scene, controls, **how)
    return str(progress.why)


def test_a_good_result_needs_no_words(chain: Make) -> None:
    scene, target = chain()
    assert not why(ra.edits.add_keyframe(scene, 25, [2], position=target[-1:]))


def test_bounds_that_stand_in_the_way_are_named() -> None:
    scene = ra.make_scene(np.zeros((1, 3)), np.zeros((1, 3)), 1.0)
    scene = ra.edits.add_keyframe(scene, 25, [0], position=[[9.0, 9.0, 9.0]])
    assert "3 of 3 values lie at their bounds" in why(scene, [ra.Control("velocity", low=-1, high=1)])


def test_a_late_frame_of_a_chaotic_pendulum_is_beyond_aim(chain: Make) -> None:
    scene, _ = chain(rods=3, frame=60, spin=12.0)
    whirling = np.zeros((4, 3))
    whirling[1:, 0] = [18.0, -24.0, 30.0]
    scene = ra.make_scene(
        scene.bodies.position, whirling, 1.0, scene.forces, pinned=scene.bodies.pinned, planar=True,
        steps_per_frame=64, scheme="leapfrog",
    )  # fmt: skip
    scene = ra.edits.add_keyframe(scene, 60, [3], position=[[0.5, 0.5, 0.0]])
    words = why(scene, iterations=3, starts=1)
    assert words == "Frame 60 is beyond what a launch alone can aim: allow pushes."


def test_two_keyframes_that_contradict_each_other_are_named() -> None:
    scene = ra.make_scene(np.zeros((1, 3)), np.zeros((1, 3)), 1.0)
    scene = ra.edits.add_keyframe(scene, 24, [0], position=[[5.0, 0.0, 0.0]])
    scene = ra.edits.add_keyframe(scene, 25, [0], position=[[-5.0, 0.0, 0.0]])
    assert why(scene) == "A launch alone cannot hit 2 keys: allow pushes after frame 24."
    position = ra.solve(scene, ("velocity", "position"))
    assert not [*position][-1].why
    heavy = [ra.Control("velocity"), ra.Control("nudge", high=0.1, low=-0.1)]
    assert why(scene, heavy)


def late(frame: int, window: tuple[int, int] | None) -> ra.Scene:
    """Return a body that drifts, and shall be where it is at frame 25."""
    scene = ra.make_scene(np.zeros((1, 3)), np.ones((1, 3)), 1.0)
    return ra.edits.add_keyframe(scene, frame, [0], position=np.ones((1, 3)), window=window)


@pytest.mark.parametrize(
    ("frame", "window", "words"),
    [
        (13, None, "frame 13 would be hit better later: give it a window."),
        (37, None, "frame 37 would be hit better earlier: give it a window."),
        (13, (10, 18), "frame 18 would be hit better later: widen its window."),
        (37, (31, 40), "frame 31 would be hit better earlier: widen its window."),
    ],
)
def test_a_keyframe_that_would_be_hit_better_at_another_time_is_named(
    frame: int, window: tuple[int, int] | None, words: str
) -> None:
    assert words in why(late(frame, window), ["mass"])


def test_nothing_is_said_of_the_time_of_a_keyframe_that_found_it() -> None:
    assert "window" not in why(late(20, (15, 30)), ["mass"])


def test_a_nail_that_does_not_go_in_is_named() -> None:
    scene = ra.make_scene(np.zeros((1, 3)), np.zeros((1, 3)), 1.0)
    scene = ra.edits.add_keyframe(scene, 25, [0], position=[[1.001, 0.0, 0.0]], nail=True, tolerance=1e-4)
    words = why(scene, [ra.Control("velocity", low=-1, high=1)])
    assert "The nail at frame 25 is still 0.001 away" in words


def test_there_is_always_something_to_say_about_a_bad_result(chain: Make) -> None:
    scene, _ = chain()
    scene = ra.edits.add_keyframe(scene, 25, [2], position=[[9.0, 0.0, 0.0]])
    *_, progress = ra.solve(scene, iterations=30)
    assert progress.miss > 1.0
    found = advise(progress.objective, progress.z, progress.misses)
    assert found is not None
    assert found.remedy is not None
    assert progress.why.startswith("The chain is 1 long, the target at frame 25 9 away")


@pytest.mark.parametrize("seed", range(3))
def test_what_is_out_of_aim_is_seen_by_a_walk_that_ends_where_aim_is_lost(seed: int) -> None:
    random = np.random.default_rng(seed)
    place = random.normal(size=(3, 3))
    gravity = ra.force("gravity", strength=4.0, softening=0.1)
    scene = ra.make_scene(place, 0.3 * place[::-1], 1.0, (gravity,), frames=(1, 2000))
    objective = ra.Objective(ra.edits.add_keyframe(scene, 1500, range(3), position=place))
    lost = aim_of(objective, objective.start, 1500)
    assert lost is not None
    assert 1 < lost < 1500
    found = beyond_aim(objective)
    assert found is not None
    assert str(found.sentence) == "Frame 1500 is beyond what a launch alone can aim: allow pushes."


@pytest.mark.parametrize("seed", [58, 118, 135, 273])
def test_a_motion_that_flies_far_off_is_beyond_aim_sooner(seed: int) -> None:
    random = np.random.default_rng(seed)
    place = random.normal(size=(3, 3))
    gravity = ra.force("gravity", strength=4.0, softening=0.05)
    scene = ra.make_scene(place, 0.3 * random.normal(size=(3, 3)), 1.0, (gravity,), frames=(1, 2000))
    scene = ra.edits.add_keyframe(scene, 1500, range(3), position=random.normal(size=(3, 3)))
    objective = ra.Objective(scene, ("velocity",))
    assert beyond_aim(objective) is None
    told = next(progress for progress in ra.solve(scene, ("velocity",)) if progress.advice)
    assert told.iteration == 0
    assert told.why == "Frame 1500 is beyond what a launch alone can aim: allow pushes."


def drifting(seed: int, **later: Any) -> ra.Scene:
    """Return some bodies that drift, with two keys of which a launch can hit the first."""
    random = np.random.default_rng(seed)
    count = int(random.integers(1, 6))
    place, speed = random.normal(size=(2, count, 3))
    scene = ra.make_scene(place, speed, 1.0)
    scene = ra.edits.add_keyframe(scene, int(random.integers(10, 30)), range(count), position=place + 1.0)
    return ra.edits.add_keyframe(scene, int(random.integers(50, 80)), range(count), position=place - 1.0, **later)


@pytest.mark.parametrize("seed", range(3))
def test_pushes_are_allowed_only_after_the_key_that_a_launch_hits(seed: int) -> None:
    scene = drifting(seed)
    first = scene.keyframes[0].frame
    *_, progress = ra.solve(scene, ("velocity",))
    assert progress.why == f"A launch alone cannot hit 2 keys: allow pushes after frame {first}."
    changed, wishes = progress.advice.remedy.change(scene, ("velocity",))
    assert changed is scene
    *_, progress = ra.solve(scene, wishes)
    assert progress.hit
    assert not progress.why
    assert progress.scene.forces[-1].values["push"].first == first


def test_a_push_that_begins_too_late_is_named_and_may_begin_at_once() -> None:
    scene = drifting(1, velocity=np.zeros((drifting(1).bodies.count, 3)))
    first, last = (key.frame for key in scene.keyframes)
    stopped = ra.edits.replace_keyframe(scene, 0, velocity=np.zeros((scene.bodies.count, 3)))
    *_, progress = ra.solve(stopped, ("velocity", ra.Control("nudge", every=4, after=first)), iterations=8)
    assert progress.why.startswith(f"Pushes that begin after frame {first} come too late for the key at frame")
    _, wishes = progress.advice.remedy.change(stopped, ("velocity",))
    *_, progress = ra.solve(stopped, wishes)
    assert progress.hit
    with pytest.raises(ra.RevanimError, match=f"after frame {last} come too late for the last key"):
        next(ra.solve(scene, ("velocity", ra.Control("nudge", after=last))))


def test_a_plan_is_made_for_advice_only_where_pushes_could_come_oftener(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(foresight, "Levers", None)  # which would fail
    assert foreseen(ra.Objective(drifting(0), ("velocity", ra.Control("nudge", every=8)))) is None


def test_what_cannot_be_had_is_told_before_the_first_walk(chain: Make) -> None:
    scene, _ = chain()
    scene = ra.edits.add_keyframe(scene, 25, [2], position=[[9.0, 0.0, 0.0]])
    for controls in ("auto", ("velocity",)):
        first, *others = ra.solve(scene, controls, iterations=2)
        assert first.why.startswith("The chain is 1 long")
        assert first.evaluations == 0
        assert first.cost == first.before == np.inf
        walked = next(progress for progress in others if progress.cost < np.inf)
        objective = ra.Objective(scene)
        assert walked.cost == walked.before == objective.judge(objective.start)[1]


def test_of_two_keys_a_walk_to_the_first_that_is_missed_tells_enough() -> None:
    scene = drifting(1)
    first, second, *_ = ra.solve(scene, ("velocity",), iterations=2)
    assert (first.evaluations, second.evaluations) == (1, 2)
    assert first.why == second.why != ""


def test_a_motion_that_hits_already_is_told_nothing() -> None:
    scene = drifting(2)
    *_, solved = ra.solve(scene)
    assert solved.hit
    assert not any(progress.why for progress in ra.solve(solved.scene, ("velocity",)))


def test_where_nobody_is_free_to_be_pushed_that_is_told() -> None:
    place = np.eye(3)
    scene = ra.make_scene(place, 0 * place, 1.0, pinned=np.ones(3, bool))
    scene = ra.edits.add_keyframe(scene, 9, [1], position=[[4.0, 0.0, 0.0]])
    assert why(scene, ("nudge",)) == "Body 1 is pinned, and stays where it is at frame 9."
