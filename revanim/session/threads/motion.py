"""What a thread walks: a scene, and the system that was built of it."""

from dataclasses import dataclass

from revanim.engine.halt import STAGES
from revanim.engine.system import System
from revanim.scene.scene import Scene

PARTS = ("state", "tapes", "mass", "pinned", "born", "dies")  # of bodies, that decide how they move


@dataclass(frozen=True, eq=False)
class Motion:
    """The motion of a scene, ready to be walked."""

    scene: Scene
    system: System

    @property
    def walked(self) -> int:
        """How many stages were walked so far."""
        return int(self.system.signal[STAGES])

    def serves(self, scene: Scene) -> bool:
        """Whether another scene moves just so."""
        return same_motion(self.scene, scene)


def same_motion(one: Scene, other: Scene) -> bool:
    """Whether a playhead of one scene serves the other: they differ in look, name or range at most."""
    return (
        all(getattr(one.bodies, part) is getattr(other.bodies, part) for part in PARTS)
        and one.bodies.grid == other.bodies.grid
        and one.forces is other.forces
        and one.flows is other.flows
        and one.moves is other.moves
        and (one.scheme, one.planar) == (other.scheme, other.planar)
        and one.timing.step_seconds == other.timing.step_seconds
        and (one.timing.steps_per_frame, one.timing.home) == (other.timing.steps_per_frame, other.timing.home)
    )
