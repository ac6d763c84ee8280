"""Polygons cut into triangles, those with notches and bridges to holes too."""

import numpy as np

from revanim.engine.parameter import Floats
from revanim.error import RevanimError
from revanim.scene.meshes.mesh import FAR, Mesh, check_faces
from revanim.scene.passed import Passed
from revanim.scene.scene import Index

MOST_NOTCHED = 20_000  # corners of one polygon that no fan covers: the time to cut it can grow with their square
AT_MOST = 10  # so many of the largest ones, or as much work in smaller ones
OFTEN = 1 << 16  # corners between two looks at the way


def triangles(mesh: Mesh, name: str, passed: Passed) -> Index:
    """Return the faces of a mesh as triangles, int64[t, 3].

    A face becomes a fan around its first corner, unless part of that fan would lie outside of it: then its ears are
    cut off one by one (Eberly 1998). Raises RevanimError where a face names a vertex that is missing or not finite,
    and where there are too many.
    """
    vertices, counts, corners = mesh.vertices, mesh.counts, mesh.corners
    check_faces(name, int(np.maximum(counts - 2, 0).sum()))
    if corners.size and not (
        0 <= corners.min() <= corners.max() < len(vertices) and (np.abs(vertices[corners]) < FAR).all()
    ):
        raise RevanimError("{name} has a face with a vertex that is missing, or is no finite number.", name=name)
    fans, face = _fans(counts, corners)
    normal = _normals(vertices, fans)
    whole = np.stack([np.bincount(face, part, counts.size) for part in normal.T], axis=1)
    notched = np.unique(face[(normal * whole[face]).sum(axis=1) < 0])
    if not notched.size:
        return fans
    _check_notched(counts[notched].astype(np.float64), name)
    begins, cut, done = np.cumsum(counts) - counts, [fans[~np.isin(face, notched)]], np.cumsum(counts[notched])
    for which, upto in zip(notched, done, strict=True):
        ring = corners[begins[which] : begins[which] + counts[which]]
        cut.append(_ears(vertices[ring], ring, whole[which]))
        if upto // OFTEN > (upto - len(ring)) // OFTEN:
            passed(upto / done[-1])
    return np.concatenate(cut)


def _check_notched(corners: Floats, name: str) -> None:
    """Refuse faces with notches, of so many corners each, that would take too long to cut."""
    if corners.max() > MOST_NOTCHED:
        raise RevanimError(
            "{name} has a face of {count} corners; {most} are allowed where a face has notches.",
            name=name,
            count=int(corners.max()),
            most=MOST_NOTCHED,
        )
    if (corners**2).sum() > AT_MOST * MOST_NOTCHED**2:
        raise RevanimError(
            "{name} has {count} faces with notches and too many corners in all; {most} of {corners} corners each are"
            " allowed.",
            name=name,
            count=corners.size,
            most=AT_MOST,
            corners=MOST_NOTCHED,
        )


def _fans(counts: Index, corners: Index) -> tuple[Index, Index]:
    """Return each polygon as triangles around its first corner, int64[t, 3], and of which polygon each is."""
    begins = np.cumsum(counts) - counts
    many = np.maximum(counts - 2, 0)
    face = np.repeat(np.arange(counts.size), many)
    within = np.arange(many.sum()) - np.repeat(np.cumsum(many) - many, many)
    first = begins[face]
    return np.asarray(corners[np.stack([first, first + within + 1, first + within + 2], axis=1)], np.int64), face


def _normals(vertices: Floats, faces: Index) -> Floats:
    a, b, c = (vertices[faces[:, corner]] for corner in range(3))
    return np.asarray(np.cross(b - a, c - a))


def _ears(places: Floats, ring: Index, normal: Floats) -> Index:
    """Return one polygon as triangles, seen along the axis on which its normal is longest."""
    from mapbox_earcut import triangulate_float64  # only who meets a notch pays for it

    flat = np.delete(places - places[0], np.abs(normal).argmax(), axis=1)
    flat /= np.abs(flat).max() or 1.0
    return ring[triangulate_float64(flat, np.array([len(ring)], np.uint32)).astype(np.int64).reshape(-1, 3)]
