"""The scale tool: boxes along the axes."""

from functools import partial

from revanim.window.viewport.canvas import Tool
from revanim.window.viewport.gizmo import begin_on_gizmo, paint_gizmo
from revanim.window.viewport.transform import SCALE

scale = Tool(
    name="scale",
    text="Scale Tool",
    order=4,
    tip="Spread what is selected along an axis",
    shortcuts=("Shift+R",),
    icon="tool-scale",
    hint="Drag a box, or the middle  ·  S scales from anywhere  ·  Q ends",
    begin=partial(begin_on_gizmo, mode=SCALE),
    paint=partial(paint_gizmo, mode=SCALE),
)
