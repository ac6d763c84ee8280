"""Evenly round the target, so that the last frame leads to the first."""

from collections.abc import Mapping

from revanim.engine.parameter import Keyed
from revanim.scene.keys import keyed
from revanim.scene.parts.camera_move import CameraMove
from revanim.scene.scene import View


def curves(view: View, first: int, last: int) -> Mapping[str, Keyed]:
    """Return a turn that is complete a frame after the last."""
    return {"yaw": keyed([first, last + 1], [view.yaw, view.yaw + 360.0], "linear")}


turntable = CameraMove(
    name="turntable",
    title="Turntable",
    help="Evenly once round; the last frame leads to the first.",
    order=10,
    curves=curves,
)
