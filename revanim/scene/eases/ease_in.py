"""It begins slowly."""

from revanim.scene.ease import Ease, bent

ease_in = Ease(
    name="ease_in",
    title="Ease in",
    help="It begins slowly.",
    order=11,
    shape=lambda value, key: bent(value, key, (0.42, 0.0), (0.0, 0.0)),
)
