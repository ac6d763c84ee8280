"""How heavy a body is."""

from revanim.engine.parameter import Floats
from revanim.scene.attribute import Attribute, Instant
from revanim.scene.scene import Scene


def values(scene: Scene, instant: Instant) -> Floats:
    """Return m."""
    return scene.bodies.mass


mass = Attribute("mass", "Mass", "mass", "How heavy each body is", 30, values)
