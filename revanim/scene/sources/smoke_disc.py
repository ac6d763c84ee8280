"""A disc of smoke, half of it in each of two colours: it goes where the vortices around it carry it."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from revanim.engine.flows.vortices import vortices
from revanim.scene.part import flow
from revanim.scene.passed import Passed
from revanim.scene.placing import SIZE
from revanim.scene.poses.disc import seeds
from revanim.scene.shapes.ink import SHINING, drop, inked
from revanim.scene.source import Assembly, SourceKind


def make(count: int, values: Mapping[str, Any], passed: Passed) -> Assembly:
    """Fill the disc evenly."""
    place = seeds(count)
    return Assembly(
        position=np.column_stack([place, np.zeros(count)]) * (values["size"] / 2),
        mass=np.ones(count),
        radius=np.full(count, drop(np.pi / 4 * values["size"] ** 2, count)),
        share=inked(place[:, 0] < 0, np.hypot(*place.T)),
        flows=(flow(vortices.name, circulation=np.zeros(count)),),
    )


smoke_disc = SourceKind(
    name="smoke_disc",
    help="A disc of smoke in two colours, which vortices carry.",
    parameters=(SIZE,),
    make=make,
    usual=4000,
    words="fluid ink dye circle euler",
    flow=vortices,
    look=SHINING,
)
