"""Once round the target: it sets off softly, and comes to rest where it began."""

from collections.abc import Mapping

from revanim.engine.parameter import Keyed
from revanim.scene.keys import keyed
from revanim.scene.parts.camera_move import CameraMove
from revanim.scene.scene import View


def curves(view: View, first: int, last: int) -> Mapping[str, Keyed]:
    """Return one turn from the first frame to the last."""
    return {"yaw": keyed([first, last], [view.yaw, view.yaw + 360.0])}


orbit = CameraMove(
    name="orbit",
    title="Orbit Once",
    help="Once round, from rest to rest.",
    order=20,
    curves=curves,
)
