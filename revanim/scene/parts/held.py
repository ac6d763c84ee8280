"""Which pinned bodies are let go at some frames, by moves that hold them at others."""

from collections.abc import Iterator

from revanim.engine.alive.lives import Grip
from revanim.engine.parameter import Flags, Keyed
from revanim.scene.part import acting_on, kind_of
from revanim.scene.scene import Scene


def grips_of(scene: Scene) -> Iterator[Grip]:
    """Yield what holds pinned bodies at some frames and not at others."""
    for part in scene.moves:
        holds = kind_of(part).holds
        value = part.values.get(holds) if holds and not part.muted else None
        if isinstance(value, Keyed):
            yield Grip(acting_on(part, scene.bodies.count), value.frames, value.values > 0.5)


def never_free(scene: Scene) -> Flags:
    """Return bool[n], which bodies are pinned at every frame."""
    grips = list(grips_of(scene))
    if not grips:
        return scene.bodies.pinned
    fast = scene.bodies.pinned.copy()
    for grip in grips:
        fast[grip.who] = False
    return fast


def still(scene: Scene) -> Flags:
    """Return bool[n], which bodies are held fast at home."""
    fast = scene.bodies.pinned.copy()
    for grip in grips_of(scene):
        fast[grip.who] &= grip.holds_at(scene.timing.home)
    return fast
