"""Bodies that are off a path come back to it in two stretches, whatever their speed does to itself."""

import numpy as np
import pytest

from revanim.solve.sequence.tracking import flights, gains


def slopes(kind: str, random: np.random.Generator) -> np.ndarray:
    """Return float64[3, 4, 3, 3], nothing, losses, turns, or anything."""
    found = random.normal(size=(3, 4, 3, 3))
    if kind == "turns":
        return 3.0 * (found - found.swapaxes(-1, -2))
    return {"nothing": 0.0, "losses": -20.0, "anything": 5.0}[kind] * (
        np.eye(3) if kind == "losses" else found
    ) + 0 * found


@pytest.mark.parametrize("kind", ["nothing", "losses", "turns", "anything"])
def test_two_pushes_bring_bodies_to_rest_on_the_path(kind: str) -> None:
    random, lengths = np.random.default_rng(4), np.array([0.1, 0.3, 0.2])
    change = slopes(kind, random)
    place, speed = random.normal(size=(2, 4, 3, 1))
    back, (f0, f1, f2) = gains(lengths, change), flights(lengths, change)
    push = back[0, 0] @ place + back[1, 0] @ speed
    place, speed = place + f1[0] @ speed + f2[0] @ push, f0[0] @ speed + f1[0] @ push
    push = -np.linalg.solve(f1[1], f0[1] @ speed)  # to rest
    place, speed = place + f1[1] @ speed + f2[1] @ push, f0[1] @ speed + f1[1] @ push
    assert np.abs(place).max() < 1e-8
    assert np.abs(speed).max() < 1e-8


def test_without_losses_that_is_a_parabola() -> None:
    h, then = 0.3, 0.2
    place, speed = gains(np.array([h, then]), np.zeros((2, 1, 3, 3)))[:, 0, 0]
    np.testing.assert_allclose(place, -2.0 / (h * (h + then)) * np.eye(3))
    np.testing.assert_allclose(speed, -2.0 * (h + then / 2) / (h * (h + then)) * np.eye(3))


def test_a_flight_is_that_of_many_short_ones() -> None:
    change, h, parts = 4.0 * np.random.default_rng(5).normal(size=(1, 1, 3, 3)), 0.5, 20000
    f0, f1, f2 = flights(np.array([h]), change)
    place, speed, push = np.zeros(3), np.array([1.0, -2.0, 0.5]), np.array([0.3, 1.0, -1.0])
    expected = f1[0, 0] @ speed + f2[0, 0] @ push, f0[0, 0] @ speed + f1[0, 0] @ push
    for _ in range(parts):
        middle = speed + h / parts / 2 * (change[0, 0] @ speed + push)
        place, speed = place + h / parts * middle, speed + h / parts * (change[0, 0] @ middle + push)
    np.testing.assert_allclose((place, speed), expected, rtol=1e-6)
