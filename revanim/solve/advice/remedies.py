"""What one click can do about a key that is missed. Keys are named by their place in the scene."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from revanim.engine.forces.nudge import nudge
from revanim.engine.parameter import Floats
from revanim.scene.edits import replace_keyframe, set_bodies, set_keyframes, stand_at
from revanim.scene.scene import Index, Scene
from revanim.sentence import Sentence
from revanim.solve.advice.advice import Remedy, Wishes
from revanim.solve.controls.control import Control

LIGHTER = 0.1  # weight of a key that gives way, over what it was


def allow_pushes(every: int, after: int | None = None) -> Remedy:
    """Let pushes of so many frames help the launch, `after` a frame or from home on."""

    def change(scene: Scene, wishes: Wishes) -> tuple[Scene, Wishes]:
        if wishes == "auto":
            return scene, wishes
        others = [wish for wish in wishes if _name(wish) != nudge.name]
        return scene, (*others, Control(nudge.name, every=every, after=after))

    return Remedy(Sentence("Allow pushes"), change)


def push_at_once(every: int) -> Remedy:
    """Let pushes begin at home."""
    return Remedy(Sentence("Push from the start"), allow_pushes(every).change)


def push_oftener(every: int) -> Remedy:
    """Let pushes change after so many frames."""
    return Remedy(Sentence("Push oftener"), allow_pushes(every).change)


def choose_freely() -> Remedy:
    """Let the solver choose what changes, of which bodies, and how far."""
    return Remedy(Sentence("Choose by itself"), lambda scene, wishes: (scene, "auto"))


def open_bounds(names: Sequence[str]) -> Remedy:
    """Let what is at its bounds go beyond them."""

    def opened(wish: Control | str) -> Control | str:
        if isinstance(wish, str) or wish.name not in names:
            return wish
        return replace(wish, low=-np.inf, high=np.inf)

    def change(scene: Scene, wishes: Wishes) -> tuple[Scene, Wishes]:
        return scene, wishes if wishes == "auto" else tuple(opened(wish) for wish in wishes)

    return Remedy(Sentence("Open the bounds"), change)


def unpin(bodies: Index) -> Remedy:
    """Let pinned bodies move."""
    return _on_scene(Sentence("Unpin"), lambda scene: set_bodies(scene, bodies, pinned=False))


def take_off_nail(key: int) -> Remedy:
    """Let a key be approached, not hit at any price."""
    return _on_scene(Sentence("Take off the nail"), lambda scene: replace_keyframe(scene, key, nail=False))


def give_way(key: int) -> Remedy:
    """Weigh a key less."""
    return _on_scene(
        Sentence("Weigh it less"),
        lambda scene: replace_keyframe(scene, key, weight=LIGHTER * scene.keyframes[key].weight),
    )


def give_window(key: int, first: int, last: int) -> Remedy:
    """Let a key be hit at whichever of some frames suits best."""
    return _on_scene(Sentence("Give it a window"), lambda scene: replace_keyframe(scene, key, window=(first, last)))


def bring_near(key: int, position: Floats) -> Remedy:
    """Move the targets of a key to where they can be reached."""
    return _on_scene(Sentence("Bring it within reach"), lambda scene: replace_keyframe(scene, key, position=position))


def leave_out(key: int, bodies: Index) -> Remedy:
    """Ask nothing of some bodies in a key; a key that asks nothing of anybody goes."""

    def change(scene: Scene) -> Scene:
        old = scene.keyframes[key]
        left = ~np.isin(old.bodies, bodies)
        if not left.any():
            return set_keyframes(scene, [other for other in scene.keyframes if other is not old])
        every = {
            name: value[left]
            for name in ("position", "velocity", "weights", "color")
            if (value := getattr(old, name)) is not None
        }
        return replace_keyframe(scene, key, bodies=old.bodies[left], **every)

    return _on_scene(Sentence("Leave them out"), change)


def start_earlier(frame: int) -> Remedy:
    """Let the scene stand at an earlier frame; its motion stays the same."""
    return _on_scene(Sentence("Start at frame {frame}", frame=frame), lambda scene: stand_at(scene, frame))


def _on_scene(title: Sentence, edit: Callable[[Scene], Scene]) -> Remedy:
    return Remedy(title, lambda scene, wishes: (edit(scene), wishes))


def _name(wish: Control | str) -> str:
    return wish if isinstance(wish, str) else wish.name
