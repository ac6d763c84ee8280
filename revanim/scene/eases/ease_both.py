"""It begins slowly and ends slowly."""

from revanim.scene.ease import Ease, bent

ease_both = Ease(
    name="ease_both",
    title="Ease in and out",
    help="It begins slowly and ends slowly.",
    order=10,
    shape=lambda value, key: bent(value, key, (0.42, 0.0), (0.42, 0.0)),
)
