"""Ramps: stops, what lies between, what is refused, and what a file keeps."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import revanim as ra
from revanim.draw.seen import colors, opacities, sizes
from revanim.draw.shot import Shot
from revanim.scene.looks.ramp import COLORS, along, color_ramp, moved_stop, with_stop, without_stop

RAMP = ra.Ramp((0.0, 0.5, 1.0), ((1.0,), (3.0,), (0.0,)))


@pytest.fixture
def scene() -> ra.Scene:
    place = np.outer(np.arange(5.0), (1.0, 0.0, 0.0))
    return ra.make_scene(place, 0 * place, 1.0)


def looking(scene: ra.Scene, **changes: object) -> ra.Scene:
    return ra.edits.set_look(scene, **changes)


def shot_of(scene: ra.Scene, frame: int = 1) -> Shot:
    return Shot(frame, frame / 24, scene.bodies.position, scene.bodies.velocity)


def test_between_stops_lies_what_lies_between() -> None:
    assert along(RAMP, [-1, 0, 0.25, 0.5, 0.75, 1, 7]).ravel().tolist() == [1, 1, 2, 3, 1.5, 0, 0]


def test_light_is_mixed_and_not_its_codes() -> None:
    (middle,) = along(color_ramp("#000000 #ffffff"), [0.5])
    assert middle == pytest.approx([255 / 2**0.5] * 3)


def test_a_new_stop_changes_nothing_until_it_is_moved() -> None:
    more, stop = with_stop(RAMP, 0.25)
    share = np.linspace(0, 1, 33)
    assert stop == 1
    assert np.allclose(along(more, share), along(RAMP, share))
    assert moved_stop(more, stop, 0.9).at == (0.0, 0.5, 0.5, 1.0)  # not beyond its neighbour
    assert without_stop(more, stop) == RAMP
    assert without_stop(color_ramp("#000000 #ffffff"), 0).at == (0.0, 1.0)  # two stay


def test_size_and_opacity_follow_an_attribute_within_a_span(scene: ra.Scene) -> None:
    ramp = replace(RAMP, span=(0.0, 4.0))
    far = looking(scene, size_by="distance", size_ramp=ramp, opacity_by="distance")
    assert sizes(far, shot_of(far)).tolist() == [1, 2, 3, 1.5, 0]
    found = opacities(far, shot_of(far))  # by what is found around home
    assert found[0] == pytest.approx(0.1, abs=0.01)
    assert found[-1] == pytest.approx(1.0, abs=0.01)
    assert (np.diff(found) > 0).all()


def test_colours_follow_their_own_ramp_and_bodies_without_a_number_keep_what_they_are(scene: ra.Scene) -> None:
    ramp = replace(color_ramp("#ff0000 #0000ff"), span=(0.0, 4.0))
    far = looking(scene, color_by="distance", color_ramp=ramp)
    assert colors(far, shot_of(far))[[0, -1]].tolist() == [[255, 0, 0], [0, 0, 255]]
    missing = looking(scene, size_by="miss", size_ramp=replace(RAMP, span=(0.0, 1.0)))
    assert sizes(missing, shot_of(missing)).tolist() == [1.0] * 5


def test_age_counts_from_the_first_frame(scene: ra.Scene) -> None:
    old = looking(scene, size_by="age", size_ramp=replace(RAMP, span=(0.0, 10.0)))
    assert sizes(old, shot_of(old, 6))[0] == 3.0
    assert sizes(old, shot_of(old, -3))[0] == 1.0


@pytest.mark.parametrize(
    ("changes", "sentence"),
    {
        "of one stop": ({"size_ramp": ra.Ramp((0.0,), ((1.0,),))}, "must ascend from 0 to 1"),
        "that goes back": ({"size_ramp": ra.Ramp((0.0, 0.9, 0.5), ((1.0,),) * 3)}, "must ascend from 0 to 1"),
        "beyond its end": ({"color_ramp": ra.Ramp((0.0, 2.0), ((1.0, 2.0, 3.0),) * 2)}, "must ascend from 0 to 1"),
        "with a grey": ({"color_ramp": RAMP}, "color_ramp must be 3 numbers from 0 to 255"),
        "more than opaque": ({"opacity_ramp": RAMP}, "opacity_ramp must be 1 numbers from 0 to 1"),
        "of nothing": ({"size_by": "taste"}, "There is no attribute to size by called 'taste'"),
        "with words": ({"size_ramp": ra.Ramp(("a", "b"), ((1.0,),) * 2)}, "at must be a finite number"),
    }.values(),
)  # fmt: skip
def test_what_is_no_ramp_is_refused(scene: ra.Scene, changes: dict[str, object], sentence: str) -> None:
    with pytest.raises(ra.RevanimError, match=sentence):
        looking(scene, **changes)


def test_a_file_keeps_ramps_and_is_as_before_without_them(scene: ra.Scene, tmp_path: Path) -> None:
    ramped = looking(scene, color_by="speed", color_ramp=color_ramp(COLORS["Fire"]), size_by="age", opacity_by="speed",
                     opacity_ramp=replace(along_opacity(), span=(0.0, 2.0)))  # fmt: skip
    ra.save(ramped, tmp_path / "a.revanim")
    assert ra.load(tmp_path / "a.revanim").look == ramped.look
    ra.save(scene, tmp_path / "b.revanim")
    assert b"size_by" not in (tmp_path / "b.revanim").read_bytes()
    assert ra.load(tmp_path / "b.revanim").look == scene.look


def along_opacity() -> ra.Ramp:
    return ra.Ramp((0.0, 1.0), ((0.2,), (0.9,)))
