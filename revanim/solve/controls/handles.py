"""How a control gets into a playhead, out of a gradient and into a scene."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

import numpy as np

from revanim.engine.adjoint import Gradient
from revanim.engine.flow import flow_kinds
from revanim.engine.forces.nudge import nudge
from revanim.engine.grid import Counts, to_counts
from revanim.engine.parameter import Animated, Curve, Floats, Keyed
from revanim.engine.playhead import Playhead
from revanim.error import RevanimError
from revanim.scene.edits.paths import laid_at
from revanim.scene.given import frozen
from revanim.scene.part import kind_of
from revanim.scene.parts.carried import carried, strength_of
from revanim.scene.scene import Index, Part, Scene
from revanim.scene.values import derived_value
from revanim.sentence import Sentence
from revanim.solve.controls.control import Control, find
from revanim.solve.controls.own import own_entries, with_value
from revanim.solve.scale import extent

TURNING = np.pi / 2  # circulation, over size² / s, of what carries half as far away as all is large by as much


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
    item: int = -1  # which force or move of the system it is a parameter of
    parameter: str = ""
    learns: bool = False  # whether these are the weights of something that is learnt
    fresh: bool = False  # and those that it begins with

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


def _motion(control: Control, scene: Scene, last: int) -> Handle:
    """Return the handle of places or speeds at home."""
    who = _bodies(control, scene)
    place = control.name == "position"
    lanes, grid = (slice(0, 3) if place else slice(3, 6)), scene.bodies.grid
    unit, reach = (grid.length_unit, grid.length_range) if place else (grid.speed_unit, grid.speed_range)
    start = (scene.bodies.position if place else scene.bodies.velocity)[who]
    base = start.copy()
    size, seconds = extent(scene), max(last - scene.timing.home, 1) / scene.timing.fps
    fixed = (scene.bodies.pinned if place else scene.bodies.pinned | carried(scene))[who]

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
    """Return the handle of one parameter of a part, or of what some bodies have of it.

    "nudge" stands for the push of the first nudge.
    """
    index, name = find(control, scene)
    part = scene.parts[index]
    declared = next(each for each in kind_of(part).parameters if each.name == name)
    learns, fresh = declared.fitted(part.values).shape != (), False
    if learns and part.values[name] is None:
        part, fresh = replace(part, values={**part.values, name: derived_value(scene, part)}), True
    value = part.values[name]
    if value is None:
        raise RevanimError(
            "{kind}.{name} is derived from the step; give it a value before it can be solved for.",
            kind=part.kind,
            name=name,
        )
    sheet = value.values if isinstance(value, Animated) else value
    own, who = own_entries(control, part, declared, scene.bodies.count)
    start, rows = np.asarray(sheet, np.float64).ravel()[own], len(sheet) if isinstance(value, Animated) else 1
    left_out = sum(other.muted for other in (*scene.forces, *scene.flows)[:index])  # they have no place in theta
    bound = index - left_out
    size, seconds = extent(scene), max(last - scene.timing.home, 1) / scene.timing.fps

    def view(playhead: Playhead) -> Floats:
        return np.asarray(playhead.system.theta[playhead.system.layout[bound, name]])

    def put(z: Floats, playhead: Playhead) -> None:
        view(playhead)[own] = np.where(z == 0.0, declared.faint, z)
        if name == strength_of(part):  # leads turn as they will in the scene that has these values
            sense = flow_kinds()[part.kind].kernels.sense({name: z.reshape(rows, -1)[0]}, who)
            playhead.system.sense[who] = sense * np.abs(playhead.system.sense[who])

    def edit(scene: Scene, z: Floats) -> Scene:
        flat = np.array(sheet, np.float64).ravel()
        flat[own] = z
        values = frozen(flat.reshape(np.shape(sheet)), control.name)
        changed = replace(value, values=values) if isinstance(value, Animated) else values
        if isinstance(value, Keyed) and isinstance(changed, Keyed) and kind_of(part).holds:
            changed = laid_at(scene, part, value, changed)
        return with_value(scene, index, name, changed)

    scale = np.ones(start.size) if learns else _span(part, name, start, size, seconds)
    curve = value if isinstance(value, Curve) else None
    whole = start.size == np.size(sheet)
    return Handle(
        control, start, scale, rows, put, lambda gradient: gradient.parameter(bound, name)[own], edit, who, curve,
        part.kind == nudge.name, view if whole else None, bound, name, learns, fresh,
    )  # fmt: skip


def _span(part: Part, name: str, start: Floats, size: float, seconds: float) -> Floats:
    """Return the changes of a value that move bodies about as far as they are apart."""
    if part.kind == nudge.name:
        return np.full(start.size, size / seconds**2)
    return np.maximum(np.abs(start), TURNING * size**2 / seconds if name == strength_of(part) else 0.1)


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
