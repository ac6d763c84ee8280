"""Toward the target, until it is half as far away."""

from collections.abc import Mapping

from revanim.engine.parameter import Keyed
from revanim.scene.keys import keyed
from revanim.scene.parts.camera_move import CameraMove
from revanim.scene.scene import View

TIMES = 0.5  # of the distance


def curves(view: View, first: int, last: int) -> Mapping[str, Keyed]:
    """Return the way from the first frame to the last."""
    return {"distance": keyed([first, last], [view.distance, TIMES * view.distance])}


dolly_in = CameraMove(
    name="dolly-in",
    title="Dolly In",
    help="Half of the way to the target.",
    order=30,
    curves=curves,
)
