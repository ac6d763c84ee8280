"""Universal Scene Description."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

from revanim.export.blender import BLENDER, write_script
from revanim.export.exporter import Exporter
from revanim.export.film import Film
from revanim.export.points import weighed
from revanim.export.usd import STAGE, stage_size, write_stage


def beside(film: Film, path: Path, values: Mapping[str, Any]) -> None:
    """Write the script for Blender, if it is asked for."""
    if values["blender"] == "yes":
        write_script(film, path)


usd = Exporter(
    name="usd",
    title="USD points",
    help="Places, velocities, sizes, colours and attributes of the bodies; trails, links and the camera.",
    suffixes=(".usdc", ".usda", ".usd"),
    parameters=(*STAGE, BLENDER),
    write=write_stage,
    opens_in="Blender, Houdini, Maya, Omniverse, and with instances Unreal",
    beside=beside,
    measure=partial(weighed, size=stage_size),
)
