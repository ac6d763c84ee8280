"""Whether a scene can be computed: every door into a `Scene` passes here.

What has been found right is not looked at again (`once`): most edits leave nearly all of a scene as it was.
"""

from collections import Counter

import numpy as np
from numpy.typing import NDArray

from revanim.collect import choose
from revanim.engine.grid import RANGE_BITS, Counts, Grid
from revanim.engine.parameter import Floats
from revanim.engine.playhead import check_reach
from revanim.engine.scheme import schemes
from revanim.error import RevanimError
from revanim.scene.attribute import attributes
from revanim.scene.given import record, words, yes_or_no
from revanim.scene.keyframe import check_keyframe, check_together
from revanim.scene.once import once
from revanim.scene.part import check_part, check_role
from revanim.scene.scene import Bodies, Group, Index, Look, Marker, Scene, Timing, View

MOST_BODIES = 10_000_000
CLOSEST, FARTHEST = 1e-9, 1e15  # of the camera, scene units
WAYS_TO_PLAY = ("once", "loop", "ping-pong")
MOST_FRAMES, MOST_SKINS = 1000, 20
LARGEST_PICTURE = 16384  # pixels on a side


def check(scene: Scene) -> Scene:
    """Return the scene, or refuse it with a sentence that says what is wrong and what is allowed."""
    _check_words(scene)
    check_timing(scene.timing)
    _check_look(scene.look)
    choose(schemes(), scene.scheme, "scheme")
    lanes = 6
    for part in scene.forces:
        check_role(part, "force")
    for part in scene.moves:
        lanes += len(check_role(part, "move").lanes)
    _check_bodies(scene.bodies, lanes, scene.planar)
    for part in (*scene.forces, *scene.moves):
        check_part(part, scene.bodies.mass)
    for key in scene.keyframes:
        check_keyframe(key, scene.bodies)
    check_together(scene.keyframes)
    _check_names(scene)
    for take in scene.takes:
        if take.scene.takes:
            raise RevanimError(
                "The take {name!r} has takes of its own; only the scene itself has them.", name=take.name
            )
        check(take.scene)
    return scene


def _check_names(scene: Scene) -> None:
    takes = [take.name for take in scene.takes] + ([scene.take] if scene.takes else [])
    for kind, names in (("groups", [group.name for group in scene.groups]), ("takes", takes)):
        given = Counter(names)
        for name in names:
            if not words(name, f"The name of one of the {kind}").strip() or given[name] > 1:
                raise RevanimError(
                    "The {kind} need names, each once; {name!r} is empty or given twice.", kind=kind, name=name
                )
    for group in scene.groups:
        _check_group(group, scene.bodies.count)
    for marker in scene.markers:
        _check_marker(marker)


@once
def _check_group(group: Group, count: int) -> None:
    record(Group, vars(group))
    _check_members(group.bodies, count, what=group.name)


@once
def _check_members(who: Index, count: int, *, what: str) -> None:
    if who.ndim != 1 or np.unique(who).size != who.size or ((who < 0) | (who >= count)).any():
        raise RevanimError(
            "The group {name!r} must name bodies 0 to {value}, each of them once.", name=what, value=count - 1
        )


@once
def _check_marker(marker: Marker) -> None:
    record(Marker, vars(marker))
    check_reach(marker.frame)


def _check_words(scene: Scene) -> None:
    words(scene.name, "The name of the scene")
    words(scene.note, "The note of the scene")
    yes_or_no(scene.planar, "Whether the scene is planar")


@once
def check_timing(timing: Timing) -> None:
    """Refuse a timing that cannot be computed."""
    record(Timing, vars(timing))
    if not 0.01 <= timing.fps <= 10_000:
        raise RevanimError("{fps:g} frames per second cannot be; allowed are 0.01 to 10000.", fps=timing.fps)
    if not 1 <= timing.steps_per_frame <= 100_000:
        raise RevanimError(
            "{steps_per_frame} steps per frame cannot be; allowed are 1 to 100000.",
            steps_per_frame=timing.steps_per_frame,
        )
    for frame in (timing.first, timing.last, timing.home):
        check_reach(frame)
    if timing.first > timing.last:
        raise RevanimError(
            "The range ends at frame {last}, before it starts at {first}.", last=timing.last, first=timing.first
        )


@once
def _check_look(look: Look) -> None:
    record(Look, vars(look))
    _choose(look.play, WAYS_TO_PLAY, "way to play")
    if look.color_by:
        choose(attributes(), look.color_by, "attribute to colour by")
    for what, frames, least in (
        ("A trail", look.trail, 0),
        ("A way ahead", look.ahead, 0),
        ("A spacing", look.spacing, 1),
    ):
        if not least <= frames <= MOST_FRAMES:
            raise RevanimError(
                "{what} of {frames} frames cannot be; allowed are {least} to {MOST_FRAMES}.",
                what=what,
                frames=frames,
                least=least,
                MOST_FRAMES=MOST_FRAMES,
            )
    if not 0 <= look.skins <= MOST_SKINS:
        raise RevanimError(
            "{skins} onion skins cannot be; allowed are 0 to {MOST_SKINS} on either side.",
            skins=look.skins,
            MOST_SKINS=MOST_SKINS,
        )
    if not all(1 <= side <= LARGEST_PICTURE for side in look.picture):
        raise RevanimError(
            "A picture may be 1 to {LARGEST_PICTURE} pixels wide and high.", LARGEST_PICTURE=LARGEST_PICTURE
        )
    if not all(0 <= part <= 255 for part in look.plain):
        raise RevanimError("The colour of the background is red, green and blue from 0 to 255.")
    if not (look.exposure > 0 and 0 <= look.halo <= 100 and 0.01 <= look.size <= 100):
        raise RevanimError(
            "The exposure must be above 0, the halo from 0 to 100, and the size of the bodies from 0.01 to 100."
        )
    for view in (look.view, look.camera or look.view):
        _check_view(view)


def _choose(name: str, names: tuple[str, ...], what: str) -> None:
    if name not in names:
        listed = f"{', '.join(names[:-1])} and {names[-1]}"
        raise RevanimError(
            "There is no {what} called {name!r}; there are {listed}.", what=what, name=name, listed=listed
        )


def _check_view(view: View) -> None:
    if not (CLOSEST <= view.distance <= FARTHEST and max(map(abs, view.target)) <= FARTHEST):
        raise RevanimError(
            "The camera may be {CLOSEST:g} to {FARTHEST:g} from what it looks at.", CLOSEST=CLOSEST, FARTHEST=FARTHEST
        )
    if not 0.01 <= view.lens <= 100:
        raise RevanimError("The lens may magnify 0.01 to 100 times.")


@once
def _check_bodies(bodies: Bodies, lanes: int, planar: bool) -> None:
    n = bodies.count
    if n > MOST_BODIES:
        raise RevanimError("{n} bodies are too many; up to {MOST_BODIES} are allowed.", n=n, MOST_BODIES=MOST_BODIES)
    shapes = {
        "state": (bodies.state, (lanes, n)),
        "mass": (bodies.mass, (n,)),
        "pinned": (bodies.pinned, (n,)),
        "radius": (bodies.radius, (n,)),
        "color": (bodies.color, (n, 3)),
    }
    for name, (array, shape) in shapes.items():
        if array.shape != shape:
            raise RevanimError(
                "The {name} of the bodies has the shape {shape}; for {n} bodies it must be {shape2}.",
                name=name,
                shape=array.shape,
                n=n,
                shape2=shape,
            )
    _check_amounts(bodies.mass, what="mass")
    _check_amounts(bodies.radius, what="radius")
    grid = bodies.grid
    if not all(-900 <= exponent <= 900 for exponent in (grid.length_exponent, grid.speed_exponent)):
        raise RevanimError("The exponents of the grid must lie between -900 and 900.")
    _check_range(bodies.state, grid)
    _check_pins(bodies.state, bodies.pinned)
    if planar:
        _check_flat(bodies.state)


@once
def _check_amounts(values: Floats, *, what: str) -> None:
    if not (np.isfinite(values).all() and (values >= 0).all()):
        bad = np.flatnonzero(~(values >= 0) | np.isinf(values))[0]
        raise RevanimError("The {name} of body {bad} must be a finite number from 0 up.", name=what, bad=bad)


@once
def _check_range(state: Counts, grid: Grid) -> None:
    beyond = np.abs(state + (state == -(2**63))) >= 2**RANGE_BITS
    if beyond.any():
        raise RevanimError(
            "Body {flatnonzero} lies beyond the range of ±{length_range:.6g}.",
            flatnonzero=np.flatnonzero(beyond.any(axis=0))[0],
            length_range=grid.length_range,
        )


@once
def _check_pins(state: Counts, pinned: NDArray[np.bool_]) -> None:
    if state[3:6, pinned].any():
        raise RevanimError("A pinned body has a speed; pinned bodies never move.")


@once
def _check_flat(state: Counts) -> None:
    if state[[2, 5]].any():
        raise RevanimError("A body of a planar scene has a height or a speed along z; both must be 0.")
