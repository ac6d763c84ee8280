import numpy as np
import pytest

import revanim as ra
from revanim.scene.outline import fill, winding
from revanim.scene.poses.text import text_outline, text_points

SQUARE = np.array([[0.0, 0.0], [4.0, 0.0], [4.0, 4.0], [0.0, 4.0]])
HOLE = np.array([[1.0, 1.0], [1.0, 3.0], [3.0, 3.0], [3.0, 1.0]])  # the other way round
WIDE = SQUARE * (100, 1)


def test_as_many_points_as_asked_for_lie_inside_the_letters() -> None:
    outline, points = text_outline("Exact & back"), text_points("Exact & back", 777)
    assert points.shape == (777, 2)
    assert (winding(outline, points) != 0).all()


def test_the_same_text_gives_the_same_points() -> None:
    assert text_points("again", 100).tobytes() == text_points("again", 100).tobytes()


def test_more_points_keep_the_first_ones() -> None:
    assert (text_points("more", 500)[:200] == text_points("more", 200)).all()


def test_a_capital_is_as_high_as_asked_and_the_line_is_centred() -> None:
    corners = np.concatenate(text_outline("HAH", height=3.0))
    assert np.ptp(corners[:, 1]) == pytest.approx(3.0)
    assert corners.min(axis=0) == pytest.approx(-corners.max(axis=0))


def test_letters_keep_the_distance_that_their_shapes_need() -> None:
    def width(text: str) -> float:
        return float(np.ptp(np.concatenate(text_outline(text))[:, 0]))

    assert width("VA") < width("V") + width("A")  # they lean into each other
    assert width("HH") > width("H") + width("H")


def test_a_letter_with_an_accent_is_drawn_whole() -> None:
    plain, accented = (np.concatenate(text_outline(letter)) for letter in "Aä")
    assert len(text_outline("ä")) == len(text_outline("a")) + 2
    assert accented[:, 1].max() > 0
    assert np.ptp(plain[:, 1]) == pytest.approx(1.0)


def test_the_inside_of_an_o_stays_empty() -> None:
    points = text_points("O", 2000)
    assert np.abs(points).max() > 0.45
    assert np.linalg.norm(points, axis=1).min() > 0.15


@pytest.mark.parametrize("text", ["", "   "])
def test_a_text_that_shows_nothing_is_refused(text: str) -> None:
    with pytest.raises(ra.RevanimError, match="at least one letter"):
        text_points(text, 10)


def test_a_letter_that_the_typeface_lacks_is_named() -> None:
    with pytest.raises(ra.RevanimError, match="\N{SNOWMAN}"):
        text_points("a \N{SNOWMAN}", 10)


def test_a_hole_winds_the_other_way_and_stays_empty() -> None:
    points = np.array([[0.5, 0.5], [2.0, 2.0], [5.0, 2.0], [0.5, 2.0]])
    assert winding([SQUARE, HOLE], points).tolist() == [1, 0, 0, 1]
    assert winding([HOLE[::-1], SQUARE], points).tolist() == [1, 2, 0, 1]


@pytest.mark.parametrize("outline", [[SQUARE], [SQUARE, HOLE], [WIDE]])
def test_points_fill_an_outline_evenly(outline: list[np.ndarray]) -> None:
    points = fill(outline, 4000)
    middle = outline[0].mean(axis=0)
    for side in (points < middle).T:
        assert side.mean() == pytest.approx(0.5, abs=0.01)


def test_points_keep_apart() -> None:
    points = fill([SQUARE], 400)  # a square of 16 with room for 0.2 around each
    away = np.linalg.norm(points[:, None] - points, axis=2) + 9 * np.eye(400)
    assert away.min() > 0.08


def test_an_outline_without_area_is_refused() -> None:
    for outline in ([], [np.array([[0.0, 0.0], [1.0, 1.0]])]):
        with pytest.raises(ra.RevanimError, match="no area"):
            fill(outline, 5)
