"""How much work a walk is, counted and not measured: the same on every machine, and known before anything is walked."""

from revanim.engine.force import no_pairs
from revanim.engine.scheme import schemes
from revanim.scene.part import kind_of
from revanim.scene.scene import Part, Scene

SHORT_WALK = 2e9  # pairs of bodies, or single ones: some seconds on a usual machine


def evaluations(scene: Scene) -> int:
    """Return how often the forces are computed in a frame."""
    return schemes()[scene.scheme].evaluations * scene.timing.steps_per_frame


def pairs_in_frame(scene: Scene, part: Part) -> int:
    """Return how many pairs of bodies a force computes in a frame."""
    pairs = getattr(kind_of(part).kernels, "pairs", no_pairs)
    mass = scene.bodies.mass if part.bodies is None else scene.bodies.mass[part.bodies]
    return int(pairs(mass)) * evaluations(scene)


def is_short(scene: Scene, frames: int) -> bool:
    """Whether a walk of so many frames is soon over."""
    alone = scene.bodies.count * (1 + len(scene.forces) + len(scene.moves)) * evaluations(scene)
    pairs = sum(pairs_in_frame(scene, part) for part in scene.forces if not part.muted)
    return (alone + pairs) * frames <= SHORT_WALK
