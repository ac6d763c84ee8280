"""How much of a body's past its moves have erased."""

from revanim.engine.parameter import Floats
from revanim.scene.attribute import Attribute, Instant
from revanim.scene.scene import Scene


def values(scene: Scene, instant: Instant) -> Floats:
    """Return the bits on the tapes of each body."""
    return instant.erased


erased = Attribute("erased", "Erased bits", "bits", "What losses have erased of each body since home", 55, values)
