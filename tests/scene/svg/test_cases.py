"""Small drawings as real programs write them, each with what browsers and resvg show of it."""

from pathlib import Path

import numpy as np
import pytest

from revanim.engine.parameter import Floats
from revanim.scene.pose import Pose, make_pose
from revanim.scene.poses.svg import painted
from revanim.scene.shapes.area import around
from revanim.scene.svg.walk import read_svg

CASES = Path(__file__).parents[1] / "cases" / "svg"
REFERENCE = (110, 10, 120, 20)  # a rectangle that every case with one shape has beside it


def pose(name: str, count: int = 1000) -> Pose:
    return make_pose("svg", count, source=CASES / f"{name}.svg")


def places(name: str, count: int = 1000) -> Floats:
    """Return places in the units of a drawing, y down."""
    drawing = read_svg((CASES / f"{name}.svg").read_bytes(), name, lambda part: None)
    inked = [area for area in painted(drawing, all_pale=False) if area.shade < 0.97]  # type: ignore[union-attr]
    left, bottom, right, top = around(area.box for area in inked)
    scale = max(right - left, top - bottom) / 4
    middle = np.array([(left + right) / 2, -(bottom + top) / 2])
    return pose(name, count).position[:, :2] * (scale, -scale) + middle


def without(place: Floats, box: tuple[float, ...]) -> Floats:
    left, top, right, bottom = box
    x, y = place.T
    return place[~((x >= left) & (x <= right) & (y >= top) & (y <= bottom))]


@pytest.mark.parametrize(
    ("name", "box"),
    [
        ("clip_path_group", (20, 20, 60, 60)),
        ("css_compound", (10, 10, 40, 40)),
        ("css_tag_class", (10, 10, 40, 40)),
        ("css_htmlcomment", (10, 10, 40, 40)),
        ("fill_rgba0", (10, 10, 40, 40)),
        ("nearly_white_page", (10, 10, 40, 40)),
        ("off_artboard", (20, 20, 80, 80)),
        ("arc_zero_radius", (10, 10, 90, 90)),
        ("path_error_midway", (10, 10, 90, 90)),
        ("points_odd", (10, 10, 90, 90)),
        ("stroke_butt", (20, 40, 80, 60)),
        ("symbol_own_style", (8, 8, 92, 92)),
        ("white_faint", (10, 10, 90, 90)),
    ],
)
def test_one_shape_lies_where_it_should(name: str, box: tuple[float, ...]) -> None:
    left, top, right, bottom = box
    found = without(places(name), REFERENCE)
    area = (right - left) * (bottom - top)
    area -= 76**2 if name == "symbol_own_style" else 0
    assert len(found) / 1000 == pytest.approx(area / (area + 100), abs=0.01)
    assert found.min(axis=0) == pytest.approx([left, top], abs=2)
    assert found.max(axis=0) == pytest.approx([right, bottom], abs=2)
    assert not len(without(found, (left - 1e-6, top - 1e-6, right + 1e-6, bottom + 1e-6)))


@pytest.mark.parametrize(
    ("name", "boxes"),
    [
        ("use_symbol_size", [(0, 0, 256, 256), (400, 400, 500, 500)]),
        ("use_svg_size", [(20, 20, 60, 60), (220, 120, 280, 180)]),
        ("illustrator_symbol", [(100, 100, 200, 200), (500, 300, 700, 500)]),
        ("transform_origin", [(10, 10, 30, 30), (110, 90, 130, 130)]),
        ("units_upper", [(0, 0, 96, 96), (200, 0, 296, 96)]),
        ("stroke_dash", [(0, 45, 20, 55), (40, 45, 60, 55), (80, 45, 100, 55)]),
        ("stroke_pct", [(50, 182.32, 250, 217.68), (100, 300, 135.36, 335.36)]),
        ("marker", [(10, 45, 70, 55), (70, 30, 110, 70), REFERENCE]),
    ],
)
def test_several_shapes_have_their_shares(name: str, boxes: list[tuple[float, ...]]) -> None:
    found = places(name)
    areas = np.array([(right - left) * (bottom - top) for left, top, right, bottom in boxes])
    edge = 1e-3 * np.ptp(found)
    grown = [(left - edge, top - edge, right + edge, bottom + edge) for left, top, right, bottom in boxes]
    shares = [1 - len(without(found, box)) / len(found) for box in grown]
    assert shares == pytest.approx(areas / areas.sum(), abs=0.015)
    assert sum(shares) == pytest.approx(1)


def test_faint_white_does_not_cut_what_lies_below_it() -> None:
    found = without(places("white_faint"), REFERENCE)
    assert (found[:, 1] < 50).mean() == pytest.approx(0.5, abs=0.02)


def test_a_frame_that_a_symbol_asks_for_is_hollow() -> None:
    found = without(places("symbol_own_style"), REFERENCE)
    assert len(without(found, (12.1, 12.1, 87.9, 87.9))) == len(found)


def test_a_path_that_breaks_off_is_said() -> None:
    assert "paths behind an error" in str(pose("path_error_midway").note)
