"""Away from the target, until it is twice as far away."""

from collections.abc import Mapping

from revanim.engine.parameter import Keyed
from revanim.scene.keys import keyed
from revanim.scene.parts.camera_move import CameraMove
from revanim.scene.scene import View

TIMES = 2.0  # of the distance


def curves(view: View, first: int, last: int) -> Mapping[str, Keyed]:
    """Return the way from the first frame to the last."""
    return {"distance": keyed([first, last], [view.distance, TIMES * view.distance])}


dolly_out = CameraMove(
    name="dolly-out",
    title="Dolly Out",
    help="Away, to twice the distance.",
    order=40,
    curves=curves,
)
