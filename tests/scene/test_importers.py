"""Scenes from other tools' files: tables of bodies with and without units, and archives of rebound."""

import contextlib
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import revanim as ra
from revanim.resources import resource
from revanim.scene.importer import importer_for


def table(folder: Path, text: str, name: str = "bodies.csv") -> Path:
    path = folder / name
    path.write_text(text)
    return path


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
        ("m,x,y [furlong],vx,vy\n1,0,0,0,0\n", "has the unit 'furlong' for y [furlong]; known are mm, cm, m, km"),
        ("m,x,y,vx [au],vy\n1,0,0,0,0\n", "has the unit 'au' for vx [au]; known are m/s, km/s"),
        ("m,x,y,vx,vy\n1,0,0,0,0\n-1,1,0,0,0\n", "Body 1 of bodies has the mass -1; a mass is 0 or more."),
        ("m,x,y,vx,vy\n1,1e300,0,0,0\n", "Body 0 of bodies has a number beyond 1e+60; give another unit."),
        ("m,x,y\n1,1e-300,0\n1,0,0\n", "lie within 1e-60"),
        ("m,x,y\n1,,0\n", "Line 2 of bodies.csv has '' where the number x must be."),
        ("m,x (km),y,vx (km/s),vy\n1,0,0,0,0\n", "bodies.csv gives no unit for m, beside those that have one"),
        ("x (km),y,vx (km/s),vy\n0,0,0,0\n", "bodies.csv has units and no masses; add a column such as mass (kg)"),
        ("x,y\n0,0\n", "bodies.csv has places alone, which are points of a pose"),
        ("name,m,a,e\nEarth,1,1,0.01\n", "bodies.csv has no columns that are called x and y; a table of bodies has"),
        ("t,x,y,vx,vy\n0,0,0,1,0\n1,1,0,1,0\n", "Every row of bodies.csv has a time of its own"),
        ("m,x,y\n1,3,4\n0,1,2\n2,3,4\n", "The bodies 0 and 2 of bodies lie at one place"),
        ("Sun, our star,1,0\n", "no columns that are called x and y"),
    ],
)
def test_a_table_that_cannot_be_understood_is_one_sentence(tmp_path: Path, rows: str, sentence: str) -> None:
    with pytest.raises(ra.RevanimError) as refused:
        ra.import_scene(table(tmp_path, rows))
    assert sentence in str(refused.value).lower() or sentence in str(refused.value)
    assert "\n" not in str(refused.value)


CASES = Path(__file__).parents[1] / "cases" / "tables"


def known(name: str) -> tuple[ra.Scene, float]:
    """Return the scene of a case, and v² r / (G M) of its last body about its first."""
    scene = ra.import_scene(CASES / f"{name}.csv")
    place, speed, mass = scene.bodies.position, scene.bodies.velocity, scene.bodies.mass
    away, fast = np.linalg.norm(place[-1] - place[0]), np.linalg.norm(speed[-1] - speed[0])
    return scene, float(fast**2 * away / (scene.forces[0].values["strength"] * (mass[0] + mass[-1])))


@pytest.mark.parametrize(
    ("name", "ratio"),
    [
        ("gm_plain_km", 0.999997),
        ("gm_km3", 0.999997),
        ("gm_small", 0.982436),
        ("units_factor", 0.999696),
        ("units_kms_minus1", 0.999682),
        ("units_kpc", 9.002641),
    ],
)
def test_a_case_with_units_has_the_pull_of_nature(name: str, ratio: float) -> None:
    assert known(name)[1] == pytest.approx(ratio, abs=2e-6)


@pytest.mark.parametrize(
    ("name", "mass", "place"),
    [
        ("quoted_name_number", [5, 7], [0, 3]),
        ("quoted_name_shift", [5, 7], [0, 3]),
        ("quoted_names", [1, 3e-6], [0, 1]),
        ("semicolon_decimal", [1, 3e-6], [0, 1]),
        ("unicode_minus", [1, 3e-6], [0, 1]),
        ("latin1", [1, 3e-6], [0, 1]),
        ("index_suffix", [1, 3e-6], [0, 1]),
        ("duplicate_names", [1, 1e-6, 1e-6], [0, 1, 2]),
        ("utf16", [1], [0]),
        ("nbody_header", [1], [0]),
    ],
)
def test_a_case_gives_the_bodies_that_are_in_it(name: str, mass: list[float], place: list[float]) -> None:
    bodies = ra.import_scene(CASES / f"{name}.csv").bodies
    assert bodies.mass.tolist() == mass
    assert bodies.position[:, 0].tolist() == pytest.approx(place)


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("kg_only", "gives no unit for x, y, z, vx, vy, vz"),
        ("kg_km_nospeedunit", "gives no unit for vx, vy, vz"),
        ("places_only", "has places alone"),
        ("same_place", "The bodies 0 and 1 of same place lie at one place"),
    ],
)
def test_a_case_that_lacks_something_says_what(name: str, sentence: str) -> None:
    with pytest.raises(ra.RevanimError) as refused:
        ra.import_scene(CASES / f"{name}.csv")
    assert sentence in str(refused.value)


def test_bodies_that_share_a_name_share_a_group_and_letters_and_commas_stay_in_it() -> None:
    def named(name: str) -> dict[str, list[int]]:
        return {group.name: group.bodies.tolist() for group in ra.import_scene(CASES / f"{name}.csv").groups}

    assert named("duplicate_names") == {"Star": [0], "planet": [1, 2]}
    assert named("latin1") == {"Solé": [0], "Térre": [1]}
    assert named("quoted_names") == {"Sun, our star": [0], "Earth, home": [1]}


def test_a_comet_far_out_comes_back_after_its_period() -> None:
    scene = ra.import_scene(CASES / "comet_aphelion.csv")
    assert scene.note == "A second is 7.5 yr."
    play, year, sun = ra.Playhead(scene), 24 / 7.5, 4 * np.pi**2
    play.seek(1 + round(75.1 * year))
    place, speed = play.position[1] - play.position[0], (play.velocity[1] - play.velocity[0]) / 7.5
    axis = 1 / (2 / np.linalg.norm(place) - speed @ speed / sun)
    bend = np.cross(speed, np.cross(place, speed)) / sun - place / np.linalg.norm(place)
    assert axis == pytest.approx(17.8, rel=1e-8)
    assert np.linalg.norm(bend) == pytest.approx(0.967, rel=1e-8)


def test_a_plunge_that_no_step_follows_is_said(tmp_path: Path) -> None:
    scene = ra.import_scene(table(tmp_path, "m,x,y,vx,vy\n1,0,0,0,0\n0,1,0,0,1e-6\n"))
    assert "The steps are too coarse for how close some bodies come" in scene.note
    softened = ra.import_scene(table(tmp_path, "m,x,y,vx,vy\n1,0,0,0,0\n0,1,0,0,1e-6\n"), softening=0.1)
    assert "too coarse" not in softened.note


def test_softened_bodies_may_lie_at_one_place_and_those_without_mass_too(tmp_path: Path) -> None:
    assert ra.import_scene(CASES / "same_place.csv", softening=0.1).bodies.count == 3
    assert ra.import_scene(table(tmp_path, "m,x,y\n0,1,0\n0,1,0\n1,0,0\n")).bodies.count == 3


def test_of_a_motion_one_moment_is_taken(tmp_path: Path) -> None:
    rows = [f"{frame},{body},{frame},{body},1" for frame in (1, 2) for body in (0, 1)]
    path = table(tmp_path, "\n".join(["frame,body,x,y,m", *rows]))
    scene = ra.import_scene(path)
    assert scene.bodies.position[:, 0].tolist() == [1, 1]
    assert "bodies.csv has 2 frames; number 1 is taken." in scene.note
    assert ra.import_scene(path, frame=2).bodies.position[:, 0].tolist() == [2, 2]


def test_the_constant_of_gravitation_can_stand_in_for_a_unit(tmp_path: Path) -> None:
    path = table(tmp_path, "m,x (km),y (km),vx (m/s),vy (m/s)\n1,0,0,0,0\n1,1,0,0,1\n")
    scene = ra.import_scene(path, gravity=2.0, pace=1.0)
    assert float(scene.forces[0].values["strength"]) == 2.0
    assert scene.bodies.velocity[1, 1] == pytest.approx(1e-3)


def test_what_is_no_scene_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ra.RevanimError, match="is no scene of another tool; those end in"):
        ra.import_scene(table(tmp_path, "x,y\n0,0\n", "it.pdf"))
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


def test_particles_that_pull_nobody_do_not() -> None:
    rebound = pytest.importorskip("rebound")
    path = CASES.parent / "misc" / "tp.bin"
    scene = ra.import_scene(path)
    assert scene.bodies.mass.tolist() == [1, 0, 0]
    known = rebound.Simulationarchive(str(path))[-1]
    known.testparticle_hidewarnings = 1
    known.integrate(known.t + 10 * np.sqrt(float(scene.forces[0].values["strength"])))
    play = ra.Playhead(scene)
    play.seek(241)
    assert play.position == pytest.approx(np.array([particle.xyz for particle in known.particles]), abs=1e-10)


def test_a_damaged_archive_is_one_sentence(tmp_path: Path) -> None:
    pytest.importorskip("rebound")
    whole = (CASES.parent / "misc" / "tp.bin").read_bytes()
    path = tmp_path / "bad.bin"
    for damaged in (
        b"REBOUND Binary File. " + bytes(range(200)),
        whole[:900],
        whole[:600] + b"\xff" * 40 + whole[640:],
    ):
        path.write_bytes(damaged)
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


USUAL, ODD = (
    ["0", "1", "2.5", "7", "3e8"],
    ["-1", "1e300", "1e-300", "1e59", "1e-59", "5e-324", "1e999", "nan", "", "x"],
)
HEADS = [
    "m,x,y,vx,vy",
    "mass (kg),x (km),y (km),vx (km/s),vy (km/s)",
    "GM (km^3/s^2),x (au),y (au),vx (au/d),vy (au/d)",
    "name,t,m,x,y",
]


@given(
    head=st.sampled_from(HEADS),
    rows=st.lists(st.lists(st.sampled_from(USUAL * 4 + ODD), min_size=5, max_size=5), max_size=4),
    pace=st.sampled_from([0.0, 1e-20, 1.0, 1e25]),
    softening=st.sampled_from([0.0, 1e-9, 0.1, 1e25]),
)
def test_whatever_stands_in_a_table_it_is_a_scene_or_one_sentence(
    head: str, rows: list[list[str]], pace: float, softening: float, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.csv"
    path.write_text("\n".join([head, *map(",".join, rows)]))
    with contextlib.suppress(ra.RevanimError):
        scene = ra.import_scene(path, pace=pace, softening=softening)
        assert np.isfinite(scene.bodies.position).all()
        assert np.isfinite(scene.bodies.velocity).all()
