"""The frame of the render camera: what a file will show, and which parts of it are safe."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from revanim.draw.camera import frame_height
from revanim.draw.look import DARK, Tokens

ACTION, TITLE = 0.93, 0.90  # of the width and height (EBU R 95, SMPTE ST 2046-1)
AIR = 0.92  # of the viewport that the frame takes at most
SHADE = 190  # of what lies outside, of 255
CROSS = 6.0  # pixels of the arms in the middle


def fit(size: tuple[int, int], picture: tuple[int, int]) -> float:
    """Return how far to zoom so that the whole picture is seen in a viewport of this size."""
    across, along = (AIR * seen / made for seen, made in zip(size, picture, strict=True))
    return min(across, along) * frame_height(*picture) / frame_height(*size)


def frame_of(size: tuple[int, int], picture: tuple[int, int], lens: float) -> QRectF:
    """Return where a picture lies in a viewport that is zoomed `lens` times."""
    enlarged = lens * frame_height(*size) / frame_height(*picture)
    width, height = enlarged * picture[0], enlarged * picture[1]
    return QRectF((size[0] - width) / 2, (size[1] - height) / 2, width, height)


def paint_frame(painter: QPainter, size: tuple[int, int], frame: QRectF, safe: bool, tokens: Tokens = DARK) -> None:
    """Shade what no file will show, and draw the edge; with `safe` also where action and titles are safe."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    outside = QPainterPath()
    outside.addRect(QRectF(0, 0, *size))
    outside.addRect(frame)
    shade, line = QColor(tokens.background), QColor(tokens.text)
    shade.setAlpha(SHADE)
    painter.fillPath(outside, shade)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    line.setAlphaF(0.55)
    painter.setPen(QPen(line, 1))
    painter.drawRect(_sharp(frame))
    if safe:
        line.setAlphaF(0.35)
        painter.setPen(QPen(line, 1))
        for share in (ACTION, TITLE):
            painter.drawRect(_sharp(_inner(frame, share)))
        middle = frame.center()
        for arm in (QPointF(CROSS, 0), QPointF(0, CROSS)):
            painter.drawLine(middle - arm, middle + arm)
    painter.restore()


def _inner(frame: QRectF, share: float) -> QRectF:
    inner = QRectF(0, 0, share * frame.width(), share * frame.height())
    inner.moveCenter(frame.center())
    return inner


def _sharp(frame: QRectF) -> QRectF:
    """Return the frame with its edges in the middle of pixels."""
    return QRectF(frame.toRect()).adjusted(0.5, 0.5, -0.5, -0.5)
