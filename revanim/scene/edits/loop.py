"""Motion that comes round: a keyframe that asks for the state of an earlier frame, and bodies that turn around."""

from dataclasses import replace

import numpy as np

from revanim.engine.moves.turn_back import turn_back
from revanim.engine.parameter import Curve, at_first
from revanim.engine.playhead import check_reach
from revanim.engine.tape import has_tape
from revanim.error import RevanimError
from revanim.scene.build import make_playhead
from revanim.scene.curve import mirrored
from revanim.scene.driven import varies
from revanim.scene.edits.home import stand_at
from revanim.scene.edits.keyframes import add_keyframe, set_keyframes
from revanim.scene.edits.parts import set_moves
from revanim.scene.edits.settings import set_timing
from revanim.scene.edits.targets import counted_axes
from revanim.scene.given import sealed, whole
from revanim.scene.part import kind_of, move
from revanim.scene.parts.carried import carried
from revanim.scene.passed import Passed, silent
from revanim.scene.scene import Index, Keyframe, Part, Scene
from revanim.sentence import Sentence, named

AT = turn_back.parameters[0].name


def add_loop(scene: Scene, first: int, last: int, passed: Passed = silent) -> Scene:
    """Ask that all bodies that can move are, at the last frame, where and as fast as they are at the first one now.

    It is a keyframe like others; what flows carry is asked for its place in one of its own. Solve it with pushes
    between the two frames alone, by `solve(scene, between=...)`, so that what it asks for stays what happens at the
    first frame. Home must stand at or before that. A loop that ended there before is replaced.
    """
    one, other = (whole(frame, Sentence("The frame of a loop")) for frame in (first, last))
    home = scene.timing.home
    if not home <= one < other:
        raise RevanimError(
            "A loop from frame {first} to {last} cannot be; it must begin at the home frame {home} or later, and end"
            " after that.",
            first=one,
            last=other,
            home=home,
        )
    playhead = make_playhead(scene)
    for frame in range(home + 1, one + 1):
        playhead.seek(frame)
        passed((frame - home) / (one - home))
    swept = carried(scene)
    place, speed = playhead.position, playhead.velocity
    for who, fast in ((np.flatnonzero(swept), False), (np.flatnonzero(~scene.bodies.pinned & ~swept), True)):
        kept = [key for key in scene.keyframes if not (key.frame == other and _asks_for_states(key, who, fast))]
        scene = set_keyframes(scene, kept)
        if who.size:
            velocity = speed[who] if fast else None
            axes = counted_axes(scene)
            scene = add_keyframe(scene, other, who, position=place[who], velocity=velocity, axes=axes)
    return scene


def _asks_for_states(key: Keyframe, bodies: Index, fast: bool) -> bool:
    """Whether a keyframe asks for places of just these bodies, and for their speeds where they have some."""
    return key.position is not None and (key.velocity is not None) == fast and np.array_equal(key.bodies, bodies)


def reverse_from(scene: Scene, frame: int) -> Scene:
    """Let all bodies turn around at a frame, so that the motion goes back from there to how the first frame was.

    Frame f + k is as frame f - k was, bit for bit, with every velocity turned. What was before the frame stays, where
    home stands then too if it was later, and the range ends where the motion is back. Pushes in rows go back as well.
    Raises RevanimError where bodies would come back another way, and names what leads them there: moves that take or
    give energy, flows, and what changes with time.
    """
    at, timing = whole(frame, Sentence("The frame")), scene.timing
    check_reach(at)
    if at <= timing.first:
        raise RevanimError("Bodies turn around after the first frame {first}, not at {at}.", first=timing.first, at=at)
    for part in scene.parts:
        if not part.muted:
            _check_way_back(part)
    before = stand_at(scene, at) if timing.home > at else scene
    forces, moves = ([_mirrored(part, at) for part in parts] for parts in (before.forces, before.moves))
    turned = _turned(moves, at / timing.fps)
    there = set_moves(replace(before, forces=tuple(forces)), turned)
    return set_timing(there, last=2 * at - timing.first)


def _check_way_back(part: Part) -> None:
    """Refuse a part that leads bodies elsewhere once they have turned around."""
    kind = kind_of(part)
    name = Sentence(kind.title) if kind.title else named(kind.name)
    if kind.role == "flow":
        raise RevanimError(
            "{kind} carries bodies, which have no speed to turn around; export the film in reverse instead.", kind=name
        )
    if has_tape(kind):
        raise RevanimError(
            "{kind} takes what does not come back when bodies turn around; mute it first, or export the film in"
            " reverse.",
            kind=name,
        )
    if not _leads_back(part):
        raise RevanimError(
            "{kind} would lead bodies another way back; mute it first, or export the film in reverse.", kind=name
        )


def _leads_back(part: Part) -> bool:
    """Tell whether a force or a move without a tape does on the way back what it did on the way there."""
    kind = kind_of(part)
    if (kind.kernels.clock and part.kind != turn_back.name) or (kind.role == "move" and not kind.retraces):
        return False
    changing = [each for each in kind.parameters if varies(each, part.values[each.name])]
    return all(isinstance(part.values[each.name], Curve) for each in changing)


def _turned(moves: list[Part], at: float) -> list[Part]:
    """Return moves with a turn at a time, s: those before it come again after it, and those after it come no more."""
    turns = [part for part in moves if part.kind == turn_back.name and not part.muted]
    earlier = [part for part in turns if _time_of(part) < at]
    again = [replace(part, values={AT: sealed(np.array(2 * at - _time_of(part)))}) for part in earlier]
    return [move(turn_back.name, at=at), *earlier, *again, *(part for part in moves if part not in turns)]


def _time_of(turn: Part) -> float:
    """Return when a turn is, s after frame 0."""
    return float(at_first(turn.values[AT]))


def _mirrored(part: Part, frame: int) -> Part:
    """Return a part whose rows go back from a frame on."""
    if part.absent is not None:
        return part
    declared = {each.name: each for each in kind_of(part).parameters}
    values = {
        name: mirrored(value, frame, declared[name].outside) if isinstance(value, Curve) else value
        for name, value in part.values.items()
    }
    return replace(part, values=values)
