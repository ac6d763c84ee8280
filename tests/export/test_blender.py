"""The script that opens a film in Blender, and the search for Blender."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import revanim as ra
from revanim.export import blender
from revanim.export.blender import find_blender, open_in_blender, script_beside

BPY_PYTHON = os.environ.get("REVANIM_BPY_PYTHON", "")

# In a process of its own: does something, and prints what stands in the scene at some frames.
BEGIN = """
import json, runpy, sys
import bpy
import numpy as np

given, frames = sys.argv[-2], json.loads(sys.argv[-1])
bpy.ops.wm.read_homefile(use_empty=True)
scene, told = bpy.context.scene, {"places": {}}

def read(thing, name, kind, width):
    data = thing.evaluated_get(bpy.context.evaluated_depsgraph_get()).data.attributes[name].data
    values = np.empty(width * len(data), np.float32)
    data.foreach_get(kind, values)
    return values.astype(float).reshape(-1, width).tolist()
"""
END = """
print("TOLD" + json.dumps(told))
"""

SCRIPT = """
runpy.run_path(given, run_name="__main__")
told["fps"], told["frames"] = scene.render.fps / scene.render.fps_base, [scene.frame_start, scene.frame_end]
told["size"] = [scene.render.resolution_x, scene.render.resolution_y]
told["camera"], told["instances"] = scene.camera and scene.camera.name, {}
cloud = next(thing for thing in bpy.data.objects if thing.type == "POINTCLOUD")
for frame in frames:
    scene.frame_set(frame)
    graph = bpy.context.evaluated_depsgraph_get()
    told["places"][frame] = read(cloud, "position", "vector", 3)
    told["instances"][frame] = [list(one.matrix_world.translation) for one in graph.object_instances if one.is_instance]
    told["materials"] = [material.name for material in cloud.evaluated_get(graph).data.materials]
    if told["places"][frame]:
        told["radius"], told["color"] = read(cloud, "radius", "value", 1), read(cloud, "displayColor", "color", 4)
"""

CACHE = """
bpy.ops.wm.ply_import(filepath=given[:-3] + "ply")
cloud = bpy.context.active_object
cache = cloud.modifiers.new("cache", "MESH_CACHE")
cache.cache_format, cache.filepath = given[-3:].upper(), given
cache.forward_axis, cache.up_axis, cache.frame_start = "POS_Y", "POS_Z", 1
for frame in frames:
    scene.frame_set(frame)
    told["places"][frame] = read(cloud, "position", "vector", 3)
"""

SPHERES = """
scene.render.fps = 24
bpy.ops.import_scene.gltf(filepath=given)
for frame in frames:
    scene.frame_set(frame)
    bodies = [bpy.data.objects[f"body {number}"] for number in range(5)]
    told["places"][frame] = [list(body.matrix_world.translation) for body in bodies]
"""

needs_blender = pytest.mark.skipif(not BPY_PYTHON, reason="REVANIM_BPY_PYTHON names no Python that has bpy")


def told(work: str, path: Path, frames: list[int]) -> dict:
    """Do some work with a file in a real Blender, and return what is there then."""
    mine = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    command = [BPY_PYTHON, "-c", BEGIN + work + END, str(path), json.dumps(frames)]
    run = subprocess.run(command, env=mine, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
    return json.loads(run.stdout.rpartition("TOLD")[2])


@pytest.mark.blender
@needs_blender
@pytest.mark.parametrize("fps", [24.0, 23.976, 30.0, 12.5])
def test_blender_has_the_places_of_the_engine(scene: ra.Scene, tmp_path: Path, fps: float) -> None:
    scene = ra.edits.set_look(ra.edits.set_timing(scene, fps=fps), size=2.0)
    ra.export(scene, tmp_path / "shot.usdc", trails=2, blender="yes")
    seen, playhead = told(SCRIPT, script_beside(tmp_path / "shot.usdc"), [1, 7, 12]), ra.Playhead(scene)
    for frame in (1, 7, 12):
        playhead.seek(frame)
        assert np.array_equal(np.float32(seen["places"][str(frame)]), np.float32(playhead.position))
    assert seen["fps"] == pytest.approx(fps, rel=1e-5)
    assert seen["frames"] == [1, 12]
    assert seen["size"] == [320, 180]
    assert seen["camera"] == "camera"
    assert seen["materials"] == ["revanim"]
    assert np.allclose(np.ravel(seen["radius"]), 2 * scene.bodies.radius)
    assert np.ptp(seen["color"], axis=0).max() > 0.1


@pytest.mark.blender
@needs_blender
def test_blender_has_instances_where_the_bodies_are(scene: ra.Scene, tmp_path: Path) -> None:
    ra.export(scene, tmp_path / "shot.usdc", prototype="cube", blender="yes")
    seen, playhead = told(SCRIPT, script_beside(tmp_path / "shot.usdc"), [1, 7, 12]), ra.Playhead(scene)
    for frame in (1, 7, 12):
        playhead.seek(frame)
        assert np.array_equal(np.float32(seen["instances"][str(frame)]), np.float32(playhead.position))


@pytest.mark.blender
@needs_blender
@pytest.mark.parametrize(("name", "work"), [("shot.pc2", CACHE), ("shot.mdd", CACHE), ("shot.glb", SPHERES)])
def test_blender_reads_the_other_formats_as_exactly(scene: ra.Scene, tmp_path: Path, name: str, work: str) -> None:
    ra.export(scene, tmp_path / name, **({"mesh": "yes"} if work is CACHE else {}))
    seen, playhead = told(work, tmp_path / name, [1, 7, 12]), ra.Playhead(scene)
    for frame in (1, 7, 12):
        playhead.seek(frame)
        assert np.array_equal(np.float32(seen["places"][str(frame)]), np.float32(playhead.position))


def test_a_script_says_what_the_scene_is(scene: ra.Scene, tmp_path: Path) -> None:
    path = tmp_path / "a 'shot'.usda"
    ra.export(ra.edits.set_timing(scene, fps=23.976), path, (-3, 8), blender="yes")
    assert sorted(tmp_path.iterdir()) == sorted([path, tmp_path / "a 'shot'.blender.py"])
    text = script_beside(path).read_text()
    compile(text, "script", "exec")
    given = dict[str, object]()
    exec("\n".join(line for line in text.splitlines() if re.match(r"[A-Z_, ]+ = ", line)), given)
    assert given["FILE"] == path.name
    assert (given["FPS"], given["FPS_BASE"]) == (24, 1.001)
    assert (given["FIRST"], given["LAST"]) == (-3, 8)
    assert (given["WIDTH"], given["HEIGHT"]) == (320, 180)
    assert given["POINT_SIZE"] == 1.0


def test_no_script_is_written_unless_asked_for(scene: ra.Scene, tmp_path: Path) -> None:
    ra.export(scene, tmp_path / "shot.usdc")
    assert [path.name for path in tmp_path.iterdir()] == ["shot.usdc"]


def make_program(path: Path) -> Path:
    """Write a program that notes what it was given."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        f"#!{sys.executable}\nimport sys; open({str(path.parent / 'given')!r}, 'w').write(repr(sys.argv[1:]))\n"
    )
    path.chmod(0o755)
    return path


@pytest.fixture
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine without Blender, whose programs are in the folder of the test."""
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setattr(blender, "PLACES", {sys.platform: (str(tmp_path / "opt" / "blender*" / "blender"),)})
    return tmp_path


@pytest.mark.skipif(sys.platform == "win32", reason="programs are scripts here")
def test_blender_is_found_where_it_is(nowhere: Path) -> None:
    assert find_blender() is None
    make_program(nowhere / "opt" / "blender-4.2.1" / "blender")
    newest = make_program(nowhere / "opt" / "blender-4.10" / "blender")
    assert find_blender() == newest
    chosen = make_program(nowhere / "bin" / "blender")
    assert find_blender() == chosen


@pytest.mark.skipif(sys.platform == "win32", reason="programs are scripts here")
def test_blender_is_started_with_the_script(nowhere: Path) -> None:
    program = make_program(nowhere / "bin" / "blender")
    assert open_in_blender(nowhere / "shot.blender.py").wait() == 0
    given = eval((program.parent / "given").read_text())
    assert given[-2:] == ["--python", str(nowhere / "shot.blender.py")]


def test_where_there_is_no_blender_one_sentence_says_so(nowhere: Path) -> None:
    with pytest.raises(
        ra.RevanimError, match=r"Blender was not found; start it yourself and run .*shot\.blender\.py in"
    ):
        open_in_blender(nowhere / "shot.blender.py")
