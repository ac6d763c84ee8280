"""The camera with keys: set, keyed, moved by itself, let go after bodies, kept by files and other edits."""

from pathlib import Path

import numpy as np
import pytest

import revanim as ra
from revanim.draw.eye import eye_at
from revanim.scene.parts.camera_move import camera_moves

VIEW = ra.View(target=(1.0, 2.0, 3.0), yaw=10.0, pitch=20.0, distance=5.0)


@pytest.fixture
def scene() -> ra.Scene:
    place = np.arange(12.0).reshape(4, 3)
    return ra.make_scene(place, 0 * place, np.ones(4), frames=(1, 48))


def test_without_a_camera_pictures_show_what_the_artist_looks_at(scene: ra.Scene) -> None:
    assert eye_at(scene, 1) is scene.look.view
    assert eye_at(ra.edits.set_camera(scene, VIEW, 7), 1) == VIEW


def test_keys_lead_from_one_view_to_the_next(scene: ra.Scene) -> None:
    far = ra.View(target=(1.0, 2.0, 3.0), yaw=50.0, pitch=20.0, distance=9.0, lens=2.0)
    keyed = ra.edits.key_camera(ra.edits.key_camera(scene, VIEW, 1), far, 41)
    assert eye_at(keyed, 1) == eye_at(keyed, -5) == VIEW
    assert eye_at(keyed, 41) == eye_at(keyed, 99) == far
    middle = eye_at(keyed, 21.0)
    assert (middle.yaw, middle.distance, middle.lens) == pytest.approx((30.0, 7.0, 1.5), abs=1e-9)


def test_it_turns_the_short_way_between_keys(scene: ra.Scene) -> None:
    keyed = ra.edits.key_camera(scene, ra.View(yaw=170.0), 1)
    keyed = ra.edits.key_camera(keyed, ra.View(yaw=-170.0), 41)
    assert eye_at(keyed, 21).yaw == pytest.approx(180.0)


def test_setting_a_camera_that_moves_sets_keys_of_what_moves_alone(scene: ra.Scene) -> None:
    turned = ra.edits.move_camera(scene, "turntable", VIEW, (1, 48))
    put = ra.edits.set_camera(turned, ra.View(yaw=100.0, distance=3.0), 20)
    (part,) = put.cues
    assert part.values["yaw"].frames.tolist() == [1, 20, 49]
    assert float(part.values["distance"]) == 3.0


def test_a_turntable_ends_where_it_begins(scene: ra.Scene) -> None:
    turned = ra.edits.move_camera(scene, "turntable", VIEW, (1, 48))
    yaws = np.array([eye_at(turned, frame).yaw for frame in range(1, 50)])
    assert np.allclose(np.diff(yaws), 360 / 48)
    assert yaws[-1] - yaws[0] == 360.0


@pytest.mark.parametrize("name", camera_moves())
def test_every_move_begins_with_the_view_and_goes_somewhere(scene: ra.Scene, name: str) -> None:
    moved = ra.edits.move_camera(scene, name, VIEW, (3, 40))
    assert eye_at(moved, 3) == VIEW
    assert eye_at(moved, 20) != VIEW


def test_a_dolly_zoom_keeps_the_target_as_large(scene: ra.Scene) -> None:
    moved = ra.edits.move_camera(scene, "dolly-zoom", VIEW, (1, 48))
    sizes = [seen.lens / seen.distance for seen in (eye_at(moved, frame) for frame in (1, 13, 30.5, 48))]
    assert sizes == pytest.approx([sizes[0]] * 4)


def test_it_looks_at_the_middle_of_the_bodies_it_follows(scene: ra.Scene) -> None:
    followed = ra.edits.aim_camera(scene, [1, 3], VIEW)
    place = np.array([[0.0, 0, 0], [4, 0, 0], [9, 9, 9], [0, 2, 8]])
    assert eye_at(followed, 1, place).target == (2.0, 1.0, 4.0)
    assert eye_at(followed, 1, np.where(np.arange(4)[:, None] == 1, np.nan, place)).target == (0.0, 2.0, 8.0)
    half = ra.edits.set_values(followed, "cues", 0, follow=0.5)
    assert eye_at(half, 1, place).target == (1.5, 1.5, 3.5)


def test_bodies_that_go_leave_the_camera_with_the_others(scene: ra.Scene) -> None:
    followed = ra.edits.aim_camera(scene, [1, 3], VIEW)
    left = ra.edits.remove_bodies(followed, [0, 1])
    assert left.cues[0].bodies.tolist() == [1]
    alone = ra.edits.remove_bodies(left, [1])
    assert eye_at(alone, 1, np.ones((1, 3))).target == VIEW.target


def test_a_file_keeps_the_camera_and_says_so_by_its_number(scene: ra.Scene, tmp_path: Path) -> None:
    moved = ra.edits.aim_camera(ra.edits.move_camera(scene, "orbit", VIEW, (1, 48)), [2], VIEW)
    ra.save(moved, tmp_path / "a.revanim")
    opened = ra.load(tmp_path / "a.revanim")
    for frame in (1, 17.25, 48):
        assert eye_at(opened, frame, np.ones((4, 3))) == eye_at(moved, frame, np.ones((4, 3)))
    ra.save(opened, tmp_path / "b.revanim")
    assert (tmp_path / "a.revanim").read_bytes() == (tmp_path / "b.revanim").read_bytes()


def test_the_motion_is_the_same_with_a_camera(scene: ra.Scene) -> None:
    moved = ra.edits.move_camera(scene, "orbit", VIEW, (1, 48))
    assert ra.Playhead(moved).digest() == ra.Playhead(scene).digest()


def test_its_keys_stay_at_their_seconds(scene: ra.Scene) -> None:
    moved = ra.edits.set_rate(ra.edits.move_camera(scene, "orbit", VIEW, (1, 25)), 48.0)
    assert moved.cues[0].values["yaw"].frames.tolist() == [1, 49]


def test_it_is_taken_away_altogether(scene: ra.Scene) -> None:
    moved = ra.edits.move_camera(ra.edits.set_camera(scene, VIEW, 1), "crane", VIEW, (1, 48))
    assert eye_at(ra.edits.without_camera(moved), 30) == scene.look.view


def test_what_is_no_camera_is_refused(scene: ra.Scene) -> None:
    with pytest.raises(ra.RevanimError, match="There is no camera move called 'loop'; there are turntable, orbit"):
        ra.edits.move_camera(scene, "loop", VIEW, (1, 48))
    with pytest.raises(ra.RevanimError, match=r"camera\.lens"):
        ra.edits.key_camera(scene, ra.View(lens=0.0), 1)
    with pytest.raises(ra.RevanimError, match="forces, flows, moves and cues are separate lists"):
        ra.edits.set_forces(scene, [ra.cue("camera")])
