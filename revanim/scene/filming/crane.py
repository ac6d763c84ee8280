"""Up above the target, and looking down on it."""

from collections.abc import Mapping

from revanim.engine.parameter import Keyed
from revanim.scene.keys import keyed
from revanim.scene.parts.camera_move import CameraMove
from revanim.scene.scene import View

RISE, HIGHEST = 45.0, 85.0  # degrees


def curves(view: View, first: int, last: int) -> Mapping[str, Keyed]:
    """Return the way up; from above it goes down instead."""
    risen = view.pitch + RISE
    return {"pitch": keyed([first, last], [view.pitch, risen if risen <= HIGHEST else view.pitch - RISE])}


crane = CameraMove(
    name="crane",
    title="Crane",
    help="Up by 45°, or down from above.",
    order=50,
    curves=curves,
)
