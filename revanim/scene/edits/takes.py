"""Takes: named alternatives of a scene in one file. The scene is one of them; it holds the others."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import count

from revanim.error import RevanimError
from revanim.scene.check import check
from revanim.scene.scene import Scene, Take

FIRST = "Take 1"


def take_names(scene: Scene) -> list[str]:
    """Return the names of all alternatives, in alphabetical order; a scene that has none is itself the first."""
    return sorted([scene.take or FIRST, *(take.name for take in scene.takes)])


def set_takes(scene: Scene, takes: Sequence[Take]) -> Scene:
    """Replace all takes; a take is kept without takes of its own."""
    return check(replace(scene, takes=tuple(Take(take.name, replace(take.scene, takes=())) for take in takes)))


def keep_take(scene: Scene, name: str) -> Scene:
    """Go on under a new name, and keep what there is as a take under the old one, or one that is free."""
    return check(replace(scene, take=name, takes=(*scene.takes, _put_aside(scene, name))))


def switch_take(scene: Scene, name: str) -> Scene:
    """Bring another take to the front; the one that was there is kept as it is."""
    if name == scene.take:
        return scene
    chosen = _named(scene, name)
    others = (*(take for take in scene.takes if take is not chosen), _put_aside(scene, name))
    return check(replace(chosen.scene, take=name, takes=others))


def rename_take(scene: Scene, name: str, new: str) -> Scene:
    """Give a take another name."""
    if name == (scene.take or FIRST):
        return check(replace(scene, take=new))
    chosen = _named(scene, name)
    return check(replace(scene, takes=tuple(Take(new, take.scene) if take is chosen else take for take in scene.takes)))


def remove_take(scene: Scene, name: str) -> Scene:
    """Drop a take; the one in front stays."""
    if name == scene.take:
        raise RevanimError("The take in front cannot be removed; switch to another one first.")
    chosen = _named(scene, name)
    return check(replace(scene, takes=tuple(take for take in scene.takes if take is not chosen)))


def _put_aside(scene: Scene, front: str) -> Take:
    taken = {front, *(take.name for take in scene.takes)}
    free = next(name for number in count(1) if (name := f"Take {number}") not in taken)
    return Take(scene.take or free, replace(scene, take="", takes=()))


def _named(scene: Scene, name: str) -> Take:
    for take in scene.takes:
        if take.name == name:
            return take
    raise RevanimError(
        "There is no take called {name!r}; there are {names}.", name=name, names=", ".join(take_names(scene))
    )
