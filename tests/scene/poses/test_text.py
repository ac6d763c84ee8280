import numpy as np
import pytest

import revanim as ra
from revanim.scene.pose import make_pose
from revanim.scene.poses.text import text_outline, text_points
from revanim.scene.shapes.outline import bounds


def width(text: str) -> float:
    return float(np.ptp(np.concatenate(text_outline(text))[:, 0]))


def test_as_many_points_as_asked_for_lie_inside_the_letters() -> None:
    points = text_points("Exact & back", 777)
    low, high = bounds(text_outline("Exact & back"))
    assert points.shape == (777, 2)
    assert ((low <= points) & (points <= high)).all()


def test_a_capital_is_as_high_as_asked_and_the_line_is_centred() -> None:
    corners = np.concatenate(text_outline("HAH", height=3.0))
    assert np.ptp(corners[:, 1]) == pytest.approx(3.0)
    assert corners.min(axis=0) == pytest.approx(-corners.max(axis=0))


def test_letters_keep_the_distance_that_their_shapes_need() -> None:
    assert width("VA") < width("V") + width("A")  # they lean into each other
    assert width("HH") > width("H") + width("H")


def test_a_letter_with_an_accent_is_drawn_whole_however_it_is_written() -> None:
    assert len(text_outline("ä")) == len(text_outline("a")) + 2
    assert np.array_equal(np.concatenate(text_outline("a\N{COMBINING DIAERESIS}")), np.concatenate(text_outline("ä")))


def test_the_inside_of_an_o_stays_empty() -> None:
    points = text_points("O", 2000)
    assert np.abs(points).max() > 0.45
    assert np.linalg.norm(points, axis=1).min() > 0.15


@pytest.mark.parametrize(("align", "shift"), [("left", -1.0), ("centre", 0.0), ("right", 1.0)])
def test_lines_lie_one_below_the_other_and_are_aligned(align: str, shift: float) -> None:
    corners = np.concatenate(text_outline("HHHHHH\nI\r\nI", align=align))
    low, high = corners[corners[:, 1] < -0.5].min(axis=0), corners[corners[:, 1] < -0.5].max(axis=0)
    assert len(text_outline("HHHHHH\nI\r\nI")) == 8
    assert np.ptp(corners[:, 1]) > 4
    assert (low + high)[0] / 2 == pytest.approx(shift * (width("HHHHHH") - width("I")) / 2, abs=1e-9)


def test_empty_lines_keep_their_room() -> None:
    tall, taller = (np.ptp(np.concatenate(text_outline(text))[:, 1]) for text in ("I\nI", "I\n\nI"))
    assert taller > 1.5 * tall


def test_heavier_letters_take_more_room() -> None:
    light, heavy = (np.concatenate(text_outline("MMM", weight=weight)) for weight in ("Regular", "Bold"))
    assert np.ptp(heavy[:, 0]) > np.ptp(light[:, 0])


def test_an_outline_is_traced_by_points_at_equal_distances() -> None:
    points = make_pose("text", 200, source="I", paint="outline", size=1.0).position
    steps = np.linalg.norm(np.diff(points, axis=0, append=points[:1]), axis=1)
    assert steps.max() < 1.2 * steps.min()


@pytest.mark.parametrize("text", ["", "   ", " \n\r\n \t"])
def test_a_text_that_shows_nothing_is_refused(text: str) -> None:
    with pytest.raises(ra.RevanimError, match="at least one letter"):
        text_points(text, 10)


def test_letters_that_nobody_sees_are_no_letters() -> None:
    text = "\ufeffE\u200bx\u00ada\u2060c\u200dt\ufe0f\u200e\u2009\N{NO-BREAK SPACE}\x07it"
    assert np.array_equal(np.concatenate(text_outline(text)), np.concatenate(text_outline("Exact  it")))


@pytest.mark.parametrize(
    "text", ["a \N{SNOWMAN}", "\N{SNOWMAN}\N{GRINNING FACE}", "\ud800 \N{SNOWMAN}", "\0\N{SNOWMAN}"]
)
def test_letters_that_the_typeface_lacks_are_named(text: str) -> None:
    with pytest.raises(ra.RevanimError, match="\N{SNOWMAN}"):
        text_points(text, 10)


def test_a_novel_is_refused() -> None:
    with pytest.raises(ra.RevanimError, match="1001 letters"):
        text_points("x" * 1001, 10)
