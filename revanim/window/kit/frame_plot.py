"""A plot over the frames of the scene: the playhead is a line in it, and a click goes to a frame."""

import pyqtgraph as pg
from PySide6.QtCore import QPointF

from revanim.session.studio import Studio
from revanim.window.kit.plot import Plot

AXIS = 52  # pixels of the values beside it


def lay_over_frames(plot: Plot, studio: Studio) -> pg.InfiniteLine:
    """Let a click into a plot go to a frame, and return the line that shows the playhead in it."""
    plot.rule()
    plot.getAxis("left").setWidth(AXIS)
    plot.scene().sigMouseClicked.connect(lambda event: _go(plot, studio, event.scenePos()))
    return plot.line("playhead")


def _go(plot: Plot, studio: Studio, point: QPointF) -> None:
    studio.playback.stop()
    studio.session.show(round(plot.getPlotItem().vb.mapSceneToView(point).x()))


def follow(plot: Plot, playhead: pg.InfiniteLine, studio: Studio, frame: int) -> None:
    """Show all frames of the scene in a plot, and where among them the playhead is."""
    timing = studio.session.scene.timing
    plot.setXRange(timing.first, timing.last, padding=0.02)
    playhead.setValue(frame)
