from dataclasses import replace
from threading import Thread

import numpy as np
import pytest
from PySide6.QtGui import QImage

from revanim.draw.look import DARK, LIGHT
from revanim.draw.picture import picture
from revanim.draw.shot import Shot

STYLES = pytest.mark.parametrize("style", ["disc", "glow"])
RED, GREEN, BLUE = (230, 20, 20), (20, 230, 20), (20, 20, 230)
CENTRE = (90, 160)


def empty(scenes, **look):
    return scenes.pixels(scenes.make(np.empty((0, 3)), **look))


def strongest(pixel):
    return int(np.argmax(pixel[:3]))


def changed(pixels, before):
    """Tell which pixels differ: bool[h, w]."""
    return (pixels != before).any(axis=-1)


@STYLES
def test_the_same_scene_gives_the_same_pixels(scenes, cloud, style):
    scene = cloud(style=style, trail=1)
    shot = scenes.shot(scene, scene.bodies.position[None] * np.linspace(0.8, 1.0, 5)[:, None, None])
    assert np.array_equal(scenes.pixels(scene, shot), scenes.pixels(scene, shot))


@STYLES
def test_two_threads_paint_at_once_without_disturbing_each_other(scenes, cloud, style):
    many, few = cloud(400, style=style), cloud(40, style=style)
    alone = scenes.pixels(many), scenes.pixels(few)
    painted = [[], []]
    work = [lambda k=k, scene=scene: painted[k].extend(scenes.pixels(scene) for _ in range(20))
            for k, scene in enumerate((many, few))]  # fmt: skip
    threads = [Thread(target=each) for each in work]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for expected, pictures in zip(alone, painted, strict=True):
        assert len(pictures) == 20
        assert all(np.array_equal(each, expected) for each in pictures)


@STYLES
def test_the_image_holds_what_was_painted(scenes, cloud, style):
    scene = cloud(style=style)
    image = picture(scene, scenes.shot(scene), 320, 180)
    raw = np.frombuffer(image.constBits(), np.uint32).reshape(180, 320)
    assert np.array_equal(raw & 0xFF, scenes.pixels(scene)[:, :, 2])
    assert image.format() == QImage.Format.Format_RGB32


@STYLES
def test_a_high_resolution_screen_gets_the_same_picture_in_more_pixels(scenes, cloud, style):
    scene = cloud(style=style)
    image = picture(scene, scenes.shot(scene), 320, 180, ratio=2.0)
    assert (image.width(), image.height(), image.devicePixelRatio()) == (640, 360, 2.0)
    fine = scenes.pixels(scene, ratio=2.0).reshape(180, 2, 320, 2, 4).mean(axis=(1, 3))
    assert np.abs(fine - scenes.pixels(scene)).mean() < 4.0


@STYLES
def test_an_empty_scene_is_its_backdrop_and_opaque(scenes, style):
    pixels = empty(scenes, style=style)
    assert (pixels[:, :, 3] == 255).all()
    assert pixels[:, :, :3].max() < 255


@STYLES
def test_what_cannot_be_seen_changes_nothing(scenes, style):
    scene = scenes.make([[0, -30, 0], [500, 0, 0], [0, 0, 0], [0, 0, 0], [0, 0, 0]], color=RED, style=style)
    position = scene.bodies.position
    position[2:] = [[np.nan, 0, 0], [0, np.inf, 0], [1e300, 1e300, -1e300]]
    trail = np.stack([position + 1, position])
    linked = replace(scene, forces=scenes.make(np.zeros((5, 3)), links=[[0, 1], [1, 2], [3, 4]]).forces)
    shot = Shot(1, 0.0, position, position, trail)
    assert not changed(scenes.pixels(linked, shot), empty(scenes, style=style)).any()


@STYLES
def test_a_body_around_the_eye_and_lines_across_the_universe_are_painted_too(scenes, style):
    scene = scenes.make(
        [[0, -9.8, 0], [1e12, 3, 1e9], [-1e12, 3, -1e9]], radius=[0.1, 1e9, 1e9], links=[[1, 2]], style=style
    )
    assert changed(scenes.pixels(scene), empty(scenes, style=style)).any()


@STYLES
def test_the_smallest_body_is_still_seen(scenes, style):
    pixels = scenes.pixels(scenes.make([[0, 0, 0]], radius=1e-9, color=(255, 255, 255), style=style, axes=False))
    difference = np.abs(pixels - empty(scenes, style=style, axes=False)).max(axis=-1)
    assert difference.max() > 25
    assert 1 <= (difference > 12).sum() <= 40


def test_the_body_in_front_hides_the_one_behind_whatever_their_order(scenes):
    position, color = np.array([[0, -2, 0], [0, 2, 0]]), np.array([RED, BLUE])
    for order in ([0, 1], [1, 0]):
        pixels = scenes.pixels(scenes.make(position[order], color=color[order]))
        assert strongest(pixels[CENTRE]) == 0


def test_spheres_that_cut_each_other_meet_where_their_surfaces_do(scenes):
    # The centre of the small one lies behind that of the large one, its surface in front, at the right rim.
    scene = scenes.make([[0, 0, 0], [1.3, 0.2, 0]], radius=[1.5, 0.9], color=[RED, BLUE])
    pixels = scenes.pixels(scene)
    row = [strongest(pixels[90, x]) for x in range(160, 220)]
    assert row[0] == 0
    cut = row.index(2)
    assert 10 < cut < 42  # inside the large disc, whose rim is 42 pixels from its centre
    assert set(row[cut : cut + 15]) == {2}


def test_a_sphere_is_brighter_towards_the_lamp_and_its_rim_is_soft(scenes):
    scene = scenes.make([[0, 0, 0]], radius=1.5, color=(120, 120, 120))
    light = scenes.pixels(scene)[:, :, 0]
    assert light[70, 148] > light[110, 172] + 40
    alpha = scenes.pixels(scene, transparent=True)[:, :, 3]
    assert alpha[CENTRE] == 255
    assert ((alpha > 0) & (alpha < 255)).sum() > 40


@pytest.mark.parametrize(("depth", "expected"), [(-1.0, 1), (1.0, 0)])
def test_a_link_passes_in_front_of_a_body_or_behind_it(scenes, depth, expected):
    position = [[0, 0, 0], [-2, depth * 2, 0], [2, depth * 2, 0]]
    scene = scenes.make(position, radius=[1.0, 1.0, 1.0], color=[RED, GREEN, GREEN], links=[[1, 2]])
    assert strongest(scenes.pixels(scene)[CENTRE]) == expected


@STYLES
def test_links_are_painted_unless_they_are_switched_off_or_their_force_is_muted(scenes, style):
    scene = scenes.make([[-2, 0, 0], [2, 0, 0]], radius=0.5, color=GREEN, links=[[0, 1]], style=style)
    muted = replace(scene, forces=tuple(replace(part, muted=True) for part in scene.forces))
    hidden = replace(scene, look=replace(scene.look, links=False))
    bare = scenes.pixels(hidden)
    assert changed(scenes.pixels(scene), bare)[80:100, 150:170].any()
    assert not changed(scenes.pixels(muted), bare).any()


@STYLES
def test_a_trail_fades_with_age(scenes, style):
    scene = scenes.make([[2, 0, 0]], radius=0.3, color=GREEN, style=style, grid=False, axes=False)
    way = np.zeros((9, 1, 3))
    way[:, 0, 0] = np.linspace(-2, 2, 9)
    trail = scenes.pixels(scene, scenes.shot(scene, way)) - scenes.pixels(scene)
    ages = [trail[88:93, x, 1].max() for x in (110, 135, 160)]
    assert 0 < ages[0] < ages[1] < ages[2]


@STYLES
def test_a_way_of_many_pieces_is_painted_like_one_of_few(scenes, style):
    scene = scenes.make([[2, 0, 1]], radius=0.3, color=GREEN, style=style)

    def along(pieces):
        part = np.linspace(0.5, 1.0, pieces)[:, None]  # the half where size and opacity change slowly
        return scenes.pixels(scene, scenes.shot(scene, (part * [8, 0, 4] - [6, 0, 3])[:, None]))

    # Between its ends each piece fades evenly, so the ways differ a little everywhere, but nowhere by a joint.
    assert np.abs(along(40) - along(80)).max() <= 4


@STYLES
def test_a_bend_has_neither_gaps_nor_knots(scenes, style):
    scene = scenes.make([[2, 0, 0]], radius=0.3, color=GREEN, style=style)

    def around(pieces):
        turn = np.linspace(np.pi, 2 * np.pi, pieces)  # half a circle in the plane of the picture
        way = np.stack([2 * np.cos(turn), 0 * turn, 2 * np.sin(turn)], axis=-1)[:, None]
        return scenes.pixels(scene, scenes.shot(scene, way))

    assert np.abs(around(60) - around(120)).max() <= 6


@STYLES
def test_a_way_that_turns_back_on_itself_is_painted_to_the_end(scenes, style):
    scene = scenes.make([[0, 0, 0]], radius=0.3, color=GREEN, style=style, grid=False, axes=False)
    way = np.zeros((3, 1, 3))
    way[:, 0, 0] = [0, 2, 0]
    trail = scenes.pixels(scene, scenes.shot(scene, way)) - scenes.pixels(scene)
    assert (trail[87:93, 174:214].max(axis=(0, 2)) > 20).all()


@pytest.mark.parametrize("style", ["glow", "density"])
def test_light_does_not_depend_on_the_order_of_the_bodies(scenes, cloud, style):
    scene = cloud(500, style=style)
    order = np.random.default_rng(1).permutation(500)
    bodies = scene.bodies
    shuffled = replace(bodies, state=bodies.state[:, order], radius=bodies.radius[order], color=bodies.color[order])
    assert np.array_equal(scenes.pixels(scene), scenes.pixels(replace(scene, bodies=shuffled)))


def test_light_adds_up_and_stays_within_what_a_picture_can_hold(scenes):
    def middle(n):
        return scenes.pixels(scenes.make(np.zeros((n, 3)), radius=0.02, color=(90, 60, 30), style="glow"))[CENTRE]

    assert (middle(2) > middle(1))[:3].all()
    assert (middle(8) > middle(2))[:3].all()
    assert (middle(200_000) >= middle(8)).all()


def test_a_dense_crowd_keeps_its_colour_and_its_depth(scenes):
    random = np.random.default_rng(5)
    radius = np.sqrt(random.random(20_000)) * np.where(np.arange(20_000) < 15_000, 1.6, 0.5)
    angle = random.uniform(0, 2 * np.pi, 20_000)
    place = np.stack([radius * np.cos(angle), 0 * radius, radius * np.sin(angle)], axis=1)
    seen = scenes.pixels(scenes.make(place, radius=0.03, color=(255, 140, 70), style="glow"))
    core, rim = (seen[82:99, 160 + aside : 168 + aside].mean(axis=(0, 1))[:3] for aside in (-4, -34))
    assert core[2] < 225
    assert rim[2] < 200
    assert core[2] > rim[2] + 5  # about three times as dense


def test_ever_larger_crowds_are_one_step_brighter_each_and_keep_their_colour(scenes):
    def middle(n):
        crowd = scenes.make(np.zeros((n, 3)), radius=0.02, color=(240, 120, 60), style="density")
        return scenes.pixels(crowd)[CENTRE][:3].astype(int)

    seen = np.array([middle(n) for n in (1, 10, 100, 1000, 10_000, 100_000)])
    assert (np.diff(seen, axis=0) > 0).all()
    assert (np.diff(seen, axis=1) < 0).all()  # more red than green, more green than blue
    assert seen[-1, 0] < 254
    assert seen[-1, 2] < 180


def test_a_crowd_elsewhere_changes_no_pixel_of_its_density(scenes, cloud):
    scene, crowd = cloud(50, style="density"), np.tile([[2.4, 0.0, 0.0]], (5000, 1))
    alone = scenes.pixels(scenes.make(scene.bodies.position, 0.05, style="density"))
    beside = scenes.pixels(scenes.make(np.concatenate([scene.bodies.position, crowd]), 0.05, style="density"))
    assert not np.array_equal(alone, beside)
    assert np.array_equal(alone[:, :160], beside[:, :160])


@pytest.mark.parametrize("style", ["glow", "density"])
def test_exposure_brightens_the_light(scenes, cloud, style):
    scene = cloud(style=style)
    brighter = replace(scene, look=replace(scene.look, exposure=2.0))
    assert (scenes.pixels(brighter) >= scenes.pixels(scene)).all()
    assert scenes.pixels(brighter).mean() > scenes.pixels(scene).mean() + 1


def test_the_halo_moves_smoothly_with_its_body(scenes):
    def centre_of_light(x):
        pixels = scenes.pixels(scenes.make([[x, 0, 0]], radius=0.02, style="glow", grid=False, axes=False), None, True)
        return (pixels[:, :, 3].sum(axis=0) * np.arange(320)).sum() / pixels[:, :, 3].sum()

    at = [centre_of_light(x) for x in np.linspace(0.0, 0.2, 9)]
    steps = np.diff(at)
    assert (steps > 0).all()
    assert steps.max() < 2.5 * steps.mean()


@STYLES
def test_a_transparent_picture_is_empty_where_there_are_no_bodies(scenes, style):
    pixels = scenes.pixels(scenes.make([[0, 0, 0]], radius=0.3, style=style), transparent=True)
    assert (pixels[:10, :40] == 0).all()
    assert pixels[CENTRE][3] > 240
    assert (pixels[:, :, :3].max(axis=-1) <= pixels[:, :, 3]).all()  # premultiplied


@STYLES
def test_a_transparent_picture_laid_over_black_keeps_its_colours(scenes, style):
    scene = scenes.make([[0, 0, 0]], radius=1.0, color=BLUE, style=style)
    image = picture(scene, scenes.shot(scene), 320, 180, transparent=True)
    assert image.format() == QImage.Format.Format_ARGB32_Premultiplied
    assert image.pixelColor(0, 0).alpha() == 0
    middle = image.pixelColor(160, 90)
    assert middle.blue() > middle.red()


@STYLES
def test_a_gradient_has_no_bands(scenes, style):
    pixels = empty(scenes, style=style, grid=False, axes=False)[:, :, :3]
    assert np.ptp(pixels, axis=1).max() <= 1
    means = pixels.mean(axis=(1, 2))
    assert (np.abs(np.diff(means)) < 0.25).all()
    assert means[0] > means[-1] + 5


@pytest.mark.parametrize("flat", [False, True])
def test_grid_and_axes_are_painted_only_when_asked_for(scenes, flat):
    view = replace(scenes.FRONT, pitch=20.0, yaw=30.0, flat=flat)
    bare = empty(scenes, view=view, grid=False, axes=False)
    axes = empty(scenes, view=view, grid=False, axes=True)
    grid = empty(scenes, view=view, grid=True, axes=False)
    assert changed(axes, bare).any()
    assert (np.ptp(axes[changed(axes, bare)][:, :3], axis=-1) > 3).mean() > 0.7  # coloured
    assert changed(grid, bare).any()
    assert (np.ptp(grid[:, :, :3], axis=-1) <= 1).all()  # grey


def test_a_flat_grid_is_graph_paper(scenes):
    view = replace(scenes.FRONT, flat=True, target=(0.37, 0.21, 0.0))
    bare = empty(scenes, view=view, grid=False, axes=False)
    lines = changed(empty(scenes, view=view, grid=True, axes=False), bare)
    columns, rows = lines.all(axis=0), lines.all(axis=1)
    assert columns.any()
    assert rows.any()
    assert np.array_equal(lines, columns[None, :] | rows[:, None] | lines)


def test_looking_at_the_sky_shows_no_floor(scenes):
    view = replace(scenes.FRONT, target=(0.0, 0.0, 50.0), pitch=-40.0)
    assert not changed(empty(scenes, view=view), empty(scenes, view=view, grid=False, axes=False)).any()


def test_distance_veils_but_not_in_a_flat_view(scenes):
    def middle(y, flat=False):
        view = replace(scenes.FRONT, distance=10.0, flat=flat)
        position = [[0, 0, y]] if flat else [[0, y, 0]]
        return scenes.pixels(scenes.make(position, radius=1.0, color=RED, view=view))[CENTRE][0]

    assert middle(12.0) < middle(-3.0) - 30
    assert middle(-8.0, flat=True) == middle(8.0, flat=True)


@STYLES
def test_the_light_theme_is_light_but_glow_needs_the_night(scenes, style):
    scene = scenes.make(np.empty((0, 3)), style=style)
    pixel = picture(scene, scenes.shot(scene), 32, 18, tokens=LIGHT).pixelColor(3, 3)
    assert pixel.lightness() > 180 if style == "disc" else pixel.lightness() < 40
    assert picture(scene, scenes.shot(scene), 32, 18, tokens=DARK).pixelColor(3, 3).lightness() < 70


@STYLES
@pytest.mark.parametrize("size", [(1, 1), (3, 200), (200, 3), (16, 9)])
def test_a_picture_may_be_of_any_size(scenes, cloud, style, size):
    scene = cloud(40, style=style)
    image = picture(scene, scenes.shot(scene), *size)
    assert (image.width(), image.height()) == size


def test_a_picture_takes_arrays_that_nobody_may_write_to(scenes, cloud):
    scene = cloud(40)
    shot = scenes.shot(scene)
    for array in (scene.bodies.radius, scene.bodies.color, shot.position):
        array.flags.writeable = False
    assert scenes.pixels(scene, shot).any()


@STYLES
@pytest.mark.parametrize("flat", [False, True])
@pytest.mark.parametrize("distance", [1e-9, 1e15])
def test_a_view_as_near_or_far_as_the_zoom_goes_is_painted(scenes, style, flat, distance):
    view = replace(scenes.FRONT, distance=distance, pitch=20.0, flat=flat, target=(0.2, 0.1, 0.0))
    scene = scenes.make([[0.2, 0.1, 0.0]], radius=0.2 * distance, color=GREEN, style=style, view=view)
    assert strongest(scenes.pixels(scene)[CENTRE]) == 1
