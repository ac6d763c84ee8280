"""Which moments make a film, and that each is exactly what a walk of its own finds."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

import revanim as ra
from revanim.export.film import ORDERS, Film

Walked = Callable[[float], np.ndarray]


def frames(scene: ra.Scene, film: Film) -> list[float]:
    """Return when in the motion the moments of a film are, in frames."""
    return [moment.step / scene.timing.steps_per_frame for moment in film.moments]


def test_a_film_is_its_frames(scene: ra.Scene) -> None:
    film = Film(scene, -2, 3)
    assert frames(scene, film) == [-2, -1, 0, 1, 2, 3]
    assert [moment.number for moment in film.moments] == [-2, -1, 0, 1, 2, 3]
    assert film.fps == 24
    assert film.count == 6


def test_every_third_frame_lasts_three_times_as_long(scene: ra.Scene) -> None:
    film = Film(scene, 1, 12, every=3)
    assert frames(scene, film) == [1, 4, 7, 10]
    assert [moment.number for moment in film.moments] == [1, 4, 7, 10]
    assert film.fps == 8


def test_slow_motion_shows_what_lies_between_frames(scene: ra.Scene, walked: Walked) -> None:
    film = Film(scene, 1, 3, speed=0.25)
    assert frames(scene, film) == [1, 1.25, 1.5, 1.75, 2, 2.25, 2.5, 2.75, 3]
    assert [moment.number for moment in film.moments] == list(range(1, 10))
    for moment, playhead in film.walk():
        assert np.array_equal(playhead.position, walked(1 + moment.index / 4))


def test_ping_pong_shows_neither_end_twice(scene: ra.Scene) -> None:
    assert frames(scene, Film(scene, 1, 4, order="ping-pong")) == [1, 2, 3, 4, 3, 2]
    assert frames(scene, Film(scene, 1, 1, order="ping-pong")) == [1]
    assert frames(scene, Film(scene, 1, 2, order="ping-pong")) == [1, 2]


def test_a_film_in_reverse_shows_the_same_pictures_from_the_last_to_the_first(scene: ra.Scene) -> None:
    for film in (Film(scene, 1, 4), Film(scene, 1, 12, every=3), Film(scene, 1, 3, speed=0.75)):
        backward = replace(film, order="reverse")
        assert frames(scene, backward) == frames(scene, film)[::-1]
        assert [moment.number for moment in backward.moments] == [moment.number for moment in film.moments]
        assert {moment.pace for moment in backward.moments} == {-film.speed}


def test_a_loop_leaves_out_the_last_picture_which_is_the_first_again(scene: ra.Scene) -> None:
    assert frames(scene, Film(scene, 1, 4, order="loop")) == [1, 2, 3]
    assert frames(scene, Film(scene, 1, 1, order="loop")) == [1]
    assert frames(scene, Film(scene, 1, 9, every=4, order="loop")) == [1, 5]


def test_machines_that_share_a_shot_agree_bit_for_bit(scene: ra.Scene) -> None:
    whole = [playhead.digest() for _, playhead in Film(scene, 1, 12).walk()]
    parts = [playhead.digest() for part in ((1, 5), (6, 12)) for _, playhead in Film(scene, *part).walk()]
    assert parts == whole


def test_an_open_shutter_sees_whole_sub_steps_around_the_moment(scene: ra.Scene, walked: Walked) -> None:
    for moment, shots in Film(scene, 3, 5).shots(shutter=0.5, samples=5):
        assert [shot.position.shape for shot in shots] == [(5, 3)] * 5
        for shot, part in zip(shots, (-0.25, -0.125, 0, 0.125, 0.25), strict=True):
            assert np.array_equal(shot.position, walked(moment.number + part))


def test_there_are_no_more_samples_than_sub_steps(scene: ra.Scene) -> None:
    (_, shots), *_ = Film(scene, 3, 5).shots(shutter=0.25, samples=100)
    assert len(shots) == 5


@pytest.mark.parametrize("order", ORDERS)
def test_what_is_seen_around_a_frame_is_what_a_walk_passes(scene: ra.Scene, walked: Walked, order: str) -> None:
    scene = ra.edits.set_look(scene, trail=3, ahead=2, skins=1, spacing=4)
    for moment, (shot,) in Film(scene, 2, 9, order=order).shots():
        frame = moment.step / scene.timing.steps_per_frame
        assert np.array_equal(shot.trail, [walked(frame - back) for back in (3, 2, 1, 0)])
        assert np.array_equal(shot.ahead, [walked(frame + on) for on in (0, 1, 2)])
        assert {skin.offset: skin.position.tolist() for skin in shot.skins} == {
            offset: walked(frame + offset).tolist() for offset in (-4, 4)
        }


def test_who_waits_can_leave_on_the_way_to_the_first_frame(scene: ra.Scene) -> None:
    class Enough(Exception):  # noqa: N818 - it is no error
        pass

    heard = list[float]()

    def passed(part: float) -> None:
        heard.append(part)
        if len(heard) == 5:
            raise Enough

    with pytest.raises(Enough):
        list(Film(scene, 4000, 4010, passed=passed).walk())
    assert heard == [0.0] * 5
