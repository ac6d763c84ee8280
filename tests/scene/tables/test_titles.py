"""What titles and units mean."""

import numpy as np
import pytest

import revanim as ra
from revanim.scene.tables.titles import ATTRACTION, MASS, MOMENT, NAME, PLACE, SPEED, read_title, vector
from revanim.scene.tables.units import LENGTH, PULL, gravity, read_unit
from revanim.scene.tables.units import MASS as KILOGRAM
from revanim.scene.tables.units import SPEED as METRE_A_SECOND


@pytest.mark.parametrize(
    ("title", "quantity", "axis", "unit"),
    [
        ("x", PLACE, 0, ""),
        ("x [au]", PLACE, 0, "au"),
        ("X, mm", PLACE, 0, "mm"),
        ("PosY", PLACE, 1, ""),
        ("z-coordinate (10^6 km)", PLACE, 2, "10^6 km"),
        ("center of mass x", PLACE, 0, ""),
        ("P[y]", PLACE, 1, ""),
        ("vx (km/s)", SPEED, 0, "km/s"),
        ("vy_au/day", SPEED, 1, "au/day"),
        ("vz_m_s", SPEED, 2, "m_s"),
        ("v_z [km s^-1]", SPEED, 2, "km s^-1"),
        ("xdot", SPEED, 0, ""),
        ("Mass_kg", MASS, None, "kg"),
        ("GM (km^3/s^2)", ATTRACTION, None, "km^3/s^2"),
        ("Name", NAME, None, ""),
        ("t [s]", MOMENT, None, "s"),
    ],
)
def test_a_title_says_what_a_column_holds_and_in_which_unit(
    title: str, quantity: str, axis: int | None, unit: str
) -> None:
    read = read_title(title)
    assert (read.quantity, read.axis, read.unit) == (quantity, axis, unit)


@pytest.mark.parametrize(
    "title", ["x error", "nx", "dx", "Points_Magnitude", "color", "Point ID", "rotX", "", "99", "maximum x"]
)
def test_what_is_no_place_is_not_taken_for_one(title: str) -> None:
    assert read_title(title).quantity == ""


@pytest.mark.parametrize(
    ("titles", "columns"),
    [
        ("t x y z", [1, 2, 3]),
        ("Z Y X", [2, 1, 0]),
        ("x y", [0, 1]),
        ("Points:0 Points:1 Points:2 Points:Magnitude", [0, 1, 2]),
        ("p1 p2 p3", [0, 1, 2]),
        ("x1 x2 x3", [0, 1, 2]),
        ("x_0 y_0 z_0 vx_0 vy_0 vz_0", [0, 1, 2]),
        ("vx vy vz", []),
        ("x z", []),
        ("rx ry rz tx ty tz", [3, 4, 5]),
        ("pos_x pos_y x y", [2, 3]),
    ],
)
def test_the_axes_of_places_are_found(titles: str, columns: list[int]) -> None:
    assert vector(titles.split(), PLACE, "it") == columns


def test_two_titles_for_one_axis_are_refused() -> None:
    with pytest.raises(ra.RevanimError, match="it has the columns x1 and x2; only one of them can be meant"):
        vector(["x1", "y1", "x2", "y2"], PLACE, "it")


@pytest.mark.parametrize(
    ("text", "size", "powers"),
    [
        ("km", 1e3, LENGTH),
        ("KPC", 3.0856775814913673e19, LENGTH),
        ("10^6 km", 1e9, LENGTH),
        ("light years", 9.4607304725808e15, LENGTH),
        ("km/s", 1e3, METRE_A_SECOND),
        ("km s^-1", 1e3, METRE_A_SECOND),
        ("km·s⁻¹", 1e3, METRE_A_SECOND),
        ("kms", 1e3, METRE_A_SECOND),
        ("AU/day", 1.495978707e11 / 86400, METRE_A_SECOND),
        ("m**3/s**2", 1.0, PULL),
        ("km³/s²", 1e9, PULL),
        ("10^24 kg", 1e24, KILOGRAM),
        ("×10²⁴ kg", 1e24, KILOGRAM),
        ("solar masses", 1.98840987e30, KILOGRAM),
    ],
)
def test_units_are_read_in_every_spelling(text: str, size: float, powers: tuple[int, int, int]) -> None:
    unit = read_unit(text)
    assert unit is not None
    assert unit.size == pytest.approx(size, rel=1e-12)
    assert unit.powers == powers


@pytest.mark.parametrize("text", ["", "furlong", "km/furlong", "(km)", "10^999 km", "0 km", "x" * 500])
def test_what_is_no_unit_is_none(text: str) -> None:
    assert read_unit(text) is None


def test_units_give_the_constant_of_gravitation() -> None:
    au, year, sun = 1.495978707e11, 365.25 * 86400, 1.98840987e30
    assert gravity(au, year, sun) == pytest.approx(4 * np.pi**2, rel=2e-4)
