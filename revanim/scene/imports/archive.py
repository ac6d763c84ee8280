"""A simulation archive of rebound, read with rebound itself, in another process: a damaged one can end that."""

import json
import subprocess
import tempfile
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from revanim.engine.parameter import Floats, Parameter
from revanim.error import RevanimError
from revanim.scene.beside.process import read_beside
from revanim.scene.importer import Importer
from revanim.scene.passed import Passed
from revanim.scene.scene import Scene
from revanim.scene.tables.celestial import PACE, SOFTENING, Bodies, scene_of

SNAPSHOT = Parameter("snapshot", -1.0, "", -1e9, 1e9, "Which of the archive to begin with; -1 is the last.", whole=True)
BEGINS = b"REBOUND"  # how such a file begins
READER = "revanim.scene.beside.archive"


def takes(path: Path) -> bool:
    """Whether a file says that it is one."""
    try:
        with path.open("rb") as file:
            return bool(file.read(len(BEGINS)) == BEGINS)
    except OSError:
        return False


def read(path: Path, values: Mapping[str, Any], passed: Passed) -> Scene:
    """Read one snapshot: its particles, which of them pull, and its constant of gravitation."""
    if find_spec("rebound") is None:
        raise RevanimError("{name} is read with rebound, which is not installed: pip install rebound.", name=path.name)
    facts, numbers = _snapshot(path, int(values["snapshot"]), passed)
    if not np.isfinite(numbers).all():
        raise RevanimError(
            "Particle {number} of {name} is not finite.",
            number=np.argwhere(~np.isfinite(numbers))[0, 0],
            name=path.name,
        )
    mass, notes = numbers[:, 0].copy(), list[str]()
    if facts["active"] < len(mass):  # the others are pulled, and pull nobody
        if facts["type"]:
            notes.append("In the archive its test particles do not pull each other; here they do.")
        else:
            mass[facts["active"] :] = 0.0
    bodies = Bodies(
        mass=mass if facts["pulls"] else np.zeros(len(mass)),
        position=numbers[:, 1:4],
        velocity=numbers[:, 4:7],
        gravity=float(facts["G"]),
        notes=tuple(notes),
    )
    return scene_of(bodies, path.stem.replace("_", " "), values["pace"], values["softening"] or facts["softening"])


def _snapshot(path: Path, number: int, passed: Passed) -> tuple[dict[str, Any], Floats]:
    """Return what an archive says of one of its snapshots, and float64[n, 7]: masses, places and speeds."""
    try:
        with tempfile.TemporaryFile() as file:
            read_beside(READER, path, [number], file, passed)
            file.seek(0)
            facts, rows = json.loads(file.readline()), np.frombuffer(file.read(), "<f8").reshape(-1, 7)
    except (ValueError, subprocess.SubprocessError):
        raise RevanimError("{name} cannot be read: it is damaged, or no archive of rebound.", name=path.name) from None
    if "G" not in facts:
        raise RevanimError(
            "{name} has {count} snapshots; there is no number {number}.",
            name=path.name,
            count=facts["snapshots"],
            number=number,
        )
    return facts, rows


archive = Importer(
    name="archive",
    title="rebound archive",
    help="Particles of a simulation archive.",
    suffixes=(".bin", ".rebound", ".sa"),
    parameters=(PACE, SOFTENING, SNAPSHOT),
    read=read,
    takes=takes,
)
