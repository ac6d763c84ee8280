"""Toward the target while the lens widens: the target stays as large, and what is behind it recedes."""

from collections.abc import Mapping

from revanim.engine.parameter import Keyed
from revanim.scene.keys import keyed
from revanim.scene.parts.camera_move import CameraMove
from revanim.scene.scene import View

TIMES = 0.4  # of the distance and of the lens: what is at the target is as large as their quotient


def curves(view: View, first: int, last: int) -> Mapping[str, Keyed]:
    """Return both ways, which keep step."""
    begun = {"distance": view.distance, "lens": view.lens}
    return {name: keyed([first, last], [value, TIMES * value]) for name, value in begun.items()}


dolly_zoom = CameraMove(
    name="dolly-zoom",
    title="Dolly Zoom",
    help="Nearer with a wider lens: the target stays as large, and what is behind it recedes.",
    order=60,
    curves=curves,
)
