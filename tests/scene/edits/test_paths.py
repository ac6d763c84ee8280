"""Paths are given, bent and taken away; what cannot be is refused."""

import numpy as np
import pytest

import revanim as ra

FRAMES, PLACES = [1, 20], [[0.0, 0.0, 0.0], [1.0, 0.5, 0.0]]


def pair(**given: bool) -> ra.Scene:
    """Return two bodies at rest."""
    return ra.make_scene([[0, 0, 0], [2, 0, 0]], np.zeros((2, 3)), 1.0, **given)


def test_a_body_with_a_path_is_pinned_and_stands_on_it_at_home() -> None:
    scene = ra.edits.set_path(ra.edits.kick_bodies(pair(), [1], [1.0, 0, 0]), 1, FRAMES, PLACES)
    assert scene.bodies.pinned.tolist() == [False, True]
    assert scene.bodies.position[1].tolist() == [0, 0, 0]


def test_a_new_path_takes_the_place_of_the_old() -> None:
    scene = ra.edits.set_path(ra.edits.set_path(pair(), 1, FRAMES, PLACES), 1, FRAMES, PLACES[::-1])
    assert len(scene.moves) == 1
    assert scene.bodies.position[1].tolist() == PLACES[1]


def test_a_path_is_bent_at_a_frame_and_the_body_stays_on_it() -> None:
    scene = ra.edits.lead_to(ra.edits.set_path(pair(), 1, FRAMES, PLACES), 20, [0, 1], [0, 0, 1.0])
    scene = ra.edits.lead_to(scene, 1, [1], [0.25, 0, 0])
    play = ra.Playhead(scene)
    assert play.position[1].tolist() == [0.25, 0, 0]
    play.seek(20)
    assert play.position[1].tolist() == [1, 0.5, 1]
    assert play.position[0].tolist() == [0, 0, 0]


def test_without_its_path_a_body_stays_where_it_is() -> None:
    scene = ra.edits.without_path(ra.edits.set_path(pair(), 1, FRAMES, PLACES), [1])
    assert not scene.moves
    assert scene.bodies.pinned[1]


def test_a_path_is_in_the_file(tmp_path: object) -> None:
    scene = ra.edits.set_path(pair(), 1, FRAMES, PLACES)
    ra.save(scene, f"{tmp_path}/a.revanim")
    one, other = ra.Playhead(scene), ra.Playhead(ra.load(f"{tmp_path}/a.revanim"))
    one.seek(13)
    other.seek(13)
    assert one.digest() == other.digest()


@pytest.mark.parametrize(
    ("frames", "places", "words"),
    [
        ([1, 1], PLACES, "Two keys are at one frame"),
        ([1], PLACES, "Keys need a frame"),
        ([1, 5], [[0, 0], [1, 1]], "three numbers"),
        ([1, 5], [[0, 0, 0], [1e30, 0, 0]], "lies within"),
        ([1, 5], [[0, 0, 0], [np.nan, 0, 0]], "lies within"),
    ],
)
def test_what_is_no_path_is_refused(frames: list[int], places: list[list[float]], words: str) -> None:
    with pytest.raises(ra.RevanimError, match=words):
        ra.edits.set_path(pair(), 1, frames, places)


def test_a_path_does_not_leave_its_plane() -> None:
    with pytest.raises(ra.RevanimError, match="leaves the plane"):
        ra.edits.set_path(pair(planar=True), 1, FRAMES, [[0, 0, 0], [0, 0, 1]])


def test_a_path_leads_one_body() -> None:
    with pytest.raises(ra.RevanimError, match="leads one body, not 2"):
        ra.edits.set_path(pair(), [0, 1], FRAMES, PLACES)  # type: ignore[arg-type]


def flying(home: int = 1) -> ra.Scene:
    """Return a body on a path and one that flies by itself."""
    fall = ra.force("uniform", acceleration=(0, 0, -1))
    scene = ra.make_scene([[0, 0, 0], [0, 2, 0]], [[0, 0, 0], [1, 0, 2]], 1.0, forces=[fall])
    return ra.edits.stand_at(ra.edits.set_path(scene, 0, [1, 49], [[0, 0, 0], [4, 0, 2]]), home)


def placed(scene: ra.Scene, frame: int) -> np.ndarray:
    play = ra.Playhead(scene)
    play.seek(frame)
    return play.position


@pytest.mark.parametrize("home", [1, 40])
def test_a_body_is_let_go_from_its_path_and_the_past_stays(home: int) -> None:
    before = flying(home)
    scene = ra.edits.let_go(before, [0, 1], 25)
    for frame in (-3, 12, 25):
        assert placed(scene, frame) == pytest.approx(placed(before, frame), abs=1e-9)
    away = placed(scene, 49)[0] - placed(before, 49)[0]
    assert away[0] > 0.5  # its path slows down, and it does not
    assert away[2] < 0  # it falls
    with pytest.raises(ra.RevanimError, match="None of these bodies follows a path"):
        ra.edits.let_go(before, [1], 25)


def test_a_body_is_caught_on_its_path_and_the_past_leads_there() -> None:
    scene = ra.edits.catch(ra.edits.let_go(flying(), [0], 10), [0], 30)
    along = ra.edits.set_path(flying(), 0, [1, 49], [[0, 0, 0], [4, 0, 2]])
    for frame in (30, 36, 60):
        assert placed(scene, frame)[0] == pytest.approx(placed(along, frame)[0], abs=1e-9)
    assert (placed(scene, 29)[0] != placed(along, 29)[0]).any()
    assert scene.timing.home == 30


@pytest.mark.parametrize("home", [1, 40])
def test_a_body_without_a_path_comes_to_rest_where_it_is_caught(home: int) -> None:
    before = flying(home)
    scene = ra.edits.catch(before, [1], 20)
    for frame in (-3, 12, 20):
        assert placed(scene, frame) == pytest.approx(placed(before, frame), abs=1e-9)
    steps = [np.linalg.norm(placed(scene, frame + 1)[1] - placed(scene, frame)[1]) for frame in (19, 20, 26, 33)]
    assert steps[0] == pytest.approx(steps[1], rel=0.1)
    assert steps[1] > steps[2] > steps[3] == 0.0


def test_only_those_that_are_chosen_are_let_go() -> None:
    both = ra.edits.follow_body(flying(), [1], 0)
    assert placed(both, 30)[1] - placed(both, 30)[0] == pytest.approx([0, 2, 0])
    scene = ra.edits.let_go(both, [1], 10)
    assert placed(scene, 30)[0] == pytest.approx(placed(both, 30)[0])
    assert abs(placed(scene, 30)[1] - placed(both, 30)[1]).max() > 0.05
    with pytest.raises(ra.RevanimError, match="Body 1 follows no path"):
        ra.edits.follow_body(flying(), [0], 1)


def test_a_stroke_becomes_a_path_with_few_keys_and_the_rest_of_an_old_one_stays() -> None:
    frames = list(range(20, 41))
    drawn = [[0.1 * (frame - 20), np.sin(frame / 6), 0] for frame in frames]
    scene = ra.edits.draw_path(flying(), 0, frames, drawn, 0.05)
    way = scene.moves[0].values["place"]
    assert len(way.frames) < 12
    assert {1, 20, 40, 49} <= set(way.frames.tolist())
    for frame in (20, 30, 40):
        assert placed(scene, frame)[0] == pytest.approx(drawn[frame - 20], abs=0.1)
    assert placed(scene, 49)[0] == pytest.approx([4, 0, 2])
    fresh = ra.edits.draw_path(flying(), 1, frames, drawn, 0.05)
    assert fresh.bodies.pinned.tolist() == [True, True]
    assert placed(fresh, 1)[1] == pytest.approx(drawn[0], abs=1e-9)


def test_a_body_that_is_let_go_can_be_taken_out_of_the_scene() -> None:
    scene = ra.edits.let_go(flying(), [0], 10)
    left = ra.edits.remove_bodies(scene, [0])
    assert left.bodies.count == scene.bodies.count - 1
