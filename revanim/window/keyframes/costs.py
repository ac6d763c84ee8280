"""The costs of a solve, iteration by iteration."""

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtWidgets import QWidget

from revanim.engine.parameter import Floats
from revanim.window.kit.beside import when_loaded
from revanim.window.kit.widgets import column

if TYPE_CHECKING:
    from pyqtgraph import PlotDataItem

    from revanim.window.kit.plot import Plot

HEIGHT = 86
DECADES = 2  # of cost that are shown at least
LINES = 3  # of the grid, about
LOWEST = 1e-30  # cost: a logarithm needs more than nothing
PLOT = "revanim.window.kit.plot"  # takes most of a second to load: that is done beside the window


class Costs(QWidget):
    """A plot of the cost, by powers of ten, against the iterations; it is made when there is one."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(HEIGHT)
        self._place = column()
        self.setLayout(self._place)
        self._costs: tuple[float, ...] = ()
        self._unseen: tuple[float, ...] = ()

    def draw(self, costs: tuple[float, ...], unseen: tuple[float, ...] = ()) -> None:
        """Show the costs, and those of bodies that are held out, with a line for every few powers of ten."""
        if (costs, unseen) == (self._costs, self._unseen):
            return  # a hand that drags a target asks far more often than there is something new
        self._costs, self._unseen = costs, unseen
        when_loaded(self, PLOT, self._draw)

    def _draw(self) -> None:
        own, unseen = (np.maximum(costs, LOWEST) for costs in (self._costs, self._unseen))
        self._curve.setData(own)
        self._held.setData(unseen)
        shown: Floats = np.concatenate([own, unseen])
        self._plot.setXRange(0, max(own.size - 1, 1), padding=0)  # there is no iteration before the first
        span = max(float(np.log10(shown.max() / shown.min())), DECADES) if shown.size else DECADES
        self._plot.getAxis("left").setTickSpacing(levels=[(max(round(span / LINES), 1), 0)])

    @cached_property
    def _curve(self) -> "PlotDataItem":
        return self._plot.curve("future")

    @cached_property
    def _held(self) -> "PlotDataItem":
        return self._plot.curve("past")

    @cached_property
    def _plot(self) -> "Plot":
        from revanim.window.kit.plot import Plot

        plot = Plot("surface")
        plot.setLogMode(y=True)
        plot.getViewBox().setLimits(minYRange=DECADES)
        plot.rule(frames=False)
        for axis in plot.axes():
            axis.setStyle(maxTextLevel=0, maxTickLevel=0)
        plot.getAxis("left").setWidth(44)
        self._place.addWidget(plot)
        return plot
