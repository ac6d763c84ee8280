"""An emitter: bodies come out of an opening one after another, fly upward, fall and end."""

from collections.abc import Mapping
from typing import Any

from revanim.scene.passed import Passed
from revanim.scene.placing import SIZE
from revanim.scene.shapes.ink import SHINING
from revanim.scene.shapes.jet import JET
from revanim.scene.source import MASS, Assembly, SourceKind, spray


def make(count: int, values: Mapping[str, Any], passed: Passed) -> Assembly:
    """Let them come out upward."""
    return spray(count, values)


emitter = SourceKind(
    name="emitter",
    help="Bodies that come out one after another, live for a while and end: a fountain, sparks, smoke.",
    parameters=(SIZE, *JET, MASS),
    make=make,
    usual=2000,
    words="particles spray fountain jet sparks stream hose births source nozzle",
    loose=True,
    room=0.04,
    look={**SHINING, "trail": 5},
)
