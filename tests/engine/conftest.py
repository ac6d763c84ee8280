"""Contract tests of the engine run once for every scheme, force, flow and move that is registered, whoever wrote it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from itertools import product
from typing import Any

import numpy as np
import pytest

import revanim as ra
from revanim.engine.alive.acting import parameters_at
from revanim.engine.flow import flow_kinds
from revanim.engine.force import force_kinds
from revanim.engine.grid import to_units
from revanim.engine.kind import AnyKind
from revanim.engine.move import MoveKind, move_kinds
from revanim.engine.parameter import Curve, Floats, Keyed, Parameter
from revanim.engine.scheme import schemes
from revanim.engine.system import System
from revanim.scene.keys import keyed
from revanim.scene.scene import Part

WIDE = {"none": 0.0, "wide": 2.5}  # what a steady length may be, times the spacing
SPACING = 0.8  # of neighbours; a length is a little less, so that every force has something to do


@dataclass(frozen=True)
class Variant:
    """A force or a flow with one value for each of its choices."""

    kind: AnyKind
    choices: dict[str, str]

    def __str__(self) -> str:
        return "-".join([self.kind.name, *self.choices.values()])

    @property
    def is_tree(self) -> bool:
        """Whether its sums jump a little where a body comes into another node; test_tree.py has them stand still."""
        return self.choices.get("sum") == "tree"


def variants(kinds: Callable[[], Mapping[str, AnyKind]] = force_kinds) -> dict[str, Variant]:
    """Return every force, or every flow, with every combination of its choices."""
    found = []
    for kind in kinds().values():
        steady = [each for each in kind.parameters if each.choices or (each.steady and each.unit == "length")]
        chosen = {each.name: each.choices or tuple(WIDE) for each in steady}
        found += [Variant(kind, dict(zip(chosen, values, strict=True))) for values in product(*chosen.values())]
    return {str(variant): variant for variant in found}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    menus: dict[str, Callable[[], dict[str, Any]]] = {
        "variant": variants,
        "flow": partial(variants, flow_kinds),
        "force_kind": force_kinds,
        "move_kind": move_kinds,
        "scheme": schemes,
    }
    for name, menu in menus.items():
        if name in metafunc.fixturenames:
            metafunc.parametrize(name, menu().values(), ids=menu())


def make_cloud(count: int, spacing: float = SPACING, *, planar: bool = False) -> Floats:
    """Return float64[count, 3]: the innermost points of a grid around the origin, a little out of place."""
    reach = 9 if planar and count > 64 else 4
    edge = np.arange(-reach, reach) + 0.5
    points = np.stack(np.meshgrid(edge, edge, 0.0 if planar else edge), axis=-1).reshape(-1, 3)
    nearest = points[np.argsort(np.linalg.norm(points, axis=1), kind="stable")][:count]
    shift = np.random.default_rng(count).uniform(-0.1, 0.1, (count, 3))
    return spacing * (nearest + shift) * (1, 1, not planar)


def make_value(parameter: Parameter, count: int, spacing: float, random: np.random.Generator) -> Any:
    """Return a value such as an artist might give, with a row for each body or link where that is allowed.

    A table that is derived stays so.
    """
    if parameter.shape_of is not None:
        return None
    shape = () if parameter.per == "scene" else (count,)
    if parameter.axes > 1:
        value = parameter.default + 0.3 * random.normal(size=(*shape, parameter.axes))
    elif parameter.unit == "length":
        value = spacing * random.uniform(0.5, 0.8, shape)
    else:
        usual = 10.0 if isinstance(parameter.default, str) else parameter.default
        value = usual * random.uniform(0.8, 1.2, shape)
    if parameter.unit == "s" and not parameter.default:
        value = value - 0.3  # what begins then is under way at frame 0
    return np.clip(np.rint(value) if parameter.whole else value, parameter.low, parameter.high)


def make_curve(parameter: Parameter, value: Any) -> Curve:
    """Return a curve that begins with a value, and then is less of it."""
    sheet = np.stack([value * part for part in (1.0, 0.7, 0.9, 0.5)])
    return Curve(3, 2, np.rint(sheet) if parameter.whole else sheet)


def make_keys(parameter: Parameter, value: Any) -> Keyed:
    """Return keys between which a value goes to less of it and back."""
    return keyed([-4, 6, 20], np.stack([value * part for part in (1.0, 0.5, 0.8)]))


def make_force(
    variant: Variant, count: int, *, spacing: float = SPACING, curves: bool = False, bodies: Any = None
) -> Part:
    """Return a force on some of `count` bodies (by default on all), or along links from each to the next two."""
    random = np.random.default_rng(count)
    who, links = np.arange(count) if bodies is None else np.asarray(bodies), None
    if variant.kind.linked:
        links = np.concatenate([np.stack([who[:-1], who[1:]], axis=1), np.stack([who[:-2], who[2:]], axis=1)])
        bodies = None
    rows = len(who) if links is None else len(links)
    values: dict[str, Any] = {
        name: WIDE[word] * spacing if word in WIDE else word for name, word in variant.choices.items()
    }
    for parameter in variant.kind.parameters:
        if parameter.name not in values:
            value = make_value(parameter, rows, spacing, random)
            values[parameter.name] = make_curve(parameter, value) if curves and not parameter.steady else value
    return ra.force(variant.kind.name, links=links, bodies=bodies, **values)


def make_move(kind: MoveKind, count: int, *, curves: bool = False, bodies: Any = None) -> Part:
    """Return a move on some of `count` bodies, by default on all."""
    random = np.random.default_rng(count)
    rows = count if bodies is None else len(bodies)
    values: dict[str, Any] = {}
    for parameter in kind.parameters:
        if not parameter.choices:
            used = parameter if parameter.default else replace(parameter, default=0.2)  # what is 0 does nothing
            value = make_value(used, rows, SPACING, random)
            changing = make_curve if parameter.rows else make_keys
            values[parameter.name] = changing(parameter, value) if curves and not parameter.steady else value
    return ra.move(kind.name, bodies=bodies, **values)


def make_flow(flow: Variant, count: int, *, curves: bool = False, bodies: Any = None) -> Part:
    """Return a flow on some of `count` bodies, or along loops of six of them; every third brings nothing along.

    What may turn either way does.
    """
    random = np.random.default_rng(count)
    who, links = np.arange(count) if bodies is None else np.asarray(bodies), None
    if flow.kind.linked:
        loops = [who[begin : begin + 6] for begin in range(0, len(who) - 5, 8)]
        links = np.concatenate([np.stack([loop, np.roll(loop, -1)], axis=1) for loop in loops])
    rows = len(who) if links is None else len(links)
    values: dict[str, Any] = dict(flow.choices)
    for parameter in flow.kind.parameters:
        if parameter.name not in values:
            value = make_value(parameter, rows, SPACING, random)
            if parameter.low < 0 and np.shape(value) == (rows,):
                value = value * random.choice([-1, 1], rows) * (np.arange(rows) % 3 != 2)
            values[parameter.name] = make_curve(parameter, value) if curves else value
    return ra.flow(flow.kind.name, links=links, bodies=bodies, **values)


def make_scene(count: int, forces: list[Part], spacing: float = SPACING, **given: Any) -> ra.Scene:
    """Return a scene of a cloud of bodies with different masses and speeds."""
    random = np.random.default_rng(count)
    planar = given.get("planar", False)
    place, velocity = make_cloud(count, spacing, planar=planar), random.normal(size=(count, 3)) * (1, 1, not planar)
    given.setdefault("mass", random.uniform(0.5, 2.0, count))
    return ra.make_scene(place, velocity, forces=forces, **given)


def make_everything(count: int, **given: Any) -> ra.Scene:
    """Return a scene in which every force acts at once: on all bodies, and changing over frames on every other one."""
    forces = [make_force(variant, count) for variant in variants().values()]
    forces += [make_force(variant, count, bodies=range(0, count, 2), curves=True) for variant in variants().values()]
    return make_scene(count, forces, **{"fps": 240, **given})  # so soon nobody is thrown out


def find_acceleration(
    system: System, x: Floats, m: Floats | None = None, theta: Floats | None = None, frame: int = 1
) -> Floats:
    """Return float64[3, n], what the forces of a system do to bodies at x, perhaps with other masses or parameters."""
    m, theta = system.m if m is None else m, system.theta if theta is None else theta
    x = np.ascontiguousarray(x)
    a, slot = np.zeros(x.shape), parameters_at(system, frame)[1]
    for f, push in enumerate(system.pushes):
        push.apply(x, m, theta, slot, system.who, f, system.wide[f], a)
    return a


def find_places(scene: ra.Scene) -> Floats:
    """Return float64[3, n], the places as forces see them."""
    return np.ascontiguousarray(to_units(scene.bodies.state[:3], scene.bodies.grid.length_unit))


# Test files cannot import each other, but they can ask for these functions.


@pytest.fixture
def all_variants() -> list[Variant]:
    return list(variants().values())


@pytest.fixture
def sample_force() -> Callable[..., Part]:
    return make_force


@pytest.fixture
def sample_flow() -> Callable[..., Part]:
    return make_flow


@pytest.fixture
def sample_move() -> Callable[..., Part]:
    return make_move


@pytest.fixture
def sample_scene() -> Callable[..., ra.Scene]:
    return make_scene


@pytest.fixture
def everything() -> Callable[..., ra.Scene]:
    return make_everything


@pytest.fixture
def acceleration() -> Callable[..., Floats]:
    return find_acceleration


@pytest.fixture
def places() -> Callable[..., Floats]:
    return find_places
