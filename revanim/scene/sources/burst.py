"""A burst: bodies that are all born at once and fly apart in all directions, as the sparks of a firework do."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from revanim.scene.passed import Passed
from revanim.scene.placing import SIZE
from revanim.scene.shapes.ink import SHINING
from revanim.scene.shapes.jet import FADES, FIRST, LIFE, RATE, SECONDS, SEED, SHAPE, SPEED, SPREAD, UNEVEN
from revanim.scene.source import MASS, Assembly, SourceKind, spray

SPARKS = (
    replace(SPEED, default=4.0),
    replace(UNEVEN, default=0.25),
    replace(SPREAD, default=180.0),
    replace(LIFE, default=2.2),
    replace(FADES, default=0.5),
)
AT_ONCE = {SHAPE.name: "ball", SECONDS.name: 0.0, RATE.name: "1"}


def make(count: int, values: Mapping[str, Any], passed: Passed) -> Assembly:
    """Let them fly apart."""
    return spray(count, {**AT_ONCE, **values})


burst = SourceKind(
    name="burst",
    help="Bodies that are born at once and fly apart in all directions: a firework, an explosion.",
    parameters=(SIZE, *SPARKS, FIRST, SEED, MASS),
    make=make,
    usual=600,
    words="firework explosion sparks shell bang blast emitter births",
    loose=True,
    room=0.03,
    look={**SHINING, "trail": 5},
)
