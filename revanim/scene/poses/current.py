"""The bodies where they stand: the pose to start from."""

from collections.abc import Mapping
from typing import Any

from revanim.scene.passed import Passed
from revanim.scene.pose import Points, PoseKind, as_given
from revanim.sentence import Sentence


def make(source: Any, count: int, values: Mapping[str, Any], passed: Passed) -> Points:
    """Take the positions of the playhead as they are."""
    return as_given(source, count, Sentence("The current positions"))


current = PoseKind(
    name="current",
    help="The bodies where they stand at the playhead.",
    parameters=(),
    make=make,
    source="positions",
)
