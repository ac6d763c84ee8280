"""Values with keys: set, moved, copied, bent, eased, kept in the file, and refused."""

import io

import numpy as np
import pytest

import revanim as ra
from revanim.engine.keyed import values_of
from revanim.engine.parameter import LINEAR, SMOOTH, STEP, Parameter
from revanim.scene.ease import eased, eases
from revanim.scene.edits.paths import PLACE
from revanim.scene.file import decode, encode
from revanim.scene.keys import copied, going, keyed, moved, thinned, value_at, with_handle, with_key, without_keys

FREE = Parameter("free", 0.0, "", -1e9, 1e9, "")
THREE = keyed([10, 20, 30], [1.0, 5.0, 2.0])


def gravity(value: object) -> ra.Scene:
    place = [[0, 0, 0], [1.0, 0, 0]]
    return ra.make_scene(place, np.zeros((2, 3)), 1.0, forces=(ra.force("gravity", strength=value),))


def test_keys_are_put_in_order() -> None:
    value = keyed([30, 10], [2.0, 1.0], ["step", "linear"])
    assert value.frames.tolist() == [10, 30]
    assert value.values.tolist() == [1, 2]
    assert value.ways.tolist() == [LINEAR, STEP]


def test_a_key_is_set_between_others_or_changes_the_one_that_is_there() -> None:
    value = with_key(THREE, FREE, 15, np.array(4.0))
    assert value.frames.tolist() == [10, 15, 20, 30]
    assert value_at(value, FREE, 15) == 4
    assert with_key(value, FREE, 20, np.array(9.0)).values.tolist() == [1, 4, 9, 2]


def test_a_moved_key_replaces_the_one_that_it_lands_on() -> None:
    value = moved(THREE, [0], 10, lambda rows: rows + 1)
    assert value.frames.tolist() == [20, 30]
    assert value.values.tolist() == [2, 2]


def test_copies_leave_the_keys_where_they_are() -> None:
    value = copied(THREE, [0, 1], 10)
    assert value.frames.tolist() == [10, 20, 30]
    assert value.values.tolist() == [1, 1, 5]


def test_the_last_key_stays() -> None:
    assert without_keys(THREE, [0, 2]).frames.tolist() == [20]
    with pytest.raises(ra.RevanimError, match="one key at least"):
        without_keys(THREE, [0, 1, 2])


def test_a_handle_turns_the_other_one_along_unless_it_is_alone() -> None:
    value = with_handle(THREE, 1, 1, 2.0, np.array(6.0))
    assert value.rise[1, 0] / value.reach[1, 0] == pytest.approx(3.0)
    alone = with_handle(THREE, 1, 1, 2.0, np.array(6.0), alone=True)
    assert alone.rise[1, 0] == THREE.rise[1, 0]
    assert not going(value, [1], SMOOTH).free.any()


@pytest.mark.parametrize("name", list(eases()))
def test_every_preset_leads_from_its_key_to_the_next_and_changes_nothing_else(name: str) -> None:
    value = eased(eases()[name], THREE, [0, 2], FREE)  # after the last key there is nothing to ease
    assert values_of(FREE, value, np.array([5.0, 10.0, 20.0, 30.0])) == pytest.approx([1, 1, 5, 2], abs=1e-9)
    before, after = (values_of(FREE, one, np.linspace(10, 20, 21)) for one in (THREE, value))
    assert np.abs(after - before).max() > 0.05
    assert values_of(FREE, eased(eases()[name], THREE, [0], FREE), np.array([13.0])) == values_of(
        FREE, value, np.array([13.0])
    )


def test_a_bounce_touches_the_ground_and_rises_to_a_quarter() -> None:
    value = eased(eases()["bounce"], keyed([0, 110], [8.0, 0.0]), [0], FREE)
    assert value.frames.tolist() == [0, 40, 80, 100, 110]
    assert values_of(FREE, value, np.array([20.0, 40.0, 60.0, 80.0, 90.0])) == pytest.approx(
        [6, 0, 2, 0, 0.5], abs=1e-6
    )


def test_noise_is_the_same_each_time() -> None:
    one, other = (eased(eases()["noise"], keyed([0, 60], [0.0, 1.0]), [0], FREE) for _ in range(2))
    assert one.values.tolist() == other.values.tolist()


def test_a_preset_keeps_to_the_bounds() -> None:
    low = Parameter("low", 0.0, "", 0.0, 1.0, "")
    value = eased(eases()["noise"], keyed([0, 60], [0.0, 1.0]), [0], low)
    assert value.values.min() >= 0
    assert value.values.max() <= 1


def test_the_file_keeps_keys_to_the_bit() -> None:
    value = with_handle(keyed(np.arange(40), np.linspace(0, 1, 40) ** 2), 3, 1, 0.2, np.array(0.1))
    scene = gravity(value)
    data = encode(scene, b"")
    again = decode(io.BytesIO(data), "keys")
    assert encode(again, b"") == data
    ends = []
    for one in (scene, again):
        play = ra.Playhead(one)
        play.seek(30)
        ends.append(play.digest())
    assert ends[0] == ends[1]


def test_bodies_that_go_take_their_numbers_along() -> None:
    push = keyed([1, 9], np.arange(18.0).reshape(2, 3, 3))
    place = np.eye(3)
    scene = ra.make_scene(place, 0 * place, 1.0, forces=(ra.force("nudge", push=push),))
    left = ra.edits.remove_bodies(scene, [1]).forces[0].values["push"]
    assert left.values.tolist() == push.values[:, [0, 2]].tolist()
    assert left.rise.shape == (2, 2, 2, 3)
    ra.Playhead(ra.edits.remove_bodies(scene, [1])).seek(5)
    twice = ra.edits.duplicate(scene, [0], (0.0, 0.0, 1.0))
    ra.Playhead(twice).seek(5)


@pytest.mark.parametrize(
    ("make", "word"),
    [
        (lambda: keyed([1, 1], [1.0, 2.0]), "one frame"),
        (lambda: keyed([1, 2], [1.0]), "need a frame"),
        (lambda: keyed([1], [1.0], "wobble"), "ways are"),
        (lambda: gravity(keyed([1, 2], [[1.0, 2.0], [1, 1]])), "shape"),
        (lambda: gravity(keyed([1, 99_999_999], [1.0, 2.0])), "between"),
        (lambda: gravity(keyed([1, 2], [1.0, 1e15])), "must lie between"),
    ],
)
def test_keys_that_cannot_be_are_refused_in_one_sentence(make, word: str) -> None:
    with pytest.raises(ra.RevanimError, match=word):
        make()


def test_few_keys_are_near_what_a_hand_has_drawn() -> None:
    frames = np.arange(1, 121)
    random = np.random.default_rng(4)
    drawn = np.stack([np.sin(frames / 19), np.cos(frames / 11), 0 * frames], axis=1)
    few = thinned(frames, drawn + 0.01 * random.normal(size=drawn.shape), PLACE, 0.05)
    assert len(few.frames) < 30
    assert (few.frames[0], few.frames[-1]) == (1, 120)
    assert np.abs(values_of(PLACE, few, frames.astype(float)) - drawn).max() < 0.1
    straight = thinned([1, 5, 9], [[0, 0, 0], [1, 0, 0], [2, 0, 0]], PLACE, 0.3)
    assert straight.frames.tolist() == [1, 9]


def test_what_trembles_is_evened_out_and_the_ends_stay() -> None:
    frames = np.arange(41)
    drawn = np.c_[frames * 1.0, (-1.0) ** frames, 0 * frames]
    few = thinned(frames, drawn, PLACE, 1e-9)
    assert few.values[[0, -1]].tolist() == [[0, 1, 0], [40, 1, 0]]
    there = values_of(PLACE, few, frames[6:-6].astype(float))
    assert np.abs(there[:, 1]).max() < 0.3
    assert there[:, 0] == pytest.approx(frames[6:-6], abs=0.1)
