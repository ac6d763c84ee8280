"""How bodies on rods swing: their motion without the ringing, and how that answers to another launch.

Rods ring a hundred times a second; averaged over that a motion is nearly that of rods of constant length. Seen every h
seconds (Verlet's method with rods as constraints; Ryckaert, Ciccotti and Berendsen 1977) it obeys

    M (x[k+1] - 2 x[k] + x[k-1]) / h² = M f(x[k]) + D(x[k])' t[k]

with the masses M, the accelerations f by all but the rods, the rods D(x), one row for each, and their tensions t. Along
the ways B[k] that rods leave open, for which D(x[k]) B[k] = 0, a small change B[k] s[k] goes on as

    B[k]' M B[k+1] s[k+1] = B[k]' (2 M + h² (M f' + K)) B[k] s[k] - B[k]' M B[k-1] s[k-1]

where K are the tensions times what turns of their rods change of D'. So one walk tells what all other launches would
change, where differences take a walk for each, and hear the ringing.
"""

from dataclasses import replace

import numpy as np

from revanim.engine.parameter import Floats
from revanim.scene.build import build_system
from revanim.scene.part import kind_of
from revanim.solve.objective import Objective
from revanim.solve.rods import Rods
from revanim.solve.scale import nonlinear
from revanim.solve.sequence.along import accelerations

NUDGED = 1e-5  # of the size, for differences of forces


class Swing:
    """The motions of an objective, frame by frame from home to another frame, with taut rods."""

    def __init__(self, objective: Objective, last: int) -> None:
        scene = objective.origin
        self.objective, self.home, self.last = objective, scene.timing.home, last
        self.rods = Rods(objective.playhead.system, scene.bodies.position)
        self.seconds = 1.0 / scene.timing.fps
        self.mass = np.tile(scene.bodies.mass, 3)[self.rods.free]
        loose = replace(scene, forces=tuple(part for part in scene.forces if not kind_of(part).keeps))
        self.loose, self.curved = build_system(loose), nonlinear(loose)

    @property
    def duration(self) -> float:
        """Seconds from home to the last frame."""
        return (self.last - self.home) * self.seconds

    def walk(self, z: Floats) -> Floats:
        """Return float64[frames, d], the places of what may move, in each frame of the motion that z makes.

        Raises RevanimError where that leaves the range of the grid.
        """
        playhead = self.objective.at_home(z)
        with self.objective.coming_home():
            steps = playhead.system.steps_per_frame
            way = playhead.way(range(self.home * steps, self.last * steps + 1, steps))
        return self.rods.taut(way.swapaxes(1, 2).reshape(len(way), -1)[:, self.rods.free])

    def answer(self, path: Floats, launch: Floats) -> Floats:
        """Return float64[d, c], how far the end of a walked path moves per unit of launches, speeds float64[d, c]."""
        rods, h = self.rods, self.seconds
        ways = rods.turns(path)
        along = ways.swapaxes(-1, -2) * self.mass
        held = 2.0 * ways[1:-1] + h * h * self._change(path, ways[1:-1])
        onward, here, before = along[1:-1] @ ways[2:], along[1:-1] @ held, along[1:-1] @ ways[:-2]
        last, now = (
            np.zeros((ways.shape[-1], launch.shape[1])),
            h * np.linalg.solve(along[0] @ ways[1], along[0] @ launch),
        )
        for ahead, mid, behind in zip(onward, here, before, strict=True):
            last, now = now, np.linalg.solve(ahead, mid @ now - behind @ last)
        return np.asarray(ways[-1] @ now)

    def _change(self, path: Floats, ways: Floats) -> Floats:
        """Return float64[frames - 2, d, w], how accelerations in between change along the ways, for given tensions."""
        rods, inner = self.rods, path[1:-1]
        lines = rods.apart(inner, rods.place)
        pull = rods.slope(lines) / self.mass
        bent = (path[2:] - 2.0 * inner + path[:-2]) / self.seconds**2 - self._forces(inner)
        tension = (np.linalg.pinv(pull.swapaxes(-1, -2)) @ bent[..., None])[..., 0]
        still = np.zeros_like(rods.place)
        apart = rods.apart(ways.swapaxes(-1, -2), still)  # float64[frames, w, 3, links]
        turned = rods.slope(apart)  # float64[frames, w, links, d]
        change = np.einsum("kl,kwld->kdw", tension, turned) / self.mass[:, None]
        return np.asarray(change + self._slopes(inner, ways) if self.curved else change)

    def _slopes(self, path: Floats, ways: Floats) -> Floats:
        """Return float64[frames, d, w], the slopes of the forces along the ways."""
        step, found = NUDGED * self.objective.size, np.zeros_like(ways)
        for way in range(ways.shape[-1]):
            ahead, behind = (self._forces(path + sign * step * ways[..., way]) for sign in (1.0, -1.0))
            found[..., way] = (ahead - behind) / (2.0 * step)
        return found

    def _forces(self, path: Floats) -> Floats:
        """Return float64[frames, d], the accelerations by all but the rods in each frame after home."""
        places = np.repeat(self.rods.place.reshape(1, -1), len(path), axis=0)
        places[:, self.rods.free] = path
        frames = range(self.home + 1, self.home + 1 + len(path))
        found = accelerations(self.loose, places.reshape(len(path), 3, -1).swapaxes(1, 2), frames)
        return found.swapaxes(1, 2).reshape(len(path), -1)[:, self.rods.free]
