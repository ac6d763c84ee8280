"""A parameter may be a table of weights: one value for the whole scene, perhaps another for each stretch of frames."""

import io

import numpy as np
import pytest

import revanim as ra
from revanim.engine.adjoint import Adjoint
from revanim.engine.code.kernel import kernel
from revanim.engine.force import APPLY, ENERGY, PULL, ForceKernels, ForceKind, force_kinds
from revanim.engine.parameter import Curve, Floats, Parameter
from revanim.scene.build import make_playhead
from revanim.scene.file import decode, encode
from revanim.scene.values import default_of

WEIGHTS = 1
SHAPE = (2, 3)
TABLE = np.arange(6.0).reshape(SHAPE) / 10 - 0.3


@kernel(APPLY)
def apply(x, m, theta, slot, who, f, wide, a):
    at = slot[f, WEIGHTS, 0]
    for s in range(slot[f, 0, 0], slot[f, 0, 1]):
        for row in range(2):
            for column in range(3):
                a[row, who[s]] += theta[at + 3 * row + column] * x[column, who[s]]


@kernel(PULL)
def pull(x, m, theta, slot, who, f, wide, w, a, gx, gm, gtheta):
    at = slot[f, WEIGHTS, 0]
    for s in range(slot[f, 0, 0], slot[f, 0, 1]):
        for row in range(2):
            for column in range(3):
                a[row, who[s]] += theta[at + 3 * row + column] * x[column, who[s]]
                gx[column, who[s]] += theta[at + 3 * row + column] * w[row, who[s]]
                gtheta[at + 3 * row + column] += x[column, who[s]] * w[row, who[s]]


@kernel(ENERGY)
def energy(x, m, theta, slot, who, f, wide):
    return 0.0


field = ForceKind(
    name="linear_field",
    help="Pushes as a table says.",
    parameters=(
        Parameter("weights", 0.5, "1/s²", -9.0, 9.0, "What each place adds to each push.", shape=SHAPE, shown=False),
    ),
    kernels=ForceKernels(apply, pull, energy, rows={"weights": WEIGHTS}),
)


@pytest.fixture(autouse=True)
def with_the_field(monkeypatch: pytest.MonkeyPatch) -> None:
    kinds = {**force_kinds(), field.name: field}
    for room in ("part", "build"):
        monkeypatch.setattr(f"revanim.scene.{room}.force_kinds", lambda: kinds)


def scene(*forces: ra.Part) -> ra.Scene:
    return ra.make_scene([[1, 2, 3], [-1, 0, 0.5]], np.eye(2, 3), 1.0, forces=forces)


def by_the_formula(table: Floats) -> Floats:
    """Return the places after one second of exact steps small enough to agree to four digits."""
    place, speed = np.array([[1, 2, 3], [-1, 0, 0.5]]), np.eye(2, 3)
    for _ in range(20_000):
        speed[:, :2] += place @ table.T / 20_000
        place = place + speed / 20_000
    return place


def test_bodies_are_pushed_as_the_table_says() -> None:
    playhead = make_playhead(scene(ra.force(field.name, weights=TABLE)))
    home = playhead.digest()
    playhead.seek(25)
    np.testing.assert_allclose(playhead.position, by_the_formula(TABLE), atol=1e-3)
    playhead.seek(1)
    assert playhead.digest() == home


def test_a_default_that_is_a_number_fills_the_table() -> None:
    part = ra.force(field.name)
    assert part.values["weights"].tolist() == np.full(SHAPE, 0.5).tolist()
    assert default_of(scene(part), part, field.parameters[0]).tolist() == np.full(SHAPE, 0.5).tolist()


@pytest.mark.parametrize("given", [1.0, np.zeros(6), np.zeros((3, 2)), np.zeros((2, *SHAPE))])
def test_a_table_of_another_shape_is_refused(given: object) -> None:
    with pytest.raises(ra.RevanimError, match=r"linear_field\.weights has the shape .*; allowed is \(2, 3\)"):
        scene(ra.force(field.name, weights=given))


def test_a_table_with_a_weight_out_of_bounds_is_refused() -> None:
    with pytest.raises(ra.RevanimError, match=r"linear_field\.weights must lie between -9 and 9"):
        scene(ra.force(field.name, weights=10 * np.eye(*SHAPE)))


QUARTERS = Curve(1, 3, np.stack([TABLE, -TABLE, 2 * TABLE, 0 * TABLE]))


@pytest.mark.parametrize("weights", [TABLE, QUARTERS], ids=["one", "one for each quarter"])
def test_a_file_keeps_the_table(weights: Floats | Curve) -> None:
    before = scene(ra.force(field.name, weights=weights))
    after = decode(io.BytesIO(encode(before, b"")), "a file").forces[0].values["weights"]
    if isinstance(weights, Curve):
        assert isinstance(after, Curve)
        assert after.values.tolist() == weights.values.tolist()
    else:
        assert after.tolist() == weights.tolist()


def test_each_stretch_of_frames_may_have_weights_of_its_own() -> None:
    playhead = make_playhead(scene(ra.force(field.name, weights=QUARTERS)))
    playhead.seek(13)
    adjoint = Adjoint(playhead)
    adjoint.u[:] = 1.0
    adjoint.back(1)
    found = adjoint.gradient.parameter(0, "weights").reshape(4, *SHAPE)

    def total(shift: Floats) -> float:
        changed = Curve(1, 3, QUARTERS.values + shift)
        walker = make_playhead(scene(ra.force(field.name, weights=changed)))
        walker.seek(13)
        return float(walker.position.sum())

    for quarter, row, column in ((0, 0, 0), (1, 1, 2), (3, 0, 1)):
        shift = np.zeros((4, *SHAPE))
        shift[quarter, row, column] = 1e-3
        assert found[quarter, row, column] == pytest.approx((total(shift) - total(-shift)) / 2e-3, rel=1e-5)


def test_a_solver_finds_the_weights() -> None:
    start = scene(ra.force(field.name, weights=TABLE))
    key = ra.edits.add_keyframe(start, frame=13, bodies=[0, 1], position=[[2, 2, 3], [-1, 0.5, 0.5]])
    *_, last = ra.solve(key, controls=["linear_field.weights"])
    assert last.miss < 1e-6
    assert last.scene.forces[0].values["weights"].shape == SHAPE
