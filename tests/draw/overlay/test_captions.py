"""Captions and names: where they are written, when they are seen, in films as on screen, and what a file keeps."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import revanim as ra
from revanim.draw.plate import Plate

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def bare(scenes):
    """One body in the middle, before nothing."""
    return standing(scenes, [[0, 0, 0]])


def standing(scenes, place):
    """Return a scene of bodies at rest, seen from the front."""
    look = ra.Look(view=scenes.FRONT, grid=False, axes=False, background="deep")
    return ra.make_scene(place, np.zeros((len(place), 3)), 1.0, radius=0.2, look=look)


def written(scenes, scene, frame=1):
    """Return where a film has letters: what its picture differs by from that without cues and names, bool[h, w]."""
    shot = replace(scenes.shot(scene), frame=frame, seconds=frame / 24)
    plain = replace(scene, cues=(), look=replace(scene.look, names=False))
    one, other = (Plate(each, 320, 180).expose([shot])[..., :3].astype(int) for each in (scene, plain))
    return np.abs(one - other).max(axis=-1) > 24


def saying(scene, text="HELLO", **values):
    return ra.edits.set_cues(scene, [ra.cue("caption", text=text, **values)])


def middle(letters):
    rows, columns = np.nonzero(letters)
    return columns.mean() / 320, 1 - rows.max() / 180


def test_it_stands_where_it_is_told_to(scenes, bare):
    for across, upward in ((0.5, 0.1), (0.3, 0.8)):
        found = middle(written(scenes, saying(bare, across=across, upward=upward)))
        assert found == pytest.approx((across, upward), abs=0.02)


def test_larger_letters_are_larger(scenes, bare):
    small, large = (np.ptp(np.nonzero(written(scenes, saying(bare, size=size)))[0]) for size in (0.08, 0.2))
    assert large / small == pytest.approx(2.5, rel=0.2)


def test_keys_fade_it_in_and_move_it(scenes, bare):
    scene = saying(bare, opacity=ra.keyed([10, 20], [0.0, 1.0]), across=ra.keyed([20, 40], [0.2, 0.8], "linear"))
    assert not written(scenes, scene, 8).any()
    assert written(scenes, scene, 20).any()
    assert middle(written(scenes, scene, 30))[0] == pytest.approx(0.5, abs=0.02)
    muted = ra.edits.mute_part(scene, "cues", 0)
    assert not written(scenes, muted, 30).any()


def test_it_stands_above_whom_it_follows(scenes):
    scene = standing(scenes, [[-3, 0, 0], [2, 0, -1]])
    across, above = middle(written(scenes, saying(scene, "MOON", follow=1.0, bodies=[1])))
    assert across == pytest.approx(0.5 + 2 / 10 / (2 * 0.3153) * 9 / 16, abs=0.02)
    assert 0.3 < above < 0.5


def test_names_stand_at_groups_and_numbers_at_the_others(scenes):
    scene = standing(scenes, [[-3, 0, 0], [2, 0, 0], [3, 0, 0]])
    scene = ra.edits.add_group(ra.edits.set_look(scene, names=True), "Twins", [1, 2])
    columns = np.flatnonzero(written(scenes, scene).any(axis=0)) / 320
    left, right = columns[columns < 0.5], columns[columns > 0.5]
    assert left.mean() == pytest.approx(0.5 - 3 / 10 / (2 * 0.3153) * 9 / 16, abs=0.03)
    assert right.mean() == pytest.approx(0.5 + 2.5 / 10 / (2 * 0.3153) * 9 / 16, abs=0.03)


def test_a_file_keeps_the_words(tmp_path: Path) -> None:
    scene = saying(ra.make_scene([[0, 0, 0]], [[0, 0, 0]], 1.0), "Zwei\nZeilen ✓", size=ra.keyed([1, 9], [0.1, 0.2]))
    ra.save(scene, tmp_path / "a.revanim")
    (part,) = ra.load(tmp_path / "a.revanim").cues
    assert part.text == "Zwei\nZeilen ✓"
    assert part.values["size"].frames.tolist() == [1, 9]
    with pytest.raises(ra.RevanimError, match="The words of caption must be text"):
        ra.cue("caption", text=7)
