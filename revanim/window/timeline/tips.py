"""What the ruler says of the place under the pointer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF

from revanim.draw.overlay.targets import miss_text
from revanim.scene.scene import Keyframe
from revanim.session.counts import bodies
from revanim.session.words import tr
from revanim.session.work.clock import written
from revanim.window.timeline.face import BAR, HEIGHT, STRIP, STRIP_HEIGHT
from revanim.window.timeline.markers import marker_at
from revanim.window.timeline.presses import key_on

if TYPE_CHECKING:
    from revanim.window.timeline.ruler import Ruler

NEAR = 3  # pixels around the strip


def tip_at(ruler: Ruler, point: QPointF) -> str:
    """Return a sentence for a tool tip, or nothing where there is nothing to say."""
    studio = ruler.studio
    marker, key = marker_at(studio, ruler, point), key_on(ruler, point)
    if marker is not None:
        return tr(
            "{marker}, frame {frame}\nDrag to move it, double-click to name it",
            marker=marker.name or tr("Marker"),
            frame=marker.frame,
        )
    if key is not None:
        return key_tip(ruler, key)
    if STRIP - NEAR <= point.y() <= STRIP + STRIP_HEIGHT + NEAR:
        return drift_tip(ruler, ruler.frame_at(point.x()))
    if point.y() >= HEIGHT - BAR:
        first, last = (
            written(end, studio.timeline.unit, studio.session.scene.timing.fps) for end in studio.session.range
        )
        return tr("Plays {first} to {last}\nDrag an end to trim it; Alt+P plays all again", first=first, last=last)
    return ""


def key_tip(ruler: Ruler, key: Keyframe) -> str:
    """Return what there is to know of a keyframe."""
    studio = ruler.studio
    miss = studio.keyframes.misses.get(key)
    off = "" if miss is None or key.position is None else f": {tr(miss_text(miss, studio.solving.size))}"
    return tr(
        "{key} of {bodies}, frame {frame}{off}\nDrag to move it, Alt-drag to copy it",
        key=tr("Nail", "key") if key.nail else tr("Key"),
        bodies=bodies(key.bodies.size),
        frame=key.frame,
        off=off,
    )


def drift_tip(ruler: Ruler, frame: int) -> str:
    """Return how far the energy has drifted at a frame."""
    if ruler.readings.driven:
        return tr("No drift to show: a force that changes over the frames gives and takes energy")
    drift = ruler.readings.at(frame)
    if drift is None:
        return tr(
            "Energy drift at frame {frame}: not passed yet\nThe strip fills as the walk goes by; no frame is stored",
            frame=frame,
        )
    shown = f"{drift:.1e}".replace("e-0", "e−").replace("e-", "e−")
    return tr("Energy drift at frame {frame}: {drift}", frame=frame, drift=shown)
