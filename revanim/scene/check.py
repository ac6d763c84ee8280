"""Whether a scene can be computed: every door into a `Scene` passes here.

What has been found right is not looked at again (`once`): most edits leave nearly all of a scene as it was.
"""

from collections import Counter

import numpy as np
from numpy.typing import NDArray

from revanim.engine.alive.lives import Lives
from revanim.engine.grid import BEYOND, Counts, Grid
from revanim.engine.parameter import Floats
from revanim.engine.playhead import check_reach
from revanim.engine.tape import EVER, HEAD, RUN, Words, has_tape
from revanim.error import RevanimError
from revanim.scene.absent import STILL, scheme_of
from revanim.scene.cues.camera import CLOSEST, FARTHEST
from revanim.scene.given import NumberKind, check_order, record, words, yes_or_no
from revanim.scene.keyframe import check_keyframe, check_together
from revanim.scene.looks.ramp import check_ramps
from revanim.scene.once import once
from revanim.scene.part import check_role, goes_inside, kind_of
from revanim.scene.parts.carried import check_carried, first_lane
from revanim.scene.parts.check_part import check_part
from revanim.scene.parts.check_worn import check_figure, check_sprite
from revanim.scene.parts.held import never_free
from revanim.scene.scene import Bodies, Group, Index, Look, Marker, Scene, Timing, View
from revanim.sentence import N_, Sentence, Text

MOST_BODIES = 10_000_000
FACINGS = ("upright", "velocity")
WAYS_TO_PLAY = ("once", "loop", "ping-pong")
MOST_FRAMES, MOST_SKINS = 1000, 20
LARGEST_PICTURE = 16384  # pixels on a side


def check(scene: Scene) -> Scene:
    """Return the scene, or refuse it with a sentence that says what is wrong and what is allowed."""
    _check_words(scene)
    check_timing(scene.timing)
    _check_look(scene.look)
    if scene.sprite is not None:
        check_sprite(scene.sprite)
    if scene.figure is not None:
        check_figure(scene.figure)
    for part in scene.forces:
        check_role(part, "force")
    for part in scene.flows:
        check_role(part, "flow")
    lanes = first_lane(scene.flows) + sum(len(check_role(part, "move").lanes) for part in scene.moves)
    for part in scene.cues:
        check_role(part, "cue")
    _check_bodies(scene.bodies, lanes, scene.planar)
    _check_tapes(scene)
    _check_scheme(scene)
    for part in (*scene.parts, *scene.cues):
        check_part(part, scene.bodies.mass, scene.planar)
    check_carried(scene)
    _check_pins(scene.bodies.state, never_free(scene))
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
    for kind, names in ((Sentence("groups"), [group.name for group in scene.groups]), (Sentence("takes"), takes)):
        given = Counter(names)
        for name in names:
            if not words(name, Sentence("The name of one of the {kind}", kind=kind)).strip() or given[name] > 1:
                raise RevanimError(
                    "The {what} need names, each once; {name!r} is empty or given twice.", what=kind, name=name
                )
    for group in scene.groups:
        _check_group(group, scene.bodies.count)
    for marker in scene.markers:
        _check_marker(marker)


@once
def _check_group(group: Group, count: int) -> None:
    record(Group, vars(group))
    check_order(group.bodies, np.int64, Sentence("The group {name!r}", name=group.name))
    _check_members(group.bodies, count, what=group.name)


@once
def _check_members(who: Index, count: int, *, what: str) -> None:
    if who.ndim != 1 or np.unique(who).size != who.size or ((who < 0) | (who >= count)).any():
        raise RevanimError(
            "The group {name!r} must name bodies 0 to {last}, each of them once.", name=what, last=count - 1
        )


@once
def _check_marker(marker: Marker) -> None:
    record(Marker, vars(marker))
    check_reach(marker.frame)


def _check_words(scene: Scene) -> None:
    words(scene.name, Sentence("The name of the scene"))
    words(scene.note, Sentence("The note of the scene"))
    words(scene.scheme, Sentence("The scheme of the scene"))
    yes_or_no(scene.planar, Sentence("Whether the scene is planar"))


@once
def check_timing(timing: Timing) -> None:
    """Refuse a timing that cannot be computed."""
    record(Timing, vars(timing))
    if not 0.01 <= timing.fps <= 10_000:
        raise RevanimError("{fps:g} frames per second cannot be; allowed are 0.01 to 10000.", fps=timing.fps)
    if not 1 <= timing.steps_per_frame <= 100_000:
        raise RevanimError(
            "{steps} steps per frame cannot be; allowed are 1 to 100000.",
            steps=timing.steps_per_frame,
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
    check_ramps(look)
    _choose(look.play, WAYS_TO_PLAY, Sentence("way to play"))
    _choose(look.facing, FACINGS, Sentence("way to face"))
    for what, frames, least in (
        (Sentence("A trail"), look.trail, 0),
        (Sentence("A way ahead"), look.ahead, 0),
        (Sentence("A spacing"), look.spacing, 1),
    ):
        if not least <= frames <= MOST_FRAMES:
            raise RevanimError(
                "{what} of {frames} frames cannot be; allowed are {least} to {most}.",
                what=what,
                frames=frames,
                least=least,
                most=MOST_FRAMES,
            )
    if not 0 <= look.skins <= MOST_SKINS:
        raise RevanimError(
            "{count} onion skins cannot be; allowed are 0 to {most} on either side.",
            count=look.skins,
            most=MOST_SKINS,
        )
    for frame in (*(look.plays or ()), look.stands or 0):
        check_reach(frame)
    if look.plays is not None and look.plays[0] > look.plays[1]:
        raise RevanimError("The part that plays must begin before it ends.")
    if not all(1 <= side <= LARGEST_PICTURE for side in look.picture):
        raise RevanimError("A picture may be 1 to {most} pixels wide and high.", most=LARGEST_PICTURE)
    if not all(0 <= part <= 255 for part in look.plain):
        raise RevanimError("The colour of the background is red, green and blue from 0 to 255.")
    if not (look.exposure > 0 and 0 <= look.halo <= 100 and 0.01 <= look.size <= 100):
        raise RevanimError(
            "The exposure must be above 0, the halo from 0 to 100, and the size of the bodies from 0.01 to 100."
        )
    if not abs(look.spin) <= 100:
        raise RevanimError("What bodies wear may turn 100 times a second at most.")
    for view in (look.view, look.camera or look.view):
        _check_view(view)


def _choose(name: str, names: tuple[str, ...], what: Text) -> None:
    if name not in names:
        listed = Sentence("{names} and {last}", names=", ".join(names[:-1]), last=names[-1])
        raise RevanimError("There is no {what} called {name!r}; there are {names}.", what=what, name=name, names=listed)


def _check_view(view: View) -> None:
    if not (CLOSEST <= view.distance <= FARTHEST and max(map(abs, view.target)) <= FARTHEST):
        raise RevanimError(
            "The camera may be {closest:g} to {farthest:g} from what it looks at.", closest=CLOSEST, farthest=FARTHEST
        )
    if not 0.01 <= view.lens <= 100:
        raise RevanimError("The lens may magnify 0.01 to 100 times.")


@once
def _check_bodies(bodies: Bodies, lanes: int, planar: bool) -> None:
    n = bodies.count
    if n > MOST_BODIES:
        raise RevanimError("{count} bodies are too many; up to {most} are allowed.", count=n, most=MOST_BODIES)
    shapes: dict[str, tuple[NumberKind, tuple[int, ...]]] = {
        N_("state"): (np.int64, (lanes, n)),
        "mass": (np.float64, (n,)),
        "pinned": (np.bool_, (n,)),
        "radius": (np.float64, (n,)),
        "color": (np.uint8, (n, 3)),
        N_("born"): (np.int64, (n,)),
        N_("dies"): (np.int64, (n,)),
    }
    for name, (kind, shape) in shapes.items():
        array = getattr(bodies, name)
        if array is None:  # nobody's first or last frame
            continue
        if array.shape != shape:
            raise RevanimError(
                "The {name} of the bodies has the shape {shape}; for {count} bodies it must be {needed}.",
                name=Sentence(name),
                shape=array.shape,
                count=n,
                needed=shape,
            )
        check_order(array, kind, Sentence("The {name} of the bodies", name=Sentence(name)))
    _check_amounts(bodies.mass, what="mass")
    _check_amounts(bodies.radius, what="radius")
    grid = bodies.grid
    if not all(-900 <= exponent <= 900 for exponent in (grid.length_exponent, grid.speed_exponent)):
        raise RevanimError("The exponents of the grid must lie between -900 and 900.")
    _check_range(bodies.state, grid)
    if bodies.lives is not None:
        _check_lives(bodies.lives)
    if planar:
        _check_flat(bodies.state)


def _check_scheme(scene: Scene) -> None:
    """Refuse a move that acts inside a step where the scheme goes to and fro."""
    inside = next((part for part in scene.moves if goes_inside(part)), None)
    if inside is not None and not scheme_of(scene).onward and scheme_of(scene) is not STILL:
        raise RevanimError(
            "{kind} needs a scheme whose drifts and kicks all go onward, such as leapfrog, not {scheme}.",
            kind=Sentence(inside.kind),
            scheme=scene.scheme,
        )


def _check_tapes(scene: Scene) -> None:
    """Refuse tapes that do not fit the moves and bodies, or that no move can have written."""
    _check_written(scene.bodies.tapes, len(scene.moves), scene.bodies.count)
    lane = first_lane(scene.flows)
    for part in scene.moves:
        kind = kind_of(part)
        if has_tape(kind):
            _check_tape(scene.bodies.state, lane)
        lane += len(kind.lanes)


@once
def _check_written(words: Words | None, moves: int, count: int) -> None:
    if words is None:
        return
    fits = words.ndim == 3 and words.shape[:2] == (moves, count) and words.dtype == np.uint32
    if not (fits and words.flags.c_contiguous and words[:, :, :1].any()):
        raise RevanimError("The tapes do not fit the moves and bodies of the scene.")


@once
def _check_tape(state: Counts, lane: int) -> None:
    lengths, heads, runs = state[lane], state[lane + HEAD], state[lane + RUN]
    wrong = (heads < 0) | (heads >> (lengths & 31) != 0) | (runs < -EVER)
    if wrong.any():
        raise RevanimError("The tape of body {body} is damaged.", body=np.flatnonzero(wrong)[0])


@once
def _check_amounts(values: Floats, *, what: str) -> None:
    if not (np.isfinite(values).all() and (values >= 0).all()):
        bad = np.flatnonzero(~(values >= 0) | np.isinf(values))[0]
        raise RevanimError(
            "The {name} of body {body} must be a finite number from 0 up.", name=Sentence(what), body=bad
        )


@once
def _check_range(state: Counts, grid: Grid) -> None:
    if state.size and not -BEYOND < state.min() <= state.max() < BEYOND:
        beyond = (state <= -BEYOND) | (state >= BEYOND)
        raise RevanimError(
            "Body {body} lies beyond the range of ±{range:.6g}.",
            body=np.flatnonzero(beyond.any(axis=0))[0],
            range=grid.length_range,
        )


@once
def _check_pins(state: Counts, pinned: NDArray[np.bool_]) -> None:
    if state[3:6, pinned].any():
        raise RevanimError("A pinned body has a speed; pinned bodies never move.")


def _check_lives(lives: Lives) -> None:
    for frame in (lives.born, lives.dies):
        check_reach(int(np.abs(frame).max(initial=0)))
    wrong = np.flatnonzero(lives.born > lives.dies)
    if wrong.size:
        raise RevanimError(
            "Body {body} ends at frame {last}, before it is born at {first}.",
            body=wrong[0],
            last=lives.dies[wrong[0]],
            first=lives.born[wrong[0]],
        )


@once
def _check_flat(state: Counts) -> None:
    if state[[2, 5]].any():
        raise RevanimError("A body of a planar scene has a height or a speed along z; both must be 0.")
