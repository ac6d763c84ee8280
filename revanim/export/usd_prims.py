"""What stands in a USD stage: points or instances, trails and links.

Each function declares prims with all that stays, and returns what changes: attributes, and their values at a moment.
"""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from revanim.draw.lines import LINK_SHARE, TRAIL_SHARE, linked
from revanim.engine.parameter import Floats
from revanim.export.points import PointFrame, light, wanted
from revanim.scene.scene import Index, Scene

Lane = tuple[Any, Callable[[PointFrame], Any]]


def make_points(stage: Any, place: Any, scene: Scene, who: Index, values: Mapping[str, Any]) -> list[Lane]:
    """Declare a point for each body of `who`; one that takes no part at a moment has no width then."""
    from pxr import UsdGeom, Vt

    prim = UsdGeom.Points.Define(stage, place)
    widths = prim.CreateWidthsAttr(_floats(2 * scene.bodies.radius[who]))
    prim.SetWidthsInterpolation(UsdGeom.Tokens.vertex)
    prim.CreateIdsAttr(Vt.Int64Array.FromNumpy(who))
    lanes: list[Lane] = [(prim.CreatePointsAttr(), lambda now: _vectors(now.position))]
    if scene.look.size_by or scene.bodies.lives:
        lanes.append((widths, lambda now: _floats(2 * now.radius * now.alive)))
    return [*lanes, *_shared(prim, scene, who, values)]


def make_instances(stage: Any, place: Any, scene: Scene, who: Index, values: Mapping[str, Any]) -> list[Lane]:
    """Declare an instance of a shape for each body of `who`, as large as that is, and seen while it takes part."""
    from pxr import UsdGeom, Vt

    prim = UsdGeom.PointInstancer.Define(stage, place)
    prim.CreatePrototypesRel().AddTarget(_make_shape(stage, place.AppendChild("prototypes"), values["prototype"]))
    prim.CreateProtoIndicesAttr(Vt.IntArray.FromNumpy(np.zeros(who.size, np.int32)))
    scales = prim.CreateScalesAttr(_cubes(scene.bodies.radius[who]))
    prim.CreateIdsAttr(Vt.Int64Array.FromNumpy(who))
    lanes: list[Lane] = [(prim.CreatePositionsAttr(), lambda now: _vectors(now.position))]
    if scene.look.size_by:
        lanes.append((scales, lambda now: _cubes(now.radius)))
    if scene.bodies.lives:
        lanes.append((prim.CreateInvisibleIdsAttr(), lambda now: Vt.Int64Array.FromNumpy(who[~now.alive])))
    return [*lanes, *_shared(prim, scene, who, values)]


def _make_shape(stage: Any, folder: Any, name: str) -> Any:
    """Declare a shape that fills the cube from -1 to 1, and return where it is."""
    from pxr import UsdGeom

    shape = getattr(UsdGeom, name.capitalize()).Define(stage, folder.AppendChild(name))
    if name == "cube":
        shape.CreateSizeAttr(2.0)
    else:
        shape.CreateRadiusAttr(1.0)
    if name in ("cone", "cylinder"):
        shape.CreateHeightAttr(2.0)
    shape.CreateExtentAttr(_vectors(np.array([[-1.0] * 3, [1.0] * 3])))
    return shape.GetPath()


def _shared(prim: Any, scene: Scene, who: Index, values: Mapping[str, Any]) -> list[Lane]:
    """Declare what points and instances have in common."""
    from pxr import UsdGeom

    lanes = [_extent(prim, lambda now: now.position, scene.bodies.radius[who])]
    if values["velocities"] == "yes":
        lanes.append((prim.CreateVelocitiesAttr(), lambda now: _vectors(now.velocity)))
    lanes += [*_colored(prim, scene, who, np.arange(who.size)), *_faded(prim, scene)]
    primvars, kind = UsdGeom.PrimvarsAPI(prim), _kinds().FloatArray
    primvars.CreatePrimvar("mass", kind, "vertex").Set(_floats(scene.bodies.mass[who]))
    for each in wanted(values):
        primvar = primvars.CreatePrimvar(each.name.replace("-", "_"), kind, "vertex")
        lanes.append((primvar, lambda now, name=each.name: _floats(now.attributes[name])))  # type: ignore[misc]
    return lanes


def make_trails(stage: Any, place: Any, scene: Scene, who: Index, frames: int) -> list[Lane]:
    """Declare a trail behind each body of `who`, which thins out with age."""
    youth, radius = np.linspace(0, 1, frames + 1), scene.bodies.radius[who]

    def ways(now: PointFrame) -> Floats:
        missing = frames + 1 - len(now.trail)  # where the motion goes no farther back
        trail = np.concatenate([np.repeat(now.trail[:1], missing, axis=0), now.trail])
        return trail.transpose(1, 0, 2).reshape(-1, 3)

    owner = np.repeat(np.arange(who.size), frames + 1)
    return _make_curves(stage, place, scene, who, owner, TRAIL_SHARE * np.outer(radius, youth), ways)


def make_links(stage: Any, place: Any, scene: Scene, who: Index, links: Index) -> list[Lane]:
    """Declare a line for each link, int64[k, 2], between bodies of `who`."""
    ends = np.searchsorted(who, links)
    thickness = LINK_SHARE * scene.bodies.radius[links].min(axis=1)
    radius = np.repeat(thickness[:, None], 2, axis=1)
    return _make_curves(stage, place, scene, who, ends.ravel(), radius, lambda now: now.position[ends.ravel()])


def _make_curves(
    stage: Any, place: Any, scene: Scene, who: Index, owner: Index, radius: Floats, ways: Callable[[PointFrame], Floats]
) -> list[Lane]:
    """Declare lines of as many points as the rows of `radius` have, each point in the colour of its owner."""
    from pxr import UsdGeom, Vt

    prim = UsdGeom.BasisCurves.Define(stage, place)
    prim.CreateTypeAttr("linear")
    prim.CreateCurveVertexCountsAttr(Vt.IntArray.FromNumpy(np.full(len(radius), radius.shape[1], np.int32)))
    prim.CreateWidthsAttr(_floats(2 * radius.ravel()))
    prim.SetWidthsInterpolation(UsdGeom.Tokens.vertex)
    lanes: list[Lane] = [(prim.CreatePointsAttr(), lambda now: _vectors(ways(now)))]
    return [*lanes, _extent(prim, ways, radius.ravel()), *_colored(prim, scene, who, owner)]


def links_of(scene: Scene, who: Index) -> Index:
    """Return the links between bodies of `who`, int64[k, 2], as pictures show them."""
    links = linked(scene.parts)
    return links[np.isin(links, who).all(axis=1)]


def _colored(prim: Any, scene: Scene, who: Index, owner: Index) -> list[Lane]:
    """Declare the colour of each point, which is that of a body; it changes where an attribute colours the scene."""
    from pxr import UsdGeom

    primvar = UsdGeom.PrimvarsAPI(prim).CreatePrimvar("displayColor", _kinds().Color3fArray, "vertex")
    if scene.look.color_by:
        return [(primvar, lambda now: _vectors(light(now.color[owner])))]
    primvar.Set(_vectors(light(scene.bodies.color[who[owner]])))
    return []


def _faded(prim: Any, scene: Scene) -> list[Lane]:
    """Declare how opaque each point is, where an attribute decides that."""
    from pxr import UsdGeom

    if not scene.look.opacity_by:
        return []
    primvar = UsdGeom.PrimvarsAPI(prim).CreatePrimvar("displayOpacity", _kinds().FloatArray, "vertex")
    return [(primvar, lambda now: _floats(now.opacity))]


def _extent(prim: Any, places: Callable[[PointFrame], Floats], radius: Floats) -> Lane:
    def box(now: PointFrame) -> Any:
        axes = np.ascontiguousarray(places(now).T)  # along which NumPy is fast
        return _vectors(np.stack([(axes - radius).min(axis=1), (axes + radius).max(axis=1)]))

    return prim.CreateExtentAttr(), box


def _kinds() -> Any:
    from pxr import Sdf

    return Sdf.ValueTypeNames


def _vectors(rows: NDArray[Any]) -> Any:
    from pxr import Vt

    return Vt.Vec3fArray.FromNumpy(np.ascontiguousarray(rows, np.float32))


def _cubes(edges: Floats) -> Any:
    return _vectors(np.repeat(edges[:, None], 3, axis=1))


def _floats(values: Floats) -> Any:
    from pxr import Vt

    return Vt.FloatArray.FromNumpy(np.ascontiguousarray(values, np.float32))
