import numpy as np
import pytest

import revanim as ra
from revanim.engine.parameter import Floats
from revanim.scene.shapes.area import Area, Layer, Outline, Region
from revanim.scene.shapes.outline import along, closed, fill, fill_areas

SQUARE = np.array([[0.0, 0.0], [4.0, 0.0], [4.0, 4.0], [0.0, 4.0]])
INNER = np.array([[1.0, 1.0], [3.0, 1.0], [3.0, 3.0], [1.0, 3.0]])
HOLE = INNER[::-1].copy()  # the other way round
WIDE = SQUARE * (100, 1)
DIAGONAL = np.array([[0.0, 0.0], [100.0, 100.0], [100.1, 100.0], [0.1, 0.0]])


def winding(outline: Outline, points: Floats) -> Floats:
    """Return how often the outline winds around each point, by the angles under which its edges are seen."""
    turns = np.zeros(len(points))
    for polygon in outline:
        seen = np.angle((polygon[None] - points[:, None]) @ (1, 1j))
        steps = np.diff(seen, axis=1, append=seen[:, :1])
        turns += ((steps + np.pi) % (2 * np.pi) - np.pi).sum(axis=1) / (2 * np.pi)
    return np.rint(turns)


def inner(points: Floats) -> Floats:
    return ((points > 1) & (points < 3)).all(axis=1)


@pytest.mark.parametrize("outline", [[SQUARE], [SQUARE, HOLE], [WIDE], [SQUARE, INNER + 20]])
def test_points_lie_inside_an_outline_and_fill_it_evenly(outline: list[Floats]) -> None:
    points = fill(outline, 2000)
    assert points.shape == (2000, 2)
    assert (winding(outline, points) != 0).all()
    if len(outline) == 1 or outline[1] is HOLE:
        for side in (points < outline[0].mean(axis=0)).T:
            assert side.mean() == pytest.approx(0.5, abs=0.02)


def test_a_hole_that_winds_the_other_way_stays_empty() -> None:
    assert not inner(fill([SQUARE, HOLE], 500)).any()
    assert inner(fill([SQUARE, INNER], 500)).any()


def test_by_the_odd_rule_a_hole_may_wind_either_way() -> None:
    assert not inner(fill_areas([Area([SQUARE, INNER], odd=True)], 500)).any()


def test_paper_takes_away_what_lies_below_it_and_not_what_lies_above() -> None:
    square, paper = Area([SQUARE]), Area([INNER], shade=1.0)
    assert not inner(fill_areas([square, paper], 500)).any()
    assert inner(fill_areas([paper, square], 500)).any()


def test_paper_that_hardly_covers_takes_nothing_away() -> None:
    square, faint = Area([SQUARE]), Area([INNER], shade=1.0, alpha=0.1)
    layer = Layer((Area([INNER], shade=1.0),), 0.1)
    for above in (faint, layer):
        assert inner(fill_areas([square, above], 800)).mean() == pytest.approx(0.25, abs=0.02)


def test_an_area_is_seen_through_all_that_lies_before_it() -> None:
    window = Region((Area([INNER], shade=1.0),))
    corner = Region((Area([SQUARE / 2], shade=1.0),))
    points = fill_areas([Area([SQUARE * 9], within=(window, corner))], 300)
    assert points.min(axis=0) == pytest.approx([1, 1], abs=0.1)
    assert points.max(axis=0) == pytest.approx([2, 2], abs=0.1)


def test_a_window_of_a_window_and_one_with_a_dark_part() -> None:
    window = Region((Area([SQUARE], shade=1.0), Area([INNER], shade=0.0)))
    assert not inner(fill_areas([Area([SQUARE * 9], within=(window,))], 300)).any()


def test_areas_that_overlap_are_filled_once() -> None:
    other = Area([SQUARE[::-1] + np.array([2, 0])])  # winding the other way, it must not cancel the first
    points = fill_areas([Area([SQUARE]), other], 1200)
    thirds = np.histogram(points[:, 0], bins=[0, 2, 4, 6])[0]
    assert thirds == pytest.approx([400, 400, 400], abs=20)


def test_a_line_as_thin_as_a_hair_is_found_and_filled() -> None:
    points = fill([DIAGONAL], 300)
    assert (winding([DIAGONAL], points) != 0).mean() > 0.95
    assert len(np.unique(points, axis=0)) == 300


def test_points_keep_apart() -> None:
    points = fill([SQUARE], 400)  # a square of 16 with room for 0.2 around each
    away = np.linalg.norm(points[:, None] - points, axis=2) + 9 * np.eye(400)
    assert away.min() > 0.12


@pytest.mark.parametrize("outline", [[], [np.zeros((2, 2))], [SQUARE[:2]], [DIAGONAL[:2]], [np.zeros((0, 2))]])
def test_an_outline_without_area_is_refused(outline: list[Floats]) -> None:
    with pytest.raises(ra.RevanimError, match="no area"):
        fill(outline, 5)


def test_points_along_a_square_are_equally_far_apart_and_hit_its_corners() -> None:
    points = along([closed(SQUARE)], 40)
    assert np.linalg.norm(np.diff(points, axis=0, append=points[:1]), axis=1) == pytest.approx(np.full(40, 0.4))
    assert {tuple(corner) for corner in SQUARE} <= {tuple(point) for point in points}


def test_both_ends_of_an_open_line_have_a_point() -> None:
    points = along([np.array([[0.0, 0.0], [1.0, 0.0], [3.0, 0.0]])], 7)
    assert points[:, 0] == pytest.approx([0, 0.5, 1, 1.5, 2, 2.5, 3])


def test_long_lines_get_more_points_than_short_ones() -> None:
    points = along([closed(SQUARE), closed(SQUARE * 3 + 100)], 100)
    assert (points[:, 0] < 50).sum() == 25


@pytest.mark.parametrize("count", [1, 2, 3, 5])
def test_few_points_on_many_lines_are_as_many_as_asked(count: int) -> None:
    assert len(along([closed(SQUARE + 9 * k) for k in range(10)], count)) == count


@pytest.mark.parametrize("lines", [[], [np.ones((3, 2))], [np.ones((1, 2))]])
def test_lines_without_length_are_refused(lines: list[Floats]) -> None:
    with pytest.raises(ra.RevanimError, match="no line"):
        along(lines, 5)
