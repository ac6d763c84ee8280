"""Every force is declared as the folder asks, and does what its formula says."""

import math
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

import revanim as ra
from revanim.engine.binding.bind import bind
from revanim.engine.force import ForceKind, force_kinds
from revanim.engine.playhead import Playhead
from revanim.engine.scheme import Scheme, schemes
from revanim.scene.build import build_system, make_playhead

Make = Callable[..., Any]


def test_a_force_is_named_by_its_file(force_kind: ForceKind) -> None:
    module = force_kind.kernels.apply.function.__module__.rsplit(".", 1)[-1]
    assert force_kind.name in (module, "rod")  # whose formula is that of `spring`
    assert re.fullmatch("[a-z][a-z_]*", force_kind.name)


def test_a_force_says_what_it_does_in_a_sentence(force_kind: ForceKind) -> None:
    for text in (force_kind.help, *(parameter.help for parameter in force_kind.parameters)):
        assert re.fullmatch(r"[A-Z].*\.", text)


def test_a_parameter_can_have_its_default(force_kind: ForceKind) -> None:
    names = [parameter.name for parameter in force_kind.parameters]
    assert len(set(names)) == len(names)
    for parameter in force_kind.parameters:
        assert parameter.low < parameter.high
        assert parameter.per != "link" or force_kind.linked
        if isinstance(parameter.default, str):
            assert parameter.default == "drawn" or force_kind.derive
        else:
            default = np.atleast_1d(parameter.default)
            assert default.size == parameter.axes
            assert (parameter.low <= default).all()
            assert (default <= parameter.high).all()


def test_parameters_may_be_declared_in_any_order(variant: Any, sample_scene: Make, sample_force: Make) -> None:
    for count, curves in ((9, False), (20, True)):
        scene = sample_scene(count, [sample_force(variant, count, curves=curves)])
        system, digests = build_system(scene), []
        (item,) = system.force_items
        for parameters in (item.kind.parameters, item.kind.parameters[::-1]):
            turned = replace(item, kind=replace(item.kind, parameters=parameters))
            bound = bind(
                system.grid, system.m, scene.bodies.pinned, schemes()[scene.scheme], [turned],
                seconds=system.seconds, steps_per_frame=system.steps_per_frame,
            )  # fmt: skip
            playhead = Playhead(bound, scene.bodies.state, 1)
            playhead.seek(9)
            digests.append((playhead.digest(), playhead.energy()))
        assert digests[0] == digests[1]


def test_kernels_that_read_other_parameters_than_are_declared_are_refused() -> None:
    spring = force_kinds()["spring"]
    for rows in (
        {"stiffness": 1},
        {"stiffness": 1, "length": 1},
        {"stiffness": 0, "length": 1},
        {"stiff": 1, "length": 2},
    ):
        with pytest.raises(ra.RevanimError, match="The kernels of spring must read each of its parameters in a row"):
            replace(spring, kernels=replace(spring.kernels, rows=rows))
    with pytest.raises(ra.RevanimError, match="the time in row 1"):
        replace(spring, kernels=replace(spring.kernels, clock=1))


def test_a_force_made_with_its_defaults_returns_exactly(force_kind: ForceKind, sample_scene: Make) -> None:
    links = [[i, i + 1] for i in range(8)] if force_kind.linked else None
    playhead = ra.Playhead(sample_scene(9, [ra.force(force_kind.name, links=links)], 3.0))
    home = playhead.digest()
    playhead.seek(20)
    away = playhead.digest()
    playhead.seek(1)
    assert away != playhead.digest() == home


@pytest.fixture
def pushed(acceleration: Make, places: Make) -> Make:
    """Return what finds the acceleration of bodies, float64[n, 3]."""

    def find(place: Any, mass: Any, force: ra.scene.scene.Part, frame: int = 1) -> Any:
        scene = ra.make_scene(place, np.zeros_like(place, float), mass, forces=[force])
        return acceleration(build_system(scene), places(scene), frame=frame).T

    return find


PAIR = [[1, 0, 0], [1, 2, 0]]


def test_gravity_pulls_with_the_other_mass_over_the_distance_squared(pushed: Make) -> None:
    found = pushed(PAIR, [3.0, 8.0], ra.force("gravity", strength=0.5, softening=0.0))
    np.testing.assert_allclose(found, [[0, 1, 0], [0, -0.375, 0]], rtol=1e-15)


def test_gravity_is_softened_as_plummer_says(pushed: Make) -> None:
    found = pushed(PAIR, [3.0, 8.0], ra.force("gravity", strength=1.0, softening=1.5))
    np.testing.assert_allclose(found, [[0, 16 / 2.5**3, 0], [0, -6 / 2.5**3, 0]], rtol=1e-15)


@pytest.mark.parametrize("count", [2, 15, 16, 17, 100])
def test_gravity_is_the_sum_over_all_others(count: int, pushed: Make, sample_scene: Make) -> None:
    scene = sample_scene(count, [])
    place, mass = scene.bodies.position, scene.bodies.mass
    d = place[None] - place[:, None]
    square = (d * d).sum(axis=2) + 0.25
    expected = 2.0 * (mass[None, :, None] * d / (square * np.sqrt(square))[:, :, None]).sum(axis=1)
    np.testing.assert_allclose(
        pushed(place, mass, ra.force("gravity", strength=2.0, softening=0.5)), expected, rtol=1e-12, atol=1e-12
    )


@pytest.mark.parametrize("count", [5, 40])
def test_bodies_without_mass_feel_gravity_and_give_none(count: int, pushed: Make, sample_scene: Make) -> None:
    scene = sample_scene(count, [])
    place, mass = scene.bodies.position, np.where(np.arange(count) % 3 == 0, 0.0, scene.bodies.mass)
    gravity = ra.force("gravity", strength=2.0, softening=0.0)
    found, massive = pushed(place, mass, gravity), mass > 0
    assert np.linalg.norm(found, axis=1).min() > 0
    np.testing.assert_allclose(found[massive], pushed(place[massive], mass[massive], gravity), rtol=1e-13)


@pytest.mark.parametrize("count", [3, 60, 150])
def test_bodies_without_mass_have_no_energy_in_a_field_of_gravity(count: int, sample_scene: Make) -> None:
    scene = sample_scene(count, [])
    place, mass = scene.bodies.position, np.where(np.arange(count) % 3 == 0, 0.0, scene.bodies.mass)
    massive = mass > 0

    def energy(chosen: Any) -> float:
        at_rest = np.zeros_like(place[chosen])
        return ra.Playhead(ra.make_scene(place[chosen], at_rest, mass[chosen], forces=[ra.force("gravity")])).energy()

    d = place[massive][:, None] - place[massive]
    pairs = np.outer(mass[massive], mass[massive]) / np.sqrt((d * d).sum(axis=2) + 0.05**2)
    assert energy(np.ones(count, bool)) == energy(massive) == pytest.approx(-np.triu(pairs, 1).sum(), rel=1e-9)


def test_like_charges_repel_and_unlike_ones_attract(pushed: Make) -> None:
    coulomb = {"strength": 2.0, "softening": 0.0}
    found = pushed(PAIR, [1.0, 4.0], ra.force("coulomb", charge=[3.0, 2.0], **coulomb))
    np.testing.assert_allclose(found, [[0, -3, 0], [0, 0.75, 0]], rtol=1e-15)
    found = pushed(PAIR, [1.0, 4.0], ra.force("coulomb", charge=[3.0, -2.0], **coulomb))
    np.testing.assert_allclose(found, [[0, 3, 0], [0, -0.75, 0]], rtol=1e-15)


def test_a_spring_pulls_by_its_stretch(pushed: Make) -> None:
    found = pushed(PAIR, [1.0, 4.0], ra.force("spring", links=[[0, 1]], stiffness=8.0, length=0.5))
    np.testing.assert_allclose(found, [[0, 12, 0], [0, -3, 0]], rtol=1e-15)


def test_a_spring_without_length_may_be_closed(pushed: Make) -> None:
    found = pushed([PAIR[0], PAIR[0]], 1.0, ra.force("spring", links=[[0, 1]], length=0.0))
    assert not found.any()


def test_links_rest_at_the_length_that_they_are_drawn_with(pushed: Make) -> None:
    for kind in ("spring", "rod"):
        assert not pushed(PAIR, 1.0, ra.force(kind, links=[[0, 1]])).any()


def truss(mass: Any, **given: Any) -> ra.Scene:
    """Return twelve bodies in a zigzag of rods, held at one end."""
    count = 12
    place = np.stack([np.arange(count), np.arange(count) % 2, np.zeros(count)], axis=1)
    links = [[i, i + 1] for i in range(count - 1)] + [[i, i + 2] for i in range(count - 2)]
    forces = [ra.force("rod", links=links), ra.force("uniform", acceleration=(0, -10, 0))]
    return ra.make_scene(place, np.zeros((count, 3)), mass, pinned=np.arange(count) == 0, forces=forces, **given)


def test_rods_are_stable_in_every_scheme(scheme: Scheme) -> None:
    playhead = make_playhead(truss(np.where(np.arange(12) % 2, 1.0, 4.0), scheme=scheme.name))
    before, swing = playhead.energy(), 30 * 10 * 11  # mass, acceleration, length
    for frame in range(100, 1001, 100):
        playhead.seek(frame)
        assert playhead.energy() == pytest.approx(before, abs=1e-4 * swing)


def test_rods_keep_their_length() -> None:
    scene = truss(1.0, steps_per_frame=64)
    links, playhead = np.array(scene.forces[0].links), make_playhead(scene)
    for frame in range(10, 101, 10):
        playhead.seek(frame)
        lengths = np.linalg.norm(np.diff(playhead.position[links], axis=1), axis=2).ravel()
        np.testing.assert_allclose(lengths, scene.forces[0].values["length"], rtol=0.05)


def test_rods_do_not_mind_a_body_without_mass_that_has_none() -> None:
    scene = ra.make_scene(np.eye(3), np.zeros((3, 3)), [1.0, 1.0, 0.0], forces=[ra.force("rod", links=[[0, 1]])])
    assert np.isfinite(make_playhead(scene).energy())


def test_a_uniform_field_pulls_all_alike(pushed: Make) -> None:
    assert pushed(PAIR, [1.0, 0.0], ra.force("uniform", acceleration=(1, 2, 3))).tolist() == [[1, 2, 3], [1, 2, 3]]


def test_an_attractor_follows_its_law(pushed: Make) -> None:
    point = {"point": (1, 0, 2), "strength": 8.0, "softening": 0.0}
    found = pushed([[1, 0, 0], [1, 0, 4]], 1.0, ra.force("attractor", law="inverse-square", **point))
    np.testing.assert_allclose(found, [[0, 0, 2], [0, 0, -2]], rtol=1e-15)
    found = pushed([[1, 0, 0], [1, 0, 4]], 1.0, ra.force("attractor", law="harmonic", **point))
    np.testing.assert_allclose(found, [[0, 0, 16], [0, 0, -16]], rtol=1e-15)


def test_spheres_push_where_they_overlap_and_only_there(pushed: Make) -> None:
    three = [[0, 0, 0], [0, 3, 0], [0, 0, 10]]
    found = pushed(three, [1.0, 2.0, 1.0], ra.force("repulsion", radius=[1.5, 2.5, 1.0], stiffness=6.0))
    np.testing.assert_allclose(found, [[0, -6, 0], [0, 3, 0], [0, 0, 0]], rtol=1e-15, atol=1e-15)


def test_atoms_rest_at_the_bottom_of_their_well(pushed: Make) -> None:
    size = 2 / 2 ** (1 / 6)
    atoms = ra.force("lennard_jones", depth=3.0, size=size)
    np.testing.assert_allclose(pushed(PAIR, 1.0, atoms), 0.0, atol=1e-13)
    assert make_playhead(ra.make_scene(PAIR, np.zeros((2, 3)), 1.0, forces=[atoms])).energy() == pytest.approx(-3.0)
    near, far = ([[0, 0, 0], [0, distance, 0]] for distance in (1.8, 2.2))
    assert pushed(near, 1.0, atoms)[1, 1] > 0 > pushed(far, 1.0, atoms)[1, 1]


def test_a_wall_pushes_out_what_is_behind_it(pushed: Make) -> None:
    wall = ra.force("wall", stiffness=10.0, point=(0, 0, 1), normal=(0, 3, 4))
    found = pushed([[5, 0, 2], [5, 0, -1]], [1.0, 2.0], wall)
    np.testing.assert_allclose(found, [[0, 0, 0], [0, 4.8, 6.4]], rtol=1e-14)


def test_a_wall_without_a_side_is_no_silent_hole() -> None:
    scene = ra.make_scene([[0, 0, -1]], [[0, 0, 0]], 1.0, forces=[ra.force("wall", normal=(0, 0, 0))])
    with pytest.raises(ra.RevanimError, match="Body 0 meets a force"):
        make_playhead(scene).seek(2)


def test_a_body_bounces_off_a_wall() -> None:
    wall = ra.force("wall", stiffness=1e4)
    playhead = make_playhead(ra.make_scene([[0, 0, 1]], [[0, 0, -2]], 1.0, forces=[wall]))
    playhead.seek(1 + 24)
    assert playhead.velocity[0, 2] == pytest.approx(2.0, rel=1e-3)
    assert playhead.position[0, 2] == pytest.approx(1.0, abs=math.pi * 2 / 100 + 1e-3)


def test_a_nudge_pushes_whom_it_names(pushed: Make) -> None:
    nudge = ra.force("nudge", bodies=[1], push=(0, 2, 0))
    assert pushed(PAIR, [1.0, 0.0], nudge).tolist() == [[0, 0, 0], [0, 2, 0]]
