"""How bodies go round each other."""

import numpy as np
import pytest

from revanim.scene.tables.orbits import orbits

SUN, EARTH, MOON = 4 * np.pi**2, 4 * np.pi**2 * 3.003e-6, 4 * np.pi**2 * 3.69e-8  # au³ / yr²


def test_a_moon_goes_round_its_planet_and_the_planet_round_the_sun() -> None:
    fast = np.sqrt(EARTH / 0.00257)
    place = np.array([[0, 0, 0], [1, 0, 0], [1.00257, 0, 0]], float)
    speed = np.array([[0, 0, 0], [0, 2 * np.pi, 0], [0, 2 * np.pi + fast, 0]])
    found = orbits(place, speed, np.array([SUN, EARTH, MOON]))
    assert found.period[2] == pytest.approx(27.3 / 365.25, rel=0.05)
    assert found.closest[2] == pytest.approx(0.00257, rel=0.05)


@pytest.mark.parametrize("bend", [0.0, 0.5, 0.967, 0.9999])
def test_an_ellipse_has_its_period_and_its_closest_distance_wherever_the_body_is(bend: float) -> None:
    axis = 3.0
    far = axis * (1 + bend)
    fast = np.sqrt(SUN * (2 / far - 1 / axis))
    found = orbits(np.array([[0, 0, 0], [far, 0, 0]]), np.array([[0, 0, 0], [0, fast, 0]]), np.array([SUN, 0.0]))
    assert found.period == pytest.approx([axis**1.5] * 2)
    assert found.closest == pytest.approx([axis * (1 - bend)] * 2, rel=1e-6)
    assert found.turn() == pytest.approx([(axis * (1 - bend)) ** 1.5] * 2, rel=1e-6)


def test_who_does_not_come_back_has_no_period_and_who_is_not_pulled_no_orbit() -> None:
    place, speed = np.array([[0, 0, 0], [1, 0, 0]], float), np.array([[0, 0, 0], [0, 100, 0]], float)
    assert np.isinf(orbits(place, speed, np.array([SUN, 0.0])).period).all()
    assert np.isnan(orbits(place, speed, np.zeros(2)).turn()).all()
