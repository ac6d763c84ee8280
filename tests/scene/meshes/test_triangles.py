"""Polygons cut into triangles: no two overlap, and together they are the polygon."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import revanim as ra
from revanim.engine.parameter import Floats
from revanim.scene.meshes.mesh import Mesh
from revanim.scene.meshes.triangles import MOST_NOTCHED, triangles


def heard(part: float) -> None:
    pass


def cut(*polygons: Floats) -> Floats:
    """Return polygons in the plane as triangles, float64[t, 3, 2]."""
    places = np.concatenate(polygons)
    mesh = Mesh(
        np.column_stack([places, np.zeros(len(places))]), np.array([*map(len, polygons)]), np.arange(len(places))
    )
    return places[triangles(mesh, "it", heard)]


def area(polygons: Floats) -> Floats:
    """Return the signed area of polygons, float64[..., k, 2] (Gauss)."""
    x, y = np.moveaxis(polygons, -1, 0)
    return (x * np.roll(y, -1, axis=-1) - np.roll(x, -1, axis=-1) * y).sum(axis=-1) / 2


def star(radii: list[float], begin: int = 0) -> Floats:
    """Return a polygon around the origin, with notches where radii are small."""
    angle = 2 * np.pi * np.arange(len(radii)) / len(radii)
    return np.roll(np.array(radii)[:, None] * np.column_stack([np.cos(angle), np.sin(angle)]), begin, axis=0)


@given(st.lists(st.floats(0.1, 10), min_size=3, max_size=40), st.integers(0, 40), st.booleans())
def test_triangles_cover_a_polygon_once(radii: list[float], begin: int, turned: bool) -> None:
    polygon = star(radii, begin)[:: -1 if turned else 1]
    found = area(cut(polygon))
    assert (found > -1e-9).all() or (found < 1e-9).all()
    assert abs(found.sum()) == pytest.approx(abs(area(polygon)), rel=1e-9)


def test_a_hole_that_a_bridge_joins_to_the_edge_stays_empty() -> None:
    outside, inside = (
        np.array([(0, 0), (6, 0), (6, 6), (0, 6), (0, 0)]),
        np.array([(2, 2), (2, 4), (4, 4), (4, 2), (2, 2)]),
    )
    found = cut(np.concatenate([outside, inside]).astype(float))
    middle = found.mean(axis=1)
    assert np.abs(area(found)).sum() == pytest.approx(32)
    assert not ((middle > 2) & (middle < 4)).all(axis=1).any()


def test_each_of_many_polygons_is_cut_by_itself() -> None:
    dart = np.array([(0, 0), (4, 0), (4, 4), (3, 1)], float)
    square = np.array([(10, 0), (11, 0), (11, 1), (10, 1)], float)
    found = area(cut(square, dart, square + 5, dart - 9, dart[::-1]))
    assert np.abs(found).sum() == pytest.approx(2 + 3 * abs(area(dart)))


@pytest.mark.parametrize("normal", [(1, 0, 0), (0, 1, 0), (0, 0, -1), (1, 2, 3), (-3, 1, 0.1)])
def test_a_polygon_may_lie_in_any_plane_of_any_size(normal: tuple[float, float, float]) -> None:
    notched = np.array([(0, 3), (0, 0), (3, 0), (3, 1), (1, 1), (1, 3)], float)
    plane = np.linalg.svd(np.array([normal], float))[2][1:]
    for size in (1e-20, 1.0, 1e20):
        places = size * (notched @ plane) + size
        found = places[triangles(Mesh(places, np.array([6]), np.arange(6)), "it", heard)]
        doubled = np.linalg.norm(np.cross(found[:, 1] - found[:, 0], found[:, 2] - found[:, 0]), axis=1)
        assert doubled.sum() == pytest.approx(2 * 5 * size**2)


def test_lines_points_and_folded_faces_make_no_noise() -> None:
    assert len(cut(np.zeros((0, 2)), np.zeros((1, 2)), np.zeros((2, 2)))) == 0
    folded = np.array([(0, 0), (1, 0), (2, 0), (1, 0), (0, 0)], float)
    assert np.abs(area(cut(folded))).sum() == pytest.approx(0)


def test_a_comb_of_more_corners_than_can_be_cut_in_time_is_refused() -> None:
    teeth = np.arange(MOST_NOTCHED + 1)
    comb = np.column_stack([teeth, teeth % 2 + 1.0])
    with pytest.raises(ra.RevanimError, match="20003 corners; 20000 are allowed"):
        cut(np.concatenate([comb, [(teeth[-1], 0.0), (0.0, 0.0)]]))


def test_many_combs_that_can_be_cut_alone_are_refused_together() -> None:
    angle = np.linspace(0, 2 * np.pi, 15_000, endpoint=False)
    radius = 1.0 + np.arange(angle.size) % 2
    places = np.stack([radius * np.cos(angle), radius * np.sin(angle), 0 * angle], axis=1)
    ring = np.arange(angle.size)
    mesh = Mesh(places, np.full(20, ring.size), np.tile(ring, 20))
    with pytest.raises(ra.RevanimError, match="has 20 faces with notches and too many corners in all"):
        triangles(mesh, "it", lambda part: None)
