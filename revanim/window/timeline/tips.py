"""The tool tips of the ruler."""

from PySide6.QtCore import QPointF

from revanim.draw.overlay.targets import miss_text
from revanim.scene.scene import Keyframe
from revanim.session.clock import written
from revanim.session.counts import bodies
from revanim.session.words import figures, tr
from revanim.session.work.titles import title_of
from revanim.window.timeline.axis import Axis
from revanim.window.timeline.face import BAR, HEIGHT, LAYER_HEIGHT, NUMBERS, STRIP, STRIP_HEIGHT
from revanim.window.timeline.layers import Layer, layer_at
from revanim.window.timeline.markers import marker_at
from revanim.window.timeline.presses import hold_on, key_on

NEAR = 3  # pixels around the strip and the layers


def tip_at(axis: Axis, point: QPointF) -> str:
    """Return a sentence for a tool tip, or nothing where there is nothing to say."""
    studio = axis.studio
    marker, key = marker_at(axis, point), key_on(axis, point)
    if marker is not None:
        return tr(
            "{marker}, frame {frame}\nDrag to move it, double-click to name it",
            marker=marker.name or tr("Marker"),
            frame=marker.frame,
        )
    if key is not None:
        return key_tip(axis, key)
    held = hold_on(axis, point)
    if held is not None:
        return tr(
            "Holds to frame {last}, {hold} frames more\nDrag its end to change that", last=held.end, hold=held.hold
        )
    if STRIP - NEAR <= point.y() <= STRIP + STRIP_HEIGHT + NEAR:
        return drift_tip(axis, axis.frame_at(point.x()))
    if point.y() >= HEIGHT - BAR:
        first, last = (
            written(end, studio.timeline.unit, studio.session.scene.timing.fps) for end in studio.session.range
        )
        return tr("Plays {first} to {last}\nDrag an end to trim it; Alt+P plays all again", first=first, last=last)
    if NUMBERS - NEAR <= point.y() <= NUMBERS + LAYER_HEIGHT + NEAR:
        layer = layer_at(studio.session.scene, axis.frame_at(point.x()))
        if layer is not None:
            return layer_tip(layer)
    horizon = studio.horizon.frame
    if horizon is not None and point.y() >= NUMBERS and axis.frame_at(point.x()) >= horizon:
        return tr(
            "Beyond the aim of a launch: from frame {frame} on, the smallest error has grown too large\n"
            "Keys here are hit with pushes on the way",
            frame=horizon,
        )
    return ""


def layer_tip(layer: Layer) -> str:
    """Return what there is to know of a layer of what is learnt."""
    return tr(
        "Layer {number} of {count} of the {part}, frames {first} to {last}: it has weights of its own\n"
        "Learning keeps two states in memory, whatever the length: it walks back to what it has passed",
        number=layer.number,
        count=layer.count,
        part=tr(title_of(layer.part)),
        first=round(layer.first),
        last=round(layer.last),
    )


def key_tip(axis: Axis, key: Keyframe) -> str:
    """Return what there is to know of a keyframe."""
    studio = axis.studio
    miss = studio.keyframes.misses.get(key)
    off = "" if miss is None or key.position is None else f": {figures(tr(miss_text(miss, studio.solving.size)))}"
    return tr(
        "{key} of {bodies}, frame {frame}{off}\nDrag to move it, Ctrl-drag to copy it",
        key=tr("Nail", "key") if key.nail else tr("Key"),
        bodies=bodies(key.bodies.size),
        frame=key.frame,
        off=off,
    )


def drift_tip(axis: Axis, frame: int) -> str:
    """Return how far the energy has drifted at a frame."""
    if axis.studio.readings.driven:
        return tr("No drift to show: a force that changes over the frames gives and takes energy")
    drift = axis.studio.readings.at(frame)
    if drift is None:
        return tr(
            "Energy drift at frame {frame}: not passed yet\nThe strip fills as the walk goes by; no frame is stored",
            frame=frame,
        )
    shown = figures(f"{drift:.1e}").replace("e-0", "e−").replace("e-", "e−")
    return tr("Energy drift at frame {frame}: {drift}", frame=frame, drift=shown)
