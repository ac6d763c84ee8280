"""What a solver may change: velocities, positions, nudges, masses and parameters, each a stretch of one vector z."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from revanim.engine.adjoint import Gradient
from revanim.engine.forces.nudge import nudge
from revanim.engine.grid import Counts, to_counts
from revanim.engine.parameter import Animated, Curve, Floats, Parameter
from revanim.engine.playhead import Playhead
from revanim.error import RevanimError
from revanim.scene.curve import reaching, row_at
from revanim.scene.given import frozen
from revanim.scene.part import acting_on, force, kind_of
from revanim.scene.scene import Index, Part, Scene
from revanim.sentence import Sentence

NUDGE_EVERY, LINKED_EVERY = 8, 2  # frames of a push that the solver adds itself, and of one on bodies that rods join


@dataclass(frozen=True)
class Control:
    """A wish: which quantity may change, of whom, and within which bounds.

    `name` is "velocity", "position", "nudge", "mass", or a parameter such as "gravity.strength" (with "gravity[1]..."
    for the second gravity of a scene). `together` moves the bodies of a position or velocity as one. `effort` and
    `smoothness` are costs of each value squared and of each change from one interval to the next, squared. Nudges last
    `every` so many frames, and begin `after` a frame, or at home.
    """

    name: str
    bodies: tuple[int, ...] | None = None
    together: bool = False
    low: float = -np.inf
    high: float = np.inf
    effort: float = 0.0
    smoothness: float = 0.0
    every: int = NUDGE_EVERY
    after: int | None = None


@dataclass(frozen=True, eq=False)
class Handle:
    """A control bound to a scene: z, float64[c], and how it gets into a playhead, out of a gradient, into a scene.

    `scale` is the change of z that moves the bodies about as far as they are apart.
    """

    control: Control
    start: Floats
    scale: Floats
    rows: int  # intervals over which `smoothness` looks; 1 where there is no time
    put: Callable[[Floats, Playhead], None]
    take: Callable[[Gradient], Floats]
    edit: Callable[[Scene, Floats], Scene]
    bodies: Index  # int64[k], whose values they are
    curve: Curve | None = None  # over which frames, where it is a value that changes with them
    pushes: bool = False  # whether its values are accelerations that add to those of all forces
    view: Callable[[Playhead], Floats] | None = None  # where a playhead has them, to change some of them under way

    @contextmanager
    def resting(self, playhead: Playhead) -> Iterator[None]:
        """Let its values be 0 for a while."""
        theta = playhead.system.theta.copy()
        self.put(np.zeros(self.start.size), playhead)
        try:
            yield
        finally:
            playhead.system.theta[:] = theta

    def effort(self, z: Floats) -> tuple[float, Floats]:
        """Return what values of this control cost by themselves, and the gradient of that."""
        rows, wish = z.reshape(self.rows, -1), self.control
        change = np.diff(rows, axis=0)
        cost = wish.effort * float(np.sum(rows * rows)) + wish.smoothness * float(np.sum(change * change))
        steps = 2.0 * wish.smoothness * np.diff(change, axis=0, prepend=0.0, append=0.0) if self.rows > 1 else 0.0
        return cost, (2.0 * wish.effort * rows - steps).ravel()


def bind_control(control: Control, scene: Scene, last: int) -> Handle:
    """Bind a control to a scene whose last keyframe is at frame `last`."""
    if not control.low <= control.high:
        raise RevanimError(
            "The bounds of {name} are the wrong way round: {low:g} to {high:g}.",
            name=Sentence(control.name),
            low=control.low,
            high=control.high,
        )
    if control.name in ("position", "velocity"):
        return _motion(control, scene, last)
    if control.name == "mass":
        return _mass(control, scene)
    return _parameter(control, scene, last)


def with_nudges(scene: Scene, controls: Sequence[Control], last: int) -> Scene:
    """Give the scene a nudge for its free bodies, where a control asks for one and there is none yet.

    One that is there and ends before `last` goes on until then.
    """
    asked = [control for control in controls if control.name == nudge.name]
    if not asked:
        return scene
    if any(part.kind == nudge.name for part in scene.forces):
        return replace(scene, forces=tuple(_lengthened(part, last) for part in scene.forces))
    free = np.flatnonzero(~scene.bodies.pinned) if asked[0].bodies is None else np.array(asked[0].bodies)
    first = scene.timing.home if asked[0].after is None else max(scene.timing.home, asked[0].after)
    if first >= last:
        raise RevanimError(
            "Pushes after frame {first} come too late for the last key, at frame {last}.", first=first, last=last
        )
    rows = -(-(last - first) // asked[0].every)
    push = Curve(first, asked[0].every, np.zeros((rows, free.size, 3)))
    return replace(scene, forces=(*scene.forces, force(nudge.name, bodies=free, push=push)))


def _lengthened(part: Part, last: int) -> Part:
    """Return a force, or the same with pushes up to a frame, if it is made of pushes."""
    push = part.values.get("push")
    if (
        part.kind != nudge.name
        or part.muted
        or not isinstance(push, Curve)
        or row_at(push, last - 1) < len(push.values)
    ):
        return part
    return replace(part, values={**part.values, "push": reaching(push, last - 1, "zero")})


def _motion(control: Control, scene: Scene, last: int) -> Handle:
    """Return the handle of places or speeds at home."""
    who = _bodies(control, scene)
    place = control.name == "position"
    lanes, grid = (slice(0, 3) if place else slice(3, 6)), scene.bodies.grid
    unit, reach = (grid.length_unit, grid.length_range) if place else (grid.speed_unit, grid.speed_range)
    start = (scene.bodies.position if place else scene.bodies.velocity)[who]
    base = start.copy()
    size, seconds = extent(scene), max(last - scene.timing.home, 1) / scene.timing.fps
    fixed = scene.bodies.pinned[who]

    def counts(z: Floats) -> Counts:
        values = np.where(fixed[:, None], base, base + z if control.together else z.reshape(-1, 3))
        if not (np.abs(values) < reach).all():
            raise RevanimError(
                "A {name} of {value:g} is out of range: ±{most:g} at most.",
                name=Sentence(control.name),
                value=np.abs(values).max(),
                most=reach,
            )
        return to_counts(values.T, unit)

    def put(z: Floats, playhead: Playhead) -> None:
        playhead.live[lanes, who] = counts(z)
        if scene.planar:
            playhead.live[[2, 5]] = 0

    def take(gradient: Gradient) -> Floats:
        values = (gradient.position if place else gradient.velocity)[who]
        return values.sum(axis=0) if control.together else values.ravel()

    def edit(scene: Scene, z: Floats) -> Scene:
        state = scene.bodies.state.copy()
        state[lanes, who] = counts(z)
        if scene.planar:
            state[[2, 5]] = 0
        state.setflags(write=False)
        return replace(scene, bodies=replace(scene.bodies, state=state))

    z = np.zeros(3) if control.together else start.ravel()
    return Handle(control, z, np.full(z.size, size if place else size / seconds), 1, put, take, edit, who)


def _mass(control: Control, scene: Scene) -> Handle:
    who, mass = _bodies(control, scene), scene.bodies.mass

    def put(z: Floats, playhead: Playhead) -> None:
        playhead.system.m[who] = np.maximum(z, 0.0)

    def edit(scene: Scene, z: Floats) -> Scene:
        changed = scene.bodies.mass.copy()
        changed[who] = np.maximum(z, 0.0)
        return replace(scene, bodies=replace(scene.bodies, mass=frozen(changed, Sentence("The masses"))))

    scale = np.where(mass[who] > 0, mass[who], mass.mean() or 1.0)
    return Handle(control, mass[who].copy(), scale, 1, put, lambda gradient: gradient.mass[who], edit, who)


def _parameter(control: Control, scene: Scene, last: int) -> Handle:
    """Return the handle of one parameter of a force or a move: "nudge" stands for the push of the first nudge."""
    index, name = _find(control, scene)
    part = _parts(scene)[index]
    value = part.values[name]
    if value is None:
        raise RevanimError(
            "{kind}.{name} is derived from the step; give it a value before it can be solved for.",
            kind=part.kind,
            name=name,
        )
    sheet = value.values if isinstance(value, Animated) else value
    start = np.asarray(sheet, np.float64).ravel()
    left_out = sum(other.muted for other in scene.forces[:index])  # muted forces have no place in theta
    bound = index - left_out
    size, seconds = extent(scene), max(last - scene.timing.home, 1) / scene.timing.fps

    def view(playhead: Playhead) -> Floats:
        return np.asarray(playhead.system.theta[playhead.system.layout[bound, name]])

    def put(z: Floats, playhead: Playhead) -> None:
        view(playhead)[:] = z

    def edit(scene: Scene, z: Floats) -> Scene:
        values = frozen(z.reshape(np.shape(sheet)), control.name)
        changed = replace(value, values=values) if isinstance(value, Animated) else values
        parts, count = list(_parts(scene)), len(scene.forces)
        parts[index] = replace(part, values={**part.values, name: changed})
        return replace(scene, forces=tuple(parts[:count]), moves=tuple(parts[count:]))

    scale = np.full(start.size, size / seconds**2) if part.kind == nudge.name else np.maximum(np.abs(start), 0.1)
    rows = len(sheet) if isinstance(value, Animated) else 1
    curve, who = value if isinstance(value, Curve) else None, acting_on(part, scene.bodies.count)
    take = partial(Gradient.parameter, item=bound, name=name)
    return Handle(control, start, scale, rows, put, take, edit, who, curve, part.kind == nudge.name, view)


def _parts(scene: Scene) -> tuple[Part, ...]:
    """Return the forces and the moves, one after the other, as a system has them."""
    return (*scene.forces, *scene.moves)


def _find(control: Control, scene: Scene) -> tuple[int, str]:
    """Return which of the parts of the scene, and which of its parameters, a control names."""
    full = f"{nudge.name}.push" if control.name == nudge.name else control.name
    kind, _, name = full.partition(".")
    kind, _, place = kind.partition("[")
    there = [i for i, part in enumerate(_parts(scene)) if part.kind == kind and not part.muted]
    which = int(place.rstrip("]")) if place.rstrip("]").isdigit() else 0
    if not name or which >= len(there):
        raise RevanimError(
            "There is nothing called {name!r} to change; there are {names}.",
            name=control.name,
            names=", ".join(names(scene)),
        )
    known = [parameter.name for parameter in _gradable(_parts(scene)[there[which]])]
    if name not in known:
        raise RevanimError(
            "{kind} has no parameter {name!r} to change; it has {names}.", kind=kind, name=name, names=", ".join(known)
        )
    return there[which], name


def _gradable(part: Part) -> list[Parameter]:
    """Return the parameters of a part that have a derivative."""
    return [each for each in kind_of(part).parameters if each.graded and not each.choices]


def names(scene: Scene) -> list[str]:
    """Return the names of everything that could be a control of this scene."""
    found, seen = ["velocity", "position", nudge.name, "mass"], dict[str, int]()
    for part in _parts(scene):
        number = seen[part.kind] = seen.get(part.kind, -1) + (not part.muted)
        if not part.muted and part.kind != nudge.name:
            kind = f"{part.kind}[{number}]" if number else part.kind
            found += [f"{kind}.{parameter.name}" for parameter in _gradable(part)]
    return found


def _bodies(control: Control, scene: Scene) -> Index:
    who = np.arange(scene.bodies.count) if control.bodies is None else np.array(control.bodies, np.int64)
    if who.size and not (who.min() >= 0 and who.max() < scene.bodies.count):
        raise RevanimError(
            "The control {name} names body {body}; there are 0 to {last}.",
            name=Sentence(control.name),
            body=who.max(),
            last=scene.bodies.count - 1,
        )
    return who


def extent(scene: Scene) -> float:
    """Return the size of the scene at home: the largest span of its bodies along an axis."""
    place = scene.bodies.position
    span = float(np.ptp(place, axis=0).max(initial=0.0)) if len(place) else 0.0
    return span or float(np.abs(place).max(initial=0.0)) or 1.0


def nonlinear(scene: Scene) -> bool:
    """Whether something acts otherwise elsewhere, so that errors can grow, and another start may lead elsewhere."""
    return any(not part.muted and not kind_of(part).alike_everywhere for part in _parts(scene))
