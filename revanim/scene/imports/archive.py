"""A simulation archive of rebound, read with rebound itself, in another process: a damaged one can end that."""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import IO, Any

import numpy as np

from revanim.engine.parameter import Floats, Parameter
from revanim.error import RevanimError
from revanim.scene.importer import Importer
from revanim.scene.passed import Passed
from revanim.scene.scene import Scene
from revanim.scene.tables import archive_reader
from revanim.scene.tables.celestial import PACE, SOFTENING, Bodies, scene_of

SNAPSHOT = Parameter("snapshot", -1.0, "", -1e9, 1e9, "Which of the archive to begin with; -1 is the last.", whole=True)
BEGINS = b"REBOUND"  # how such a file begins
MB = 1 << 20
SECONDS, SPEED = 4, 20 * MB  # that reading may take, and a second more for so many bytes
ROOM = 1024 * MB  # that it may take, beside twice the file
PAUSE = 0.05  # seconds from one look to the next


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
            _read_beside(path, number, file, passed)
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


def _read_beside(path: Path, number: int, file: IO[bytes], passed: Passed) -> None:
    """Let another process read a snapshot into a file; raises SubprocessError where it ends badly or takes too long."""
    size = path.stat().st_size
    seconds, room = SECONDS + size // SPEED, ROOM + 2 * size
    command = [sys.executable, "-P", archive_reader.__file__, str(path.absolute())]
    command += map(str, (number, seconds, room))
    with subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=file, stderr=subprocess.DEVNULL, env=_environment()
    ) as child:
        try:
            until = time.monotonic() + 10 * seconds  # where the processor has much to do, or there is no other limit
            while child.poll() is None:
                passed(0.0)
                time.sleep(PAUSE)
                if time.monotonic() > until:
                    raise subprocess.TimeoutExpired(command, seconds)
        finally:
            child.kill()
    if child.returncode:
        raise subprocess.CalledProcessError(child.returncode, command)


def _environment() -> dict[str, str]:
    """Return the environment in which the same packages are found; each thread of numpy would ask for memory."""
    return os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "OPENBLAS_NUM_THREADS": "1"}


archive = Importer(
    name="archive",
    title="rebound archive",
    help="Particles of a simulation archive.",
    suffixes=(".bin", ".rebound", ".sa"),
    parameters=(PACE, SOFTENING, SNAPSHOT),
    read=read,
    takes=takes,
)
