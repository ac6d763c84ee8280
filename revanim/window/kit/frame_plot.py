"""A plot over the frames of the scene: the playhead is a line in it, and a click goes to a frame."""

from PySide6.QtCore import QPointF

from revanim.session.studio import Studio
from revanim.window.kit.plot import Plot

AXIS = 52  # pixels of the values beside it


class FramePlot(Plot):
    """Shows how something changes over the frames."""

    def __init__(self, studio: Studio, title: str) -> None:
        super().__init__(title=title)
        self.studio = studio
        self.rule()
        self.getAxis("left").setWidth(AXIS)
        self.playhead = self.line("playhead")
        self.scene().sigMouseClicked.connect(lambda event: self._go(event.scenePos()))

    def _go(self, point: QPointF) -> None:
        self.studio.playback.stop()
        self.studio.session.show(round(self.getPlotItem().vb.mapSceneToView(point).x()))

    def follow(self, frame: int) -> None:
        """Show all frames of the scene, and where in them the playhead is."""
        timing = self.studio.session.scene.timing
        self.setXRange(timing.first, timing.last, padding=0.02)
        self.playhead.setValue(frame)
