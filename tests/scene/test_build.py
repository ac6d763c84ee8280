"""The playhead of a scene does as the engine's does, and is one thing by name."""

import numpy as np
import pytest

import revanim as ra
from revanim.scene.build import make_playhead


def test_a_playhead_is_one() -> None:
    assert isinstance(ra.Playhead(ra.example("ring")), ra.Playhead)
    assert not isinstance(ra.example("ring"), ra.Playhead)


def test_it_walks_as_the_one_of_the_engine() -> None:
    scene = ra.example("spring")
    public, inner = ra.Playhead(scene), make_playhead(scene)
    assert public.frame == scene.timing.home
    for walk in (lambda one: one.seek(scene.timing.home + 7), lambda one: one.step(-20), lambda one: one.step(3)):
        walk(public)
        walk(inner)
        assert (public.frame, public.digest(), public.energy()) == (inner.frame, inner.digest(), inner.energy())
        for name in ("position", "velocity", "state"):
            assert np.array_equal(getattr(public, name), getattr(inner, name))


def test_what_it_gives_are_copies() -> None:
    playhead = ra.Playhead(ra.example("spring"))
    before = playhead.digest()
    for name in ("position", "velocity", "state"):
        getattr(playhead, name)[:] = 0
    assert playhead.digest() == before


def test_where_it_cannot_go_on_it_says_so() -> None:
    scene = ra.make_scene([[1, 0, 0]], [[1, 0, 0]], 1.0)
    with pytest.raises(ra.RevanimError, match="Body 0 leaves the range of places"):
        ra.Playhead(scene).seek(100_000)
