"""Which bodies a selection grows to, and which can be picked at all."""

import numpy as np

from revanim.scene.scene import Scene
from revanim.session.session import Selection


def pickable(scene: Scene, only: Selection | None = None, frame: int | None = None) -> Selection:
    """Return which bodies a press can pick, bool[n]: those that no hidden or locked group holds, of `only` if given.

    At a frame they are those that take part then.
    """
    free = np.ones(scene.bodies.count, np.bool_) if only is None else only.copy()
    if frame is not None:
        free &= scene.bodies.alive(frame)
    for group in scene.groups:
        if group.hidden or group.locked:
            free[group.bodies] = False
    return free


def linked(scene: Scene, selection: Selection) -> Selection:
    """Return the selection with every body that links lead to, however far, bool[n]."""
    from scipy.sparse import coo_array  # slow to load, and not needed to start
    from scipy.sparse.csgraph import connected_components

    count = scene.bodies.count
    links = np.concatenate([np.zeros((0, 2), np.int64), *(p.links for p in scene.forces if p.links is not None)])
    net = coo_array((np.ones(len(links), np.bool_), (links[:, 0], links[:, 1])), shape=(count, count))
    _, piece = connected_components(net, directed=False)
    grown: Selection = np.isin(piece, piece[selection]) & (pickable(scene) | selection)
    return grown


def grouped(scene: Scene, selection: Selection) -> Selection:
    """Return the selection with every body that shares a group with it, bool[n]."""
    grown = selection.copy()
    for group in scene.groups:
        if selection[group.bodies].any() and not (group.hidden or group.locked):
            grown[group.bodies] = True
    return grown
