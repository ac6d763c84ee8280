"""The bodies where a hand has dragged them."""

from collections.abc import Mapping
from typing import Any

from revanim.scene.passed import Passed
from revanim.scene.pose import Points, PoseKind, as_given
from revanim.sentence import Sentence


def make(source: Any, count: int, values: Mapping[str, Any], passed: Passed) -> Points:
    """Take the positions as they are."""
    return as_given(source, count, Sentence("The dragged positions"))


drag = PoseKind(
    name="drag",
    help="The bodies where they were dragged in the viewport.",
    parameters=(),
    make=make,
    source="positions",
)
