"""A simulation archive of rebound, read with rebound itself."""

from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np

from revanim.engine.parameter import Parameter
from revanim.error import RevanimError
from revanim.scene.importer import Importer
from revanim.scene.passed import Passed
from revanim.scene.scene import Scene
from revanim.scene.tables.celestial import PACE, SOFTENING, Bodies, scene_of

SNAPSHOT = Parameter("snapshot", -1.0, "", -1e9, 1e9, "Which of the archive to begin with; -1 is the last.", whole=True)
BEGINS = b"REBOUND"  # how such a file begins


def takes(path: Path) -> bool:
    """Whether a file says that it is one."""
    try:
        with path.open("rb") as file:
            return bool(file.read(len(BEGINS)) == BEGINS)
    except OSError:
        return False


def read(path: Path, values: Mapping[str, Any], passed: Passed) -> Scene:
    """Read one snapshot: its particles and its constant of gravitation."""
    try:
        rebound: Any = import_module("rebound")
    except ImportError:
        raise RevanimError(
            "{name} is read with rebound, which is not installed: pip install rebound.", name=path.name
        ) from None
    try:
        archive = rebound.Simulationarchive(str(path))
        chosen = int(values["snapshot"])
        if not -len(archive) <= chosen < len(archive):
            raise RevanimError(
                "{name} has {count} snapshots; there is no number {number}.",
                name=path.name,
                count=len(archive),
                number=chosen,
            )
        simulation = archive[chosen]
        rows = [(p.m, p.x, p.y, p.z, p.vx, p.vy, p.vz) for p in simulation.particles]
    except RevanimError:
        raise
    # What a damaged archive can raise is an open list.
    except Exception:
        raise RevanimError("{name} cannot be read: it is damaged, or no archive of rebound.", name=path.name) from None
    numbers = np.array(rows, np.float64).reshape(-1, 7)
    if not np.isfinite(numbers).all():
        raise RevanimError(
            "Particle {number} of {name} is not finite.",
            number=np.argwhere(~np.isfinite(numbers))[0, 0],
            name=path.name,
        )
    bodies = Bodies(numbers[:, 0], numbers[:, 1:4], numbers[:, 4:7], float(simulation.G))
    return scene_of(bodies, path.stem.replace("_", " "), values["pace"], values["softening"] or simulation.softening)


archive = Importer(
    name="archive",
    title="rebound archive",
    help="Particles of a simulation archive.",
    suffixes=(".bin", ".rebound", ".sa"),
    parameters=(PACE, SOFTENING, SNAPSHOT),
    read=read,
    takes=takes,
)
