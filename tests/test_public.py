"""The names that scripts and other people's tools lean on, and what they promise."""

import inspect
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import revanim as ra

PROMISED = {
    "RevanimError", "edits", "example", "examples", "force", "forces", "load", "make_scene", "move", "moves", "save",
    "schemes", "Playhead", "Scene", "Curve", "Part", "Keyframe", "Objective", "Progress", "solve",
}  # fmt: skip


def test_the_promised_names_are_there() -> None:
    assert set(ra.__all__) >= PROMISED
    for name in ra.__all__:
        assert hasattr(ra, name)


def test_what_a_menu_lists_has_a_name_and_parameters() -> None:
    for menu in (ra.forces, ra.moves, ra.schemes, ra.exporters, ra.importers, ra.poses):
        for item in menu():
            assert isinstance(item.name, str)
            assert isinstance(item.parameters, tuple)


@pytest.mark.parametrize("first", ["import revanim", "import revanim.export.film, revanim.solve.objective"])
def test_two_names_are_functions_and_rooms_as_well(first: str) -> None:
    say = "import inspect; print(inspect.isfunction(revanim.export), inspect.isfunction(revanim.solve))"
    rooms = "from revanim.export.film import Film; from revanim.solve.objective import Objective"
    program = f"{first}; {rooms}; {say}"
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    assert said == "True True\n"


def test_names_are_fetched_when_they_are_asked_for_and_what_is_missing_is_said() -> None:
    program = "import sys, revanim; print('numpy' in sys.modules, callable(revanim.load), 'numpy' in sys.modules)"
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    assert said == "False True True\n"
    assert set(ra.__all__) <= set(dir(ra))
    with pytest.raises(AttributeError, match="nothing called 'lode'"):
        ra.lode  # noqa: B018
    assert not hasattr(ra, "__wrapped__")


def test_every_public_name_explains_itself() -> None:
    for name in ra.__all__:
        assert getattr(ra, name).__doc__.strip(), name


def test_make_scene_takes_what_is_promised_in_this_order() -> None:
    parameters = inspect.signature(ra.make_scene).parameters
    defaults = {
        "forces": (), "moves": (), "pinned": None, "fps": 24, "steps_per_frame": 8, "frames": (1, 240), "home": 1,
        "scheme": "srkn6b", "planar": False, "name": "",
    }  # fmt: skip
    assert list(parameters)[: 3 + len(defaults)] == ["position", "velocity", "mass", *defaults]
    for name, default in defaults.items():
        assert parameters[name].default == default
    assert all(p.default is not inspect.Parameter.empty for p in list(parameters.values())[3:])


@pytest.mark.parametrize(
    ("kind", "parameters"),
    [
        ("gravity", ["strength", "softening", "sum", "theta"]),
        ("spring", ["stiffness", "length"]),
        ("rod", ["stiffness", "length"]),
        ("uniform", ["acceleration"]),
        ("turbulence", ["strength", "size", "speed", "seed", "delay"]),
    ],
)
def test_the_parameters_of_a_force_stay_what_they_are(kind: str, parameters: list[str]) -> None:
    found = {force.name: force for force in ra.forces()}[kind]
    assert [parameter.name for parameter in found.parameters] == parameters


SHIPPED = {
    "forces": "attractor coulomb gravity lennard_jones nudge repulsion rod spring turbulence uniform wall",
    "schemes": "kahan_li6 kahan_li8 leapfrog s15 sofroniou_spaletta10 srkn11b srkn14a srkn6b suzuki4 verlet",
    "moves": "bowl box capsule contact cool drag floor kick sphere thermostat turn",
}


@pytest.mark.parametrize("menu", SHIPPED)
def test_a_menu_lists_its_items_by_name(menu: str) -> None:
    names = [item.name for item in getattr(ra, menu)()]
    assert set(names) >= set(SHIPPED[menu].split())
    assert names == sorted(names)


def test_the_promised_session_works(tmp_path: Path) -> None:
    position = np.array([[1.0, 0.0, 0.0], [-1.0, 0.0, 0.0]])
    velocity, mass = np.array([[0.0, 0.5, 0.0], [0.0, -0.5, 0.0]]), np.array([1.0, 1.0])
    forces = (ra.force("gravity", strength=1.0, softening=0.05),)
    scene = ra.make_scene(position, velocity, mass, forces=forces, fps=24, frames=(1, 240), home=1, name="two")
    ra.save(scene, tmp_path / "two.revanim")
    ra.save(scene, str(tmp_path / "again.revanim"))
    assert (tmp_path / "two.revanim").read_bytes() == (tmp_path / "again.revanim").read_bytes()
    play = ra.Playhead(ra.load(str(tmp_path / "two.revanim")))
    assert play.frame == scene.timing.home
    start = play.digest()
    play.seek(100)
    play.step(3)
    play.step(-3)
    assert play.frame == 100
    assert play.digest() != start
    assert isinstance(play.energy(), float)
    assert play.position.shape == play.velocity.shape == (2, 3)
    assert play.state.dtype == np.int64
    play.seek(1)
    assert play.digest() == start
    assert play.position.tolist() == position.tolist()


def test_a_saved_scene_carries_a_picture(tmp_path: Path) -> None:
    import zipfile

    ra.save(ra.make_scene(np.eye(3), np.zeros((3, 3)), 1.0), tmp_path / "one.revanim")
    with zipfile.ZipFile(tmp_path / "one.revanim") as archive:
        assert archive.read("thumbnail.png").startswith(b"\x89PNG\r\n\x1a\n")


@pytest.mark.parametrize(
    "act", [lambda path: ra.load(path), lambda path: ra.example("unicorn"), lambda path: ra.force("x")]
)
def test_whatever_a_person_can_do_wrong_is_one_kind_of_error(act: Any, tmp_path: Path) -> None:
    with pytest.raises(ra.RevanimError):
        act(tmp_path / "gone.revanim")


# A force of a third party, installed beside revanim.

BREEZE = '''
"""A wind along x that grows with the height: a = s z."""
from revanim.engine.force import APPLY, ENERGY, PULL, ForceKernels, ForceKind
from revanim.engine.code.kernel import kernel
from revanim.engine.parameter import Parameter

SPEED = 1


@kernel(APPLY)
def apply(x, m, theta, slot, who, f, wide, a):
    for k in range(slot[f, 0, 0], slot[f, 0, 1]):
        a[0, who[k]] += theta[slot[f, SPEED, 0]] * x[2, who[k]]


@kernel(PULL)
def pull(x, m, theta, slot, who, f, wide, w, a, gx, gm, gtheta):
    for k in range(slot[f, 0, 0], slot[f, 0, 1]):
        a[0, who[k]] += theta[slot[f, SPEED, 0]] * x[2, who[k]]
        gx[2, who[k]] += theta[slot[f, SPEED, 0]] * w[0, who[k]]
        gtheta[slot[f, SPEED, 0]] += x[2, who[k]] * w[0, who[k]]


@kernel(ENERGY)
def energy(x, m, theta, slot, who, f, wide):
    return 0.0


speed = Parameter("speed", 1.0, "1/s²", 0.0, 9.0, "How hard.")
kernels = ForceKernels(apply, pull, energy, rows={"speed": SPEED})
breeze = ForceKind("breeze", "Blows harder the higher you are.", (speed,), kernels)
'''
USE = """
import revanim as ra
assert "breeze" in [force.name for force in ra.forces()]

def blown(speed):
    return ra.make_scene([[0, 0, 2]], [[0, 0, 0]], 1.0, forces=[ra.force("breeze", speed=speed)])

play = ra.Playhead(blown(3.0))
start = play.digest()
play.seek(25)
assert abs(play.velocity[0, 0] - 6.0) < 1e-12
play.seek(1)
assert play.digest() == start
try:
    blown(10.0)
except ra.RevanimError as error:
    print(error)
"""


def test_a_force_of_another_package_is_one_like_ours(tmp_path: Path) -> None:
    (tmp_path / "breeze.py").write_text(BREEZE, encoding="utf-8")
    information = tmp_path / "breeze-1.0.dist-info"
    information.mkdir()
    (information / "METADATA").write_text("Metadata-Version: 2.1\nName: breeze\nVersion: 1.0\n", encoding="utf-8")
    (information / "entry_points.txt").write_text("[revanim.items]\nbreeze = breeze:breeze\n", encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(tmp_path)}
    ended = subprocess.run([sys.executable, "-c", USE], env=environment, capture_output=True, text=True)
    assert ended.stderr == ""
    assert ended.stdout == "breeze.speed must lie between 0 and 9.\n"
