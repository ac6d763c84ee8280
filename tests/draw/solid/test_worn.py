"""Sprites and figures: where they are painted, which way they face, what hides what, and what a file keeps."""

from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

import revanim as ra
from revanim.draw.worn.read import read_figure, read_sprite
from revanim.draw.worn.turned import in_space
from revanim.scene.scene import Figure, Sprite

FLAT = ra.View(flat=True)  # without haze
RED, CLEAR = (255, 0, 0, 255), (0, 0, 0, 0)
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="10"><rect width="10" height="10" fill="#00f"/></svg>'


def half(top=RED, below=CLEAR, side=16):
    """Return a sprite whose upper half is one colour and the lower half another."""
    pixels = np.empty((side, side, 4), np.uint8)
    pixels[: side // 2], pixels[side // 2 :] = top, below
    return Sprite("half", pixels)


def painted(scenes, scene, **changes):
    shot = replace(scenes.shot(scene), **changes)
    return scenes.pixels(scene, shot, transparent=True)


def middle_of(pixels):
    """Return the middle of what is painted: column and row from the middle of the picture."""
    rows, columns = np.nonzero(pixels[..., 3] > 128)
    return columns.mean() - 159.5, rows.mean() - 89.5


def wearing(scenes, worn, style="sprites", position=((0, 0, 0),), radius=1.5, **look):
    scene = scenes.make(position, radius, **look, style=style, grid=False, axes=False)
    return replace(scene, **{"sprite" if isinstance(worn, Sprite) else "figure": worn})


def test_a_sprite_stands_upright_in_its_own_colours(scenes):
    pixels = painted(scenes, wearing(scenes, half(), view=FLAT))
    across, above = middle_of(pixels)
    assert abs(across) < 0.6
    assert above < -5
    assert (pixels[pixels[..., 3] == 255][:, :3] == (255, 0, 0)).all()


@pytest.mark.parametrize(("way", "side"), [((1, 0, 0), (1, 0)), ((0, 0, -1), (0, 1)), ((-1, 0, 0), (-1, 0))])
def test_its_upper_edge_leads_the_way(scenes, way, side):
    scene = wearing(scenes, half(), facing="velocity")
    found = middle_of(painted(scenes, scene, velocity=np.array([way], float)))
    assert np.allclose(np.sign(np.round(found, 0)), side)
    still, upright = painted(scenes, scene, velocity=np.zeros((1, 3))), painted(scenes, wearing(scenes, half()))
    assert np.array_equal(still, upright)


def test_spin_is_a_function_of_the_time_alone(scenes):
    scene = wearing(scenes, half(), spin=0.5)
    quarter = middle_of(painted(scenes, scene, seconds=0.5))
    assert quarter[0] > 5
    assert abs(quarter[1]) < 0.6
    assert np.array_equal(painted(scenes, scene, seconds=2.0), painted(scenes, scene, seconds=0.0))


def test_what_is_grey_takes_the_colour_of_its_body(scenes):
    pixels = painted(scenes, wearing(scenes, half((255, 255, 255, 255)), color=(10, 200, 30), view=FLAT))
    full = pixels[pixels[..., 3] == 255][:, :3]
    assert np.abs(full - (10, 200, 30)).max() <= 1


def test_tiles_of_a_sheet_are_worn_in_turn(scenes):
    pixels = np.zeros((8, 16, 4), np.uint8)
    pixels[:, :8], pixels[:, 8:] = RED, (0, 0, 255, 255)
    place = [[-3, 0, 0], [0, 0, 0], [3, 0, 0]]
    found = painted(scenes, wearing(scenes, Sprite("two", pixels, across=2), position=place, radius=0.5, view=FLAT))
    colors = [found[90, column, :3].tolist() for column in middles(found)]
    assert colors == [[255, 0, 0], [0, 0, 255], [255, 0, 0]]


def middles(pixels):
    """Return the columns in the middle of each thing that is painted in the middle row."""
    columns = np.flatnonzero(pixels[90, :, 3] == 255)
    return [int(part.mean()) for part in np.split(columns, np.flatnonzero(np.diff(columns) > 1) + 1)]


def test_a_near_sprite_hides_a_far_one_and_a_clear_one_lets_it_through(scenes):
    place, colors = [[0, 1, 0], [0, -1, 0]], [(0, 0, 255), (255, 0, 0)]
    white = half((255,) * 4, (255,) * 4)
    scene = wearing(scenes, white, position=place, color=colors)
    assert painted(scenes, scene)[90, 160, 0] > 200
    fading = ra.edits.set_look(scene, opacity_by="mass", opacity_ramp=ra.Ramp((0.0, 1.0), ((0.5,), (0.5,)), (0.0, 1.0)))
    red, _, blue, alpha = painted(scenes, fading)[90, 160]
    assert 100 < red < 160
    assert 40 < blue < 110
    assert 170 < alpha < 210


def test_a_figure_is_closed_without_gaps_and_lit_from_above(scenes):
    from trimesh.creation import icosphere

    ball = icosphere(subdivisions=3)
    figure = Figure("ball", np.array(ball.vertices), np.array(ball.faces))
    scene = wearing(scenes, figure, "figures", color=(200, 200, 200))
    pixels, disc = painted(scenes, scene), painted(scenes, replace(scene, look=replace(scene.look, style="disc")))
    inside = disc[..., 3] == 255
    assert (pixels[..., 3][inside] > 250).mean() > 0.985  # but for the rim of a ball of flat faces
    rows, columns = np.nonzero(inside)
    core = np.hypot(rows - 89.5, columns - 159.5) < 0.8 * np.hypot(rows - 89.5, columns - 159.5).max()
    assert (pixels[rows[core], columns[core], 3] == 255).all()
    assert np.abs(pixels[rows[core], columns[core], 0] - disc[rows[core], columns[core], 0]).mean() < 8


def test_near_figures_hide_far_ones_whatever_their_order(scenes):
    place, colors = np.array([[0, 1, 0], [0, -1, 0]]), np.array([(0, 0, 255), (255, 0, 0)])
    one = painted(scenes, wearing(scenes, None, "figures", position=place, color=colors))
    other = painted(scenes, wearing(scenes, None, "figures", position=place[::-1], color=colors[::-1]))
    assert np.array_equal(one, other)


@pytest.mark.parametrize("way", [(1, 0, 0), (0, 0, 1), (0.3, -2, 0.7), (0, 0, 0)])
def test_figures_lead_with_their_x_axis_and_keep_their_shape(scenes, way):
    scene = wearing(scenes, None, "figures", facing="velocity", spin=0.37)
    shot = replace(scenes.shot(scene), velocity=np.array([way], float), seconds=1.3)
    (turn,) = in_space(scene.look, shot)
    assert np.allclose(turn @ turn.T, np.eye(3))
    assert np.linalg.det(turn) == pytest.approx(1.0)
    ahead = np.array(way) / (np.linalg.norm(way) or 1.0)
    assert np.allclose(turn[:, 0], ahead if ahead.any() else (1, 0, 0))


def test_files_are_read_and_scenes_keep_what_was_read(tmp_path):
    pixels = np.zeros((10, 20, 4), np.uint8)
    pixels[:, :10] = RED
    Image.fromarray(pixels).save(tmp_path / "a.png")
    (tmp_path / "b.svg").write_text(SVG)
    (tmp_path / "c.obj").write_text("v 0 0 0\nv 1 0 0\nv 0 1 0\nf 1 2 3\n")
    picture, drawing, mesh = (
        read_sprite(tmp_path / "a.png"), read_sprite(tmp_path / "b.svg"), read_figure(tmp_path / "c.obj")
    )  # fmt: skip
    assert np.array_equal(picture.pixels, pixels)
    assert drawing.pixels.shape == (256, 512, 4)
    assert drawing.pixels[128, [100, 400]].tolist() == [[0, 0, 255, 255], [0, 0, 0, 0]]
    scene = ra.make_scene([[0, 0, 0]], [[0, 0, 0]], 1.0)
    for number, sprite in enumerate((picture, drawing)):
        scene = ra.edits.set_figure(ra.edits.set_sprite(scene, sprite), mesh)
        ra.save(scene, tmp_path / f"{number}.revanim")
        opened = ra.load(tmp_path / f"{number}.revanim")
        assert np.array_equal(opened.sprite.pixels, sprite.pixels)
        assert (opened.sprite.name, opened.figure.name) == (sprite.name, "c.obj")
        assert np.array_equal(opened.figure.corners, mesh.corners)
        assert np.array_equal(opened.figure.faces, mesh.faces)


def test_what_cannot_be_worn_is_refused(tmp_path):
    scene = ra.make_scene([[0, 0, 0]], [[0, 0, 0]], 1.0)
    pixels = np.zeros((2, 2, 4), np.uint8)
    (tmp_path / "a.txt").write_text("no")
    (tmp_path / "b.svg").write_text("no")
    for run, sentence in (
        (lambda: read_sprite(tmp_path / "a.txt"), r"a\.txt is no picture for bodies to wear"),
        (lambda: read_sprite(tmp_path / "b.svg"), r"b\.svg cannot be read"),
        (lambda: read_figure(tmp_path / "a.txt"), r"a\.txt is no mesh for bodies to wear"),
        (
            lambda: ra.edits.set_sprite(scene, Sprite("", np.zeros((2, 2, 3), np.uint8))),
            "A sprite has red, green, blue",
        ),
        (lambda: ra.edits.set_sprite(scene, Sprite("", pixels, across=3)), "needs a pixel"),
        (lambda: ra.edits.set_figure(scene, Figure("", np.zeros((2, 3)), np.array([[0, 1, 2]]))), "between three of"),
        (lambda: ra.edits.set_look(scene, facing="down"), "There is no way to face called 'down'"),
    ):
        with pytest.raises(ra.RevanimError, match=sentence):
            run()
