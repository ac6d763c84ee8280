"""What is painted over the bodies of a scene with keyframes: targets, the ghost of a candidate, and arrows."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from PySide6.QtGui import QPainter

from revanim.draw.camera import frame_height, unit
from revanim.draw.look import Tokens
from revanim.draw.overlay.arrows import paint_arrows
from revanim.draw.overlay.currents import has_currents, paint_currents
from revanim.draw.overlay.ghost import paint_ghost, paint_ways
from revanim.draw.overlay.targets import CROWDED, FAINT, Aim, miss_text, paint_aims
from revanim.draw.shot import Shot
from revanim.engine.forces.nudge import nudge
from revanim.engine.parameter import Animated, Curve, Floats
from revanim.scene.keys import value_at
from revanim.scene.scene import Index, Keyframe, Part, Scene, View
from revanim.session.studio import Studio
from revanim.session.words import figures, tr
from revanim.solve.controls.control import NUDGE_EVERY
from revanim.solve.scale import extent

LATE = 2  # frames that the ghost may be behind the bodies and still be shown
ARROW = 3  # an arrow is as long as a push would carry a body in this part of the time to the last keyframe
CROWD = 40  # bodies; the arrows of more are shown at home alone
REACHED = 1e-2  # miss over size, from which on rings around bodies would only hide them
LONGEST = 0.4  # of the height of the picture: arrows that were longer are all shortened alike
TINY = 1e-300
ELSEWHERE = 0.8  # of an arrow's strength, at other frames than its own


@dataclass(frozen=True, eq=False)
class Sight:
    """The keyframes and the candidate of a session, at one moment."""

    keyframes: tuple[Keyframe, ...]
    selected: frozenset[Keyframe]
    misses: Mapping[Keyframe, float]
    orders: tuple[Index | None, ...]  # of each keyframe: which target its bodies go to, if not each to its own
    assigned: bool  # whether to show who goes where
    candidate: Scene | None
    ghost: Shot | None
    ghosted: Scene | None  # the scene that moves as the ghost does
    wind: Part | None  # the force whose currents are shown: the one that is looked at, as a candidate has it


def sight_of(studio: Studio) -> Sight:
    """Return the keyframes and the candidate as they are now."""
    keys, solving = studio.keyframes, studio.solving
    solved = solving.candidate is not None
    return Sight(
        keyframes=keys.all,
        selected=keys.selected,
        misses=solving.misses if solved else keys.misses,
        orders=tuple(studio.assignments.of(key) for key in keys.all),
        assigned=studio.assignments.shown,
        candidate=solving.candidate,
        ghost=solving.ghost if solved else studio.takes.ghost,
        ghosted=solving.candidate if solved else studio.takes.scene,
        wind=_wind(studio),
    )


def _wind(studio: Studio) -> Part | None:
    """Return the force that is looked at, if it pushes whatever is at a place; while it learns, as it does by now."""
    place, candidate = studio.forces.place, studio.solving.candidate
    if place is None or place.among != "forces":
        return None
    forces = (candidate or studio.session.scene).forces
    part = forces[place.index] if place.index < len(forces) else None
    return part if part is not None and has_currents(part) else None


def paint_sight(
    painter: QPainter,
    size: tuple[int, int],
    ratio: float,
    view: View,
    scene: Scene,
    shot: Shot,
    sight: Sight,
    tokens: Tokens,
) -> None:
    """Paint currents, the ghost over the bodies, then the arrows, then the targets."""
    if sight.wind is not None:
        paint_currents(painter, size, view, scene, sight.wind, shot.frame, tokens)
    ghost = sight.ghost
    if sight.ghosted is None or ghost is None or abs(ghost.frame - shot.frame) > LATE:
        ghost = None
    if ghost is not None and sight.ghosted is not None:
        paint_ghost(painter, size, ratio, view, sight.ghosted, ghost, tokens)
        if ghost.trail is not None:
            paint_ways(painter, size, view, ghost.trail, _aimed(sight.keyframes), tokens)
    reached = (ghost or shot).position
    room = LONGEST * frame_height(*size) * unit(view, *size)
    for start, way, strength in _pushes(scene, sight, shot.frame, reached):
        way = way * min(1.0, room / max(np.linalg.norm(way, axis=1).max(initial=0.0), TINY))
        paint_arrows(painter, size, view, start, way, strength, tokens=tokens)
    for start, way, strength, color in _velocities(scene, sight, shot.frame, reached, tokens):
        paint_arrows(painter, size, view, start, way, strength, color, tokens)
    paint_aims(painter, size, view, list(_aims(scene, shot.frame, reached, sight)), tokens)


def _aims(scene: Scene, frame: int, reached: Floats, sight: Sight) -> Iterator[Aim]:
    scale = extent(scene) if sight.keyframes else 0.0
    for key, order in zip(sight.keyframes, sight.orders, strict=True):
        if key.position is None:
            continue
        known = order is not None or not key.shape
        target = key.position if order is None else key.position[order]
        miss = sight.misses.get(key)
        near = key.frame <= frame <= key.end or key in sight.selected  # lines to targets of other frames say nothing
        yield Aim(
            target=target,
            body=reached[key.bodies] if known else target,
            radius=scene.bodies.radius[key.bodies],
            here=key.frame <= frame <= key.end,
            nail=key.nail,
            selected=key in sight.selected,
            lines=len(target) if sight.assigned else 0 if key.shape or not near else CROWDED,
            label="" if miss is None else figures(tr(miss_text(miss, scale))),
            color=key.color if order is None or key.color is None else key.color[order],
            reached=miss is not None and miss < REACHED * scale,
        )


def _pushes(scene: Scene, sight: Sight, frame: int, reached: Floats) -> Iterator[tuple[Floats, Floats, float]]:
    """Yield starts, ways and strength of the arrows: what a candidate changes at home, and nudges at their frames."""
    timing, seconds = scene.timing, arrow_seconds(scene, sight.keyframes)
    if sight.candidate is not None:
        change = sight.candidate.bodies.velocity - scene.bodies.velocity
        changed = change.any(axis=1)
        start = sight.candidate.bodies.position[changed]
        if frame == timing.home or len(start) <= CROWD:
            yield start, change[changed] * seconds, 1.0 if frame == timing.home else ELSEWHERE
    for part in (sight.candidate or scene).forces:
        push = part.values.get("push")
        if part.kind == nudge.name and not part.muted and isinstance(push, Animated):
            now = value_at(push, nudge.parameters[0], frame)
            if now.any():
                who = np.arange(len(reached)) if part.bodies is None else part.bodies
                lasts = (push.every if isinstance(push, Curve) else NUDGE_EVERY) / timing.fps
                yield reached[who], np.broadcast_to(now, (who.size, 3)) * (lasts * seconds), 1.0


def _velocities(
    scene: Scene, sight: Sight, frame: int, reached: Floats, tokens: Tokens
) -> Iterator[tuple[Floats, Floats, float, str]]:
    """Yield starts, ways, strength and colour of the arrows that say how fast bodies shall be at their targets."""
    for key, order in zip(sight.keyframes, sight.orders, strict=True):
        if key.velocity is None or (order is None and key.shape):
            continue
        rows = np.arange(key.bodies.size) if order is None else order
        start = reached[key.bodies] if key.position is None else key.position[rows]
        color = tokens.key_selected if key in sight.selected else tokens.text
        way = key.velocity[rows] * arrow_seconds(scene, sight.keyframes)
        yield start, way, 1.0 if key.frame <= frame <= key.end else FAINT, color


def arrow_seconds(scene: Scene, keyframes: tuple[Keyframe, ...]) -> float:
    """Return for how long an arrow would carry a body."""
    timing, last = scene.timing, max((key.frame for key in keyframes), default=0)
    return max(last - timing.home, timing.fps) / timing.fps / ARROW


def _aimed(keyframes: tuple[Keyframe, ...]) -> Index:
    """Return the bodies that have targets, each once."""
    return np.unique(np.concatenate([np.zeros(0, np.int64), *(key.bodies for key in keyframes)]))
