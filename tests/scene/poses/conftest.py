"""One small source for every kind of pose."""

from collections.abc import Callable
from math import pi
from pathlib import Path

import numpy as np
import pytest
import trimesh
from PIL import Image
from pxr import Usd, UsdGeom

from revanim.engine.parameter import Floats

STAR = np.array([(1 if k % 2 else 0.4) * np.exp(1j * pi * k / 5) for k in range(10)])

Source = Callable[[int], object]  # for so many points


def given(count: int) -> Floats:
    return np.random.default_rng(count).normal(size=(count, 3))


def svg_file(path: Path) -> Path:
    points = " ".join(f"{corner.real:.6f},{corner.imag:.6f}" for corner in STAR)
    path.write_text(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-1 -1 2 2"><polygon points="{points}"/></svg>')
    return path


def image_file(path: Path) -> Path:
    y, x = np.mgrid[-1:1:90j, -1.5:1.5:135j]
    glow = np.clip(1 - x**2 - y**2, 0, 1)
    Image.fromarray((255 * np.stack([glow, glow**2, 0 * glow], axis=-1)).astype(np.uint8)).save(path)
    return path


def mesh_file(path: Path) -> Path:
    trimesh.creation.torus(1.0, 0.4).export(path)
    return path


def points_file(path: Path) -> Path:
    np.savetxt(path, np.random.default_rng(0).normal(size=(150, 3)), delimiter=",", header="x,y,z", comments="")
    return path


def usd_file(path: Path) -> Path:
    """Return a mesh that is moved and turned in a stage whose y is up, as `mesh_file` writes it."""
    torus, stage = trimesh.creation.torus(1.0, 0.4), Usd.Stage.CreateNew(str(path))
    UsdGeom.SetStageUpAxis(stage, UsdGeom.Tokens.y)
    mesh = UsdGeom.Mesh.Define(stage, "/group/torus")
    mesh.CreatePointsAttr(torus.vertices.astype(np.float32))
    mesh.CreateFaceVertexCountsAttr(np.full(len(torus.faces), 3, np.int32))
    mesh.CreateFaceVertexIndicesAttr(torus.faces.astype(np.int32).ravel())
    UsdGeom.Xformable(mesh).AddTranslateOp().Set((0.0, 5.0, 0.0))
    stage.GetRootLayer().Save()
    return path


@pytest.fixture
def sources(tmp_path: Path) -> dict[str, Source]:
    files = {
        "svg": svg_file(tmp_path / "star.svg"),
        "image": image_file(tmp_path / "glow.png"),
        "mesh": mesh_file(tmp_path / "torus.ply"),
        "points": points_file(tmp_path / "points.csv"),
        "usd": usd_file(tmp_path / "torus.usda"),
    }
    return {
        "current": given,
        "drag": given,
        "text": lambda count: "OXO",
        **dict.fromkeys(["disc", "grid", "ring"], lambda count: None),
        **{kind: lambda count, path=path: path for kind, path in files.items()},
    }
