"""From what the artist made to what walks."""

from dataclasses import replace

import numpy as np

from revanim.engine.binding.bind import bind
from revanim.engine.flow import FlowKernels, flow_kinds
from revanim.engine.force import force_kinds
from revanim.engine.grid import Counts
from revanim.engine.move import MoveKind, move_kinds
from revanim.engine.parameter import Floats
from revanim.engine.playhead import Playhead
from revanim.engine.system import Item, System
from revanim.engine.tape import Words
from revanim.scene.absent import STILL, resting_kind, scheme_of
from revanim.scene.given import frozen
from revanim.scene.part import acting_on, kind_of
from revanim.scene.parts.carried import beside
from revanim.scene.scene import Bodies, Index, Part, Scene


def build_system(scene: Scene) -> System:
    """Bind the bodies, forces, flows and moves of a scene; what is muted is left out, but keeps its lanes.

    Where the scheme is not installed, flows and moves rest too, and nothing moves.
    """
    bodies, timing, scheme = scene.bodies, scene.timing, scheme_of(scene)
    return bind(
        bodies.grid,
        bodies.mass,
        bodies.pinned,
        scheme,
        [Item(force_kinds()[part.kind], part.values, _whom(part, bodies)) for part in scene.forces if not part.muted],
        [Item(_move_of(part), part.values, _whom(part, bodies, scheme is STILL)) for part in scene.moves],
        [_flow(part, bodies, scheme is STILL) for part in scene.flows if not part.muted],
        seconds=timing.step_seconds,
        steps_per_frame=timing.steps_per_frame,
        planar=scene.planar,
        led=bool(scene.flows),
        lives=bodies.lives,
        home=timing.home,
    )


def _flow(part: Part, bodies: Bodies, rests: bool) -> Item[FlowKernels]:
    who, kind = _whom(part, bodies, rests), flow_kinds()[part.kind]
    others = np.union1d(who, beside(part, bodies.count)) if kind.kernels.beside and who.size else who[:0]
    return Item(kind, part.values, who, others)


def _move_of(part: Part) -> MoveKind:
    """Return what declares a move; one that is not installed keeps its lanes, and rests."""
    return resting_kind(part) if part.absent else move_kinds()[part.kind]


def _whom(part: Part, bodies: Bodies, rests: bool = False) -> Index:
    """Return whom a part acts on: nobody where it is muted or rests."""
    return np.zeros(0, np.int64) if part.muted or rests else acting_on(part, bodies.count)


def make_playhead(scene: Scene) -> Playhead:
    """Return a playhead that stands at the home frame of the scene."""
    return at_home(build_system(scene), scene)


def at_home(system: System, scene: Scene) -> Playhead:
    """Return a playhead of a system that was built from a scene, or from one that moves as it; it stands at home."""
    return Playhead(system, scene.bodies.state, scene.timing.home, scene.bodies.tapes)


class ScenePlayhead:
    """A scene that walks through time, exactly; it begins at the home frame. Public as `revanim.Playhead`.

    What it does is done by the engine's playhead, `inner`, which stands on no scene but on what was built from it. One
    thread at a time may use it.
    """

    def __init__(self, scene: Scene) -> None:
        self.inner = make_playhead(scene)

    @property
    def frame(self) -> int:
        """The frame it stands at, or has last passed onward."""
        return self.inner.frame

    @property
    def position(self) -> Floats:
        """float64[n, 3], a copy, in scene units."""
        return self.inner.position

    @property
    def velocity(self) -> Floats:
        """float64[n, 3], a copy, in scene units per second; that of a body that is carried is that of the fluid."""
        return self.inner.velocity

    @property
    def state(self) -> Counts:
        """int64[lanes, n], a copy: place, speed, the lead where there are flows, then the lanes of the moves."""
        return self.inner.state

    @property
    def tapes(self) -> Words:
        """uint32[moves, n, c], a copy: what moves have erased, beside the lanes that `state` has of it."""
        return self.inner.tapes

    @property
    def erased(self) -> Floats:
        """float64[n], the bits on the tapes of each body: what moves have erased since home, less what was taken."""
        return self.inner.erased

    def seek(self, frame: int) -> None:
        """Walk to a frame, onward or back, also outside the scene's range.

        Raises RevanimError where a body cannot go on; the playhead then stands at the last step that could be done.
        """
        self.inner.seek(frame)

    def step(self, count: int) -> None:
        """Walk `count` sub-steps, back when negative; raises as `seek` does."""
        self.inner.step(count)

    def digest(self) -> str:
        """Return the sha256 of state and tapes: equal digests mean equal bits."""
        return self.inner.digest()

    def energy(self) -> float:
        """Return kinetic plus potential energy, mass length² / s², and that of fluids of density 1."""
        return self.inner.energy()


def settle(scene: Scene) -> Scene:
    """Give every derived parameter the value that it has now, so that it stays when masses or steps change."""
    lists = (scene.forces, scene.flows, scene.moves)
    forces, flows, moves = (tuple(_settled(scene, part) for part in parts) for parts in lists)
    return replace(scene, forces=forces, flows=flows, moves=moves)


def _settled(scene: Scene, part: Part) -> Part:
    kind, values = kind_of(part), dict(part.values)
    for parameter in kind.parameters:
        if values[parameter.name] is None and kind.derive is not None:
            who = acting_on(part, scene.bodies.count)
            derived = kind.derived(scene.bodies.mass, part.values, who, scene.timing.step_seconds)
            values[parameter.name] = frozen(derived, part.kind)
    return replace(part, values=values)
