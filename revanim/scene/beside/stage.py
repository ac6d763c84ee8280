"""What another process runs to read a USD stage: points, places of instances, and meshes, in the world and with z up.

It is given the path, how many seconds and bytes it may take, and the time code, and prints what is shown then.
"""

import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np

from revanim.engine.parameter import Floats
from revanim.error import RevanimError
from revanim.scene.beside.process import confined
from revanim.scene.meshes.mesh import Mesh, check_size, damaged
from revanim.scene.meshes.shown import Cloud, Shown, refuse, write
from revanim.scene.placing import UPRIGHT

MOST_PRIMS = 200_000
UNSEEN = "guide", "proxy"  # purposes: what helps to work, and what stands for the real thing meanwhile


Read = Callable[[Any, float, str], Cloud | Mesh]


def main(path: Path, seconds: int, room: int, frame: float) -> None:
    """Print what a stage shows at a time code, or why it is refused."""
    out = confined(seconds, room)
    try:
        write(shown(open_stage(path), frame, path.name), out)
    except RevanimError as error:
        refuse(error, out)
    out.close()


def open_stage(path: Path) -> Any:
    """Return a stage, or refuse it in a sentence."""
    usd: Any = import_module("pxr.Usd")
    try:
        return usd.Stage.Open(str(path))
    # What a damaged stage can raise is an open list.
    except Exception:
        raise RevanimError(
            "{name} cannot be read: it is damaged, no USD stage, or takes too much time or memory.", name=path.name
        ) from None


def shown(stage: Any, frame: float, name: str) -> Shown:
    """Return what a stage shows at a time code: what is invisible, a guide or a prototype is left out."""
    geometry: Any = import_module("pxr.UsdGeom")
    found, where, size = Shown(), geometry.XformCache(frame), 0
    turn = UPRIGHT if geometry.GetStageUpAxis(stage) == geometry.Tokens.y else np.eye(3)
    readers: list[tuple[Any, Read]] = [
        (geometry.PointInstancer, _instances),
        (geometry.Points, _points),
        (geometry.Mesh, _mesh),
    ]
    for prim in _visible(stage, frame, name):
        read = next((read for kind, read in readers if prim.IsA(kind)), None)
        if read is None:
            found.others |= {str(prim.GetTypeName())} if prim.IsA(geometry.Gprim) else set()
            continue
        part = _read(read, prim, frame, name)
        size += len(part.place) if isinstance(part, Cloud) else len(part.vertices) + len(part.corners)
        check_size(name, size, 0)
        matrix = np.array(where.GetLocalToWorldTransform(prim), np.float64)
        with np.errstate(all="ignore"):  # what is not finite is refused in a sentence
            if isinstance(part, Cloud):
                found.clouds.append(Cloud(_moved(part.place, matrix, turn), part.light))
            else:
                found.meshes.append(Mesh(_moved(part.vertices, matrix, turn), part.counts, part.corners))
    return found


def _read(read: Read, prim: Any, frame: float, name: str) -> Cloud | Mesh:
    """Return what a prim shows, unless it holds another kind of value than its type promises."""
    try:
        return read(prim, frame, name)
    except (TypeError, ValueError):
        raise damaged(name) from None


def _visible(stage: Any, frame: float, name: str) -> Iterator[Any]:
    """Yield the prims that can be seen, also inside of what is instanced; prototypes of points are no prims to see."""
    usd, geometry = (import_module(f"pxr.{module}") for module in ("Usd", "UsdGeom"))
    walk = iter(usd.PrimRange.Stage(stage, usd.TraverseInstanceProxies(usd.PrimDefaultPredicate)))
    for number, prim in enumerate(walk):
        if number > MOST_PRIMS:
            raise RevanimError(
                "{name} is nested without end, or shows more than {most} elements.", name=name, most=MOST_PRIMS
            )
        if not prim.IsA(geometry.Imageable):
            continue
        seen = geometry.Imageable(prim)
        hidden = seen.GetVisibilityAttr().Get(frame) == geometry.Tokens.invisible
        if hidden or prim.IsA(geometry.PointInstancer):
            walk.PruneChildren()
        if not hidden and seen.ComputePurpose() not in UNSEEN:
            yield prim


def _instances(prim: Any, frame: float, name: str) -> Cloud:
    """Return where a prototype is shown, whatever it is: for bodies, the places alone count."""
    geometry: Any = import_module("pxr.UsdGeom")
    instancer = geometry.PointInstancer(prim)
    place = _rows(instancer.GetPositionsAttr(), frame, name)
    mask = np.array(instancer.ComputeMaskAtTime(frame), np.bool_)
    if mask.size != len(place):
        mask = np.ones(len(place), np.bool_)
    light = _light(prim, len(place), frame)
    return Cloud(place[mask], None if light is None else light[mask])


def _points(prim: Any, frame: float, name: str) -> Cloud:
    geometry: Any = import_module("pxr.UsdGeom")
    place = _rows(geometry.Points(prim).GetPointsAttr(), frame, name)
    return Cloud(place, _light(prim, len(place), frame))


def _light(prim: Any, count: int, frame: float) -> Floats | None:
    """Return a colour for each of so many points, or one that all have."""
    geometry: Any = import_module("pxr.UsdGeom")
    painted = geometry.PrimvarsAPI(prim).GetPrimvar("displayColor")
    held = painted.ComputeFlattened(frame) if painted else None
    rows = np.array(held if held is not None else [], np.float64).reshape(-1, 3)
    return np.broadcast_to(rows, (count, 3)) if len(rows) in (1, count) else None


def _mesh(prim: Any, frame: float, name: str) -> Mesh:
    geometry: Any = import_module("pxr.UsdGeom")
    mesh = geometry.Mesh(prim)
    counts, corners, holes = (
        _whole(attribute, frame, name)
        for attribute in (mesh.GetFaceVertexCountsAttr(), mesh.GetFaceVertexIndicesAttr(), mesh.GetHoleIndicesAttr())
    )
    if counts.sum() != len(corners) or (counts < 0).any():
        raise RevanimError("{name} has a face with a vertex that is missing.", name=name)
    stays = np.ones(counts.size, np.bool_)
    stays[holes[(holes >= 0) & (holes < counts.size)]] = False
    return Mesh(_rows(mesh.GetPointsAttr(), frame, name), counts[stays], corners[np.repeat(stays, counts)])


def _held(attribute: Any, frame: float, name: str) -> Any:
    """Return what an attribute holds at a time code, or nothing, unless that is more than is read."""
    held = attribute.Get(frame)
    check_size(name, len(held or ()), 0)
    return held or []


def _rows(attribute: Any, frame: float, name: str) -> Floats:
    return np.array(_held(attribute, frame, name), np.float64).reshape(-1, 3)


def _whole(attribute: Any, frame: float, name: str) -> Any:
    return np.array(_held(attribute, frame, name), np.int64).ravel()


def _moved(places: Floats, matrix: Floats, turn: Floats) -> Floats:
    return np.asarray((places @ matrix[:3, :3] + matrix[3, :3]) @ turn)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), float(sys.argv[4]))
