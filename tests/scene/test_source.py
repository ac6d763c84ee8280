"""What every source of bodies promises, and what each is for."""

import numpy as np
import pytest

import revanim as ra
from revanim.scene.source import SourceKind, make_assembly, scene_of, source_kinds

KINDS = list(source_kinds().values())
every_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)


def alone(kind: str, count: int, **values: object) -> ra.Scene:
    """Return a source as a scene of its own."""
    flow = source_kinds()[kind].flow
    planar = flow is not None and flow.planar is True
    return scene_of(make_assembly(kind, count, **values), np.eye(3), np.zeros(3), fps=24.0, planar=planar)


def test_the_menu_lists_every_source_there_is() -> None:
    assert list(source_kinds()) == [
        "ball_cloud", "box_cloud", "burst", "chain", "cloth", "emitter", "galaxy", "shell_cloud", "smoke_disc",
        "smoke_ring", "stirrer", "vortex_pair",
    ]  # fmt: skip


@every_kind
@pytest.mark.parametrize("count", [3, 40, 500])
def test_exactly_as_many_bodies_as_asked_for_and_always_the_same(kind: SourceKind, count: int) -> None:
    count = max(count, kind.least)
    one, other = (alone(kind.name, count, size=3.0) for _ in range(2))
    assert one.bodies.count == count
    assert np.array_equal(one.bodies.state, other.bodies.state)
    born = make_assembly(kind.name, count, size=3.0).births is not None  # a part of a frame ago, and has flown since
    assert np.ptp(one.bodies.position, axis=0).max() <= 3.0 + 1e-9 + born
    assert count < 500 or np.ptp(one.bodies.position, axis=0).max() > 2.9


@every_kind
def test_it_walks_there_and_back(kind: SourceKind) -> None:
    play = ra.Playhead(alone(kind.name, 60))
    before = play.digest()
    play.seek(40)
    assert np.isfinite(play.position).all()
    assert np.abs(play.position).max() < 25
    play.seek(1)
    assert play.digest() == before


@every_kind
def test_too_few_or_too_many_bodies_are_refused(kind: SourceKind) -> None:
    for count in (kind.least - 1, 200_001):
        with pytest.raises(ra.RevanimError, match="bodies cannot be"):
            make_assembly(kind.name, count)


def test_values_and_kinds_that_do_not_fit_are_refused() -> None:
    for kind, values in (
        ("chain", {"size": -1.0}),
        ("cloth", {"held": "sideways"}),
        ("galaxy", {"arms": 2}),
        ("sea", {}),
    ):
        with pytest.raises(ra.RevanimError):
            make_assembly(kind, 10, **values)


def test_a_chain_keeps_its_length_while_it_swings() -> None:
    scene = alone("chain", 6, size=2.0)
    (rod,) = scene.forces
    assert rod.links.tolist() == [[0, 1], [1, 2], [2, 3], [3, 4], [4, 5]]
    assert np.flatnonzero(scene.bodies.pinned).tolist() == [0]
    falling = ra.edits.set_forces(scene, [*scene.forces, ra.force("uniform", acceleration=(0, -2.0, 0))])
    play = ra.Playhead(falling)
    play.seek(60)
    assert np.linalg.norm(np.diff(play.position, axis=0), axis=1) == pytest.approx(np.full(5, 0.4), rel=0.02)


def test_a_cloth_rests_in_its_own_shape() -> None:
    scene = alone("cloth", 120)
    play = ra.Playhead(scene)
    play.seek(50)
    assert play.position == pytest.approx(scene.bodies.position, abs=1e-6)
    assert scene.bodies.pinned.sum() == pytest.approx(np.sqrt(120), abs=2)


def test_the_stars_of_a_galaxy_stay_on_their_circles() -> None:
    scene = alone("galaxy", 200, size=2.0, stars=0.0)
    far = np.linalg.norm(scene.bodies.position - scene.bodies.position[0], axis=1)
    play = ra.Playhead(scene)
    play.seek(48)
    now = np.linalg.norm(play.position - play.position[0], axis=1)
    assert now == pytest.approx(far, rel=0.02, abs=0.01)


def test_bodies_come_out_one_after_another_and_end() -> None:
    scene = alone("emitter", 400, size=0.1, seconds=4.0, life=1.0, fades=0.5, first=10)
    born, dies = scene.bodies.born, scene.bodies.dies
    assert (born[0], born[-1]) == (10, 106) or (born.min() >= 10 and born.max() <= 106)
    assert (np.diff(born) >= 0).all()
    assert 12 <= (dies - born).min() < (dies - born).max() <= 24
    assert scene.bodies.alive(60).sum() == pytest.approx(75, abs=15)


def test_the_rate_says_when() -> None:
    def middle(rate: str) -> float:
        return float(np.median(alone("emitter", 400, seconds=4.0, rate=rate).bodies.born))

    assert middle("1 0") < 36 < middle("1") < 60 < middle("0 1")
    for wrong in ("", "fast", "0 0", "1 -1", "nan"):
        with pytest.raises(ra.RevanimError, match="must be one or more numbers"):
            alone("emitter", 5, rate=wrong)


def test_a_spread_is_how_far_to_the_side_they_fly() -> None:
    for spread in (0.0, 30.0, 180.0):
        speed = alone("emitter", 500, spread=spread, uneven=0.0, speed=2.0).bodies.velocity
        assert np.linalg.norm(speed, axis=1) == pytest.approx(np.full(500, 2.0), rel=1e-6)
        widest = np.degrees(np.arccos(np.clip(speed[:, 1].min() / 2, -1, 1)))
        assert 0.9 * spread <= widest <= spread + 1e-3


@pytest.mark.parametrize("shape", ["point", "disc", "ring", "ball", "line"])
def test_an_opening_has_its_shape(shape: str) -> None:
    place = make_assembly("emitter", 300, shape=shape, size=2.0).position
    far = np.linalg.norm(place, axis=1)
    assert far.max() == pytest.approx(0.0 if shape == "point" else 1.0, abs=0.03)
    assert shape != "ring" or far.min() == pytest.approx(1.0)


def test_what_follows_a_path_comes_out_of_it_and_goes_along() -> None:
    way = ra.keyed([1, 97], [[0, 0, 0], [4, 0, 0]], "linear")
    made = make_assembly("emitter", 100, size=0.1, speed=0.0, seconds=4.0)
    scene = scene_of(made, np.eye(3), np.ones(3), fps=24.0, planar=False, follows=way)
    assert scene.bodies.position[:, 0] == pytest.approx((scene.bodies.born - 1) / 24, abs=0.06)
    assert scene.bodies.velocity[10:-10, 0] == pytest.approx(np.ones(80), rel=1e-6)
