"""Sources and the fluid of a scene: what is added joins the flow that is there, as a part of it or as its smoke."""

from dataclasses import replace

import numpy as np

from revanim.draw.dress.palette import with_look
from revanim.engine.flow import FlowKind, flow_kinds
from revanim.engine.parameter import Parameter
from revanim.scene import edits
from revanim.scene.part import flow, kind_of
from revanim.scene.parts.carried import carried
from revanim.scene.pose import PoseKind
from revanim.scene.scene import Part, Scene
from revanim.scene.source import Assembly, SourceKind
from revanim.sentence import N_

Kind = PoseKind | SourceKind

SMOKE = Parameter(
    N_("as_smoke"), 1.0, "", 0.0, 1.0, N_("Whether the flow of the scene carries it"), choices=("no", "yes")
)
AS_SMOKE = N_("as smoke")  # as its name is read


def flow_of(kind: Kind) -> FlowKind | None:
    """Return the flow that a source brings."""
    return kind.flow if isinstance(kind, SourceKind) else None


def fixed(scene: Scene, kind: Kind) -> dict[str, float]:
    """Return what a source is not asked for, since the flow that it joins has it for all alike, by name."""
    brought = flow_of(kind)
    here = next((part for part in acting(scene) if brought and part.kind == brought.name), None)
    if here is None:
        return {}
    names = {each.name for each in kind.parameters} & {p.name for p in kind_of(here).parameters if p.per == "scene"}
    return {name: float(value) for name in names if isinstance(value := here.values[name], np.ndarray)}


def acting(scene: Scene) -> list[Part]:
    """Return the flows of a scene that do not rest."""
    return [part for part in scene.flows if not part.muted]


def asks_smoke(scene: Scene, kind: Kind) -> bool:
    """Tell whether the bodies of a source may be smoke or not: a flow acts on some, and nothing holds them together."""
    flows = acting(scene)
    chosen = bool(flows) and all(part.bodies is not None for part in flows)
    return chosen and (isinstance(kind, PoseKind) or kind.loose)


def is_fluid(scene: Scene) -> bool:
    """Tell whether there are bodies, and flows carry all of them that nothing holds."""
    free = ~scene.bodies.pinned
    return bool(acting(scene)) and bool(free.any() and carried(scene)[free].all())


def smoke(scene: Scene, count: int) -> Part:
    """Return the first flow of a scene as it carries so many bodies that carry nobody."""
    kind = flow_kinds()[acting(scene)[0].kind]
    strength = kind.kernels.strength
    values = {strength: np.zeros(count)} if strength else {}
    links = np.zeros((0, 2), np.int64) if kind.linked else None
    return flow(kind.name, links=links, **values)


def as_smoke(bodies: Assembly, scene: Scene) -> Assembly:
    """Return bodies that the first flow of a scene carries, and that carry nobody."""
    return replace(bodies, flows=(smoke(scene, len(bodies.position)),))


def joined(scene: Scene, kind: Kind, bodies: Scene) -> Scene:
    """Return a scene with the bodies of a source in it."""
    return edits.join(begun(scene, kind, bodies.planar), bodies)


def begun(scene: Scene, kind: Kind, planar: bool) -> Scene:
    """Return a scene that is ready for a source: one without bodies gets its look, and lies in a plane as it does."""
    if scene.bodies.count or not isinstance(kind, SourceKind):
        return scene
    return with_look(scene if scene.planar == planar else edits.set_planar(scene, planar), **kind.look)
