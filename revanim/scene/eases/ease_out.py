"""It ends slowly."""

from revanim.scene.ease import Ease, bent

ease_out = Ease(
    name="ease_out",
    title="Ease out",
    help="It ends slowly.",
    order=12,
    shape=lambda value, key: bent(value, key, (0.0, 0.0), (0.42, 0.0)),
)
