"""What a USD stage shows, read in another process with usd-core: a damaged one can end that."""

import json
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import IO, Any

import numpy as np

from revanim.engine.parameter import Floats
from revanim.error import RevanimError
from revanim.scene.beside.process import read_beside
from revanim.scene.meshes.mesh import Mesh
from revanim.scene.passed import Passed

READER = "revanim.scene.beside.stage"


@dataclass(frozen=True, eq=False)
class Cloud:
    """Points in the world, float64[n, 3], and their colours as light, float64[n, 3], if each has one."""

    place: Floats
    light: Floats | None


@dataclass(eq=False)
class Shown:
    """What is found on the way through a stage."""

    clouds: list[Cloud] = field(default_factory=list)
    meshes: list[Mesh] = field(default_factory=list)
    others: set[str] = field(default_factory=set)  # the types of what has a shape, but is neither


def read_stage(path: Path, frame: float, passed: Passed) -> Shown:
    """Return what a stage shows at a time code, or refuse it in a sentence."""
    if find_spec("pxr") is None:
        raise RevanimError("{name} is read with usd-core, which is not installed.", name=path.name)
    try:
        with tempfile.TemporaryFile() as file:
            read_beside(READER, path, [frame], file, passed)
            file.seek(0)
            return _read(file)
    except (ValueError, subprocess.SubprocessError):
        raise RevanimError(
            "{name} cannot be read: it is damaged, no USD stage, or takes too much time or memory.", name=path.name
        ) from None


def write(found: Shown, file: IO[bytes]) -> None:
    """Write what a stage shows: a line of facts, and the arrays that it counts."""
    facts = {
        "lit": [cloud.light is not None for cloud in found.clouds],
        "meshes": len(found.meshes),
        "others": sorted(found.others),
    }
    file.write(json.dumps(facts).encode() + b"\n")
    for array in _arrays(found):
        np.save(file, array)


def refuse(error: RevanimError, file: IO[bytes]) -> None:
    """Write why a stage is refused."""
    refused = {"refused": error.sentence.template, "values": dict(error.sentence.values)}
    file.write(json.dumps(refused).encode() + b"\n")


def _arrays(found: Shown) -> Iterator[Any]:
    for cloud in found.clouds:
        yield from (cloud.place,) if cloud.light is None else (cloud.place, cloud.light)
    for mesh in found.meshes:
        yield from (mesh.vertices, mesh.counts, mesh.corners)


def _read(file: IO[bytes]) -> Shown:
    """Return what was written, or raise the RevanimError that was."""
    facts = json.loads(file.readline())
    if "refused" in facts:
        raise RevanimError(facts["refused"], **facts["values"])

    def array() -> Any:
        return np.load(file, allow_pickle=False)

    clouds = [Cloud(array(), array() if lit else None) for lit in facts["lit"]]
    return Shown(clouds, [Mesh(array(), array(), array()) for _ in range(facts["meshes"])], set(facts["others"]))
