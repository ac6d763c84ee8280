"""USD, read back by USD itself: every number is that of the engine in float32."""

import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pxr import Usd, UsdGeom, UsdValidation

import revanim as ra
from revanim.draw.camera import project
from revanim.export import usd
from revanim.export.exporter import exporters, facts

Walked = Callable[[float], np.ndarray]
Staged = Callable[..., Usd.Stage]


@pytest.fixture
def stage_of() -> Iterator[Staged]:
    """Export, and open what was written until the test is over."""
    opened = list[Usd.Stage]()

    def stage(scene: ra.Scene, path: Path, **given: Any) -> Usd.Stage:
        ra.export(scene, path, **given)
        opened.append(Usd.Stage.Open(str(path)))
        return opened[-1]

    yield stage
    opened.clear()


def prim(stage: Usd.Stage, name: str) -> Usd.Prim:
    return stage.GetDefaultPrim().GetChild(name)


def at(prim: Usd.Prim, name: str, frame: float) -> np.ndarray:
    return np.array(prim.GetAttribute(name).Get(frame))


@pytest.mark.parametrize("suffix", [".usdc", ".usda", ".usd"])
def test_places_are_those_of_the_engine(
    stage_of: Staged, scene: ra.Scene, walked: Walked, tmp_path: Path, suffix: str
) -> None:
    bodies = prim(stage_of(scene, tmp_path / f"shot{suffix}"), "bodies")
    assert bodies.GetTypeName() == "Points"
    assert bodies.GetAttribute("points").GetTimeSamples() == list(range(1, 13))
    for frame in range(1, 13):
        assert np.array_equal(at(bodies, "points", frame), walked(frame).astype(np.float32))


def test_velocities_sizes_masses_and_numbers_arrive(stage_of: Staged, scene: ra.Scene, tmp_path: Path) -> None:
    bodies = prim(stage_of(scene, tmp_path / "shot.usdc", attributes="all"), "bodies")
    playhead = ra.Playhead(scene)
    for frame in (1, 7, 12):
        playhead.seek(frame)
        velocity = playhead.velocity
        assert np.array_equal(at(bodies, "velocities", frame), velocity.astype(np.float32))
        speed, energy = np.linalg.norm(velocity, axis=1), 0.5 * scene.bodies.mass * np.sum(velocity**2, axis=1)
        assert np.array_equal(at(bodies, "primvars:speed", frame), speed.astype(np.float32))
        assert np.array_equal(at(bodies, "primvars:kinetic_energy", frame), energy.astype(np.float32))
    assert at(bodies, "ids", 1).tolist() == [0, 1, 2, 3, 4]
    assert np.array_equal(at(bodies, "widths", 1), (2 * scene.bodies.radius).astype(np.float32))
    assert np.array_equal(at(bodies, "primvars:mass", 1), scene.bodies.mass.astype(np.float32))


def test_what_is_not_asked_for_is_not_there(stage_of: Staged, scene: ra.Scene, tmp_path: Path) -> None:
    stage = stage_of(scene, tmp_path / "shot.usdc", velocities="no", camera="no")
    bodies = prim(stage, "bodies")
    assert not bodies.GetAttribute("velocities").HasAuthoredValue()
    assert not bodies.HasAttribute("primvars:speed")
    assert [child.GetName() for child in stage.GetDefaultPrim().GetChildren()] == ["bodies"]


def test_colours_are_linear_light(stage_of: Staged, scene: ra.Scene, tmp_path: Path) -> None:
    bodies = prim(stage_of(scene, tmp_path / "shot.usdc"), "bodies")
    stored = at(bodies, "primvars:displayColor", 1)
    srgb = np.where(stored <= 0.0031308, 12.92 * stored, 1.055 * stored ** (1 / 2.4) - 0.055)
    assert np.array_equal(np.rint(255 * srgb), scene.bodies.color)


def test_colours_by_attribute_change_with_it(stage_of: Staged, scene: ra.Scene, tmp_path: Path) -> None:
    colored = ra.edits.set_look(scene, color_by="speed")
    bodies = prim(stage_of(colored, tmp_path / "shot.usdc"), "bodies")
    assert len(bodies.GetAttribute("primvars:displayColor").GetTimeSamples()) == 12
    assert not np.array_equal(at(bodies, "primvars:displayColor", 1), at(bodies, "primvars:displayColor", 12))


def test_a_stage_says_how_it_is_meant(stage_of: Staged, scene: ra.Scene, tmp_path: Path) -> None:
    slow = ra.edits.set_timing(scene, fps=25.0)
    stage = stage_of(slow, tmp_path / "shot.usdc", frames=(-3, 8), unit=0.01)
    assert UsdGeom.GetStageUpAxis(stage) == "Z"
    assert UsdGeom.GetStageMetersPerUnit(stage) == 0.01
    assert (stage.GetTimeCodesPerSecond(), stage.GetFramesPerSecond()) == (25, 25)
    assert (stage.GetStartTimeCode(), stage.GetEndTimeCode()) == (-3, 8)
    assert stage.GetDefaultPrim().GetName() == "Five"


def test_instances_stand_where_the_bodies_are(
    stage_of: Staged, scene: ra.Scene, walked: Walked, tmp_path: Path
) -> None:
    stage = stage_of(scene, tmp_path / "shot.usdc", prototype="cube")
    bodies = UsdGeom.PointInstancer(prim(stage, "bodies"))
    shape = UsdGeom.Cube(stage.GetPrimAtPath(bodies.GetPrototypesRel().GetTargets()[0]))
    assert shape.GetSizeAttr().Get() == 2.0
    for frame in (1, 12):
        matrices = np.array(bodies.ComputeInstanceTransformsAtTime(frame, frame))
        assert np.array_equal(matrices[:, 3, :3], walked(frame).astype(np.float32))
        assert np.allclose(matrices[:, 0, 0], scene.bodies.radius, rtol=1e-7)


def test_trails_are_the_way_behind_each_body(stage_of: Staged, scene: ra.Scene, walked: Walked, tmp_path: Path) -> None:
    trails = prim(stage_of(scene, tmp_path / "shot.usdc", trails=4), "trails")
    assert at(trails, "curveVertexCounts", 1).tolist() == [5] * 5
    way = np.array([walked(frame) for frame in range(3, 8)]).transpose(1, 0, 2)
    assert np.array_equal(at(trails, "points", 7), way.reshape(-1, 3).astype(np.float32))
    width = at(trails, "widths", 1).reshape(5, 5)
    assert (width[:, 0] == 0).all()
    assert np.allclose(width[:, -1], 0.6 * scene.bodies.radius)


def test_links_tie_the_bodies_that_they_tie(stage_of: Staged, scene: ra.Scene, walked: Walked, tmp_path: Path) -> None:
    spring = ra.force("spring", links=[[0, 1], [3, 2]], stiffness=0.0, length=1.0)
    tied = ra.edits.set_forces(scene, [*scene.forces, spring])
    links = prim(stage_of(tied, tmp_path / "shot.usdc", links="yes"), "links")
    assert at(links, "curveVertexCounts", 1).tolist() == [2, 2]
    assert np.array_equal(at(links, "points", 9), walked(9)[[0, 1, 3, 2]].astype(np.float32))


def test_hidden_bodies_stay_away_unless_asked_for(
    stage_of: Staged, scene: ra.Scene, walked: Walked, tmp_path: Path
) -> None:
    spring = ra.force("spring", links=[[0, 1], [2, 4]], stiffness=0.0, length=1.0)
    hidden = ra.edits.set_forces(scene, [*scene.forces, spring])
    hidden = ra.edits.set_groups(hidden, [ra.Group("shy", np.array([1, 3]), hidden=True)])
    stage = stage_of(hidden, tmp_path / "shot.usdc", links="yes", trails=1)
    assert at(prim(stage, "bodies"), "ids", 1).tolist() == [0, 2, 4]
    assert np.array_equal(at(prim(stage, "bodies"), "points", 5), walked(5)[[0, 2, 4]].astype(np.float32))
    assert np.array_equal(at(prim(stage, "links"), "points", 5), walked(5)[[2, 4]].astype(np.float32))
    everybody = prim(stage_of(hidden, tmp_path / "all.usdc", hidden="yes"), "bodies")
    assert at(everybody, "ids", 1).tolist() == [0, 1, 2, 3, 4]


def test_a_scene_in_which_all_are_hidden_is_refused(scene: ra.Scene, tmp_path: Path) -> None:
    hidden = ra.edits.set_groups(scene, [ra.Group("shy", np.arange(5), hidden=True)])
    with pytest.raises(ra.RevanimError, match="All bodies are hidden"):
        ra.export(hidden, tmp_path / "shot.usdc")
    assert list(tmp_path.iterdir()) == []


def test_every_third_frame_stays_at_its_time(stage_of: Staged, scene: ra.Scene, walked: Walked, tmp_path: Path) -> None:
    stage = stage_of(scene, tmp_path / "shot.usdc", every=3)
    bodies = prim(stage, "bodies")
    assert bodies.GetAttribute("points").GetTimeSamples() == [1, 4, 7, 10]
    assert (stage.GetStartTimeCode(), stage.GetEndTimeCode(), stage.GetTimeCodesPerSecond()) == (1, 10, 24)
    for frame in (1, 4, 7, 10):
        assert np.array_equal(at(bodies, "points", frame), walked(frame).astype(np.float32))


def test_velocities_are_those_of_the_film(stage_of: Staged, scene: ra.Scene, walked: Walked, tmp_path: Path) -> None:
    """A quarter as fast, and on the way back the other way: as what is seen from one time code to the next."""
    stage = stage_of(scene, tmp_path / "shot.usdc", frames=(1, 3), speed=0.25, order="ping-pong")
    bodies = prim(stage, "bodies")
    assert bodies.GetAttribute("points").GetTimeSamples() == list(range(1, 17))
    assert np.array_equal(at(bodies, "points", 2), walked(1.25).astype(np.float32))
    assert np.array_equal(at(bodies, "points", 16), walked(1.25).astype(np.float32))
    for code in (4, 13):
        seen = (at(bodies, "points", code + 1) - at(bodies, "points", code - 1)) * 24 / 2
        assert np.allclose(at(bodies, "velocities", code), seen, atol=2e-3)


@pytest.mark.parametrize("flat", [False, True])
def test_its_camera_sees_what_ours_sees(stage_of: Staged, scene: ra.Scene, tmp_path: Path, flat: bool) -> None:
    view = ra.View(target=(0.3, -0.2, 0.1), yaw=40.0, pitch=25.0, distance=7.0, lens=1.5, flat=flat)
    seen = ra.edits.set_look(scene, view=view, picture=(400, 300))
    camera = UsdGeom.Camera(prim(stage_of(seen, tmp_path / "shot.usdc"), "camera")).GetCamera(1)
    to_clip = np.array(camera.frustum.ComputeViewMatrix() * camera.frustum.ComputeProjectionMatrix())
    place = scene.bodies.position
    clip = np.column_stack([place, np.ones(len(place))]) @ to_clip
    across, up = (clip[:, :2] / clip[:, 3:]).T
    ours = project(view, 400, 300, place)
    assert np.allclose(200 * (1 + across), ours.x, atol=1e-3)
    assert np.allclose(150 * (1 - up), ours.y, atol=1e-3)


@pytest.mark.parametrize("prototype", ["none", "sphere", "cone"])
def test_usd_has_nothing_against_it(stage_of: Staged, scene: ra.Scene, tmp_path: Path, prototype: str) -> None:
    spring = ra.force("spring", links=[[0, 1]], stiffness=0.1, length=1.0)
    tied = ra.edits.set_look(ra.edits.set_forces(scene, [*scene.forces, spring]), color_by="speed")
    given = {"trails": 3, "links": "yes", "attributes": "all", "prototype": prototype}
    stage = stage_of(tied, tmp_path / "shot.usdc", **given)
    registry = UsdValidation.ValidationRegistry()
    validators = [registry.GetOrLoadValidatorByName(data.name) for data in registry.GetAllValidatorMetadata()]
    assert len(validators) > 20
    complaints = UsdValidation.ValidationContext(validators).Validate(stage)
    assert [complaint.GetErrorAsString() for complaint in complaints] == []


def test_samples_that_went_to_disk_in_parts_are_all_there(
    stage_of: Staged, scene: ra.Scene, walked: Walked, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(usd, "CHUNK", 300)
    bodies = prim(stage_of(scene, tmp_path / "shot.usdc"), "bodies")
    for frame in range(1, 13):
        assert np.array_equal(at(bodies, "points", frame), walked(frame).astype(np.float32))


def test_its_size_is_known_before(tmp_path: Path) -> None:
    random = np.random.default_rng(1)
    fall = ra.force("uniform", acceleration=(0, 0, -1))
    cloud = ra.make_scene(random.normal(size=(3000, 3)), random.normal(size=(3000, 3)), np.ones(3000), forces=[fall])
    path = tmp_path / "shot.usdc"
    for given in ({}, {"velocities": "no"}, {"trails": 3, "attributes": "speed"}, {"every": 2}):
        ra.export(cloud, path, (1, 20), **given)
        said = facts(cloud, exporters()["usd"], (1, 20), given)
        found = re.fullmatch(r"about ([\d.]+) MB\n\d+ frames, .* s", str(said))
        assert found, said
        assert float(found[1]) == pytest.approx(path.stat().st_size / 1e6, rel=0.12)


GROWN = """
import sys
from pathlib import Path
import numpy as np
import revanim as ra

def resident():
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("RssAnon"))

place = np.random.default_rng(0).normal(size=(2000, 3))
fall = ra.force("uniform", acceleration=(0, 0, -0.01))
scene = ra.make_scene(place, 0.1 * place, 1.0, forces=[fall], steps_per_frame=1)
ra.export(scene, sys.argv[1], (1, 10))
before, most = resident(), []
ra.export(scene, sys.argv[1], (1, int(sys.argv[2])), passed=lambda part: most.append(resident()))
print(max(most) - before, Path(sys.argv[1]).stat().st_size / 1e6)
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="only Linux tells")
@pytest.mark.parametrize(("suffix", "frames"), [(".usdc", 3000), (".usda", 1500)])
def test_a_long_film_needs_little_more_memory_than_a_short_one(tmp_path: Path, suffix: str, frames: int) -> None:
    command = [sys.executable, "-c", GROWN, str(tmp_path / f"shot{suffix}"), str(frames)]
    grown, size = map(float, subprocess.check_output(command, text=True).split())
    assert size > 70
    assert grown < 30


def test_a_body_is_not_seen_before_it_is_born_and_after_it_has_ended(
    stage_of: Staged, scene: ra.Scene, tmp_path: Path
) -> None:
    lived = ra.edits.set_bodies(ra.edits.set_bodies(scene, [1], born=5), [3], dies=4)
    points = prim(stage_of(lived, tmp_path / "points.usdc"), "bodies")
    for frame, gone in ((4, 1), (5, 3)):
        assert np.flatnonzero(at(points, "widths", frame) == 0).tolist() == [gone]
    instances = prim(stage_of(lived, tmp_path / "instances.usdc", prototype="cube"), "bodies")
    assert at(instances, "invisibleIds", 4).tolist() == [1]
    assert at(instances, "invisibleIds", 5).tolist() == [3]
