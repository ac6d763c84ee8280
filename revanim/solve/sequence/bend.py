"""Only some frames are bent: pushes from one frame to another, and the motion before and after stays as it is.

The part is a scene of its own that starts with the state that the motion has at the first frame, asks for the keyframes
inside, and at the last frame for the state that the motion had there (a window in time: Witkin and Kass 1988, Cohen
1992). Its pushes are put into the whole; before the first frame they are 0, and change no bit.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from revanim.engine.forces.nudge import nudge
from revanim.engine.grid import Counts
from revanim.engine.parameter import Curve, Floats
from revanim.error import RevanimError
from revanim.scene.build import make_playhead
from revanim.scene.edits.home import rehome
from revanim.scene.edits.targets import counted_axes
from revanim.scene.given import given_as
from revanim.scene.keyframe import keyframe
from revanim.scene.part import force
from revanim.scene.scene import Index, Keyframe, Scene
from revanim.sentence import Sentence
from revanim.solve.controls.control import LINKED_EVERY, NUDGE_EVERY, Control
from revanim.solve.objective import Objective
from revanim.solve.rods import Rods
from revanim.solve.terms import terms_of

BOTH = {"position", "velocity"}
CLOSINGS = 6  # walks at most to bring the last state nearer, once all is hit


@dataclass(frozen=True, eq=False)
class Bend:
    """Frames of a scene that are bent."""

    whole: Scene
    part: Scene  # its home is the first of the frames
    control: Control  # the pushes
    first: int
    last: int
    state: Counts  # int64[lanes, n], of the motion before at the last frame
    ends: tuple[Keyframe, ...]  # that ask for it: one, or none where other keyframes say what shall be there
    outside: tuple[Keyframe, ...]
    missed: dict[Keyframe, float]  # how far those outside are missed by the motion before

    def misses(self, objective: Objective, misses: Sequence[float]) -> tuple[float, ...]:
        """Return how far each keyframe of the whole is missed, from what is missed in the part."""
        inside = {group[0].key: miss for group, miss in zip(objective.groups, misses, strict=True)}
        return tuple({**self.missed, **inside}[key] for key in self.whole.keyframes)

    def orders(self, objective: Objective, orders: Sequence[Index]) -> tuple[Index, ...]:
        """Return the target of each body, int64[k], for every keyframe of the whole."""
        inside = {term.key: order for term, order in zip(objective.firsts, orders, strict=True)}
        outside = {term.key: term.order for term in terms_of(self.outside)}
        return tuple({**outside, **inside}[key] for key in self.whole.keyframes)

    def keyframes(self, keys: tuple[Keyframe, ...]) -> tuple[Keyframe, ...]:
        """Return the keyframes of the whole, from those of the part at the frames chosen for them."""
        mine = [key for key in keys if not any(key.bodies is end.bodies for end in self.ends)]
        return tuple(sorted([*self.outside, *mine], key=lambda key: key.frame))

    def scene(self, part: Scene, keys: tuple[Keyframe, ...]) -> Scene:
        """Return the whole with the pushes of the part."""
        return replace(self.whole, forces=part.forces, keyframes=keys)


def bend_of(scene: Scene, between: tuple[int, int], control: Control | None = None) -> Bend:
    """Prepare to bend a scene between two frames: one walk to the last of them."""
    first, last = given_as(tuple[int, int], between, Sentence("The frames to bend"))
    inside = [key for key in scene.keyframes if first < key.frame <= last]
    _check(scene, first, last, inside)
    playhead = make_playhead(scene)
    playhead.seek(first)
    start = playhead.stand
    playhead.seek(last)
    end = playhead.state
    free = np.flatnonzero(~scene.bodies.pinned)
    asked = np.unique(np.concatenate([np.zeros(0, np.int64), *(key.bodies for key in inside if key.end == last)]))
    others = np.setdiff1d(free, asked)
    axes = counted_axes(scene)
    ends = (
        [keyframe(last, others, playhead.position[others], playhead.velocity[others], axes=axes)] if others.size else []
    )
    own = control or Control(nudge.name)
    rods = len(Rods(playhead.system, scene.bodies.position).links) > 0
    every = min(own.every, LINKED_EVERY if rods else NUDGE_EVERY, max(1, (last - first) // (4 * (len(inside) + 1))))
    home = rehome(scene, start.state, first, start.tapes)
    pushed, name = _pushed(home, last, every, free)
    keys = tuple(sorted([*inside, *ends], key=lambda key: key.frame))
    outside = tuple(key for key in scene.keyframes if key not in inside)
    part = replace(pushed, keyframes=keys)
    control, missed = replace(own, name=name, every=every), _missed(scene, outside)
    return Bend(scene, part, control, first, last, end, tuple(ends), outside, missed)


def _check(scene: Scene, first: int, last: int, inside: list[Keyframe]) -> None:
    home = scene.timing.home
    if not home <= first < last:
        raise RevanimError(
            "Frames {first} to {last} cannot be bent; they must begin at the home frame {home} or later.",
            first=first,
            last=last,
            home=home,
        )
    if not inside:
        raise RevanimError(
            "There is no keyframe after frame {first} and up to frame {last}; set one there first.",
            first=first,
            last=last,
        )
    for key in inside:
        if key.end > last:
            raise RevanimError(
                "The key at frame {frame} holds to frame {end}, beyond the frames that may be bent; let these go on"
                " to there.",
                frame=key.frame,
                end=key.end,
            )


def _pushed(scene: Scene, last: int, every: int, free: Index) -> tuple[Scene, str]:
    """Return the scene with pushes from home to the last frame, and their name; those of the same frames are reused."""
    home, rows, seen = scene.timing.home, max(1, (last - scene.timing.home) // every), 0
    for part in scene.forces:
        curve = part.values.get("push")
        if part.kind == nudge.name and not part.muted:
            seen += 1
            same = isinstance(curve, Curve) and (curve.first, curve.every, len(curve.values)) == (home, every, rows)
            if same and part.bodies is not None and np.array_equal(part.bodies, free):
                return scene, f"{nudge.name}[{seen - 1}].push"
    push = Curve(home, every, np.zeros((rows, free.size, 3)))
    new = force(nudge.name, bodies=free, push=push)
    return replace(scene, forces=(*scene.forces, new)), f"{nudge.name}[{seen}].push"


def _missed(scene: Scene, keys: tuple[Keyframe, ...]) -> dict[Keyframe, float]:
    """Return how far a scene, as it moves, misses some keyframes."""
    if not keys:
        return {}
    objective = Objective(replace(scene, keyframes=keys))
    return {
        group[0].key: verdict.miss
        for group, verdict in zip(objective.groups, objective.verdicts(objective.start), strict=True)
    }


def closed(bend: Bend, objective: Objective, z: Floats) -> Floats:
    """Return z with the last two pushes changed so that the last state comes as near as pushes can bring it.

    What is left after a few walks is the rounding of the steps, some ten counts of the grid.
    """
    handle, timing = objective.handles[0], objective.origin.timing
    curve, rows = handle.curve, handle.rows
    terms = [term for term in objective.terms if term.frame == bend.last and set(term.gaps(objective.playhead)) == BOTH]
    if curve is None or rows < 2 or not terms:
        return z
    length = curve.every / timing.fps
    after = (bend.last - curve.first) / timing.fps - length * np.arange(rows - 1, rows + 1)
    lever = np.array([length * length / 2 + length * after, [length, length]])
    best, least = z, np.inf
    for _ in range(CLOSINGS):
        gaps = np.zeros((2, *objective.origin.bodies.position.shape))
        for term in objective.visit(z, objective.terms):
            if term in terms:
                found = term.gaps(objective.playhead)
                some = objective.moves(term)
                gaps[:, term.key.bodies] += [found["position"] * some, found["velocity"] * some]
        size = float(np.abs(gaps).max())
        if size >= least:
            break
        best, least, z = z, size, z.copy()
        z.reshape(rows, -1, 3)[-2:] -= np.tensordot(np.linalg.inv(lever), gaps[:, handle.bodies], 1)
    return best


def state_at(objective: Objective, z: Floats, frame: int) -> Counts:
    """Return int64[lanes, n], the state at a frame of the motion that z makes."""
    playhead = objective.at_home(z)
    with objective.coming_home():
        playhead.seek(frame)
        return playhead.state


def seam(bend: Bend, objective: Objective, z: Floats) -> Sentence:
    """Say how near the motion comes to the one before, where it joins that again."""
    scene = bend.scene(objective.scene(z), bend.whole.keyframes)
    ours, before = make_playhead(scene), make_playhead(bend.whole)
    for playhead in (ours, before):
        playhead.seek(bend.first)
    _, bits = ours.stand.compare(before.stand)
    there = np.unique(np.concatenate([np.zeros(0, np.int64), *(key.bodies for key in bend.ends)]))
    if not there.size:
        return Sentence("Before frame {first}, {bits} bits differ.", first=bend.first, bits=bits)
    apart = state_at(objective, z, bend.last)[:6, there] - bend.state[:6, there]
    grid = bend.whole.bodies.grid
    place, speed = (float(np.sqrt(np.sum(rows.astype(np.float64) ** 2, axis=0)).max()) for rows in np.split(apart, 2))
    return Sentence(
        "Before frame {first}, {bits} bits differ; at frame {last} each body is within {distance:.2g} of where it was,"
        " and within {speed:.2g} a second of how fast it was.",
        first=bend.first,
        bits=bits,
        last=bend.last,
        distance=place * grid.length_unit,
        speed=speed * grid.speed_unit,
    )
