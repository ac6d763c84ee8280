"""Scenes from other tools' files: tables of bodies with and without units, and archives of rebound."""

from pathlib import Path

import numpy as np
import pytest

import revanim as ra
from revanim.resources import resource
from revanim.scene.importer import importer_for
from revanim.scene.tables.units import gravity, split_name


def table(folder: Path, text: str, name: str = "bodies.csv") -> Path:
    path = folder / name
    path.write_text(text)
    return path


@pytest.mark.parametrize(
    ("head", "parts"),
    [
        ("x", ("x", "")),
        ("x [au]", ("x", "au")),
        ("vx (km/s)", ("vx", "km/s")),
        ("Mass_kg", ("mass", "kg")),
        ("vy_au/day", ("vy", "au/day")),
        ("GM", ("gm", "")),
    ],
)
def test_the_head_of_a_column_has_a_name_and_perhaps_a_unit(head: str, parts: tuple[str, str]) -> None:
    assert split_name(head) == parts


def test_the_planets_of_a_table_move_as_those_of_the_gallery() -> None:
    scene = ra.import_scene(resource("data", "solar_system_j2000.csv"), pace=365.25 / 5)
    known = ra.example("solar-system")
    assert [group.name for group in scene.groups][:4] == ["sun", "mercury", "venus", "earth"]
    play, other = ra.Playhead(scene), ra.Playhead(known)
    assert np.allclose(play.position, other.position[:11], atol=1e-12)
    assert np.allclose(play.velocity, other.velocity[:11], atol=1e-12)
    play.seek(121)
    other.seek(121)  # a year
    assert np.abs(play.position - other.position[:11]).max() < 2e-3


def test_units_give_the_constant_of_gravitation(tmp_path: Path) -> None:
    assert gravity("au", "yr", "msun") == pytest.approx(4 * np.pi**2, rel=2e-4)
    speed = 2 * np.pi  # au a year
    rows = f"name,mass [msun],x [au],y [au],vx [au/yr],vy [au/yr]\nsun,1,0,0,0,0\nearth,0,1,0,0,{speed}\n"
    scene = ra.import_scene(table(tmp_path, rows), pace=0.1)
    assert scene.note == "A second is 0.1 yr."
    play = ra.Playhead(scene)
    play.seek(1 + 240)  # ten seconds: a year
    assert np.abs(play.position[1] - (1, 0, 0)).max() < 2e-2


def test_speeds_are_brought_to_the_unit_of_places(tmp_path: Path) -> None:
    rows = "mass_kg;x_au;y_au;z_au;vx_km/s;vy_km/s;vz_km/s\n2e30;0;0;0;0;0;0\n1;1;0;0;0;149597870.7;0\n"
    scene = ra.import_scene(table(tmp_path, rows), pace=1.0)
    assert scene.bodies.velocity[1].tolist() == pytest.approx([0, 1, 0])


def test_without_units_the_constant_is_what_one_says(tmp_path: Path) -> None:
    path = table(tmp_path, "x y vx vy m\n0 0 0 0 1\n1 0 0 1 0\n", "plain.txt")
    assert float(ra.import_scene(path, pace=1.0).forces[0].values["strength"]) == 1
    assert float(ra.import_scene(path, pace=2.0, gravity=3.0).forces[0].values["strength"]) == 12


def test_a_usual_turn_takes_ten_seconds_if_nobody_says_otherwise(tmp_path: Path) -> None:
    year = 3.0
    rows = f"m,x,y,vx,vy\n1,0,0,0,0\n0,1,0,0,{2 * np.pi / year}\n0,-1,0,0,{-2 * np.pi / year}\n"
    scene = ra.import_scene(table(tmp_path, rows), gravity=(2 * np.pi / year) ** 2)
    play = ra.Playhead(scene)
    play.seek(241)
    assert np.abs(play.position[1] - (1, 0, 0)).max() < 0.2


def test_places_alone_are_points_and_no_scene(tmp_path: Path) -> None:
    assert importer_for(table(tmp_path, "x,y,z\n0,0,0\n")) is None
    assert importer_for(table(tmp_path, "x,y,vx,vy\n0,0,0,0\n")).name == "table"
    assert importer_for(tmp_path / "gone.csv") is None


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ("m,x,y,vx,vy\n1,0,0,0\n", "Line 2 of bodies.csv has nothing where the number vy must be"),
        ("m,x,y,vx,vy\n1,0,zero,0,0\n", "Line 2 of bodies.csv has 'zero' where the number y must be"),
        ("m,x,y,vx,vy\n", "holds no bodies"),
        ("m,x,y [furlong],vx,vy\n1,0,0,0,0\n", "has the unit 'furlong'; known are m, km, au"),
        ("m,x [au],y [km],vx,vy\n1,0,0,0,0\n", "has au and km side by side"),
        ("m,x,y,vx [au],vy\n1,0,0,0,0\n", "has the speed 'au'; write such as km/s"),
        ("m,x,y,vx,vy\n-1,0,0,0,0\n", "mass"),
    ],
)
def test_a_table_that_cannot_be_understood_is_one_sentence(tmp_path: Path, rows: str, sentence: str) -> None:
    with pytest.raises(ra.RevanimError) as refused:
        ra.import_scene(table(tmp_path, rows))
    assert sentence in str(refused.value).lower() or sentence in str(refused.value)
    assert "\n" not in str(refused.value)


def test_what_is_no_scene_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ra.RevanimError, match="is no scene of another tool; those end in"):
        ra.import_scene(table(tmp_path, "x,y\n0,0\n"))
    with pytest.raises(ra.RevanimError, match="cannot be read"):
        ra.import_scene(tmp_path / "gone.csv")


def test_an_archive_of_rebound_is_its_last_snapshot_or_another(tmp_path: Path) -> None:
    rebound = pytest.importorskip("rebound")
    simulation, path = rebound.Simulation(), tmp_path / "two.bin"
    simulation.add(m=1.0)
    simulation.add(m=1e-3, a=1.0, e=0.1)
    simulation.save_to_file(str(path))
    simulation.integrate(1.0)
    simulation.save_to_file(str(path))
    last, first = ra.import_scene(path), ra.import_scene(path, snapshot=0)
    assert np.allclose(last.bodies.position[1], simulation.particles[1].xyz)
    assert np.allclose(first.bodies.position[1], (0.9, 0, 0), atol=1e-9)
    with pytest.raises(ra.RevanimError, match="has 2 snapshots; there is no number 7"):
        ra.import_scene(path, snapshot=7)


def test_a_damaged_archive_is_one_sentence(tmp_path: Path) -> None:
    pytest.importorskip("rebound")
    path = tmp_path / "bad.bin"
    path.write_bytes(b"REBOUND Binary File. " + bytes(range(200)))
    with pytest.raises(ra.RevanimError, match="cannot be read"):
        ra.import_scene(path)


def test_an_import_can_be_stopped(tmp_path: Path) -> None:
    class Enough(Exception):  # noqa: N818 - it is no error
        pass

    def passed(part: float) -> None:
        raise Enough

    path = table(tmp_path, "m,x,y,vx,vy\n" + "1,0,0,0,0\n" * 10_000)
    with pytest.raises(Enough):
        ra.import_scene(path, passed=passed)
