"""Make the gallery: run the recipes, store the scenes in `resources/scenes`, and say what changed.

    python packaging/gallery.py [NAME ...]

What differs from the stored scene by rounding alone stays as it is stored: its bits are the same everywhere, and new
colours leave the motion alone. A sketch carries the picture of the scene that is made from it.
"""

import sys
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any

import numpy as np

import revanim as ra
from revanim.collect import choose
from revanim.draw.thumbnail import HEIGHT, WIDTH, shot_of, snapshot, telling_frame, thumbnail
from revanim.engine.parameter import Floats
from revanim.resources import resource
from revanim.scene.build import make_playhead
from revanim.scene.file import save
from revanim.scene.gallery import Recipe, recipes
from revanim.sentence import Sentence

ROUNDING = 1e-9  # of the largest number in an array


def main(names: list[str]) -> int:
    """Make the scenes with these names, or all."""
    try:
        chosen = [choose(recipes(), name, Sentence("recipe")) for name in names or recipes()]
    except ra.RevanimError as error:
        print(error, file=sys.stderr)
        return 1
    for recipe in chosen:
        print(f"{recipe.name:18} {store(recipe)}")
    return 0


def store(recipe: Recipe) -> str:
    """Bring the stored scene up to date and return what changed, in words."""
    path = resource("scenes", f"{recipe.name}.revanim")
    made, before = make(recipe), path.read_bytes() if path.exists() else b""
    try:
        stored = ra.load(path)
    except ra.RevanimError:
        path.parent.mkdir(exist_ok=True)
        save(made, path, picture(recipe, made))
        return "new"
    changes, kept = list(differences(stored, made)), renewed(stored, made)
    save(kept, path, picture(recipe, kept))
    return ", ".join(changes) or ("as before" if path.read_bytes() == before else "thumbnail or format")


def make(recipe: Recipe) -> ra.Scene:
    """Run a recipe, and solve for what it says."""
    scene = recipe.make()
    if not recipe.solve_for:
        return scene
    objective, known = ra.Objective(scene, recipe.solve_for), learnt(recipe)
    if known.size == objective.start.size:
        return objective.scene(known)
    *_, last = ra.solve(scene, recipe.solve_for, recipe.iterations)
    return last.scene


def learnt(recipe: Recipe) -> Floats:
    """Return the weights that are stored, if weights are solved for: they are learnt once, and nowhere the same."""
    try:
        objective = ra.Objective(ra.example(recipe.name), recipe.solve_for)
    except ra.RevanimError:
        return np.zeros(0)
    return objective.start if all(handle.learns for handle in objective.handles) else np.zeros(0)


def picture(recipe: Recipe, made: ra.Scene) -> bytes:
    """Return a PNG of what is stored, or of what is made from it, however far it has to be walked."""
    if not recipe.whole:
        return thumbnail(made)
    whole = recipe.whole()
    playhead = make_playhead(whole)
    playhead.seek(telling_frame(whole))
    return snapshot(whole, shot_of(whole, playhead), WIDTH, HEIGHT)


def differences(old: Any, new: Any, name: str = "scene") -> Iterator[str]:
    """Yield the names of the parts of a scene that differ by more than rounding."""
    if isinstance(old, np.ndarray):
        if not (isinstance(new, np.ndarray) and old.shape == new.shape and close(old, new)):
            yield name
    elif is_dataclass(old) and type(old) is type(new):
        for field in fields(old):
            yield from differences(getattr(old, field.name), getattr(new, field.name), f"{name}.{field.name}")
    elif isinstance(old, Mapping) and isinstance(new, Mapping) and old.keys() == new.keys():
        for key in old:
            yield from differences(old[key], new[key], f"{name}.{key}")
    elif isinstance(old, tuple) and isinstance(new, tuple) and len(old) == len(new):
        for i, pair in enumerate(zip(old, new, strict=True)):
            yield from differences(*pair, f"{name}[{i}]")
    elif old != new:
        yield name


def renewed(old: Any, new: Any) -> Any:
    """Return the new value with the old parts wherever the two differ by no more than rounding."""
    if isinstance(old, np.ndarray) and isinstance(new, np.ndarray):
        return old if not list(differences(old, new)) else new
    if is_dataclass(new) and not isinstance(new, type) and type(old) is type(new):
        names = [field.name for field in fields(new)]
        return replace(new, **{name: renewed(getattr(old, name), getattr(new, name)) for name in names})
    if isinstance(old, Mapping) and isinstance(new, Mapping) and old.keys() == new.keys():
        return {key: renewed(old[key], new[key]) for key in new}
    if isinstance(old, tuple) and isinstance(new, tuple) and len(old) == len(new):
        return tuple(renewed(*pair) for pair in zip(old, new, strict=True))
    return new


def close(old: Any, new: Any) -> bool:
    """Tell whether two arrays of one shape are equal but for rounding."""
    apart = np.abs(old.astype(np.float64) - new.astype(np.float64))
    return bool(apart.max(initial=0.0) <= ROUNDING * np.abs(old.astype(np.float64)).max(initial=0.0))


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
