"""Bodies all over a sphere, at random."""

from collections.abc import Mapping
from typing import Any

from revanim.scene.passed import Passed
from revanim.scene.placing import SIZE
from revanim.scene.shapes.cloud import on_shell
from revanim.scene.source import CLOUD, Assembly, SourceKind, cloud


def make(count: int, values: Mapping[str, Any], passed: Passed) -> Assembly:
    """Draw the places."""
    return cloud(on_shell(count, round(values["seed"])), values)


shell_cloud = SourceKind(
    name="shell_cloud",
    help="Bodies all over a sphere, at random.",
    words="bubble hollow sphere particles random",
    parameters=(SIZE, *CLOUD),
    make=make,
    stands=True,
    loose=True,
)
