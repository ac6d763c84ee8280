import importlib.util
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest

import revanim as ra
from revanim.scene.gallery import Recipe, recipes, sketch

SCRIPT = Path(__file__).parents[2] / "packaging" / "gallery.py"


@pytest.fixture
def gallery(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """Return the script as a module that stores its scenes in an empty folder."""
    spec = importlib.util.spec_from_file_location("gallery", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "resource", lambda *parts: tmp_path.joinpath(*parts))
    return module


LONG = ("two-words",)  # whose recipe plans and solves a sequence
EVERY = [pytest.param(name, marks=pytest.mark.long) if name in LONG else name for name in recipes()]


@pytest.mark.parametrize("name", EVERY)
def test_a_recipe_still_makes_the_scene_that_is_stored(gallery: ModuleType, name: str) -> None:
    assert list(gallery.differences(sketch(name), gallery.make(recipes()[name]))) == []


def test_a_scene_is_stored_once_and_then_left_as_it_is(gallery: ModuleType, tmp_path: Path) -> None:
    ring = recipes()["ring"]
    assert gallery.store(ring) == "new"
    stored = (tmp_path / "scenes" / "ring.revanim").read_bytes()
    assert gallery.store(ring) == "as before"
    assert (tmp_path / "scenes" / "ring.revanim").read_bytes() == stored


def test_what_changed_is_named_and_stored(gallery: ModuleType, tmp_path: Path) -> None:
    ring = recipes()["ring"].make()
    slower = ra.edits.set_timing(replace(ring, note="Another one."), home=2)
    gallery.store(Recipe("ring", lambda: ring))
    assert gallery.store(Recipe("ring", lambda: slower)) == "scene.timing.home, scene.note"
    assert ra.load(tmp_path / "scenes" / "ring.revanim").timing.home == 2


def test_rounding_alone_changes_no_bit_of_what_is_stored(gallery: ModuleType, tmp_path: Path) -> None:
    ring = recipes()["ring"].make()
    rounded = ra.edits.set_motion(ring, [3], position=ring.bodies.position[[3]] * (1 + 1e-13))
    assert (rounded.bodies.state != ring.bodies.state).any()
    gallery.store(Recipe("ring", lambda: ring))
    assert gallery.store(Recipe("ring", lambda: rounded)) == "as before"
    assert (ra.load(tmp_path / "scenes" / "ring.revanim").bodies.state == ring.bodies.state).all()


def test_new_colours_leave_every_bit_of_the_motion(gallery: ModuleType, tmp_path: Path) -> None:
    ring = recipes()["ring"].make()
    rounded = ra.edits.set_motion(ring, [3], position=ring.bodies.position[[3]] * (1 + 1e-13))
    grey = replace(rounded, bodies=replace(rounded.bodies, color=0 * ring.bodies.color + 128))
    gallery.store(Recipe("ring", lambda: ring))
    assert gallery.store(Recipe("ring", lambda: grey)) == "scene.bodies.color"
    stored = ra.load(tmp_path / "scenes" / "ring.revanim").bodies
    assert (stored.color == 128).all()
    assert (stored.state == ring.bodies.state).all()


def test_a_name_that_is_no_recipe_is_refused(gallery: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    assert gallery.main(["rung"]) == 1
    assert "rung" in capsys.readouterr().err
