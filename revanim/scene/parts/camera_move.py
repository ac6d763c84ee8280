"""A way for the camera to go by itself; each file of `filming/` declares one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

from revanim.collect import collect
from revanim.engine.parameter import Keyed
from revanim.scene.keys import keyed
from revanim.scene.scene import View


@dataclass(frozen=True)
class CameraMove:
    """What a file of `filming/` declares.

    `curves(view, first, last)` returns curves for some values of the camera, which begin at a frame as the view is.
    """

    name: str
    title: str
    help: str
    order: int  # in menus
    curves: Callable[[View, int, int], Mapping[str, Keyed]]


def dolly(view: View, first: int, last: int, times: float) -> Mapping[str, Keyed]:
    """Return the way from the target's distance to so many times that."""
    return {"distance": keyed([first, last], [view.distance, times * view.distance])}


@cache
def camera_moves() -> dict[str, CameraMove]:
    """Return every move by name, in the order of menus."""
    found = collect("revanim.scene.filming", CameraMove).values()
    return {move.name: move for move in sorted(found, key=lambda move: move.order)}
