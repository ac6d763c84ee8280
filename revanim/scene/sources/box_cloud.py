"""A box filled with bodies, at random."""

from collections.abc import Mapping
from typing import Any

from revanim.scene.passed import Passed
from revanim.scene.placing import SIZE
from revanim.scene.shapes.cloud import in_box
from revanim.scene.source import CLOUD, Assembly, SourceKind, cloud


def make(count: int, values: Mapping[str, Any], passed: Passed) -> Assembly:
    """Draw the places."""
    return cloud(in_box(count, round(values["seed"])), values)


box_cloud = SourceKind(
    name="box_cloud",
    help="A box filled with bodies, at random.",
    words="cube gas cluster particles random",
    parameters=(SIZE, *CLOUD),
    make=make,
    stands=True,
    loose=True,
)
