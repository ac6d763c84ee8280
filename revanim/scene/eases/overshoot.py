"""It goes a little too far, and comes back."""

from revanim.scene.ease import Ease, bent

overshoot = Ease(
    name="overshoot",
    title="Overshoot",
    help="It goes a little too far, and comes back.",
    order=20,
    shape=lambda value, key: bent(value, key, (0.34, 1.56), (0.36, 0.0)),
)
