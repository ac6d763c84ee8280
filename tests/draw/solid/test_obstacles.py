"""What stands in the way of bodies is seen, where it is, and hides what is behind it."""

from dataclasses import replace

import numpy as np
import pytest

import revanim as ra
from revanim.draw.solid.obstacles import shells_of
from revanim.engine.alive.acting import acceleration
from revanim.engine.move import move_kinds
from revanim.scene.build import build_system

LOOK = ra.Look(view=ra.View(distance=8.0, pitch=20.0, yaw=30.0), grid=False, axes=False)
SHAPED = [name for name, kind in move_kinds().items() if kind.shell]


def pixels(scenes, *moves, place=(0, 0, 9.0)):
    scene = ra.make_scene([place], [[0, 0, 0]], 1.0, moves=moves, scheme="leapfrog", radius=0.3, look=LOOK)
    return scenes.pixels(scene).astype(int)


def strength(scenes, *moves):
    """Return how much obstacles change each pixel, int[h, w]."""
    return np.abs(pixels(scenes, *moves) - pixels(scenes)).sum(axis=-1)


@pytest.mark.parametrize("name", SHAPED)
def test_each_is_seen_in_the_middle_and_nowhere_else(scenes, name):
    seen = strength(scenes, ra.move(name))
    height, width = seen.shape
    assert (seen[height // 2 - 9 : height // 2 + 9, width // 2 - 9 : width // 2 + 9] > 20).mean() > 0.9
    assert not seen[: height // 8].any()
    assert not seen[:, : width // 8].any()


@pytest.mark.parametrize("name", SHAPED)
def test_what_is_seen_is_what_bodies_bounce_off(name):
    values = {"size": (1.0, 0.6, 0.4), "turn": (10, 20, 30)} if name == "box" else {"size": 0.8}
    part = ra.move(name, center=(0.3, 0.1, -0.2), radius=0.1, stiffness=1.0, **values)
    (shell,) = shells_of([part], 1)
    corners, faces = shell.places, shell.faces
    scene = ra.make_scene(corners, 0 * corners, 1.0, moves=[part], scheme="leapfrog")
    depth = np.cbrt(np.linalg.norm(acceleration(build_system(scene), scene.bodies.state, 1), axis=1))
    np.testing.assert_allclose(depth, 0.06, atol=1e-9)  # the deepest that counts
    volume = np.einsum("ij,ij", corners[faces[:, 0]], np.cross(corners[faces[:, 1]], corners[faces[:, 2]])) / 6
    assert volume > 0  # all faces turn out
    assert (shell.beside >= 0).all()  # and the surface is closed


def test_light_shines_before_it(scenes):
    glow = replace(LOOK, style="glow")
    dark, lit = (
        scenes.pixels(ra.make_scene([[0, 0, 9.0]], [[0, 0, 0]], 1.0, moves=moves, scheme="leapfrog", look=glow))
        for moves in ((), (ra.move("sphere"),))
    )
    height, width = dark.shape[:2]
    assert lit[height // 2, width // 2].sum() > dark[height // 2, width // 2].sum()
    assert (lit[: height // 8] == dark[: height // 8]).all()


def test_one_that_moves_is_seen_where_it_is_at_a_frame():
    part = ra.move("sphere", center=ra.keyed([1, 11], [(0, 0, 0), (1, 0, 0)]), size=0.5)
    for frame, middle in ((1, 0.0), (6, 0.5), (11, 1.0)):
        (shell,) = shells_of([part], frame)
        corners = shell.places
        np.testing.assert_allclose((corners.min(axis=0) + corners.max(axis=0)) / 2, (middle, 0, 0), atol=1e-2)


def test_bodies_behind_it_are_hidden_and_before_it_are_not(scenes):
    ball, bare = ra.move("sphere", size=1.0), pixels(scenes)
    toward = np.array([np.sin(np.radians(30.0)), -np.cos(np.radians(30.0)), np.tan(np.radians(20.0))])
    for side, hidden in ((-2.0, True), (2.0, False)):
        place = tuple(side * toward)
        with_body = np.abs(pixels(scenes, ball, place=place) - pixels(scenes, ball)).sum()
        alone = np.abs(pixels(scenes, place=place) - bare).sum()
        assert alone > 0
        assert (with_body == 0) == hidden


def test_one_that_rests_or_has_no_size_is_not_seen():
    assert not shells_of([ra.move("bowl", size=0.0), ra.move("sphere", size=0.0), ra.move("drag")], 1)
    scene = ra.make_scene([[0, 0, 9]], [[0, 0, 0]], 1.0, moves=[ra.move("box")], scheme="leapfrog")
    assert not shells_of(ra.edits.mute_part(scene, "moves", 0).moves, 1)


def test_one_that_is_changed_or_seen_from_elsewhere_is_painted_anew(scenes):
    first = pixels(scenes, ra.move("box"))
    assert (pixels(scenes, ra.move("box")) == first).all()
    assert (pixels(scenes, ra.move("box", center=(0.2, 0, 0))) != first).any()
