"""Toward the target, until it is half as far away."""

from functools import partial

from revanim.scene.parts.camera_move import CameraMove, dolly

TIMES = 0.5  # of the distance


dolly_in = CameraMove(
    name="dolly-in",
    title="Dolly In",
    help="Half of the way to the target.",
    order=30,
    curves=partial(dolly, times=TIMES),
)
