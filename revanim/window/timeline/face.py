"""The face of the ruler: numbers, the range that plays, home; and the playhead, which moves over it."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QLinearGradient, QPainter, QPixmap, QPolygonF

from revanim.scene.scene import Scene
from revanim.session.clock import nominal, tick_label, written
from revanim.session.studio import Studio
from revanim.window.kit.theme import font, theme
from revanim.window.timeline.layers import layers
from revanim.window.timeline.scale import Scale, tick_steps, ticks

NUMBERS = 20  # pixels: the band of the numbers and the pill
KEYS = 44  # pixels down to the middle of the diamonds
STRIP = 62  # pixels down to the strip of exactness
STRIP_HEIGHT = 6
BAR = 8  # pixels: the band of the range that plays, at the bottom
HEIGHT = 80
FADE, BEYOND = 48.0, 34  # pixels in which the shade beyond the aim of a launch comes up, and how strong it is, of 255
LAYERS, LAYER_HEIGHT = (150, 70), 3  # how strong the layers of what is learnt are painted, of 255, and how high, pixels
LABEL_ROOM = {"frames": 64, "seconds": 64, "timecode": 104}
PILL_AIR = 4  # pixels to either side of the pill that hide the numbers beneath
HOUSE = [(0, -5.5), (5.5, -0.5), (3.5, -0.5), (3.5, 4.5), (-3.5, 4.5), (-3.5, -0.5), (-5.5, -0.5)]


def paint_face(studio: Studio, scale: Scale, size: QSize, ratio: float) -> QPixmap:
    """Return all but the keys and the playhead; it is painted again only when another stretch of time is shown."""
    face = QPixmap(size * ratio)
    face.setDevicePixelRatio(ratio)
    face.fill(QColor(theme.tokens.surface))
    painter = QPainter(face)
    _paint_range(painter, studio, scale)
    _paint_beyond_aim(painter, studio, scale)
    _paint_layers(painter, studio.session.scene, scale)
    _paint_ticks(painter, studio, scale, size.width())
    _paint_home(painter, scale.x(studio.session.scene.timing.home) + 0.5)
    painter.end()
    return face


def band(scale: Scale, first: float, last: float, top: float, height: float) -> QRectF:
    """Return the rectangle between two frames."""
    left, right = scale.x(first), scale.x(last)
    return QRectF(left, top, right - left, height)


def shade_range(painter: QPainter, studio: Studio, scale: Scale, top: float, height: float) -> None:
    """Paint the frames of the scene lighter than those outside, and those that play lighter still."""
    timing, (first, last) = studio.session.scene.timing, studio.session.range
    painter.fillRect(band(scale, timing.first, timing.last, top, height), QColor(theme.tokens.panel))
    painter.fillRect(band(scale, first, last, top, height), QColor(theme.tokens.header))


def _paint_range(painter: QPainter, studio: Studio, scale: Scale) -> None:
    tokens, only_a_part = theme.tokens, studio.session.has_play_range
    first, last = studio.session.range
    shade_range(painter, studio, scale, NUMBERS, HEIGHT - NUMBERS - BAR)
    painter.fillRect(band(scale, first, last, STRIP, STRIP_HEIGHT), QColor(tokens.surface))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(tokens.accent if only_a_part else tokens.control))
    painter.drawRoundedRect(band(scale, first, last, HEIGHT - BAR + 2, BAR - 4).adjusted(-2, 0, 2, 0), 2, 2)
    painter.setBrush(QColor(tokens.playhead if only_a_part else tokens.dim))
    for edge in (first, last):
        painter.drawRoundedRect(QRectF(scale.x(edge) - 2, HEIGHT - BAR, 4, BAR), 2, 2)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)


def _paint_beyond_aim(painter: QPainter, studio: Studio, scale: Scale) -> None:
    """Shade the frames to which a launch cannot aim, the softer the nearer, while somebody wants to know."""
    frame = studio.horizon.frame
    if frame is None:
        return
    beyond = band(scale, frame, studio.session.scene.timing.last, NUMBERS, STRIP - NUMBERS)
    shade = QLinearGradient(beyond.topLeft(), beyond.topRight())
    for place, alpha in ((0.0, 0), (min(1.0, FADE / max(beyond.width(), 1.0)), BEYOND), (1.0, BEYOND)):
        color = QColor(theme.tokens.future)
        color.setAlpha(alpha)
        shade.setColorAt(place, color)
    painter.fillRect(beyond, shade)


def _paint_layers(painter: QPainter, scene: Scene, scale: Scale) -> None:
    """Paint the layers of what is learnt, each as long as it acts, in two tones by turns."""
    for layer in layers(scene):
        color = QColor(theme.tokens.future)
        color.setAlpha(LAYERS[(layer.number - 1) % 2])
        painter.fillRect(band(scale, layer.first, layer.last, NUMBERS, LAYER_HEIGHT), color)


def _paint_ticks(painter: QPainter, studio: Studio, scale: Scale, width: int) -> None:
    unit, fps = studio.timeline.unit, studio.session.scene.timing.fps
    label, tick = _steps(studio, scale)
    painter.setFont(font(11))
    faint, strong = QColor(theme.tokens.text), QColor(theme.tokens.text)
    faint.setAlpha(26)
    strong.setAlpha(64)
    painter.setPen(QColor(theme.tokens.dim))
    for frame in ticks(scale, width, tick):
        x = round(scale.x(frame))
        labelled = frame % label == 0
        painter.fillRect(x, NUMBERS, 1, 10 if labelled else 5, strong if labelled else faint)
        if labelled:
            text = tick_label(frame, unit, fps)
            half = painter.fontMetrics().horizontalAdvance(text) / 2
            if half <= x <= width - half:  # the rest of the others would be cut off
                painter.drawText(QRectF(x - half - 1, 0, 2 * half + 2, NUMBERS), Qt.AlignmentFlag.AlignCenter, text)


def _steps(studio: Studio, scale: Scale) -> tuple[int, int]:
    unit = studio.timeline.unit
    return tick_steps(
        scale.pixels, LABEL_ROOM[unit], 0 if unit == "frames" else nominal(studio.session.scene.timing.fps)
    )


def _paint_home(painter: QPainter, x: float) -> None:
    """Mark the frame whose state the scene holds with a small house."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.tokens.dim))
    painter.drawPolygon(QPolygonF([QPointF(x + right, KEYS + down) for right, down in HOUSE]))


def paint_playhead(painter: QPainter, studio: Studio, scale: Scale) -> None:
    """Draw a line and a pill where the artist is, and a faint line where the walk is."""
    x, tokens = round(scale.x(studio.session.frame)), theme.tokens
    paint_lines(painter, studio, scale, NUMBERS - 2, HEIGHT)
    text = written(studio.session.frame, studio.timeline.unit, studio.session.scene.timing.fps)
    painter.setFont(font(11, font().Weight.DemiBold))
    half = max(painter.fontMetrics().horizontalAdvance(text) / 2 + 7, 14)
    _clear(painter, x, half + PILL_AIR)
    _clear_labels(painter, studio, scale, half + PILL_AIR)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(QColor(tokens.accent))
    painter.setPen(Qt.PenStyle.NoPen)
    inside = min(max(x + 0.5 - half, 1.0), max(painter.viewport().width() - 2 * half - 1.0, 1.0))
    pill = QRectF(inside, 1, 2 * half, NUMBERS - 2)
    painter.drawRoundedRect(pill, 9, 9)
    painter.setPen(QColor(tokens.on_accent))
    painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, text)


def _clear_labels(painter: QPainter, studio: Studio, scale: Scale, half: float) -> None:
    """Hide the labels of which the pill would leave a part, `half` pixels to either side of the playhead."""
    frame, (step, _) = studio.session.frame, _steps(studio, scale)
    for near in (frame // step * step, -(-frame // step) * step):
        text = tick_label(near, studio.timeline.unit, studio.session.scene.timing.fps)
        reach = painter.fontMetrics().horizontalAdvance(text) / 2 + 1
        if abs(scale.x(near) - scale.x(frame)) < half + reach:
            _clear(painter, scale.x(near), reach)


def _clear(painter: QPainter, x: float, half: float) -> None:
    painter.fillRect(QRectF(x - half, 0, 2 * half, NUMBERS - 2), QColor(theme.tokens.surface))


def paint_lines(painter: QPainter, studio: Studio, scale: Scale, top: int, bottom: int) -> None:
    """Draw the line of the playhead, and a faint one where the walk is."""
    shot, color = studio.session.shot, QColor(theme.tokens.playhead)
    if shot is not None and shot.frame != studio.session.frame:
        faint = QColor(color)
        faint.setAlpha(110)
        painter.fillRect(round(scale.x(shot.frame)), top, 1, bottom - top, faint)
    painter.fillRect(round(scale.x(studio.session.frame)), top, 1, bottom - top, color)
