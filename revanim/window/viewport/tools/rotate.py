"""The rotate tool: rings about the axes."""

from functools import partial

from revanim.window.viewport.canvas import Tool
from revanim.window.viewport.gizmo import begin_on_gizmo, paint_gizmo
from revanim.window.viewport.transform import ROTATE

rotate = Tool(
    name="rotate",
    text="Rotate Tool",
    order=3,
    tip="Turn what is selected about an axis",
    shortcuts=("E",),
    icon="tool-rotate",
    hint="Drag a ring  ·  R turns from anywhere  ·  Q ends",
    begin=partial(begin_on_gizmo, mode=ROTATE),
    paint=partial(paint_gizmo, mode=ROTATE),
)
