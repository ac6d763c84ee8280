"""What may change, all of it together: the controls of a solve as one vector z."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np

from revanim.engine.adjoint import Gradient
from revanim.engine.parameter import Floats
from revanim.engine.playhead import Playhead
from revanim.scene.scene import Scene
from revanim.solve.controls.control import Control
from revanim.solve.controls.handles import Handle, bind_control


@dataclass(frozen=True, eq=False)
class Variables:
    """Controls bound to a scene; z, float64[c], holds them in order, each flattened row by row, in the scene's units.

    `scale` is the change of z that moves the bodies about as far as they are apart.
    """

    handles: tuple[Handle, ...]

    @cached_property
    def parts(self) -> tuple[slice, ...]:
        """Which part of z each control is."""
        ends = np.cumsum([0, *(handle.start.size for handle in self.handles)])
        return tuple(slice(a, b) for a, b in pairwise(ends))

    @cached_property
    def start(self) -> Floats:
        """float64[c], as they are in the scene."""
        return np.concatenate([handle.start for handle in self.handles])

    @cached_property
    def scale(self) -> Floats:
        """float64[c], how much each may well change."""
        return np.concatenate([handle.scale for handle in self.handles])

    @cached_property
    def low(self) -> Floats:
        """float64[c], the lower bounds."""
        return np.concatenate([np.full(handle.start.size, handle.control.low) for handle in self.handles])

    @cached_property
    def high(self) -> Floats:
        """float64[c], the upper bounds."""
        return np.concatenate([np.full(handle.start.size, handle.control.high) for handle in self.handles])

    @property
    def effortless(self) -> bool:
        """Whether the controls themselves cost nothing."""
        return not any(handle.control.effort or handle.control.smoothness for handle in self.handles)

    @property
    def learns(self) -> bool:
        """Whether there are weights to learn."""
        return any(handle.learns for handle in self.handles)

    def part_of(self, name: str) -> slice:
        """Return which part of z the first control of this name is."""
        return next(part for handle, part in self._pairs() if handle.control.name == name)

    def put(self, z: Floats, playhead: Playhead) -> None:
        """Let a playhead at home have the controls at z."""
        for handle, part in self._pairs():
            handle.put(z[part], playhead)

    def take(self, gradient: Gradient) -> Floats:
        """Return float64[c], what a gradient says of the controls."""
        return np.concatenate([handle.take(gradient) for handle in self.handles])

    def edit(self, scene: Scene, z: Floats) -> Scene:
        """Return a scene with the controls at z."""
        for handle, part in self._pairs():
            scene = handle.edit(scene, z[part])
        return scene

    def effort(self, z: Floats) -> tuple[float, Floats]:
        """Return what the controls themselves cost, and its gradient, float64[c]."""
        cost, slope = 0.0, np.zeros_like(z)
        for handle, part in self._pairs():
            own, slope[part] = handle.effort(z[part])
            cost += own
        return cost, slope

    def push_of(self, z: Floats) -> float:
        """Return the root mean square of the pushes in z, length / s²; 0 where there are none."""
        pushes = [z[part] for handle, part in self._pairs() if handle.pushes]
        rows = np.concatenate([*pushes, np.zeros(0)]).reshape(-1, 3)
        return float(np.sqrt(np.mean(np.sum(rows * rows, axis=1)))) if rows.size else 0.0

    def _pairs(self) -> Iterator[tuple[Handle, slice]]:
        return zip(self.handles, self.parts, strict=True)


def variables_of(wishes: Sequence[Control], scene: Scene, last: int) -> Variables:
    """Bind controls to a scene whose last keyframe is at frame `last`."""
    return Variables(tuple(bind_control(wish, scene, last) for wish in wishes))
