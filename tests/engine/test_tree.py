"""Sums by a tree are those of all pairs, nearly; their gradient is exact; and nothing of it depends on threads."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import revanim as ra
from revanim.engine.alive.acting import parameters_at
from revanim.engine.code.kernel import threads, use_threads
from revanim.engine.force import force_kinds
from revanim.engine.parameter import Floats
from revanim.engine.system import System
from revanim.engine.tree import branches, far, local, moments, near, sums, walk
from revanim.scene.build import build_system

Make = Callable[..., Any]
SOFTENING = 0.02


def ball(count: int, seed: int = 0) -> Floats:
    """Return float64[count, 3], places evenly in a ball."""
    random = np.random.default_rng(seed)
    way = random.normal(size=(count, 3))
    return way / np.linalg.norm(way, axis=1)[:, None] * np.cbrt(random.random((count, 1)))


def families() -> dict[str, Floats]:
    """Return places of every kind that a tree may be surprised by."""
    cloud = ball(300)
    lumps = np.repeat(ball(20), 15, axis=0)
    return {
        "a ball": cloud,
        "two balls far apart": np.concatenate([cloud, cloud * 0.1 + (50, 3, -7)]),
        "a ball far away": cloud * 1e-3 + (400, -300, 200),
        "a ball and one far away": np.concatenate([cloud * 1e-4, [[900, 0, 0]]]),
        "a disc": cloud * (1, 1, 0),
        "a line": cloud * (0, 1, 0),
        "a slanting line": cloud[:, :1] * (1, 1, 1),
        "lumps, each in one place": lumps,
        "all in one place": cloud * 0 + (1, 2, 3),
        "a cubic grid": np.stack(np.meshgrid(*[np.arange(7.0)] * 3), axis=-1).reshape(-1, 3),
        "one": cloud[:1],
        "two": cloud[:2],
        "three": cloud[:3],
        "nine": cloud[:9],
    }


def charges(count: int, kind: str) -> Floats:
    """Return charges, or masses, of bodies."""
    random = np.random.default_rng(count)
    if kind == "signs":
        return random.normal(size=count)
    return np.where(np.arange(count) % 3 == 0, 0.0, 1.0) if kind == "weightless" else random.uniform(0.5, 2.0, count)


def system_of(place: Floats, kind: str, **values: Any) -> System:
    """Return bodies under gravity, or with charges of both signs."""
    values = {"sum": "tree", "softening": SOFTENING, **values}
    q, mass = charges(len(place), kind), np.random.default_rng(1).uniform(0.5, 2.0, len(place))
    force = ra.force("coulomb", charge=q, **values) if kind == "signs" else ra.force("gravity", **values)
    return build_system(ra.make_scene(place, 0 * place, mass if kind == "signs" else q, forces=[force]))


def sizes(place: Floats, q: Floats) -> Floats:
    """Return how much the others do to each body, float64[n], whatever the direction."""
    d = place[:, None] - place
    return np.asarray((np.abs(q) / ((d * d).sum(axis=2) + SOFTENING**2)).sum(axis=1))


@pytest.mark.parametrize("kind", ["masses", "weightless", "signs"])
@pytest.mark.parametrize("family", families())
def test_what_a_tree_sums_is_near_the_sum_over_all_pairs(family: str, kind: str, acceleration: Make) -> None:
    place = families()[family]
    exact, closest, usual = (
        acceleration(system_of(place, kind, **values), place.T)
        for values in ({"sum": "exact"}, {"theta": 0.0}, {"theta": 0.7})
    )
    scale = sizes(place, charges(len(place), kind)) + 1e-300
    assert np.isfinite(usual).all()
    assert (np.linalg.norm(closest - exact, axis=0) <= 1e-12 * 2 * scale).all()
    errors = np.linalg.norm(usual - exact, axis=0) / scale
    assert errors.max() < 0.1
    assert np.median(errors) < 0.02


@pytest.mark.parametrize("kind", ["masses", "weightless", "signs"])
@pytest.mark.parametrize("family", families())
def test_the_energy_is_near_that_of_all_pairs(family: str, kind: str) -> None:
    place = families()[family]

    def energy(**values: Any) -> float:
        system = system_of(place, kind, **values)
        given = np.ascontiguousarray(place.T), system.m, system.theta, parameters_at(system, 1)[1], system.who
        return float(system.pushes[0].energy(*given, 0, False))

    q, d = charges(len(place), kind), place[:, None] - place
    scale = float((np.abs(np.outer(q, q)) / np.sqrt((d * d).sum(axis=2) + SOFTENING**2)).sum())
    assert energy(theta=0.0) == pytest.approx(energy(sum="exact"), rel=1e-11, abs=1e-13 * scale)
    assert energy() == pytest.approx(energy(sum="exact"), abs=2e-3 * scale)


def test_no_momentum_is_lost(acceleration: Make) -> None:
    for kind in ("masses", "signs"):
        system = system_of(ball(1000), kind)
        pushes = acceleration(system, ball(1000).T) * system.m
        assert np.abs(pushes.sum(axis=1)).max() < 1e-13 * np.abs(pushes).sum()


def test_bodies_that_are_close_beside_one_far_away_make_no_lump() -> None:
    place = np.concatenate([ball(2000) * 1e-6, [[1000, 0, 0]]])
    x = np.ascontiguousarray(place.T)
    n = len(place)
    order, nodes, table = np.empty(n, np.int64), np.empty((2 * n, 4), np.int64), np.empty((2 * n, 4))
    count = branches.grow(x, np.arange(n), order, nodes, table)
    leaves = nodes[:count][nodes[:count, branches.RIGHT] == 0]
    assert sorted(order) == list(range(n))
    assert (leaves[:, branches.END] - leaves[:, branches.BEGIN]).max() <= branches.LEAF


class Frozen:
    """A tree that stays as it is while places, charges and softening change: what it sums is smooth in them."""

    def __init__(self, x: Floats, q: Floats, theta: float) -> None:
        n = q.size
        self.who, self.theta2 = np.arange(n + 1), theta * theta  # the last: nobody has dropped it
        self.who[-1] = 0
        self.order, self.nodes = np.empty(n, np.int64), np.empty((2 * n, 4), np.int64)
        self.place = np.empty((2 * n, 4))
        self.count = branches.grow(x, self.who[:n], self.order, self.nodes, self.place)
        self.roots = branches.shares(self.nodes, n)
        some = np.empty((self.count, moments.SECOND))
        moments.look_from_afar(self.nodes, self.count, self.seat(x, q), self.place, some)

    def seat(self, x: Floats, q: Floats, v: Floats | None = None) -> Floats:
        """Return the table of the bodies."""
        return np.asarray(sums.seat(x, self.who[:-1], self.order, q, np.empty((0, q.size)) if v is None else v))

    def moments(self, y: Floats, columns: int) -> Floats:
        """Return the moments of bodies in these nodes about the centres that they have."""
        found = np.zeros((self.count, columns))
        for node in range(self.count - 1, -1, -1):
            begin, end, right = self.nodes[node, :3]
            if right:
                for child in (node + 1, right):
                    moments.move(child, node, self.place, found, 0, columns == moments.THIRD)
            else:
                moments.sum_charges(y, node, begin, end, self.place, found)
        return found

    def sum(self, form: tuple[Any, ...], x: Floats, q: Floats, e: float, columns: int, rows: int) -> Any:
        """Return what a form of the sum finds."""
        y, out, totals = self.seat(x, q), np.empty((rows, q.size)), np.empty(self.roots.size)
        walk.walks(*form)(
            0, 1, self.count, self.roots, self.who, self.nodes, self.place, self.moments(y, columns), y,
            self.theta2, e * e, out, totals,
        )  # fmt: skip
        back = np.empty_like(out)
        back[:, self.order] = out
        return back, totals.sum()

    def fields(self, x: Floats, q: Floats, e: float) -> Floats:
        """Return A of each body."""
        form = local.hand_down_field, far.absorb_fields, near.finish_fields
        return np.asarray(self.sum(form, x, q, e, moments.SECOND, 3)[0])

    def energy(self, x: Floats, q: Floats, e: float) -> float:
        """Return the energy of all pairs, each counted twice."""
        form = local.hand_down_nothing, far.absorb_energies, near.finish_energies
        return float(self.sum(form, x, q, e, moments.THIRD, 0)[1])


def slope(function: Callable[[float], float], step: float) -> float:
    """Return the derivative at 0, by differences to the fourth order."""
    near_, far_ = function(step) - function(-step), function(2 * step) - function(-2 * step)
    return (8 * near_ - far_) / (12 * step)


@pytest.mark.parametrize("theta", [0.5, 0.9])
@pytest.mark.parametrize("signs", [False, True])
@pytest.mark.parametrize("apart", [0.0, 5.0])
def test_the_gradient_is_exactly_that_of_the_sum_as_it_is(theta: float, signs: bool, apart: float) -> None:
    n, random, e = 400, np.random.default_rng(7), 0.1
    place = ball(n) + apart * (np.arange(n)[:, None] % 2)
    x, v = np.ascontiguousarray(place.T), random.normal(size=(3, n))
    q = random.normal(size=n) if signs else random.uniform(0.5, 2.0, n)
    tree, who = Frozen(x, q, theta), np.append(np.arange(n), 0)
    (found, by_e) = sums.pull(x, who, who[:n], q, v, theta, e, False)
    assert (found[:3] == tree.fields(x, q, e)).all()
    assert (found[:3] == sums.push(x, who, who[:n], q, v[:0], theta, e, True)[0]).all()
    assert not np.allclose(found[:3], sums.push(x, who, who[:n], q, v[:0], 0.0, e, False)[0], rtol=1e-6)  # it is far

    way, more = random.normal(size=(3, n)), random.normal(size=n)
    by_place = slope(lambda h: float((v * tree.fields(x + h * way, q, e)).sum()), 1e-4)
    by_charge = slope(lambda h: float((v * tree.fields(x, q + h * more, e)).sum()), 1e-2)
    by_softening = slope(lambda h: float((v * tree.fields(x, q, e + h)).sum()), 1e-4)
    assert float((found[3:6] * way).sum()) == pytest.approx(by_place, rel=1e-8)
    assert float((found[6] * more).sum()) == pytest.approx(by_charge, rel=1e-8)
    assert e * by_e == pytest.approx(by_softening, rel=1e-8)
    assert float((found[6] * q).sum()) == pytest.approx(float((found[:3] * v).sum()), rel=1e-10)


@pytest.mark.parametrize("signs", [False, True])
def test_the_force_is_exactly_the_slope_of_the_energy(signs: bool) -> None:
    n, random, e = 400, np.random.default_rng(8), 0.1
    x, way = np.ascontiguousarray(ball(n).T), random.normal(size=(3, n))
    q = random.normal(size=n) if signs else random.uniform(0.5, 2.0, n)
    tree = Frozen(x, q, 0.8)
    rise = slope(lambda h: tree.energy(x + h * way, q, e), 1e-4)
    assert 2 * float((tree.fields(x, q, e) * q * way).sum()) == pytest.approx(rise, rel=1e-8)


def test_two_in_one_place_do_nothing_to_each_other_unless_softened() -> None:
    place = np.repeat(ball(30), 10, axis=0)
    x, who, v = np.ascontiguousarray(place.T), np.append(np.arange(300), 0), np.ones((3, 300))
    for found, total in (
        sums.pull(x, who, who[:300], np.ones(300), v, 0.7, 0.0, False),
        sums.energy(x, who, who[:300], np.ones(300), v[:0], 0.7, 0.0, False),
    ):
        assert np.isfinite(found).all()
        assert np.isfinite(total)


@pytest.mark.skipif(threads() < 2, reason="numba has one thread here")
def test_the_number_of_threads_changes_no_bit() -> None:
    n, random = 3000, np.random.default_rng(3)
    x, q, v = np.ascontiguousarray(ball(n).T), random.normal(size=n), random.normal(size=(3, n))
    who, found = np.append(np.arange(n), 0), []
    for count in sorted({1, 2, min(5, threads())}):
        use_threads(count)
        for form, dipoles in ((sums.push, v[:0]), (sums.pull, v), (sums.energy, v[:0])):
            found.append((form, *form(x, who, who[:n], q, dipoles, 0.7, 0.01, count > 1)))
    use_threads(threads())
    for form, rows, total in found:
        first = next(each for each in found if each[0] is form)
        assert rows.tobytes() == first[1].tobytes()
        assert total == first[2]


def test_how_a_force_is_summed_is_the_same_at_all_frames() -> None:
    keys = ra.Curve(1, 1, np.array([0.0, 1.0]))
    with pytest.raises(ra.RevanimError, match=r"gravity\.sum is the same at all frames; give it one value"):
        ra.make_scene(ball(2), 0 * ball(2), 1.0, forces=[ra.force("gravity", sum=keys)])


def test_whoever_sums_pair_by_pair_needs_no_tree() -> None:
    exact, tree = (system_of(ball(9), "masses", sum=how).pushes[0] for how in ("exact", "tree"))
    assert exact.apply is force_kinds()["gravity"].kernels.apply_many
    assert tree.pairs(np.ones(100_000)) < 1e9 < exact.pairs(np.ones(100_000))
