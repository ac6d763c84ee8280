"""Away from the target, until it is twice as far away."""

from functools import partial

from revanim.scene.parts.camera_move import CameraMove, dolly

TIMES = 2.0  # of the distance


dolly_out = CameraMove(
    name="dolly-out",
    title="Dolly Out",
    help="Away, to twice the distance.",
    order=40,
    curves=partial(dolly, times=TIMES),
)
