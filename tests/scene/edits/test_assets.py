"""A part by itself goes into a file, and from there into any scene."""

from pathlib import Path

import numpy as np
import pytest

import revanim as ra


def cloud(count: int, *forces: ra.Part) -> ra.Scene:
    place = np.random.default_rng(count).uniform(-1, 1, (count, 3))
    return ra.make_scene(place, 0 * place, 1.0, forces=forces)


def test_a_field_is_kept_in_a_file_and_moves_the_bodies_of_another_scene_alike(tmp_path: Path) -> None:
    weights = np.random.default_rng(1).normal(size=(4, 16 * 16 + 16 + 6 * 16 + 3 * 16))
    first = cloud(9, ra.force("field", codes=2, code=np.ones(9), weights=weights, begin=0.0))
    ra.save(ra.edits.part_alone(first, "forces", 0), tmp_path / "wind.revanim")
    kept = ra.load(tmp_path / "wind.revanim")
    assert kept.bodies.count == 0
    other = ra.edits.add_parts(ra.edits.set_forces(first, []), kept)
    played = [ra.Playhead(scene) for scene in (first, other)]
    for playhead in played:
        playhead.seek(20)
    assert played[0].digest() == played[1].digest()


def test_bodies_that_are_added_later_follow_it() -> None:
    many = ra.edits.add_parts(cloud(3), ra.edits.part_alone(cloud(5, ra.force("field")), "forces", 0))
    more = ra.edits.paste(many, cloud(4))
    playhead = ra.Playhead(more)
    playhead.seek(20)
    assert (playhead.velocity != 0).any(axis=1).all()
    assert more.bodies.count == 7


def test_what_acts_along_links_or_on_nobody_is_nothing_by_itself() -> None:
    for part in (ra.force("spring", links=[[0, 1]]), ra.force("uniform", bodies=[])):
        with pytest.raises(ra.RevanimError, match="so it is nothing by itself"):
            ra.edits.part_alone(cloud(2, part), "forces", 0)
