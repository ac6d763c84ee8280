"""What a card over the picture would hide: what is written there, and the bodies and targets of the frame."""

from collections.abc import Iterator

import numpy as np
from PySide6.QtCore import QRect

from revanim.draw import camera
from revanim.window.viewport.canvas import Canvas
from revanim.window.viewport.picking import place_of

FACTS = QRect(0, 0, 180, 132)  # pixels of the facts about the frame, in their corner
COMPASS, LEGEND = (104, 104), (112, 240)  # width and height of what stands at the right
MOST = 2000  # bodies that are looked at; of more, one in so many


def hidden_by(canvas: Canvas, card: QRect) -> tuple[int, int]:
    """Return how many pixels of what is written a card would hide, and how many bodies and targets."""
    overlaps = [card.intersected(place) for place in written(canvas)]
    return sum(each.width() * each.height() for each in overlaps), points_in(canvas, card)


def written(canvas: Canvas) -> Iterator[QRect]:
    """Yield the rectangles in which text is written over the picture."""
    frame, width, height = canvas.studio.viewing.scope.frame, canvas.width, canvas.height
    yield FACTS.translated(frame.topLeft().toPoint()) if frame is not None else FACTS
    yield QRect(width - COMPASS[0], 0, *COMPASS)
    if canvas.studio.session.scene.look.color_by:
        yield QRect(width - LEGEND[0], (height - LEGEND[1]) // 2, *LEGEND)


def points_in(canvas: Canvas, card: QRect) -> int:
    """Return how many bodies, and targets at this frame, lie behind a card."""
    studio, shot = canvas.studio, canvas.studio.session.shot
    places = [place_of(key) for key in studio.keyframes.here if key.position is not None]
    if shot is not None and len(shot.position) == studio.session.scene.bodies.count:
        places.append(shot.position[studio.viewing.shown])
    position = np.concatenate(places) if places else np.zeros((0, 3))
    position = position[:: max(len(position) // MOST, 1)]
    there = camera.project(studio.session.view, *canvas.size, position)
    across = (there.x > card.left()) & (there.x < card.right())
    down = (there.y > card.top()) & (there.y < card.bottom())
    return int(np.count_nonzero(across & down & (there.scale > 0)))
